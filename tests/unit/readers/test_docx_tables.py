"""Tables of a .docx: in reading order, a merged cell once with what it covers."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers.docx_files import cell, item, level, one_list, paragraph, table, write_docx
from tests.unit.readers.showing import block_of, cells, words
from workflow.intake.document import BlockKind, Cell, Document
from workflow.intake.readers.parsing import parse

SPAN = '<w:gridSpan w:val="2"/>'
FIRST, NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(folder: Path, body: str, numbering: str = "") -> Document:
    return parse(write_docx(folder / "plan.docx", body, numbering=numbering))


def test_a_table_is_read_row_by_row_between_the_paragraphs_around_it(tmp_path: Path) -> None:
    body = paragraph("Trước") + table(cell("a") + cell("b"), cell("c") + cell("")) + paragraph("Sau")
    found = read(tmp_path, body)
    assert words(found) == ["Trước", "a", "b", "c", "Sau"]
    assert cells(found) == {(0, 0, 0): "a", (0, 0, 1): "b", (0, 1, 0): "c"}
    assert block_of(found, "a").kind is BlockKind.CELL


def test_a_merged_cell_is_given_once_with_the_rows_and_columns_that_it_covers(tmp_path: Path) -> None:
    rows = (
        cell("đầu", SPAN) + cell("c"),
        cell("dọc", FIRST) + cell("b1") + cell("c1"),
        cell("", NEXT) + cell("b2") + cell("c2"),
        cell("", NEXT) + cell("b3", SPAN),
    )
    found = read(tmp_path, table(*rows))
    assert block_of(found, "đầu").cell == Cell(0, 0, 0, 1, 2)
    assert block_of(found, "dọc").cell == Cell(0, 1, 0, 3, 1)
    assert block_of(found, "b3").cell == Cell(0, 3, 1, 1, 2)


def test_cells_merged_across_in_the_old_way_are_one(tmp_path: Path) -> None:
    row = cell("a", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("c")
    found = read(tmp_path, table(row))
    assert block_of(found, "a").cell == Cell(0, 0, 0, 1, 2)
    assert block_of(found, "c").cell == Cell(0, 0, 2)


def test_a_row_may_begin_further_right(tmp_path: Path) -> None:
    row = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("b")}'
    assert cells(read(tmp_path, table(cell("a") + cell("x"), row))) == {(0, 0, 0): "a", (0, 0, 1): "x", (0, 1, 1): "b"}


def test_the_paragraphs_of_a_cell_are_one_block_a_line_each(tmp_path: Path) -> None:
    inner = paragraph("Chủ trì:", run="<w:b/>") + item("Văn phòng") + paragraph("") + item("Công an")
    found = read(tmp_path, table(cell(inner)), one_list(level(0, "-", "bullet")))
    assert words(found) == ["Chủ trì:\n- Văn phòng\n- Công an"]
    assert found.blocks[0].bold is False


def test_a_number_alone_fills_a_cell(tmp_path: Path) -> None:
    rows = [cell(item("")) + cell(words) for words in ("Phát phiếu", "Thu phiếu")]
    found = read(tmp_path, table(*rows), one_list(level(0, "%1")))
    assert cells(found) == {(0, 0, 0): "1", (0, 0, 1): "Phát phiếu", (0, 1, 0): "2", (0, 1, 1): "Thu phiếu"}


def test_a_table_inside_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = paragraph("ngoài") + table(cell("trong")) + paragraph("sau")
    found = read(tmp_path, table(cell(inner)) + table(cell("khác")))
    assert [
        (words, block.cell and block.cell.table) for words, block in zip(words(found), found.blocks, strict=True)
    ] == [
        ("ngoài", 0),
        ("trong", 1),
        ("sau", 0),
        ("khác", 2),
    ]


def test_a_deleted_row_is_left_out_and_a_controlled_one_is_read(tmp_path: Path) -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('cũ')}</w:tr>"
    controlled = f"<w:sdt><w:sdtContent><w:tr>{cell('mới')}</w:tr></w:sdtContent></w:sdt>"
    assert cells(read(tmp_path, f"<w:tbl>{deleted}{controlled}</w:tbl>")) == {(0, 0, 0): "mới"}


def test_a_cell_that_goes_on_with_nothing_stands_for_itself(tmp_path: Path) -> None:
    assert cells(read(tmp_path, table(cell("a", NEXT)))) == {(0, 0, 0): "a"}
