"""What a day leaves out: its year, or the month that stands with the other end of a window."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from calendars.grammar.clocks import clock
from calendars.grammar.cursor import Cursor, grammar
from calendars.grammar.dates import DAY, ON_AT, Point, checked
from calendars.grammar.lexer import Kind, fold

_UP_TO: Final = frozenset((fold("đến"), "-"))


def dated(at: Cursor, found: Point, *, year: int | None = None) -> Point:
    """The point with a year: its own, `year`, or the default. Raises `WordingError` (missing_year) without any."""
    if found.year is not None:
        return found
    known = year or at.default_year
    if known is None:
        raise at.error("Thiếu năm: hãy viết cả năm, ví dụ «ngày 24/4/2026».", "missing_year", at=found.token)
    return checked(at, replace(found, year=known))


@grammar
def day_only(at: Cursor) -> Point | None:
    """The first day of a window whose month stands with its last: "từ ngày 10 đến ngày 15/3/2026"."""
    first = at.pos
    before = clock(at)
    at.take(ON_AT)
    named = at.take(DAY)
    day = at.digits(most=2)
    if day is None or not (named or _until_dated(at)):
        return None
    return Point(None, day, clock=before, token=first)


def _until_dated(at: Cursor) -> bool:
    """Whether a day with its month follows: the 22 of "từ 22 đến 26/9/2020"."""
    following = [at.ahead(n).key for n in range(3)]
    return following[0] in _UP_TO and at.ahead().kind is Kind.NUMBER and following[2] == "/"


def completed(at: Cursor, start: Point, end: Point) -> Point:
    """`start` with the month and year it leaves to `end`."""
    if start.month is None:
        start = replace(start, month=end.month)
    if start.year is None and end.year is not None:
        year = end.year - 1 if (start.month or 0) > (end.until_month or end.month or 0) else end.year
        start = replace(start, year=year)
    return checked(at, dated(at, start))
