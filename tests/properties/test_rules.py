"""What holds for every period: it agrees with a walk from day to day, and it moves with its event."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars import WorkingCalendar, vietnam_office, vietnam_six_day
from calendars.layers import OwnDay, with_closures
from calendars.rules import (
    PLAN_START,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    Due,
    Moment,
    On,
    Readings,
    Rule,
    SameDay,
    Unit,
    Window,
    Within,
    Yearly,
    due,
)

ONE_DAY = timedelta(days=1)
OWN_DAYS = (
    OwnDay(date(2026, 3, 10), working=False, name="Nghỉ riêng"),
    OwnDay(date(2026, 5, 2), working=True, name="Trực"),
    OwnDay(date(2025, 11, 20), working=False, name="Nghỉ riêng"),
    OwnDay(date(2025, 11, 22), working=True, name="Trực"),
)
CALENDARS = (vietnam_office(), vietnam_six_day(), with_closures(vietnam_office(), OWN_DAYS, "riêng"))

calendars = st.sampled_from(CALENDARS)
starts = st.dates(date(2017, 6, 1), date(2026, 9, 1))
counted_units = st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER])
choices = st.builds(
    Readings,
    st.sampled_from(["excluded", "included"]),
    st.sampled_from(["keep", "roll"]),
    st.sampled_from(["keep", "roll"]),
)


def of(rule: Rule, calendar: WorkingCalendar, event: date, readings: Readings | None = None) -> Due:
    events = {"E": Moment(event), PLAN_START: Moment(event)}
    return due(rule, calendar, events, readings or Readings())


def nth_working_day(calendar: WorkingCalendar, start: date, n: int) -> date:
    """The slow way: one day at a time, by `is_working` alone."""
    step, left, day = (ONE_DAY, n, start) if n > 0 else (-ONE_DAY, -n, start)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def first_working_day(calendar: WorkingCalendar, day: date) -> date:
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


@given(calendars, starts, st.integers(1, 60))
def test_working_days_agree_with_a_walk_from_day_to_day(calendar: WorkingCalendar, start: date, n: int) -> None:
    assert of(Within(n, Unit.WORKING_DAY, "E"), calendar, start).due_on == nth_working_day(calendar, start, n)
    assert of(DaysBefore(n, Unit.WORKING_DAY, "E"), calendar, start).due_on == nth_working_day(calendar, start, -n)


@given(calendars, starts, st.integers(1, 200))
def test_calendar_days_agree_with_a_walk_from_day_to_day(calendar: WorkingCalendar, start: date, n: int) -> None:
    found = of(Within(n, Unit.DAY, "E"), calendar, start)
    assert found.due_on == first_working_day(calendar, start + timedelta(days=n))
    assert of(DaysBefore(n, Unit.DAY, "E"), calendar, start).due_on == start - timedelta(days=n)


def test_many_triples_agree_with_a_walk_from_day_to_day() -> None:
    """Twenty thousand (event, rule, calendar) triples, the same each time."""
    random = Random(188)
    for _ in range(20_000):
        calendar = random.choice(CALENDARS)
        start = date(2015, 3, 1) + timedelta(days=random.randrange(4200))
        n = random.randrange(1, 31)
        if random.random() < 0.5:
            assert of(Within(n, Unit.WORKING_DAY, "E"), calendar, start).due_on == nth_working_day(calendar, start, n)
        else:
            last = first_working_day(calendar, start + timedelta(days=n))
            assert of(Within(n, Unit.DAY, "E"), calendar, start).due_on == last


@given(calendars, starts, st.integers(1, 40), counted_units, choices)
def test_due_never_falls_as_the_event_grows(
    calendar: WorkingCalendar, start: date, n: int, unit: Unit, readings: Readings
) -> None:
    for rule in (Within(n, unit, "E"), DaysBefore(min(n, 8), unit, "E"), BeforeEvent("E"), SameDay("E")):
        first, second = (of(rule, calendar, day, readings) for day in (start, start + ONE_DAY))
        assert first.due_on <= second.due_on
        assert first.due_at <= second.due_at


@given(calendars, starts, st.integers(1, 12), st.integers(1, 31), st.booleans())
def test_a_yearly_duty_never_falls_before_its_start(
    calendar: WorkingCalendar, start: date, month: int, day: int, included: bool
) -> None:
    rule = Yearly(month, min(day, 28), included)
    first, second = (of(rule, calendar, each) for each in (start, start + ONE_DAY))
    assert start <= first.due_on <= second.due_on <= start + timedelta(days=367)


@given(calendars, starts, st.integers(1, 40), counted_units)
def test_one_unit_more_is_never_due_earlier(calendar: WorkingCalendar, start: date, n: int, unit: Unit) -> None:
    assert of(Within(n, unit, "E"), calendar, start).due_on <= of(Within(n + 1, unit, "E"), calendar, start).due_on


@given(calendars, starts, st.integers(1, 40), counted_units, choices)
def test_a_period_ends_on_a_working_day_and_a_safe_day_is_one(
    calendar: WorkingCalendar, start: date, n: int, unit: Unit, readings: Readings
) -> None:
    found = of(Within(n, unit, "E"), calendar, start, readings)
    assert calendar.is_working(found.due_on)
    assert found.safe_on == found.due_on
    for rule in (By(start), On(start), Before(start), DaysBefore(min(n, 8), unit, "E")):
        fixed = of(rule, calendar, start, readings)
        assert calendar.is_working(fixed.safe_on)
        assert fixed.safe_on == fixed.due_on or not calendar.is_working(fixed.due_on)


@given(calendars, starts, st.integers(1, 40), counted_units)
def test_the_account_counts_what_the_rule_says(calendar: WorkingCalendar, start: date, n: int, unit: Unit) -> None:
    found = of(Within(n, unit, "E"), calendar, start)
    if (found.due_on - start).days > 400:
        return
    ordinals = [each.ordinal for each in found.trace if each.counts]
    assert [each.day for each in found.trace] == [
        start + timedelta(days=i) for i in range(1, (found.due_on - start).days + 1)
    ]
    assert ordinals == list(range(1, len(ordinals) + 1))
    if unit in (Unit.WORKING_DAY, Unit.DAY):
        assert len(ordinals) == n


@given(calendars, starts, st.integers(1, 60), st.sampled_from([Unit.WORKING_DAY, Unit.DAY]))
def test_the_account_counting_back_counts_as_many(calendar: WorkingCalendar, start: date, n: int, unit: Unit) -> None:
    found = of(DaysBefore(n, unit, "E"), calendar, start)
    assert [each.ordinal for each in found.trace if each.counts] == list(range(n, 0, -1))
    assert found.trace[-1].day == start - ONE_DAY


@given(calendars, starts, st.integers(0, 90), choices)
def test_every_reading_offered_is_what_choosing_it_gives(
    calendar: WorkingCalendar, start: date, length: int, readings: Readings
) -> None:
    for rule in (Before(start), By(start), Window(start, start + timedelta(days=length)), Within(5, Unit.DAY, "E")):
        for each in of(rule, calendar, start, readings).readings:
            name, choice = each.name.split(": ")
            chosen = of(rule, calendar, start, _with(readings, name, choice))
            assert chosen.due_on == each.due_on
            assert each.chosen == (getattr(readings, name) == choice)


def _with(readings: Readings, name: str, choice: str) -> Readings:
    chosen = {
        each: getattr(readings, each) for each in ("before_date", "fixed_date_on_rest_day", "period_on_worked_saturday")
    }
    return Readings(**(chosen | {name: choice}))


@pytest.mark.parametrize(("n", "unit"), [(10, Unit.WORKING_DAY), (15, Unit.WORKING_DAY)])
@given(starts)
def test_a_swap_inside_a_window_leaves_its_end_unchanged(n: int, unit: Unit, start: date) -> None:
    calendar = vietnam_office()
    plain = of(Within(n, unit, "E"), calendar, start)
    inside = [start + timedelta(days=i) for i in range(1, (plain.due_on - start).days)]
    off = next(day for day in inside if calendar.is_working(day))
    rest = next((day for day in inside if day.weekday() == 5 and not calendar.is_working(day)), None)
    if rest is None:
        return
    swap = (OwnDay(off, working=False, name="Nghỉ"), OwnDay(rest, working=True, name="Làm bù"))
    assert of(Within(n, unit, "E"), with_closures(calendar, swap), start).due_on == plain.due_on


@given(starts, st.integers(1, 60), st.data())
def test_a_closure_never_makes_a_limit_earlier(start: date, n: int, data: st.DataObject) -> None:
    calendar = vietnam_office()
    closed = data.draw(st.dates(start, start + timedelta(days=2 * n + 10)))
    closure = with_closures(calendar, [OwnDay(closed, working=False, name="Nghỉ")])
    rule = Within(n, Unit.WORKING_DAY, "E")
    assert of(rule, calendar, start).due_on <= of(rule, closure, start).due_on
