"""Attention in eight pictures: 30 words at a scale that can be counted, then a million tokens.

``toy`` counts, ``scene`` places the ``marks``, ``telling`` and ``sums`` say it in words, ``stills``
makes pictures of them. The tool of the same name (docs/assets/javascripts/tools/story/) mirrors
``toy``, ``scene`` and what ``telling`` counts, for readers who change the scale;
tests/browser/test_story.py holds both together, mark by mark.
"""
