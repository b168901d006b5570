"""Large numbers in both of their forms: whoever types ``552B`` finds ``552 billion`` too.

For the index alone: a question stays as it was typed, so that its words keep their weight.
"""

from __future__ import annotations

import re

_SCALES = {"billion": "b", "trillion": "t"}
_NUMBER = r"\d[\d.]*"
_SPELLED = re.compile(
    rf"(?<![\w.,$¥€£])(?P<numbers>{_NUMBER}(?:(?:, | or | and |, or |, and ){_NUMBER})*)"
    rf"[ \u00a0](?P<scale>{'|'.join(_SCALES)})\b",
    re.IGNORECASE,
)
_SHORT = re.compile(rf"(?<![\w.,$¥€£])(?P<number>{_NUMBER})(?P<scale>[BT])\b")


def other_forms(text: str) -> str:
    """The short forms of the numbers that ``text`` spells out, and the long ones of the short.

    ``552, 748 or 763 billion`` gives ``552b 748b 763b``.
    """
    short = (
        f"{number}{_SCALES[found['scale'].lower()]}"
        for found in _SPELLED.finditer(text)
        for number in re.findall(_NUMBER, found["numbers"])
    )
    long = (
        f"{found['number']} {next(k for k, v in _SCALES.items() if v == found['scale'].lower())}"
        for found in _SHORT.finditer(text)
    )
    return " ".join((*short, *long))
