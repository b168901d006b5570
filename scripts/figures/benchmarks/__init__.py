"""Figures of the chapter ``benchmarks``: what V4 scores, and who says so."""
