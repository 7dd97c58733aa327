"""The state of one running plan and how events change it. `evolve` never refuses: what is in the log has happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import singledispatch
from types import MappingProxyType

from workflow.domain.definition import Meeting, PlanDefinition, StepDefinition
from workflow.domain.due import Facts
from workflow.domain.events import (
    CalendarAdopted,
    DeadlineLifted,
    DeadlineSet,
    Event,
    MeetingSet,
    PlanCancelled,
    PlanCompleted,
    PlanStarted,
    Recorded,
    RungReached,
    StepCompleted,
    StepJudged,
    StepOpened,
)
from workflow.domain.verdict import Standing, Verdict
from workflow.domain.zone import day_of


class PlanStatus(StrEnum):
    """Where a plan is in its life."""

    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class StepStatus(StrEnum):
    """Where a step is in its life, whatever the clock says."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step's limit in force: see `DeadlineSet`.

    Its ladder counts from `known_at`, when it was recorded, and keeps its rungs under `ladder_revision`: both are
    those of an earlier revision when the step was overdue under that one already and still is, so that moving a limit
    that has passed to another day that has passed starts no new ladder.
    """

    revision: int
    due_on: date
    due_at: datetime
    safe_on: date
    event_on: date | None
    projected: bool
    provisional: bool
    why: str
    known_at: datetime
    ladder_revision: int


@dataclass(frozen=True, slots=True)
class Completion:
    """How a step ended. `back_dated`: it was recorded on a later day than it happened."""

    happened_at: datetime
    recorded_at: datetime
    verdict: Verdict
    due_on: date | None
    late_working_days: int
    document_number: str | None
    document_on: date | None
    file: str | None
    note: str | None
    actor: str

    @property
    def back_dated(self) -> bool:
        """Whether the fact was recorded on a later day than the day on which it happened."""
        return day_of(self.happened_at) < day_of(self.recorded_at)


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a running plan. `revision` is the number of the last limit computed, in force or lifted."""

    definition: StepDefinition
    status: StepStatus = StepStatus.WAITING
    opened_at: datetime | None = None
    open_known_at: datetime | None = None
    deadline: Deadline | None = None
    revision: int = 0
    completion: Completion | None = None
    reached: frozenset[tuple[int, str]] = frozenset()

    def standing(self, at: datetime) -> Standing:
        """Where the step stands at an instant; a step not yet open is overdue once a firm limit has passed."""
        limit, done = self.deadline, self.completion
        return standing_at(
            at,
            status=self.status,
            verdict=done.verdict if done is not None else None,
            due_at=limit.due_at if limit is not None else None,
            projected=limit is not None and limit.projected,
        )


def standing_at(
    at: datetime, *, status: StepStatus, verdict: Verdict | None, due_at: datetime | None, projected: bool
) -> Standing:
    """Where a step stands at an instant: by its verdict once ended, else by whether a firm limit has passed."""
    if verdict is not None:
        return _ENDED[verdict]
    if status is StepStatus.CANCELLED:
        return Standing.CANCELLED
    if due_at is not None and not projected and at >= due_at:
        return Standing.RUNNING_OVERDUE
    return Standing.WAITING if status is StepStatus.WAITING else Standing.RUNNING_IN_TIME


