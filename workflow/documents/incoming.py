"""Tables out of files that people send: .xlsx, .xls, .ods and .csv, as rows of texts; the only reader of spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from workflow.domain.errors import BadInput
from workflow.domain.zone import shown

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 2000
MOST_COLUMNS = 60
_LARGEST_UNPACKED = 60 * 1024 * 1024
_SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


class SheetKindUnknown(BadInput):
    template = "Không đọc được tệp «{file}»; hãy gửi tệp .xlsx, .xls, .ods hoặc .csv."


class SheetUnreadable(BadInput):
    template = "Không đọc được bảng trong tệp «{file}»; hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại."


class SheetTooLarge(BadInput):
    template = "Bảng trong tệp «{file}» quá lớn; hãy tách thành các tệp dưới 5 MB và {rows} dòng."


class SheetEmpty(BadInput):
    template = "Tệp «{file}» không có dòng nào; hãy kiểm tra lại tệp."


def read_sheet(name: str, content: bytes) -> list[list[str]]:
    """The rows of a file's first table, each cell as text (days as dd/mm/yyyy), empty rows left out.

    Raises `SheetKindUnknown`, `SheetUnreadable`, `SheetTooLarge` or `SheetEmpty`.
    """
    ending = PurePosixPath(name.lower()).suffix
    if len(content) > LARGEST:
        raise SheetTooLarge(file=name, rows=MOST_ROWS)
    if ending == ".csv":
        rows = _from_csv(name, content)
    elif ending in _SPREADSHEETS:
        rows = _from_spreadsheet(name, content)
    else:
        raise SheetKindUnknown(file=name)
    kept = [row for row in rows if any(row)]
    if not kept:
        raise SheetEmpty(file=name)
    if len(kept) > MOST_ROWS:
        raise SheetTooLarge(file=name, rows=MOST_ROWS)
    return kept


def _from_csv(name: str, content: bytes) -> list[list[str]]:
    text = _decoded(name, content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return _as_texts(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SheetUnreadable(file=name) from error


def _decoded(name: str, content: bytes) -> str:
    """Excel writes UTF-8 with a mark, or UTF-16 as «Unicode text»."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetUnreadable(file=name) from error


def _from_spreadsheet(name: str, content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_unpacked(name, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return _as_texts(book.get_sheet_by_index(0).iter_rows())
    except (CalamineError, ValueError, OSError, IndexError) as error:
        raise SheetUnreadable(file=name) from error


def _check_unpacked(name: str, content: bytes) -> None:
    """Refuse what would fill the memory once it is unpacked; old .xls files are not packed."""
    if not content.startswith(b"PK"):
        return
    try:
        with ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except BadZipFile as error:
        raise SheetUnreadable(file=name) from error
    if unpacked > _LARGEST_UNPACKED:
        raise SheetTooLarge(file=name, rows=MOST_ROWS)


def _as_texts(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if len(found) > MOST_ROWS + 100:
            break
        found.append([_as_text(cell) for cell in row[:MOST_COLUMNS]])
    return found


def _as_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return shown(cell.date())
    if isinstance(cell, date):
        return shown(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
