"""Markdown extension: every table scrolls in a frame of its own, with a name of its own.

A frame that scrolls must take the keyboard's focus, and screen readers list it as a region,
so each needs a name that no other frame of the page has. A paragraph ``{ .table-label }``
before the table gives it (our macros write one); else it is the heading above.

A row whose first cell ends with ``{ .of-record data-record="collection/id" }`` gets that as its
own attribute.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

FRAME, LABEL, OF_RECORD = "table-wrap", "table-label", "of-record"
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_STASHED = re.compile(f"{STX}[^{ETX}]*{ETX}")


def _text(element: etree.Element) -> str:
    return " ".join(_STASHED.sub("", "".join(element.itertext())).split())


def _to_row(row: etree.Element) -> None:
    """Of which record a row is stands in its first cell: Markdown has no attributes of rows."""
    cell = row[0] if len(row) else None
    if cell is not None and cell.get("class") == OF_RECORD:
        del cell.attrib["class"]
        for name in ("data-record", "data-since"):
            if (value := cell.attrib.pop(name, None)) is not None:
                row.set(name, value)


class _Frames(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        self.heading = "this page"
        self.labels: dict[str, int] = {}
        self._walk(root)

    def _walk(self, parent: etree.Element) -> None:
        label = None
        for child in list(parent):
            if child.tag in _HEADINGS:
                self.heading = _text(child) or self.heading
            if child.tag == "p" and LABEL in child.get("class", "").split():
                label = child
            elif child.tag == "table":
                name = f"Table: {self.heading}"
                if label is not None:
                    name = _text(label)
                    parent.remove(label)
                self._frame(parent, child, name)
                label = None
            else:
                self._walk(child)

    def _frame(self, parent: etree.Element, table: etree.Element, name: str) -> None:
        count = self.labels[name] = self.labels.get(name, 0) + 1
        for cell in table.iter("th"):
            if not len(cell) and not (cell.text or "").strip():
                cell.tag = "td"  # an empty heading says nothing to a screen reader
        for row in table.iter("tr"):
            _to_row(row)
        frame = etree.Element("div", {"class": FRAME, "tabindex": "0", "role": "region"})
        # The table too: lists of tables, as screen readers offer them, leave frames out.
        for part in (frame, table):
            part.set("aria-label", name if count == 1 else f"{name} ({count})")
        frame.tail, table.tail = table.tail, None
        parent[list(parent).index(table)] = frame
        frame.append(table)


class RegionsExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # After attributes (8), when headings have their plain text; before the table of contents
        # (5) adds its links to them.
        md.treeprocessors.register(_Frames(md), "regions", 7)


def makeExtension(**kwargs: Any) -> RegionsExtension:
    return RegionsExtension(**kwargs)
