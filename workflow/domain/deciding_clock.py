"""Moving a step's clock as the rules allow: the longer limit, stops and restarts, and the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from calendars.rules import Rule, Within
from workflow.domain import clock_errors as refused
from workflow.domain.clock_errors import ExtensionTooLate
from workflow.domain.commands import (
    AdoptCalendar,
    AskExtension,
    DeclineExtension,
    ExtendStep,
    RestartClock,
    StopClock,
)
from workflow.domain.cycle import Cycle, Deadline, PlanStatus, StepState
from workflow.domain.draft import Draft
from workflow.domain.due import rule_in_force
from workflow.domain.ending import check_unfinished, check_whole, instant_of, plain
from workflow.domain.errors import ReasonMissing
from workflow.domain.events import (
    ClockRestarted,
    ClockStopped,
    DeadlineExtended,
    ExtensionAsked,
    ExtensionDeclined,
)
from workflow.domain.limits import adopt, set_deadlines
from workflow.domain.settling import running
from workflow.domain.units import UNIT_WORDS
from workflow.domain.zone import day_of, instant, shown


def extend(command: ExtendStep, draft: Draft) -> None:
    """Use the longer limit that the plan allows: once, before the first has passed, for a reason, approved."""
    cycle = running(draft)
    state = draft.step(command.step)
    check_unfinished(state)
    check_whole(state, cycle)
    limit = _extensible(state)
    _check_grounds(command, state)
    if plain(command.approved_by) is None:
        raise refused.ApproverMissing(step=state.definition.name)
    rule = _longer_rule(command, state)
    approved_at = _approved_at(command, limit, cycle, draft.at, state)
    adopt(draft)
    event = DeadlineExtended(
        step=command.step,
        rule=rule,
        reason=plain(command.reason) or "",
        words=plain(command.words) or "",
        approved_by=plain(command.approved_by) or "",
        document_number=plain(command.document_number),
    )
    draft.add(event, approved_at)
    set_deadlines(draft, "extension")
    longer = draft.cycle.steps[command.step].deadline
    if longer is None or longer.due_at <= limit.due_at:
        raise refused.ExtensionTooShort(step=state.definition.name, due_on=shown(limit.due_on))


def ask_extension(command: AskExtension, draft: Draft) -> None:
    """Ask for the longer limit, as it could be granted now; the same again changes nothing."""
    cycle = running(draft)
    state = draft.step(command.step)
    check_unfinished(state)
    check_whole(state, cycle)
    limit = _extensible(state)
    if draft.at >= limit.due_at:
        raise ExtensionTooLate(step=state.definition.name, due_on=shown(limit.due_on))
    _check_grounds(command, state)
    _longer_rule(command, state)
    event = ExtensionAsked(command.step, plain(command.reason) or "", plain(command.words) or "", command.n)
    asked = state.asked
    if asked is None or (asked.reason, asked.words, asked.n) != (event.reason, event.words, event.n):
        draft.add(event)


def decline_extension(command: DeclineExtension, draft: Draft) -> None:
    """Say no to what was asked for."""
    running(draft)
    state, reason = draft.step(command.step), plain(command.reason)
    if state.asked is None:
        raise refused.ExtensionNotAsked(step=state.definition.name)
    if reason is None:
        raise ReasonMissing
    draft.add(ExtensionDeclined(command.step, reason))


def _extensible(state: StepState) -> Deadline:
    """The limit in force, if it may be extended at all."""
    name, limit = state.definition.name, state.deadline
    if state.definition.extend is None:
        raise refused.ExtensionNotAllowed(step=name)
    if state.extended is not None:
        raise refused.ExtensionAlreadyUsed(step=name, extended_on=shown(day_of(state.extended.approved_at)))
    if limit is None:
        raise refused.ExtensionWithoutLimit(step=name)
    if limit.projected:
        raise refused.ExtensionOfProjection(step=name)
    return limit


def _check_grounds(command: ExtendStep | AskExtension, state: StepState) -> None:
    name, allowed, reason = state.definition.name, state.definition.extend_reasons, plain(command.reason)
    if reason is None:
        raise refused.ExtensionReasonMissing(step=name)
    if allowed and reason not in allowed:
        raise refused.ExtensionReasonUnlisted(step=name, reasons="; ".join(allowed), reason=reason)
    if plain(command.words) is None:
        raise refused.ExtensionWordsMissing(step=name)


def _longer_rule(command: ExtendStep | AskExtension, state: StepState) -> Rule:
    """The longer rule, in all from the same event, as long as asked for but no longer than the plan allows."""
    step, n = state.definition, command.n
    assert step.extend is not None
    if n is None:
        return step.extend
    if not isinstance(step.extend, Within):
        raise refused.ExtensionByDate(step=step.name)
    if n > step.extend.n:
        raise refused.ExtensionTooLong(step=step.name, cap=step.extend.n, counted=UNIT_WORDS[step.extend.unit], n=n)
    first = step.due.n if isinstance(step.due, Within) and step.due.unit is step.extend.unit else 0
    if n <= first:
        assert state.deadline is not None
        raise refused.ExtensionTooShort(step=step.name, due_on=shown(state.deadline.due_on))
    return replace(step.extend, n=n)


def _approved_at(command: ExtendStep, limit: Deadline, cycle: Cycle, at: datetime, state: StepState) -> datetime:
    """When the extension was approved: before the first limit had passed, though it may be recorded after."""
    today, started_on, name = day_of(at), day_of(cycle.started_at), state.definition.name
    approved_on = command.approved_on or today
    if approved_on > today:
        raise refused.ApprovedInFuture(approved_on=shown(approved_on), today=shown(today))
    if approved_on < started_on:
        raise refused.ApprovedBeforeStart(approved_on=shown(approved_on), started_on=shown(started_on))
    in_time = at < limit.due_at if approved_on == today else approved_on <= limit.due_on
    if not in_time:
        raise ExtensionTooLate(step=name, due_on=shown(limit.due_on))
    return instant_of(approved_on, at, limit)


def stop(command: StopClock, draft: Draft) -> None:
    """Let the clock of a step stand still from a day on; only a period can, and only before it has passed."""
    cycle = running(draft)
    state, reason = draft.step(command.step), plain(command.reason)
    check_unfinished(state)
    check_whole(state, cycle)
    if reason is None:
        raise ReasonMissing
    stopped_on = command.stopped_on or day_of(draft.at)
    _check_stoppable(state, cycle, stopped_on)
    _check_day(stopped_on, _running_since(state, cycle), state, draft.at)
    adopt(draft)
    draft.add(ClockStopped(command.step, reason), _first_instant(stopped_on, draft.at))
    set_deadlines(draft, "stop")


def _check_stoppable(state: StepState, cycle: Cycle, stopped_on: date) -> None:
    name, limit = state.definition.name, state.deadline
    if state.stopped:
        raise refused.ClockAlreadyStopped(step=name, stopped_on=shown(day_of(state.stops[-1].since)))
    extended = state.extended.rule if state.extended is not None else None
    if not isinstance(extended or rule_in_force(state.definition, cycle.plan, cycle.meeting), Within):
        raise refused.ClockNotStoppable(step=name)
    if limit is None or limit.projected:
        raise refused.ClockNotRunning(step=name)
    if instant(stopped_on) >= limit.due_at:
        raise refused.ClockRanOut(step=name, due_on=shown(limit.due_on))


def _running_since(state: StepState, cycle: Cycle) -> date:
    """The day before which the clock cannot be stopped: it was set going, passed on or the plan started then."""
    last = state.stops[-1].until if state.stops else None
    return max(day_of(each) for each in (cycle.started_at, last, state.counts_from) if each is not None)


def restart(command: RestartClock, draft: Draft) -> None:
    """Let a stopped clock run again; the days that it stood still are added to the limit."""
    running(draft)
    state = draft.step(command.step)
    check_unfinished(state)
    if not state.stopped:
        raise refused.ClockNotStopped(step=state.definition.name)
    restarted_on = command.restarted_on or day_of(draft.at)
    _check_day(restarted_on, day_of(state.stops[-1].since), state, draft.at)
    adopt(draft)
    draft.add(ClockRestarted(command.step), _first_instant(restarted_on, draft.at))
    set_deadlines(draft, "restart")


def _check_day(day: date, since: date, state: StepState, at: datetime) -> None:
    if day > day_of(at):
        raise refused.StoppedInFuture(day=shown(day), today=shown(day_of(at)))
    if day < since:
        raise refused.StoppedTooEarly(day=shown(day), since=shown(since), step=state.definition.name)


def _first_instant(day: date, at: datetime) -> datetime:
    """When a clock was touched on a day: at its recording, or from the beginning of an earlier day."""
    return at if day == day_of(at) else instant(day)


def adopt_calendar(command: AdoptCalendar, draft: Draft) -> None:
    """Count every open limit on the calendar in force, save those that are to stay; no other plan is touched."""
    if draft.cycle.status is PlanStatus.RUNNING:
        for key in sorted(command.keep):
            draft.step(key)
        adopt(draft, command.keep)
