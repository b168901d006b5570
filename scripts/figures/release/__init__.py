"""Figures of the chapter ``release``: what was released when."""
