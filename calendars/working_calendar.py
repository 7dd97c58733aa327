"""WorkingCalendar: which days are worked, as an immutable table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class CalendarError(Exception):
    """Base of every error of this package."""


class OutsideCalendar(CalendarError, LookupError):
    """The day lies outside the years that the calendar covers."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day, explained.

    `kind` is one of: working, weekend, holiday, compensatory, swap_off, swap_work, closure, opening.
    """

    date: date
    working: bool
    kind: str
    name: str
    source: str | None
    provisional: bool


class WorkingCalendar:
    """Placeholder of the interface; see design.md."""

    name: str
    version: str

    def is_working(self, day: date) -> bool:
        raise NotImplementedError

    def add(self, day: date, n: int) -> date:
        raise NotImplementedError

    def count(self, since: date, until: date) -> int:
        raise NotImplementedError

    def next_working(self, day: date) -> date:
        raise NotImplementedError

    def previous_working(self, day: date) -> date:
        raise NotImplementedError

    def explain(self, day: date) -> Day:
        raise NotImplementedError
