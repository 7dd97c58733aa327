"""What follows by itself: steps open, split into parts, end with their parts; rungs are reached; plans end.

The same rules act after every command and in every sweep, so it does not matter which of them comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.definition import ForEach, StepDefinition
from workflow.domain.draft import Draft, refuse_unless_running
from workflow.domain.events import (
    ClockRestarted,
    PartAdded,
    PlanCompleted,
    RungReached,
    StepCompleted,
    StepHandedOver,
    StepOpened,
)
from workflow.domain.fanning import end_of_parts, parts_at_opening, parts_for_petitions
from workflow.domain.limits import firm_due_at, set_deadlines
from workflow.domain.names import same_unit
from workflow.domain.verdict import Verdict, verdict_of, working_days_late
from workflow.domain.wake import opening_at, openings, rungs_owed
from workflow.domain.zone import instant


@dataclass(frozen=True, slots=True)
class _Pace:
    """How far time is let go on: to `until`, exclusive; when an opening was known; whether rungs are owed on the way."""

    until: datetime
    known_at: Callable[[datetime], datetime]
    owing: bool


def running(draft: Draft) -> Cycle:
    """The state that a command acts on, with all that had to open by now open. Raises `PlanNotRunning`."""
    refuse_unless_running(draft.cycle)
    settle(draft)
    refuse_unless_running(draft.cycle)
    return draft.cycle


def not_cancelled(draft: Draft) -> Cycle:
    """The same for what can still be put right once the plan has ended, though not once it was called off."""
    if draft.cycle.status is not PlanStatus.COMPLETED:
        refuse_unless_running(draft.cycle)
        settle(draft)
    return draft.cycle


def settle(draft: Draft) -> None:
    """Open every step whose time has come by the recording, and end what ends by itself."""
    _go_on(draft, _Pace(draft.at + datetime.resolution, lambda _: draft.at, owing=False))


def sweep(draft: Draft, until: datetime) -> None:
    """The same for every instant before `until` (exclusive), with the rungs owed on the way."""
    _go_on(draft, _Pace(until, lambda opened_at: opened_at, owing=True))


def owe(draft: Draft, until: datetime) -> None:
    """Reach every rung whose instant lies before `until` (exclusive); some give the step to another unit."""
    for owed in rungs_owed(draft.cycle, until, draft.terms):
        draft.add(RungReached(owed.step, owed.revision, owed.name), owed.at)
        owner = draft.cycle.steps[owed.step].definition.owner
        if owed.reassign_to is not None and not same_unit(owed.reassign_to, owner):
            draft.add(StepHandedOver(owed.step, owed.reassign_to, owner, f"rung:{owed.name}"), owed.at)


def _go_on(draft: Draft, pace: _Pace) -> None:
    _end_with_parts(draft, None)
    again = True
    while again and draft.cycle.status is PlanStatus.RUNNING:
        again = _open_in_order(draft, pace)
        _end_plan(draft)
    if pace.owing and draft.cycle.status is PlanStatus.RUNNING:
        owe(draft, pace.until)


def _open_in_order(draft: Draft, pace: _Pace) -> bool:
    """Open what opens, in order of time; whether to look again, because one has ended at once and others may follow."""
    for key, opened_at in openings(draft.cycle, pace.until):
        if draft.cycle.steps[key].status is not StepStatus.WAITING:
            continue
        if pace.owing:
            owe(draft, opened_at)
        known_at = pace.known_at(opened_at)
        draft.add(StepOpened(key, known_at), opened_at)
        _fan_out(draft, key, opened_at, known_at)
        if draft.cycle.steps[key].ended or _end_with_parts(draft, known_at):
            return True
    return False


def _fan_out(draft: Draft, key: str, opened_at: datetime, known_at: datetime) -> None:
    """Split a step that has just opened into its parts; one that has nothing to do ends at once."""
    parts = parts_at_opening(draft.cycle, key)
    step = draft.cycle.steps[key].definition
    add_parts(draft, parts, opened_at, known_at)
    if not parts and step.for_each is ForEach.OPEN_PETITION and key not in draft.cycle.fanned:
        draft.add(StepCompleted(key, Verdict.NO_LIMIT, None, 0), opened_at)
        set_deadlines(draft, f"step:{key}", known_at)


def add_parts(draft: Draft, parts: list[PartAdded], added_at: datetime, known_at: datetime) -> None:
    """Add parts, each with its limit, and open those that have nothing to wait for.

    A petition's part is added when the petition was raised, if that was later.
    """
    for part in parts:
        draft.add(part, max(added_at, _raised_at(draft.cycle, part)))
    if parts:
        set_deadlines(draft, "part", known_at)
    for part in parts:
        opens_at = opening_at(draft.cycle, draft.cycle.steps[part.part])
        if opens_at is not None and opens_at <= known_at:
            draft.add(StepOpened(part.part, known_at), opens_at)


def _raised_at(cycle: Cycle, part: PartAdded) -> datetime:
    petition = cycle.petitions.get(part.item)
    return instant(petition.raised_on) if petition is not None else cycle.started_at


def add_petition_parts(draft: Draft) -> None:
    """Give each open petition its part in every open step that owes answers."""
    for key, whole in draft.cycle.steps.items():
        step = whole.definition
        if step.for_each is not ForEach.OPEN_PETITION or whole.status is not StepStatus.OPEN:
            continue
        assert whole.opened_at is not None
        add_parts(draft, list(parts_for_petitions(draft.cycle, key)), whole.opened_at, draft.at)


def _end_with_parts(draft: Draft, known_at: datetime | None) -> bool:
    """End every open step all of whose parts have ended; whether there was one."""
    ended = False
    for key in [key for key in draft.cycle.steps if key in draft.cycle.fanned]:
        whole, parts = draft.cycle.steps[key], draft.cycle.parts_of(key)
        if whole.status is StepStatus.OPEN and all(part.ended for part in parts):
            last = max(part.ended_at for part in parts if part.ended_at is not None)
            draft.add(end_of_parts(draft.cycle, key), max(last, whole.opened_at or last))
            set_deadlines(draft, f"step:{key}", known_at)
            ended = True
    return ended


def _end_plan(draft: Draft) -> None:
    cycle = draft.cycle
    if cycle.status is PlanStatus.RUNNING and all(step.ended for step in cycle.steps.values()):
        draft.add(PlanCompleted(), cycle.last_end_at)


def end(draft: Draft, done: StepCompleted, happened_at: datetime) -> None:
    """End a step with its verdict against the limit in force, its clock set going again if it stood still.

    The verdict in `done` is put in here.
    """
    key = done.step
    if draft.cycle.steps[key].stopped:
        draft.add(ClockRestarted(key), happened_at)
        set_deadlines(draft, "restart")
    draft.add(judged(draft, done, happened_at), happened_at)


def judged(draft: Draft, done: StepCompleted, happened_at: datetime) -> StepCompleted:
    """The end of a step with its verdict, against the limit in force."""
    step = draft.cycle.steps[done.step]
    due_at = firm_due_at(step)
    return replace(
        done,
        verdict=verdict_of(happened_at, due_at),
        due_on=step.deadline.due_on if step.deadline is not None and due_at is not None else None,
        late_working_days=working_days_late(happened_at, due_at, draft.terms.calendar) if due_at is not None else 0,
    )


def held_with(cycle: Cycle, key: str) -> list[StepDefinition]:
    """The steps that end with the meeting just held: those of the meeting that ask for no proof of their own.

    A step of the meeting that waits for something else, asks for a document or for votes, or has parts, is left to be
    recorded by itself.
    """
    meeting = cycle.plan.meeting_step
    if meeting is None or meeting.key != key:
        return []
    return [
        step
        for step in cycle.plan.steps
        if step.in_meeting
        and not (step.evidence or step.quorum or step.majority or step.key in cycle.fanned)
        and not cycle.steps[step.key].ended
        and not cycle.waiting_for(step.key)
    ]
