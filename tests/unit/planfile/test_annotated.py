"""Remarks beside a plan: comments that stand where they belong and can be read by people, never by the program."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.unit.planfile.plans import PLAN
from workflow.planfile import parse_plan
from workflow.planfile.annotated import LONGEST_REMARK, Remarks, write_annotated

DEFINITION = parse_plan(PLAN, "plan.yaml")
HOSTILE = [
    "dòng một\ndòng hai",
    "dòng\r\n- key: gia\r  kind: other",
    "a\u2028b\u2029c\x85d",
    "# lại # nữa",
    "--- ... *a &b !c %d",
    "\x00\x07\x1b[31m\udcff\ufffe\uffff\ufeff",
    "x" * 100_000,
    "chữ " * 50_000,
    "e\u0302\u0323" * 3000,
    "",
    " \t ",
]


def comments(text: str) -> list[str]:
    """The comments of a plan file, each line by itself."""
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


def test_each_remark_stands_above_what_it_is_about() -> None:
    remarks = Remarks(("đầu",), ("họp",), {"collect_forms": ("thu",), "hold_meeting": ("hội", "nghị")}, ("cuối",))
    lines = write_annotated(DEFINITION, remarks).splitlines()
    below = {line.strip(): next_line.strip() for line, next_line in pairwise(lines)}
    assert below["# họp"] == "meeting:"
    assert below["# thu"] == "- key: collect_forms"
    assert (below["# hội"], below["# nghị"]) == ("# nghị", "- key: hold_meeting")
    assert (lines[0], lines[-1]) == ("# đầu", "# cuối")


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_of_a_document_change_the_plan_that_is_read_back(words: str) -> None:
    remarks = Remarks((words,), (words, words), {"hold_meeting": (words,)}, (words,))
    text = write_annotated(DEFINITION, remarks)
    assert parse_plan(text, "plan.yaml") == DEFINITION
    assert max(map(len, text.splitlines())) <= 112


def test_a_long_remark_is_cut_and_wrapped_and_says_so() -> None:
    told = comments(write_annotated(DEFINITION, Remarks(("chữ " * 1000,))))
    assert len(told) > 1
    assert told[-1].endswith("…")
    assert sum(map(len, told)) < LONGEST_REMARK * 1.2


def test_a_file_that_remarks_would_make_too_large_is_written_without_them() -> None:
    text = write_annotated(DEFINITION, Remarks(foot=("đ" * 500,) * 1500))
    assert (comments(text), parse_plan(text, "plan.yaml")) == ([], DEFINITION)
