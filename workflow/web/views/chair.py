"""The chair's page: what waits for approval, and each plan in a few lines, fit to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.domain.cycle import Cycle
from workflow.domain.verdict import Standing
from workflow.domain.zone import day_of
from workflow.ports import PlanRow, StepRow


@dataclass(frozen=True, slots=True)
class Plea:
    """A longer limit that a unit asks for. `late`: the limit has passed meanwhile, so that it cannot be granted."""

    plan_id: str
    plan_title: str
    key: str
    name: str
    owner: str | None
    reason: str
    words: str
    n: int | None
    asked_on: date
    asked_by: str
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan on the page: its row, the steps that are overdue, and the ones whose limit comes next."""

    row: PlanRow
    overdue: tuple[StepRow, ...]
    coming: tuple[StepRow, ...]

    @property
    def month(self) -> tuple[int, int] | None:
        """(year, month) of the meeting while only that is known."""
        if self.row.meeting_month is None:
            return None
        year, _, month = self.row.meeting_month.partition("-")
        return int(year), int(month)


def pleas(cycles: Iterable[Cycle], names: dict[str, str], at: datetime) -> tuple[Plea, ...]:
    """The askings that nobody has answered, the nearest limit first."""
    found = [
        Plea(
            plan_id=cycle.plan_id,
            plan_title=cycle.definition.title,
            key=key,
            name=step.definition.name,
            owner=step.definition.owner,
            reason=step.asked.reason,
            words=step.asked.words,
            n=step.asked.n,
            asked_on=day_of(step.asked.asked_at),
            asked_by=names.get(step.asked.asked_by, step.asked.asked_by),
            due_on=step.deadline.due_on if step.deadline is not None else None,
            late=step.deadline is not None and at >= step.deadline.due_at,
        )
        for cycle in cycles
        for key, step in cycle.steps.items()
        if step.asked is not None and not step.ended
    ]
    return tuple(sorted(found, key=lambda plea: plea.due_on or date.max))


def plan_states(
    rows: Sequence[PlanRow], steps: Iterable[StepRow], at: datetime, coming: int = 2
) -> tuple[PlanState, ...]:
    """The plans with their overdue steps and the next `coming` ones; those with most overdue first."""
    of_plan: dict[str, list[StepRow]] = {}
    for step in steps:
        of_plan.setdefault(step.plan_id, []).append(step)
    states = [_state(row, of_plan.get(row.plan_id, ()), at, coming) for row in rows]
    return tuple(sorted(states, key=lambda state: -len(state.overdue)))


def _state(row: PlanRow, steps: Iterable[StepRow], at: datetime, coming: int) -> PlanState:
    by_standing = [(step.standing(at), step) for step in steps]
    overdue = tuple(step for standing, step in by_standing if standing is Standing.RUNNING_OVERDUE)
    ahead = [s for standing, s in by_standing if standing in (Standing.RUNNING_IN_TIME, Standing.WAITING) and s.due_on]
    return PlanState(row, overdue, tuple(sorted(ahead, key=lambda step: step.due_on or date.max)[:coming]))
