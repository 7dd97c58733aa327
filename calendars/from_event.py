"""Limits that run from an event or back from it, and the event's own day.

Source: Bộ luật Dân sự 91/2015/QH13, arts. 147-148 (and 33/2005/QH11, arts. 152-153, before 2017): the day of the
event does not count; a period of days, weeks, months or years that ends on a rest day ends on the next working day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from calendars import account
from calendars.case import ICT, ONE_DAY, Case, choose, end_of, safe_day, shift
from calendars.due_date import Due, Moment, Proof, Reading, TraceDay
from calendars.periods import BeforeEvent, DaysBefore, SameDay, Unit, Within
from calendars.working_calendar import WorkingCalendar

_TOPIC: Final = {
    Unit.WORKING_DAY: "days",
    Unit.DAY: "days",
    Unit.WEEK: "weeks",
    Unit.MONTH: "months",
    Unit.QUARTER: "months",
    Unit.YEAR: "years",
}


def within(rule: Within, case: Case) -> Due:
    """«N ngày sau E»: the event's day does not count; off a rest day it rolls forward."""
    if rule.unit is Unit.HOUR:
        return replace(_hours(rule.n, rule.event, case), floor=rule.floor)
    start = case.moment(rule.event)
    nominal, ends = _end_of_period(rule, start.on, case)
    due_on, readings = _on_worked_saturday(ends, case)
    first = start.on + ONE_DAY
    if rule.unit is Unit.WORKING_DAY:
        days = partial(account.working_days, case.calendar, first, due_on, rule.n)
    else:
        days = partial(account.calendar_days, case.calendar, first, nominal, due_on)
    return Due(
        due_on,
        end_of(due_on),
        due_on,
        event_on=start.on,
        rolled=due_on != nominal,
        provisional=case.provisional(first, due_on),
        projected=start.projected,
        floor=rule.floor,
        readings=readings,
        proof=Proof(_topics(rule.unit, due_on != nominal), start.on, days),
    )


def _end_of_period(rule: Within, start: date, case: Case) -> tuple[date, date]:
    """The last day as counted, and the working day on which the period ends."""
    if rule.unit is Unit.WORKING_DAY:
        last = case.calendar.add(start, rule.n)
        return last, last
    nominal = shift(start, rule.n, rule.unit)
    return nominal, case.calendar.next_working(nominal)


def _topics(unit: Unit, rolled: bool) -> tuple[str, ...]:
    kinds = ("working_day", "public_holiday") if unit is Unit.WORKING_DAY else ()
    return ("event_day", _TOPIC[unit], *(("roll",) if rolled else ()), "midnight", *kinds)


def _on_worked_saturday(ends: date, case: Case) -> tuple[date, tuple[Reading, ...]]:
    """Whether a period may end on a Saturday worked for another day is disputed: both readings."""
    if not _worked_for_another(ends, case.calendar):
        return ends, ()
    later = ends
    while _worked_for_another(later, case.calendar):
        later = case.calendar.next_working(later + ONE_DAY)
    return choose("period_on_worked_saturday", {"keep": ends, "roll": later}, case.readings)


def _worked_for_another(day: date, calendar: WorkingCalendar) -> bool:
    return day.weekday() >= 5 and calendar.explain(day).kind == "swap_work"


def _hours(n: int, event: str, case: Case) -> Due:
    """Exactly `n` hours after (before, for n < 0) the instant of the event; rest days play no part."""
    at = case.instant(event)
    due_at = (at.astimezone(ZoneInfo("UTC")) + timedelta(hours=n)).astimezone(ICT)
    due_on = (due_at - timedelta(microseconds=1)).date()
    first, last = sorted((at.date(), due_on))
    return Due(
        due_on,
        due_at,
        safe_day(due_on, case, at.date() if n > 0 else date.min),
        event_on=at.date(),
        provisional=case.provisional(first, last),
        projected=case.moment(event).projected,
        proof=Proof(("hours",), at.date(), partial(_hour_days, case.calendar, first, last)),
    )


def _hour_days(calendar: WorkingCalendar, first: date, last: date) -> tuple[TraceDay, ...]:
    return account.only(calendar, account.days_between(first, last), "tính theo giờ")


def days_before(rule: DaysBefore, case: Case) -> Due:
    """«N ngày trước E»: the event's day does not count; on a rest day the safe day is the working day before."""
    if rule.unit is Unit.HOUR:
        return _hours(-rule.n, rule.event, case)
    event = case.moment(rule.event)
    if rule.unit is Unit.WORKING_DAY:
        return _back(case.calendar.add(event.on, -rule.n), event, case, only_working=True)
    return _back(shift(event.on, -rule.n, rule.unit), event, case, only_working=False)


def before_event(rule: BeforeEvent, case: Case) -> Due:
    """«trước khi E»: the day before it."""
    event = case.moment(rule.event)
    return _back(event.on - ONE_DAY, event, case, only_working=False)


def _back(due_on: date, event: Moment, case: Case, *, only_working: bool) -> Due:
    safe_on = safe_day(due_on, case)
    return Due(
        due_on,
        end_of(due_on),
        safe_on,
        event_on=event.on,
        provisional=case.provisional(safe_on, event.on - ONE_DAY),
        projected=event.projected,
        proof=Proof(
            ("event_day", "midnight", *(("working_day", "public_holiday") if only_working else ())),
            due_on,
            partial(account.backward, case.calendar, due_on, event.on, only_working),
        ),
    )


def same_day(rule: SameDay, case: Case) -> Due:
    """«ngay sau khi E»: the event's own day."""
    return event_day(case.moment(rule.event), case)


def event_day(event: Moment, case: Case) -> Due:
    """The event's own day, whatever day it is: what happens then cannot be done before it."""
    days = partial(account.only, case.calendar, (event.on,), "ngày của sự kiện")
    return Due(
        event.on,
        end_of(event.on),
        event.on,
        event_on=event.on,
        provisional=case.provisional(event.on, event.on),
        projected=event.projected,
        proof=Proof(("midnight",), event.on, days),
    )
