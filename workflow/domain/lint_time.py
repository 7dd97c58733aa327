"""Whether a plan leaves time for its work: limits in the wrong order, too few working days, rest days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush

from calendars.rules import After, DaysBefore, Due, Recurring, Window, Within, events_of
from calendars.working_calendar import Day
from workflow.domain.definition import StepDefinition, StepKind
from workflow.domain.lint_case import Case, fixed_day, weekday_of
from workflow.domain.lint_findings import (
    COUNTED_FROM_WHAT_FOLLOWS,
    DUE_ON_REST_DAY,
    FEW_DAYS,
    FEW_DAYS_FOR_HOLIDAYS,
    FEW_DAYS_SINCE_ISSUE,
    LATER_THAN_WHAT_FOLLOWS,
    MEETING_ON_REST_DAY,
    Finding,
    Sentence,
)
from workflow.domain.schedule import needed_days
from workflow.domain.zone import shown

ONE_DAY = timedelta(days=1)
MOST_LOOKED_THROUGH = 100
"""How many steps without a limit are looked through, so that the cost stays linear in the plan."""


# ── rest days ─────────────────────────────────────────────────────────────────────────────────────────────────


def check_rest_days(case: Case) -> Iterator[Finding]:
    """Fixed days and days counted back that are rest days; counted periods roll forward by law and are no finding."""
    for step in case.plan.steps:
        limit = case.limits.get(step.key)
        if limit is None or limit.projected or case.calendar.is_working(limit.due_on):
            continue
        if step.kind is StepKind.HOLD_MEETING and _is_day_of_meeting(step, limit, case):
            yield MEETING_ON_REST_DAY.found(step.key, step=step.name, day=weekday_of(limit.due_on))
        elif step.due is not None and _ends_as_written(step):
            yield DUE_ON_REST_DAY.found(
                step.key,
                source=case.calendar.explain(limit.due_on).source,
                wording=case.worded(step.due),
                step=step.name,
                day=_rest_day(limit.due_on, case),
                safe=weekday_of(limit.safe_on),
            )


def _is_day_of_meeting(step: StepDefinition, limit: Due, case: Case) -> bool:
    meeting = case.plan.meeting
    return (case.is_meeting(step) and meeting.on == limit.due_on) or limit.opens_on == limit.due_on


def _ends_as_written(step: StepDefinition) -> bool:
    """Whether the last day is written; that of whole months (a quarter) is only their end."""
    if isinstance(step.due, Window) and step.due.since.day == 1 and (step.due.until + ONE_DAY).day == 1:
        return False
    return fixed_day(step.due) is not None or isinstance(step.due, DaysBefore)


def _rest_day(day: date, case: Case) -> str:
    explained = case.calendar.explain(day)
    return weekday_of(day) if explained.kind == "weekend" else f"{weekday_of(day)} ({explained.name})"


# ── order ─────────────────────────────────────────────────────────────────────────────────────────────────────


def check_order(case: Case) -> Iterator[Finding]:
    """A step whose limit lies after that of a step which waits for it; steps without a limit are looked through."""
    for step in case.plan.steps:
        limit = case.limits.get(step.key)
        if limit is None:
            yield from _counted_from_followers(step, case)
        if limit is None or _comes_back(step):
            continue
        for key in sorted(_dated_before(step, case), key=case.rank.__getitem__):
            earlier = case.limits[key]
            before = case.plan.by_key[key]
            if earlier is not None and _earliest_end(earlier) > limit.due_on and not _comes_back(before):
                yield LATER_THAN_WHAT_FOLLOWS.found(
                    key,
                    step.key,
                    before=before.name,
                    before_due=shown(earlier.due_on),
                    step=step.name,
                    due=shown(limit.due_on),
                )


def _comes_back(step: StepDefinition) -> bool:
    """A duty that comes back from the plan's start on is not done once in its turn."""
    return isinstance(step.due, Recurring) and step.due.event is None


def _earliest_end(limit: Due) -> date:
    """The first day on which what is limited may happen, as far as its limit tells: a month may end on its first day."""
    return limit.opens_on or limit.due_on


def _dated_before(step: StepDefinition, case: Case) -> set[str]:
    """Keys of the nearest steps with a limit that come before a step."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(step.after)
    while waiting and len(seen) <= MOST_LOOKED_THROUGH:
        key = waiting.pop()
        if key in seen or key not in case.plan.by_key:
            continue
        seen.add(key)
        if case.limits.get(key) is not None:
            found.add(key)
        else:
            waiting.extend(case.plan.by_key[key].after)
    return found


def _counted_from_followers(step: StepDefinition, case: Case) -> Iterator[Finding]:
    """ "Sau E" for a step that must be done before E."""
    if not isinstance(step.due, Within | After | Recurring):
        return
    for event in sorted(events_of(step.due) & case.plan.by_key.keys()):
        if case.comes_before(step.key, event):
            follower = case.plan.by_key[event]
            yield COUNTED_FROM_WHAT_FOLLOWS.found(
                step.key, event, before=step.name, step=follower.name, wording=case.worded(step.due)
            )


# ── enough working days ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The time between an earlier limit (None: the plan's day of issue) and a step's own, and what must fit in."""

    before: str | None
    since: date
    days: int
    needed: int
    work: tuple[str, ...]

    @property
    def lacking(self) -> int:
        return self.needed - self.days


