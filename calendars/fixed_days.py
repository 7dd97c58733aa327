"""Limits on days that the wording fixes, and duties that come back.

No rule of the Civil Code moves a day that was fixed: on a rest day it stays, unless the reading chosen is to roll.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from calendars import account
from calendars.case import ICT, ONE_DAY, Case, add_months, choose, end_of, last_of_month, safe_day
from calendars.due_date import Due, Proof, Reading, Undatable
from calendars.from_event import event_day, within
from calendars.periods import (
    PLAN_START,
    Before,
    By,
    Month,
    MonthlyWeekday,
    On,
    Quarter,
    Recurring,
    Span,
    Window,
    Within,
    Yearly,
)
from calendars.sound_rules import WindowReversed


def _fixed(
    case: Case,
    last: date,
    *,
    first: date | None = None,
    named: date | None = None,
    note: str = "ngày nêu sau chữ «trước ngày», không tính",
) -> Due:
    """A day the wording fixes: it stays on a rest day, flagged by its safe day, unless the reading is to roll.

    `named` is the day that the wording names and leaves out, `note` why.
    """
    due_on, readings = _on_rest_day(last, case)
    safe_on = safe_day(due_on, case)
    days = partial(account.fixed, case.calendar, first or due_on, due_on, (named, note) if named else None)
    return Due(
        due_on,
        end_of(due_on),
        safe_on,
        opens_on=first,
        rolled=due_on != last,
        provisional=case.provisional(min(safe_on, last), due_on),
        readings=readings,
        proof=Proof(("midnight",), last, days),
    )


def _on_rest_day(day: date, case: Case) -> tuple[date, tuple[Reading, ...]]:
    if case.calendar.is_working(day):
        return day, ()
    return choose("fixed_date_on_rest_day", {"keep": day, "roll": case.calendar.next_working(day)}, case.readings)


def _until(case: Case, last: date, clock: time | None, *, first: date | None = None) -> Due:
    """A fixed day, ending at a clock time where one is named; 0 giờ of a day is 24 giờ of the day before."""
    if clock == time():
        return _fixed(case, last - ONE_DAY, first=first, named=last, note="thời hạn hết khi ngày này bắt đầu (0 giờ)")
    return _ending(_fixed(case, last, first=first), clock)


def _ending(due: Due, clock: time | None) -> Due:
    """The same, ending at a clock time of its day."""
    return due if clock is None else replace(due, due_at=datetime.combine(due.due_on, clock, ICT))


def before(rule: Before, case: Case) -> Due:
    """«trước ngày D»."""
    return _before_day(rule.day, case)


def _before_day(day: date, case: Case) -> Due:
    ends = {"excluded": _fixed(case, day - ONE_DAY, named=day), "included": _fixed(case, day)}
    chosen = ends[case.readings.before_date]
    _, readings = choose("before_date", {name: due.due_on for name, due in ends.items()}, case.readings)
    return replace(chosen, readings=readings + chosen.readings)


def by(rule: By, case: Case) -> Due:
    """«chậm nhất ngày D», to a clock time or the end of office hours where one is named."""
    if not rule.closing:
        return _until(case, rule.day, rule.clock)
    due = _fixed(case, rule.day)
    return _ending(due, case.readings.closing_on(due.safe_on))


def on(rule: On, case: Case) -> Due:
    """«ngày D»: to the end of the day; a clock time is when it begins, not a limit."""
    return _fixed(case, rule.day, first=rule.day)


def window(rule: Window, case: Case) -> Due:
    """«từ ngày A đến ngày B»."""
    return _until(case, rule.until, rule.clock, first=rule.since)


def span(rule: Span, case: Case) -> Due:
    """A window one end of which is an event; on the event's own day nothing rolls. Raises `Undatable` when it is open."""
    if rule.until is None:
        raise Undatable(rule)
    since = rule.since if isinstance(rule.since, date) else case.moment(rule.since).on
    if isinstance(rule.until, date):
        due = _fixed(case, rule.until, first=since)
    else:
        due = replace(event_day(case.moment(rule.until), case), opens_on=since)
    if due.due_on < since:
        raise WindowReversed(since=since, until=due.due_on)
    return due


def month(rule: Month, case: Case) -> Due:
    """«trong tháng M/Y»."""
    return _fixed(case, last_of_month(rule.year, rule.month), first=date(rule.year, rule.month, 1))


def quarter(rule: Quarter, case: Case) -> Due:
    """«quý Q/Y»."""
    month = rule.quarter * 3
    return _fixed(case, last_of_month(rule.year, month), first=date(rule.year, month - 2, 1))


def yearly(rule: Yearly, case: Case) -> Due:
    """The first of its days on or after the plan's start."""
    start = case.moment(PLAN_START)
    for year in (start.on.year, start.on.year + 1):
        day = date(year, rule.month, min(rule.day, monthrange(year, rule.month)[1]))
        due = _fixed(case, day) if rule.included else _before_day(day, case)
        if due.due_on >= start.on:
            break
    return replace(due, event_on=start.on, projected=start.projected)


def recurring(rule: Recurring, case: Case) -> Due:
    """«06 tháng một lần»: the first time, counted like a period."""
    return within(Within(rule.every, rule.unit, PLAN_START if rule.event is None else rule.event), case)


def monthly_weekday(rule: MonthlyWeekday, case: Case) -> Due:
    """The first such weekday on or after the plan's start."""
    start = case.moment(PLAN_START)
    months = (add_months(start.on.replace(day=1), ahead) for ahead in (0, 1))
    day = next(day for day in (weekday_of_month(first, rule) for first in months) if day >= start.on)
    return replace(_fixed(case, day, first=day), event_on=start.on, projected=start.projected)


def weekday_of_month(first: date, rule: MonthlyWeekday) -> date:
    """The day of the month beginning on `first` that the rule names."""
    if rule.week > 0:
        return first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 7 * (rule.week - 1))
    last = last_of_month(first.year, first.month)
    return last - timedelta(days=(last.weekday() - rule.weekday) % 7)
