"""The lines of a page in the order in which they are read: columns one after the other, tables cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workflow.intake.readers.page_parts import Line, Page, Word
from workflow.intake.readers.page_tables import Grid, GridCell, grids

_SAME_ROW = 0.4
"""Words stand in a row when their middles differ by less than this part of their height."""
_BLANK = 0.08
"""A gap so wide, in heights of a word, is a blank."""
_GUTTER = 0.8
"""A gap so wide may part two columns, when it goes down through several rows ..."""
_STRETCHED = 2.5
"""... and is so many times wider than the usual gap in its row: lines set to full width have wide gaps everywhere."""
_BESIDE = 0.25
"""Rows that share at least this part of their height stand beside each other."""
_FARTHEST = 3.0
"""Rows farther apart than this, in heights, do not share their columns."""
_NARROWEST = 0.2
"""A column takes at least this part of the width of both; what is narrower is a label, a time or a mark before its line."""
_FEWEST_ROWS = 2


class Row:
    """Words on one height, from left to right, at least one; its edges in points."""

    __slots__ = ("bottom", "height", "left", "right", "top", "words")

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = tuple(words)
        self.left = self.words[0].left
        self.right = max([word.right for word in self.words])
        self.top = min([word.top for word in self.words])
        self.bottom = max([word.bottom for word in self.words])
        self.height = max([word.bottom - word.top for word in self.words])


def lines_of(page: Page) -> tuple[list[Line], list[Grid]]:
    """The lines and cells of a page in reading order, and its tables."""
    tables = grids(page.rulings)
    inside: list[dict[GridCell, list[Word]]] = [{} for _ in tables]
    outside: list[list[Word]] = [[] for _ in range(len(tables) + 1)]
    for word in page.words:
        x, y = (word.left + word.right) / 2, word.middle
        for table, cells in zip(tables, inside, strict=True):
            if (cell := table.cell_at(x, y)) is not None:
                cells.setdefault(cell, []).append(word)
                break
        else:
            outside[sum(table.rows[0] <= y for table in tables)].append(word)
    lines = list(_lines(outside[0]))
    for index, (cells, after) in enumerate(zip(inside, outside[1:], strict=True)):
        lines += (_cell_line(index, cell, words) for cell, words in sorted(cells.items(), key=_place))
        lines += _lines(after)
    return lines, tables


def _place(item: tuple[GridCell, list[Word]]) -> tuple[int, int]:
    return item[0].row, item[0].column


def _cell_line(table: int, cell: GridCell, words: Sequence[Word]) -> Line:
    rows = rows_of(words)
    text = "\n".join(_text(row.words) for row in rows)
    edges = min(row.left for row in rows), max(row.right for row in rows), rows[0].top, rows[-1].bottom
    return Line(text, *edges, _bold(words), (table, cell.row, cell.column, cell.rows, cell.columns))


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Words in rows, from the top down."""
    rows: list[list[Word]] = []
    tallest: Word | None = None
    for word in sorted(words, key=lambda word: word.middle):
        if tallest is None or word.middle - tallest.middle > _SAME_ROW * max(word.height, tallest.height):
            rows.append([])
            tallest = word
        elif word.height > tallest.height:
            tallest = word
        rows[-1].append(word)
    return [Row(sorted(row, key=lambda word: word.left)) for row in rows]


def _text(words: Sequence[Word], between: str = " ") -> str:
    """Words of a row in one string; `between` stands for gaps that part columns."""
    parts = [words[0].text] if words else []
    for one, other in pairwise(words):
        gap = other.left - one.right
        height = max(one.height, other.height)
        blank = between if gap >= _GUTTER * height else " " if other.spaced or gap >= _BLANK * height else ""
        parts += (blank, other.text)
    return "".join(parts)


def _bold(words: Sequence[Word]) -> bool:
    return all(word.bold for word in words)


def _line(words: Sequence[Word], between: str = " ") -> Line:
    row = Row(words)
    return Line(_text(words, between), row.left, row.right, row.top, row.bottom, _bold(words))


