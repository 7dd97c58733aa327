"""The parts of a document in reading order, before they have places in one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflow.intake.document import Block, BlockKind, Cell, Document

SYMBOLS = {
    0xA7: "▪",
    0xA8: "☐",
    0xB7: "•",
    0xD8: "➢",
    0xE0: "→",
    0xF0: "⇨",
    0xFC: "✓",
    0xFE: "☑",
    0x2D: "-",
    0x6F: "☐",
    0x76: "❖",
    0x71: "☐",
}
"""Signs of the fonts Symbol and Wingdings, which Word writes as U+F000 and more."""

_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\uffff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")
_OTHER_PRIVATE = re.compile(r"[\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]")
_ETH, _D_WITH_STROKE = "\u00d0", "\u0110"
"""Two letters that look alike: old keyboards wrote the first for the second."""
_SPELT = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes a `Block`; its text still without a place. The label is not yet part of the text."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    label: str = ""
    level: int = 0
    cell: Cell | None = None
    bold: bool = False
    page: int = 0


def tidy(text: str) -> str:
    """A text with composed letters, plain spaces and line ends, and nothing that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    text = _UNSEEN.sub("", text).translate(_SPELT).replace(_ETH, _D_WITH_STROKE)
    text = _OTHER_PRIVATE.sub("", _PRIVATE.sub(_symbol, text))
    return unicodedata.normalize("NFC", text)


def in_cell(pieces: Sequence[Piece]) -> Piece:
    """The paragraphs of a cell as one piece, a line for each; their numbers and bullets stand in its text."""
    if len(pieces) == 1:
        return pieces[0]
    lines = (f"{piece.label} {piece.text.strip()}".strip() for piece in pieces)
    bold = all(piece.bold for piece in pieces if piece.text.strip())
    return replace(pieces[0], text="\n".join(line for line in lines if line), label="", level=0, bold=bold)


def assembled(pieces: Iterable[Piece], form: str) -> Document:
    """One text with a line for each piece that has any, and where each stands in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for piece in pieces:
        label = tidy(piece.label).strip()
        text = f"{label} {tidy(piece.text).strip()}".strip()
        if not text or (text == label and piece.kind is not BlockKind.CELL):
            continue
        end = start + len(text)
        blocks.append(Block(start, end, piece.kind, label, piece.level, piece.cell, piece.bold, piece.page))
        parts.append(text)
        start = end + 1
    return Document("\n".join(parts), tuple(blocks), form)


def _symbol(found: re.Match[str]) -> str:
    return SYMBOLS.get(ord(found.group()) - 0xF000, "•")
