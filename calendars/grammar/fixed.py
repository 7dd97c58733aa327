"""Limits that the wording dates itself: before, by or on a day, a month, a quarter."""

from __future__ import annotations

from datetime import time
from typing import Final, Literal

from calendars.grammar.cursor import Cursor, grammar
from calendars.grammar.dates import Point, point
from calendars.grammar.events import BEFORE
from calendars.grammar.lexer import Kind
from calendars.grammar.partial import dated
from calendars.grammar.phrases import AT_HOUR, CLOSING, ON_DAY, ON_SOME_DAY, UNTIL, WITHIN_DAY, Latest
from calendars.grammar.repeats import EVERY_YEAR
from calendars.periods import Before, By, Month, On, Quarter, Rule, Window, Yearly

Mode = Literal["before", "by", "on"]

FILLER_WORDS: Final = 40


@grammar
def by_or_on(at: Cursor, markers: set[Latest], *, tentative: bool) -> Rule | None:
    """chậm nhất ngày 24/4/2026; đến hết ngày 24/4/2026; vào 8h00 ngày 25/7/2023; trong tháng 5/2026."""
    until = at.take(UNTIL)
    if not until:
        at.take(WITHIN_DAY)
    found = point(at)
    if found is None or (at.prose and not (found.named or tentative or until or markers - {"inside"})):
        return None
    # "trong" marks a day as well as a period: only the other markers make the day a limit
    mode: Mode = "by" if until or markers - {"inside"} else "on"
    return dated_rule(at, found, mode, tentative=tentative)


@grammar
def before_date(at: Cursor) -> Rule | None:
    """trước ngày 24/4/2026; with a clock time the day itself counts up to it: trước (lúc) 17 giờ ngày 24/4/2026."""
    if not at.take(BEFORE):
        return None
    at_hour = at.take(AT_HOUR)
    found = point(at)
    if found is None or (at_hour and found.clock is None) or (at.prose and not found.named):
        return None
    return dated_rule(at, found, "before" if found.clock is None else "by")


@grammar
def closing(at: Cursor) -> Rule | None:
    """hết giờ làm việc ngày 24/4/2026."""
    if not at.sees(CLOSING):
        at.take(UNTIL)
    if not at.take(CLOSING):
        return None
    at.take(ON_DAY)
    found = point(at)
    if found is None or not found.is_day:
        return None
    return By(dated(at, found).first(), closing=True)


def dated_rule(at: Cursor, found: Point, mode: Mode, *, tentative: bool = False) -> Rule | None:
    """The rule a stretch of days makes, before it, by its end or within it; "hằng năm" makes it come back."""
    if found.year is None and at.take(EVERY_YEAR):
        return _yearly(at, found, mode)
    found = dated(at, found)
    if mode == "before":
        return Before(found.first())
    if mode == "by":
        return By(found.last(), limit_clock(found.clock))
    if found.is_day:
        return On(found.first(), limit_clock(found.clock), tentative)
    return _stretch(found, tentative=tentative)


def _stretch(found: Point, *, tentative: bool) -> Rule:
    first, last = found.first(), found.last()
    if first.month == last.month:
        return Month(first.year, first.month, tentative)
    if last.month - first.month == 2:
        return Quarter(first.year, last.month // 3)
    return Window(first, last)


def _yearly(at: Cursor, found: Point, mode: Mode) -> Rule | None:
    if found.clock == time() and mode == "by":
        mode = "before"
    elif limit_clock(found.clock) and mode != "on":
        raise at.error("Thời hạn hằng năm không kèm giờ; hãy ghi, ví dụ «trước ngày 15/10 hằng năm».", at=found.token)
    leap = Point(found.month, found.day, 2024, found.until_month)
    if mode == "before":
        return Yearly(leap.first().month, leap.first().day)
    return Yearly(leap.last().month, leap.last().day, included=True)


def limit_clock(told: time | None) -> time | None:
    """24:00 is the end of the day, which needs no clock."""
    return None if told == time.max else told


@grammar
def split(at: Cursor) -> Rule | None:
    """chậm nhất gửi báo cáo về Sở Nội vụ ngày 23/3/2026: words between the marker and the day."""
    for _ in range(FILLER_WORDS):
        if at.done or at.token.kind is Kind.NUMBER or at.token.key in (".", ";", ":", "("):
            return None
        found = before_date(at) or (by_or_on(at, {"firm"}, tentative=False) if at.sees(ON_SOME_DAY) else None)
        if found is not None:
            return found if isinstance(found, By) else By(found.day) if isinstance(found, On) else found
        at.pos += 1
    return None
