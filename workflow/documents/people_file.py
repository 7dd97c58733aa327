"""A list of people in a spreadsheet or a CSV file, row by row as text; what the rows mean is told elsewhere."""

from __future__ import annotations

import csv
import io
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from workflow.domain.errors import BadInput

MOST_ROWS = 2_000
MOST_UNPACKED = 60 << 20
_MOST_COLUMNS = 30
_DELIMITERS = ",;\t"


class ListUnreadable(BadInput):
    template = "Không đọc được tệp danh sách; hãy lưu lại thành .xlsx hoặc .csv (UTF-8) rồi tải lên."


class ListTooLong(BadInput):
    template = "Danh sách dài quá {most} dòng; hãy chia thành nhiều tệp."


def rows_of(content: bytes, name: str) -> list[list[str]]:
    """The rows of the first sheet, blanks around cells taken off. Raises `ListUnreadable` and `ListTooLong`."""
    rows = _of_sheet(content) if name.lower().endswith((".xlsx", ".xlsm")) else _of_csv(content)
    if len(rows) > MOST_ROWS:
        raise ListTooLong(most=MOST_ROWS)
    return rows


def _of_sheet(content: bytes) -> list[list[str]]:
    try:
        with ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise ListTooLong(most=MOST_ROWS)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = book.get_sheet_by_index(0).to_python(nrows=MOST_ROWS + 1)
    except (CalamineError, BadZipFile, IndexError, ValueError) as error:
        if isinstance(error, ListTooLong):
            raise
        raise ListUnreadable from error
    return [[_cell(cell) for cell in row[:_MOST_COLUMNS]] for row in found]


def _cell(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()  # type: ignore[call-overload]


def _of_csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = max(_DELIMITERS, key=first.count)
        rows = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
        return [[cell.strip() for cell in row[:_MOST_COLUMNS]] for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ListUnreadable from error
