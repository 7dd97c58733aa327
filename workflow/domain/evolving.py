"""How events change a running plan. `evolve` never refuses: what is in the log has happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import singledispatch
from types import MappingProxyType

from workflow.domain.cycle import (
    Asked,
    Completion,
    Cycle,
    Deadline,
    Extended,
    PlanStatus,
    Skip,
    StepState,
    StepStatus,
    Stop,
)
from workflow.domain.definition import Meeting, StepDefinition
from workflow.domain.events import (
    CalendarAdopted,
    ClockRestarted,
    ClockStopped,
    CompletionCorrected,
    DeadlineExtended,
    DeadlineKept,
    DeadlineLifted,
    DeadlineSet,
    Event,
    ExtensionAsked,
    ExtensionDeclined,
    LadderAdopted,
    MeetingPostponed,
    MeetingSet,
    PartAdded,
    PlanCancelled,
    PlanCompleted,
    PlanStarted,
    Recorded,
    RungReached,
    StepAcknowledged,
    StepCompleted,
    StepHandedOver,
    StepJudged,
    StepOpened,
    StepReopened,
    StepSkipped,
    StepSnoozed,
)
from workflow.domain.evolving_petitions import PETITION_RULES
from workflow.domain.ladder import DEFAULT_LADDER
from workflow.domain.names import same_unit
from workflow.domain.parts import part_definition, with_part
from workflow.domain.petition import Petition
from workflow.domain.zone import day_of, end_of


def begin(recorded: Recorded) -> Cycle:
    """The state after the first event of a log, which is `PlanStarted`."""
    event = recorded.event
    if not isinstance(event, PlanStarted):
        raise TypeError(f"a log begins with PlanStarted, not {type(event).__name__}")
    return Cycle(
        plan_id=recorded.plan_id,
        definition=event.definition,
        plan=event.definition,
        calendar_version=event.calendar_version,
        started_at=recorded.happened_at,
        started_by=recorded.actor,
        meeting=event.definition.meeting,
        steps=MappingProxyType({step.key: StepState(step) for step in event.definition.steps}),
        version=recorded.version,
        ladder=event.ladder if event.ladder is not None else DEFAULT_LADDER,
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


# ── the meeting ───────────────────────────────────────────────────────────────────────────────────────────────


@_apply.register
def _(event: MeetingSet, cycle: Cycle, _recorded: Recorded) -> Cycle:
    place = event.place or cycle.meeting.place
    return replace(cycle, meeting=replace(cycle.meeting, on=event.on, at=event.at, place=place))


@_apply.register
def _(event: MeetingPostponed, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return replace(cycle, meeting=replace(cycle.meeting, on=None, at=None, month=event.month))


def _with_meeting_held(cycle: Cycle, key: str, day: date) -> Cycle:
    """The meeting as it was held, when the step is the plan's own meeting: the day it had, with its hour, or another."""
    own = cycle.plan.meeting_step
    if own is None or own.key != key or cycle.meeting.on == day:
        return cycle
    held: Meeting = replace(cycle.meeting, on=day, at=None)
    return replace(cycle, meeting=held)


# ── the life of a step ────────────────────────────────────────────────────────────────────────────────────────


