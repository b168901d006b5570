"""Attention in eight pictures: 32 words at a scale that can be counted, then a million tokens.

``toy`` counts, ``scene`` places the marks, ``stills`` makes pictures and words of them. The tool
of the same name (docs/assets/javascripts/tools/story/) mirrors the first two for readers who
change the scale; tests/browser/test_story.py holds both together, mark by mark.
"""
