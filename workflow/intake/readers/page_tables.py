"""Tables on a page, told by their ruled lines: a cell is what lines enclose, merged cells are larger ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflow.intake.readers.page_parts import Ruling

NEAR = 2.5
"""Points within which two lines count as one place, and a line as reaching another."""
_MOST_CROSSINGS = 300_000
_MOST_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with the rows and columns that it covers, from 0."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where its columns and rows begin and end, its cells row by row, and whose each crossing of both is."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owners: tuple[int, ...]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell around a point."""
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        if not (0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1):
            return None
        return self.cells[self.owners[row * (len(self.columns) - 1) + column]]


def grids(rulings: Iterable[Ruling]) -> list[Grid]:
    """The tables that lines make, from the top of the page down. Lines that enclose less than two cells make none."""
    rulings = list(rulings)
    level = list(_merged(ruling for ruling in rulings if ruling.level))
    upright = list(_merged(ruling for ruling in rulings if not ruling.level))
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []
    found = (_grid(*group) for group in _connected(level, upright))
    return sorted((grid for grid in found if grid is not None), key=lambda grid: (grid.rows[0], grid.columns[0]))


def _merged(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """Lines without those that only go on with another or lie on it."""
    ordered = sorted(rulings, key=lambda ruling: ruling.place)
    for places in _clusters([ruling.place for ruling in ordered]):
        group, ordered = ordered[: len(places)], ordered[len(places) :]
        place = sum(places) / len(places)
        last: Ruling | None = None
        for ruling in sorted(group, key=lambda ruling: ruling.start):
            if last is not None and ruling.start <= last.end + NEAR * 2:
                last = Ruling(last.level, place, last.start, max(last.end, ruling.end))
                continue
            if last is not None:
                yield last
            last = Ruling(ruling.level, place, ruling.start, ruling.end)
        if last is not None:
            yield last


def _clusters(ordered: Sequence[float]) -> Iterator[list[float]]:
    """Ascending places in groups that lie near each other."""
    group: list[float] = []
    for place in ordered:
        if group and place - group[-1] > NEAR:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _connected(level: Sequence[Ruling], upright: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Groups of lines that cross or touch."""
    joined = _Joined(len(level) + len(upright))
    for i, across in enumerate(level):
        for j, down in enumerate(upright, len(level)):
            if _reaches(across, down.place) and _reaches(down, across.place):
                joined.join(i, j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate([*level, *upright]):
        groups.setdefault(joined.root(i), ([], []))[0 if ruling.level else 1].append(ruling)
    yield from groups.values()


def _reaches(ruling: Ruling, place: float) -> bool:
    return ruling.start - NEAR <= place <= ruling.end + NEAR


class _Joined:
    """Things that belong together, by their numbers."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, thing: int) -> int:
        while self._parents[thing] != thing:
            self._parents[thing] = self._parents[self._parents[thing]]
            thing = self._parents[thing]
        return thing

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        self._parents[max(one, other)] = min(one, other)


def _grid(level: Sequence[Ruling], upright: Sequence[Ruling]) -> Grid | None:
    if len(level) < 2 or not upright:
        return None
    columns = _edges(upright, level)
    rows = _edges(level, upright)
    width, height = len(columns) - 1, len(rows) - 1
    if width < 1 or height < 1 or not 1 < width * height <= _MOST_CELLS:
        return None
    joined = _Joined(width * height)
    for row in range(height):
        for column in range(width):
            unit, x, y = row * width + column, _half(columns, column), _half(rows, row)
            if column + 1 < width and not _drawn(upright, columns[column + 1], y):
                joined.join(unit, unit + 1)
            if row + 1 < height and not _drawn(level, rows[row + 1], x):
                joined.join(unit, unit + width)
    groups: dict[int, list[int]] = {}
    for unit in range(width * height):
        groups.setdefault(joined.root(unit), []).append(unit)
    numbers = {root: number for number, root in enumerate(groups)}
    owners = tuple(numbers[joined.root(unit)] for unit in range(width * height))
    cells = tuple(_cell(units, width) for units in groups.values())
    return Grid(tuple(columns), tuple(rows), cells, owners) if len(cells) > 1 else None


def _cell(units: Sequence[int], width: int) -> GridCell:
    """The cell that covers crossings of rows and columns, counted row by row."""
    across, down = [unit % width for unit in units], [unit // width for unit in units]
    return GridCell(min(down), min(across), max(down) - min(down) + 1, max(across) - min(across) + 1)


def _edges(rulings: Sequence[Ruling], crossing: Sequence[Ruling]) -> list[float]:
    """Where lines lie, and where the lines across begin and end beyond them: a table may be open at its sides."""
    places = sorted(ruling.place for ruling in rulings)
    first, last = min(each.start for each in crossing), max(each.end for each in crossing)
    places = [
        *([first] if places[0] - first > 4 * NEAR else []),
        *places,
        *([last] if last - places[-1] > 4 * NEAR else []),
    ]
    return [sum(group) / len(group) for group in _clusters(places)]


def _half(edges: Sequence[float], place: int) -> float:
    return (edges[place] + edges[place + 1]) / 2


def _drawn(rulings: Sequence[Ruling], place: float, point: float) -> bool:
    """Whether a line at a place goes past a point."""
    return any(abs(each.place - place) <= NEAR and each.start <= point <= each.end for each in rulings)
