"""The one zone of the product: Asia/Ho_Chi_Minh (UTC+7, no daylight saving)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def day_of(at: datetime) -> date:
    """The day of an aware instant, as people in Vietnam name it."""
    return at.astimezone(ZONE).date()


def instant(day: date, clock: time = time()) -> datetime:
    """The aware instant of a clock time (default 00:00) on a day in Vietnam."""
    return datetime.combine(day, clock, ZONE)


def end_of(day: date) -> datetime:
    """24:00 of a day in Vietnam, exclusive."""
    return instant(day + timedelta(days=1))


def shown(day: date) -> str:
    """A day as dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"
