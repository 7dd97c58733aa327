"""A .docx: its paragraphs, lists, tables, text boxes, notes, headers and footers, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from workflow.intake.document import BlockKind, Cell, Document
from workflow.intake.readers.docx_numbering import Numbering, read_numbering
from workflow.intake.readers.docx_styles import Styles, number, numbered, read_styles, value
from workflow.intake.readers.docx_tables import cells_of
from workflow.intake.readers.docx_words import Words, words_of
from workflow.intake.readers.letters import check_letters
from workflow.intake.readers.measure import Earn
from workflow.intake.readers.package import Package
from workflow.intake.readers.pieces import Piece, assembled, in_cell
from workflow.intake.readers.refusals import TextMissing

_NO_LIST = "0"
_WRAPPERS = frozenset({"w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent"})
_MARGINS = {"w:headerReference": BlockKind.PAGE_HEADER, "w:footerReference": BlockKind.PAGE_FOOTER}


def read_docx(path: Path, earn: Earn) -> Document:
    """The document in a .docx; `earn` is told of the letters as they are read. Raises a `DocumentRefused`."""
    with Package(path, earn) as package:
        document = assembled(_story(package, earn), "docx")
    if not document.text:
        raise TextMissing(file=path.name)
    check_letters(document.text, path.name)
    return document


def _story(package: Package, earn: Earn) -> Iterator[Piece]:
    main = package.main_part()
    related = {relation.kind: relation.target for relation in reversed(package.relations(main))}
    styles = read_styles(package.children(related.get("styles"), "w:styles"))
    numbering = read_numbering(package.children(related.get("numbering"), "w:numbering"), styles)
    reading = _Reading(styles, numbering, earn)
    body = list(reading.story(package.children(main, "w:body")))
    margins = _margins(package, main, reading)
    yield from (piece for piece in margins if piece.kind is BlockKind.PAGE_HEADER)
    yield from body
    yield from _notes(package, related, reading)
    yield from (piece for piece in margins if piece.kind is BlockKind.PAGE_FOOTER)


def _margins(package: Package, main: str, reading: _Reading) -> list[Piece]:
    """The headers and footers that the sections name, each once."""
    targets = {relation.id: relation.target for relation in package.relations(main)}
    pieces: dict[Piece, None] = {}
    for tag, ident in dict.fromkeys(reading.margins):
        parent = "w:hdr" if tag == "w:headerReference" else "w:ftr"
        found = reading.story(package.children(targets.get(ident), parent))
        pieces |= {replace(piece, kind=_MARGINS[tag]): None for piece in found}
    return list(pieces)


def _notes(package: Package, related: dict[str, str], reading: _Reading) -> Iterator[Piece]:
    """The footnotes and endnotes that the text refers to, in its order."""
    found: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        part = related.get(f"{kind}s") if reading.notes else None
        elements = package.children(part, f"w:{kind}s")
        found |= {(f"w:{kind}Reference", each.get("w:id", "")): each for each in elements}
    for note in dict.fromkeys(reading.notes):
        if note in found:
            yield from reading.story(found[note])


@dataclass
class _Reading:
    """A document as it is passed: its lists count, its tables are numbered, what stands aside is remembered."""

    styles: Styles
    numbering: Numbering
    earn: Earn
    margins: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0
    waiting: Words | None = None
    """What stood in paragraphs whose end was deleted; the next one takes it over."""

    def story(self, elements: Iterable[Element], cell: Cell | None = None) -> Iterator[Piece]:
        """All that stands in a body, a cell, a box or a note: words do not go on from one into the next."""
        yield from self.pieces(elements, cell)
        if self.waiting is not None:
            words, self.waiting = self.waiting, None
            yield Piece(words.text, BlockKind.CELL if cell else BlockKind.PARAGRAPH, cell=cell, bold=words.bold)

    def pieces(self, elements: Iterable[Element], cell: Cell | None = None) -> Iterator[Piece]:
        """Paragraphs and cells in reading order."""
        for element in elements:
            if element.tag == "w:p":
                yield from self._paragraph(element, cell)
            elif element.tag == "w:tbl":
                yield from self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self.pieces(element, cell)
            elif element.tag == "w:sdt":
                yield from self.pieces(_contents(element), cell)
            elif element.tag == "mc:AlternateContent":
                yield from self.pieces(next(iter(element), ()), cell)
            elif element.tag == "w:sectPr":
                self._section(element)

    def _section(self, section: Element) -> None:
        self.margins += [(each.tag, each.get("r:id", "")) for each in section if each.tag in _MARGINS]

    def _table(self, table: Element) -> Iterator[Piece]:
        index, self.tables = self.tables, self.tables + 1
        for placed in cells_of(table):
            cell = Cell(index, placed.row, placed.column, placed.rows, placed.columns)
            for inner, group in groupby(self.story(placed.content, cell), key=_cell_of):
                pieces = list(group)
                yield from pieces if inner is None else (in_cell(pieces),)

    def _paragraph(self, paragraph: Element, cell: Cell | None) -> Iterator[Piece]:
        properties = paragraph.find("w:pPr")
        section = None if properties is None else properties.find("w:sectPr")
        if section is not None:
            self._section(section)
        style = value(properties, "w:pStyle") or self.styles.usual
        words = self._joined(words_of(paragraph, style, self.styles))
        self.notes += words.notes
        self.earn(0)
        if words.deleted_end:
            self.waiting = words
            return
        yield self._piece(words, properties, style, cell)
        for box in words.boxes:
            for piece in self.story(box):
                yield piece if piece.cell else replace(piece, kind=BlockKind.TEXT_BOX)

    def _joined(self, words: Words) -> Words:
        """The words of a paragraph after those that wait for it."""
        before, self.waiting = self.waiting, None
        if before is None:
            return words
        bold = (before.bold or not before.text.strip()) and (words.bold or not words.text.strip())
        return Words(before.text + words.text, bold, before.boxes + words.boxes, words.notes, words.deleted_end)

    def _piece(self, words: Words, properties: Element | None, style: str | None, cell: Cell | None) -> Piece:
        label, depth = self._label(properties, style)
        outline = number(properties, "w:outlineLvl")
        rank = self.styles.outline(style) if outline is None else outline if outline < 9 else None
        kind = BlockKind.ITEM if label else BlockKind.PARAGRAPH
        if rank is not None and cell is None:
            kind, depth = BlockKind.HEADING, rank
        return Piece(words.text, BlockKind.CELL if cell else kind, label, depth, cell, words.bold)

    def _label(self, properties: Element | None, style: str | None) -> tuple[str, int]:
        """The number or bullet of a paragraph and its level, from 0; an empty one outside lists."""
        own, inherited = numbered(properties), self.styles.numbered(style)
        list_id = own.list_id or inherited.list_id
        if list_id in (None, _NO_LIST):
            return "", 0
        depth = own.level if own.level is not None else inherited.level
        if own.list_id is None and depth is None:
            depth = self.numbering.level_of(list_id, style)
        return self.numbering.label(list_id, depth or 0), depth or 0


def _cell_of(piece: Piece) -> Cell | None:
    return piece.cell


def _contents(control: Element) -> Iterable[Element]:
    content = control.find("w:sdtContent")
    return () if content is None else content
