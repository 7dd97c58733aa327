"""A plan as bars over the days of its calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from calendars import vietnam_office
from tests.builders import DIALOGUE, after, at, started
from workflow.documents.gantt import HEAD, MOST_PARTS, ROW, Bar, Chart, bars_of, chart, drawn
from workflow.domain.commands import CompleteStep, RaisePetition
from workflow.domain.cycle import Cycle
from workflow.domain.definition import ForEach, StepDefinition, StepKind
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.domain.verdict import Standing

CALENDAR = vietnam_office()
BAR = Bar(
    "a", "Thu phiếu", "MTTQ", Standing.RUNNING_IN_TIME, date(2026, 4, 6), date(2026, 4, 10), None, None, False, False
)
TODAY = date(2026, 4, 8)


def _looks(bar: Bar, today: date = TODAY) -> list[tuple[str, int]]:
    """The stretches of a bar, each with its days."""
    made = chart([bar], CALENDAR, today)
    per_day = made.width / _days(made, bar, today)
    return [(piece.look, round(piece.width / per_day)) for piece in made.rows[0].pieces]


def _days(made: Chart, bar: Bar, today: date) -> int:
    days = [day for day in (bar.since, bar.due_on, bar.ended_on) if day is not None]
    days += [today] if bar.ended_on is None else []
    return (max(days) - min(days)).days + 6


@pytest.mark.parametrize(
    ("bar", "stretches"),
    [
        (BAR, [("running", 5)]),
        (replace(BAR, due_on=None), [("undated", 3)]),
        (replace(BAR, standing=Standing.DONE_ON_TIME, ended_on=date(2026, 4, 9)), [("done", 4)]),
        (replace(BAR, standing=Standing.DONE_LATE, ended_on=date(2026, 4, 13)), [("done", 5), ("late", 3)]),
        (replace(BAR, standing=Standing.WAITING, expected=True), [("waiting", 5)]),
        (replace(BAR, standing=Standing.SKIPPED, ended_on=date(2026, 4, 7)), [("called-off", 2)]),
        (replace(BAR, since=None), []),
    ],
)
def test_a_bar_runs_from_its_opening_to_its_end_or_its_limit(bar: Bar, stretches: list[tuple[str, int]]) -> None:
    assert _looks(bar) == stretches


def test_what_is_overdue_runs_on_in_another_colour_up_to_today() -> None:
    late = replace(BAR, standing=Standing.RUNNING_OVERDUE)
    assert _looks(late, date(2026, 4, 14)) == [("running", 5), ("over", 4)]


def test_only_what_is_projected_is_hatched() -> None:
    (piece,) = chart([replace(BAR, projected=True)], CALENDAR, TODAY).rows[0].pieces
    assert piece.hatched
    assert not chart([BAR], CALENDAR, TODAY).rows[0].pieces[0].hatched


def test_rest_days_are_shaded_and_a_holiday_says_its_name() -> None:
    shades = chart([replace(BAR, due_on=date(2026, 5, 5))], CALENDAR, TODAY).shades
    assert any("Chiến thắng" in shade.title or "30/04/2026" in shade.title for shade in shades if shade.special)
    weekend = next(shade for shade in shades if shade.title.startswith("11/04/2026"))
    assert not weekend.special
    assert "12/04/2026" in weekend.title


def test_rows_stand_one_below_the_other_and_today_inside() -> None:
    made = chart([BAR, BAR], CALENDAR, TODAY)
    assert [row.y for row in made.rows] == [HEAD, HEAD + ROW]
    assert made.height == HEAD + 2 * ROW
    assert made.today_x is not None
    assert 0 < made.today_x < made.width
    assert chart([BAR], CALENDAR, TODAY, marked=False).today_x is None


def test_an_empty_plan_and_days_outside_the_calendar_are_drawn_all_the_same() -> None:
    assert chart([], CALENDAR, TODAY).rows == ()
    beyond = replace(BAR, due_on=date(2200, 1, 1))
    assert chart([beyond], CALENDAR, TODAY).width > 0


def test_a_waiting_step_is_expected_to_begin_when_what_it_waits_for_is_due() -> None:
    bars = {bar.key: bar for bar in bars_of(started(), at("2026-04-07"))}
    assert bars["collect"].since == date(2026, 4, 6)
    assert bars["answers"].since == bars["collect"].due_on
    assert bars["answers"].expected


def test_a_step_with_many_parts_is_one_bar_that_counts_them() -> None:
    bars = bars_of(_fanned(MOST_PARTS + 1), at("2026-04-09"))
    assert [(bar.key, bar.parts) for bar in bars] == [("collect", (0, 0)), ("answers", (0, MOST_PARTS + 1))]
    assert [bar.is_part for bar in bars_of(_fanned(2), at("2026-04-09"))] == [False, False, True, True]


def _fanned(count: int) -> Cycle:
    step = StepDefinition(
        "answers", StepKind.ANSWER_ISSUES, "Trả lời", after=("collect",), for_each=ForEach.OPEN_PETITION
    )
    cycle = started(replace(DIALOGUE, steps=(DIALOGUE.steps[0], step)))
    for number in range(count):
        said = RaisePetition(f"Việc {number}", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING)
        cycle = after(cycle, said, at("2026-04-07"))
    return after(cycle, CompleteStep("collect"), at("2026-04-08"))


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"rect", "line", "path"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_drawing_is_whole_escapes_names_and_leads_to_each_step() -> None:
    bars = [replace(BAR, name="<b>Thu & phát</b>", standing=standing) for standing in Standing]
    made = drawn(chart(bars, CALENDAR, TODAY), "vi", lambda standing, _: standing.value)
    tags = _Tags(made)
    assert tags.open == []
    assert tags.links == ["#a"] * len(Standing)
    assert "<b>Thu" not in made
    assert "&lt;b&gt;Thu &amp; phát" in made
