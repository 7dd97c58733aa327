"""The official calendar of Vietnam: the statutory days of `holidays`, overruled by the notices.

The settled years come from the notices alone, so nothing but a question past the last decision imports `holidays`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from calendars.consistency import demand_consistent
from calendars.day_table import FIVE_DAY_WEEK, SIX_DAY_WEEK, Week
from calendars.decisions import Notice
from calendars.notice_reader import packaged_notices
from calendars.official_days import Law, official_table
from calendars.working_calendar import WorkingCalendar

PROVISIONAL_UNTIL = 2050
"""The last year covered; the years past the last decision are provisional."""

_TET_NAMES = ("ngày cuối tháng Chạp", "mùng 1", "mùng 2", "mùng 3", "mùng 4")


@cache
def statutory_days(year: int) -> Mapping[date, str]:
    """The statutory days of the year by the library `holidays`, with names of our own; no compensation, no swap."""
    import holidays

    known = holidays.country_holidays("VN", years=year, observed=False, language="vi")
    return _name_days(sorted(day for day in known if day.year == year))


def _name_days(days: list[date]) -> dict[date, str]:
    tet = [day for day in days if day.month <= 2 and day != date(day.year, 1, 1)]
    spring = [day for day in days if day.month in {3, 4} and (day.month, day.day) != (4, 30)]
    autumn = [day for day in days if day.month in {8, 9} and (day.month, day.day) != (9, 2)]
    names = {day: f"Tết Âm lịch ({name})" for day, name in zip(tet, _TET_NAMES, strict=True)}
    names |= dict.fromkeys(spring, "Giỗ Tổ Hùng Vương")
    for day in autumn:
        names[day] = f"Quốc khánh (ngày liền kề {'trước' if day < date(day.year, 9, 2) else 'sau'})"
    return {day: names.get(day, "Ngày nghỉ lễ") for day in days}


def official_calendar(name: str, week: Week, notices: tuple[Notice, ...]) -> WorkingCalendar:
    """The calendar of the week's pattern under the notices, provisional past the last year that they settle.

    Raises NoticeError, with file and line, when the notices cannot stand together.
    """
    demand_consistent(notices)
    law = Law.of(notices)
    first, last = law.settled_years()
    horizon = max(last, PROVISIONAL_UNTIL)
    table = official_table(law, week, first, last, statutory_days)
    return WorkingCalendar(name, table, lambda: official_table(law, week, first, horizon, statutory_days))


@cache
def vietnam_office() -> WorkingCalendar:
    """The calendar of state offices (Monday to Friday, with the swaps), 2015 on; the same object each time."""
    return official_calendar("office", FIVE_DAY_WEEK, packaged_notices())


@cache
def vietnam_six_day() -> WorkingCalendar:
    """The calendar of a six-day week (Monday to Saturday), 2015 on; the same object each time.

    Swaps do not apply: their Saturdays are worked anyhow. Holidays on a Saturday cost a working day and are not
    compensated; those on a Sunday are.
    """
    return official_calendar("six_day", SIX_DAY_WEEK, packaged_notices())
