"""The limits of a whole plan: a pure function of its definition, what is known, and the calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from calendars.rules import (
    PLAN_START,
    Due,
    EventUnknown,
    Moment,
    Month,
    Rule,
    SameDay,
    Undatable,
    Within,
    due,
    event_date,
)
from calendars.working_calendar import WorkingCalendar
from workflow.domain.definition import MEETING_EVENT, START_EVENT, Meeting, PlanDefinition, StepDefinition
from workflow.domain.graph import forecast_order
from workflow.domain.stops import Span, accounted, prolonged
from workflow.domain.zone import day_of, instant


@dataclass(frozen=True, slots=True)
class Shift:
    """What moves one step's limit away from the plan's own rule.

    `extended`: the longer rule in its place. `counts_from`: a period counts from no earlier than this, though its event
    came before. `stops`: the days on which its clock stood still. `kept`: the limit as it stays, whatever is computed.
    """

    extended: Rule | None = None
    counts_from: datetime | None = None
    stops: tuple[Span, ...] = ()
    kept: Due | None = None


NOTHING_MOVED: Shift = Shift()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a running plan: when it started, its meeting, when each step that was done ended.

    `skipped`: the steps that do not apply. `shifts`: by step, where something moved its limit.
    """

    started_on: date
    meeting: Meeting
    ended_at: Mapping[str, datetime]
    skipped: frozenset[str] = frozenset()
    shifts: Mapping[str, Shift] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def unpinned(self) -> Facts:
        """The same facts, with no limit kept as it is."""
        return self.without_pins(self.shifts.keys())

    def without_pins(self, steps: Collection[str]) -> Facts:
        """The same facts, with the limits of these steps not kept as they are."""
        shifts = {key: replace(shift, kept=None) if key in steps else shift for key, shift in self.shifts.items()}
        return replace(self, shifts=shifts)


def deadlines(plan: PlanDefinition, facts: Facts, calendar: WorkingCalendar) -> dict[str, Due | None]:
    """The limit of every step; None where the plan sets none or none can be computed.

    A limit is `projected` when it hangs on an event whose day is not known: such an event is taken to happen on
    its own safe date. A step whose clock stands still has no limit, nor has one that counts from a step that does not
    apply. Raises the calendar's error for a day outside its years.
    """
    return _computed(plan, facts, calendar)[0]


def moments_known(plan: PlanDefinition, facts: Facts, calendar: WorkingCalendar) -> dict[str, Moment]:
    """Every event's day, known or projected: what the account of a due date is computed from."""
    return _computed(plan, facts, calendar)[1]


def _computed(
    plan: PlanDefinition, facts: Facts, calendar: WorkingCalendar
) -> tuple[dict[str, Due | None], dict[str, Moment]]:
    found: dict[str, Due | None] = {}
    of_parts: dict[tuple[str, Rule | None], Due | None] = {}
    moments = _start_moments(facts) | _meeting_moment(plan, facts, calendar)
    for key in forecast_order(plan):
        step = plan.by_key[key]
        if step.part_of is None or key in facts.shifts:
            limit = _limit(step, plan, facts, calendar, moments)
        else:  # hundreds of parts may share one limit
            place = (step.part_of, step.due)
            if place not in of_parts:
                of_parts[place] = _limit(step, plan, facts, calendar, moments)
            limit = of_parts[place]
        found[key] = limit
        moment = _moment_of(key, plan, facts, limit, moments)
        if moment is not None:
            moments[key] = moment
    return found, moments


def rule_in_force(step: StepDefinition, plan: PlanDefinition, meeting: Meeting) -> Rule | None:
    """The step's rule; the meeting's own step is owed within its month as long as only the month is known."""
    own_meeting = plan.meeting_step is not None and step.key == plan.meeting_step.key
    if own_meeting and step.due in (None, SameDay(MEETING_EVENT)):
        if meeting.on is None and meeting.month is not None:
            return Month(*meeting.month)
        return SameDay(MEETING_EVENT) if meeting.on is not None else None
    return step.due


def _limit(
    step: StepDefinition,
    plan: PlanDefinition,
    facts: Facts,
    calendar: WorkingCalendar,
    moments: Mapping[str, Moment],
) -> Due | None:
    shift = facts.shifts.get(step.key, NOTHING_MOVED)
    if shift.kept is not None:
        return shift.kept
    rule = shift.extended or rule_in_force(step, plan, facts.meeting)
    if rule is None or (shift.stops and shift.stops[-1][1] is None):
        return None
    if isinstance(rule, Within) and (shift.counts_from or shift.stops):
        event = _event_of(rule, moments)
        if event is not None:
            event = _later(event, shift.counts_from)
            moments = {**moments, rule.event: event}
            rule = prolonged(rule, shift.stops, event.on, calendar)
    try:
        return accounted(due(rule, calendar, moments, plan.readings), shift.stops)
    except (EventUnknown, Undatable):
        return None


def _event_of(rule: Within, moments: Mapping[str, Moment]) -> Moment | None:
    stated = event_date(rule.event)
    return moments.get(rule.event) or (Moment(stated) if stated is not None else None)


def _later(event: Moment, counts_from: datetime | None) -> Moment:
    """The day that a period counts from: its event's, or a later one from which it counts anew."""
    if counts_from is None or day_of(counts_from) <= event.on:
        return event
    return Moment(day_of(counts_from), counts_from, event.projected)


def _start_moments(facts: Facts) -> dict[str, Moment]:
    """The plan's start, by the name that wordings use and by the one from which duties without an event recur."""
    start = Moment(facts.started_on)
    return {START_EVENT: start, PLAN_START: start}


def _meeting_moment(plan: PlanDefinition, facts: Facts, calendar: WorkingCalendar) -> dict[str, Moment]:
    step, meeting = plan.meeting_step, facts.meeting
    if step is not None and step.key in facts.ended_at:
        at = facts.ended_at[step.key]
        return {MEETING_EVENT: Moment(day_of(at), at)}
    if meeting.on is not None:
        at_hour = instant(meeting.on, meeting.at) if meeting.at is not None else None
        return {MEETING_EVENT: Moment(meeting.on, at_hour)}
    if meeting.month is not None:
        limit = due(Month(*meeting.month), calendar, {}, plan.readings)
        return {MEETING_EVENT: Moment(limit.safe_on, projected=True)}
    return {}


def _moment_of(
    key: str, plan: PlanDefinition, facts: Facts, limit: Due | None, moments: Mapping[str, Moment]
) -> Moment | None:
    if key in facts.ended_at:
        return Moment(day_of(facts.ended_at[key]), facts.ended_at[key])
    if key in facts.skipped:
        return None
    meeting = plan.meeting_step
    if meeting is not None and key == meeting.key and MEETING_EVENT in moments:
        return moments[MEETING_EVENT]
    return Moment(limit.safe_on, projected=True) if limit is not None else None
