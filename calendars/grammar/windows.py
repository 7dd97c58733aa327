"""Windows: from a day, an hour or an event to another."""

from __future__ import annotations

from datetime import time

from calendars.grammar.clocks import clock
from calendars.grammar.cursor import Cursor, grammar
from calendars.grammar.dates import Point, point
from calendars.grammar.events import event
from calendars.grammar.fixed import limit_clock
from calendars.grammar.partial import completed, dated, day_only
from calendars.grammar.phrases import FROM, PLAIN_TO, TO
from calendars.periods import Rule, Span, Window


@grammar
def window(at: Cursor) -> Rule | None:
    """từ ngày 01/4/2026 đến ngày 24/4/2026, either end of it a day, a stretch of days or an event."""
    named = at.take(FROM)
    first_hours = _hours_of_a_day(at)
    if first_hours is not None:
        return first_hours
    start = _start(at)
    if start is not None and at.take(TO):
        end = point(at)
        if end is not None:
            return _between(at, start, end)
        return _to_event(at, start)
    if named:
        return _span(at, start)
    return None


def _start(at: Cursor) -> Point | None:
    return point(at) or day_only(at)


def _between(at: Cursor, start: Point, end: Point) -> Rule | None:
    if end.month is None:
        return None
    end = dated(at, end)
    start = completed(at, start, end)
    first, last = start.first(), end.last()
    if start.clock == time.max:
        raise at.error("Giờ bắt đầu phải trước 24 giờ; hãy ghi 0 giờ của ngày hôm sau.", at=start.token)
    if first > last:
        raise at.error("Khoảng thời gian kết thúc trước khi bắt đầu.", "invalid_date", at=start.token)
    return Window(first, last, limit_clock(end.clock), start.clock)


@grammar
def _hours_of_a_day(at: Cursor) -> Rule | None:
    """từ 8h00 đến 11h30 ngày 25/7/2023."""
    opens = clock(at)
    if opens is None or not at.take(TO):
        return None
    day = point(at)
    if day is None or day.clock is None or not day.is_day or opens >= day.clock:
        return None
    on = dated(at, day).first()
    return Window(on, on, limit_clock(day.clock), opens)


@grammar
def _to_event(at: Cursor, start: Point) -> Rule | None:
    if start.month is None:
        return None
    named = event(at)
    return None if named is None else Span(dated(at, start).first(), named)


@grammar
def _span(at: Cursor, start: Point | None) -> Rule | None:
    """từ ngày 5/5/2026 (open), từ khi thành lập đến khi kết thúc nhiệm vụ, từ khi khai mạc đến ngày 5/5/2026."""
    if start is not None:
        return None if start.month is None or at.prose else Span(dated(at, start).first())
    since = event(at, PLAIN_TO)
    if since is None or not at.take(PLAIN_TO):
        return None
    until = point(at)
    if until is not None:
        return Span(since, dated(at, until).last())
    named = event(at)
    return None if named is None else Span(since, named)
