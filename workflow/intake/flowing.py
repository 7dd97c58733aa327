"""The text of a document as it is meant to be read: joined over line breaks, marks and doubled spaces taken away.

Every position in it leads back to one in the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from calendars.grammar.lexer import Token, cleaned, read
from workflow.intake.lexicon import joined


@dataclass(frozen=True)
class Flow:
    """A paragraph. `places[i]`: where the character text[i] stands in the document's text `raw`."""

    raw: str
    text: str
    places: tuple[int, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words and signs of the text, the last the end; positions in `text`."""
        return read(self.text).tokens

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of this text as positions in the document; the range must not be empty."""
        last = self.places[end - 1] + 1
        while last < len(self.raw) and unicodedata.combining(self.raw[last]):
            last += 1
        return self.places[start], last

    @cached_property
    def whole(self) -> Part:
        """All of it."""
        return Part(self, 0, len(self.tokens) - 1)


@dataclass(frozen=True)
class Part:
    """Tokens [first, last) of a paragraph."""

    flow: Flow
    first: int
    last: int

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens."""
        return self.flow.tokens[self.first : self.last]

    @cached_property
    def keys(self) -> str:
        """The keys of its tokens, as patterns search them."""
        return joined(token.key for token in self.tokens)

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return self.first >= self.last

    @property
    def start(self) -> int:
        """Where it begins in the paragraph's text."""
        return self.flow.tokens[self.first].at

    @property
    def end(self) -> int:
        """Where it ends in the paragraph's text."""
        return self.flow.tokens[self.last - 1].to if not self.empty else self.start

    @cached_property
    def text(self) -> str:
        """Its cleaned text."""
        return self.flow.text[self.start : self.end]

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the document; it must not be empty."""
        return self.flow.span(self.start, self.end)

    def cut(self, first: int, last: int) -> Part:
        """Tokens [first, last) of the paragraph that are in this part."""
        return Part(self.flow, max(first, self.first), min(last, self.last))

    def within(self, start: int, end: int) -> Part:
        """The tokens of this part between two positions in the paragraph's text."""
        tokens = self.flow.tokens
        first = next((i for i in range(self.first, self.last) if tokens[i].to > start), self.last)
        last = next((i for i in range(self.last, first, -1) if tokens[i - 1].at < end), first)
        return Part(self.flow, first, last)

    def trimmed(self, signs: str = ",;:.-–— ") -> Part:
        """Without signs at either end."""
        first, last = self.first, self.last
        tokens = self.flow.tokens
        while first < last and tokens[first].key in signs:
            first += 1
        while last > first and tokens[last - 1].key in signs:
            last -= 1
        return Part(self.flow, first, last)


def flowed(raw: str, stretches: Iterable[tuple[int, int]]) -> Flow:
    """The stretches [start, end) of a document's text as one paragraph."""
    letters: list[str] = []
    places: list[int] = []
    for start, end in stretches:
        text, inner = cleaned(raw[start:end])
        if text.startswith(" "):
            text, inner = text[1:], inner[1:]
        if letters and text:
            letters.append(" ")
            places.append(start)
        letters.append(text)
        places.extend(start + place for place in inner)
    return Flow(raw, "".join(letters), tuple(places))
