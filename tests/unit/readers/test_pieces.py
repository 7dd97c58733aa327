"""Pieces become one text in which every block knows its place."""

from __future__ import annotations

from workflow.intake.document import BlockKind
from workflow.intake.readers.pieces import Piece, assembled


def test_a_label_without_words_is_nothing_unless_it_fills_a_cell() -> None:
    assert assembled([Piece(" ", label="1.")], "docx").blocks == ()
    assert assembled([Piece("", BlockKind.CELL, label="1.")], "docx").text == "1."
