"""The limits of a whole plan: a pure function of its definition, what is known, and the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from calendars.rules import PLAN_START, Due, EventUnknown, Moment, Month, Rule, SameDay, Undatable, due
from calendars.working_calendar import WorkingCalendar
from workflow.domain.definition import MEETING_EVENT, START_EVENT, Meeting, PlanDefinition, StepDefinition
from workflow.domain.graph import forecast_order
from workflow.domain.zone import day_of, instant


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a running plan: when it started, its meeting, and when each ended step ended."""

    started_on: date
    meeting: Meeting
    ended_at: Mapping[str, datetime]


def deadlines(plan: PlanDefinition, facts: Facts, calendar: WorkingCalendar) -> dict[str, Due | None]:
    """The limit of every step; None where the plan sets none or none can be computed.

    A limit is `projected` when it hangs on an event whose day is not known: such an event is taken to happen on
    its own safe date. Raises the calendar's error for a day outside its years.
    """
    found: dict[str, Due | None] = {}
    moments = _start_moments(facts) | _meeting_moment(plan, facts, calendar)
    for key in forecast_order(plan):
        step = plan.by_key[key]
        limit = _limit(step, plan, facts, calendar, moments)
        found[key] = limit
        moment = _moment_of(key, plan, facts, limit, moments)
        if moment is not None:
            moments[key] = moment
    return found


def rule_in_force(step: StepDefinition, plan: PlanDefinition, meeting: Meeting) -> Rule | None:
    """The step's rule; the meeting's own step is owed within its month as long as only the month is known."""
    own_meeting = plan.meeting_step is not None and step.key == plan.meeting_step.key
    if own_meeting and step.due in (None, SameDay(MEETING_EVENT)):
        if meeting.on is None and meeting.month is not None:
            return Month(*meeting.month)
        return SameDay(MEETING_EVENT) if meeting.on is not None else None
    return step.due


def moments_known(plan: PlanDefinition, facts: Facts, calendar: WorkingCalendar) -> dict[str, Moment]:
    """Every event's day, known or projected: what the account of a due date is computed from."""
    moments = _start_moments(facts) | _meeting_moment(plan, facts, calendar)
    for key, limit in deadlines(plan, facts, calendar).items():
        moment = _moment_of(key, plan, facts, limit, moments)
        if moment is not None:
            moments[key] = moment
    return moments


def _limit(
    step: StepDefinition,
    plan: PlanDefinition,
    facts: Facts,
    calendar: WorkingCalendar,
    moments: Mapping[str, Moment],
) -> Due | None:
    rule = rule_in_force(step, plan, facts.meeting)
    if rule is None:
        return None
    try:
        return due(rule, calendar, moments, plan.readings)
    except (EventUnknown, Undatable):
        return None


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
    meeting = plan.meeting_step
    if meeting is not None and key == meeting.key and MEETING_EVENT in moments:
        return moments[MEETING_EVENT]
    return Moment(limit.safe_on, projected=True) if limit is not None else None
