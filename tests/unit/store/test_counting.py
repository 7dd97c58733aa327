"""No limit moves with a day that it is not said to count over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendars.layers import OwnDay, with_closures
from calendars.rules import (
    Before,
    By,
    DaysBefore,
    FirstOf,
    LastOf,
    Month,
    Quarter,
    Rule,
    SameDay,
    Span,
    Unit,
    Window,
    Within,
)
from calendars.working_calendar import WorkingCalendar
from tests.builders import DIALOGUE, after, at, office_terms, started
from workflow.domain.commands import CompleteStep, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.definition import StepDefinition, StepKind
from workflow.domain.due import deadlines
from workflow.store.counting import counted_over

CALENDAR = office_terms().calendar
FIRST, LAST = date(2026, 3, 1), date(2026, 8, 1)

RULES: tuple[Rule, ...] = (
    Within(10, Unit.WORKING_DAY, "meeting_day"),
    Within(10, Unit.WORKING_DAY, "start"),
    Within(20, Unit.DAY, "start"),
    Within(1, Unit.MONTH, "start"),
    Within(30, Unit.HOUR, "start"),
    DaysBefore(7, Unit.WORKING_DAY, "meeting"),
    DaysBefore(7, Unit.DAY, "meeting"),
    Before(date(2026, 5, 4)),
    By(date(2026, 5, 2)),
    By(date(2026, 4, 26)),
    Window(date(2026, 4, 20), date(2026, 5, 1)),
    Month(2026, 5),
    Quarter(2026, 2),
    SameDay("meeting"),
    Span("start", date(2026, 5, 3)),
    FirstOf((By(date(2026, 5, 2)), Within(12, Unit.WORKING_DAY, "start"))),
    LastOf((By(date(2026, 4, 20)), Within(12, Unit.WORKING_DAY, "start"))),
    Within(3, Unit.WORKING_DAY, "r1"),
    DaysBefore(3, Unit.WORKING_DAY, "r7"),
)
MANY = replace(
    DIALOGUE,
    steps=(
        *DIALOGUE.steps,
        *(StepDefinition(f"r{n}", StepKind.OTHER, f"Việc {n}", due=rule) for n, rule in enumerate(RULES)),
    ),
)


def stages() -> Iterator[Cycle]:
    """A plan with many kinds of limit, before its meeting has a day, with a day, and after some ends."""
    cycle = started(MANY)
    yield cycle
    cycle = after(cycle, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    yield cycle
    cycle = after(cycle, CompleteStep("collect", date(2026, 4, 22)), at("2026-04-22", "17:30"))
    yield after(cycle, CompleteStep("r1", date(2026, 4, 24)), at("2026-04-24", "17:30"))


def changed(day: date) -> WorkingCalendar:
    """The calendar with one day turned from worked to off, or back."""
    return with_closures(CALENDAR, [OwnDay(day, working=not CALENDAR.is_working(day), name="đổi")])


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_a_limit_that_moves_when_a_day_changes_counts_over_that_day(stage: int) -> None:
    cycle = list(stages())[stage]
    before = deadlines(cycle.plan, cycle.facts, CALENDAR)
    windows = {key: counted_over(cycle, step) for key, step in cycle.steps.items() if step.deadline is not None}
    moved = 0
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)):
        now = deadlines(cycle.plan, cycle.facts, changed(day))
        for key, (since, until) in windows.items():
            old, new = before[key], now[key]
            if cycle.steps[key].ended or old is None or new is None:
                continue
            if (old.due_at, old.safe_on) != (new.due_at, new.safe_on):
                moved += 1
                assert since is not None, key
                assert until is not None, key
                assert since <= day < until, (key, day)
    assert moved > 50


def test_a_firm_period_counts_over_no_more_than_its_days() -> None:
    cycle = list(stages())[1]
    assert counted_over(cycle, cycle.steps["r1"]) == (date(2026, 4, 6), date(2026, 4, 21))
    assert counted_over(cycle, cycle.steps["r5"]) == (date(2026, 5, 6), date(2026, 5, 16))


def test_what_has_ended_or_has_no_limit_counts_over_nothing() -> None:
    cycle = list(stages())[2]
    assert counted_over(cycle, cycle.steps["r1"]) == (None, None)
    assert counted_over(cycle, replace(cycle.steps["r2"], deadline=None)) == (None, None)
