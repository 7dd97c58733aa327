"""Tables as files: what people typed stays a text, days stay days."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.builders import at
from workflow.documents.sheets import Column, Sheet, Value, as_csv, as_file, as_xlsx, sheet_of

NOW = at("2026-04-22")
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "<script>alert(1)</script>", 'a"b,c\nd']


def table(*rows: tuple[Value, ...], headings: tuple[str, ...] = ("Một", "Hai")) -> Sheet:
    """A table of two columns."""
    return Sheet("Bảng thử", headings, (10,) * len(headings), rows)


def cells(content: bytes) -> list[list[Any]]:
    """What a spreadsheet shows of a file's first sheet."""
    return list(CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python())


def lines(content: bytes) -> list[list[str]]:
    """The cells of a .csv."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_never_becomes_a_formula_in_xlsx(text: str) -> None:
    content = as_xlsx([table((text, 1))], made_at=NOW)
    sheet = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert str(cells(content)[4][0]).replace("_x000D_", "\r").strip() == text.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_has_no_cell_that_begins_like_a_formula(text: str) -> None:
    (cell, _) = lines(as_csv(table((text, None))))[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text


def test_headings_are_made_harmless_too() -> None:
    assert lines(as_csv(table(headings=("=a", "b"))))[0] == ["'=a", "b"]


def test_a_csv_is_marked_as_unicode_and_shows_days_as_people_write_them() -> None:
    content = as_csv(table((date(2026, 4, 24), NOW)))
    assert content.startswith(b"\xef\xbb\xbf")
    assert lines(content)[1] == ["24/04/2026", f"{NOW:%d/%m/%Y %H:%M}"]


def test_an_xlsx_has_title_headings_and_real_days_and_numbers() -> None:
    rows = cells(as_xlsx([table((date(2026, 4, 24), 3), ("Xong", 0.5))], made_at=NOW))
    assert rows[0][0] == "Bảng thử"
    assert rows[3][:2] == ["Một", "Hai"]
    assert rows[4][:2] == [date(2026, 4, 24), 3.0]
    assert rows[5][:2] == ["Xong", 0.5]


def test_a_text_longer_than_a_cell_is_cut_rather_than_lost() -> None:
    assert len(str(cells(as_xlsx([table(("a" * 40_000, ""))], made_at=NOW))[4][0])) == 32_767


def test_worksheets_have_names_that_spreadsheets_take() -> None:
    one, other = (Sheet(title, ("a",), (5,), []) for title in ("Báo cáo [2026]: a/b*c?" * 3, "'"))
    names = CalamineWorkbook.from_filelike(BytesIO(as_xlsx([one, one, other], made_at=NOW))).sheet_names
    assert len(set(names)) == 3
    assert all(0 < len(name) <= 31 for name in names)


def test_a_table_is_made_of_columns_in_a_language() -> None:
    columns: list[Column[int]] = [Column("Số", lambda row: row), Column("Cơ quan", lambda row: f"{row}!")]
    made = sheet_of("Kế hoạch", columns, [1, 2], "vi", "năm 2026")
    assert (made.headings, made.rows, made.remark) == (("Số", "Cơ quan"), [(1, "1!"), (2, "2!")], "năm 2026")


def test_a_file_has_the_form_that_was_asked_for() -> None:
    assert as_file("xlsx", table(), made_at=NOW).startswith(b"PK")
    assert as_file("csv", table(), made_at=NOW).startswith(b"\xef\xbb\xbf")
