"""Composed documents as files: .txt, .docx and .pdf, and the text that their labels point into."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from fpdf.fonts import TTFFont

from tests.intake.corpus.composing import (
    PRIVATE,
    Box,
    Centred,
    Composed,
    Docx,
    Header,
    Heading,
    Items,
    Letterhead,
    Marks,
    Part,
    Pdf,
    Table,
    Txt,
    labels_of,
    plain,
)
from tests.intake.labels import Labels

FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf", "Arial Unicode.ttf")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
LETTERS = "ăâđêôơưẵữợẩỷ"
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def write(document: Composed, folder: Path) -> tuple[Path, Labels]:
    """Write the file into a folder, and tell its labels."""
    path = folder / f"{document.name}{document.suffix}"
    marks = Marks()
    laid = _laid(document, marks)
    text, spans = marks.lifted(laid)
    match document.form:
        case Txt():
            path.write_bytes(text.encode())
        case Docx():
            _docx(document).save(str(path))
        case Pdf(size=size):
            page = _pdf(document, size)
            page.output(str(path))
            _release(page)
    labels = labels_of(document, text, spans)
    return path, Labels.of(document.name, text, labels, exact=isinstance(document.form, Txt))


# ── plain text ────────────────────────────────────────────────────────────────────────────────────────────────


def _laid(document: Composed, marks: Marks) -> str:
    form = document.form if isinstance(document.form, Txt) else Txt()
    lines = [
        line for part in document.parts for text in _lines(part) for line in _wrapped(marks.laid(text), form.width)
    ]
    laid = (form.end * (2 if form.gap else 1)).join(lines) + form.end
    return unicodedata.normalize("NFD", laid) if form.decomposed else laid


def _lines(part: Part) -> Iterator[str]:
    """The lines of a part as they are typed."""
    match part:
        case str():
            yield part
        case Heading(text) | Box(text):
            yield text
        case Centred(text):
            yield from text.split("\n")
        case Items(texts, sign):
            yield from (f"{_sign(sign, number)} {text}" for number, text in enumerate(texts))
        case Table():
            yield from (text for _row, _column, text in part.cells())
        case Letterhead(left, right):
            yield from left.split("\n")
            yield from right.split("\n")
        case Header():
            return


def _sign(sign: str, number: int) -> str:
    if sign[0] == "1":
        return f"{number + 1}{sign[1:]}"
    if sign[0] == "a":
        return f"{'abcdeghiklm'[number]}{sign[1:]}"
    return sign


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many letters, broken at spaces; marks take no room."""
    line, room = "", 0
    for word in text.split(" "):
        length = len(PRIVATE.sub("", word))
        if width and line and room + 1 + length > width:
            yield line
            line, room = word, length
        else:
            line, room = (f"{line} {word}", room + 1 + length) if line else (word, length)
    yield line


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _docx(document: Composed) -> Word:
    word = docx.Document()
    for part in document.parts:
        _add(word, part)
    return word


def _add(word: Word, part: Part) -> None:
    match part:
        case str():
            word.add_paragraph(plain(part))
        case Heading(text):
            word.add_paragraph().add_run(plain(text)).bold = True
        case Centred(text):
            _add_title(word, text)
        case Items(texts, sign):
            _add_items(word, texts, "List Number" if sign[0] in "1a" else "List Bullet")
        case Table():
            _add_table(word, part)
        case Letterhead(left, right):
            _add_table(word, Table(((left, right),)), ruled=False)
        case Box(text):
            word.add_paragraph().add_run()._r.append(_text_box(plain(text)))
        case Header(text):
            word.sections[0].header.paragraphs[0].text = plain(text)


def _add_title(word: Word, text: str) -> None:
    for line in text.split("\n"):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(plain(line)).bold = True


def _add_items(word: Word, texts: tuple[str, ...], style: str) -> None:
    for text in texts:
        word.add_paragraph(plain(text), style=style)


