"""From raw text to tokens: every spelling of a word comes out alike, every token knows where it stands.

Taken away before anything is read: NFD, no-break and other spaces, soft hyphens, zero-width marks, stray bold marks,
accents that belong to no letter, line breaks. A zero-width space is a space; digits and slashes of other widths are
plain ones. For comparing, a word's key is in lower case with its tone mark moved to
the end, so that «hoà» and «hòa» are one word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

_DROPPED: Final = frozenset("*\u00ad\u200c\u200d\u2060\ufeff")
_HALF_HORNED: Final = re.compile(r"uơ(?=\w)")
_ZERO_WIDTH_SPACE: Final = "\u200b"
_SLASHES: Final = dict.fromkeys("\u2044\u2215\uff0f", "/")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TOKEN: Final = re.compile(
    r"(?P<number>[0-9]+)"
    r"|(?P<word>(?<=[0-9])[hHgG](?![^\W\d_])|(?i:ngày|tháng|năm|quý)(?=[0-9])|[^\W\d_]\w*)"
    r"|(?P<mark>\S)"
)
_SAME: Final = str.maketrans({"’": "'", "‘": "'", "´": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"})


_AS_IT_IS: Final = "[!-)+-~\u00c0-\u01b0\u1ea0-\u1ef9\u201c\u201d]+"
_CLEAN_ALREADY: Final = re.compile(f"{_AS_IT_IS}(?:[ \n]{_AS_IT_IS})*")
"""Words of composed letters with one space or line end between them: what most texts are, and nothing to take away."""

_QUOTED: Final = 120  # characters of a name or a wording that a sentence quotes


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    WORD = "word"
    MARK = "mark"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `start`/`end` are positions in the raw text, `at`/`to` in the cleaned text, both half-open.

    `key` is what is compared; `fresh`: it begins a line of the raw text.
    """

    kind: Kind
    key: str
    start: int
    end: int
    at: int
    to: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A text, cleaned and cut into tokens; the last token is the end."""

    raw: str
    text: str
    tokens: tuple[Token, ...]

    def between(self, first: int, last: int) -> str:
        """The cleaned text of tokens `first` up to but not including `last`."""
        return self.text[self.tokens[first].at : self.tokens[last - 1].to] if first < last else ""


def clean(raw: str) -> str:
    """The text in NFC on one line, without the marks that printing and copying leave behind."""
    return cleaned(raw)[0]


def cut(words: str) -> str:
    """Words to be quoted in a sentence, the end of long ones left out."""
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """The key of a word: lower case, its tone mark moved to the end; "truớc" as "trước"."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.lower().translate(_SAME))
    tones = "".join(each for each in letters if each in _TONES)
    plain = unicodedata.normalize("NFC", "".join(each for each in letters if each not in _TONES))
    return _HALF_HORNED.sub("ươ", plain) + tones


def read(raw: str) -> Source:
    """Cut a text into tokens."""
    text, places = cleaned(raw)
    tokens = tuple(_token(raw, text, places, match) for match in _TOKEN.finditer(text))
    end = Token(Kind.END, "", len(raw), len(raw), len(text), len(text), fresh=False)
    return Source(raw, text, (*tokens, end))


def _token(raw: str, text: str, places: list[int], match: re.Match[str]) -> Token:
    at, to = match.span()
    start, end = places[at], places[to - 1] + 1
    while end < len(raw) and unicodedata.combining(raw[end]):
        end += 1
    before = raw[places[at - 1] : start] if at else "\n"
    return Token(Kind(match.lastgroup), fold(text[at:to]), start, end, at, to, fresh="\n" in before)


def cleaned(raw: str) -> tuple[str, list[int]]:
    """The cleaned text, and for each of its characters the place in the raw text."""
    line = raw.strip()
    if _CLEAN_ALREADY.fullmatch(line):
        first = len(raw) - len(raw.lstrip())
        return line.replace("\n", " "), list(range(first, first + len(line)))
    return _cleaned_by_letter(raw)


def _cleaned_by_letter(raw: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    for place, cluster in _clusters(raw):
        if cluster.isspace() or cluster[0] == _ZERO_WIDTH_SPACE:
            if pieces and pieces[-1] != " ":
                pieces.append(" ")
                places.append(place)
            continue
        for letter in map(_plain, unicodedata.normalize("NFC", cluster)):
            if not unicodedata.combining(letter):  # a mark that makes no letter with the one before it
                pieces.append(letter)
                places.append(place)
    if pieces and pieces[-1] == " ":
        pieces.pop()
        places.pop()
    return "".join(pieces), places


def _plain(letter: str) -> str:
    """A digit or a slash of another width as the plain one."""
    if letter.isascii():
        return letter
    return str(unicodedata.decimal(letter, "")) or _SLASHES.get(letter, letter)


def _clusters(raw: str) -> list[tuple[int, str]]:
    """Each character with the combining marks upon it, and its place; dropped marks left out."""
    found: list[tuple[int, str]] = []
    for place, letter in enumerate(raw):
        if letter in _DROPPED:
            continue
        if found and unicodedata.combining(letter):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((place, letter))
    return found
