"""Text without what a format, a keyboard or a typist may change: case, tone marks, punctuation, white space.

Names are compared folded; words that a reader took from a .docx or a .pdf are found again in the text of the labels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

Span = tuple[int, int]
"""Half-open [start, end)."""

WORD = re.compile("[\\w\u0300-\u036f\u00ad]+")

SHORT_FORMS = {
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "mat tran to quoc viet nam": "mttq",
    "mat tran to quoc": "mttq",
    "mttqvn": "mttq",
    "mttq viet nam": "mttq",
    "uy ban mttq": "mttq",
    "ubmttq": "mttq",
    "ubmttqvn": "mttq",
    "lien doan lao dong": "ldld",
    "ban chap hanh": "bch",
    "van phong": "vp",
    "chinh tri xa hoi": "ct xh",
    "cong doan co so": "cdcs",
    "cong nhan vien chuc lao dong": "cnvcld",
}
"""One form for a name that office texts write in several ways; applied in this order."""


def fold(text: str) -> str:
    """Lower case, no tone marks, đ as d; nothing else changed."""
    plain = unicodedata.normalize("NFD", text.replace("\u00ad", "")).replace("đ", "d").replace("Đ", "d")
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Mn").casefold()


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(fold(match.group()) for match in WORD.finditer(text))


FILLERS = frozenset(words("đồng chí ông bà các những và cùng thuộc của trên địa bàn"))
"""Words that say nothing about who is meant."""


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a unit's or person's name, with one short form for each."""
    text = f" {' '.join(words(name))} "
    for long, short in SHORT_FORMS.items():
        text = text.replace(f" {long} ", f" {short} ")
    return tuple(word for word in text.split() if word not in FILLERS)


def same_name(one: str, other: str) -> bool:
    """Whether two names mean the same: equal when folded, one within the other and not much longer, or nearly equal."""
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return False
    small, large = sorted((set(a), set(b)), key=len)
    if small <= large and len(small) / len(large) >= 0.5:
        return True
    return SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio() >= 0.87


@dataclass(frozen=True)
class Reference:
    """The text that the labels point into."""

    text: str

    @cached_property
    def _tokens(self) -> tuple[tuple[str, int, int], ...]:
        return tuple((fold(match.group()), match.start(), match.end()) for match in WORD.finditer(self.text))

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(token for token, _start, _end in self._tokens)

    def occurrences(self, phrase: str) -> tuple[Span, ...]:
        """Where a phrase stands, word for word when folded."""
        wanted = words(phrase)
        return tuple(self._span(at, at + len(wanted)) for at in self._places(wanted))

    def located(self, phrase: str, around: float = 0.5) -> tuple[Span, ...]:
        """Where words that a reader took from another layout of the text stand: whole, or in runs of three words.

        `around`: how far into its own text the reader found them, from 0 to 1; it decides between equal passages.
        """
        wanted = words(phrase)
        if not wanted:
            return ()
        if places := self._places(wanted):
            nearest = min(places, key=lambda at: abs(at / len(self._folded) - around))
            return (self._span(nearest, nearest + len(wanted)),)
        runs = SequenceMatcher(None, self._folded, wanted, autojunk=False).get_matching_blocks()
        return tuple(self._span(run.a, run.a + run.size) for run in runs if run.size >= 3)

    def _places(self, wanted: Sequence[str]) -> list[int]:
        if not wanted:
            return []
        size, first = len(wanted), wanted[0]
        folded = self._folded
        return [
            at
            for at in range(len(folded) - size + 1)
            if folded[at] == first and folded[at : at + size] == tuple(wanted)
        ]

    def _span(self, first: int, after: int) -> Span:
        return self._tokens[first][1], self._tokens[after - 1][2]


def size(spans: Sequence[Span]) -> int:
    """How many characters the spans cover together; they do not overlap."""
    return sum(end - start for start, end in spans)


def overlap(some: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters two sets of spans share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in some for c, d in others)
