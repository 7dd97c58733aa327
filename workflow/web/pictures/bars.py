"""Columns of counts piled on each other, one column for each month, as an SVG picture. Measures in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.web.pictures.scale import ticks

LEFT, RIGHT, TOP, BOTTOM = 40.0, 8.0, 10.0, 26.0
_LEAST_HEIGHT = 1.5
"""What is counted is seen, however little it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a column: its look, how many, what a reader is told, and where it leads."""

    css: str
    count: int
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column from the bottom up, and what stands below it."""

    label: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many it counts in all."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Block:
    """A part as it is drawn."""

    x: float
    y: float
    width: float
    height: float
    part: Part


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on the side, or a word below."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture, ready for its template."""

    width: float
    height: float
    blocks: tuple[Block, ...]
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]


def bars(columns: Sequence[Column], *, width: float = 560, height: float = 200) -> Bars:
    """Draw the columns, all in one scale from 0."""
    marks = ticks(max((column.count for column in columns), default=0))
    room, top = height - TOP - BOTTOM, marks[-1]
    step = (width - LEFT - RIGHT) / max(1, len(columns))
    wide = min(40.0, step * 0.7)
    blocks = [
        block
        for place, column in enumerate(columns)
        for block in _pile(column, LEFT + step * place + (step - wide) / 2, wide, room / top, height - BOTTOM)
    ]
    return Bars(
        width=width,
        height=height,
        blocks=tuple(blocks),
        rows=tuple(Mark(round(height - BOTTOM - number * room / top, 1), str(number)) for number in marks),
        columns=labels([column.label for column in columns], width),
    )


def labels(words: Sequence[str], width: float) -> tuple[Mark, ...]:
    """The words below the columns, as many as have room."""
    step = (width - LEFT - RIGHT) / max(1, len(words))
    each = max(1, -(-46 // max(1, int(step))))
    return tuple(
        Mark(round(LEFT + step * (place + 0.5), 1), text) for place, text in enumerate(words) if place % each == 0
    )


def _pile(column: Column, x: float, wide: float, unit: float, ground: float) -> list[Block]:
    found: list[Block] = []
    for part in column.parts:
        if part.count:
            tall = max(_LEAST_HEIGHT, part.count * unit)
            ground -= tall
            found.append(Block(round(x, 1), round(ground, 1), round(wide, 1), round(tall, 1), part))
    return found