def _add_table(word: Word, part: Table, *, ruled: bool = True) -> None:
    table = word.add_table(rows=len(part.rows), cols=len(part.rows[0]))
    if ruled:
        table.style = "Table Grid"
    for row, column, rows, columns in part.merged:
        table.cell(row, column).merge(table.cell(row + rows - 1, column + columns - 1))
    for row, column, text in part.cells():
        first, *others = plain(text).split("\n")
        cell = table.cell(row, column)
        cell.paragraphs[0].text = first
        for line in others:
            cell.add_paragraph(line)


def _text_box(text: str) -> object:
    """A text box as word processors keep it for older ones."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:300pt;height:60pt">'
        f"<v:textbox><w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def font() -> Path:
    """A font of this machine with the Vietnamese letters. Where tests decide (CI=true) there must be one."""
    folders = [Path(folder) for folder in FONT_FOLDERS] + [Path.home() / "Library/Fonts", Path.home() / ".fonts"]
    for name in FONTS:
        for path in (found for folder in folders if folder.is_dir() for found in sorted(folder.rglob(name))):
            if all(ord(letter) in _letters(path) for letter in LETTERS):
                return path
    if os.environ.get("CI") == "true":
        pytest.fail("no font with Vietnamese letters on this machine")
    pytest.skip("no font with Vietnamese letters on this machine")


def _letters(path: Path) -> Container[int]:
    page = FPDF()
    page.add_font("text", fname=str(path))
    loaded = page.fonts["text"]
    assert isinstance(loaded, TTFFont)
    _release(page)
    return loaded.cmap


def _release(page: FPDF) -> None:
    """Close the files of its fonts."""
    for loaded in page.fonts.values():
        if isinstance(loaded, TTFFont):
            loaded.ttfont.close()


class _Page(FPDF):
    def __init__(self, heading: str) -> None:
        super().__init__(format="A4")
        self.heading = heading

    def header(self) -> None:
        """The page's number, centred in the top margin and hidden on page 1, and what stands on every page."""
        self.set_font("text", size=9)
        if self.page_no() > 1:
            self.cell(0, 6, str(self.page_no()), align="C", new_x="LMARGIN", new_y="NEXT")
        if self.heading:
            self.cell(0, 6, self.heading, new_x="LMARGIN", new_y="NEXT")


def _pdf(document: Composed, size: float) -> FPDF:
    heading = next((plain(part.text) for part in document.parts if isinstance(part, Header)), "")
    page = _Page(heading)
    page.set_creation_date(MADE_AT)
    page.set_margins(30, 20, 18)
    page.set_auto_page_break(auto=True, margin=20)
    page.add_font("text", fname=str(font()))
    page.add_page()
    page.set_font("text", size=size)
    for part in document.parts:
        page.set_font("text", size=size)
        _draw(page, part)
    return page


def _draw(page: FPDF, part: Part) -> None:
    line = page.font_size * 1.5
    match part:
        case Table():
            _draw_table(page, part)
        case Letterhead():
            _draw_letterhead(page, part)
        case Centred(text):
            page.multi_cell(0, line, plain(text), align="C", new_x="LMARGIN", new_y="NEXT")
        case Header():
            pass
        case _:
            for text in _lines(part):
                page.multi_cell(0, line, plain(text), align="J", new_x="LMARGIN", new_y="NEXT")


def _draw_table(page: FPDF, part: Table) -> None:
    spans = {(row, column): (rows, columns) for row, column, rows, columns in part.merged}
    with page.table(line_height=page.font_size * 1.4, first_row_as_headings=False) as table:
        rows = [table.row() for _row in part.rows]
        for row, column, text in part.cells():
            down, right = spans.get((row, column), (1, 1))
            rows[row].cell(plain(text), rowspan=down, colspan=right)


def _draw_letterhead(page: FPDF, part: Letterhead) -> None:
    """Two columns side by side."""
    line, top = page.font_size * 1.4, page.get_y()
    half = page.epw / 2
    page.multi_cell(half, line, plain(part.left), align="C", new_x="LMARGIN", new_y="NEXT")
    bottom = page.get_y()
    page.set_xy(page.l_margin + half, top)
    page.multi_cell(half, line, plain(part.right), align="C", new_x="LMARGIN", new_y="NEXT")
    page.set_y(max(bottom, page.get_y()) + line)
