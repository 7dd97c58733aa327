"""A plan's page: its steps as lines of a table and as boxes of a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from calendars.working_calendar import WorkingCalendar
from workflow.documents.gantt import MOST_PARTS
from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.definition import Evidence, ForEach
from workflow.domain.graph import order
from workflow.domain.verdict import Standing, working_days_late
from workflow.domain.zone import day_of
from workflow.web.pictures.dag import Duty
from workflow.web.views.board import UNDER_WAY, working_days_left


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the table. `working_days`: late for one late, left for one under way, None where neither applies.

    `safe_on` only where it differs from `due_on`. `waiting_for` names steps. `can_complete`: open, and the reader
    may complete it. `parts` of a step that fans out; `is_part`: it is one. `file`: of the proof, as it is kept.
    """

    key: str
    number: str
    name: str
    owner: str | None
    coordinating: tuple[str, ...]
    for_each: ForEach | None
    in_meeting: bool
    needs_document: bool
    standing: Standing
    opened_on: date | None
    due_on: date | None
    safe_on: date | None
    projected: bool
    provisional: bool
    working_days: int | None
    completed_on: date | None
    recorded_at: datetime | None
    recorded_by: str | None
    back_dated: bool
    document_number: str | None
    document_on: date | None
    note: str | None
    waiting_for: tuple[str, ...]
    can_complete: bool
    is_part: bool = False
    parts: Parts | None = None
    file: str | None = None
    extended: bool = False
    stopped: bool = False
    skipped: str | None = None
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """How the parts of a step stand. `shown`: whether each of them has a line of its own."""

    total: int
    done: int
    overdue: int
    shown: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as its page shows it. `lines`: of every step; `steps`: those that have a line on the page. `total` and the like count what reports count: each part, and not what it is a part of."""

    cycle: Cycle
    lines: Mapping[str, StepLine]
    steps: tuple[StepLine, ...]
    done: int
    total: int
    overdue: int
    next_due: StepLine | None

    @property
    def running(self) -> bool:
        """Whether the plan still takes changes."""
        return self.cycle.status is PlanStatus.RUNNING

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the steps by key."""
        return {key: state.definition.name for key, state in self.cycle.steps.items()}

    @property
    def meeting_held(self) -> bool:
        """Whether the plan's meeting has taken place, so that its day can no longer be set."""
        meeting = self.cycle.plan.meeting_step
        return meeting is not None and self.cycle.steps[meeting.key].completion is not None


def plan_page(
    cycle: Cycle,
    *,
    at: datetime,
    calendar: WorkingCalendar,
    people: Mapping[str, str],
    may_complete: Callable[[str], bool],
) -> PlanPage:
    """The page of a plan at an instant; `people` gives names by id, `may_complete` says for which steps a form stands."""
    lines = {
        key: replace(
            _line(cycle, state, number, at, calendar, people),
            can_complete=_is_open(cycle, key) and may_complete(key),
        )
        for (key, state), number in zip(cycle.steps.items(), _numbers(cycle), strict=True)
    }
    leaves = [line for key, line in lines.items() if key not in cycle.fanned]
    coming = [line for line in leaves if line.standing in UNDER_WAY and line.due_on and line.due_on >= day_of(at)]
    return PlanPage(
        cycle=cycle,
        lines=lines,
        steps=tuple(line for line in lines.values() if not line.is_part or has_line(cycle, line.key)),
        done=sum(cycle.steps[line.key].ended for line in leaves),
        total=len(leaves),
        overdue=sum(line.standing is Standing.RUNNING_OVERDUE for line in leaves),
        next_due=min(coming, key=lambda line: line.due_on or date.max, default=None),
    )


def _is_open(cycle: Cycle, key: str) -> bool:
    """Whether a step can be done itself: it is open and has no parts that are done in its place."""
    opened = cycle.status is PlanStatus.RUNNING and cycle.steps[key].status is StepStatus.OPEN
    return opened and key not in cycle.fanned and cycle.petition_of(key) is None


