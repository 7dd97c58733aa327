"""One's own work: the steps and petitions of one's unit, and of those one stands in for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.domain.cycle import StepStatus
from workflow.domain.verdict import Standing
from workflow.ports import PetitionRow, PlanRow, StepRow
from workflow.web.views.petitions import PetitionLine, petition_list
from workflow.web.views.petitions import Seek as _Seek


@dataclass(frozen=True, slots=True)
class Job:
    """A step that a unit owes. `version`: of its plan, for the form that stands beside it."""

    plan_id: str
    plan_title: str
    version: int
    key: str
    name: str
    standing: Standing
    due_on: date | None
    projected: bool
    open: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What one unit owes: what can be done now, the most pressing first, and what waits for others."""

    unit: str
    instead_of: str
    now: tuple[Job, ...]
    later: tuple[Job, ...]
    petitions: tuple[PetitionLine, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is owed."""
        return not (self.now or self.later or self.petitions)


def desk(
    unit: str,
    steps: Sequence[StepRow],
    petitions: Sequence[PetitionRow],
    parts: Iterable[StepRow],
    plans: Mapping[str, PlanRow],
    *,
    at: datetime,
    instead_of: str = "",
) -> Desk:
    """What a unit owes at an instant; parts that answer petitions stand with the petitions."""
    answering = {(row.plan_id, row.step) for row in petitions}
    jobs = [
        _job(step, plans[step.plan_id], at)
        for step in steps
        if (step.plan_id, step.key) not in answering and step.plan_id in plans
    ]
    titles = {plan_id: row.title for plan_id, row in plans.items()}
    lines = petition_list(petitions, parts, titles, total=len(petitions), seek=_Seek(), at=at).lines
    return Desk(
        unit=unit,
        instead_of=instead_of,
        now=tuple(job for job in jobs if job.open or job.standing is Standing.RUNNING_OVERDUE),
        later=tuple(job for job in jobs if not job.open and job.standing is not Standing.RUNNING_OVERDUE),
        petitions=tuple(sorted(lines, key=lambda line: (line.due_on or date.max, line.row.place))),
    )


def _job(step: StepRow, plan: PlanRow, at: datetime) -> Job:
    return Job(
        plan_id=step.plan_id,
        plan_title=plan.title,
        version=plan.version,
        key=step.key,
        name=step.name,
        standing=step.standing(at),
        due_on=step.due_on,
        projected=step.projected,
        open=step.status is StepStatus.OPEN,
        stopped=step.stopped,
    )