@_apply.register
def _(event: StepOpened, cycle: Cycle, recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    opened = replace(step, status=StepStatus.OPEN, opened_at=recorded.happened_at, open_known_at=event.known_at)
    return cycle.with_step(event.step, opened)


@_apply.register
def _(event: PartAdded, cycle: Cycle, recorded: Recorded) -> Cycle:
    whole = cycle.steps[event.step]
    definition = part_definition(whole.definition, event)
    plan = with_part(cycle.plan, definition)
    late = event.item in cycle.petitions and whole.opened_at is not None and recorded.happened_at > whole.opened_at
    part = StepState(
        definition,
        added_at=recorded.happened_at,
        counts_from=recorded.happened_at if late else None,
        extended=whole.extended,
        stops=whole.stops,
    )
    steps = {**cycle.steps, event.part: part}
    ordered = MappingProxyType({step.key: steps[step.key] for step in plan.steps})
    return replace(cycle, plan=plan, steps=ordered, fanned=cycle.fanned | {event.step})


@_apply.register
def _(event: StepCompleted, cycle: Cycle, recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
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
        tally=event.tally,
        due_at=step.deadline.due_at if step.deadline is not None and event.due_on is not None else None,
    )
    cycle = _with_meeting_held(cycle, event.step, day_of(recorded.happened_at))
    return cycle.with_step(event.step, replace(step, status=StepStatus.DONE, completion=completion))


@_apply.register
def _(event: StepJudged, cycle: Cycle, _recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    assert step.completion is not None
    judged = replace(
        step.completion,
        verdict=event.verdict,
        due_on=event.due_on,
        late_working_days=event.late_working_days,
        due_at=end_of(event.due_on),
    )
    return cycle.with_step(event.step, replace(step, completion=judged))


@_apply.register
def _(event: CompletionCorrected, cycle: Cycle, recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    before = step.completion
    assert before is not None
    same_time = before.happened_at == recorded.happened_at
    corrected = replace(
        before,
        happened_at=recorded.happened_at,
        recorded_at=before.recorded_at if same_time else recorded.recorded_at,
        verdict=event.verdict,
        due_on=event.due_on,
        late_working_days=event.late_working_days,
        document_number=event.document_number,
        document_on=event.document_on,
        file=event.file,
        note=event.note,
        corrected_at=recorded.recorded_at,
    )
    cycle = _with_meeting_held(cycle, event.step, day_of(recorded.happened_at))
    cycle = _with_answer_corrected(cycle, event, day_of(recorded.happened_at))
    cycle = cycle.with_step(event.step, replace(step, completion=corrected))
    return replace(cycle, ended_at=cycle.last_end_at) if cycle.status is PlanStatus.COMPLETED else cycle


def _with_answer_corrected(cycle: Cycle, event: CompletionCorrected, day: date) -> Cycle:
    petition = cycle.petition_of(event.step)
    if petition is None or petition.answer is None:
        return cycle
    answer = replace(
        petition.answer, answered_on=day, document_number=event.document_number, file=event.file, summary=event.note
    )
    return cycle.with_petition(replace(petition, answer=answer))


@_apply.register
def _(event: StepSkipped, cycle: Cycle, recorded: Recorded) -> Cycle:
    skip = Skip(recorded.happened_at, event.reason)
    return cycle.with_step(
        event.step, replace(cycle.steps[event.step], status=StepStatus.SKIPPED, skipped=skip, deadline=None)
    )


@_apply.register
def _(event: StepReopened, cycle: Cycle, _recorded: Recorded) -> Cycle:
    """Its next limit is a new revision, with a ladder of its own; what its petition was told is taken back."""
    step = cycle.steps[event.step]
    status = StepStatus.OPEN if step.opened_at is not None else StepStatus.WAITING
    reopened = replace(step, status=status, completion=None, skipped=None, deadline=None, kept=False)
    petition = cycle.petition_of(event.step)
    if petition is not None:
        cycle = cycle.with_petition(replace(petition, answer=None, told_on=None, duplicate_of=None))
    return replace(cycle.with_step(event.step, reopened), status=PlanStatus.RUNNING, ended_at=None)


@_apply.register
def _(event: StepHandedOver, cycle: Cycle, _recorded: Recorded) -> Cycle:
    step, petition = cycle.steps[event.step].definition, cycle.petition_of(event.step)
    if petition is not None and not _stays_unassigned(petition, step, event.owner, cycle):
        cycle = cycle.with_petition(replace(petition, lead=event.owner))
    return cycle.with_definition(replace(step, owner=event.owner))


def _stays_unassigned(petition: Petition, part: StepDefinition, owner: str, cycle: Cycle) -> bool:
    """Whether the part only falls back to the owner of the whole step, because the petition has no lead."""
    whole = cycle.plan.by_key[part.part_of or ""]
    return petition.lead is None and same_unit(owner, whole.owner)


@_apply.register
def _(_event: PlanCompleted, cycle: Cycle, recorded: Recorded) -> Cycle:
    return replace(cycle, status=PlanStatus.COMPLETED, ended_at=recorded.happened_at)


@_apply.register
def _(event: PlanCancelled, cycle: Cycle, recorded: Recorded) -> Cycle:
    steps = {
        key: step if step.ended else replace(step, status=StepStatus.CANCELLED) for key, step in cycle.steps.items()
    }
    return replace(
        cycle,
        status=PlanStatus.CANCELLED,
        ended_at=recorded.happened_at,
        cancel_reason=event.reason,
        steps=MappingProxyType(steps),
    )


# ── limits and the ladder ─────────────────────────────────────────────────────────────────────────────────────


@_apply.register
def _(event: DeadlineSet, cycle: Cycle, recorded: Recorded) -> Cycle:
    """A limit is known from the instant of its cause on, which the clock may have reached before it was swept."""
    known_at = recorded.happened_at
    before = cycle.steps[event.step].deadline
    still_overdue = before is not None and not before.projected and max(before.due_at, event.due_at) <= known_at
    deadline = Deadline(
        revision=event.revision,
        due_on=event.due_on,
        due_at=event.due_at,
        safe_on=event.safe_on,
        event_on=event.event_on,
        projected=event.projected,
        provisional=event.provisional,
        why=event.why,
        known_at=before.known_at if before is not None and still_overdue else known_at,
        ladder_revision=before.ladder_revision if before is not None and still_overdue else event.revision,
    )
    step = replace(cycle.steps[event.step], deadline=deadline, revision=event.revision, kept=False)
    return cycle.with_step(event.step, step)


@_apply.register
def _(event: DeadlineLifted, cycle: Cycle, _recorded: Recorded) -> Cycle:
    lifted = replace(cycle.steps[event.step], deadline=None, revision=event.revision, kept=False)
    return cycle.with_step(event.step, lifted)


@_apply.register
def _(event: DeadlineKept, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_step(event.step, replace(cycle.steps[event.step], kept=True))


@_apply.register
def _(event: DeadlineExtended, cycle: Cycle, recorded: Recorded) -> Cycle:
    extended = Extended(
        rule=event.rule,
        reason=event.reason,
        words=event.words,
        approved_by=event.approved_by,
        document_number=event.document_number,
        approved_at=recorded.happened_at,
    )
    return cycle.with_step(event.step, replace(cycle.steps[event.step], extended=extended, asked=None))


@_apply.register
def _(event: ExtensionAsked, cycle: Cycle, recorded: Recorded) -> Cycle:
    asked = Asked(event.reason, event.words, event.n, recorded.happened_at, recorded.actor)
    return cycle.with_step(event.step, replace(cycle.steps[event.step], asked=asked))


@_apply.register
def _(event: ExtensionDeclined, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return cycle.with_step(event.step, replace(cycle.steps[event.step], asked=None))


@_apply.register
def _(event: ClockStopped, cycle: Cycle, recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    return cycle.with_step(event.step, replace(step, stops=(*step.stops, Stop(recorded.happened_at, event.reason))))


@_apply.register
def _(event: ClockRestarted, cycle: Cycle, recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    *before, last = step.stops
    stops = (*before, replace(last, until=recorded.happened_at))
    return cycle.with_step(event.step, replace(step, stops=stops))


@_apply.register
def _(event: RungReached, cycle: Cycle, _recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    return cycle.with_step(event.step, replace(step, reached=step.reached | {(event.revision, event.rung)}))


@_apply.register
def _(event: StepAcknowledged, cycle: Cycle, _recorded: Recorded) -> Cycle:
    step = cycle.steps[event.step]
    return cycle.with_step(event.step, replace(step, acknowledged=step.acknowledged | {event.revision}))


@_apply.register
def _(event: StepSnoozed, cycle: Cycle, _recorded: Recorded) -> Cycle:
    """The last word counts: who asks to be reminded on a day wants no more to be left alone for good."""
    step = cycle.steps[event.step]
    acknowledged = step.acknowledged - {event.revision}
    return cycle.with_step(event.step, replace(step, acknowledged=acknowledged, snoozed=(event.revision, event.until)))


@_apply.register
def _(event: LadderAdopted, cycle: Cycle, recorded: Recorded) -> Cycle:
    return replace(cycle, ladder=event.ladder, ladder_since=recorded.happened_at)


@_apply.register
def _(event: CalendarAdopted, cycle: Cycle, _recorded: Recorded) -> Cycle:
    return replace(cycle, calendar_version=event.calendar_version)


for _kind, _rule in PETITION_RULES.items():
    _apply.register(_kind, _rule)
