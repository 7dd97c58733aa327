"""The numbered headings of a document: how deep each lies, and what stands under it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflow.domain.lint_findings import Words
from workflow.intake.completing.readable import lines, readable
from workflow.intake.document import BlockKind, Document

_LABEL = re.compile(
    r"^(?:[-+•·▪]\s+)?(?P<label>"
    r"(?i:(?P<part>phần|chương|bước))\s(?P<ordinal>\d{1,2}|[IVX]{1,5})(?=[.:)]|\s*[-–]\s|\s*$)"
    r"|(?P<roman>[IVX]{1,5})(?=[.)/]|\s*[-–]\s)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?=[.):]|/\s?\D|\s+\S)"
    r"|\((?P<bracket>\d{1,2})\)"
    r"|(?P<letter>[a-zđA-HĐ])(?=[.)]\s)"
    r"|(?P<star>\.)(?=\s?[^\W\d_])"
    r")(?P<mark>[.)/:]*\s*[-–]?\s*)(?P<title>.*)$"
)
_MAY_BE_LABELLED = re.compile(r"[\W_]*(?:[PpCcBb](?:hần|HẦN|hương|HƯƠNG|ước|ƯỚC)\s|[IVX]+\W|\d|[a-zđA-HĐ][.)])|\s*\*")
"""What a line with a label begins with; a first look, since most lines have none."""
_WORD = re.compile(r"[^\W\d_]")
_ROMAN = {"I": 1, "V": 5, "X": 10}
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""How Vietnamese lists are lettered."""
_LONGEST_TITLE = 160
_PARTS = ("phần", "chương")


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading and its part of the text, [start, end): up to the next heading that is not deeper.

    `numbers`: the label as numbers ("3.1" is 3, 1), none for a star; `style` tells how it is written; `depth` from 0.
    `title`: what stands on the heading's own line; `words`: the label with its title.
    """

    start: int
    end: int
    style: str
    numbers: tuple[int, ...]
    depth: int
    title: str
    words: Words


@dataclass(frozen=True, slots=True)
class Sections:
    """Every numbered heading and item of a document, in order; `parents`: the place of the one that each lies in."""

    all: tuple[Section, ...]
    parents: tuple[int | None, ...]

    def around(self, place: int) -> Iterator[Section]:
        """The sections that a place of the text lies in, the nearest first."""
        before = bisect_right(self.all, place, key=lambda section: section.start) - 1
        at = before if before >= 0 else None
        while at is not None:
            if place < self.all[at].end:
                yield self.all[at]
            at = self.parents[at]


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    style: str
    numbers: tuple[int, ...]
    title: str
    words: Words


def sections_of(document: Document) -> Sections:
    """The numbered headings of a document. Cost: linear in the text."""
    heads = list(_heads(document))
    return _closed(heads, list(_depths(heads)), len(document.text))


def _heads(document: Document) -> Iterator[_Head]:
    for start, line in _rows(document):
        if _MAY_BE_LABELLED.match(line) is None:
            continue
        found = readable(line)
        match = _LABEL.match(found.text)
        if match is None or not _WORD.search(match["title"]):
            continue
        head = _head(match, start, found.places)
        if head is not None:
            yield head


def _rows(document: Document) -> Iterable[tuple[int, str]]:
    """What may begin with a label: the lines of each block that is no cell, header or footer."""
    aside = {BlockKind.CELL, BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER}
    if not document.blocks:
        yield from lines(document.text)
    for block in document.blocks:
        if block.kind not in aside:
            yield from ((block.start + place, line) for place, line in lines(document.text[block.start : block.end]))


def _head(match: re.Match[str], start: int, places: Sequence[int]) -> _Head | None:
    style, numbers = _numbers(match)
    if not numbers and style != "star":
        return None
    first, last = places[match.start("label")], places[len(match.string) - 1] + 1
    words = Words(start + first, start + last, match.string[match.start("label") :][:_LONGEST_TITLE])
    return _Head(start, style, numbers, match["title"][:_LONGEST_TITLE], words)


def _numbers(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    if match["part"]:
        ordinal = match["ordinal"]
        return match["part"].lower(), (int(ordinal) if ordinal.isdigit() else _roman(ordinal),)
    if match["roman"]:
        return "roman", (_roman(match["roman"]),)
    if match["number"]:
        return _style_of_number(match)
    if match["bracket"]:
        return "bracket", (int(match["bracket"]),)
    if match["letter"]:
        letter = match["letter"]
        return ("letter" if letter.islower() else "capital"), (LETTERS.find(letter.lower()) + 1,)
    return "star", ()


def _style_of_number(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    """A number is a label when a mark follows it, or when it is one of several ("3.1 Phòng Văn hóa")."""
    numbers = tuple(map(int, match["number"].split(".")))
    marked = match["mark"].strip()
    if 0 in numbers or (len(numbers) == 1 and not marked):
        return "number", ()
    return f"number{len(numbers)}{')' if marked.startswith(')') else ''}", numbers


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    after = [*values[1:], 0]
    return sum(-value if value < following else value for value, following in zip(values, after, strict=True))


def _depths(heads: list[_Head]) -> Iterator[int]:
    """How deep each heading lies: a style seen on the way down again is at its own depth, a new one goes deeper."""
    open_styles: list[str] = []
    for head in heads:
        if head.style in _PARTS:
            open_styles = []
        elif head.style in ("roman", "capital"):
            above = _PARTS if head.style == "capital" else (*_PARTS, "capital")
            open_styles = [style for style in open_styles if style in above]
        if head.style in open_styles:
            del open_styles[open_styles.index(head.style) :]
        elif head.style.startswith("number") and len(head.numbers) == 1:
            open_styles = [style for style in open_styles if style in (*_PARTS, "roman", "capital")]
        open_styles.append(head.style)
        yield len(open_styles) - 1


def _closed(heads: list[_Head], depths: list[int], length: int) -> Sections:
    ends = [length] * len(heads)
    parents: list[int | None] = []
    still_open: list[int] = []
    for at, head in enumerate(heads):
        while still_open and depths[still_open[-1]] >= depths[at]:
            ends[still_open.pop()] = head.start
        parents.append(still_open[-1] if still_open else None)
        still_open.append(at)
    found = tuple(
        Section(head.start, end, head.style, head.numbers, depth, head.title, head.words)
        for head, end, depth in zip(heads, ends, depths, strict=True)
    )
    return Sections(found, tuple(parents))
