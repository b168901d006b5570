"""Markdown extension: a column's alignment is a class, not a style attribute.

The policy of the pages (``scripts/publish/hosting/policy.py``) allows no style attributes: with
them, anybody who can slip in a tag can lay something over the page. To the left is the default.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_ALIGNED = re.compile(r"text-align:\s*(left|right|center);?")


class _Alignment(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for tag in ("td", "th"):
            for cell in root.iter(tag):
                match = _ALIGNED.fullmatch(cell.get("style", ""))
                if match is None:
                    continue
                del cell.attrib["style"]
                if match[1] != "left":
                    cell.set("class", f"{cell.get('class', '')} {match[1]}".strip())


class AlignmentExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # Behind attr_list (8), which may give the cell a class of its own.
        md.treeprocessors.register(_Alignment(md), "alignment", 5)


def makeExtension(**settings: Any) -> AlignmentExtension:
    return AlignmentExtension(**settings)
