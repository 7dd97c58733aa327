"""What a .docx says, as Word shows it: paragraphs, text boxes, changes, notes, headers."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.unit.readers.docx_files import STRICT, paragraph, write_docx
from tests.unit.readers.showing import block_of, of_kind, words
from workflow.intake.document import BlockKind, Document
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import OldEncoding, TextMissing

BOX = "<w:txbxContent>{}</w:txbxContent>"
DRAWN = "<w:drawing><wps:txbx>{}</wps:txbx></w:drawing>"


@pytest.fixture(name="read")
def reading(tmp_path: Path) -> Read:
    return Read(tmp_path)


class Read:
    """A file is made of a body and parts, and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "plan.docx"

    def __call__(self, body: str, **parts: str) -> Document:
        return parse(write_docx(self.path, body, **parts))


def runs(*inner: str) -> str:
    return f"<w:p>{''.join(f'<w:r>{each}</w:r>' for each in inner)}</w:p>"


def test_blocks_follow_each_other_and_hold_the_whole_text(read: Read) -> None:
    found = read(paragraph("Một") + paragraph("  ") + paragraph(" Hai "))
    assert (found.format, found.text) == ("docx", "Một\nHai")
    assert [(block.start, block.end, block.kind) for block in found.blocks] == [
        (0, 3, BlockKind.PARAGRAPH),
        (4, 7, BlockKind.PARAGRAPH),
    ]


def test_tabs_line_breaks_and_hyphens_are_kept_as_letters(read: Read) -> None:
    said = "<w:t>Số</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t><w:softHyphen/>"
    assert read(runs(said)).text == "Số\t12\nKH-UBND"


def test_letters_are_composed_and_spaces_plain(read: Read) -> None:
    assert read(paragraph("Đo\u0302\u0301i\u00a0thoa\u0323i\u200b")).text == "Đối thoại"


def test_inserted_words_count_and_deleted_ones_do_not(read: Read) -> None:
    changed = (
        "<w:p><w:r><w:t>Trước ngày </w:t></w:r><w:ins><w:r><w:t>24</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>20</w:delText></w:r></w:del><w:r><w:t>/4</w:t></w:r>"
        "<w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> mới</w:t></w:r></w:moveTo></w:p>"
    )
    assert read(changed).text == "Trước ngày 24/4 mới"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read: Read) -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Thu phiếu </w:t></w:r></w:p>"
    assert words(read(first + paragraph("trước ngày 24/4"))) == ["Thu phiếu trước ngày 24/4"]


def test_a_deleted_end_never_joins_a_cell_with_the_next(read: Read) -> None:
    cell = "<w:tc><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    assert words(read(f"<w:tbl><w:tr>{cell.format('a')}{cell.format('b')}</w:tr></w:tbl>")) == ["a", "b"]


def test_links_controls_and_fields_show_their_result(read: Read) -> None:
    body = (
        '<w:p><w:hyperlink r:id="x"><w:r><w:t>cổng</w:t></w:r></w:hyperlink><w:r><w:t> </w:t></w:r>'
        "<w:sdt><w:sdtContent><w:r><w:t>ngày</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ d</w:instrText><w:t>DATE</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> 24</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="X"><w:r><w:t>/4</w:t></w:r></w:fldSimple></w:p>'
    )
    assert read(body).text == "cổng ngày 24/4"


