"""Figures of the chapter ``pricing``: what V4 costs."""
