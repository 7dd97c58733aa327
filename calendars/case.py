"""What a rule is applied to, and the arithmetic of days that all rules share."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from calendars.due_date import EventUnknown, HourUnknown, Moment, Reading, Readings
from calendars.office_hours import VIETNAM
from calendars.periods import Unit, event_date
from calendars.working_calendar import WorkingCalendar

ICT: Final = VIETNAM
ONE_DAY: Final = timedelta(days=1)
_MONTHS: Final = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAYS: Final = {Unit.DAY: 1, Unit.WEEK: 7}


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
        return self.calendar.is_provisional_within(first, last + ONE_DAY)


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


def choose(name: str, days: dict[str, date], readings: Readings) -> tuple[date, tuple[Reading, ...]]:
    """The day of the reading chosen, and all of them."""
    choice: str = getattr(readings, name)
    return days[choice], tuple(Reading(f"{name}: {each}", day, each == choice) for each, day in days.items())


def safe_day(due_on: date, case: Case, not_before: date = date.min) -> date:
    """The last working day on or before `due_on`, but no earlier than `not_before`."""
    return max(case.calendar.previous_working(due_on), not_before)
