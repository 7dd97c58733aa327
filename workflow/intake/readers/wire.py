"""How a document, or a refusal, comes back from the child process: JSON with its length before it.

What comes from the child is checked like any other input: it has read a file of unknown origin.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from workflow.intake.document import Block, BlockKind, Cell, Document
from workflow.intake.readers.refusals import REFUSALS, Damaged, DocumentRefused

LARGEST = 64 << 20
"""Bytes of an answer; the longest text that is read takes a third of it."""

READY = b"+"
"""The first byte that a child says: it has started."""

_LENGTH = struct.Struct(">I")
_PLAIN = (str, int)


class AnswerBroken(Exception):
    """The child said something else than an answer, or nothing at all."""


def send_path(channel: IO[bytes], path: Path) -> None:
    """Ask a child about a file."""
    channel.write(json.dumps(os.path.abspath(path)).encode("ascii") + b"\n")  # noqa: PTH100 - links stay as they are
    channel.flush()


def paths_asked(channel: IO[bytes]) -> Iterator[Path]:
    """Each file that a child is asked about, until the parent has gone."""
    for line in channel:
        yield Path(json.loads(line))


def send(channel: IO[bytes], answer: Document | DocumentRefused) -> None:
    """Write an answer."""
    content = _document(answer) if isinstance(answer, Document) else _refusal(answer)
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    channel.write(_LENGTH.pack(len(packed)))
    channel.write(packed)
    channel.flush()


def receive(channel: IO[bytes], file: str) -> Document | DocumentRefused:
    """Read an answer about a file. Raises `AnswerBroken`."""
    head = channel.read(_LENGTH.size)
    if len(head) < _LENGTH.size or (length := _LENGTH.unpack(head)[0]) > LARGEST:
        raise AnswerBroken
    packed = channel.read(length)
    if len(packed) < length:
        raise AnswerBroken
    try:
        return _received(json.loads(packed), file)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise AnswerBroken from error


def _document(document: Document) -> dict[str, Any]:
    return {"format": document.format, "text": document.text, "blocks": [_row(block) for block in document.blocks]}


def _row(block: Block) -> list[Any]:
    cell = block.cell
    place = None if cell is None else [cell.table, cell.row, cell.column, cell.rows, cell.columns]
    return [block.start, block.end, block.kind.value, block.label, block.level, place, block.bold, block.page]


def _refusal(refusal: DocumentRefused) -> dict[str, Any]:
    fields = {name: value for name, value in refusal.fields.items() if isinstance(value, _PLAIN)}
    return {"refused": type(refusal).__name__, "fields": fields}


def _received(content: dict[str, Any], file: str) -> Document | DocumentRefused:
    if "refused" in content:
        kind = REFUSALS.get(content["refused"], Damaged)
        return kind(
            **{name: value for name, value in content["fields"].items() if isinstance(value, _PLAIN)} | {"file": file}
        )
    text = content["text"]
    if not isinstance(text, str):
        raise TypeError("text")
    return Document(text, tuple(_blocks(content["blocks"], len(text))), str(content["format"]))


def _blocks(rows: list[list[Any]], length: int) -> Iterator[Block]:
    last = 0
    for start, end, kind, label, level, place, bold, page in rows:
        if not last <= start <= end <= length:
            raise ValueError("places")
        cell = None if place is None else Cell(*map(int, place))
        yield Block(start, end, BlockKind(kind), str(label), int(level), cell, bool(bold), int(page))
        last = end
