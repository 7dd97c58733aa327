"""The read tables as a pure function of a plan's state (and of its log, for the revisions of its limits)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from workflow.domain.cycle import Cycle, StepState, StepStatus
from workflow.domain.definition import ForEach, Meeting
from workflow.domain.events import DeadlineLifted, DeadlineSet, Recorded
from workflow.domain.ladder import Terms
from workflow.domain.names import folded
from workflow.domain.petition import Petition
from workflow.domain.wake import next_wake_at
from workflow.ports import DeadlineRevision, PetitionRow, PlanRow, StepRow, TableFault
from workflow.store.counting import counted_over
from workflow.store.folding import folded_all

Row = PlanRow | StepRow | PetitionRow | DeadlineRevision
WakeOf = Callable[[StepState], datetime | None]
Placed = Mapping[tuple[str, object], Row]
"""The rows of one plan, each under its table and its key there."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the read tables hold of one plan; `revisions` with the version of the event each follows from."""

    plan: PlanRow
    steps: tuple[StepRow, ...]
    petitions: tuple[PetitionRow, ...]
    revisions: tuple[tuple[int, DeadlineRevision], ...]


@dataclass(frozen=True, slots=True)
class Before:
    """A plan a few events earlier, with the rows that it had under some terms: what has not changed is taken from them."""

    cycle: Cycle
    rows: Rows
    terms: Terms

    def still_hold(self, cycle: Cycle, terms: Terms) -> bool:
        """Whether everything else that a step's row rests on is as it was."""
        return self.terms is terms and _ground(self.cycle) == _ground(cycle)


def _ground(cycle: Cycle) -> tuple[object, ...]:
    return (cycle.status, cycle.ladder, cycle.ladder_since, cycle.meeting, cycle.calendar_version, cycle.fanned)


def rows_of(cycle: Cycle, log: Iterable[Recorded], terms: Terms, before: Before | None = None) -> Rows:
    """The rows of a plan; `revisions` holds those that follow from `log`, which may be a part of the whole."""
    if before is None or not before.still_hold(cycle, terms):
        return rows_waking(cycle, log, lambda step: next_wake_at(cycle, step, terms))
    parts = Counter(step.definition.part_of for step in cycle.steps.values())
    known = {row.key: row for row in before.rows.steps}
    steps = tuple(
        _known_row(before.cycle, known.get(key), place, step, parts[key])
        or _step_row(cycle, place, step, next_wake_at(cycle, step, terms), parts[key])
        for place, (key, step) in enumerate(cycle.steps.items())
    )
    return Rows(_plan_row(cycle, steps), steps, _petition_rows(cycle, before), tuple(_revisions(log)))


def _known_row(old: Cycle, row: StepRow | None, place: int, step: StepState, parts: int) -> StepRow | None:
    """The row of a step that is the very same; one that waits for others is always looked at again."""
    if row is None or old.steps.get(row.key) is not step or step.status is StepStatus.WAITING:
        return None
    return row if (row.place, row.parts) == (place, parts) else None


def rows_waking(cycle: Cycle, log: Iterable[Recorded], wake_of: WakeOf) -> Rows:
    """The same, with the instant at which the clock next owes each step something given from elsewhere."""
    parts = Counter(step.definition.part_of for step in cycle.steps.values())
    steps = tuple(
        _step_row(cycle, place, step, wake_of(step), parts[key])
        for place, (key, step) in enumerate(cycle.steps.items())
    )
    return Rows(_plan_row(cycle, steps), steps, _petition_rows(cycle), tuple(_revisions(log)))


def _plan_row(cycle: Cycle, steps: Iterable[StepRow]) -> PlanRow:
    following = _next_with_limit(cycle)
    limit = following.deadline if following is not None else None
    counted = [cycle.steps[step.key] for step in steps if not step.parts]
    plan = cycle.definition
    return PlanRow(
        plan_id=cycle.plan_id,
        title=plan.title,
        kind=plan.kind,
        organization=plan.organization,
        calendar=plan.calendar,
        status=cycle.status,
        started_at=cycle.started_at,
        meeting_on=cycle.meeting.on,
        meeting_month=_month(cycle.meeting),
        version=cycle.version,
        steps=len(counted),
        done=sum(step.ended for step in counted),
        next_step=following.definition.name if following is not None else None,
        next_due_on=limit.due_on if limit is not None else None,
        next_due_at=limit.due_at if limit is not None else None,
        folded=folded_all((plan.title, plan.document_number, plan.organization)),
    )


def _next_with_limit(cycle: Cycle) -> StepState | None:
    """The unfinished step whose limit comes first; of equals the first in the document."""
    unfinished = (StepStatus.WAITING, StepStatus.OPEN)
    timed = [
        (step.deadline.due_at, place, step)
        for place, step in enumerate(cycle.steps.values())
        if step.deadline is not None and step.status in unfinished
    ]
    return min(timed, key=lambda each: each[:2])[2] if timed else None


def _month(meeting: Meeting) -> str | None:
    return f"{meeting.month[0]:04}-{meeting.month[1]:02}" if meeting.month is not None else None


