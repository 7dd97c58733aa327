"""Numbers and bullets before the paragraphs of a .docx: computed, for they stand nowhere in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.docx_files import item, level, numbered_by, one_list, paragraph, write_docx
from tests.unit.readers.showing import words
from workflow.intake.document import BlockKind, Document
from workflow.intake.readers.parsing import parse


def read(folder: Path, body: str, numbering: str, styles: str = "") -> Document:
    return parse(write_docx(folder / "plan.docx", body, numbering=numbering, styles=styles))


def labels(document: Document) -> list[str]:
    return [block.label for block in document.blocks]


def test_the_label_is_part_of_the_text_and_told_with_its_level(tmp_path: Path) -> None:
    found = read(tmp_path, item("Thu phiếu", level=1), one_list(level(0, "%1."), level(1, "-", "bullet")))
    (block,) = found.blocks
    assert found.text == "- Thu phiếu"
    assert (block.kind, block.label, block.level) == (BlockKind.ITEM, "-", 1)


@pytest.mark.parametrize(
    ("form", "shown", "expected"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)", "(iii)"]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "-", ["-", "-", "-"]),
        ("none", "", ["", "", ""]),
        ("decimal", "Bước %1:", ["Bước 1:", "Bước 2:", "Bước 3:"]),
        ("unheardOf", "%1.", ["1.", "2.", "3."]),
    ],
)
def test_numbers_are_written_in_the_form_of_their_level(
    tmp_path: Path, form: str, shown: str, expected: list[str]
) -> None:
    found = read(tmp_path, item("Một") + item("Hai") + item("Ba"), one_list(level(0, shown, form)))
    assert labels(found) == expected


def test_letters_that_stand_for_signs_in_their_font_become_the_signs(tmp_path: Path) -> None:
    def lettered(font: str, letter: str) -> str:
        fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
        return f'<w:lvl w:ilvl="{"SCW".index(font[0])}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{letter}"/>{fonts}</w:lvl>'

    levels = one_list(lettered("Symbol", "·"), lettered("Courier New", "o"), lettered("Wingdings", "ü"))
    body = "".join(item("A", level=depth) for depth in range(3))
    assert labels(read(tmp_path, body, levels)) == ["•", "○", "✓"]


@pytest.mark.parametrize(("start", "form", "label"), [(27, "lowerLetter", "aa"), (49, "upperRoman", "XLIX")])
def test_high_numbers_go_on_as_in_word(tmp_path: Path, start: int, form: str, label: str) -> None:
    assert labels(read(tmp_path, item("Một"), one_list(level(0, "%1", form, start=start)))) == [label]


def test_a_deeper_level_shows_those_above_it_and_starts_anew_below_each(tmp_path: Path) -> None:
    levels = one_list(level(0, "%1."), level(1, "%1.%2."))
    body = item("A") + item("B", level=1) + item("C", level=1) + item("D") + item("E", level=1)
    assert labels(read(tmp_path, body, levels)) == ["1.", "1.1.", "1.2.", "2.", "2.1."]


def test_a_level_that_never_restarts_counts_on(tmp_path: Path) -> None:
    levels = one_list(level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>'))
    body = item("A") + item("B", level=1) + item("C") + item("D", level=1)
    assert labels(read(tmp_path, body, levels)) == ["1.", "1)", "2.", "2)"]


def test_a_legal_level_shows_every_number_as_decimal(tmp_path: Path) -> None:
    levels = one_list(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert labels(read(tmp_path, item("A") + item("B", level=1), levels)) == ["I.", "1.1"]


def test_a_level_below_one_that_was_never_used_shows_its_first_number(tmp_path: Path) -> None:
    levels = one_list(level(0, "%1."), level(1, "%1.%2."))
    assert labels(read(tmp_path, item("A", level=1) + item("B"), levels)) == ["1.1.", "1."]


def test_lists_of_one_kind_count_on_together_unless_one_starts_anew(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = one_list(level(0, "%1.")) + numbered_by(2, 0) + numbered_by(3, 0, anew)
    body = item("A", 1) + item("B", 2) + item("C", 3) + item("D", 3)
    assert labels(read(tmp_path, body, numbering)) == ["1.", "2.", "1.", "2."]


def test_a_list_may_set_a_level_of_its_own(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "lowerLetter")}</w:lvlOverride>'
    numbering = one_list(level(0, "%1.")) + numbered_by(2, 0, own)
    assert labels(read(tmp_path, item("A", 2), numbering)) == ["a)"]


def test_a_style_may_put_its_paragraphs_into_a_list(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="M"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="M2"><w:basedOn w:val="M"/></w:style>'
    )
    levels = one_list(level(0, "%1."), level(1, "%1.%2.", more='<w:pStyle w:val="M2"/>'))
    body = paragraph("A", '<w:pStyle w:val="M"/>') + paragraph("B", '<w:pStyle w:val="M2"/>')
    assert labels(read(tmp_path, body, levels, styles)) == ["1.", "1.1."]


def test_a_paragraph_may_leave_the_list_of_its_style(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="M"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = paragraph("A", '<w:pStyle w:val="M"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert labels(read(tmp_path, body, one_list(level(0, "%1.")), styles)) == [""]


def test_a_list_may_borrow_its_levels_from_a_style(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="S"/>{level(0, "%1/")}</w:abstractNum>'
        + numbered_by(1, 0)
        + numbered_by(5, 5)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    )
    assert labels(read(tmp_path, item("A"), numbering, styles)) == ["1/"]


def test_empty_paragraphs_count_but_are_not_read(tmp_path: Path) -> None:
    found = read(tmp_path, item("A") + item("") + item("C"), one_list(level(0, "%1.")))
    assert words(found) == ["1. A", "3. C"]


@pytest.mark.parametrize("body", [item("A", list_id=7), item("A", level=8)])
def test_a_list_or_level_that_is_not_there_shows_nothing(tmp_path: Path, body: str) -> None:
    assert words(read(tmp_path, body, one_list(level(0, "%1.")))) == ["A"]