def test_a_control_around_paragraphs_lets_them_through_and_its_prompt_does_not_count(read: Read) -> None:
    prompt = (
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>Bấm để nhập</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert words(read(f"<w:sdt><w:sdtContent>{paragraph('Một')}{prompt}</w:sdtContent></w:sdt>")) == ["Một"]


def test_hidden_text_is_not_read(read: Read) -> None:
    hiding = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph("Một", run="<w:vanish/>") + paragraph("Hai", run='<w:rStyle w:val="H"/>') + paragraph("Ba")
    assert words(read(body, styles=hiding)) == ["Ba"]


def test_signs_of_symbol_fonts_become_signs(read: Read) -> None:
    body = runs('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Đồng ý</w:t>') + paragraph("\uf0b7 Gửi phiếu")
    assert words(read(body)) == ["☑ Đồng ý", "• Gửi phiếu"]


def test_the_letter_eth_that_stands_for_d_with_stroke_is_set_right(read: Read) -> None:
    assert read(paragraph("\u00d0ại biểu")).text == "Đại biểu"


def test_formulas_tell_their_letters(read: Read) -> None:
    assert read("<w:p><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath></w:p>").text == "x=2"


# ── text boxes ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_box_follows_its_paragraph(read: Read) -> None:
    box = runs("<w:t>Gần</w:t>" + DRAWN.format(BOX.format(paragraph("Trong hộp"))))
    found = read(box + paragraph("Sau"))
    assert words(found) == ["Gần", "Trong hộp", "Sau"]
    assert of_kind(found, BlockKind.TEXT_BOX) == ["Trong hộp"]


def test_a_text_box_with_a_picture_of_itself_for_older_programs_is_read_once(read: Read) -> None:
    choice = f"<mc:Choice Requires='wps'>{DRAWN.format(BOX.format(paragraph('Hộp')))}</mc:Choice>"
    older = f"<mc:Fallback><w:pict><v:textbox>{BOX.format(paragraph('Hộp'))}</v:textbox></w:pict></mc:Fallback>"
    assert words(read(runs(f"<mc:AlternateContent>{choice}{older}</mc:AlternateContent>"))) == ["Hộp"]


def test_a_text_box_of_an_older_program_is_read(read: Read) -> None:
    old = f"<w:pict><v:textbox>{BOX.format(paragraph('Hộp cũ'))}</v:textbox></w:pict>"
    assert of_kind(read(runs(old)), BlockKind.TEXT_BOX) == ["Hộp cũ"]


# ── what stands aside ─────────────────────────────────────────────────────────────────────────────────────────


def test_headers_come_first_and_footers_last_each_once(read: Read) -> None:
    section = '<w:sectPr><w:headerReference r:id="rId-header"/><w:footerReference r:id="rId-footer"/></w:sectPr>'
    body = f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>Thân</w:t></w:r></w:p>{section}"
    found = read(body, header=paragraph("Đầu"), footer=paragraph("Chân"))
    assert words(found) == ["Đầu", "Thân", "Chân"]
    assert [block.kind for block in found.blocks] == [
        BlockKind.PAGE_HEADER,
        BlockKind.PARAGRAPH,
        BlockKind.PAGE_FOOTER,
    ]


def test_footnotes_stand_after_the_text_and_leave_no_number_in_it(read: Read) -> None:
    body = runs("<w:t>năm 2026</w:t>", '<w:footnoteReference w:id="2"/>') + paragraph("Hết")
    notes = (
        f'<w:footnote w:id="0">{paragraph("—")}</w:footnote><w:footnote w:id="2">{paragraph("Ghi chú")}</w:footnote>'
    )
    assert words(read(body, footnotes=notes)) == ["năm 2026", "Hết", "Ghi chú"]


# ── looks ─────────────────────────────────────────────────────────────────────────────────────────────────────

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="D1"><w:basedOn w:val="N"/><w:name w:val="heading 2"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="D2"><w:basedOn w:val="D1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
)


def test_a_heading_is_told_by_its_style_or_by_its_own_rank(read: Read) -> None:
    body = (
        paragraph("Mục đích", '<w:pStyle w:val="D2"/>')
        + paragraph("Kế hoạch", '<w:pStyle w:val="T"/>')
        + paragraph("Yêu cầu", '<w:outlineLvl w:val="3"/>')
        + paragraph("Thường", '<w:pStyle w:val="D1"/><w:outlineLvl w:val="9"/>')
    )
    found = read(body, styles=STYLES)
    assert [(block.kind, block.level) for block in found.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 0),
        (BlockKind.HEADING, 3),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_block_is_bold_when_all_of_it_is(read: Read) -> None:
    mixed = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Hai</w:t></w:r><w:r><w:t> nửa</w:t></w:r></w:p>"
    body = (
        paragraph("Một", run="<w:b/>")
        + mixed
        + paragraph("Ba", '<w:pStyle w:val="D2"/>')
        + paragraph("Bốn", '<w:pStyle w:val="D2"/>', run='<w:b w:val="0"/>')
    )
    found = read(body, styles=STYLES)
    assert [block.bold for block in found.blocks] == [True, False, True, False]


def test_styles_that_rest_on_each_other_are_followed_once(read: Read) -> None:
    circle = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert words(read(paragraph("Một", '<w:pStyle w:val="A"/>'), styles=circle)) == ["Một"]


# ── files as they come ────────────────────────────────────────────────────────────────────────────────────────


def test_the_strict_form_is_read_like_the_usual_one(tmp_path: Path) -> None:
    assert parse(write_docx(tmp_path / "plan.docx", paragraph("Đối thoại"), vocabulary=STRICT)).text == "Đối thoại"


def test_what_python_docx_writes_is_read(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Đầu trang"
    made.add_heading("KẾ HOẠCH", 1)
    made.add_paragraph("Phát phiếu", style="List Number")
    made.add_paragraph("Thu phiếu", style="List Number")
    made.add_table(1, 2).cell(0, 1).text = "Ô hai"
    made.save(str(tmp_path / "plan.docx"))
    found = parse(tmp_path / "plan.docx")
    assert words(found) == ["Đầu trang", "KẾ HOẠCH", "1. Phát phiếu", "2. Thu phiếu", "Ô hai"]
    heading = block_of(found, "KẾ HOẠCH")
    assert (heading.kind, heading.level, heading.bold) == (BlockKind.HEADING, 0, True)


def test_a_document_of_pictures_alone_is_refused(read: Read) -> None:
    with pytest.raises(TextMissing):
        read("<w:p><w:r><w:drawing/></w:r></w:p>")


def test_letters_of_the_old_fonts_are_refused(read: Read) -> None:
    with pytest.raises(OldEncoding, match="TCVN3"):
        read(paragraph("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc, kÕ ho¹ch ®èi tho¹i"))
