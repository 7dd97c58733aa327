"""Readers: nothing of a document is lost, doubled or out of place on its way into one text."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.readers.places import WIDE_TABLE, read, word
from workflow.intake.document import Block, BlockKind, Document
from workflow.intake.readers.pieces import Piece, assembled, tidy
from workflow.intake.readers.wire import receive, send

TEXTS = st.text(alphabet=st.sampled_from("ađ ế\u0301\u00a0\u200b\t\n\r\x07\ufeff\uf0b7.")) | st.text()
PLACES = st.tuples(st.integers(0, 580), st.integers(0, 820), st.text("abcđê", min_size=1, max_size=9))


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "1.", "-", "\uf0b7"]))))
def test_blocks_are_in_order_apart_and_trimmed(parts: list[tuple[str, str]]) -> None:
    found = assembled((Piece(text, label=label) for text, label in parts), "docx")
    assert "\n".join(found.text[block.start : block.end] for block in found.blocks) == found.text
    for block in found.blocks:
        said = found.text[block.start : block.end]
        assert said == said.strip() != ""
        assert said.startswith(block.label)


@given(TEXTS)
def test_tidy_text_is_composed_and_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once == unicodedata.normalize("NFC", once)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Co") for letter in once if letter not in "\t\n")


@given(st.lists(PLACES, max_size=40))
def test_no_word_of_a_page_is_lost_or_said_twice(places: list[tuple[int, int, str]]) -> None:
    words = [word(text, left, top) for left, top, text in places]
    for rulings in ((), WIDE_TABLE):
        said = "".join("".join(read(*words, rulings=rulings)).split())
        assert sorted(said) == sorted("".join(text for _, _, text in places))


@given(st.text())
def test_any_text_comes_back_from_the_child(text: str) -> None:
    answer = Document(text, (Block(0, len(text), BlockKind.LINE),), "txt")
    channel = BytesIO()
    send(channel, answer)
    channel.seek(0)
    assert receive(channel, "plan.txt") == answer
