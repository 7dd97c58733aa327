"""Files made to harm whoever reads them, each small enough to be sent by mail."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.unit.readers.docx_files import paragraph, write_docx, write_package
from tests.unit.readers.ole_files import container, word_97
from tests.unit.readers.pdf_files import Sheet, file_of, packed_stream, write_pdf
from workflow.intake.readers import refusals
from workflow.intake.readers.refusals import DocumentRefused

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MB = 1 << 20

Make = Callable[[Path], object]


def _zeros(megabytes: int) -> bytes:
    """Packed zeros; the sum at their end is wrong, which nobody minds who has unpacked so far."""
    packing = zlib.compressobj(9)
    first, next_one = (packing.compress(bytes(MB)) + packing.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + next_one * (megabytes - 1) + packing.flush()


def _bomb_docx(path: Path) -> object:
    return write_docx(path, paragraph("A" * 30 * MB))


def _bomb_picture(path: Path) -> object:
    return write_package(path, {"word/document.xml": "<a/>", "word/media/a.bmp": bytes(30 * MB)})


def _laughs(path: Path) -> object:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><w:document {W}><w:body>&a9;</w:body></w:document>'
    return write_package(path, {"word/document.xml": document})


def _foreign_entity(path: Path) -> object:
    document = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {W}><w:body>&x;</w:body></w:document>'
    )
    return write_package(path, {"word/document.xml": document})


def _deep_docx(path: Path) -> object:
    return write_docx(path, "<w:sdt><w:sdtContent>" * 10_000 + "</w:sdtContent></w:sdt>" * 10_000)


def _endless_empty_rows(path: Path) -> object:
    """Rows without a word, each different enough not to be packed tightly."""
    dice = random.Random(4)
    rows = "".join(f'<w:tr w:r="{dice.getrandbits(40)}"><w:tc/></w:tr>' for _ in range(400_000))
    return write_docx(path, f"<w:tbl>{rows}</w:tbl>")


def _one_page(path: Path, packed: bytes) -> object:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return path.write_bytes(file_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, packed_stream(packed), font]))


def _bomb_pdf(path: Path) -> object:
    return _one_page(path, _zeros(1500))


def _drawings_pdf(path: Path) -> object:
    return _one_page(path, zlib.compress(b"0 0 m 10 0 l S " * 1_500_000, 9))


def _letters_pdf(path: Path) -> object:
    return _one_page(path, zlib.compress(b"BT /F 9 Tf 9 9 Td " + b"(abc def)Tj " * 2_000_000 + b"ET", 9))


def _deep_pdf(path: Path) -> object:
    nested = b"[" * 1_500_000 + b"]" * 1_500_000
    return path.write_bytes(file_of([b"<</Type/Catalog/Pages 2 0 R/X " + nested + b">>", b"<</Type/Pages/Count 0>>"]))


def _endless_pages(path: Path) -> object:
    return path.write_bytes(file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 900000>>"]))


def _huge_pdf(path: Path) -> object:
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        return file.truncate(200 * MB)


def _locked_docx(path: Path) -> object:
    return path.write_bytes(container({"EncryptionInfo": b"x", "EncryptedPackage": b"x" * 9000}))


def _locked_pdf(path: Path) -> object:
    return write_pdf(path, Sheet().text(50, 50, "Kế hoạch"), encrypted=True)


def _locked_doc(path: Path) -> object:
    return path.write_bytes(word_97("Kế hoạch\n", encrypted=True))


def _cut_docx(path: Path) -> object:
    whole = write_docx(path, "".join(paragraph(f"Đoạn {number}") for number in range(900))).read_bytes()
    return path.write_bytes(whole[: len(whole) * 2 // 3])


def _cut_pdf(path: Path) -> object:
    whole = write_pdf(path, *[Sheet().text(50, 50, "Kế hoạch đối thoại")] * 20).read_bytes()
    return path.write_bytes(whole[: len(whole) * 2 // 3])


def _cut_doc(path: Path) -> object:
    whole = word_97("Kế hoạch\n" * 400)
    return path.write_bytes(whole[: len(whole) // 2])


def _noise(path: Path) -> object:
    return path.write_bytes(random.Random(4).randbytes(MB))


def _noise_in_pdf(path: Path) -> object:
    return path.write_bytes(b"%PDF-1.7\n" + random.Random(4).randbytes(MB) + b"%%EOF")


def _empty(path: Path) -> object:
    return path.write_bytes(b"")


def _countless_lines(path: Path) -> object:
    return path.write_bytes(b"|---|\n" + b"| a | b |\n" * 150_000)


def _one_long_line(path: Path) -> object:
    return path.write_bytes(b" " * 9_000_000)


HOSTILE: Mapping[str, tuple[Make, *tuple[type[DocumentRefused], ...]]] = MappingProxyType(
    {
        "bomb.docx": (_bomb_docx, refusals.PackedTooTightly),
        "picture.docx": (_bomb_picture, refusals.PackedTooTightly),
        "laughs.docx": (_laughs, refusals.StrangeXml),
        "entity.docx": (_foreign_entity, refusals.StrangeXml),
        "deep.docx": (_deep_docx, refusals.StrangeXml),
        "rows.docx": (_endless_empty_rows, refusals.TooDemanding, refusals.TextMissing),
        "bomb.pdf": (_bomb_pdf, refusals.TooDemanding),
        "drawings.pdf": (_drawings_pdf, refusals.TooDemanding),
        "letters.pdf": (_letters_pdf, refusals.TooDemanding),
        "deep.pdf": (_deep_pdf, refusals.Damaged, refusals.TooDemanding),
        "pages.pdf": (_endless_pages, refusals.TextTooLong),
        "huge.pdf": (_huge_pdf, refusals.FileTooLarge),
        "locked.docx": (_locked_docx, refusals.PasswordProtected),
        "locked.pdf": (_locked_pdf, refusals.PasswordProtected),
        "locked.doc": (_locked_doc, refusals.PasswordProtected),
        "cut.docx": (_cut_docx, refusals.Damaged),
        "cut.pdf": (_cut_pdf, refusals.Damaged),
        "cut.doc": (_cut_doc, refusals.Damaged),
        "noise.docx": (_noise, refusals.KindUnknown),
        "noise.pdf": (_noise_in_pdf, refusals.Damaged),
        "empty.docx": (_empty, refusals.FileEmpty),
        "lines.txt": (_countless_lines, refusals.TextTooLong),
        "blank.txt": (_one_long_line, refusals.TextMissing),
    }
)
"""Each file by its name: how it is made, and how it is refused; two ways where it depends on the machine's speed."""
