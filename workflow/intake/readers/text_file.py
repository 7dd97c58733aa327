"""A .txt file: its letters as they stand, a block for each physical line, and for each cell of a table drawn with bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from workflow.intake.document import Block, BlockKind, Cell, Document
from workflow.intake.readers.letters import decoded
from workflow.intake.readers.measure import LETTERS_PER_PAGE, MOST_PAGES, SHORTEST_LINE, Earn
from workflow.intake.readers.refusals import TextMissing, TextTooLong

Line = re.Match[str]

_MOST_BYTES = 4 * MOST_PAGES * LETTERS_PER_PAGE
"""No letter takes more than four."""
_MOST_BLOCKS = MOST_PAGES * LETTERS_PER_PAGE // SHORTEST_LINE

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:=+-]+")
_INNER = re.compile(r"(?<=\|)[^|]*(?=\|)")


def read_text(path: Path, earn: Earn) -> Document:
    """The document in a text file. Raises a `DocumentRefused`."""
    if path.stat().st_size > _MOST_BYTES:
        raise TextTooLong(file=path.name, pages=MOST_PAGES)
    text = decoded(path.read_bytes(), path.name)
    if text.count("\n") + text.count("|") > _MOST_BLOCKS:
        raise TextTooLong(file=path.name, pages=MOST_PAGES)
    if not text.strip():
        raise TextMissing(file=path.name)
    return Document(text, tuple(_measured(_blocks(text), earn)), "txt")


def _measured(blocks: Iterable[Block], earn: Earn) -> Iterator[Block]:
    for block in blocks:
        earn(block.end - block.start)
        yield block


def _blocks(text: str) -> Iterator[Block]:
    table = 0
    written = (line for line in _LINE.finditer(text) if not line.group().isspace())
    for is_row, group in groupby(written, lambda line: _ROW.fullmatch(line.group()) is not None):
        lines = list(group)
        if is_row and _is_table(lines):
            yield from _cells(lines, table)
            table += 1
        else:
            yield from (Block(*line.span()) for line in lines)


def _is_table(lines: Sequence[Line]) -> bool:
    """Whether lines between bars are a table as Markdown draws it: a rule stands among them, and something else too."""
    rules = sum(_RULE.fullmatch(line.group()) is not None for line in lines)
    return 0 < rules < len(lines)


def _cells(lines: Sequence[Line], table: int) -> Iterator[Block]:
    rows = [line for line in lines if not _RULE.fullmatch(line.group())]
    for row, line in enumerate(rows):
        for column, inner in enumerate(_INNER.finditer(line.group())):
            words = inner.group().strip()
            if words:
                start = line.start() + inner.start() + inner.group().index(words)
                yield Block(start, start + len(words), BlockKind.CELL, cell=Cell(table, row, column))
