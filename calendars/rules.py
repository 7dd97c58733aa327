"""The period algebra: a rule, the day of its event and a calendar give a due date with its account.

Every value here is frozen and pure. Days are calendar dates in Asia/Ho_Chi_Minh.
Source of the readings: Bộ luật Dân sự 91/2015/QH13, arts. 144-148; each disputed reading is a
field of `Readings` and both of its results stand in `Due.readings`.

The rules are defined in `calendars.periods`, their outcome in `calendars.due_date`, the arithmetic in
`calendars.from_event` and `calendars.fixed_days`, the day-by-day account in `calendars.account`, the law in
`calendars.law`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from calendars.case import ICT, Case
from calendars.counting import compute
from calendars.counting import occurrences as _occurrences
from calendars.due_date import (
    Due,
    EventUnknown,
    HourUnknown,
    Moment,
    Proof,
    Reading,
    Readings,
    TraceDay,
    Undatable,
    alternatives_of,
)
from calendars.periods import (
    MEETING,
    PLAN_START,
    UNNAMED,
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    FirstOf,
    LastOf,
    Month,
    MonthlyWeekday,
    On,
    Quarter,
    Recurring,
    Rule,
    SameDay,
    Span,
    Unit,
    Vague,
    Window,
    Within,
    Yearly,
    event_date,
    events_of,
)
from calendars.sound_rules import RuleError
from calendars.working_calendar import WorkingCalendar

__all__ = [
    "ICT",
    "MEETING",
    "PLAN_START",
    "UNNAMED",
    "After",
    "Before",
    "BeforeEvent",
    "By",
    "DaysBefore",
    "Due",
    "EventUnknown",
    "FirstOf",
    "HourUnknown",
    "LastOf",
    "Moment",
    "Month",
    "MonthlyWeekday",
    "On",
    "Proof",
    "Quarter",
    "Reading",
    "Readings",
    "Recurring",
    "Rule",
    "RuleError",
    "SameDay",
    "Span",
    "TraceDay",
    "Undatable",
    "Unit",
    "Vague",
    "Window",
    "Within",
    "Yearly",
    "alternatives_of",
    "due",
    "event_date",
    "events_of",
    "occurrences",
]


def due(rule: Rule, calendar: WorkingCalendar, events: Mapping[str, Moment], readings: Readings) -> Due:
    """Compute the due date of `rule` on `calendar`.

    `events` gives the days of events by the names that rules use; `PLAN_START` is the one from which duties
    without an event recur. Raises `EventUnknown` when an event of the rule is not in `events` (`HourUnknown` when
    hours are counted from one whose hour is not known), `Undatable` when no date follows, `RuleError` when the date
    would lie beyond all calendars, and the calendar's own error when a day lies outside its covered years.
    """
    return compute(rule, Case(calendar, events, readings))


def occurrences(
    rule: Rule, calendar: WorkingCalendar, events: Mapping[str, Moment], readings: Readings, *, until: date
) -> Iterator[Due]:
    """Every due date, up to `until` included, of a duty that comes back; the only one of any other rule.

    Raises as `due` does.
    """
    return _occurrences(rule, Case(calendar, events, readings), until)
