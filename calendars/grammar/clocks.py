"""Clock times, parts of the day and weekdays beside a date: "17 giờ 00", "8h00’", "(Sáng Chủ nhật)"."""

from __future__ import annotations

from datetime import time
from typing import Final

from calendars.grammar.cursor import Cursor, Phrases, grammar, words

WEEKDAYS: Final = Phrases(
    {
        "thứ hai": 0, "thứ 2": 0, "monday": 0,
        "thứ ba": 1, "thứ 3": 1, "tuesday": 1,
        "thứ tư": 2, "thứ 4": 2, "wednesday": 2,
        "thứ năm": 3, "thứ 5": 3, "thursday": 3,
        "thứ sáu": 4, "thứ 6": 4, "friday": 4,
        "thứ bảy": 5, "thứ bẩy": 5, "thứ 7": 5, "saturday": 5,
        "chủ nhật": 6, "chúa nhật": 6, "sunday": 6,
    }
)  # fmt: skip
WEEKDAY_NAMES: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
ENGLISH_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SESSION: Final = words("sáng", "chiều", "tối", "trưa", "buổi sáng", "buổi chiều", "buổi tối", "cả ngày")
_HOUR: Final = words("giờ", "h", "g")
_MINUTE: Final = words("phút", "'")
_HALF_DAY: Final = Phrases({"am": 0, "a . m": 0, "a . m .": 0, "pm": 12, "p . m": 12, "p . m .": 12})
_LONGEST: Final = 24  # 24 giờ is the day's end


@grammar
def clock(at: Cursor) -> time | None:
    """A time of day; 24:00, the end of the day, is `time.max`."""
    at.take(_SESSION)
    hour = at.digits(most=2)
    minute = None if hour is None else _minutes(at)
    if hour is not None and 1 <= hour <= 12 and (half := at.take(_HALF_DAY)) is not None:
        hour, minute = hour % 12 + half, minute or 0
    if hour is None or minute is None or minute > 59 or hour * 60 + minute > _LONGEST * 60:
        return None
    at.take(_SESSION)
    return time.max if hour == _LONGEST else time(hour, minute)


def _minutes(at: Cursor) -> int | None:
    """What follows the hour; None when it was no hour."""
    if at.skip(":"):
        return at.digits(2, 2) if at.adjacent() else None
    if not at.take(_HOUR):
        return None
    belongs = at.adjacent() or not at.reads("/", "-", ".", "tháng", ahead=1)
    minute = at.digits(most=2) if belongs else None
    at.take(_MINUTE)
    return minute or 0


@grammar
def weekday(at: Cursor) -> int | None:
    """A weekday, 0 Monday … 6 Sunday, with a part of the day before or after it, in brackets or not."""
    bracket = at.skip("(")
    at.take(_SESSION)
    found = at.take(WEEKDAYS)
    if found is None:
        return None
    at.take(_SESSION)
    return found if not bracket or at.skip(")") else None


@grammar
def session(at: Cursor) -> bool | None:
    """A part of the day, which changes no limit: "sáng", "(buổi chiều)"."""
    bracket = at.skip("(")
    if not at.take(_SESSION):
        return None
    return True if not bracket or at.skip(")") else None
