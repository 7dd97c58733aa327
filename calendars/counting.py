"""The arithmetic of periods: a rule, a calendar and the days of the events give a `Due`.

Source: Bộ luật Dân sự 91/2015/QH13, arts. 147-148 (and 33/2005/QH11, arts. 152-153, before 2017): the day of the
event does not count; a period of days, weeks, months or years that ends on a rest day ends on the next working day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from calendars import account
from calendars.due_date import Due, EventUnknown, HourUnknown, Moment, Proof, Reading, Readings, TraceDay, Undatable
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
    RuleError,
    SameDay,
    Span,
    Unit,
    Window,
    Within,
    Yearly,
    event_date,
)
from calendars.working_calendar import WorkingCalendar

ICT: Final = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY: Final = timedelta(days=1)
_MONTHS: Final = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAYS: Final = {Unit.DAY: 1, Unit.WEEK: 7}
_TOPIC: Final = {
    Unit.WORKING_DAY: "days",
    Unit.DAY: "days",
    Unit.WEEK: "weeks",
    Unit.MONTH: "months",
    Unit.QUARTER: "months",
    Unit.YEAR: "years",
}


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule is applied to."""

    calendar: WorkingCalendar
    events: Mapping[str, Moment]
    readings: Readings

    def moment(self, event: str) -> Moment:
        """When the event happens. Raises `EventUnknown`."""
        known = self.events.get(event)
        if known is not None:
            return known
        stated = event_date(event)
        if stated is None:
            raise EventUnknown(event)
        return Moment(stated)

    def instant(self, event: str) -> datetime:
        """The instant of the event, in local time. Raises `EventUnknown`, or `HourUnknown` when only its day is known."""
        at = self.moment(event).at
        if at is None:
            raise HourUnknown(event)
        return at.astimezone(ICT)

    def provisional(self, first: date, last: date) -> bool:
        """Whether a day from `first` to `last`, both included, rests on no decision."""
        return any(self.calendar.explain(day).provisional for day in account.days_between(first, last))


def end_of(day: date) -> datetime:
    """24:00 of the day, exclusive, in Asia/Ho_Chi_Minh."""
    return datetime.combine(day + ONE_DAY, time(), ICT)


def add_months(day: date, n: int) -> date:
    """The same day `n` months on (back for n < 0), or the last day of that month if it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(n)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, monthrange(year, month)[1])


def shift(day: date, n: int, unit: Unit) -> date:
    """`n` calendar units after `day` (before, for n < 0), counted from it in one step so that months do not drift."""
    if unit in _MONTHS:
        return add_months(day, n * _MONTHS[unit])
    return day + timedelta(days=n * _DAYS[unit])


def compute(rule: Rule, case: Case) -> Due:
    """The due date of `rule`. Raises `EventUnknown`, `Undatable`, `RuleError`, and the calendar's own errors."""
    found = _BY_TYPE.get(type(rule))
    if found is None:
        raise Undatable(rule)
    try:
        return found(rule, case)
    except OverflowError:
        raise RuleError("Thời hạn quá dài: ngày cuối nằm ngoài lịch.") from None


# ── periods that run from an event ────────────────────────────────────────────────────────────────────────────


def _within(rule: Within, case: Case) -> Due:
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
    return _choose("period_on_worked_saturday", {"keep": ends, "roll": later}, case.readings)


def _worked_for_another(day: date, calendar: WorkingCalendar) -> bool:
    return day.weekday() >= 5 and calendar.explain(day).kind == "swap_work"


def _choose(name: str, days: dict[str, date], readings: Readings) -> tuple[date, tuple[Reading, ...]]:
    """The day of the reading chosen, and all of them."""
    choice: str = getattr(readings, name)
    return days[choice], tuple(Reading(f"{name}: {each}", day, each == choice) for each, day in days.items())


def _hours(n: int, event: str, case: Case) -> Due:
    """Exactly `n` hours after (before, for n < 0) the instant of the event; rest days play no part."""
    at = case.instant(event)
    due_at = (at.astimezone(ZoneInfo("UTC")) + timedelta(hours=n)).astimezone(ICT)
    due_on = (due_at - timedelta(microseconds=1)).date()
    first, last = sorted((at.date(), due_on))
    return Due(
        due_on,
        due_at,
        _safe(due_on, case, at.date() if n > 0 else date.min),
        event_on=at.date(),
        provisional=case.provisional(first, last),
        projected=case.moment(event).projected,
        proof=Proof(("hours",), at.date(), partial(_hour_days, case.calendar, first, last)),
    )


def _hour_days(calendar: WorkingCalendar, first: date, last: date) -> tuple[TraceDay, ...]:
    return account.only(calendar, account.days_between(first, last), "tính theo giờ")


def _days_before(rule: DaysBefore, case: Case) -> Due:
    if rule.unit is Unit.HOUR:
        return _hours(-rule.n, rule.event, case)
    event = case.moment(rule.event)
    if rule.unit is Unit.WORKING_DAY:
        return _back(case.calendar.add(event.on, -rule.n), event, case, only_working=True)
    return _back(shift(event.on, -rule.n, rule.unit), event, case, only_working=False)


