"""What a deadline wording gives for a day: the calculator that anybody may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from calendars.rules import PLAN_START, Due, Moment, Readings, Rule, due, events_of
from calendars.wording import WordingError, limit_within, parse_with_extension
from calendars.working_calendar import WorkingCalendar
from workflow.domain.zone import ZONE


@dataclass(frozen=True, slots=True)
class Calculated:
    """The due date of a wording, and where the wording allows a longer limit, the latest one.

    `part`: what was read of a sentence that holds more, "" when all of it was.
    """

    rule: Rule
    due: Due
    extended: Due | None
    part: str


def calculate(
    wording: str, calendar: WorkingCalendar, *, event_on: date | None = None, event_at: time | None = None
) -> Calculated:
    """Compute a wording; every event that it names is on `event_on`, at `event_at` where hours are counted.

    Raises `WordingError` for what cannot be read, else as `calendars.rules.due` does.
    """
    rule, longest, part = _read(wording, event_on.year if event_on is not None else None)
    found = _due(rule, calendar, event_on, event_at)
    return Calculated(rule, found, _due(longest, calendar, event_on, event_at) if longest is not None else None, part)


def _read(wording: str, year: int | None) -> tuple[Rule, Rule | None, str]:
    try:
        return *parse_with_extension(wording, default_year=year), ""
    except WordingError as error:
        found = limit_within(wording, default_year=year) if error.code == "unreadable" else None
        if found is None:
            raise
        return found.rule, found.cap, found.text


def _due(rule: Rule, calendar: WorkingCalendar, event_on: date | None, event_at: time | None) -> Due:
    names = events_of(rule) | {PLAN_START} if event_on is not None else ()
    moment = Moment(event_on, _instant(event_on, event_at)) if event_on is not None else None
    return due(rule, calendar, {name: moment for name in names if moment is not None}, Readings())


def _instant(on: date, clock: time | None) -> datetime | None:
    return datetime.combine(on, clock, ZONE) if clock is not None else None
