"""A year of a working calendar as twelve months of weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendars.working_calendar import Day, WorkingCalendar


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month: weeks from Monday to Sunday, None where a day belongs to another month."""

    number: int
    weeks: Sequence[Sequence[Day | None]]
    working_days: int


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year: its months, and the days that the week alone does not explain. `first` … `last`: years covered."""

    year: int
    months: Sequence[MonthGrid]
    special: Sequence[Day]
    working_days: int
    provisional: bool
    first: int
    last: int


def calendar_year(calendar: WorkingCalendar, year: int) -> CalendarYear:
    """The year of a calendar. Raises `OutsideCalendar` for a year that it does not cover."""
    days = list(calendar.days(date(year, 1, 1), date(year + 1, 1, 1)))
    months = [_grid(number, list(found)) for number, found in groupby(days, key=lambda day: day.date.month)]
    return CalendarYear(
        year=year,
        months=months,
        special=calendar.special_days(date(year, 1, 1), date(year + 1, 1, 1)),
        working_days=sum(month.working_days for month in months),
        provisional=any(day.provisional for day in days),
        first=calendar.covered_since.year,
        last=calendar.covered_until.year,
    )


def _grid(number: int, days: Sequence[Day]) -> MonthGrid:
    cells: list[Day | None] = [None] * days[0].date.weekday() + list(days)
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    return MonthGrid(number, weeks, sum(day.working for day in days))
