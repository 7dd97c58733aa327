"""The cells of a table of a .docx: a merged cell is given once, with the rows and columns that it covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from workflow.intake.readers.docx_styles import number, part

_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:smartTag"})
_MOST_COLUMNS = 1000
"""Word itself takes 63."""


@dataclass
class Placed:
    """A cell with its content; rows and columns from 0."""

    content: Element
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def cells_of(table: Element) -> list[Placed]:
    """The cells of a table, row by row; those of deleted rows left out."""
    cells: list[Placed] = []
    above: dict[int, Placed] = {}
    rows = (row for row in _inner(table, "w:tr") if part(row, "w:trPr", "w:del") is None)
    for place, row in enumerate(rows):
        above = _row(row, place, above, cells)
    return cells


def _row(row: Element, place: int, above: dict[int, Placed], cells: list[Placed]) -> dict[int, Placed]:
    """Add the cells of a row; those that may be continued below it, by their column."""
    standing: dict[int, Placed] = {}
    column = _span(row.find("w:trPr"), "w:gridBefore", least=0)
    last: Placed | None = None
    for content in _inner(row, "w:tc"):
        properties = content.find("w:tcPr")
        columns = _span(properties, "w:gridSpan", least=1)
        upper = above.get(column) if _continues(properties, "w:vMerge") else None
        if upper is not None:
            upper.rows = place - upper.row + 1
            standing[column] = upper
        elif last is not None and _continues(properties, "w:hMerge"):
            last.columns += columns
        else:
            last = Placed(content, place, column, 1, columns)
            cells.append(last)
            standing[column] = last
        column += columns
    return standing


def _continues(properties: Element | None, merge: str) -> bool:
    """Whether a cell goes on with the one before it: the mark of a merge that does not start one."""
    found = None if properties is None else properties.find(merge)
    return found is not None and found.get("w:val", "continue") != "restart"


def _span(properties: Element | None, name: str, least: int) -> int:
    found = number(properties, name)
    return least if found is None else max(least, min(found, _MOST_COLUMNS))


def _inner(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in controls and marked as inserted too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inner(child, tag)
