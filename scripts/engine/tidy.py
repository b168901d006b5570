"""What the theme's templates write around a page, without what is wrong or empty in it."""

from __future__ import annotations

import re

_WRONG = (
    # A box has nothing to complete, and an empty place in the order of tabs is no number.
    (re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'), r"\1"),
    (re.compile(r' tabindex=""'), ""),
    # Firefox loads what comes next before anybody asks, and the page's policy has no word for that.
    (re.compile(r'<link rel="?(?:prev|next)"? [^>]*>'), ""),
)
_EMPTY = re.compile(r"\n\s*\n\s*")


def _frame(html: str) -> str:
    for pattern, right in _WRONG:
        html = pattern.sub(right, html)
    return _EMPTY.sub("\n", html)


def tidy(html: str) -> str:
    """The page; its article, in which spaces may count, stays as it is."""
    before, begin, rest = html.partition("<article")
    article, end, after = rest.rpartition("</article>")
    if not end:
        return html
    return _frame(before) + begin + article + end + _frame(after)
