"""A .doc of Word 97 to 2003, by way of antiword where that program is installed.

It is asked twice: as plain text it gives every paragraph with its number, but tables only drawn with bars; as DocBook it
gives the cells of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby
from pathlib import Path

from workflow.intake.document import BlockKind, Cell, Document
from workflow.intake.readers.letters import check_letters
from workflow.intake.readers.measure import Earn
from workflow.intake.readers.pieces import Piece, assembled
from workflow.intake.readers.refusals import (
    AntiwordMissing,
    Damaged,
    PasswordProtected,
    TextMissing,
    TooDemanding,
)

Rows = Sequence[Sequence[str]]

PATIENCE_S = 1.5
PATIENCE_S_PER_MB = 0.05
_TABLE = re.compile(r"<informaltable.*?</informaltable>", re.DOTALL)
_ROW = re.compile(r"<row>.*?</row>", re.DOTALL)
_ENTRY = re.compile(r"<entry[^>]*>(.*?)</entry>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_PICTURE = "[pic]"
_BARRED = re.compile(r"\|.*\|\s*")


def read_doc(path: Path, earn: Earn) -> Document:
    """The document in a .doc. Raises a `DocumentRefused`."""
    import shutil

    program = shutil.which("antiword")
    if program is None:
        raise AntiwordMissing(file=path.name)
    text = _told(program, ("-w", "0"), path).replace(_PICTURE, "")
    earn(len(text))
    tables = _tables(_told(program, ("-x", "db"), path)) if "|" in text else []
    document = assembled(_pieces(text, tables), "doc")
    if not document.text:
        raise TextMissing(file=path.name)
    check_letters(document.text, path.name)
    return document


def _told(program: str, options: Sequence[str], path: Path) -> str:
    import subprocess

    patience = PATIENCE_S + PATIENCE_S_PER_MB * path.stat().st_size / (1 << 20)
    command = [program, "-m", "UTF-8.txt", *options, str(path.absolute())]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TooDemanding(file=path.name) from error
    if b"ncrypted" in done.stderr:
        raise PasswordProtected(file=path.name)
    if done.returncode:
        raise Damaged(file=path.name)
    return done.stdout.decode("utf-8", "replace")


def _tables(docbook: str) -> list[Rows]:
    return [
        [[_words(entry) for entry in _ENTRY.findall(row)] for row in _ROW.findall(table)]
        for table in _TABLE.findall(docbook)
    ]


def _words(entry: str) -> str:
    return "\n".join(line.strip() for line in unescape(_TAG.sub("", entry)).splitlines() if line.strip())


def _pieces(text: str, tables: Sequence[Rows]) -> Iterator[Piece]:
    groups = [
        (barred, list(lines))
        for barred, lines in groupby(text.splitlines(), lambda line: _BARRED.fullmatch(line) is not None)
    ]
    drawn = [_drawn(lines) for barred, lines in groups if barred]
    told = tables if len(tables) == len(drawn) else drawn
    number = 0
    for barred, lines in groups:
        if barred:
            yield from _cells(number, told[number])
            number += 1
        else:
            yield from (Piece(line) for line in lines)


def _drawn(lines: Sequence[str]) -> Rows:
    """The cells of a table as they are drawn, each line a row."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]


def _cells(table: int, rows: Rows) -> Iterator[Piece]:
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            yield Piece(words, BlockKind.CELL, cell=Cell(table, row, column))
