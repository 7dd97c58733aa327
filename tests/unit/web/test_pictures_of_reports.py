"""Columns, lines and the field of days: where things stand, and what a reader is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workflow.web.pictures.bars import Column, Part, bars
from workflow.web.pictures.heatmap import LONGEST, DayCount, heat_map, shade_of
from workflow.web.pictures.lines import Share, lines
from workflow.web.pictures.scale import ticks

WEEK = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@pytest.mark.parametrize(("most", "last"), [(0, 1), (1, 1), (4, 4), (7, 8), (17, 20), (990, 1000), (12345, 15000)])
def test_the_side_of_a_picture_ends_in_a_round_number_not_below_the_most(most: int, last: int) -> None:
    assert ticks(most)[-1] == last
    assert 1 <= len(ticks(most)) - 1 <= 6


def test_columns_are_piled_without_gaps_and_in_one_scale() -> None:
    made = bars([Column("1/26", (Part("a", 1, "một"), Part("b", 3, "ba"))), Column("2/26", (Part("a", 4, "bốn"),))])
    low, high, other = made.blocks
    assert high.y + high.height == pytest.approx(low.y, abs=0.11)
    assert other.height == pytest.approx(low.height + high.height, abs=0.2)
    assert [mark.text for mark in made.columns] == ["1/26", "2/26"]
    assert [mark.text for mark in made.rows] == ["0", "1", "2", "3", "4"]


def test_a_little_is_still_seen() -> None:
    made = bars([Column("1/26", (Part("a", 1, ""), Part("b", 5000, "")))])
    assert min(block.height for block in made.blocks) >= 1.5


def test_what_counts_nothing_is_not_drawn_and_no_column_is_no_fault() -> None:
    assert bars([Column("1/26", (Part("a", 0, ""),))]).blocks == ()
    assert bars([]).columns == ()


def test_words_below_many_columns_leave_room_for_each_other() -> None:
    made = bars([Column(f"{month}", ()) for month in range(24)])
    assert all(other.at - one.at >= 40 for one, other in zip(made.columns, made.columns[1:], strict=False))


def test_a_month_without_a_share_breaks_the_line() -> None:
    made = lines([Share("1", 0.5, ""), Share("2", 1.0, ""), Share("3", None, ""), Share("4", 0.0, "")])
    assert [point.share.label for point in made.points] == ["1", "2", "4"]
    assert len(made.paths) == 1
    top, bottom = made.points[1].y, made.points[2].y
    assert made.points[0].y == pytest.approx((top + bottom) / 2, abs=0.1)


def test_a_day_stands_in_the_row_of_its_weekday_and_the_column_of_its_week() -> None:
    made = heat_map(date(2026, 4, 1), date(2026, 5, 1), {}, frozenset(), WEEK)
    assert len(made.squares) == 30
    first, monday = made.squares[0], made.squares[5]
    assert (monday.x - first.x, first.y - monday.y) == (15, 30)
    assert [label.text for label in made.weekdays] == ["T2", "T4", "T6", "CN"]


def test_a_day_with_a_missed_limit_has_a_dot_and_says_so() -> None:
    counts = {date(2026, 4, 24): DayCount(3, 1, "24/04/2026: 3 hạn, 1 quá hạn", "/rows")}
    made = heat_map(date(2026, 4, 1), date(2026, 5, 1), counts, frozenset({date(2026, 4, 25)}), WEEK)
    day, rest = made.squares[23], made.squares[24]
    assert (day.css, day.dot, day.title, day.href) == ("missed", True, "24/04/2026: 3 hạn, 1 quá hạn", "/rows")
    assert rest.css == "rest"


def test_of_a_long_period_the_last_year_is_drawn() -> None:
    made = heat_map(date(2020, 1, 1), date(2026, 5, 1), {}, frozenset(), WEEK)
    assert len(made.squares) == LONGEST // timedelta(days=1)


@pytest.mark.parametrize(
    ("count", "most", "shade"), [(1, 1, 4), (1, 8, 1), (2, 8, 2), (4, 8, 3), (5, 8, 4), (1, 999, 1)]
)
def test_each_shade_stands_for_twice_the_one_below(count: int, most: int, shade: int) -> None:
    assert shade_of(count, most) == shade
