"""The text of a document cut where its marked words begin and end: for showing them on a screen. Pure.

A mark is a part of the text that a step rests on. Marks may overlap, cover several blocks and repeat; every piece
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
    """The words text[start:end] that a step rests on. `step` is its place among the steps, from 0; `nth` that of the
    words among its sources, from 0."""

    start: int
    end: int
    step: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that the same marks cover throughout: `steps` in ascending order. `begins`: those whose first piece
    this is; a mark's first piece is the first that has text in a block."""

    text: str
    steps: tuple[int, ...] = ()
    begins: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the document and the pieces of its text, in order."""

    block: Block
    pieces: tuple[Piece, ...]


def marks_of(draft: Draft) -> tuple[Mark, ...]:
    """A mark for each source of each step, in the order of the steps."""
    return tuple(
        Mark(source.start, source.end, place, nth)
        for place, step in enumerate(draft.steps)
        for nth, source in enumerate(step.sources)
    )


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
        yield Piece(text[start:end], tuple(sorted({mark.step for mark in covering})), begins)
