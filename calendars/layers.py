"""Calendars by name, and what a unit lays over them: its own closures and opening days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from calendars.day_table import FIVE_DAY_WEEK, SIX_DAY_WEEK, Day, Week
from calendars.decisions import Notice
from calendars.notice_reader import packaged_notices
from calendars.vietnam import official_calendar, vietnam_office, vietnam_six_day
from calendars.working_calendar import CalendarError, WorkingCalendar


@dataclass(frozen=True, slots=True)
class CalendarKind:
    """A calendar that can be asked for by name; `title` is what people call it."""

    name: str
    title: str
    week: Week


CALENDARS = {
    kind.name: kind
    for kind in (
        CalendarKind("office", "Cơ quan hành chính, tuần làm việc 5 ngày", FIVE_DAY_WEEK),
        CalendarKind("six_day", "Trường học, doanh nghiệp, tuần làm việc 6 ngày", SIX_DAY_WEEK),
        CalendarKind("own_office", "Tuần làm việc 5 ngày, cùng ngày nghỉ và ngày làm riêng của đơn vị", FIVE_DAY_WEEK),
        CalendarKind("own_six_day", "Tuần làm việc 6 ngày, cùng ngày nghỉ và ngày làm riêng của đơn vị", SIX_DAY_WEEK),
    )
}
"""The calendars by name; those named own_… are the official ones until a unit's own days are laid over them."""

_READY = {"office": vietnam_office, "six_day": vietnam_six_day}


class UnknownCalendar(CalendarError, LookupError):
    """No calendar has this name."""

    template = "Không có lịch nào tên «{name}»; các lịch có sẵn: {known}."

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    @property
    def fields(self) -> Mapping[str, str]:
        """The name asked for and the calendars there are."""
        known = "; ".join(f"«{kind.name}» ({kind.title})" for kind in CALENDARS.values())
        return {"name": self.name, "known": known}


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that a unit closes (`working` False) or opens on its own authority; `source` names its paper or file."""

    on: date
    working: bool
    name: str
    source: str | None = None


OWN_SOURCE = "lịch riêng của đơn vị"
"""The source of an own day that names none."""


@lru_cache(maxsize=16)
def calendar_named(name: str, adopted: tuple[Notice, ...] = ()) -> WorkingCalendar:
    """The calendar of that name, the packaged notices and those adopted since; the same object each time.

    An adopted notice takes the place of a packaged one from a file of the same name.
    Raises UnknownCalendar, and NoticeError when the notices cannot stand together.
    """
    if name not in CALENDARS:
        raise UnknownCalendar(name)
    if not adopted and name in _READY:
        return _READY[name]()
    files = {notice.file for notice in adopted}
    kept = (notice for notice in packaged_notices() if notice.file not in files)
    return official_calendar(name, CALENDARS[name].week, (*kept, *adopted))


def with_closures(calendar: WorkingCalendar, days: Iterable[OwnDay], name: str | None = None) -> WorkingCalendar:
    """The calendar with a unit's own days laid over it, the later of two entries for one day winning.

    A closure of a day that is off anyway, or an opening of a day that is worked anyway, changes nothing: the day keeps
    its official explanation. Raises OutsideCalendar for a day that the calendar does not cover.
    """
    own = {day.on: day for day in days}
    changed = [
        _laid_over(calendar.explain(on), day) for on, day in own.items() if calendar.is_working(on) != day.working
    ]
    return calendar.with_days(name or calendar.name, changed)


def _laid_over(official: Day, own: OwnDay) -> Day:
    kind = "opening" if own.working else "closure"
    note = None if official.kind == "working" else official.name
    return Day(own.on, own.working, kind, own.name, own.source or OWN_SOURCE, official.provisional, note=note)


def changed_days(old: WorkingCalendar, new: WorkingCalendar) -> list[tuple[Day, Day]]:
    """The days that one calendar works and the other does not, in order, as (old, new).

    Compares the days that decisions have settled in either; a day settled only in `new` is compared with the
    provisional day of `old`.
    """
    since = max(old.covered_since, new.covered_since)
    until = max(old.settled_until, new.settled_until) + timedelta(days=1)
    pairs = zip(old.days(since, until), new.days(since, until), strict=True)
    return [(before, after) for before, after in pairs if before.working != after.working]
