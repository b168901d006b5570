"""The one reader of YAML: as people think it works, and in words where it does not.

YAML 1.2's core: only ``true`` and ``false`` are truth values, ``0100`` is a hundred, ``12:30`` and
``no`` are words. Numbers keep the digits that were typed. What would take minutes, or the machine's
memory, is refused before it is built: aliases that hold themselves or multiply, brackets within
brackets without end, numbers that no one could print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same YAML by libyaml, where PyYAML was built with it: ten times as fast."""

MAX_CHARACTERS = 5_000_000
"""Of one file; our largest has a tenth of that."""
MAX_NODES = 500_000
"""Values of one file, those behind an alias counted wherever it stands."""
MAX_DEPTH = 40
MAX_DIGITS = 40
MAX_EXPONENT = 60

_TAG = "tag:yaml.org,2002:"
_NESTED = re.compile(r"[\[{](?:[^\[\]{}\n'\"#]*[\[{]){60}|(?:- ){60}|(?:\? ){60}")
_CORE: tuple[tuple[str, str, str], ...] = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("int", r"[-+]?[0-9][0-9_]*|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    ("merge", r"<<", "<"),
)
_WORDS = (
    ("cannot start any token", "a character that cannot stand here, such as a tab; use spaces"),
    ("mapping values are not allowed", "': ' inside a value; put the value in quotes"),
    ("could not find expected ':'", "a ':' is missing, or a bracket or quote is not closed"),
    ("expected <block end>", "this line is indented otherwise than its neighbors"),
    ("did not find expected key", "this line is indented otherwise than its neighbors, or a quote "
     "or bracket above is not closed"),
    ("did not find expected '-' indicator", "the items of a list begin in the same column"),
    ("did not find expected ',' or", "a comma is missing, or a bracket is not closed"),
    ("undefined alias", "an alias (*name) without its anchor (&name); write the value itself"),
    ("found another document", "a second '---'; one file holds one document"),
    ("expected a single document", "a second '---'; one file holds one document"),
    ("could not determine a constructor", "a tag ('!...') is not used here; take it out"),
    ("unexpected end of stream", "a quote is not closed"),
    ("expected a mapping or list of mappings for merging", "'<<' takes an alias of a mapping"),
)  # fmt: skip
"""What libyaml says, and what it means to who typed it."""


class YamlError(ValueError):
    """YAML that cannot be read; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1):
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True)
class Document:
    """What stands in a file, and where."""

    node: yaml.Node | None
    content: Any
    twice: tuple[tuple[int, int, str], ...] = ()
    """Line, column and words for keys that are given twice; the second one wins."""


class _Loader(_Base):  # type: ignore[misc, valid-type]
    """Safe YAML 1.2 whose numbers keep the digits the author typed and whose dates are text."""


_Loader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in _CORE:
    # The pattern of an empty value has no first character.
    _firsts = [*_first, ""] if _name == "null" else list(_first)
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(rf"^(?:{_pattern})$"), _firsts)


def _error(node: yaml.Node, message: str) -> YamlError:
    return YamlError(message, node.start_mark.line + 1, node.start_mark.column + 1)


def _integer(loader: Any, node: yaml.ScalarNode) -> int:
    text = node.value.replace("_", "")
    if len(text) > MAX_DIGITS:
        raise _error(node, f"a number of {len(text):,} digits; put it in quotes if it is text")
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    text = node.value.replace("_", "")
    if text.lower().lstrip("+-") in {".inf", ".nan"}:
        raise _error(node, f"'{node.value}' is no number that could be shown; use 'state'")
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or len(exponent) > 4 or abs(int(exponent or 0)) > MAX_EXPONENT:
        raise _error(node, f"the number {text[:40]} is too long or too large; put text in quotes")
    return Decimal(text)


_Loader.add_constructor(_TAG + "int", _integer)
_Loader.add_constructor(_TAG + "float", _decimal)
# Dates stay text: the schema reads them, and a wrong one is a mistake of its field only.
_Loader.add_constructor(_TAG + "timestamp", lambda _, node: node.value)


class _Walk:
    """One look at all values of a file before any of it is built."""

    def __init__(self) -> None:
        self.sizes: dict[int, int] = {}
        self.above: set[int] = set()
        self.twice: list[tuple[int, int, str]] = []

    def size(self, node: yaml.Node, depth: int = 0) -> int:
        """How many values it stands for. Raises YamlError."""
        if isinstance(node, yaml.ScalarNode):
            return 1
        known = self.sizes.get(id(node))
        if known is not None:
            return known
        if id(node) in self.above:
            raise _error(node, "an alias (*name) inside its own anchor (&name) never ends")
        if depth > MAX_DEPTH:
            raise _error(node, f"more than {MAX_DEPTH} levels within each other")
        self.above.add(id(node))
        children = node.value
        if isinstance(node, yaml.MappingNode):
            self._keys(node)
            children = [value for _, value in node.value]
        total = 1 + sum(self.size(child, depth + 1) for child in children)
        if total > MAX_NODES:
            raise _error(node, "aliases (*name) that multiply: too many values")
        self.above.discard(id(node))
        self.sizes[id(node)] = total
        return total

    def _keys(self, node: yaml.MappingNode) -> None:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _error(key, "a bracket where the name of a field is expected")
            if key.tag == _TAG + "merge":
                continue
            key.tag = _TAG + "str"  # '2026:' and 'no:' are names like any other
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if key.value in seen:
                words = f"'{key.value[:80]}' is given twice (first on line {seen[key.value]})"
                self.twice.append((line, column, words))
            seen[key.value] = line


def _in_words(error: yaml.YAMLError, text: str) -> YamlError:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line >= text.rstrip().count("\n") + 1:
            mark = error.context_mark  # what was never closed is told where it began
        said = error.problem or error.context or "it cannot be read"
        words = next((f"{ours} ({said})" for theirs, ours in _WORDS if theirs in said), said)
        return YamlError(words, *((mark.line + 1, mark.column + 1) if mark else (1, 1)))
    return YamlError(str(error).splitlines()[0])


def read(text: str) -> Document:
    """The one document of ``text``. Raises YamlError with line, column and words."""
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise YamlError(f"{len(text):,} characters; {MAX_CHARACTERS:,} are allowed in one file")
    if odd := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]", text):
        line = text.count("\n", 0, odd.start()) + 1
        column = odd.start() - text.rfind("\n", 0, odd.start())
        raise YamlError(f"a control character (U+{ord(odd[0]):04X}); take it out", line, column)
    if deep := _NESTED.search(text):  # libyaml's reader would go as deep as the text does
        raise YamlError("brackets within brackets, too many", text.count("\n", 0, deep.start()) + 1)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        walk = _Walk()
        if node is not None:
            walk.size(node)
        content = loader.construct_document(node) if node is not None else None
    except YamlError:
        raise
    except yaml.YAMLError as error:
        raise _in_words(error, text) from None
    except RecursionError:
        raise YamlError("values within values without end") from None
    except (ValueError, TypeError, ArithmeticError) as error:
        raise YamlError(str(error)) from None
    finally:
        loader.dispose()
    return Document(node, content, tuple(walk.twice))
