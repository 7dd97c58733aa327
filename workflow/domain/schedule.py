"""When each step can end and when it must: a forward and a backward pass over the working days of a plan. Pure.

Forward: a step begins when all that it waits for has ended (what has a limit ends on it, nothing else is known of it)
and takes the working days that such work usually takes. Backward: a step must end early enough that whatever waits for
it can still be done in time. What lies between is its slack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from calendars.rules import Due
from calendars.working_calendar import WorkingCalendar
from workflow.domain.definition import PlanDefinition, StepDefinition, StepKind
from workflow.domain.due import Facts, deadlines
from workflow.domain.graph import order, successors

NEEDED_WORKING_DAYS: Mapping[StepKind, int] = MappingProxyType(
    {
        StepKind.COLLECT_FORMS: 3,
        StepKind.CLASSIFY_ISSUES: 2,
        StepKind.ASSIGN_ANSWERS: 1,
        StepKind.DRAFT_ANSWERS: 5,
        StepKind.SYNTHESIZE_REPORT: 2,
        StepKind.DRAFT_CONCLUSION: 2,
        StepKind.ANSWER_ISSUES: 3,
    }
)
"""The fewest working days in which offices usually do a kind of work; kinds not named are not judged.

A written answer takes a day to arrive and a day to leave (Nghị định 30/2020/NĐ-CP, Điều 18 và 23), the rest is custom.
"""

AHEAD_WORKING_DAYS: Mapping[StepKind, int] = MappingProxyType(
    {StepKind.ANNOUNCE: 5, StepKind.INVITE: 3, StepKind.REGISTER_SPEAKERS: 2}
)
"""How many working days before the meeting a kind of work must have ended to be of use; one for all others. Custom."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """When a step can end at the earliest and must end at the latest, both working days, included.

    `latest_on` None: nothing that has a limit waits for the step, nor has it one itself. Where time is too short for the
    usual work, it is shared out in proportion, so `latest_on` is still a day on which it can be done.
    `slack`: working days from the earliest to the latest end by the usual work; negative: so many are lacking.
    `critical`: no step on the way to the meeting has less slack.
    """

    earliest_on: date
    latest_on: date | None
    slack: int | None
    critical: bool = False


def needed_days(step: StepDefinition) -> int:
    """How many working days a step usually takes; what happens at the meeting takes none."""
    return 0 if step.in_meeting else NEEDED_WORKING_DAYS.get(step.kind, 0)


def schedule(plan: PlanDefinition, calendar: WorkingCalendar, since: date) -> Mapping[str, Times]:
    """The times of every step of a plan that begins on `since`, by key; limits that hang on the meeting are projected.

    Raises `CyclicPlan`, and the calendar's error for a day outside its years.
    """
    passes = _Passes(plan, calendar, since)
    times = {key: passes.times(key) for key in passes.order}
    before = _before_meeting(plan)
    least = min((each.slack for key, each in times.items() if key in before and each.slack is not None), default=None)
    return MappingProxyType(
        {
            key: Times(each.earliest_on, each.latest_on, each.slack, key in before and each.slack == least is not None)
            for key, each in times.items()
        }
    )


def _before_meeting(plan: PlanDefinition) -> frozenset[str]:
    """Keys of what the meeting waits for, at however many removes."""
    meeting = plan.meeting_step
    seen: set[str] = set()
    waiting = [] if meeting is None else list(meeting.after)
    while waiting:
        key = waiting.pop()
        if key in plan.by_key and key not in seen:
            seen.add(key)
            waiting.extend(plan.by_key[key].after)
    return frozenset(seen)


@dataclass(frozen=True, slots=True)
class _Start:
    """A day that is certain (a limit, the beginning) and the working days of work between it and a step's end."""

    on: date
    work: int


class _Passes:
    def __init__(self, plan: PlanDefinition, calendar: WorkingCalendar, since: date) -> None:
        self.plan = plan
        self.calendar = calendar
        self.order = order(plan)
        self.followers = successors(plan)
        self.limits = deadlines(plan, Facts(since, plan.meeting, {}), calendar)
        self.starts: dict[str, _Start] = {}
        self.ends: dict[str, date] = {}
        self.latest: dict[str, date | None] = {}
        self.last: dict[str, date | None] = {}
        self._forward(since)
        self._backward()

    def times(self, key: str) -> Times:
        """What both passes found of a step."""
        end, latest = self.ends[key], self.latest[key]
        if latest is None:
            return Times(end, None, None)
        slack = self._working_days(end, latest)
        return Times(end, self._shared_out(key) if slack < 0 else latest, slack)

    def _forward(self, since: date) -> None:
        """The earliest end of each step, and the certain day that it is counted from."""
        certain: dict[str, _Start] = {}
        for key in self.order:
            step = self.plan.by_key[key]
            needed = needed_days(step)
            before = [certain[each] for each in step.after if each in certain]
            start = max(before, key=lambda each: self._after(each.on, each.work), default=_Start(since, 0))
            self.starts[key] = _Start(start.on, start.work + needed)
            self.ends[key] = self._after(start.on, start.work + needed)
            limit = self._limit(key)
            certain[key] = self.starts[key] if limit is None else _Start(limit, 0)

    def _backward(self) -> None:
        """The latest end of each step with the usual work behind it (`latest`), and with none (`last`)."""
        for key in reversed(self.order):
            usual, least = self._bounds(key)
            limit = self._limit(key)
            own = [] if limit is None else [limit]
            self.latest[key] = min([*own, *usual], default=None)
            self.last[key] = min([*own, *least], default=None)

    def _bounds(self, key: str) -> tuple[list[date], list[date]]:
        """The days by which each of the steps that wait for a step wants it ended, with and without time for its work."""
        usual: list[date] = []
        least: list[date] = []
        for follower in (self.plan.by_key[each] for each in self.followers[key]):
            latest, last = self.latest[follower.key], self.last[follower.key]
            if latest is None or last is None:
                continue
            if follower.kind is StepKind.HOLD_MEETING and not follower.in_meeting:
                ahead = AHEAD_WORKING_DAYS.get(self.plan.by_key[key].kind, 1)
                usual.append(self.calendar.add(latest, -ahead))
                least.append(self.calendar.add(last, -1))
            else:
                usual.append(self._after(latest, -needed_days(follower)))
                least.append(last)
        return usual, least

    def _limit(self, key: str) -> date | None:
        limit: Due | None = self.limits[key]
        return None if limit is None or limit.floor else limit.safe_on

    def _shared_out(self, key: str) -> date | None:
        """A day for a step that has too little time: the days there are, in proportion to the work before and behind it."""
        latest, last, start = self.latest[key], self.last[key], self.starts[key]
        if latest is None or last is None or self._limit(key) == latest:
            return latest
        days = self._working_days(start.on, last)
        behind = self._working_days(latest, last)
        if days <= 0 or start.work + behind <= 0:
            return last
        return min(last, self.calendar.add(start.on, max(1, days * start.work // (start.work + behind))))

    def _working_days(self, since: date, until: date) -> int:
        """Working days after `since` up to `until` included; negative when it lies before."""
        if until < since:
            return -self.calendar.count(until + _ONE_DAY, since + _ONE_DAY)
        return self.calendar.count(since + _ONE_DAY, until + _ONE_DAY)

    def _after(self, day: date, working_days: int) -> date:
        return self.calendar.add(day, working_days) if working_days else day


def critical_path(times: Mapping[str, Times], keys: Iterable[str]) -> tuple[str, ...]:
    """Of these keys, those of steps that are critical, in the same order."""
    return tuple(key for key in keys if times[key].critical)
