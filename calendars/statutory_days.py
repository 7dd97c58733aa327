"""The statutory days of a year that no decision has settled; the only importer of `holidays`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

HUNG_KINGS = "Giỗ Tổ Hùng Vương"
_SWAPPED = "thay cho"  # how the library names the day off of a swap
_TET_NAMES = ("ngày cuối tháng Chạp", "mùng 1", "mùng 2", "mùng 3", "mùng 4")
NEW_YEAR = f"Tết Âm lịch ({_TET_NAMES[1]})"


@cache
def statutory_days(year: int) -> Mapping[date, str]:
    """The statutory days of the year by the library `holidays`, with names of our own; no compensation, no swap."""
    import holidays

    known = holidays.country_holidays("VN", years=year, observed=False, language="vi")
    return _name_days(sorted(day for day, name in known.items() if day.year == year and _SWAPPED not in name))


def _name_days(days: list[date]) -> dict[date, str]:
    tet = [day for day in days if day.month <= 2 and day != date(day.year, 1, 1)]
    spring = [day for day in days if day.month in {3, 4} and (day.month, day.day) != (4, 30)]
    autumn = [day for day in days if day.month in {8, 9} and (day.month, day.day) != (9, 2)]
    names = {day: f"Tết Âm lịch ({name})" for day, name in zip(tet, _TET_NAMES, strict=True)}
    names |= dict.fromkeys(spring, HUNG_KINGS)
    for day in autumn:
        names[day] = f"Quốc khánh (ngày liền kề {'trước' if day < date(day.year, 9, 2) else 'sau'})"
    return {day: names.get(day, "Ngày nghỉ lễ") for day in days}
