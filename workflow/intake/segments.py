"""The text of a document cut where its marked words begin and end: for showing them on a screen. Pure.

Marks may overlap, cover several blocks and repeat; every piece
between two cuts lies wholly inside or outside each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.intake.document import Block, Document
from workflow.intake.draft import Draft


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """The words text[start:end] that a step rests on, or that a finding is about (`finding`).

    `place` is that of the step, or of the finding, in the draft, from 0; `nth` that of the words among the step's
    sources, from 0.
    """

    start: int
    end: int
    place: int
    nth: int = 0
    finding: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that the same marks cover throughout. `begins`: the marks whose first piece with text this is."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def steps(self) -> tuple[int, ...]:
        """The places of the steps that the words belong to, ascending."""
        return tuple(sorted({mark.place for mark in self.marks if not mark.finding}))

    @property
    def doubted(self) -> bool:
        """Whether a finding is about the words."""
        return any(mark.finding for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the document and the pieces of its text, in order."""

    block: Block
    pieces: tuple[Piece, ...]


def marks_of(draft: Draft) -> tuple[Mark, ...]:
    """A mark for each source of each step, in the order of the steps, and one for each finding about some words."""
    steps = (
        Mark(source.start, source.end, place, nth)
        for place, step in enumerate(draft.steps)
        for nth, source in enumerate(step.sources)
    )
    findings = (
        Mark(finding.words.start, finding.words.end, place, finding=True)
        for place, finding in enumerate(draft.findings)
        if finding.words is not None
    )
    return (*steps, *findings)


def passages(document: Document, marks: Iterable[Mark]) -> Iterator[Passage]:
    """Every block with its pieces, in reading order. Marks that are empty or lie outside the text show nowhere.

    Cost: linear in the text, n·log n in the marks, as long as few of them overlap in one place.
    """
    waiting = sorted((mark for mark in marks if mark.start < mark.end), reverse=True)
    live: list[Mark] = []
    begun: set[Mark] = set()
    for block in document.blocks:
        while waiting and waiting[-1].start < block.end:
            live.append(waiting.pop())
        live = [mark for mark in live if mark.end > block.start]
        yield Passage(block, tuple(_pieces(document.text, block, live, begun)))


def _pieces(text: str, block: Block, marks: Sequence[Mark], begun: set[Mark]) -> Iterator[Piece]:
    inside = {place for mark in marks for place in (mark.start, mark.end) if block.start < place < block.end}
    cuts = sorted({block.start, block.end} | inside)
    coming = sorted(marks, reverse=True)
    covering: list[Mark] = []
    for start, end in pairwise(cuts):
        while coming and coming[-1].start <= start:
            covering.append(coming.pop())
        covering = [mark for mark in covering if mark.end > start]
        begins = tuple(mark for mark in covering if mark not in begun) if text[start:end].strip() else ()
        begun.update(begins)
        yield Piece(text[start:end], tuple(covering), begins)
