"""OfficeHours: when people are at work, and arithmetic in working hours.

No law sets one timetable for all offices; each province sets its own, so the hours are a setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

from calendars.working_calendar import CalendarError, WorkingCalendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of work within one day, [since, until), in local time."""

    since: time
    until: time

    def __post_init__(self) -> None:
        if not self.since < self.until:
            raise ShiftReversed(str(self))

    def __str__(self) -> str:
        return f"{self.since:%H:%M}-{self.until:%H:%M}"


class HoursError(CalendarError, ValueError):
    """Working hours that cannot be; `text` quotes them."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        super().__init__(text)

    @property
    def fields(self) -> Mapping[str, str]:
        """The hours at fault."""
        return {"text": self.text}


class ShiftReversed(HoursError):
    """A shift that ends before it begins."""

    template = "Ca làm việc phải bắt đầu trước khi kết thúc: {text}."


class ShiftsOverlap(HoursError):
    """Shifts of one day that overlap or stand in the wrong order."""

    template = "Các ca làm việc chồng lên nhau hoặc sai thứ tự: {text}."


class NoShift(HoursError):
    """A day with hours of its own that has none."""

    template = "Ngày làm việc phải có ít nhất một ca; ngày đơn vị nghỉ thì ghi vào lịch, không ghi vào giờ làm việc."


class HoursUnreadable(HoursError):
    """Hours written in a way that cannot be read."""

    template = "Không đọc được giờ làm việc «{text}»; hãy viết như «T2-T6: 07:30-11:30, 13:30-17:00»."


class NoOfficeHours(CalendarError, LookupError):
    """Nobody works on the day, so it neither opens nor closes."""

    template = "Ngày {day} là ngày nghỉ, không có giờ làm việc; hãy chọn một ngày làm việc."

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(day)

    @property
    def fields(self) -> Mapping[str, str]:
        """The day, as dd/mm/yyyy."""
        return {"day": f"{self.day:%d/%m/%Y}"}


MORNING = Shift(time(7, 30), time(11, 30))
AFTERNOON = Shift(time(13, 30), time(17, 0))
OFFICE_DAY = (MORNING, AFTERNOON)
"""The hours of a working day where a province has set none."""

WeekHours = Mapping[int, Sequence[Shift]]
"""The shifts of each weekday (0 is Monday), in order; a weekday that is left out has none."""


_WEEKDAY = {"T2": 0, "T3": 1, "T4": 2, "T5": 3, "T6": 4, "T7": 5, "CN": 6}
_GROUP = re.compile(r"\s*(T[2-7]|CN)(?:\s*-\s*(T[2-7]|CN))?\s*:\s*(.+)", re.IGNORECASE)
_SHIFT = re.compile(r"\s*(\d{1,2})[:h](\d{2})\s*-\s*(\d{1,2})[:h](\d{2})\s*", re.IGNORECASE)


def parse_hours(text: str) -> dict[int, tuple[Shift, ...]]:
    """The hours of a week as an office writes them: "T2-T6: 07:30-11:30, 13:30-17:00; T7: 07:30-11:30".

    Raises HoursError, quoting the part that cannot be read.
    """
    week: dict[int, tuple[Shift, ...]] = {}
    for group in filter(str.strip, text.split(";")):
        found = _GROUP.fullmatch(group)
        if not found:
            raise HoursUnreadable(group.strip())
        first = _WEEKDAY[found[1].upper()]
        last = _WEEKDAY[found[2].upper()] if found[2] else first
        week |= dict.fromkeys(range(first, last + 1), tuple(_parse_shift(part) for part in found[3].split(",")))
    if not week:
        raise HoursUnreadable(text)
    return week


def _parse_shift(text: str) -> Shift:
    found = _SHIFT.fullmatch(text)
    if not found:
        raise HoursUnreadable(text.strip())
    try:
        since, until = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    except ValueError as error:
        raise HoursUnreadable(text.strip()) from error
    return Shift(since, until)


def local_date(at: datetime) -> date:
    """The date in Vietnam at the instant. Raises TypeError for a naive datetime."""
    return _local(at).date()


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise TypeError(f"Thời điểm phải có múi giờ: {at!r}.")
    return at.astimezone(VIETNAM)


@dataclass(frozen=True)
class OfficeHours:
    """The hours worked on the working days of a calendar, in Asia/Ho_Chi_Minh.

    `week` gives the shifts of each weekday. `dates` gives the shifts of single days, such as a half-day; it never makes
    a day worked. A worked day of a weekday without shifts (a swapped Saturday) has those of the day that it makes up
    for, else `default`. Instants in and out are aware; those out are in Asia/Ho_Chi_Minh.
    """

    calendar: WorkingCalendar
    week: WeekHours = field(default_factory=lambda: MappingProxyType(dict.fromkeys(range(5), OFFICE_DAY)))
    dates: Mapping[date, Sequence[Shift]] = field(default_factory=lambda: MappingProxyType({}))
    default: Sequence[Shift] = OFFICE_DAY
    _openings: dict[date, datetime] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Asked again and again for the same few days."""

    def __post_init__(self) -> None:
        for shifts in (*self.week.values(), *self.dates.values(), self.default):
            if any(later.since < earlier.until for earlier, later in pairwise(shifts)):
                raise ShiftsOverlap(", ".join(map(str, shifts)))
        if not all((*self.dates.values(), self.default)):
            raise NoShift

    def shifts_on(self, day: date) -> Sequence[Shift]:
        """The shifts of the day, in order; empty on a rest day."""
        if not self.calendar.is_working(day):
            return ()
        if day in self.dates:
            return self.dates[day]
        pair = self.calendar.explain(day).pair
        return self.week.get(day.weekday()) or (self.week.get(pair.weekday()) if pair else None) or self.default

    def opening(self, day: date) -> datetime:
        """When work begins on the day. Raises NoOfficeHours on a rest day."""
        opening = self._openings.get(day)
        if opening is None:
            opening = self._openings[day] = self._shifts_of(day)[0][0]
        return opening

    def closing(self, day: date) -> datetime:
        """When work ends on the day ("hết giờ làm việc"). Raises NoOfficeHours on a rest day."""
        return self._shifts_of(day)[-1][1]

    def is_open(self, at: datetime) -> bool:
        """Whether people are at work at the instant."""
        local = _local(at)
        return any(start <= local < end for start, end in self._spans_on(local.date()))

    def next_working_instant(self, at: datetime) -> datetime:
        """The first instant at or after `at` when people are at work: `at` itself within a shift."""
        local = _local(at)
        return next(max(start, local) for start, end in self._spans_from(local.date()) if local < end)

    def previous_working_instant(self, at: datetime) -> datetime:
        """The last instant at or before `at` up to which people were at work: `at` itself within a shift."""
        local = _local(at)
        return next(min(end, local) for start, end in self._spans_back(local.date()) if start < local)

    def add_working_hours(self, at: datetime, hours: float) -> datetime:
        """The instant when `hours` of work have passed since `at` (hours < 0: before it), kept to the microsecond.

        With hours = 0, the next working instant. The end of a shift counts as that shift's, not as the next one's
        beginning: four hours from 07:30 end at 11:30.
        """
        left = timedelta(hours=hours)
        if left < timedelta(0):
            return self._subtract(_local(at), -left)
        local = self.next_working_instant(at)
        for start, end in self._spans_from(local.date()):
            if local < end:
                begin = max(start, local)
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        raise AssertionError("a calendar ends by raising OutsideCalendar")

    def _subtract(self, local: datetime, left: timedelta) -> datetime:
        for start, end in self._spans_back(local.date()):
            if start < local:
                finish = min(end, local)
                if left <= finish - start:
                    return finish - left
                left -= finish - start
        raise AssertionError("a calendar ends by raising OutsideCalendar")

    def working_time(self, since: datetime, until: datetime) -> timedelta:
        """How much work lies in [since, until); negative when `until` comes first."""
        start, end = _local(since), _local(until)
        if end < start:
            return -self.working_time(until, since)
        days = (start.date() + timedelta(days=n) for n in range((end.date() - start.date()).days + 1))
        spans = (span for day in days for span in self._spans_on(day))
        return sum((max(min(until, end) - max(since, start), timedelta(0)) for since, until in spans), timedelta(0))

    def _shifts_of(self, day: date) -> list[tuple[datetime, datetime]]:
        spans = list(self._spans_on(day))
        if not spans:
            raise NoOfficeHours(day)
        return spans

    def _spans_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for shift in self.shifts_on(day):
            yield datetime.combine(day, shift.since, VIETNAM), datetime.combine(day, shift.until, VIETNAM)

    def _spans_from(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        while True:
            yield from self._spans_on(day)
            day = self.calendar.add(day, 1)

    def _spans_back(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        while True:
            yield from reversed(list(self._spans_on(day)))
            day = self.calendar.add(day, -1)
