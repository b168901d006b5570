"""Text to words, as the search compares them.

``docs/assets/javascripts/page/search/words.js`` does the same to what is typed into the box; a
test binds the two. Numbers, amounts and names with signs in them (``27%``, ``$3.48``, ``K2.6``,
``fp8_ds_mla``, ``--max-model-len``) stay whole and are found by their parts as well.
"""

from __future__ import annotations

import re
import unicodedata

from lunr.stemmer import PorterStemmer

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = f"(?:[^\\W_{HAN}])"
_TOKEN = re.compile(
    f"(?P<han>[{HAN}]+)|(?P<word>[$¥€£]?{_LETTER}(?:{_LETTER}|[.,_'/+-]{_LETTER})*[%+]?)"
)
_BETWEEN = re.compile(r"[_'/+-]")
_PLAIN = re.compile(r"[a-z]+\Z")
_BRITISH = re.compile(
    r"(?<=[a-z]{3})(?:is(?=(?:e[drs]?|ers|ing|ations?)\Z)|our(?=(?:s|ed|ing|ite)?\Z))"
)
_QUOTES = str.maketrans("\u2018\u2019\u201b\u2032\u2010\u2011\u2012\u2013\u2212", "''''-----")

STOP = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
        "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it",
        "its", "me", "my", "of", "on", "or", "our", "s", "so", "than", "that", "the", "their",
        "them", "then", "there", "these", "they", "this", "to", "was", "we", "were", "what", "when",
        "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
    }
)  # fmt: skip
"""Words that say nothing of what is sought."""


_UNITS = (
    (re.compile(r"(\d) ?(?:percent|per cent|pct)\b"), r"\1%"),
    (re.compile(r"(?<![\w.,])(\d[\d.,]*) ?(?:us )?(?:dollars?|usd)\b"), r"$\1"),
    (re.compile(r"(?<![\w.,])(\d[\d.,]*) ?(?:yuan|rmb|cny)\b"), r"¥\1"),
)


def normal(text: str) -> str:
    """One form for signs and units that look or mean the same."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
    for spelled, sign in _UNITS:
        text = spelled.sub(sign, text)
    return text


class Words:
    """Splits texts; ``simplified`` maps traditional characters to the simplified ones."""

    def __init__(self, simplified: dict[str, str] | None = None):
        self._table = str.maketrans(simplified or {})
        self._stem = PorterStemmer().stem
        self._known: dict[str, str] = {}

    def _stemmed(self, word: str) -> str:
        if not _PLAIN.match(word) or len(word) < 4:
            return word
        if word not in self._known:
            american = _BRITISH.sub(lambda found: {"is": "iz"}.get(found[0], "or"), word)
            # lunr.js and its Python port differ in this letter only.
            self._known[word] = re.sub(r"i\Z", "y", self._stem(american))
        return self._known[word]

    def _forms(self, token: str) -> list[str]:
        token = re.sub(r"'s?\Z", "", token)
        token = re.sub(r"(?<=\d),(?=\d)", "", token)
        if "," in token:
            return [form for part in token.split(",") for form in self._forms(part)]
        parts = [part for part in _BETWEEN.split(token) if part]
        out = [token, *(parts if len(parts) > 1 else [])]
        bare = token.strip("$¥€£%+")
        if bare != token and len(parts) == 1:
            out.append(bare)
        return out

    def split(self, text: str) -> list[str]:
        """The words of a text, in their order; pairs of characters for Chinese."""
        out: list[str] = []
        for match in _TOKEN.finditer(normal(text).translate(self._table)):
            if han := match["han"]:
                out += [han[i : i + 2] for i in range(len(han) - 1)] or [han]
                continue
            for form in self._forms(match["word"]):
                if form and form not in STOP:
                    out.append(self._stemmed(form))
        return out
