"""Tab stops of a page as it comes, counted in its HTML: no browser is needed, so all are counted.

It follows the rules by which browsers find them, and what our style sheets and scripts do to them:
what is folded, hidden, or in a part of the menu that is not open is none; rows that can be shared
get a link. ``make quality`` counts the same in Chromium, with what tools add.
"""

from __future__ import annotations

from lxml import html

ALWAYS = {"a", "area", "button", "input", "select", "textarea", "summary", "iframe"}
"""What a reader with a keyboard comes to if it is in use; all else only by a ``tabindex``."""
GONE = {"template", "noscript", "script"}
TOGGLE = "md-toggle"
"""A box that opens a part of the menu; it is not shown itself, its label is."""


def _is_stop(element: html.HtmlElement) -> bool:
    index = (element.get("tabindex") or "").strip()
    if index.startswith("-"):
        return False
    if element.tag not in ALWAYS:
        return bool(index)
    if element.tag in {"a", "area"}:
        return bool(element.get("href")) or bool(index)
    return element.get("disabled") is None and element.get("type") != "hidden"


def _hides(element: html.HtmlElement, child: html.HtmlElement | None) -> bool:
    """Whether an element takes ``child`` out of the order, or itself if that is None."""
    if element.tag in GONE or any(element.get(name) is not None for name in ("hidden", "inert")):
        return True
    if element.get("popover") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    classes = set((element.get("class") or "").split())
    if TOGGLE in classes:
        return True
    if "md-nav" in classes:
        before = [one for one in element.itersiblings("input", preceding=True)]
        return any(TOGGLE in (one.get("class") or "") for one in before) and not any(
            one.get("checked") is not None or "md-toggle--indeterminate" in (one.get("class") or "")
            for one in before
        )
    if element.tag == "details" and element.get("open") is None and child is not None:
        return child.tag != "summary"
    return False


def _shown(element: html.HtmlElement) -> bool:
    child = None
    for one in (element, *element.iterancestors()):
        if _hides(one, child):
            return False
        child = one
    return True


def stops(page: html.HtmlElement) -> int:
    """How often Tab stops on a page that nobody has touched."""
    shown = sum(1 for one in page.iter("*") if _is_stop(one) and _shown(one))
    rows = page.xpath("//*[@class='record' or starts-with(@class, 'claim')][@id]")
    copying = sum(1 for row in rows if not row.find_class("record-id") and _shown(row))
    return shown + copying
