"""A document as it was read: one text, and the blocks that it is laid out in.

Positions are indexes into `Document.text`, half-open [start, end). The text of a .txt file is the file as decoded, letter
for letter (line ends, marks and decomposed letters as they stand), so that a position in the text is one in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in its document's layout."""

    LINE = "line"
    """A physical line of a text that is wrapped by hand or by the page (.txt, .pdf, .doc): sentences run over it."""
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    TEXT_BOX = "text_box"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell stands: numbers from 0; a merged cell is given once, with how many rows and columns it covers."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """text[start:end] with its place in the layout.

    `label`: the number or bullet that the word processor shows before it ("3.1.", "-") and that is part of the text;
    `level`: depth of a list item or rank of a heading, from 0. `bold`: all of it is. `page` counts from 1, 0 unknown.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.LINE
    label: str = ""
    level: int = 0
    cell: Cell | None = None
    bold: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read. `blocks` stand in reading order, ascending and not overlapping."""

    text: str
    blocks: tuple[Block, ...]
    format: str

    def words(self, start: int, end: int) -> str:
        """A part of the text with white space collapsed."""
        return " ".join(self.text[start:end].split())
