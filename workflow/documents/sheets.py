"""Tables as files: .xlsx and .csv, in which a text stays a text whatever it begins with. Pure.

What people typed goes to spreadsheets, which take a text that begins with "=" for a formula and run it: in .xlsx every
text is written as a text, in .csv such a text gets an apostrophe before it. Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from workflow.domain.zone import ZONE, shown
from workflow.language import Language, translate

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Row = TypeVar("Row")
Value = str | int | float | date | datetime | bool | None

XLSX, CSV = "xlsx", "csv"
FORMS = (XLSX, CSV)

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_TEXT = 32_767
"""In letters, of one cell. Source: Excel specifications and limits."""

_NAME_LETTERS = 31
_FIRST_LINE = 3
"""The line of the headings, from 0: the title, the remark and an empty line stand before it."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its heading (Vietnamese, translated), how a cell follows from a row, and its width in letters."""

    heading: str
    value: Callable[[Row], Value]
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready for a file, in one language. `remark`: what it was chosen by, "" without. Instants are aware."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[Value, ...]]
    remark: str = ""


def sheet_of(
    title: str, columns: Sequence[Column[Row]], rows: Iterable[Row], language: Language, remark: str = ""
) -> Sheet:
    """The table of some rows. `title`: Vietnamese, translated; `remark`: as it is."""
    return Sheet(
        translate(title, language),
        tuple(translate(column.heading, language) for column in columns),
        tuple(column.width for column in columns),
        [tuple(column.value(row) for column in columns) for row in rows],
        remark,
    )


def as_file(form: str, sheet: Sheet, *, made_at: datetime) -> bytes:
    """A table as a file of one of `FORMS`; `made_at` (aware) stands in the .xlsx."""
    return as_csv(sheet) if form == CSV else as_xlsx([sheet], made_at=made_at)


def as_csv(sheet: Sheet) -> bytes:
    """A table as .csv: UTF-8 with a mark, so that spreadsheets read its letters; days are dd/mm/yyyy."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(_harmless, sheet.headings))
    writer.writerows([_harmless(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Sequence[Sheet], *, made_at: datetime) -> bytes:
    """Tables as .xlsx, one worksheet each; days are real days, to be sorted and counted with."""
    from xlsxwriter import Workbook

    made = BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, {**texts, "in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": sheets[0].title, "created": made_at.astimezone(ZONE).replace(tzinfo=None)})
        for number, sheet in enumerate(sheets, 1):
            _write(book, book.add_worksheet(_sheet_name(sheet.title, number)), sheet)
    return made.getvalue()


def _write(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    looks = _looks(book)
    page.write_string(0, 0, sheet.title, looks["title"])
    page.write_string(1, 0, sheet.remark[:_LONGEST_TEXT], looks["remark"])
    for place, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(_FIRST_LINE, place, heading, looks["heading"])
    for line, row in enumerate(sheet.rows, _FIRST_LINE + 1):
        for place, value in enumerate(row):
            _write_cell(page, line, place, value, looks)
    page.freeze_panes(_FIRST_LINE + 1, 0)
    page.autofilter(_FIRST_LINE, 0, _FIRST_LINE + max(1, len(sheet.rows)), max(0, len(sheet.headings) - 1))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(_FIRST_LINE)


def _looks(book: Workbook) -> dict[str, Format]:
    frame: dict[str, Any] = {"border": 1, "border_color": "#c8d0d3", "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "remark": book.add_format({"font_color": "#4a575e", "italic": True}),
        "heading": book.add_format({**frame, "bold": True, "bg_color": "#e4f0f1", "text_wrap": True}),
        "text": book.add_format({**frame, "text_wrap": True}),
        "number": book.add_format(frame),
        "day": book.add_format({**frame, "num_format": "dd/mm/yyyy", "align": "left"}),
        "moment": book.add_format({**frame, "num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        "share": book.add_format({**frame, "num_format": "0.0%"}),
    }


def _write_cell(page: Worksheet, line: int, place: int, value: Value, looks: dict[str, Format]) -> None:
    """A cell by the type of its value; a float is a share, shown in hundredths."""
    if value is None or value == "":
        page.write_blank(line, place, None, looks["text"])
    elif isinstance(value, datetime):
        page.write_datetime(line, place, value.astimezone(ZONE).replace(tzinfo=None), looks["moment"])
    elif isinstance(value, date):
        page.write_datetime(line, place, value, looks["day"])
    elif isinstance(value, float):
        page.write_number(line, place, value, looks["share"])
    elif isinstance(value, int):
        page.write_number(line, place, value, looks["number"])
    else:
        page.write_string(line, place, value[:_LONGEST_TEXT], looks["text"])


def _harmless(value: Value) -> str:
    """A value as a text that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUN_BY_SPREADSHEETS) else value
    if isinstance(value, datetime):
        return f"{value.astimezone(ZONE):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return shown(value)
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else str(value)


def _sheet_name(title: str, number: int) -> str:
    """A name that a worksheet may have, none twice."""
    kept = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    tail = f" {number}" if number > 1 else ""
    return f"{' '.join(kept.split())[: _NAME_LETTERS - len(tail)].rstrip()}{tail}" or str(number)
