"""The read tables as a pure function of a plan's state (and of its log, for the revisions of its limits)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from workflow.domain.cycle import Cycle, StepState, StepStatus
from workflow.domain.definition import Meeting
from workflow.domain.events import DeadlineLifted, DeadlineSet, Recorded
from workflow.domain.ladder import Terms
from workflow.domain.wake import next_wake_at
from workflow.ports import DeadlineRevision, PlanRow, StepRow, TableFault

Row = PlanRow | StepRow | DeadlineRevision
Placed = Mapping[tuple[str, object], Row]
"""The rows of one plan, each under its table and its key there."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the read tables hold of one plan; `revisions` with the version of the event each follows from."""

    plan: PlanRow
    steps: tuple[StepRow, ...]
    revisions: tuple[tuple[int, DeadlineRevision], ...]


def rows_of(cycle: Cycle, log: Iterable[Recorded], terms: Terms) -> Rows:
    """The rows of a plan; `revisions` holds those that follow from `log`, which may be a part of the whole."""
    steps = tuple(_step_row(cycle, place, step, terms) for place, step in enumerate(cycle.steps.values()))
    return Rows(_plan_row(cycle), steps, tuple(_revisions(log)))


def _plan_row(cycle: Cycle) -> PlanRow:
    following = _next_with_limit(cycle)
    limit = following.deadline if following is not None else None
    return PlanRow(
        plan_id=cycle.plan_id,
        title=cycle.definition.title,
        kind=cycle.definition.kind,
        organization=cycle.definition.organization,
        calendar=cycle.definition.calendar,
        status=cycle.status,
        started_at=cycle.started_at,
        meeting_on=cycle.meeting.on,
        meeting_month=_month(cycle.meeting),
        version=cycle.version,
        steps=len(cycle.steps),
        done=sum(step.completion is not None for step in cycle.steps.values()),
        next_step=following.definition.name if following is not None else None,
        next_due_on=limit.due_on if limit is not None else None,
        next_due_at=limit.due_at if limit is not None else None,
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


def _step_row(cycle: Cycle, place: int, step: StepState, terms: Terms) -> StepRow:
    limit, done = step.deadline, step.completion
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
        wake_at=next_wake_at(cycle, step, terms),
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
    plans: Iterable[PlanRow], steps: Iterable[StepRow], revisions: Iterable[tuple[int, DeadlineRevision]]
) -> Placed:
    """A plan's rows, of which there may be none, by their place."""
    return {
        **{("plan", plan.plan_id): plan for plan in plans},
        **{("step", step.key): step for step in steps},
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
    if isinstance(row, PlanRow):
        return "plan"
    return f"step {row.key}" if isinstance(row, StepRow) else f"revision {row.step}/{row.revision}"
