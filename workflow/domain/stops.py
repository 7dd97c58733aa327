"""Periods that stood still for a time: longer by exactly the days stopped, and accounted for day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from calendars.case import shift
from calendars.rules import Due, TraceDay, Unit, Within
from calendars.working_calendar import WorkingCalendar

Span = tuple[date, date | None]
"""The days [since, until) on which a clock stood still; None: it still does."""

DAY_STOPPED = "tạm dừng tính thời hạn"
_ONE_DAY = timedelta(days=1)
_HOURS = 24


def prolonged(rule: Within, stops: tuple[Span, ...], event_on: date, calendar: WorkingCalendar) -> Within:
    """The period with the days stopped added: working days to working days, else calendar days.

    Days up to the event's own are no part of the period, so standing still on them adds nothing.
    """
    spans = list(_after(event_on, stops))
    days = sum((until - since).days for since, until in spans)
    if not days:
        return rule
    match rule.unit:
        case Unit.WORKING_DAY:
            return replace(rule, n=rule.n + sum(calendar.count(since, until) for since, until in spans))
        case Unit.DAY:
            return replace(rule, n=rule.n + days)
        case Unit.HOUR:
            return replace(rule, n=rule.n + _HOURS * days)
        case unit:
            return replace(rule, n=(shift(event_on, rule.n, unit) - event_on).days + days, unit=Unit.DAY)


def accounted(limit: Due, stops: tuple[Span, ...]) -> Due:
    """The same limit, with the days stopped told as such in its account."""
    if not stops:
        return limit
    return replace(limit, proof=replace(limit.proof, days=partial(_without, limit.proof.days, stops)))


def _after(event_on: date, stops: tuple[Span, ...]) -> Iterator[tuple[date, date]]:
    for since, until in stops:
        first = max(since, event_on + _ONE_DAY)
        if until is not None and first < until:
            yield first, until


def _without(days: Callable[[], tuple[TraceDay, ...]], stops: tuple[Span, ...]) -> tuple[TraceDay, ...]:
    found: list[TraceDay] = []
    ordinal = 0
    for day in days():
        stopped = any(since <= day.day and (until is None or day.day < until) for since, until in stops)
        if day.counts and stopped:
            found.append(replace(day, counts=False, ordinal=None, reason=DAY_STOPPED, source=None))
            continue
        ordinal += day.counts
        found.append(replace(day, ordinal=ordinal) if day.ordinal is not None else day)
    return tuple(found)
