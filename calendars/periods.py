"""The rules of the period algebra: what a deadline wording says, as frozen values.

A rule knows nothing of a calendar. Its event is a step's key (``hold_meeting``), a Vietnamese phrase kept
as written (``kết thúc hội nghị``), an ISO date (``2026-04-24``: the event's day is known from the wording)
or `UNNAMED` where the wording names none.
Source of the vocabulary: plans of dialogue meetings, and Bộ luật Dân sự 91/2015/QH13, arts. 144-148.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from calendars.sound_rules import (
    HoursReversed,
    NoSuchDay,
    RuleError,
    WindowReversed,
    check_clocks,
    check_count,
    check_day,
    check_month,
    check_words,
    check_year,
)

MEETING: Final = "meeting"  # the event every plan has: the day of its meeting
PLAN_START: Final = "start"  # the event from which a duty without an event of its own recurs
UNNAMED: Final = ""  # the event of a wording that names none ("trong thời hạn 07 ngày làm việc")


class Unit(StrEnum):
    """What a number in a deadline counts."""

    WORKING_DAY = "working_day"
    DAY = "calendar_day"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _several(rules: tuple[Rule, ...]) -> None:
    if len(rules) < 2:
        raise RuleError("Cần ít nhất hai thời hạn để chọn.")


@dataclass(frozen=True, slots=True)
class Within:
    """At the latest `n` units after `event` ("chậm nhất 10 ngày làm việc sau E"); a floor when `floor` ("ít nhất")."""

    n: int
    unit: Unit
    event: str
    floor: bool = False

    def __post_init__(self) -> None:
        check_count(self.n)
        check_words(self.event)


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """At the latest `n` units before `event` ("chậm nhất 07 ngày trước E"); the event's day is excluded."""

    n: int
    unit: Unit
    event: str

    def __post_init__(self) -> None:
        check_count(self.n)
        check_words(self.event)


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

    def __post_init__(self) -> None:
        check_clocks(self.clock)
        if self.clock is not None and self.closing:
            raise RuleError("Chỉ ghi một trong hai: giờ cụ thể hoặc «hết giờ làm việc».")


@dataclass(frozen=True, slots=True)
class On:
    """On a day ("ngày 02/11/2025"), starting at `clock` where given; `tentative` for "dự kiến"."""

    day: date
    clock: time | None = None
    tentative: bool = False

    def __post_init__(self) -> None:
        check_clocks(self.clock)


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to `until`, both days included ("từ ngày A đến ngày B"); due at the end of `until`.

    `clock` is the time of `until` at which it ends, `since_clock` that of `since` at which it opens.
    """

    since: date
    until: date
    clock: time | None = None
    since_clock: time | None = None

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise WindowReversed(since=self.since, until=self.until)
        check_clocks(self.since_clock, self.clock)
        if self.since == self.until and self.clock is not None and (self.since_clock or time()) >= self.clock:
            raise HoursReversed


@dataclass(frozen=True, slots=True)
class Span:
    """A window one end of which is an event or open: "từ ngày A đến ngày bầu cử", "từ ngày A".

    Each end is a day or an event; `until` None is open (no due date follows). Both days included.
    """

    since: date | str
    until: date | str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.since, date) and isinstance(self.until, date):
            raise RuleError("Hai đầu đều là ngày: dùng Window.")
        if isinstance(self.since, str) and self.until is None:
            raise RuleError("Khoảng thời gian bắt đầu từ một sự kiện phải ghi cả điểm kết thúc.")
        check_words(self.since)
        check_words(self.until)


@dataclass(frozen=True, slots=True)
class Month:
    """Some day of a month ("trong tháng 3/2026"); due on its last day."""

    year: int
    month: int
    tentative: bool = False

    def __post_init__(self) -> None:
        check_year(self.year)
        check_month(self.month)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Some day of a quarter 1-4 ("quý IV/2025"); due on its last day."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        check_year(self.year)
        if not 1 <= self.quarter <= 4:
            raise NoSuchDay(what=f"quý {self.quarter}")


@dataclass(frozen=True, slots=True)
class Yearly:
    """Before (or, when `included`, by) a day of every year ("trước ngày 15/10 hằng năm").

    29 February stands for the last day of February.
    """

    month: int
    day: int
    included: bool = False

    def __post_init__(self) -> None:
        check_day(self.month, self.day)


@dataclass(frozen=True, slots=True)
class Recurring:
    """Once in every `every` units ("06 tháng một lần"), counted from `event` or, without one, from the plan's start."""

    every: int
    unit: Unit
    event: str | None = None

    def __post_init__(self) -> None:
        check_count(self.every)
        check_words(self.event)


@dataclass(frozen=True, slots=True)
class MonthlyWeekday:
    """On a weekday of every month ("Thứ Năm tuần cuối trong tháng"): `weekday` 0 Monday … 6 Sunday.

    `week` 1-4 counts the weekday from the month's beginning; -1 is its last.
    """

    weekday: int
    week: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6 or self.week not in (1, 2, 3, 4, -1):
            raise NoSuchDay(what=f"thứ {self.weekday} tuần {self.week} của tháng")


@dataclass(frozen=True, slots=True)
class SameDay:
    """On the day of the event itself ("ngay sau khi E", or the meeting: "meeting")."""

    event: str

    def __post_init__(self) -> None:
        check_words(self.event)


@dataclass(frozen=True, slots=True)
class After:
    """After the event, with no number: an order, not a date; it has no due date of its own."""

    event: str

    def __post_init__(self) -> None:
        check_words(self.event)


@dataclass(frozen=True, slots=True)
class BeforeEvent:
    """Before the event, with no number ("trước khi E"): due on the day before it."""

    event: str

    def __post_init__(self) -> None:
        check_words(self.event)


@dataclass(frozen=True, slots=True)
class Vague:
    """A wording from which no date can be computed ("theo quy định", "kịp thời"); kept with its words."""

    text: str

    def __post_init__(self) -> None:
        check_words(self.text)


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Whichever of the rules comes first; a rule whose event is not known yet has not come."""

    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        _several(self.rules)


@dataclass(frozen=True, slots=True)
class LastOf:
    """Whichever of the rules comes last; the events of all must be known."""

    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        _several(self.rules)


Rule = (
    Within
    | DaysBefore
    | Before
    | By
    | On
    | Window
    | Span
    | Month
    | Quarter
    | Yearly
    | Recurring
    | MonthlyWeekday
    | SameDay
    | After
    | BeforeEvent
    | Vague
    | FirstOf
    | LastOf
)


def event_date(event: str | None) -> date | None:
    """The day an event's name states itself ("2026-04-24"), else None."""
    if event is None or len(event) != 10 or event[4] != "-":
        return None
    try:
        return date.fromisoformat(event)
    except ValueError:
        return None


def events_of(rule: Rule) -> frozenset[str]:
    """The events that the rule counts from; `UNNAMED` is among them when the wording names none.

    A day written in the wording ("kể từ ngày 24/4/2026") is no event, nor is the plan's start, from which
    `Yearly`, `MonthlyWeekday` and `Recurring` without an event run.
    """
    return frozenset(name for name in _names(rule) if event_date(name) is None)


def _names(rule: Rule) -> tuple[str, ...]:
    match rule:
        case FirstOf(rules) | LastOf(rules):
            return tuple(name for part in rules for name in _names(part))
        case Span(since, until):
            return tuple(end for end in (since, until) if isinstance(end, str))
        case Within() | DaysBefore() | SameDay() | After() | BeforeEvent():
            return (rule.event,)
        case Recurring():
            return () if rule.event is None else (rule.event,)
        case _:
            return ()
