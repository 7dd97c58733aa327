"""XML read piece by piece: memory for one piece at a time, no declarations of entities, no endless nesting.

Names are given in short, "w:p" for a paragraph, whatever prefix the file uses and whether it keeps to the transitional or
the strict form of ISO/IEC 29500; names of other vocabularies keep their whole address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from workflow.intake.readers.measure import Earn

DEEPEST = 400
_CHUNK = 1 << 16
_UNASKED = frozenset(
    {"w:latentStyles", "w:tblStylePr", "w:tblPr", "w:tblGrid", "w:tcBorders", "w:pBdr", "w:tabs", "w:lang"}
)
"""Elements about looks alone, which are most of a small document."""
_SEPARATOR = " "
_VOCABULARIES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


class StrangeMarkup(Exception):
    """XML that no word processor writes: a DOCTYPE, or elements nested without end."""


class BrokenMarkup(Exception):
    """What is not well-formed XML."""


def children(file: IO[bytes], parent: str, earn: Earn) -> Iterator[Element]:
    """Each child of the elements `parent`, whole, in order; each is forgotten when the next is asked for.

    `earn` is told of letters as they are read, before the child that they stand in is whole. Raises `StrangeMarkup` or `BrokenMarkup`.
    """
    growing = _Growing(parent)
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = growing.start
    parser.EndElementHandler = growing.end
    parser.CharacterDataHandler = growing.words
    parser.StartDoctypeDeclHandler = _refuse
    while chunk := file.read(_CHUNK):
        _feed(parser, chunk, last=False)
        earn(growing.letters_taken())
        yield from growing.taken()
    _feed(parser, b"", last=True)
    yield from growing.taken()


def _feed(parser: expat.XMLParserType, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise BrokenMarkup(str(error)) from error


def _refuse(*_declaration: object) -> None:
    raise StrangeMarkup("DOCTYPE")


class _Growing:
    """Elements under construction below the innermost open parent."""

    def __init__(self, parent: str) -> None:
        self.parent = parent
        self.depth = 0
        self.within: int | None = None
        """How deep the parent lies; None outside it."""
        self.open: list[Element] = []
        self.whole: list[Element] = []
        self.passed_over: int | None = None
        """How deep an element lies that nobody asks for; None outside one."""
        self.names: dict[str, str] = {}
        self.letters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise StrangeMarkup("nesting")
        if self.passed_over is not None:
            return
        short = self.names.get(name) or self._shorten(name)
        if self.within is None:
            if short == self.parent:
                self.within = self.depth
            return
        if short in _UNASKED:
            self.passed_over = self.depth
            return
        element = Element(
            short, {self.names.get(key) or self._shorten(key): value for key, value in attributes.items()}
        )
        if self.open:
            self.open[-1].append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        if self.passed_over is not None:
            self.passed_over = None if self.passed_over == self.depth else self.passed_over
        elif self.within == self.depth:
            self.within = None
        elif self.within is not None:
            element = self.open.pop()
            if not self.open:
                self.whole.append(element)
        self.depth -= 1

    def words(self, text: str) -> None:
        """Words between the children of an element are not kept: no vocabulary that is read here has any."""
        if self.open and not len(self.open[-1]) and self.passed_over is None:
            self.open[-1].text = (self.open[-1].text or "") + text
            self.letters += len(text.strip())

    def letters_taken(self) -> int:
        taken, self.letters = self.letters, 0
        return taken

    def taken(self) -> list[Element]:
        taken, self.whole = self.whole, []
        return taken

    def _shorten(self, name: str) -> str:
        address, separator, local = name.rpartition(_SEPARATOR)
        prefix = _VOCABULARIES.get(address)
        self.names[name] = short = f"{prefix}:{local}" if prefix else f"{address}{separator}{local}"
        return short
