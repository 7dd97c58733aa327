"""Random (event, rule, layered calendar) triples, each answered a second time by walking from day to day.

The walk shares nothing with the calendar but the official days, which it reads one by one: a unit's own days are laid
over them here, months are added by `dateutil`, and every other answer comes from looking at one day after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from calendars import OutsideCalendar, OwnDay, WorkingCalendar, vietnam_office, vietnam_six_day, with_closures
from calendars.office_hours import VIETNAM
from calendars.rules import Before, By, DaysBefore, Due, Moment, On, Readings, Rule, Unit, Within, due

FIRST, LAST = date(2015, 1, 1), date(2050, 12, 31)
CALENDARS = 48
FARTHEST = 400
EVENTS_SINCE, EVENTS_DAYS = date(2015, 1, 5), 4740

Answer = tuple[date, date, datetime]
"""The due date, the safe date and the instant at which the limit ends (exclusive)."""


@dataclass(frozen=True, slots=True)
class Layered:
    """A calendar with own days over it, and for the walk the ordinals of its worked days and of its swapped ones."""

    calendar: WorkingCalendar
    worked: frozenset[int]
    swapped: frozenset[int]


@dataclass(frozen=True, slots=True)
class Triple:
    """An event's instant, a rule that counts from it, and the calendar; the readings are part of the rule."""

    at: datetime
    rule: Rule
    readings: Readings
    layered: Layered


@cache
def _official(six_day: bool) -> tuple[WorkingCalendar, frozenset[int], frozenset[int]]:
    calendar = vietnam_six_day() if six_day else vietnam_office()
    days = list(calendar.days(FIRST, LAST + timedelta(days=1)))
    worked = frozenset(day.date.toordinal() for day in days if day.working)
    return calendar, worked, frozenset(day.date.toordinal() for day in days if day.kind == "swap_work")


def layered_calendar(random: Random) -> Layered:
    """An official calendar with up to 200 days closed or opened at random, runs of closed days among them."""
    calendar, worked, swapped = _official(random.random() < 0.4)
    own: dict[date, OwnDay] = {}
    for _ in range(random.choice((0, 5, 40))):
        first, working = FIRST + timedelta(days=random.randrange(5200)), random.random() < 0.4
        for n in range(random.choice((1, 1, 1, 5, 12))):
            own[first + timedelta(days=n)] = OwnDay(first + timedelta(days=n), working, "thử")
    closed = {on.toordinal() for on, day in own.items() if not day.working}
    opened = {on.toordinal() for on, day in own.items() if day.working}
    laid = with_closures(calendar, own.values()) if own else calendar
    return Layered(laid, (worked - closed) | opened, swapped - closed)


def triples(random: Random, number: int) -> Iterator[Triple]:
    """So many triples over dozens of calendars, the same for the same `random`."""
    calendars = [layered_calendar(random) for _ in range(CALENDARS)]
    return (_triple(random, calendars) for _ in range(number))


def _triple(random: Random, calendars: Sequence[Layered]) -> Triple:
    on = EVENTS_SINCE + timedelta(days=random.randrange(EVENTS_DAYS))
    at = datetime.combine(on, time(random.randrange(24), random.choice((0, 30))), VIETNAM)
    readings = Readings(
        random.choice(("excluded", "included")), random.choice(("keep", "roll")), random.choice(("keep", "roll"))
    )
    return Triple(at, _rule(random, on), readings, random.choice(calendars))


def _rule(random: Random, on: date) -> Rule:
    n, unit = random.randint(1, random.choice((10, 60, FARTHEST))), random.choice(UNITS)
    kind = random.randrange(10)
    if kind < 5:
        return Within(n, unit, "E")
    if kind < 9:
        return DaysBefore(n, unit, "E")
    return random.choice((Before, By, On))(on)


UNITS = (Unit.WORKING_DAY, Unit.WORKING_DAY, *Unit)