def has_line(cycle: Cycle, key: str) -> bool:
    """Whether a step has a line of its own among the steps: all but the parts of one that has many."""
    whole = cycle.steps[key].definition.part_of
    return whole is None or len(cycle.parts_of(whole)) <= MOST_PARTS


def _numbers(cycle: Cycle) -> Iterator[str]:
    """1, 2, 3; the parts of the third 3.1, 3.2."""
    whole = part = 0
    for state in cycle.steps.values():
        if state.definition.part_of is None:
            whole, part = whole + 1, 0
            yield str(whole)
        else:
            part += 1
            yield f"{whole}.{part}"


def _parts(cycle: Cycle, key: str, at: datetime) -> Parts | None:
    parts = cycle.parts_of(key)
    if not parts:
        return None
    late = sum(part.standing(at) is Standing.RUNNING_OVERDUE for part in parts)
    return Parts(len(parts), sum(part.ended for part in parts), late, shown=len(parts) <= MOST_PARTS)


def _line(
    cycle: Cycle, state: StepState, number: str, at: datetime, calendar: WorkingCalendar, people: Mapping[str, str]
) -> StepLine:
    step, limit, done = state.definition, state.deadline, state.completion
    return StepLine(
        key=step.key,
        number=number,
        name=step.name,
        owner=step.owner,
        coordinating=step.coordinating,
        for_each=step.for_each,
        in_meeting=step.in_meeting,
        needs_document=Evidence.DOCUMENT in step.evidence,
        standing=state.standing(at),
        opened_on=day_of(state.opened_at) if state.opened_at else None,
        due_on=limit.due_on if limit else None,
        safe_on=limit.safe_on if limit and limit.safe_on != limit.due_on else None,
        projected=limit is not None and limit.projected,
        provisional=limit is not None and limit.provisional,
        working_days=_working_days(state, at, calendar),
        completed_on=day_of(done.happened_at) if done else None,
        recorded_at=done.recorded_at if done else None,
        recorded_by=people.get(done.actor, done.actor) if done else None,
        back_dated=done is not None and done.back_dated,
        document_number=done.document_number if done else None,
        document_on=done.document_on if done else None,
        note=done.note if done else None,
        waiting_for=tuple(cycle.steps[key].definition.name for key in cycle.waiting_for(step.key)),
        can_complete=False,
        is_part=step.part_of is not None,
        parts=_parts(cycle, step.key, at) if step.key in cycle.fanned else None,
        file=done.file if done else None,
        extended=state.extended is not None,
        stopped=state.stopped and not state.ended,
        skipped=state.skipped.reason if state.skipped else None,
        acknowledged=limit is not None and not state.ended and limit.ladder_revision in state.acknowledged,
    )


def _working_days(state: StepState, at: datetime, calendar: WorkingCalendar) -> int | None:
    if state.completion is not None:
        return state.completion.late_working_days or None
    limit, standing = state.deadline, state.standing(at)
    if limit is None or standing is Standing.CANCELLED:
        return None
    if standing is Standing.RUNNING_OVERDUE:
        return working_days_late(at, limit.due_at, calendar)
    today = day_of(at)
    return working_days_left(today, limit.due_on, calendar) if limit.due_on >= today else None


def duties(cycle: Cycle, at: datetime) -> list[Duty]:
    """The steps as a picture needs them, predecessors first."""
    meeting = cycle.plan.meeting_step
    shown = (key for key in order(cycle.plan) if has_line(cycle, key))
    return [_duty(cycle.steps[key], at, meeting.key if meeting else None) for key in shown]


def _duty(state: StepState, at: datetime, meeting: str | None) -> Duty:
    step, limit, done = state.definition, state.deadline, state.completion
    return Duty(
        key=step.key,
        name=step.name,
        owner=step.owner,
        after=step.after,
        standing=state.standing(at),
        due_on=limit.due_on if limit else None,
        projected=limit is not None and limit.projected,
        ended_on=day_of(done.happened_at) if done else None,
        within=meeting if step.in_meeting else None,
    )
