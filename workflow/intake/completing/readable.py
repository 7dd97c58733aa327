"""A document's text as patterns can read it: composed letters, plain spaces, no marks; every place known in the raw text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from calendars.grammar.lexer import cleaned
from workflow.domain.lint_findings import Words

_SAME_SPELLING = str.maketrans({"–": "-", "—": "-", "‑": "-", "‐": "-", "’": "'", "*": " "})
_OTHER_SPELLINGS = (
    (re.compile(r"\buỷ\b"), "ủy"),
    (re.compile(r"hoá\b"), "hóa"),
    (re.compile(r"\bhoà\b"), "hòa"),
    (re.compile(r"\bkỳ\b"), "kì"),
    (re.compile(r"\bđảm bảo\b"), "bảo đảm"),
)


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Words for comparing: lower case, composed letters, one spelling, single spaces."""
    text = " ".join(unicodedata.normalize("NFC", words).casefold().translate(_SAME_SPELLING).split())
    for pattern, spelling in _OTHER_SPELLINGS:
        text = pattern.sub(spelling, text)
    return text


def quoted(words: str, longest: int = 80) -> str:
    """Words to stand in a sentence: on one line, without marks, the end of long ones left out."""
    text = " ".join(unicodedata.normalize("NFC", words).replace("*", "").split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


@dataclass(frozen=True, slots=True)
class Readable:
    """Part of a document, cleaned on one line. `places[n]` is where its n-th letter stands, counted from `start`."""

    text: str
    places: Sequence[int]
    start: int = 0

    def words(self, match: re.Match[str], group: int | str = 0) -> Words:
        """What a pattern found, with its place in the document."""
        return self.between(*match.span(group))

    def between(self, start: int, end: int) -> Words:
        """The words text[start:end] with their place in the document."""
        first, last = self.start + self.places[start], self.start + self.places[end - 1]
        return Words(first, last + 1, " ".join(self.text[start:end].split()))


def readable(text: str, start: int = 0, end: int | None = None) -> Readable:
    """A part of a text, as patterns can read it."""
    words, places = cleaned(text[start:end])
    return Readable(words, places, start)


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The physical lines of a text with the place where each begins, in order; blank ones left out."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)
