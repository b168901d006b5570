"""Figures of the chapter ``architecture``: how V4 is built and what that saves."""
