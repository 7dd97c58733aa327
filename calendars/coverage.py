"""Warnings that a calendar ends too soon for a plan or has grown stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendars.office_hours import local_date
from calendars.working_calendar import WorkingCalendar

STALE_AFTER = timedelta(days=365)
"""How old the newest decision may be; one comes every year."""

WARNINGS = {
    "past_covered": "Kế hoạch kéo dài đến {until}, quá ngày cuối của lịch làm việc ({last}); hãy bổ sung lịch.",
    "past_settled": "Kế hoạch kéo dài đến {until}; từ {first_provisional} trở đi chưa có quyết định về ngày nghỉ, nên các ngày là tạm tính.",
    "provisional_year": "Năm {year}: từ ngày {first_provisional} trở đi chưa có quyết định về ngày nghỉ, nên các ngày là tạm tính.",
    "stale": "Quyết định mới nhất về ngày nghỉ trong lịch đã cũ (ban hành ngày {issued}); hãy bổ sung quyết định của năm tới.",
}
"""What each code says; the words in braces are filled from the warning's values."""


@dataclass(frozen=True, slots=True)
class CoverageWarning:
    """One reason to look after the calendar: `code` is a key of WARNINGS."""

    code: str
    values: tuple[tuple[str, str], ...]

    @property
    def template(self) -> str:
        """The Vietnamese sentence with names in braces, which `values` fill."""
        return WARNINGS[self.code]

    def __str__(self) -> str:
        return self.template.format_map(dict(self.values))


def coverage_warnings(calendar: WorkingCalendar, until: date | None, at: datetime) -> list[CoverageWarning]:
    """What to warn of when a plan runs to `until` (its last day; None: no plan) and the time is `at` (aware)."""
    short = until is not None and until > calendar.settled_until
    return [*([_too_short(calendar, until)] if short and until else []), *_stale(calendar, at)]


def year_warnings(calendar: WorkingCalendar, year: int, at: datetime) -> list[CoverageWarning]:
    """What to warn of when people look at a year of the calendar and the time is `at` (aware)."""
    since = max(calendar.settled_until + timedelta(days=1), date(year, 1, 1))
    if since.year > year:
        return _stale(calendar, at)
    values = (("year", str(year)), ("first_provisional", f"{since:%d/%m/%Y}"))
    return [CoverageWarning("provisional_year", values), *_stale(calendar, at)]


def _stale(calendar: WorkingCalendar, at: datetime) -> list[CoverageWarning]:
    newest = calendar.newest_notice_on
    old = local_date(at) - (newest or date.max) > STALE_AFTER
    return [_warning("stale", issued=newest)] if newest and old else []


def _too_short(calendar: WorkingCalendar, until: date) -> CoverageWarning:
    if until > calendar.covered_until:
        return _warning("past_covered", until=until, last=calendar.covered_until)
    return _warning("past_settled", until=until, first_provisional=calendar.settled_until + timedelta(days=1))


def _warning(code: str, **days: date) -> CoverageWarning:
    return CoverageWarning(code, tuple((key, f"{day:%d/%m/%Y}") for key, day in days.items()))
