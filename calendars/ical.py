"""Reads whole-day events from iCal files; the only importer of `icalendar`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from calendars.entries import Found, Unusable, days_between, default_name, fold
from calendars.ical_repeats import Repeat, RepeatUnknown
from calendars.layers import OwnDay
from calendars.office_hours import VIETNAM

_OPENING = {"opening", "working day", "lam viec", "lam bu", "ngay lam viec"}
_MOST_EVENTS = 1000
_LONGEST_SEARCH = timedelta(days=20_000)


def read_ical(content: bytes, until: date, file: str | None = None) -> Iterator[Found]:
    """Each event of the file, repeats unfolded up to `until` (included); `file` is the source of each day.

    Raises Unusable when it is no iCal file.
    """
    from icalendar import Calendar

    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as error:
        raise Unusable("unreadable") from error
    if len(events) > _MOST_EVENTS:
        raise Unusable("too_large")
    for number, event in enumerate(events, 1):
        place = f"Sự kiện {number}" + (f" «{event.get('SUMMARY')}»" if event.get("SUMMARY") else "")
        try:
            yield Found(place, tuple(_days_of(event, until, file)))
        except Unusable as fault:
            yield Found(place, fault=fault)
        except (AttributeError, TypeError, ValueError, OverflowError):
            # A property that is no date where a date must stand, in whatever way the library says so.
            yield Found(place, fault=Unusable("bad_event"))


def _days_of(event: Any, until: date, file: str | None) -> Iterator[OwnDay]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise Unusable("cancelled")
    first, last = _span_of(event)
    working = _opens(event)
    name = str(event.get("SUMMARY") or default_name(working))
    for start in _starts(event, first, until):
        for on in days_between(start, start + (last - first)):
            yield OwnDay(on, working, name, file)


def _opens(event: Any) -> bool:
    given = event.get("CATEGORIES", [])
    lists = given if isinstance(given, list) else [given]
    return any(fold(str(category)) in _OPENING for group in lists for category in getattr(group, "cats", [group]))


def _span_of(event: Any) -> tuple[date, date]:
    """The first and the last day of the event, both included."""
    if event.get("DTSTART") is None:
        raise Unusable("no_date")
    start, end = _known(event["DTSTART"]).dt, _end_of(event)
    if isinstance(start, datetime):
        first, after = _midnight(start), _midnight(end or start)
        if after == first:
            raise Unusable("timed")
    else:
        first, after = start, _midnight(end or start)
    return first, max(after - timedelta(days=1), first) if after >= first else after


def _end_of(event: Any) -> date | None:
    """When the event ends (a date is excluded), where the file says so."""
    if event.get("DTEND") is not None:
        return _known(event["DTEND"]).dt  # type: ignore[no-any-return]
    if event.get("DURATION") is not None:
        return event["DTSTART"].dt + event["DURATION"].dt  # type: ignore[no-any-return]
    return None


def _known(value: Any, given: date | None = None) -> Any:
    """The value, unless it is a time in a zone that nobody knows: the library makes that a time without a zone."""
    at = value.dt if given is None else given
    if isinstance(at, datetime) and at.tzinfo is None and value.params.get("TZID"):
        raise Unusable("unknown_zone", text=value.params["TZID"])
    return value


def _midnight(at: date) -> date:
    """The day that begins in Vietnam at the instant, or the date itself; a floating time is Vietnam's."""
    if not isinstance(at, datetime):
        return at
    local = at.astimezone(VIETNAM) if at.tzinfo else at
    if local.time() != time(0):
        raise Unusable("timed")
    return local.date()


def _starts(event: Any, first: date, until: date) -> list[date]:
    """The first day of each repeat of the event up to `until`."""
    rule = event.get("RRULE")
    if event.get("RDATE") is not None or isinstance(rule, list) or (rule and until - first > _LONGEST_SEARCH):
        raise Unusable("repeats")
    if rule is None:
        return [first]
    try:
        repeat = Repeat.read(rule.to_ical().decode(), first)
    except RepeatUnknown as error:
        raise Unusable("repeats") from error
    excluded = _excluded(event)
    return [start for start in repeat.days(until) if start not in excluded]


def _excluded(event: Any) -> set[date]:
    given = event.get("EXDATE", [])
    lists = given if isinstance(given, list) else [given]
    values = [(group, entry.dt) for group in lists for entry in group.dts]
    return {_midnight(value) for group, value in values if _known(group, value)}
