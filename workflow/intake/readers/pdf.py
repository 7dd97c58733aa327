"""A .pdf: its lines, columns, tables, headers and footers in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from workflow.intake.document import BlockKind, Cell, Document
from workflow.intake.readers.letters import check_letters
from workflow.intake.readers.measure import Earn
from workflow.intake.readers.page_lines import lines_of
from workflow.intake.readers.page_margins import margins
from workflow.intake.readers.page_parts import Line, Page
from workflow.intake.readers.page_tables import Grid
from workflow.intake.readers.pieces import Piece, assembled
from workflow.intake.readers.refusals import Damaged, Scanned, TextMissing

_TAIL = 2048
_FEWEST_LETTERS = 20
"""A page with fewer counts as one without text."""
_SAME_EDGE = 4.0
"""Points by which the columns of a table may differ from one page to the next."""


def read_pdf(path: Path, earn: Earn) -> Document:
    """The document in a .pdf; `earn` is told of each page, as of so many letters. Raises a `DocumentRefused`."""
    from workflow.intake.readers.pdfium import pages

    _check_whole(path)
    reading = _Reading()
    for page in pages(path, earn):
        reading.take(page)
    reading.check(path.name)
    document = assembled(reading.pieces(), "pdf")
    check_letters(document.text, path.name)
    return document


def _check_whole(path: Path) -> None:
    """A .pdf that was cut off can often be repaired, but pages are missing from it that nobody would notice."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        if b"%%EOF" not in file.read():
            raise Damaged(file=path.name)


class _Reading:
    """The pages as they are passed."""

    def __init__(self) -> None:
        self._pages: list[list[Line]] = []
        self._grids: list[list[Grid]] = []
        self._heights: list[float] = []
        self._empty = 0
        self._pictures = 0

    def take(self, page: Page) -> None:
        """Take in the next page."""
        lines, grids = lines_of(page)
        empty = sum(len(word.text) for word in page.words) < _FEWEST_LETTERS
        self._empty += empty
        self._pictures += empty and page.pictures
        self._pages.append(lines)
        self._grids.append(grids)
        self._heights.append(page.height)

    def check(self, file: str) -> None:
        """Raise `Scanned` when most pages show nothing but pictures, `TextMissing` when none shows a word."""
        if self._pictures and self._empty * 2 > len(self._pages):
            raise Scanned(file=file)
        if not any(self._pages):
            raise TextMissing(file=file)

    def pieces(self) -> Iterator[Piece]:
        """All pages, one after the other; a table that goes on over a page is one table."""
        tables = _Tables()
        for number, kinds in enumerate(margins(self._pages, self._heights), 1):
            lines = self._pages[number - 1]
            body = [place for place in range(len(lines)) if place not in kinds]
            tables.turn([lines[place] for place in body], self._grids[number - 1])
            for place, line in enumerate(lines):
                cell = None if tables.repeats(line) else tables.cell(line)
                usual = BlockKind.CELL if cell else BlockKind.PAGE_HEADER if line.cell else BlockKind.LINE
                kind = kinds.get(place, usual)
                yield Piece(line.text, kind, cell=cell, bold=line.bold, page=number)


class _Tables:
    """The tables numbered through the document, page after page."""

    def __init__(self) -> None:
        self._count = 0
        self._first = 0
        """The number of the first table of this page."""
        self._rows_before = 0
        """How many rows of it stand on earlier pages."""
        self._head: tuple[str, ...] = ()
        """The first row of the table that the last page ended with."""
        self._open: tuple[float, ...] | None = None
        """The columns of that table; None when something came after it."""
        self._repeated = 0
        """How many rows at the top of the page say again what the first row of the table said."""
        self._rows_so_far = 0

    def turn(self, body: Sequence[Line], grids: Sequence[Grid]) -> None:
        """Begin a page; `body` is what stands on it besides headers and footers."""
        goes_on = bool(self._open and body and body[0].cell and _same(self._open, grids[0].columns))
        head = _row(body, body[0].cell[0], 0) if body and body[0].cell else ()
        self._repeated = int(goes_on and head == self._head)
        self._rows_before = self._rows_so_far - self._repeated if goes_on else 0
        self._first = self._count - goes_on
        self._count = self._first + len(grids)
        self._end(body, grids, goes_on=goes_on)

    def _end(self, body: Sequence[Line], grids: Sequence[Grid], *, goes_on: bool) -> None:
        """Remember the table that the page ends with."""
        last = body[-1].cell if body else None
        if last is None:
            self._open = None if body else self._open
            return
        table = last[0]
        self._open = grids[table].columns
        self._rows_so_far = len(grids[table].rows) - 1 + (self._rows_before if table == 0 else 0)
        if not (goes_on and table == 0):
            self._head = _row(body, table, 0)

    def cell(self, line: Line) -> Cell | None:
        """Where a cell stands in the document."""
        if line.cell is None:
            return None
        table, row, column, rows, columns = line.cell
        before = self._rows_before if table == 0 else 0
        return Cell(self._first + table, row + before, column, rows, columns)

    def repeats(self, line: Line) -> bool:
        """Whether a cell only repeats the head of its table at the top of a page."""
        return line.cell is not None and line.cell[0] == 0 and line.cell[1] < self._repeated


def _row(lines: Sequence[Line], table: int, row: int) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.cell and line.cell[:2] == (table, row))


def _same(columns: Sequence[float], others: Sequence[float]) -> bool:
    return len(columns) == len(others) and all(
        abs(one - other) <= _SAME_EDGE for one, other in zip(columns, others, strict=True)
    )