_ENDED: Mapping[Verdict, Standing] = MappingProxyType(
    {
        Verdict.ON_TIME: Standing.DONE_ON_TIME,
        Verdict.LATE: Standing.DONE_LATE,
        Verdict.NO_LIMIT: Standing.DONE_NO_LIMIT,
    }
)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A running plan as its events made it. `version` is the version of the last event folded in."""

    plan_id: str
    definition: PlanDefinition
    calendar_version: str
    started_at: datetime
    started_by: str
    meeting: Meeting
    steps: Mapping[str, StepState] = field(hash=False)
    status: PlanStatus = PlanStatus.RUNNING
    ended_at: datetime | None = None
    cancel_reason: str | None = None
    version: int = 1

    @property
    def facts(self) -> Facts:
        """What limits are computed from."""
        ended = {key: step.completion.happened_at for key, step in self.steps.items() if step.completion is not None}
        return Facts(day_of(self.started_at), self.meeting, ended)

    def waiting_for(self, key: str) -> tuple[str, ...]:
        """Keys of the unfinished steps that the step waits for."""
        return tuple(
            before
            for before in self.steps[key].definition.after
            if before in self.steps and self.steps[before].completion is None
        )

    def with_step(self, key: str, step: StepState) -> Cycle:
        """The same plan with one step replaced."""
        return replace(self, steps=MappingProxyType({**self.steps, key: step}))


def begin(recorded: Recorded) -> Cycle:
    """The state after the first event of a log, which is `PlanStarted`."""
    event = recorded.event
    if not isinstance(event, PlanStarted):
        raise TypeError(f"a log begins with PlanStarted, not {type(event).__name__}")
    return Cycle(
        plan_id=recorded.plan_id,
        definition=event.definition,
        calendar_version=event.calendar_version,
        started_at=recorded.happened_at,
        started_by=recorded.actor,
        meeting=event.definition.meeting,
        steps=MappingProxyType({step.key: StepState(step) for step in event.definition.steps}),
        version=recorded.version,
    )


def evolve(cycle: Cycle, recorded: Recorded) -> Cycle:
    """The state after one more event."""
    return replace(_apply(recorded.event, cycle, recorded), version=recorded.version)


def fold(log: Iterable[Recorded], cycle: Cycle | None = None) -> Cycle:
    """The state after a log, in the order of versions; `cycle` is the state before it, None for a whole log."""
    for recorded in log:
        cycle = begin(recorded) if cycle is None else evolve(cycle, recorded)
    if cycle is None:
        raise ValueError("an empty log has no state")
    return cycle


@singledispatch
def _apply(event: Event, _cycle: Cycle, _recorded: Recorded) -> Cycle:
    raise TypeError(f"no state follows from {type(event).__name__}")


def _held_on(meeting: Meeting, day: date) -> Meeting:
    """The meeting as it was held: the day it had, with its hour, or another one."""
    return meeting if meeting.on == day else replace(meeting, on=day, at=None)


@_apply.register
def _(event: MeetingSet, cycle: Cycle, _recorded: Recorded) -> Cycle:
    place = event.place or cycle.meeting.place
    return replace(cycle, meeting=replace(cycle.meeting, on=event.on, at=event.at, place=place))


@_apply.register
def _(event: StepOpened, cycle: Cycle, recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    opened = replace(step, status=StepStatus.OPEN, opened_at=recorded.happened_at, open_known_at=event.known_at)
    return cycle.with_step(event.step, opened)


@_apply.register
def _(event: DeadlineSet, cycle: Cycle, recorded: Recorded) -> Cycle:
    before = cycle.steps[event.step].deadline
    still_overdue = (
        before is not None and not before.projected and max(before.due_at, event.due_at) <= recorded.recorded_at
    )
    deadline = Deadline(
        revision=event.revision,
        due_on=event.due_on,
        due_at=event.due_at,
        safe_on=event.safe_on,
        event_on=event.event_on,
        projected=event.projected,
        provisional=event.provisional,
        why=event.why,
        known_at=before.known_at if before is not None and still_overdue else recorded.recorded_at,
        ladder_revision=before.ladder_revision if before is not None and still_overdue else event.revision,
    )
    step = replace(cycle.steps[event.step], deadline=deadline, revision=event.revision)
    return cycle.with_step(event.step, step)


@_apply.register
def _(event: DeadlineLifted, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_step(event.step, replace(cycle.steps[event.step], deadline=None, revision=event.revision))


@_apply.register
def _(event: StepCompleted, cycle: Cycle, recorded: Recorded) -> Cycle:
    completion = Completion(
        happened_at=recorded.happened_at,
        recorded_at=recorded.recorded_at,
        verdict=event.verdict,
        due_on=event.due_on,
        late_working_days=event.late_working_days,
        document_number=event.document_number,
        document_on=event.document_on,
        file=event.file,
        note=event.note,
        actor=recorded.actor,
    )
    step = replace(cycle.steps[event.step], status=StepStatus.DONE, completion=completion)
    held = cycle.definition.meeting_step
    if held is not None and held.key == event.step:
        cycle = replace(cycle, meeting=_held_on(cycle.meeting, day_of(recorded.happened_at)))
    return cycle.with_step(event.step, step)


@_apply.register
def _(event: StepJudged, cycle: Cycle, _recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    assert step.completion is not None
    judged = replace(
        step.completion, verdict=event.verdict, due_on=event.due_on, late_working_days=event.late_working_days
    )
    return cycle.with_step(event.step, replace(step, completion=judged))


@_apply.register
def _(event: RungReached, cycle: Cycle, _recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    return cycle.with_step(event.step, replace(step, reached=step.reached | {(event.revision, event.rung)}))


@_apply.register
def _(event: CalendarAdopted, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return replace(cycle, calendar_version=event.calendar_version)


@_apply.register
def _(_event: PlanCompleted, cycle: Cycle, recorded: Recorded) -> Cycle:
    return replace(cycle, status=PlanStatus.COMPLETED, ended_at=recorded.happened_at)


@_apply.register
def _(event: PlanCancelled, cycle: Cycle, recorded: Recorded) -> Cycle:
    steps = {
        key: step if step.completion is not None else replace(step, status=StepStatus.CANCELLED)
        for key, step in cycle.steps.items()
    }
    return replace(
        cycle,
        status=PlanStatus.CANCELLED,
        ended_at=recorded.happened_at,
        cancel_reason=event.reason,
        steps=MappingProxyType(steps),
    )
