"""Rows, columns and tables told from nothing but places on a page."""

from __future__ import annotations

from tests.unit.readers.places import HEIGHT, read, ruled, word
from workflow.intake.readers.page_lines import rows_of
from workflow.intake.readers.page_margins import margins
from workflow.intake.readers.page_parts import Line, Ruling
from workflow.intake.readers.page_tables import GridCell, grids


def test_words_a_little_higher_or_smaller_are_in_the_same_row() -> None:
    rows = rows_of([word("Điều", 70, 100), word("1", 97, 98, size=7), word("khoản", 106, 102), word("sau", 70, 116)])
    assert [[each.text for each in row.words] for row in rows] == [["Điều", "1", "khoản"], ["sau"]]


def test_parts_of_a_word_that_touch_are_joined_and_others_are_not() -> None:
    assert read(word("đối", 70, 100), word("thoại", 88.2, 100, spaced=False), word("xã", 124, 100, spaced=False)) == [
        "đốithoại xã"
    ]


def test_a_right_column_that_begins_lower_is_still_a_column() -> None:
    left = [
        word(text, 70, 100 + 16 * n) for n, text in enumerate(("Nơi-nhận:", "-Như-trên;", "-Các-trường;", "-Lưu:VT."))
    ]
    right = [word(text, 330, 107 + 32 * n) for n, text in enumerate(("TM.ỦY-BAN", "CHỦ-TỊCH"))]
    assert read(*left, *right) == ["Nơi-nhận:", "-Như-trên;", "-Các-trường;", "-Lưu:VT.", "TM.ỦY-BAN", "CHỦ-TỊCH"]


def test_a_gap_in_one_row_alone_parts_nothing() -> None:
    assert read(word("Kính-gửi:", 70, 100), word("Các-trường-học", 250, 100), word("Thực-hiện-kế-hoạch", 70, 116)) == [
        "Kính-gửi: Các-trường-học",
        "Thực-hiện-kế-hoạch",
    ]


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_crossing_of_rows_and_columns_is_a_cell() -> None:
    (grid,) = grids(ruled((50, 150, 250), (100, 120, 140)))
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert grid.cell_at(200, 130) == GridCell(1, 1, 1, 1)
    assert grid.cell_at(300, 130) is None


def test_lines_drawn_in_pieces_or_twice_are_one() -> None:
    level = [
        Ruling(True, y + jitter, start, start + 50) for y in (100, 120) for jitter in (0, 1) for start in (50, 101)
    ]
    (grid,) = grids([*level, Ruling(False, 50, 100, 120), Ruling(False, 100, 99, 121), Ruling(False, 151, 100, 120)])
    assert len(grid.cells) == 2


def test_a_table_may_be_open_at_its_sides() -> None:
    rulings = [Ruling(True, 100, 50, 350), Ruling(True, 120, 50, 350), Ruling(False, 200, 100, 120)]
    (grid,) = grids(rulings)
    assert grid.columns == (50, 200, 350)


def test_tables_apart_are_two_from_the_top_down() -> None:
    found = grids([*ruled((50, 150, 250), (400, 420)), *ruled((50, 150, 250), (100, 120))])
    assert [grid.rows[0] for grid in found] == [100, 400]


def test_a_frame_a_single_line_and_a_drawing_of_countless_lines_are_no_tables() -> None:
    assert grids(ruled((50, 250), (100, 140))) == []
    assert grids([Ruling(True, 100, 50, 250)]) == []
    hatched = [Ruling(True, 5.0 * n, 0, 5000) for n in range(700)] + [
        Ruling(False, 5.0 * n, 0, 5000) for n in range(700)
    ]
    assert grids(hatched) == []


# ── margins ───────────────────────────────────────────────────────────────────────────────────────────────────


def line(text: str, top: float) -> Line:
    return Line(text, 70, 300, top, top + 14)


def test_what_differs_from_page_to_page_is_text() -> None:
    pages = [
        [line(f"Chương {name}", 40), line("Nội dung", 120), line("Tiếp theo", 400)] for name in ("một", "hai", "ba")
    ]
    assert margins(pages, [HEIGHT] * 3) == [{}, {}, {}]


def test_headers_of_left_and_right_pages_may_differ() -> None:
    pages = [[line(("Trái", "Phải")[n % 2], 40), line(f"Nội dung {n}", 120), line("Tiếp", 400)] for n in range(6)]
    assert [list(found) for found in margins(pages, [HEIGHT] * 6)] == [[0]] * 6
