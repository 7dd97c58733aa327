"""What a rule yields: a due date with its account, and the values that go into it.

Days are calendar dates in Asia/Ho_Chi_Minh; instants are aware.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Final

from calendars.law import cite
from calendars.office_hours import OfficeHours, local_date
from calendars.periods import MEETING, PLAN_START, UNNAMED, Rule
from calendars.sound_rules import RuleError

_ALTERNATIVES: Final = {
    "before_date": ("excluded", "included"),
    "fixed_date_on_rest_day": ("keep", "roll"),
    "period_on_worked_saturday": ("keep", "roll"),
}


class UnknownReading(RuleError):
    """A choice that a reading does not offer."""

    template = "Cách hiểu «{name}» phải là một trong: {alternatives}."


@dataclass(frozen=True, slots=True)
class Readings:
    """The choice made for each reading the law leaves open; every field names its alternatives.

    `hours` and `office_closes` are no readings but settings of the province: the hours of work, and the end of the
    day (local time) where none are given.
    """

    # "excluded": "trước ngày D" ends on D-1 · "included": it ends on D
    before_date: str = "excluded"
    # "keep": the legal date stays, flagged by its safe date · "roll": the next working day
    fixed_date_on_rest_day: str = "keep"
    # "keep": a Saturday worked for another day is the due date · "roll": the next working day
    period_on_worked_saturday: str = "keep"
    office_closes: time = time(17, 0)
    hours: OfficeHours | None = field(default=None, hash=False)

    def __post_init__(self) -> None:
        for name, alternatives in _ALTERNATIVES.items():
            if getattr(self, name) not in alternatives:
                raise UnknownReading(name=name, alternatives=", ".join(alternatives))

    def closing_on(self, day: date) -> time:
        """When work ends on the working day, local time ("hết giờ làm việc")."""
        shifts = self.hours.shifts_on(day) if self.hours else ()
        return shifts[-1].until if shifts else self.office_closes


def alternatives_of(reading: str) -> tuple[str, ...]:
    """The choices a field of `Readings` allows, the default first; empty for a field that is no reading."""
    assert reading in {each.name for each in fields(Readings)}
    return _ALTERNATIVES.get(reading, ())


class OtherDay(RuleError):
    """The instant of an event lies on another day in Vietnam."""

    template = "Ngày của sự kiện ({on}) khác ngày của thời điểm ({local}, giờ Việt Nam)."


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event happens: its day, the instant where known (aware), and whether it is only projected.

    The day is that of the instant in Asia/Ho_Chi_Minh. Raises `RuleError` when it is not, or when the instant is naive.
    """

    on: date
    at: datetime | None = None
    projected: bool = False

    def __post_init__(self) -> None:
        if self.at is not None and self.at.utcoffset() is None:
            raise RuleError("Thời điểm của sự kiện phải kèm múi giờ.")
        if self.at is not None and local_date(self.at) != self.on:
            raise OtherDay(on=self.on, local=local_date(self.at))


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an open wording: its name ("before_date: excluded"), the day it gives, and whether it is chosen."""

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
class Proof:
    """How a due date came about, told only when asked for: the law's topics, the day whose law applies, the count."""

    topics: tuple[str, ...] = ()
    law_on: date = date.max
    days: Callable[[], tuple[TraceDay, ...]] = tuple


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its account.

    `due_at` is exclusive: 24:00 of `due_on` (or the clock time that limits it) in Asia/Ho_Chi_Minh, aware.
    `safe_on` is the last working day on or before `due_on`, but never before the event itself.
    `opens_on`: the first day of a window. `rolled`: moved forward off a rest day.
    `provisional`: rests on days no decision has settled. `projected`: the event's day is itself a projection; of
    several limits, the day of one of the events is, or is not known yet.
    `floor`: at the earliest then, not at the latest ("ít nhất").
    Two values are equal when their dates, flags and readings are: `trace` and `basis` follow from them.
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
    proof: Proof = field(default=Proof(), compare=False, repr=False)

    @property
    def trace(self) -> tuple[TraceDay, ...]:
        """Day by day from the day after the event (the first day of a window) to the due date, in order."""
        return self.proof.days()

    @property
    def basis(self) -> tuple[str, ...]:
        """The provisions the count rests on, cited in Vietnamese ("BLDS 2015, Điều 148 khoản 5")."""
        return cite(self.proof.topics, self.proof.law_on)


class EventUnknown(RuleError):
    """The rule counts from an event whose day is not known."""

    template = "Chưa biết ngày của sự kiện «{event}»; hãy cho biết ngày này."

    def __new__(cls, event: str = UNNAMED) -> EventUnknown:
        """The general events have sentences of their own."""
        return super().__new__(_UNKNOWN.get(event, cls) if cls is EventUnknown else cls)

    def __init__(self, event: str = UNNAMED) -> None:
        self.event = event
        super().__init__(event=event)


class NoEventNamed(EventUnknown):
    """The wording names no event to count from."""

    template = "Thời hạn chưa nêu mốc tính; hãy ghi thêm mốc, ví dụ «… kể từ ngày kết thúc hội nghị»."


class MeetingUnknown(EventUnknown):
    """The rule counts from the meeting, whose day is not known."""

    template = "Chưa biết ngày họp; hãy cho biết ngày này."


class StartUnknown(EventUnknown):
    """The rule runs from the plan's start, whose day is not known."""

    template = "Chưa biết ngày bắt đầu kế hoạch; hãy cho biết ngày này."


class HourUnknown(EventUnknown):
    """The rule counts hours from an event of which only the day is known."""

    template = "Thời hạn tính bằng giờ: hãy cho biết cả giờ của sự kiện «{event}», ví dụ 02/11/2025 08:00."


class Undatable(RuleError):
    """The wording orders without a limit ("sau khi …", "theo quy định"), so no date follows from it."""

    template = "Cách viết này không ấn định một ngày nào; hãy ghi rõ thời hạn."

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        super().__init__()


class TooLong(RuleError):
    """The last day would lie past the last that a date can name."""

    template = "Thời hạn quá dài: ngày cuối nằm ngoài lịch."


_UNKNOWN: Final[dict[str, type[EventUnknown]]] = {
    UNNAMED: NoEventNamed,
    MEETING: MeetingUnknown,
    PLAN_START: StartUnknown,
}
