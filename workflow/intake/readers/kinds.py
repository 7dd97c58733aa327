"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import mmap
import re
import zlib
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from workflow.intake.readers.refusals import (
    Archive,
    Damaged,
    DocumentRefused,
    KindUnknown,
    OtherWordProcessor,
    PasswordProtected,
    Picture,
    SheetOrSlides,
)


class Kind(StrEnum):
    """A kind of file that can be read, by the name of its format."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    DOC = "doc"


HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_PICTURES = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<head|<body|mime-version:)", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml")
_TELLING_FILES = (
    ("xl/", SheetOrSlides, "Excel"),
    ("ppt/", SheetOrSlides, "PowerPoint"),
)
_OPEN_DOCUMENTS = (
    (b"opendocument.text", OtherWordProcessor, "ODT"),
    (b"opendocument.spreadsheet", SheetOrSlides, "ODS"),
    (b"opendocument.presentation", SheetOrSlides, "ODP"),
)
_TELLING_STREAMS = (
    ("Workbook", SheetOrSlides, "Excel"),
    ("Book", SheetOrSlides, "Excel"),
    ("PowerPoint Document", SheetOrSlides, "PowerPoint"),
)


def recognise(path: Path) -> Kind:
    """The kind of a file that is not empty; raises a `DocumentRefused` for one that is not read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(path)
    if head.startswith(_OLE):
        return _of_ole(path)
    if refusal := _of_head(head, path.name):
        raise refusal
    return Kind.TXT


def _of_head(head: bytes, file: str) -> DocumentRefused | None:
    if head.startswith(rb"{\rtf"):
        return OtherWordProcessor(file=file, format="RTF")
    if _HTML.match(head):
        return OtherWordProcessor(file=file, format="HTML")
    if _XML.match(head):
        return OtherWordProcessor(file=file, format="XML")
    if picture := _picture(head):
        return Picture(file=file, format=picture)
    if head.startswith(_ARCHIVES):
        return Archive(file=file)
    return KindUnknown(file=file) if _is_binary(head) else None


def _picture(head: bytes) -> str | None:
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "HEIC"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return next(
        (name for magic, name in _PICTURES if head.startswith(magic) and (name != "BMP" or _is_binary(head))), None
    )


def _is_binary(head: bytes) -> bool:
    """Whether signs stand in the beginning that no text has; UTF-16 and UTF-32 begin with a mark and are text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    return sum(byte < 32 and byte not in b"\t\n\v\f\r\x1a\x1b" for byte in head) > len(head) // 100


def _of_zip(path: Path) -> Kind:
    names, mimetype = _looked_into(path)
    _refuse_open_document(mimetype, path.name)
    for beginning, refusal, form in _TELLING_FILES:
        if any(name.startswith(beginning) for name in names) and not any(name.startswith("word/") for name in names):
            raise refusal(file=path.name, format=form)
    if "_rels/.rels" in names:
        return Kind.DOCX
    raise Archive(file=path.name)


def _looked_into(path: Path) -> tuple[list[str], bytes]:
    """The names in a package, and what it says that it is."""
    try:
        with ZipFile(path) as package:
            names = package.namelist()
            tells = "mimetype" in names and package.getinfo("mimetype").file_size < HEAD
            return names, package.read("mimetype") if tells else b""
    except (BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Damaged(file=path.name) from error


def _refuse_open_document(mimetype: bytes, file: str) -> None:
    for form, refusal, name in _OPEN_DOCUMENTS:
        if form in mimetype:
            raise refusal(file=file, format=name)


def _of_ole(path: Path) -> Kind:
    """A container of the older Office, told by the names of what it holds; a new file with a password lies in one too."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:

        def holds(name: str) -> bool:
            return content.find(f"{name}\0".encode("utf-16-le")) != -1

        if holds("EncryptedPackage"):
            raise PasswordProtected(file=path.name)
        if holds("WordDocument"):
            return Kind.DOC
        for name, refusal, form in _TELLING_STREAMS:
            if holds(name):
                raise refusal(file=path.name, format=form)
        if not holds("Root Entry"):
            raise Damaged(file=path.name)
    raise KindUnknown(file=path.name)
