"""Marked words cut into pieces: nothing of the text is lost, every mark shows where it is, overlaps show all."""

from __future__ import annotations

from tests.drafts import DOCUMENT, DRAFT
from workflow.intake.document import Block, Document
from workflow.intake.segments import Mark, Passage, marks_of, passages

TEXT = "một hai ba\nbốn năm sáu\n\nbảy"
LINES = Document(TEXT, (Block(0, 10), Block(11, 22), Block(24, 27)), "txt")


def cut(*marks: Mark) -> list[list[tuple[str, tuple[int, ...]]]]:
    """The pieces of each block with the steps that they belong to."""
    return [[(piece.text, piece.steps) for piece in passage.pieces] for passage in passages(LINES, marks)]


def begun(parts: list[Passage]) -> list[Mark]:
    return [mark for passage in parts for piece in passage.pieces for mark in piece.begins]


def test_a_document_without_marks_is_its_blocks() -> None:
    assert cut() == [[("một hai ba", ())], [("bốn năm sáu", ())], [("bảy", ())]]


def test_overlapping_words_are_cut_so_that_each_piece_has_the_same_steps_throughout() -> None:
    assert cut(Mark(0, 7, 0), Mark(4, 10, 1))[0] == [("một ", (0,)), ("hai", (0, 1)), (" ba", (1,))]
    assert cut(Mark(0, 10, 1), Mark(4, 7, 0))[0] == [("một ", (1,)), ("hai", (0, 1)), (" ba", (1,))]


def test_words_that_run_over_lines_are_marked_in_each_and_begin_once() -> None:
    parts = list(passages(LINES, [Mark(8, 27, 0)]))
    assert [[piece.steps for piece in part.pieces] for part in parts] == [[(), (0,)], [(0,)], [(0,)]]
    assert begun(parts) == [Mark(8, 27, 0)]


def test_a_mark_that_starts_between_blocks_begins_in_the_next() -> None:
    parts = list(passages(LINES, [Mark(10, 14, 0), Mark(22, 27, 1)]))
    assert [piece.begins for piece in parts[1].pieces] == [(Mark(10, 14, 0),), ()]
    assert parts[2].pieces[0].begins == (Mark(22, 27, 1),)


def test_marks_that_are_empty_or_outside_show_nowhere() -> None:
    assert begun(list(passages(LINES, [Mark(3, 3, 0), Mark(100, 120, 1), Mark(22, 24, 2)]))) == []


def test_no_letter_is_lost_and_every_source_begins_in_its_own_words() -> None:
    parts = list(passages(DOCUMENT, marks_of(DRAFT)))
    for part in parts:
        assert "".join(piece.text for piece in part.pieces) == DOCUMENT.text[part.block.start : part.block.end]
    sources = [(place, nth) for place, step in enumerate(DRAFT.steps) for nth in range(len(step.sources))]
    assert sorted((mark.place, mark.nth) for mark in begun(parts)) == sources


def test_words_that_a_finding_is_about_are_told_from_those_of_a_step() -> None:
    (first, *_) = passages(LINES, [Mark(0, 7, 0), Mark(4, 10, 0, finding=True)])
    assert [(piece.steps, piece.doubted) for piece in first.pieces] == [((0,), False), ((0,), True), ((), True)]
