"""From a rule to its due date: which computation each kind of rule has, and the earliest and latest of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from heapq import merge
from itertools import count, groupby
from typing import Any, Final

from calendars import fixed_days, from_event
from calendars.case import ONE_DAY, Case
from calendars.due_date import Due, EventUnknown, Moment, Reading, TooLong, Undatable
from calendars.periods import (
    PLAN_START,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    FirstOf,
    LastOf,
    Month,
    MonthlyWeekday,
    On,
    Quarter,
    Recurring,
    Rule,
    SameDay,
    Span,
    Window,
    Within,
    Yearly,
)


def compute(rule: Rule, case: Case) -> Due:
    """The due date of `rule`. Raises `EventUnknown`, `Undatable`, `RuleError`, and the calendar's own errors."""
    found = _BY_TYPE.get(type(rule))
    if found is None:
        raise Undatable(rule)
    try:
        return found(rule, case)
    except OverflowError:
        raise TooLong from None


def occurrences(rule: Rule, case: Case, until: date) -> Iterator[Due]:
    """Every due date of a duty that comes back, up to `until` included, in order; the only one of any other rule."""
    for due in _series(rule, case):
        if due.due_on > until:
            return
        yield due


def _series(rule: Rule, case: Case) -> Iterator[Due]:
    """Its due dates in order, without end where it comes back; of several duties that do, those of each, none twice."""
    if isinstance(rule, Recurring | Yearly | MonthlyWeekday):
        yield from _every(rule, case)
    elif isinstance(rule, FirstOf) and all(map(_comes_back, rule.rules)):
        dues = merge(*(_series(part, case) for part in rule.rules), key=_when)
        yield from (next(same) for _, same in groupby(dues, key=_when))
    else:
        yield compute(rule, case)


def _comes_back(rule: Rule) -> bool:
    if isinstance(rule, FirstOf):
        return all(map(_comes_back, rule.rules))
    return isinstance(rule, Recurring | Yearly | MonthlyWeekday)


def _every(rule: Recurring | Yearly | MonthlyWeekday, case: Case) -> Iterator[Due]:
    """Without end. Months are added from the origin each time, so that they do not drift."""
    if isinstance(rule, Recurring):
        event = PLAN_START if rule.event is None else rule.event
        for times in count(1):
            yield compute(Within(rule.every * times, rule.unit, event), case)
    start = case.moment(PLAN_START)
    since = start
    while True:
        due = compute(rule, replace(case, events={PLAN_START: since}))
        yield replace(due, event_on=start.on)
        since = Moment(due.due_on + ONE_DAY, projected=start.projected)


def _first_of(rule: FirstOf, case: Case) -> Due:
    """The earliest of those that can be told: what waits for an event not known yet has not come."""
    dues, unknown = [], None
    for part in rule.rules:
        try:
            dues.append(compute(part, case))
        except Undatable:
            continue
        except EventUnknown as error:
            unknown = unknown or error
    if not dues:
        raise unknown or Undatable(rule)
    found = _pick(dues, min(dues, key=_when))
    return found if unknown is None else replace(found, projected=True)


def _last_of(rule: LastOf, case: Case) -> Due:
    """The latest of them all; a part from which no date follows does not delay it."""
    dues = []
    for part in rule.rules:
        try:
            dues.append(compute(part, case))
        except Undatable:
            continue
    if not dues:
        raise Undatable(rule)
    return _pick(dues, max(dues, key=_when))


def _when(due: Due) -> datetime:
    return due.due_at


def _pick(dues: list[Due], chosen: Due) -> Due:
    """The chosen one, the others beside it among its readings."""
    if len(dues) == 1:
        return chosen
    parts = tuple(Reading(f"part: {number}", due.due_on, due is chosen) for number, due in enumerate(dues, start=1))
    return replace(
        chosen,
        provisional=any(due.provisional for due in dues),
        projected=any(due.projected for due in dues),
        readings=chosen.readings + parts,
    )


_BY_TYPE: Final[dict[type[Any], Callable[[Any, Case], Due]]] = {
    Within: from_event.within,
    DaysBefore: from_event.days_before,
    Before: fixed_days.before,
    By: fixed_days.by,
    On: fixed_days.on,
    Window: fixed_days.window,
    Span: fixed_days.span,
    Month: fixed_days.month,
    Quarter: fixed_days.quarter,
    Yearly: fixed_days.yearly,
    Recurring: fixed_days.recurring,
    MonthlyWeekday: fixed_days.monthly_weekday,
    SameDay: from_event.same_day,
    BeforeEvent: from_event.before_event,
    FirstOf: _first_of,
    LastOf: _last_of,
}