def _before_event(rule: BeforeEvent, case: Case) -> Due:
    event = case.moment(rule.event)
    return _back(event.on - ONE_DAY, event, case, only_working=False)


def _back(due_on: date, event: Moment, case: Case, *, only_working: bool) -> Due:
    safe_on = _safe(due_on, case)
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


def _same_day(rule: SameDay, case: Case) -> Due:
    return _event_day(case.moment(rule.event), case)


def _event_day(event: Moment, case: Case) -> Due:
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


def _safe(due_on: date, case: Case, not_before: date = date.min) -> date:
    return max(case.calendar.previous_working(due_on), not_before)


# ── days the wording fixes ────────────────────────────────────────────────────────────────────────────────────


def _fixed(case: Case, last: date, *, first: date | None = None, named: date | None = None) -> Due:
    """A day the wording fixes: it stays on a rest day, flagged by its safe day, unless the reading is to roll."""
    due_on, readings = _on_rest_day(last, case)
    safe_on = _safe(due_on, case)
    days = partial(account.fixed, case.calendar, first or due_on, due_on, named)
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
    return _choose("fixed_date_on_rest_day", {"keep": day, "roll": case.calendar.next_working(day)}, case.readings)


def _until(due: Due, clock: time | None) -> Due:
    """The same, ending at a clock time of its day."""
    return due if clock is None else replace(due, due_at=datetime.combine(due.due_on, clock, ICT))


def _before(rule: Before, case: Case) -> Due:
    return _before_day(rule.day, case)


def _before_day(day: date, case: Case) -> Due:
    ends = {"excluded": _fixed(case, day - ONE_DAY, named=day), "included": _fixed(case, day)}
    chosen = ends[case.readings.before_date]
    _, readings = _choose("before_date", {name: due.due_on for name, due in ends.items()}, case.readings)
    return replace(chosen, readings=readings + chosen.readings)


def _by(rule: By, case: Case) -> Due:
    return _until(_fixed(case, rule.day), case.readings.office_closes if rule.closing else rule.clock)


def _on(rule: On, case: Case) -> Due:
    return _fixed(case, rule.day, first=rule.day)


def _window(rule: Window, case: Case) -> Due:
    return _until(_fixed(case, rule.until, first=rule.since), rule.clock)


def _span(rule: Span, case: Case) -> Due:
    if rule.until is None:
        raise Undatable(rule)
    since = rule.since if isinstance(rule.since, date) else case.moment(rule.since).on
    if isinstance(rule.until, date):
        due = _fixed(case, rule.until, first=since)
    else:
        due = replace(_event_day(case.moment(rule.until), case), opens_on=since)
    if due.due_on < since:
        raise RuleError(f"Khoảng thời gian kết thúc ({due.due_on:%d/%m/%Y}) trước khi bắt đầu ({since:%d/%m/%Y}).")
    return due


def _month(rule: Month, case: Case) -> Due:
    return _fixed(case, last_of_month(rule.year, rule.month), first=date(rule.year, rule.month, 1))


def _quarter(rule: Quarter, case: Case) -> Due:
    month = rule.quarter * 3
    return _fixed(case, last_of_month(rule.year, month), first=date(rule.year, month - 2, 1))


# ── duties that come back ─────────────────────────────────────────────────────────────────────────────────────


def _yearly(rule: Yearly, case: Case) -> Due:
    """The first of its days on or after the plan's start."""
    start = case.moment(PLAN_START)
    for year in (start.on.year, start.on.year + 1):
        day = date(year, rule.month, min(rule.day, monthrange(year, rule.month)[1]))
        due = _fixed(case, day) if rule.included else _before_day(day, case)
        if due.due_on >= start.on:
            break
    return replace(due, event_on=start.on, projected=start.projected)


def _recurring(rule: Recurring, case: Case) -> Due:
    return _within(Within(rule.every, rule.unit, PLAN_START if rule.event is None else rule.event), case)


def _monthly_weekday(rule: MonthlyWeekday, case: Case) -> Due:
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


# ── the earliest and the latest of several ────────────────────────────────────────────────────────────────────


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
    return _pick(dues, min(dues, key=_when))


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
    return replace(chosen, provisional=any(due.provisional for due in dues), readings=chosen.readings + parts)


_BY_TYPE: Final[dict[type[Any], Callable[[Any, Case], Due]]] = {
    Within: _within,
    DaysBefore: _days_before,
    Before: _before,
    By: _by,
    On: _on,
    Window: _window,
    Span: _span,
    Month: _month,
    Quarter: _quarter,
    Yearly: _yearly,
    Recurring: _recurring,
    MonthlyWeekday: _monthly_weekday,
    SameDay: _same_day,
    BeforeEvent: _before_event,
    FirstOf: _first_of,
    LastOf: _last_of,
}
