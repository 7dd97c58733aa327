"""What every check of the linter looks at: the plan, its limits on the calendar, and words to speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from calendars.day_table import WEEKDAYS
from calendars.rules import (
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    Due,
    Moment,
    On,
    Rule,
    SameDay,
    Window,
    Within,
    events_of,
)
from calendars.wording import format_rule
from calendars.working_calendar import WorkingCalendar
from workflow.domain.definition import MEETING_EVENT, PlanDefinition, StepDefinition
from workflow.domain.due import Facts, deadlines, moments_known
from workflow.domain.graph import forecast_order, order
from workflow.domain.zone import shown

MOST_NAMED = 5
_FROM_ONE_EVENT = (Within, DaysBefore, After, BeforeEvent, SameDay)


@dataclass(frozen=True)
class Case:
    """A plan under the linter. `today` None: nothing is said about the past."""

    plan: PlanDefinition
    calendar: WorkingCalendar
    today: date | None = None

    @cached_property
    def facts(self) -> Facts:
        """The plan as it would start: on its day of issue, else on the day nearest to that which is known."""
        plan = self.plan
        known = [rule_day for step in plan.steps if (rule_day := fixed_day(step.due)) is not None]
        started_on = plan.issued_on or min(known, default=None) or _first_of(plan) or self.today
        return Facts(started_on or self.calendar.covered_since, plan.meeting, {})

    @cached_property
    def limits(self) -> Mapping[str, Due | None]:
        """The limit of every step. Raises the calendar's error for a day outside its years."""
        return deadlines(self.plan, self.facts, self.calendar)

    @cached_property
    def meeting_moment(self) -> Moment | None:
        """When the meeting is, or is projected; None when nothing is known of it."""
        moments = moments_known(self.plan, self.facts, self.calendar)
        step = self.plan.meeting_step
        return moments.get(MEETING_EVENT) or (moments.get(step.key) if step is not None else None)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each step in an order in which what comes before stands first."""
        return {key: place for place, key in enumerate(order(self.plan))}

    @cached_property
    def hanging(self) -> tuple[StepDefinition, ...]:
        """The steps whose limits are counted, at however many removes, from the meeting."""
        events = {MEETING_EVENT} | ({self.plan.meeting_step.key} if self.plan.meeting_step else set())
        found = set(events)
        for key in forecast_order(self.plan):
            rule = self.plan.by_key[key].due
            if rule is not None and not isinstance(rule, After) and events_of(rule) & found:
                found.add(key)
        return tuple(step for step in self.plan.steps if step.key in found - events)

    def is_meeting(self, step: StepDefinition) -> bool:
        """Whether the step is the plan's own meeting."""
        return self.plan.meeting_step is not None and self.plan.meeting_step.key == step.key

    def before(self, key: str, since: int = 0) -> frozenset[str]:
        """Keys of the steps that come before a step, of those whose rank is at least `since`."""
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            after = self.plan.by_key[waiting.pop()].after
            fresh = [k for k in after if k in self.plan.by_key and k not in seen and self.rank[k] >= since]
            seen.update(fresh)
            waiting.extend(fresh)
        return frozenset(seen)

    def comes_before(self, key: str, other: str) -> bool:
        """Whether a step must be done before another."""
        return key in self.before(other, self.rank[key])

    def worded(self, rule: Rule) -> str:
        """A rule in words, its events by the names of the steps."""
        return format_rule(_with_names(rule, self.plan))

    def typed(self, rule: Rule) -> str:
        """A rule that counts from the meeting in words that can be typed into the plan file."""
        key = self.plan.meeting_step.key if self.plan.meeting_step is not None else MEETING_EVENT
        return format_rule(replace(rule, event=key) if isinstance(rule, _FROM_ONE_EVENT) else rule)

    def names(self, steps: Iterable[StepDefinition]) -> str:
        """Names of steps, the first few of them."""
        return listed([f"«{step.name}»" for step in steps])


def listed(words: list[str]) -> str:
    """Words one after the other, the first few of them."""
    more = len(words) - MOST_NAMED
    return ", ".join(words[:MOST_NAMED]) + (f", … (+{more})" if more > 0 else "")


def weekday_of(day: date) -> str:
    """thứ Bảy 09/05/2026."""
    name = WEEKDAYS[day.weekday()]
    return f"{name.replace('Thứ', 'thứ')} {shown(day)}"


def fixed_day(rule: Rule | None) -> date | None:
    """The day that a rule names itself, None when it names none."""
    match rule:
        case Before(day) | By(day) | On(day):
            return day
        case Window(_, until):
            return until
        case _:
            return None


def _first_of(plan: PlanDefinition) -> date | None:
    meeting = plan.meeting
    if meeting.on is not None:
        return meeting.on
    return date(*meeting.month, 1) if meeting.month is not None else None


def _with_names(rule: Rule, plan: PlanDefinition) -> Rule:
    if not isinstance(rule, _FROM_ONE_EVENT):
        return rule
    meeting = plan.meeting_step
    if rule.event == MEETING_EVENT:
        return replace(rule, event=meeting.name if meeting is not None else "hội nghị")
    return replace(rule, event=plan.by_key[rule.event].name) if rule.event in plan.by_key else rule
