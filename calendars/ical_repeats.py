"""Repeats of an iCal event on whole days: the plain rules of RFC 5545 that office calendars use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Self

_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"}


class RepeatUnknown(ValueError):
    """A rule of repetition that is not among the plain ones."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every `interval` days, weeks, months or years from `first` on.

    Without months, month days or weekdays of its own, a repeat takes those of `first`, as RFC 5545 has it; month days
    below 0 count from the end of the month. Weeks begin on Monday.
    """

    first: date
    frequency: str
    interval: int = 1
    most: int | None = None
    until: date = date.max
    months: frozenset[int] = field(default=frozenset())
    month_days: frozenset[int] = field(default=frozenset())
    weekdays: frozenset[int] = field(default=frozenset())

    @classmethod
    def read(cls, text: str, first: date) -> Self:
        """The repeat that an RRULE's value describes. Raises RepeatUnknown."""
        parts = dict(part.upper().partition("=")[::2] for part in text.split(";"))
        try:
            repeat = cls._of(parts, first)
        except (KeyError, ValueError) as error:
            raise RepeatUnknown(text) from error
        strange_week = repeat.interval > 1 and parts.get("WKST", "MO") != "MO"
        if not parts.keys() <= _PARTS or repeat.frequency not in _STEPS or repeat.interval < 1 or strange_week:
            raise RepeatUnknown(text)
        return repeat

    @classmethod
    def _of(cls, parts: Mapping[str, str], first: date) -> Self:
        def numbers(key: str) -> frozenset[int]:
            return frozenset(int(value) for value in parts[key].split(",")) if key in parts else frozenset()

        return cls(
            first,
            parts["FREQ"],
            int(parts.get("INTERVAL", "1")),
            int(parts["COUNT"]) if "COUNT" in parts else None,
            date.fromisoformat(parts["UNTIL"][:8]) if "UNTIL" in parts else date.max,
            numbers("BYMONTH"),
            numbers("BYMONTHDAY"),
            frozenset(_WEEKDAYS[name] for name in parts["BYDAY"].split(",")) if "BYDAY" in parts else frozenset(),
        )

    def days(self, until: date) -> Iterator[date]:
        """The days of the repeat up to `until` (included), in order."""
        span = (min(until, self.until) - self.first).days + 1
        days = (self.first + timedelta(days=n) for n in range(span))
        return islice((day for day in days if self._takes(day)), self.most)

    def _takes(self, day: date) -> bool:
        step = _STEPS[self.frequency]
        return (step(day) - step(self.first)) % self.interval == 0 and self._in_month(day) and self._on_day(day)

    def _in_month(self, day: date) -> bool:
        if self.months:
            return day.month in self.months
        return self.frequency != "YEARLY" or bool(self.month_days or self.weekdays) or day.month == self.first.month

    def _on_day(self, day: date) -> bool:
        if self.month_days:
            from_end = day.day - 1 - ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
            if not {day.day, from_end} & self.month_days:
                return False
        if self.weekdays:
            return day.weekday() in self.weekdays
        if self.month_days or self.frequency == "DAILY":
            return True
        return day.weekday() == self.first.weekday() if self.frequency == "WEEKLY" else day.day == self.first.day


_STEPS: Mapping[str, Callable[[date], int]] = {
    "DAILY": lambda day: day.toordinal(),
    "WEEKLY": lambda day: (day.toordinal() - 1) // 7,
    "MONTHLY": lambda day: day.year * 12 + day.month,
    "YEARLY": lambda day: day.year,
}
"""The number of the day, week, month or year in which a day lies."""
