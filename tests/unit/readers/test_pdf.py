"""A .pdf in reading order: lines, columns, tables, what comes back on every page, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.pdf_files import HEIGHT, Sheet, file_of, write_pdf
from tests.unit.readers.showing import block_of, cells, of_kind, words
from workflow.intake.document import BlockKind, Cell, Document
from workflow.intake.readers.measure import LETTERS_PER_PAGE, MOST_PAGES
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import (
    Damaged,
    DocumentRefused,
    OldEncoding,
    PasswordProtected,
    Scanned,
    TextMissing,
    TextTooLong,
    TooDemanding,
)

BODY = (
    "Ủy ban Mặt trận Tổ quốc xã chủ trì, phối hợp với các tổ chức chính trị - xã hội",
    "phát phiếu, thu phiếu và tổng hợp ý kiến của cán bộ, giáo viên, nhân viên;",
    "hoàn thành trước ngày 24/4/2026.",
)


def read(folder: Path, *sheets: Sheet) -> Document:
    return parse(write_pdf(folder / "plan.pdf", *sheets))


def body(top: float = 200, sheet: Sheet | None = None) -> Sheet:
    return (sheet or Sheet()).lines(70, top, BODY)


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_line_is_a_block_with_its_page(tmp_path: Path) -> None:
    found = read(tmp_path, body(), body())
    assert words(found) == [*BODY, *BODY]
    assert [(block.kind, block.page) for block in found.blocks] == [
        (BlockKind.LINE, page) for page in (1, 1, 1, 2, 2, 2)
    ]
    assert found.format == "pdf"


def test_lines_are_read_from_the_top_down_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    sheet = Sheet().text(70, 300, "Hai của trang").text(70, 200, "Một của trang").text(70, 400, "Ba của trang")
    assert words(read(tmp_path, sheet)) == ["Một của trang", "Hai của trang", "Ba của trang"]


def test_words_written_one_by_one_are_one_line(tmp_path: Path) -> None:
    sheet = Sheet()
    for place, word in ((70, "Trước"), (104, "ngày"), (132, "24/4/2026"), (190, "phải xong")):
        sheet.text(place, 200, word)
    assert words(read(tmp_path, sheet)) == ["Trước ngày 24/4/2026 phải xong"]


def test_a_word_written_in_parts_is_one_word(tmp_path: Path) -> None:
    sheet = Sheet().text(70, 200, "KẾ HOẠ").text(106, 200, "CH ĐỐI THOẠI NĂM 2026")
    assert words(read(tmp_path, sheet)) == ["KẾ HOẠCH ĐỐI THOẠI NĂM 2026"]


def test_letters_in_parts_are_composed(tmp_path: Path) -> None:
    sheet = Sheet().text(70, 200, "Đo\u0302\u0301i thoa\u0323i với nhân dân xã")
    assert words(read(tmp_path, sheet)) == ["Đối thoại với nhân dân xã"]


def test_a_line_is_bold_when_all_its_words_are(tmp_path: Path) -> None:
    sheet = Sheet().text(70, 200, "KẾ HOẠCH ĐỐI THOẠI", bold=True).text(70, 220, "Mục đích", bold=True)
    sheet.text(130, 220, "của kế hoạch")
    assert [block.bold for block in read(tmp_path, sheet).blocks] == [True, False]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(tmp_path: Path, turned: int) -> None:
    sheet = body(sheet=Sheet(turned)).grid((70, 170, 270), (300, 320, 340))
    sheet.text(75, 303, "Việc").text(175, 303, "Hạn").text(75, 323, "Thu phiếu").text(175, 323, "24/4")
    found = read(tmp_path, sheet)
    assert words(found)[:3] == list(BODY)
    assert cells(found) == {(0, 0, 0): "Việc", (0, 0, 1): "Hạn", (0, 1, 0): "Thu phiếu", (0, 1, 1): "24/4"}


# ── columns ───────────────────────────────────────────────────────────────────────────────────────────────────


def letterhead() -> Sheet:
    left = ("ỦY BAN NHÂN DÂN", "XÃ BẮC THANH MIỆN", "Số: 12/KH-UBND")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ngày 02 tháng 4 năm 2026")
    sheet = Sheet()
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        sheet.text(80, 60 + 18 * number, one).text(270, 63 + 18 * number, other)
    return sheet.text(250, 140, "KẾ HOẠCH")


def test_the_two_columns_of_a_letterhead_are_read_one_after_the_other(tmp_path: Path) -> None:
    assert words(read(tmp_path, body(sheet=letterhead()))) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ BẮC THANH MIỆN",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Ngày 02 tháng 4 năm 2026",
        "KẾ HOẠCH",
        *BODY,
    ]


def test_numbers_before_their_lines_are_no_column(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, line in enumerate(BODY, 1):
        sheet.text(70, 200 + 16 * number, f"{number}.").text(100, 200 + 16 * number, line)
    assert words(read(tmp_path, sheet)) == [f"{number}. {line}" for number, line in enumerate(BODY, 1)]


def test_a_programme_of_hours_stays_row_by_row(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("7h30:", "Đón tiếp đại biểu, phát tài liệu hội nghị"), ("8h00:", "Chào cờ, giới thiệu đại biểu tham dự")]
    for number, (hour, what) in enumerate(rows):
        sheet.text(70, 200 + 16 * number, hour).text(150, 200 + 16 * number, what)
    assert words(read(tmp_path, sheet)) == [f"{hour}\t{what}" for hour, what in rows]


def test_a_table_without_lines_stays_row_by_row(tmp_path: Path) -> None:
    rows = [
        ("Đơn vị", "Nội dung", "Thời hạn"),
        ("Văn phòng", "Giấy mời", "trước 20/4"),
        ("Công an xã", "An ninh", "24/4"),
    ]
    sheet = Sheet()
    for number, row in enumerate(rows):
        for place, word in zip((70, 230, 390), row, strict=True):
            sheet.text(place, 200 + 16 * number, word)
    assert words(read(tmp_path, sheet)) == ["\t".join(row) for row in rows]


def test_lines_stretched_to_full_width_are_no_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, line in enumerate((("phát", "phiếu,", "thu", "phiếu"), ("tổng", "hợp", "lại", "các ý"))):
        for place, word in enumerate(line):
            sheet.text(70 + 60 * place, 200 + 16 * number, word)
    assert words(read(tmp_path, sheet)) == ["phát phiếu, thu phiếu", "tổng hợp lại các ý"]


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────

EDGES = (70, 110, 330, 450)
HEAD = ("STT", "Nội dung", "Thời hạn")


def table(rows: int, top: float = 200, head: bool = True, sheet: Sheet | None = None) -> Sheet:
    sheet = (sheet or Sheet()).grid(EDGES, [top + 20 * row for row in range(rows + 1)])
    for row in range(rows):
        said = HEAD if head and row == 0 else (str(row), f"Việc {row}", f"{row + 1}/4/2026")
        for place, word in zip(EDGES, said, strict=False):
            sheet.text(place + 4, top + 3 + 20 * row, word)
    return sheet


def test_a_ruled_table_is_cells_between_the_lines_around_it(tmp_path: Path) -> None:
    sheet = table(2).text(70, 170, "Phân công như sau:").text(70, 260, "Tổ chức thực hiện.")
    found = read(tmp_path, sheet)
    assert words(found) == ["Phân công như sau:", *HEAD, "1", "Việc 1", "2/4/2026", "Tổ chức thực hiện."]
    assert block_of(found, "Việc 1").cell == Cell(0, 1, 1)
    assert block_of(found, "Việc 1").kind is BlockKind.CELL


def test_lines_drawn_as_thin_bars_make_a_table_too(tmp_path: Path) -> None:
    sheet = Sheet().text(74, 203, "Việc").text(174, 203, "Hạn")
    for place in (70, 170, 270):
        sheet.bar(place, 200, place + 0.5, 220)
    sheet.bar(70, 200, 270, 200.5).bar(70, 219.5, 270, 220)
    assert cells(read(tmp_path, body(300, sheet))) == {(0, 0, 0): "Việc", (0, 0, 1): "Hạn"}


def test_the_lines_of_a_cell_are_one_block(tmp_path: Path) -> None:
    sheet = (
        Sheet().grid((70, 200, 330), (200, 240)).lines(74, 203, ("Thu phiếu,", "tổng hợp")).text(204, 203, "Mặt trận")
    )
    assert cells(read(tmp_path, sheet)) == {(0, 0, 0): "Thu phiếu,\ntổng hợp", (0, 0, 1): "Mặt trận"}


def test_cells_that_no_line_parts_are_one(tmp_path: Path) -> None:
    sheet = Sheet()
    for top in (200, 220, 260):
        sheet.line(70, top, 270, top)
    sheet.line(170, 240, 270, 240)
    for left in (70, 270):
        sheet.line(left, 200, left, 260)
    sheet.line(170, 220, 170, 260)
    sheet.text(80, 203, "I. Chuẩn bị cho hội nghị").text(74, 230, "Mặt trận").text(174, 223, "Phát").text(
        174, 243, "Thu"
    )
    found = read(tmp_path, sheet)
    assert block_of(found, "I. Chuẩn bị cho hội nghị").cell == Cell(0, 0, 0, 1, 2)
    assert block_of(found, "Mặt trận").cell == Cell(0, 1, 0, 2, 1)
    assert block_of(found, "Thu").cell == Cell(0, 2, 1)


def test_a_frame_around_a_page_or_a_line_under_words_is_no_table(tmp_path: Path) -> None:
    sheet = body().grid((40, 550), (40, 800)).line(70, 214, 400, 214)
    assert words(read(tmp_path, sheet)) == list(BODY)


def test_a_table_that_goes_on_over_a_page_is_one_and_its_head_counts_once(tmp_path: Path) -> None:
    found = read(tmp_path, table(3, top=720, sheet=body()), body(400, table(3, top=80)))
    assert [row for (number, row, column) in cells(found) if column == 1] == [0, 1, 2, 3, 4]
    assert {number for number, _row, _column in cells(found)} == {0}
    assert of_kind(found, BlockKind.PAGE_HEADER) == list(HEAD)


def test_a_table_after_other_words_is_another_one(tmp_path: Path) -> None:
    found = read(tmp_path, table(3, top=720, sheet=body()), table(3, top=300, sheet=body(80)))
    assert {number for number, _row, _column in cells(found)} == {0, 1}


# ── what comes back on every page ─────────────────────────────────────────────────────────────────────────────


def test_headers_and_page_numbers_are_told_from_the_text(tmp_path: Path) -> None:
    sheets = []
    for number in range(1, 5):
        sheet = Sheet().text(70, 30, "Kế hoạch đối thoại năm 2026").text(290, HEIGHT - 40, f"Trang {number}/4")
        sheets.append(body(100, sheet).text(70, 500, f"Nội dung riêng của trang {number}"))
    found = read(tmp_path, *sheets)
    assert of_kind(found, BlockKind.PAGE_HEADER) == ["Kế hoạch đối thoại năm 2026"] * 4
    assert of_kind(found, BlockKind.PAGE_FOOTER) == [f"Trang {number}/4" for number in range(1, 5)]
    assert len(of_kind(found, BlockKind.LINE)) == 4 * 4


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2", "2/10"])
def test_a_number_alone_in_the_margin_is_that_of_the_page(tmp_path: Path, number: str) -> None:
    assert of_kind(read(tmp_path, body(100, Sheet().text(290, 30, number))), BlockKind.PAGE_HEADER) == [number]


def test_text_that_begins_high_on_every_page_is_no_header(tmp_path: Path) -> None:
    sheets = [
        Sheet().lines(70, 50, ["Điều khoản chung", f"của phần {number}", "được nêu dưới đây"]) for number in (1, 2, 3)
    ]
    assert of_kind(read(tmp_path, *sheets), BlockKind.PAGE_HEADER) == []


def crowded() -> Sheet:
    """A page of 60,000 letters."""
    sheet = Sheet()
    for number in range(60):
        sheet.text(50, 50 + 4 * number, "a" * 1_000, size=0.9)
    return sheet


# ── what cannot be read ───────────────────────────────────────────────────────────────────────────────────────


def test_a_scan_is_told_apart_and_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(Scanned, match="OCR"):
        read(tmp_path, Sheet().scan(), Sheet().scan())
    with pytest.raises(Scanned):
        read(tmp_path, Sheet().scan().text(290, 30, "1"), Sheet().scan().text(290, 30, "2"))


def test_a_text_with_a_page_of_pictures_is_read(tmp_path: Path) -> None:
    assert words(read(tmp_path, body(), body(), Sheet().scan())) == [*BODY, *BODY]


def test_a_scan_under_a_layer_of_recognised_text_is_read(tmp_path: Path) -> None:
    assert words(read(tmp_path, body(sheet=Sheet().scan()))) == list(BODY)


@pytest.mark.parametrize(
    ("sheet", "refusal"),
    [
        (Sheet(), TextMissing),
        (Sheet().text(50, 50, "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc kÕ ho¹ch"), OldEncoding),
        (crowded(), TooDemanding),
    ],
)
def test_pages_without_readable_letters_are_refused(
    tmp_path: Path, sheet: Sheet, refusal: type[DocumentRefused]
) -> None:
    with pytest.raises(refusal):
        read(tmp_path, sheet)


def test_a_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(PasswordProtected):
        parse(write_pdf(tmp_path / "plan.pdf", body(), encrypted=True))


def test_a_file_that_was_cut_off_is_damaged_even_if_some_pages_could_be_saved(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "plan.pdf", *[body()] * 20).read_bytes()
    for length in (20, len(whole) // 2, len(whole) - 30):
        (tmp_path / "cut.pdf").write_bytes(whole[:length])
        with pytest.raises(Damaged):
            parse(tmp_path / "cut.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nnothing\n%%EOF",
        file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
        file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        file_of([b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 5000 + b"]" * 5000 + b">>", b"null"]),
    ],
)
def test_a_file_whose_pages_cannot_be_found_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan.pdf").write_bytes(content)
    with pytest.raises(Damaged):
        parse(tmp_path / "plan.pdf")


def test_more_pages_than_any_plan_has_are_not_begun(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(
        file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count %d>>" % (MOST_PAGES + 1)])
    )
    with pytest.raises(TextTooLong):
        parse(tmp_path / "plan.pdf")


def test_every_page_is_told_while_it_is_read(tmp_path: Path) -> None:
    told: list[int] = []
    parse(write_pdf(tmp_path / "plan.pdf", body(), body()), told.append)
    assert told == [LETTERS_PER_PAGE, LETTERS_PER_PAGE]
