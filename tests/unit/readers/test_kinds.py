"""What a file is is told by its content; what is not read is refused with advice that fits it."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.unit.readers.docx_files import paragraph, write_docx
from tests.unit.readers.ole_files import container, word_97
from tests.unit.readers.pdf_files import Sheet, write_pdf
from workflow.intake.readers.kinds import Kind, recognise
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import (
    Archive,
    Damaged,
    DocumentRefused,
    FileEmpty,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    KindUnknown,
    NotAFile,
    OtherWordProcessor,
    PasswordProtected,
    Picture,
    SheetOrSlides,
)


def test_a_file_is_told_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    made = {
        Kind.DOCX: write_docx(tmp_path / "plan.doc", paragraph("Một")),
        Kind.PDF: write_pdf(tmp_path / "plan.docx", Sheet().text(50, 50, "Một")),
        Kind.TXT: tmp_path / "plan.pdf",
        Kind.DOC: tmp_path / "plan.txt",
    }
    made[Kind.TXT].write_text("Kế hoạch", encoding="utf-8")
    made[Kind.DOC].write_bytes(word_97("Kế hoạch\n"))
    assert {kind: recognise(path) for kind, path in made.items()} == {kind: kind for kind in Kind}
    assert parse(made[Kind.DOCX]).text == "Một"


@pytest.mark.parametrize(
    ("content", "refusal", "named"),
    [
        (rb"{\rtf1\ansi K\u7871? ho\u7841?ch}", OtherWordProcessor, "RTF"),
        (b"<!DOCTYPE html><html><body>plan", OtherWordProcessor, "HTML"),
        (b"\xef\xbb\xbf <html xmlns:o='x'>", OtherWordProcessor, "HTML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", OtherWordProcessor, "HTML"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", OtherWordProcessor, "XML"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Picture, "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Picture, "JPEG"),
        (b"II*\0\x08\0\0\0", Picture, "TIFF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", Picture, "WEBP"),
        (b"\0\0\0\x18ftypheic\0\0", Picture, "HEIC"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", Picture, "BMP"),
        (b"Rar!\x1a\x07\x01\0", Archive, "nén"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", Archive, "nén"),
        (os.urandom(64) + bytes(200), KindUnknown, ".docx"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", KindUnknown, ".docx"),
        (b"PK\x03\x04 but no package", Damaged, "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Damaged, "hỏng"),
    ],
)
def test_what_is_not_read_is_refused_by_name(
    tmp_path: Path, content: bytes, refusal: type[DocumentRefused], named: str
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    with pytest.raises(refusal, match=named):
        recognise(path)


def test_text_that_begins_like_a_picture_is_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("BM 12: kế hoạch đối thoại", encoding="utf-8")
    assert recognise(path) is Kind.TXT


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, OtherWordProcessor),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, SheetOrSlides),
        ({"_rels/.rels": "", "xl/workbook.xml": ""}, SheetOrSlides),
        ({"_rels/.rels": "", "ppt/presentation.xml": ""}, SheetOrSlides),
        ({"plan.docx": "", "note.txt": ""}, Archive),
        ({}, Archive),
    ],
)
def test_packages_are_told_by_what_they_hold(
    tmp_path: Path, files: dict[str, str], refusal: type[DocumentRefused]
) -> None:
    with ZipFile(tmp_path / "plan.docx", "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    with pytest.raises(refusal):
        recognise(tmp_path / "plan.docx")


@pytest.mark.parametrize(
    ("streams", "refusal"),
    [
        (("EncryptionInfo", "EncryptedPackage"), PasswordProtected),
        (("Workbook",), SheetOrSlides),
        (("PowerPoint Document",), SheetOrSlides),
        (("__properties_version1.0",), KindUnknown),
    ],
)
def test_containers_of_the_older_office_are_told_by_their_streams(
    tmp_path: Path, streams: tuple[str, ...], refusal: type[DocumentRefused]
) -> None:
    (tmp_path / "plan.docx").write_bytes(container(dict.fromkeys(streams, b"x")))
    with pytest.raises(refusal):
        recognise(tmp_path / "plan.docx")


# ── before anything is read ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "round").symlink_to("round")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as large:
        large.truncate(200 << 20)
    refused = {
        "nowhere": FileMissing,
        "bad\0name": FileMissing,
        ".": NotAFile,
        "pipe": NotAFile,
        "/dev/null": NotAFile,
        "empty": FileEmpty,
        "empty/plan.docx": FileUnreadable,
        "round": FileUnreadable,
        "long" * 100: FileUnreadable,
        "large": FileTooLarge,
    }
    for name, refusal in refused.items():
        with pytest.raises(refusal):
            parse(tmp_path / name)


def test_a_file_that_may_not_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(FileUnreadable, match="lối tắt trỏ vòng quanh"):
        parse(tmp_path / "round")


def test_a_name_with_letters_that_are_none_can_still_be_shown(tmp_path: Path) -> None:
    with pytest.raises(FileMissing) as refused:
        parse(tmp_path / "k\udcff.docx")
    assert str(refused.value).encode() == "Không có tệp «k?.docx»; hãy kiểm tra lại tên và thư mục.".encode()