# ── columns ───────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(words: Iterable[Word]) -> Iterator[Line]:
    """Lines in reading order: where rows share a gap, the left column before the right one."""
    rows = rows_of(words)
    at = 0
    while at < len(rows):
        band = _band(rows, at)
        if band is None:
            yield _line(rows[at].words)
            at += 1
            continue
        yield from _read(band)
        at += len(band.rows)


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows that follow each other and have a gap in common, [start, end) in points."""

    rows: tuple[Row, ...]
    start: float
    end: float

    def parted(self, row: Row) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        """The words of a row before and after the gap."""
        middle = (self.start + self.end) / 2
        left = tuple(word for word in row.words if word.right <= middle)
        return left, row.words[len(left) :]

    def sides(self) -> tuple[list[tuple[Word, ...]], list[tuple[Word, ...]]]:
        """The rows of the left column and those of the right one."""
        parted = [self.parted(row) for row in self.rows]
        return [left for left, _ in parted if left], [right for _, right in parted if right]


def _band(rows: Sequence[Row], at: int) -> _Band | None:
    """The longest run of rows from a place on that share the gap of the first of them that shows one."""
    for ahead in range(at, min(at + 3, len(rows))):
        if ahead > at and not _close(rows[ahead - 1], rows[ahead]):
            return None
        gap = _widest_gap(rows[ahead]) or _gap_between(rows[ahead], rows[ahead + 1 : ahead + 2])
        if gap is not None:
            return _grown(rows, at, gap)
    return None


def _grown(rows: Sequence[Row], at: int, gap: tuple[float, float]) -> _Band | None:
    start, end = gap
    taken = 0
    for place, row in enumerate(rows[at:], at):
        if place > at and not _close(rows[place - 1], row):
            break
        kept = _narrowed(row, start, end)
        if kept is None:
            break
        (start, end), taken = kept, taken + 1
    band = _Band(tuple(rows[at : at + taken]), start, end)
    return band if taken and _is_parted(band) else None


def _narrowed(row: Row, start: float, end: float) -> tuple[float, float] | None:
    """What a row leaves of a gap; None when it fills it."""
    middle = (start + end) / 2
    for word in row.words:
        if word.left < end and word.right > start:
            start, end = (
                (max(start, word.right), end) if (word.left + word.right) / 2 < middle else (start, min(end, word.left))
            )
    return (start, end) if end - start >= _GUTTER * row.height else None


def _is_parted(band: _Band) -> bool:
    """Whether the gap parts two columns: several rows on each side, and not only labels before their lines."""
    left, right = band.sides()
    return min(len(left), len(right)) >= _FEWEST_ROWS and not all(map(_is_label, left))


_LABEL = re.compile(r"[-–+•*▪➢]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|[IVXLC]{1,5})[.)/:]*")


def _is_label(words: Sequence[Word]) -> bool:
    return _LABEL.fullmatch(_text(words)) is not None


def _widest_gap(row: Row) -> tuple[float, float] | None:
    """The widest gap of a row, when it is wide enough to part columns."""
    gaps = [(other.left - one.right, one.right, other.left) for one, other in pairwise(row.words)]
    if not gaps:
        return None
    width, start, end = max(gaps)
    usual = median(gap for gap, _, _ in gaps) if len(gaps) > 2 else 0.0
    return (start, end) if width >= max(_GUTTER * row.height, _STRETCHED * usual) else None


def _gap_between(row: Row, following: Sequence[Row]) -> tuple[float, float] | None:
    """The gap between a row and one that begins beside it, half a line lower, when it is wide enough."""
    for other in following:
        one, two = (row, other) if row.left < other.left else (other, row)
        beside = row.bottom - other.top >= _BESIDE * min(row.height, other.height)
        if beside and two.left - one.right >= _GUTTER * max(row.height, other.height):
            return one.right, two.left
    return None


def _close(upper: Row, lower: Row) -> bool:
    return lower.top - upper.bottom <= _FARTHEST * max(upper.height, lower.height)


def _read(band: _Band) -> Iterator[Line]:
    """Column by column, or row by row where the band is laid out like a table."""
    if _is_tabular(band):
        yield from (_line(row.words, "\t") for row in band.rows)
        return
    for side in band.sides():
        yield from _lines(word for row in side for word in row)


def _is_tabular(band: _Band) -> bool:
    """Whether rows belong together across the gap: they stand side by side, and one side is narrow or parted again."""
    left, right = band.sides()
    both = sum(bool(before and after) for before, after in map(band.parted, band.rows))
    if both * 2 < min(len(left), len(right)):
        return False
    widths = [max(row[-1].right - row[0].left for row in side) for side in (left, right)]
    whole = max(row.right for row in band.rows) - min(row.left for row in band.rows)
    again = _band([Row(row) for row in right], 0)
    return min(widths) < _NARROWEST * whole or (again is not None and len(again.rows) * 2 > len(right))
