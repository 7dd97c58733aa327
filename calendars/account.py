"""The day-by-day account of a count: which days count, which do not, why, and by which source.

An account is always complete; whoever shows a long one may leave out its middle, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from calendars.day_table import WEEKDAYS, Day
from calendars.due_date import TraceDay
from calendars.working_calendar import WorkingCalendar


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def why(day: Day) -> str:
    """In Vietnamese, what kind of day it is."""
    if day.kind == "working":
        return "Ngày làm việc"
    if day.kind == "weekend" or not day.name:
        return WEEKDAYS[day.date.weekday()]
    return day.name


def working_days(calendar: WorkingCalendar, first: date, last: date, n: int) -> tuple[TraceDay, ...]:
    """From `first` to `last`: the first `n` working days count, the days after them lead to the day it rolled to."""
    rows, ordinal = [], 0
    for each in map(calendar.explain, days_between(first, last)):
        counts = each.working and ordinal < n
        ordinal += counts
        rows.append(_row(each, ordinal if counts else None, "" if counts or ordinal < n else _tail(each, last)))
    return tuple(rows)


def calendar_days(calendar: WorkingCalendar, first: date, nominal: date, last: date) -> tuple[TraceDay, ...]:
    """Every day from `first` to `nominal` counts, rest days too; those after it lead to the working day `last`."""
    rows = []
    for number, each in enumerate(map(calendar.explain, days_between(first, last)), start=1):
        if each.date <= nominal:
            rows.append(_row(each, number, _still(each, nominal, last)))
        else:
            rows.append(_row(each, None, _tail(each, last)))
    return tuple(rows)


def backward(calendar: WorkingCalendar, due_on: date, event_on: date, only_working: bool) -> tuple[TraceDay, ...]:
    """From the safe day through `due_on` to the day before the event, in the order of the calendar."""
    first, eve = min(due_on, calendar.previous_working(due_on)), event_on - timedelta(days=1)
    explained = [calendar.explain(day) for day in days_between(first, eve)]
    counting = [each.date >= due_on and (each.working or not only_working) for each in explained]
    rows, ordinal = [], sum(counting)
    for each, counts in zip(explained, counting, strict=True):
        note = "" if each.date >= due_on else _before_due(each)
        rows.append(_row(each, ordinal if counts else None, note or ("" if only_working else _still(each, None, None))))
        ordinal -= counts
    return tuple(rows)


def fixed(calendar: WorkingCalendar, first: date, last: date, beyond: tuple[date, str] | None) -> tuple[TraceDay, ...]:
    """Days fixed by the wording, from `first` to `last`; where `last` rests, from the safe day on.

    `beyond` is the day that the wording names and leaves out ("trước ngày D"), and why.
    """
    start = min(first, calendar.previous_working(last))
    rows = []
    for each in map(calendar.explain, days_between(start, last)):
        inside = each.date >= first
        rows.append(_row(each, (each.date - first).days + 1 if inside else None, "" if inside else _before_due(each)))
    if beyond is not None and beyond[0] > last:
        rows.append(_row(calendar.explain(beyond[0]), None, beyond[1]))
    return tuple(rows)


def only(calendar: WorkingCalendar, days: Iterable[date], note: str) -> tuple[TraceDay, ...]:
    """The days as they are, none of them counted one by one (hours, the event's own day)."""
    return tuple(_row(calendar.explain(day), None, note, counts=True) for day in days)


def _row(day: Day, ordinal: int | None, note: str, *, counts: bool | None = None) -> TraceDay:
    reason = f"{why(day)}: {note}" if note else why(day)
    return TraceDay(day.date, ordinal is not None if counts is None else counts, ordinal, reason, day.source)


def _still(day: Day, nominal: date | None, last: date | None) -> str:
    """The note on a day that counts although no work is done on it."""
    if day.working:
        return ""
    return "ngày cuối rơi vào ngày nghỉ" if day.date == nominal != last else "vẫn tính theo ngày lịch"


def _tail(day: Day, last: date) -> str:
    if day.date == last:
        return "ngày làm việc tiếp theo, thời hạn kết thúc"
    return "thời hạn chưa kết thúc"


def _before_due(day: Day) -> str:
    return "ngày an toàn" if day.working else "trước hạn"