def check_time(case: Case) -> Iterator[Finding]:
    """Steps with fewer working days, since the limit of what comes before them, than such work usually needs."""
    for step in case.plan.steps:
        limit = case.limits.get(step.key)
        if limit is None or limit.projected or step.in_meeting:
            continue
        tight = max(_stretches(step, limit, case), key=lambda stretch: stretch.lacking, default=None)
        if tight is not None and tight.lacking > 0 and tight.days >= 0:
            yield _too_little(step, limit, tight, case)


def _stretches(step: StepDefinition, limit: Due, case: Case) -> Iterator[_Stretch]:
    """From each nearest earlier limit, by the longest way of work from there to the step."""
    for end, (needed, work) in _ways_back(step, limit, case).items():
        since = case.plan.issued_on if end is None else _due_on(end, case)
        if since is not None:
            days = case.calendar.count(since + ONE_DAY, limit.due_on + ONE_DAY)
            yield _Stretch(end, since + ONE_DAY, days, needed, work)


_Way = tuple[int, tuple[str, ...]]


def _ways_back(step: StepDefinition, limit: Due, case: Case) -> dict[str | None, _Way]:
    """The longest way (days needed, keys of the work) back to each nearest earlier limit, None for the plan's issue.

    What has no limit, or a later one, is looked through; steps are taken the last first, so each is complete when taken.
    """
    by_key = case.plan.by_key
    ways: dict[str, _Way] = {step.key: (needed_days(step), (step.key,))}
    ends: dict[str | None, _Way] = {}
    waiting = [(-case.rank[step.key], step.key)]
    while waiting and len(ways) <= MOST_LOOKED_THROUGH:
        _, key = heappop(waiting)
        needed, work = ways[key]
        before = [each for each in by_key[key].after if each in by_key]
        for each in before:
            if _is_earlier(each, limit, case):
                ends[each] = max(ends.get(each, (0, ())), (needed, work))
                continue
            if each not in ways:
                heappush(waiting, (-case.rank[each], each))
            ways[each] = max(ways.get(each, (0, ())), (needed + needed_days(by_key[each]), (each, *work)))
        if not before:
            ends[None] = max(ends.get(None, (0, ())), (needed, work))
    return ends


def _is_earlier(key: str, limit: Due, case: Case) -> bool:
    """Whether a step has a firm last day before a limit; within a month or window it may be done long before."""
    earlier = case.limits.get(key)
    if earlier is None or earlier.projected or earlier.opens_on not in (None, earlier.due_on):
        return False
    return earlier.due_on < limit.due_on


def _due_on(key: str, case: Case) -> date | None:
    limit = case.limits.get(key)
    return None if limit is None else limit.due_on


def _too_little(step: StepDefinition, limit: Due, tight: _Stretch, case: Case) -> Finding:
    holidays = [day for day in case.calendar.special_days(tight.since, limit.due_on + ONE_DAY) if _takes_a_day(day)]
    busy = [case.plan.by_key[key] for key in tight.work if needed_days(case.plan.by_key[key])]
    return _sentence(tight, holidays).found(
        *(key for key in (tight.before, step.key) if key is not None),
        source="; ".join(dict.fromkeys(day.source for day in holidays if day.source)) or None,
        step=step.name,
        days=tight.days,
        since=f"{tight.since:%d/%m}",
        until=shown(limit.due_on),
        holidays=_joined([_holiday(day, case) for day in holidays]),
        work=case.names(busy),
        needed=tight.needed,
        before=case.plan.by_key[tight.before].name if tight.before is not None else None,
    )


def _sentence(tight: _Stretch, holidays: list[Day]) -> Sentence:
    if tight.before is None:
        return FEW_DAYS_SINCE_ISSUE
    return FEW_DAYS_FOR_HOLIDAYS if holidays else FEW_DAYS


def _takes_a_day(day: Day) -> bool:
    return not day.working and day.date.weekday() < 5


def _holiday(day: Day, case: Case) -> str:
    """30/04; Giỗ Tổ Hùng Vương (bù 27/04); Tết Âm lịch."""
    if day.kind == "compensatory" and day.pair is not None:
        return f"{_plain_name(case.calendar.explain(day.pair))} (bù {day.date:%d/%m})"
    if day.kind == "swap_off":
        return f"hoán đổi {day.date:%d/%m}"
    return _plain_name(day)


_CALLED_BY_DATE = {(4, 30), (5, 1), (9, 2), (9, 1), (9, 3), (11, 24)}


def _plain_name(day: Day) -> str:
    if (day.date.month, day.date.day) in _CALLED_BY_DATE:
        return f"{day.date:%d/%m}"
    return day.name.split(" (")[0]


def _joined(words: list[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return distinct[0] if len(distinct) == 1 else f"{', '.join(distinct[:-1])} và {distinct[-1]}" if distinct else ""
