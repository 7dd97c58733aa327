"""What a child answers comes back as it was, and whatever else it says is recognised as no answer."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from pathlib import Path

import pytest

from workflow.intake.document import Block, BlockKind, Cell, Document
from workflow.intake.readers.refusals import REFUSALS, Damaged, DocumentRefused, FileTooLarge, Picture
from workflow.intake.readers.wire import LARGEST, MOST_BLOCKS, AnswerBroken, paths_asked, receive, send, send_path

DOCUMENT = Document(
    "I. Đối thoại\n20/4",
    (
        Block(0, 12, BlockKind.HEADING, "I.", 1, None, bold=True, page=2),
        Block(13, 17, BlockKind.CELL, cell=Cell(1, 2, 3, 4, 5)),
    ),
    "docx",
)


def returned(answer: Document | DocumentRefused) -> Document | DocumentRefused:
    channel = BytesIO()
    send(channel, answer)
    channel.seek(0)
    return receive(channel, "plan.docx")


def test_a_document_comes_back_as_it_was() -> None:
    assert returned(DOCUMENT) == DOCUMENT


@pytest.mark.parametrize("refusal", [FileTooLarge(file="x", megabytes=50), Picture(file="x", format="PNG")])
def test_a_refusal_comes_back_with_the_name_that_the_parent_knows(refusal: DocumentRefused) -> None:
    found = returned(refusal)
    assert type(found) is type(refusal)
    assert str(found) == str(refusal).replace("«x»", "«plan.docx»")


def test_every_refusal_is_known_by_its_name() -> None:
    assert REFUSALS["Damaged"] is Damaged
    assert len(REFUSALS) == len(DocumentRefused.__subclasses__())


def framed(*parts: object) -> bytes:
    packed = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]
    return b"".join(struct.pack(">I", len(each)) + each for each in packed)


HEAD = {"text": "a", "format": "txt", "blocks": 1}
ROW = [0, 1, "line", "", 0, None, False, 0]


def test_a_whole_answer_is_one() -> None:
    assert receive(BytesIO(framed(HEAD, [ROW])), "plan.txt") == Document("a", (Block(0, 1),), "txt")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0",
        struct.pack(">I", LARGEST + 1),
        struct.pack(">I", 100) + b"short",
        framed(b"no json"),
        framed([]),
        framed({}),
        framed(b"[" * 100_000),
        framed(HEAD),
        framed(HEAD, []),
        framed(HEAD, [ROW, ROW]),
        framed(HEAD, [[0, 1]]),
        framed(HEAD, [[0, 2, *ROW[2:]]]),
        framed(HEAD, [[0, 1, "lion", *ROW[3:]]]),
        framed(HEAD | {"text": 5}, [ROW]),
        framed(HEAD | {"blocks": MOST_BLOCKS + 1}, [ROW]),
        framed(HEAD | {"blocks": "many"}, [ROW]),
        framed({"refused": "Picture", "fields": {}}),
        framed({"refused": ["Picture"], "fields": {}}),
    ],
)
def test_anything_else_is_no_answer(said: bytes) -> None:
    with pytest.raises(AnswerBroken):
        receive(BytesIO(said), "plan.docx")


def test_many_blocks_come_in_order() -> None:
    answer = Document("a\n" * 5_000, tuple(Block(2 * place, 2 * place + 1) for place in range(5_000)), "txt")
    assert returned(answer) == answer


@pytest.mark.parametrize("name", ["kế hoạch.docx", "a\nb.docx", "k\udcff.docx"])
def test_a_path_arrives_whatever_its_name(tmp_path: Path, name: str) -> None:
    channel = BytesIO()
    send_path(channel, tmp_path / name)
    channel.seek(0)
    assert list(paths_asked(channel)) == [tmp_path / name]
