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
"""Bytes of a part of an answer; the longest text that is read takes a third of it."""
MOST_BLOCKS = 1_000_000

READY = b"+"
"""The first byte that a child says: it has started."""

_LENGTH = struct.Struct(">I")
_PLAIN = (str, int)
_BATCH = 2_000


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
    """Write an answer: a head, and for a document its blocks, a batch at a time so that memory is not needed twice."""
    if isinstance(answer, DocumentRefused):
        _send(channel, _refusal(answer))
    else:
        count = len(answer.blocks)
        _send(channel, {"format": answer.format, "text": answer.text, "blocks": count})
        for first in range(0, count, _BATCH):
            _send(channel, [_row(block) for block in answer.blocks[first : first + _BATCH]])
    channel.flush()


def receive(channel: IO[bytes], file: str) -> Document | DocumentRefused:
    """Read an answer about a file. Raises `AnswerBroken`."""
    try:
        head = _receive(channel)
        if "refused" in head:
            return _refused(head, file)
        text, count = head["text"], head["blocks"]
        if not isinstance(text, str) or not 0 <= count <= MOST_BLOCKS:
            raise AnswerBroken
        blocks = tuple(_blocks(channel, count, len(text)))
        return Document(text, blocks, str(head["format"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise AnswerBroken from error


def _send(channel: IO[bytes], content: object) -> None:
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    channel.write(_LENGTH.pack(len(packed)))
    channel.write(packed)


def _receive(channel: IO[bytes]) -> Any:
    head = channel.read(_LENGTH.size)
    if len(head) < _LENGTH.size or (length := _LENGTH.unpack(head)[0]) > LARGEST:
        raise AnswerBroken
    packed = channel.read(length)
    if len(packed) < length:
        raise AnswerBroken
    return json.loads(packed)


def _row(block: Block) -> list[Any]:
    cell = block.cell
    place = None if cell is None else [cell.table, cell.row, cell.column, cell.rows, cell.columns]
    return [block.start, block.end, block.kind.value, block.label, block.level, place, block.bold, block.page]


def _refusal(refusal: DocumentRefused) -> dict[str, Any]:
    fields = {name: value for name, value in refusal.fields.items() if isinstance(value, _PLAIN)}
    return {"refused": type(refusal).__name__, "fields": fields}


def _refused(head: dict[str, Any], file: str) -> DocumentRefused:
    fields = {name: value for name, value in head["fields"].items() if isinstance(value, _PLAIN)}
    return REFUSALS.get(head["refused"], Damaged)(**fields | {"file": file})


def _blocks(channel: IO[bytes], count: int, length: int) -> Iterator[Block]:
    last = 0
    for batch in range(0, count, _BATCH):
        rows = _receive(channel)
        if len(rows) != min(_BATCH, count - batch):
            raise AnswerBroken
        for start, end, kind, label, level, place, bold, page in rows:
            if not last <= start <= end <= length:
                raise AnswerBroken
            cell = None if place is None else Cell(*map(int, place))
            yield Block(start, end, BlockKind(kind), str(label), int(level), cell, bool(bold), int(page))
            last = end
