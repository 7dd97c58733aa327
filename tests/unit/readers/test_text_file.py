"""A .txt is given letter for letter, each physical line a block."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest

from tests.unit.readers.showing import cells, words
from workflow.intake.document import BlockKind, Document
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import (
    DocumentRefused,
    KindUnknown,
    LettersUnknown,
    OldEncoding,
    TextMissing,
)

PLAN = "KẾ HOẠCH\r\n\r\nHoàn thành việc thu phiếu\r\n  trước ngày 24/4/2026. \n"
TCVN3 = "céng hoµ x· héi chñ nghÜa viÖt nam, ®éc lËp - tù do - h¹nh phóc, kÕ ho¹ch ®èi tho¹i"
VNI = "coäng hoøa xaõ hoäi chuû nghóa vieät nam, ñoäc laäp - töï do - haïnh phuùc, keá hoaïch ñoái thoaïi"


def read(folder: Path, raw: bytes) -> Document:
    path = folder / "plan.txt"
    path.write_bytes(raw)
    return parse(path)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("mark", "coding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_the_text_is_the_file_as_decoded_without_its_mark(tmp_path: Path, form: str, mark: bytes, coding: str) -> None:
    text = unicodedata.normalize(form, PLAN)  # type: ignore[arg-type]
    found = read(tmp_path, mark + text.encode(coding))
    assert (found.text, found.format) == (text, "txt")


def test_a_block_is_a_physical_line_and_blank_ones_are_none(tmp_path: Path) -> None:
    found = read(tmp_path, PLAN.encode())
    assert words(found) == ["KẾ HOẠCH", "Hoàn thành việc thu phiếu", "  trước ngày 24/4/2026. "]
    assert {block.kind for block in found.blocks} == {BlockKind.LINE}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c", "\u2028"])
def test_lines_may_end_in_any_way(tmp_path: Path, end: str) -> None:
    assert words(read(tmp_path, f"một{end}hai{end}".encode())) == ["một", "hai"]


def test_a_table_drawn_with_bars_is_cells(tmp_path: Path) -> None:
    text = "Phân công:\n| Việc | Hạn |\n|------|-----|\n| Phát phiếu | 20/4 |\n|  | 24/4 |\nHết\n"
    found = read(tmp_path, text.encode())
    assert cells(found) == {
        (0, 0, 0): "Việc",
        (0, 0, 1): "Hạn",
        (0, 1, 0): "Phát phiếu",
        (0, 1, 1): "20/4",
        (0, 2, 1): "24/4",
    }
    assert words(found)[0] == "Phân công:"
    assert words(found)[-1] == "Hết"


def test_bars_without_a_rule_are_lines(tmp_path: Path) -> None:
    assert words(read(tmp_path, b"| a | b |\n| c | d |\n")) == ["| a | b |", "| c | d |"]


# ── codes of letters ──────────────────────────────────────────────────────────────────────────────────────────


def test_windows_1258_is_read_where_it_is_unmistakable(tmp_path: Path) -> None:
    text = "Kế hoạch đối thoại của Ủy ban nhân dân với người dân trước ngày 24/4, thu phiếu ý kiến ở các thôn.\n" * 3
    coded = "".join(_as_1258(letter) for letter in text).encode("cp1258")
    assert unicodedata.normalize("NFC", read(tmp_path, coded).text) == text


def _as_1258(letter: str) -> str:
    """A letter as the code page writes it: some with their mark, the others with the tone after them."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone
    return letter


@pytest.mark.parametrize("old", [TCVN3, VNI])
@pytest.mark.parametrize("coding", ["latin-1", "utf-8", "utf-16"])
def test_the_old_ways_to_write_vietnamese_are_refused(tmp_path: Path, old: str, coding: str) -> None:
    with pytest.raises(OldEncoding):
        read(tmp_path, old.encode(coding))


@pytest.mark.parametrize(
    "innocent",
    [
        "«Kế hoạch» của «Ủy ban» về «đối thoại» với «nhân dân» trong «năm học» này · số 1 · số 2",
        "KE HOACH DOI THOAI cua UBND xa voi nhan dan, hoan thanh truoc ngay 24/4/2026",
        "Nhà văn hóa, thôn Lâm Kiều: 30 °C, ¼ số phiếu, 2,5 m²; ý kiến của các hộ à ơi",
    ],
)
def test_other_texts_are_not_taken_for_old_ones(tmp_path: Path, innocent: str) -> None:
    assert read(tmp_path, innocent.encode()).text == innocent


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b" \n\t\n", TextMissing),
        (codecs.BOM_UTF16_LE, TextMissing),
        (codecs.BOM_UTF16_LE + b"a", LettersUnknown),
        (codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), LettersUnknown),
        ("Kế hoạch".encode()[:-1] + b"\xff", LettersUnknown),
        (b"plan " * 100 + b"\0", LettersUnknown),
        (bytes(range(256)) * 4, KindUnknown),
        (("\ue000\ufffd" * 50 + "a").encode(), LettersUnknown),
    ],
)
def test_what_has_no_readable_letters_is_refused(tmp_path: Path, raw: bytes, refusal: type[DocumentRefused]) -> None:
    with pytest.raises(refusal):
        read(tmp_path, raw)
