"""Adopting a decision on days off: what it would move, shown before; then all plans at once, each person told once.

A limit may be kept as it is, step by step; verdicts already given stay whatever the calendar says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from calendars.day_table import Day
from workflow.domain.commands import AdoptCalendar
from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.decide import decide
from workflow.domain.errors import BadInput
from workflow.domain.events import Recorded
from workflow.domain.evolving import fold
from workflow.ports import AdoptedNotice, Store, UnitOfWork
from workflow.services.announcing import notices_of_adoption
from workflow.services.plans import DueChange, due_changes, save
from workflow.services.reading import FAULTS, read_plans, tell
from workflow.services.terms import TermsOf

Keep = Mapping[str, frozenset[str]]
"""By plan, the steps whose limits stay as they are."""

NOTHING_KEPT: Keep = MappingProxyType({})
Progress = Callable[[int, int], None]


class StepNotMoved(BadInput):
    template = "Văn bản nghỉ không dời hạn của bước «{step}» trong kế hoạch «{plan}», nên không cần giữ lại hạn ấy."


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """What an adoption moves in one plan, in the order of its document."""

    plan_id: str
    title: str
    organization: str
    changes: tuple[DueChange, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an adoption would do: the days that change, as (old, new), and the limits that move."""

    days: tuple[tuple[Day, Day], ...]
    plans: tuple[PlanMoved, ...]

    @property
    def limits(self) -> int:
        """How many limits move."""
        return sum(len(plan.changes) for plan in self.plans)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What an adoption did: what it moved, how many plans now count on the calendar, which were left out as damaged."""

    plans: tuple[PlanMoved, ...]
    counted: int
    failed: tuple[str, ...] = ()
    told: int = 0


def preview(store: Store, new_of: TermsOf, days: Sequence[tuple[Day, Day]], *, at: datetime) -> Preview:
    """What counting on another calendar would move, without doing it.

    `new_of`: the terms then. `days`: those that differ, in order. Only plans with a limit that counts over one of them
    are read.
    """
    if not days:
        return Preview((), ())
    since, until = days[0][0].date, days[-1][0].date + timedelta(days=1)
    with store.reading() as uow:
        touched = dict.fromkeys(step.plan_id for step in uow.plans.counting_over(since, until))
        cycles = read_plans(uow, touched).cycles
    moved = [_moved(cycle, _after(cycle, new_of, at)) for cycle in cycles.values()]
    return Preview(tuple(days), tuple(plan for plan in moved if plan.changes))


def adopt(
    store: Store,
    new_of: TermsOf,
    *,
    at: datetime,
    actor: str,
    notice: AdoptedNotice | None = None,
    keep: Keep = NOTHING_KEPT,
    on_progress: Progress = lambda _done, _of: None,
) -> Adopted:
    """Count every running plan on the calendar of the terms, and keep the decision, in one transaction.

    A plan that is damaged is left out and told. Raises `StepNotMoved` for a step in `keep` that would not move.
    """
    stretches: list[tuple[Cycle, Cycle]] = []
    failed: list[str] = []
    with store() as uow:
        if notice is not None:
            uow.decisions.add(notice)
        running = uow.plans.ids(PlanStatus.RUNNING)
        for done, plan_id in enumerate(running, 1):
            try:
                before = uow.plans.get(plan_id)
                after = _count_anew(uow, before, new_of, keep.get(plan_id, frozenset()), at, actor)
            except FAULTS as fault:
                if isinstance(fault, StepNotMoved):
                    raise
                tell(plan_id, fault)
                failed.append(plan_id)
                continue
            if after is not None:
                stretches.append((before, after))
            on_progress(done, len(running))
        told = uow.outbox.add(notices_of_adoption(uow, stretches, at=at)) if stretches else 0
        uow.commit()
    moved = tuple(plan for plan in (_moved(*stretch) for stretch in stretches) if plan.changes)
    return Adopted(moved, len(stretches), tuple(failed), told)


def _count_anew(
    uow: UnitOfWork, before: Cycle, new_of: TermsOf, keep: frozenset[str], at: datetime, actor: str
) -> Cycle | None:
    terms = new_of(before.definition)
    if keep:
        _check_kept(keep, _moved(before, _after(before, new_of, at)))
    happened = decide(AdoptCalendar(keep), before, at=at, actor=actor, terms=terms)
    return save(uow, before.plan_id, before, happened, at=at, actor=actor, terms=terms) if happened else None


def _check_kept(keep: frozenset[str], moved: PlanMoved) -> None:
    unmoved = keep - {change.step for change in moved.changes}
    if unmoved:
        raise StepNotMoved(step=min(unmoved), plan=moved.plan_id)


def _after(cycle: Cycle, new_of: TermsOf, at: datetime) -> Cycle:
    """The plan as it would be."""
    happened = decide(AdoptCalendar(), cycle, at=at, actor="", terms=new_of(cycle.definition))
    log = [
        Recorded(cycle.plan_id, cycle.version + n, h.event, h.happened_at, at, "") for n, h in enumerate(happened, 1)
    ]
    return fold(log, cycle)


def _moved(before: Cycle, after: Cycle) -> PlanMoved:
    changes = tuple(due_changes(before, after)) if before.status is PlanStatus.RUNNING else ()
    return PlanMoved(before.plan_id, before.definition.title, before.definition.organization, changes)
