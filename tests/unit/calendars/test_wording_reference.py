"""The reference page of wordings: every row of its tables is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calendars.wording import format_rule, parse, parse_with_extension

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "deadline-wording.md"
ROW = re.compile(r"^\| `(?P<written>[^`]+)` \| `(?P<read>[^`]+)` \|")
EXTENSION = re.compile(r"^- `(?P<written>[^`]+)`$")


def told(pattern: re.Pattern[str]) -> list[re.Match[str]]:
    return [found for line in PAGE.read_text(encoding="utf-8").splitlines() if (found := pattern.match(line))]


@pytest.mark.parametrize("row", told(ROW), ids=lambda row: row["written"])
def test_a_wording_of_the_page_is_said_back_as_the_page_says(row: re.Match[str]) -> None:
    assert format_rule(parse(row["written"])) == row["read"]


@pytest.mark.parametrize("row", told(EXTENSION), ids=lambda row: row["written"])
def test_an_extension_of_the_page_is_fifteen_days_in_all(row: re.Match[str]) -> None:
    _, longest = parse_with_extension(row["written"])
    assert longest is not None
    assert format_rule(longest) == "15 ngày làm việc sau hội nghị"


def test_the_page_has_rows() -> None:
    assert len(told(ROW)) > 80