def computed(triple: Triple) -> Answer | None:
    """What the calendar and the rule give; None where they refuse."""
    events = {"E": Moment(triple.at.date(), triple.at)}
    try:
        found: Due = due(triple.rule, triple.layered.calendar, events, triple.readings)
    except OutsideCalendar:
        return None
    return found.due_on, found.safe_on, found.due_at


def walked(triple: Triple) -> Answer | None:
    """The same the slow way; None where the walk leaves the calendar."""
    try:
        return _Walk(triple).answer()
    except _Left:
        return None


class _Left(Exception):
    """The walk left the calendar."""


class _Walk:
    def __init__(self, triple: Triple) -> None:
        self.triple = triple
        self.worked = triple.layered.worked

    def answer(self) -> Answer:
        rule = self.triple.rule
        if isinstance(rule, Within | DaysBefore):
            n = rule.n if isinstance(rule, Within) else -rule.n
            if rule.unit is Unit.HOUR:
                return self._hours(n)
            return self._forward(n, rule.unit) if n > 0 else self._back(-n, rule.unit)
        assert isinstance(rule, Before | By | On)
        return self._fixed(rule)

    def _hours(self, n: int) -> Answer:
        event = self.triple.at
        ends = event + timedelta(hours=n)
        last = (ends - timedelta(seconds=1)).date()
        safe = self._step(last.toordinal(), -1)
        return last, max(safe, event.date()) if n > 0 else safe, ends

    def _forward(self, n: int, unit: Unit) -> Answer:
        start = self.triple.at.date()
        if unit is Unit.WORKING_DAY:
            last = self._nth(start.toordinal(), n, 1)
        else:
            last = self._step(_shifted(start, n, unit).toordinal(), 1).toordinal()
        if self.triple.readings.period_on_worked_saturday == "roll":
            while last in self.triple.layered.swapped and date.fromordinal(last).weekday() >= 5:
                last = self._nth(last, 1, 1)
        elif last in self.triple.layered.swapped:
            self._after_swaps(last)
        return _ending(date.fromordinal(last), date.fromordinal(last))

    def _after_swaps(self, last: int) -> None:
        """The other reading is told too, so that it must lie within the calendar."""
        while last in self.triple.layered.swapped:
            last = self._nth(last, 1, 1)

    def _back(self, n: int, unit: Unit) -> Answer:
        event = self.triple.at.date()
        if unit is Unit.WORKING_DAY:
            last = date.fromordinal(self._nth(event.toordinal(), n, -1))
        else:
            last = _shifted(event, -n, unit)
        return _ending(last, self._step(last.toordinal(), -1))

    def _fixed(self, rule: Before | By | On) -> Answer:
        readings, last = self.triple.readings, rule.day
        if isinstance(rule, Before):
            self._rested(last)
            last -= timedelta(days=1)
            self._rested(last)
            if readings.before_date == "included":
                last = rule.day
        last = self._rested(last) if readings.fixed_date_on_rest_day == "roll" else last
        return _ending(last, self._step(last.toordinal(), -1))

    def _rested(self, day: date) -> date:
        return self._step(day.toordinal(), 1)

    def _nth(self, at: int, n: int, step: int) -> int:
        worked = self.worked
        while n:
            at += step
            if at in worked:
                n -= 1
            elif not LOW <= at <= HIGH:
                raise _Left
        return at

    def _step(self, at: int, step: int) -> date:
        """The first worked day from `at` on, itself included, in the direction of `step`."""
        while at not in self.worked:
            if not LOW <= at <= HIGH:
                raise _Left
            at += step
        return date.fromordinal(at)


LOW, HIGH = FIRST.toordinal(), LAST.toordinal()


def _shifted(day: date, n: int, unit: Unit) -> date:
    if unit is Unit.DAY:
        return day + timedelta(days=n)
    if unit is Unit.WEEK:
        return day + timedelta(weeks=n)
    months = n * {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
    shifted: date = day + relativedelta(months=months)
    return shifted


def _ending(last: date, safe: date) -> Answer:
    return last, safe, datetime.combine(last + timedelta(days=1), time(0), VIETNAM)
