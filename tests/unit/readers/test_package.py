"""A .docx is guarded before it is unpacked, and what its XML may hold is bounded."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.unit.readers.docx_files import paragraph, write_docx, write_package
from workflow.intake.readers.package import MOST_ENTRIES, SMALL
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import (
    Damaged,
    DocumentRefused,
    OtherWordProcessor,
    PackedTooTightly,
    PasswordProtected,
    StrangeXml,
    TextTooLong,
)
from workflow.intake.readers.xml_stream import DEEPEST, BrokenMarkup, StrangeMarkup, children

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITY = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {W}><w:body>&x;</w:body></w:document>'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def refused(path: Path, refusal: type[DocumentRefused]) -> None:
    with pytest.raises(refusal):
        parse(path)


def test_a_part_that_unpacks_to_far_more_than_it_is_packed_is_not_opened(tmp_path: Path) -> None:
    refused(write_docx(tmp_path / "bomb.docx", paragraph("A" * 4 * SMALL)), PackedTooTightly)
    refused(
        write_package(tmp_path / "picture.docx", {"word/document.xml": "", "word/media/image.bmp": bytes(4 * SMALL)}),
        PackedTooTightly,
    )


def test_more_parts_than_any_document_has_are_not_looked_through(tmp_path: Path) -> None:
    refused(write_package(tmp_path / "many.docx", {f"{n}.xml": "" for n in range(MOST_ENTRIES)}), PackedTooTightly)


@pytest.mark.parametrize("content", [ENTITY, LAUGHS])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_part_that_declares_entities_is_not_read(tmp_path: Path, content: str, coding: str) -> None:
    refused(write_package(tmp_path / "plan.docx", {"word/document.xml": content.encode(coding)}), StrangeXml)


def test_elements_nested_without_end_are_not_followed(tmp_path: Path) -> None:
    inner = "<w:sdt><w:sdtContent>" * DEEPEST + "</w:sdtContent></w:sdt>" * DEEPEST
    refused(write_docx(tmp_path / "deep.docx", inner), StrangeXml)


@pytest.mark.parametrize(
    "content", ["", "not xml", f"<w:document {W}><w:body>", f"<w:document {W}>&nbsp;</w:document>"]
)
def test_broken_xml_is_told_as_damage(tmp_path: Path, content: str) -> None:
    refused(write_package(tmp_path / "plan.docx", {"word/document.xml": content}), Damaged)


def test_a_package_without_its_document_is_damaged(tmp_path: Path) -> None:
    refused(write_package(tmp_path / "plan.docx", {"word/styles.xml": ""}), Damaged)


def test_a_package_of_another_program_is_told_so(tmp_path: Path) -> None:
    path = write_package(tmp_path / "plan.docx", {"visio/document.vsd": "", "word/document.xml": ""})
    content = path.read_bytes().replace(b"word/document.xml", b"visio/drawing.dat")
    path.write_bytes(content)
    refused(path, Damaged)
    relations = '<Relationship Id="r" Type="x/officeDocument" Target="visio/a.bin"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    with ZipFile(tmp_path / "draw.docx", "w") as package:
        package.writestr("_rels/.rels", rels)
        package.writestr("visio/a.bin", "")
    refused(tmp_path / "draw.docx", OtherWordProcessor)


def test_a_file_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = write_docx(tmp_path / "plan.docx", "".join(paragraph(f"Đoạn {n}") for n in range(500))).read_bytes()
    for length in (30, len(whole) // 3, len(whole) // 2, len(whole) - 10):
        (tmp_path / "cut.docx").write_bytes(whole[:length])
        refused(tmp_path / "cut.docx", Damaged)


def test_a_part_whose_content_does_not_fit_its_sum_is_damaged(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "plan.docx", paragraph("Một"))
    content = bytearray(path.read_bytes())
    content[content.index(b"word/document.xml") + 40] ^= 0xFF
    path.write_bytes(bytes(content))
    refused(path, Damaged)


def test_a_part_with_a_password_is_told_so(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "plan.docx", paragraph("Một"))
    content = path.read_bytes()
    place = content.rindex(b"PK\x01\x02")
    path.write_bytes(content[: place + 8] + struct.pack("<H", 1) + content[place + 10 :])
    refused(path, PasswordProtected)


def test_a_part_that_lies_about_its_length_is_read_no_further_than_it_says(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "plan.docx", paragraph("A" * 4 * SMALL))
    content = path.read_bytes()
    size = struct.pack("<I", len(_document(path)))
    lie = struct.pack("<I", 1000)
    path.write_bytes(content.replace(size, lie))
    refused(path, Damaged)


def _document(path: Path) -> bytes:
    with ZipFile(path) as package:
        return package.read("word/document.xml")


def test_what_stops_the_reading_is_told_as_it_is(tmp_path: Path) -> None:
    def stop(_letters: int) -> None:
        raise TextTooLong(file="plan.docx", pages=1)

    with pytest.raises(TextTooLong):
        parse(write_docx(tmp_path / "plan.docx", paragraph("Một")), stop)


# ── XML piece by piece ────────────────────────────────────────────────────────────────────────────────────────


def read(xml: str, parent: str = "w:body") -> list[str]:
    return [f"{each.tag} {each.text}" for each in children(BytesIO(xml.encode()), parent, lambda _letters: None)]


def test_only_the_children_of_the_parent_are_given_whole() -> None:
    xml = f"<w:document {W}><w:x>no</w:x><w:body><w:a>1</w:a><b>2</b><w:c><w:d>3</w:d></w:c></w:body></w:document>"
    assert read(xml) == ["w:a 1", "b 2", "w:c None"]


def test_letters_are_told_while_their_element_is_still_open() -> None:
    told: list[int] = []
    xml = f"<w:body {W}><w:tbl>{'<w:t>mười chữ</w:t>' * 20_000}</w:tbl></w:body>"
    assert len(list(children(BytesIO(xml.encode()), "w:body", told.append))) == 1
    assert sum(told) == 20_000 * len("mười chữ")
    assert len([each for each in told if each]) > 3


@pytest.mark.parametrize(("xml", "error"), [("<!DOCTYPE a><a/>", StrangeMarkup), ("<a>", BrokenMarkup)])
def test_strange_and_broken_xml_raise(xml: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(xml)