def _step_row(cycle: Cycle, place: int, step: StepState, wake_at: datetime | None, parts: int) -> StepRow:
    limit, done = step.deadline, step.completion
    counts_since, counts_until = counted_over(cycle, step)
    return StepRow(
        plan_id=cycle.plan_id,
        key=step.definition.key,
        place=place,
        name=step.definition.name,
        kind=step.definition.kind,
        owner=step.definition.owner,
        status=step.status,
        opened_at=step.opened_at,
        revision=step.revision,
        due_on=limit.due_on if limit is not None else None,
        due_at=limit.due_at if limit is not None else None,
        safe_on=limit.safe_on if limit is not None else None,
        projected=limit is not None and limit.projected,
        provisional=limit is not None and limit.provisional,
        done_at=done.happened_at if done is not None else None,
        verdict=done.verdict if done is not None else None,
        late_working_days=done.late_working_days if done is not None else 0,
        back_dated=done is not None and done.back_dated,
        wake_at=wake_at,
        part_of=step.definition.part_of,
        parts=parts,
        event_on=limit.event_on if limit is not None else None,
        stopped=step.stopped,
        extended=step.extended is not None,
        organization=cycle.definition.organization,
        counts_since=counts_since,
        counts_until=counts_until,
        owner_key=_key(step.definition.owner),
    )


def _key(unit: str | None) -> str | None:
    return folded(unit) if unit is not None else None


def _petition_rows(cycle: Cycle, before: Before | None = None) -> tuple[PetitionRow, ...]:
    owing = _owing(cycle)
    known = {row.petition_id: row for row in before.rows.petitions} if before is not None else {}
    old = before.cycle.petitions if before is not None else {}
    found = []
    for place, (key, petition) in enumerate(cycle.petitions.items()):
        row = known.get(key) if old.get(key) is petition else None
        same = row is not None and (row.place, row.step) == (place, owing.get(key))
        found.append(row if row is not None and same else _petition_row(cycle, place, petition, owing.get(key)))
    return tuple(found)


def _owing(cycle: Cycle) -> dict[str, str]:
    """By petition the part of the plan that owes, or gave, its answer; of several the first unfinished, else the first."""
    found: dict[str, StepState] = {}
    for step in cycle.steps.values():
        item, whole = step.definition.item, cycle.plan.by_key.get(step.definition.part_of or "")
        if item is None or whole is None or whole.for_each is not ForEach.OPEN_PETITION:
            continue
        if item not in found or (found[item].ended and not step.ended):
            found[item] = step
    return {item: step.definition.key for item, step in found.items()}


def _petition_row(cycle: Cycle, place: int, petition: Petition, step: str | None) -> PetitionRow:
    who, answer = petition.petitioner, petition.answer
    return PetitionRow(
        plan_id=cycle.plan_id,
        petition_id=petition.petition_id,
        place=place,
        text=petition.text,
        petitioner_name=who.name,
        petitioner_unit=who.unit,
        anonymous=who.anonymous,
        raised_when=petition.raised_when,
        raised_on=petition.raised_on,
        topic=petition.topic,
        authority=petition.authority,
        lead=petition.lead,
        duplicate_of=petition.duplicate_of,
        answered_where=answer.where if answer is not None else None,
        result=answer.result if answer is not None else None,
        answered_on=answer.answered_on if answer is not None else None,
        document_number=answer.document_number if answer is not None else None,
        told_on=petition.told_on,
        step=step,
        organization=cycle.definition.organization,
        folded=folded_all((petition.text, petition.topic, who.name, who.unit, petition.lead)),
        lead_key=_key(petition.lead),
    )


def _revisions(log: Iterable[Recorded]) -> Iterable[tuple[int, DeadlineRevision]]:
    for recorded in log:
        event = recorded.event
        if not isinstance(event, DeadlineSet | DeadlineLifted):
            continue
        limit = event if isinstance(event, DeadlineSet) else None
        yield (
            recorded.version,
            DeadlineRevision(
                plan_id=recorded.plan_id,
                step=event.step,
                revision=event.revision,
                due_on=limit.due_on if limit is not None else None,
                due_at=limit.due_at if limit is not None else None,
                projected=limit is not None and limit.projected,
                why=event.why,
                recorded_at=recorded.recorded_at,
                actor=recorded.actor,
            ),
        )


def placed(
    plans: Iterable[PlanRow],
    steps: Iterable[StepRow],
    petitions: Iterable[PetitionRow],
    revisions: Iterable[tuple[int, DeadlineRevision]],
) -> Placed:
    """A plan's rows, of which there may be none, by their place."""
    return {
        **{("plan", plan.plan_id): plan for plan in plans},
        **{("step", step.key): step for step in steps},
        **{("petition", petition.petition_id): petition for petition in petitions},
        **{("revision", version): revision for version, revision in revisions},
    }


def table_faults(expected: Placed, found: Placed, ignored: frozenset[str]) -> Iterator[TableFault]:
    """Where the rows found differ from those expected, `ignored` columns apart; missing rows before those in excess."""
    for place, row in expected.items():
        if place in found:
            yield from _cell_faults(row, found[place], ignored)
        else:
            yield TableFault(_place(row), "row", "present", "missing")
    for place, kept in found.items():
        if place not in expected:
            yield TableFault(_place(kept), "row", "missing", "present")


def _cell_faults(row: Row, kept: Row, ignored: frozenset[str]) -> Iterator[TableFault]:
    for name in (field.name for field in fields(row)):
        expected, found = getattr(row, name), getattr(kept, name)
        if expected != found and name not in ignored:
            yield TableFault(_place(row), name, expected, found)


def _place(row: Row) -> str:
    match row:
        case PlanRow():
            return "plan"
        case StepRow():
            return f"step {row.key}"
        case PetitionRow():
            return f"petition {row.petition_id}"
        case DeadlineRevision():
            return f"revision {row.step}/{row.revision}"
