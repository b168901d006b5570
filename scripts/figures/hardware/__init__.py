"""Figures of the chapter ``hardware``: the chips that V4 runs on."""
