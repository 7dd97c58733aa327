"""The period algebra: a rule, the day of its event and a calendar give a due date with its account.

Every value here is frozen and pure. Days are calendar dates in Asia/Ho_Chi_Minh.
Source of the readings: Bộ luật Dân sự 91/2015/QH13, arts. 144-148; each disputed reading is a
field of `Readings` and both of its results stand in `Due.readings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from calendars.working_calendar import WorkingCalendar


class Unit(StrEnum):
    """What a number in a deadline counts."""

    WORKING_DAY = "working_day"
    DAY = "calendar_day"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Within:
    """At the latest `n` units after `event` ("chậm nhất 10 ngày làm việc sau E"); a floor when `floor` ("ít nhất")."""

    n: int
    unit: Unit
    event: str
    floor: bool = False


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """At the latest `n` units before `event` ("chậm nhất 07 ngày trước E"); the event's day is excluded."""

    n: int
    unit: Unit
    event: str


@dataclass(frozen=True, slots=True)
class Before:
    """Before a day ("trước ngày 24/4/2026"); whether that day counts is `Readings.before_date`."""

    day: date


@dataclass(frozen=True, slots=True)
class By:
    """On a day at the latest, the day included ("chậm nhất 17 giờ ngày 30/01/2026").

    `clock` None means to 24:00; `closing` means to the end of office hours ("hết giờ làm việc").
    """

    day: date
    clock: time | None = None
    closing: bool = False


@dataclass(frozen=True, slots=True)
class On:
    """On a day ("ngày 02/11/2025"), at `clock` where given; `tentative` for "dự kiến"."""

    day: date
    clock: time | None = None
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to `until`, both days included ("từ ngày A đến ngày B"); due at the end of `until`."""

    since: date
    until: date
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """Some day of a month ("trong tháng 3/2026"); due on its last day."""

    year: int
    month: int
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Quarter:
    """Some day of a quarter 1-4 ("quý IV/2025"); due on its last day."""

    year: int
    quarter: int


@dataclass(frozen=True, slots=True)
class Yearly:
    """Before (or, when `included`, by) a day of every year ("trước ngày 15/10 hằng năm")."""

    month: int
    day: int
    included: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """Once in every `every` units ("06 tháng một lần"), counted from `event` or, without one, from the plan's start."""

    every: int
    unit: Unit
    event: str | None = None


@dataclass(frozen=True, slots=True)
class SameDay:
    """On the day of the event itself ("ngay sau khi E", or the meeting: "meeting")."""

    event: str


@dataclass(frozen=True, slots=True)
class After:
    """After the event, with no number: an order, not a date; it has no due date of its own."""

    event: str


@dataclass(frozen=True, slots=True)
class BeforeEvent:
    """Before the event, with no number ("trước khi E"): due on the day before it."""

    event: str


@dataclass(frozen=True, slots=True)
class Vague:
    """A wording from which no date can be computed ("theo quy định", "kịp thời"); kept with its words."""

    text: str


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Whichever of the rules comes first."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LastOf:
    """Whichever of the rules comes last."""

    rules: tuple[Rule, ...]


Rule = (
    Within
    | DaysBefore
    | Before
    | By
    | On
    | Window
    | Month
    | Quarter
    | Yearly
    | Recurring
    | SameDay
    | After
    | BeforeEvent
    | Vague
    | FirstOf
    | LastOf
)


@dataclass(frozen=True, slots=True)
class Readings:
    """The choice made for each reading the law leaves open; every field names its alternatives."""

    before_date: str = "excluded"  # "excluded": "trước ngày D" ends on D-1 · "included": ends on D
    fixed_date_on_rest_day: str = "keep"  # "keep": legal date stays, flagged, safe date shown · "roll": next working day
    period_on_worked_saturday: str = "keep"  # "keep": a worked Saturday is the due date · "roll": the next working day


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event happens: its day, the instant where known (aware), and whether it is only projected."""

    on: date
    at: datetime | None = None
    projected: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an open wording: its name, the day it gives, and whether it is the one chosen."""

    name: str
    due_on: date
    chosen: bool


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of the account: whether it counts, its ordinal where it does, why, and by which source."""

    day: date
    counts: bool
    ordinal: int | None
    reason: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its account.

    `due_at` is exclusive: 24:00 of `due_on` (or the clock time named) in Asia/Ho_Chi_Minh, aware.
    `safe_on` is the last working day on or before `due_on`. `rolled`: moved forward off a rest day.
    `provisional`: rests on days no decision has settled. `projected`: the event's day is itself a projection.
    """

    due_on: date
    due_at: datetime
    safe_on: date
    event_on: date | None = None
    opens_on: date | None = None
    rolled: bool = False
    provisional: bool = False
    projected: bool = False
    floor: bool = False
    readings: tuple[Reading, ...] = ()
    trace: tuple[TraceDay, ...] = ()
    basis: tuple[str, ...] = ()


class RuleError(ValueError):
    """A rule cannot be turned into a date."""


class EventUnknown(RuleError):
    """The rule counts from an event whose day is not known."""

    def __init__(self, event: str) -> None:
        self.event = event
        super().__init__(f"Chưa biết ngày của sự kiện «{event}»; hãy cho ngày của sự kiện này.")


class Undatable(RuleError):
    """The wording orders without a limit ("sau khi …", "theo quy định"), so no date follows from it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        super().__init__("Cách viết này không ấn định một ngày nào; hãy ghi rõ thời hạn.")


def events_of(rule: Rule) -> frozenset[str]:
    """The events that the rule counts from."""
    raise NotImplementedError


def due(rule: Rule, calendar: WorkingCalendar, events: Mapping[str, Moment], readings: Readings) -> Due:
    """Compute the due date of `rule` on `calendar`.

    Raises `EventUnknown` when an event of the rule is not in `events`, `Undatable` when no date follows,
    and the calendar's own error when a day lies outside its covered years.
    """
    raise NotImplementedError
