"""A document may be so long and no longer, and the reader's letters are passed on."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.intake.readers.measure import LETTERS_PER_PAGE, MOST_PAGES, SHORTEST_LINE, limited
from workflow.intake.readers.parsing import parse
from workflow.intake.readers.refusals import TextTooLong


def test_letters_are_passed_on_until_they_fill_more_than_the_most_pages() -> None:
    told: list[int] = []
    take = limited(told.append, "plan.txt")
    for _ in range(MOST_PAGES):
        take(LETTERS_PER_PAGE)
    with pytest.raises(TextTooLong, match=f"«plan.txt» dài quá {MOST_PAGES} trang"):
        take(1)
    assert told == [LETTERS_PER_PAGE] * MOST_PAGES


def test_a_line_counts_for_some_letters_however_few_it_has() -> None:
    take = limited(None, "plan.txt")
    for _ in range(MOST_PAGES * LETTERS_PER_PAGE // SHORTEST_LINE):
        take(0)
    with pytest.raises(TextTooLong):
        take(0)


def test_a_file_that_cannot_be_short_enough_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "plan.txt").open("wb") as file:
        file.write(b"plan" * 1024)
        file.truncate(30 << 20)
    with pytest.raises(TextTooLong):
        parse(tmp_path / "plan.txt")


@pytest.mark.parametrize("line", ["a\n", "|a", "\n"])
def test_a_text_of_too_many_lines_or_cells_is_not_begun(tmp_path: Path, line: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(line * (MOST_PAGES * LETTERS_PER_PAGE // SHORTEST_LINE + 1), encoding="utf-8")
    with pytest.raises(TextTooLong):
        parse(path)
