"""The official calendar of Vietnam: the statutory days of `holidays`, overruled by the notices.

The settled years come from the notices alone, so nothing but a question past the last decision imports `holidays`.
"""

from __future__ import annotations

from functools import cache

from calendars.consistency import demand_consistent
from calendars.day_table import FIVE_DAY_WEEK, SIX_DAY_WEEK, Week
from calendars.decisions import Notice
from calendars.notice_reader import packaged_notices
from calendars.official_days import Law, official_table
from calendars.statutory_days import statutory_days
from calendars.working_calendar import WorkingCalendar

PROVISIONAL_UNTIL = 2050
"""The last year covered; the years past the last decision are provisional."""


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
