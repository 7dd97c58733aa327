"""Starting plans and changing them: load, decide, append, commit; one transaction each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.domain.commands import AdoptCalendar, Command, StartPlan
from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.decide import decide
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import BadInput, StaleVersion
from workflow.domain.events import Happened, Recorded
from workflow.domain.evolving import fold
from workflow.domain.ladder import Terms
from workflow.domain.names import slug
from workflow.domain.zone import shown
from workflow.ports import Store, UnitOfWork
from workflow.services.addressing import notices_for

TermsOf = Callable[[PlanDefinition], Terms]


class StartBeforeCalendar(BadInput):
    template = (
        "Không bắt đầu kế hoạch từ ngày {started_on} được, vì trước năm {year} không có lịch chính thức; "
        "hãy kiểm tra lại ngày."
    )


@dataclass(frozen=True, slots=True)
class DueChange:
    """How a command would move one step's limit; None: no limit. `*_projected` as on `DeadlineSet`."""

    step: str
    name: str
    old_on: date | None
    new_on: date | None
    old_projected: bool
    new_projected: bool


def start_plan(
    store: Store, terms_of: TermsOf, definition: PlanDefinition, *, started_on: date, at: datetime, actor: str
) -> Cycle:
    """Start a plan under a new id made of its organization and year. Raises a `DoithoaiError` when it is refused."""
    terms = terms_of(definition)
    covered_since = terms.calendar.covered_since
    if started_on < covered_since:
        raise StartBeforeCalendar(started_on=shown(started_on), year=covered_since.year)
    with store() as uow:
        plan_id = _free_id(definition, started_on, set(uow.plans.ids()))
        happened = decide(StartPlan(plan_id, definition, started_on), None, at=at, actor=actor, terms=terms)
        cycle = save(uow, plan_id, None, happened, at=at, actor=actor, terms=terms)
        uow.commit()
    return cycle


def handle(
    store: Store,
    terms_of: TermsOf,
    plan_id: str,
    command: Command,
    *,
    at: datetime,
    actor: str,
    expected: int | None = None,
) -> Cycle:
    """Carry out a command on a plan; the new state.

    `expected`: the version that the person saw; `StaleVersion` is raised when the plan has moved on since.
    Raises `PlanNotFound` and whatever `decide` refuses with; then nothing is written.
    """
    with store() as uow:
        cycle = uow.plans.get(plan_id)
        if expected is not None and cycle.version != expected:
            raise StaleVersion(plan=cycle.definition.title)
        terms = terms_of(cycle.definition)
        happened = decide(command, cycle, at=at, actor=actor, terms=terms)
        if happened:
            cycle = save(uow, plan_id, cycle, happened, at=at, actor=actor, terms=terms)
            uow.commit()
    return cycle


def preview(
    store: Store, terms_of: TermsOf, plan_id: str, command: Command, *, at: datetime, actor: str
) -> list[DueChange]:
    """Which limits a command would move, old and new, without doing it. Raises what `handle` would raise."""
    with store.reading() as uow:
        cycle = uow.plans.get(plan_id)
    happened = decide(command, cycle, at=at, actor=actor, terms=terms_of(cycle.definition))
    log = [Recorded(plan_id, cycle.version + n, h.event, h.happened_at, at, actor) for n, h in enumerate(happened, 1)]
    return due_changes(cycle, fold(log, cycle))


def due_changes(before: Cycle, after: Cycle) -> list[DueChange]:
    """The limits that differ between two states of a plan, in the order of the document."""
    changes = []
    for key, step in after.steps.items():
        old, new = before.steps[key].deadline, step.deadline
        if (old and (old.due_at, old.projected)) == (new and (new.due_at, new.projected)):
            continue
        changes.append(
            DueChange(
                step=key,
                name=step.definition.name,
                old_on=old.due_on if old else None,
                new_on=new.due_on if new else None,
                old_projected=bool(old and old.projected),
                new_projected=bool(new and new.projected),
            )
        )
    return changes


def adopt_calendar(store: Store, terms_of: TermsOf, *, at: datetime, actor: str) -> list[str]:
    """Count the open limits of every running plan on the calendar in force; ids of the plans that changed."""
    with store.reading() as uow:
        running = uow.plans.ids(PlanStatus.RUNNING)
    changed = []
    for plan_id in running:
        with store() as uow:
            before = uow.plans.get(plan_id)
        after = handle(store, terms_of, plan_id, AdoptCalendar(), at=at, actor=actor)
        if after.version != before.version:
            changed.append(plan_id)
    return changed


def save(
    uow: UnitOfWork,
    plan_id: str,
    before: Cycle | None,
    happened: tuple[Happened, ...],
    *,
    at: datetime,
    actor: str,
    terms: Terms,
) -> Cycle:
    """Append the events and write the notices they owe, in the transaction of the unit of work; the new state."""
    version = before.version if before is not None else 0
    cycle = uow.plans.append(plan_id, version, happened, at=at, actor=actor, terms=terms)
    reached = cycle if before is None else replace(cycle, ladder=before.ladder)  # one adopted here reached none yet
    uow.outbox.add(notices_for(reached, happened, uow.directory))
    return cycle


def _free_id(definition: PlanDefinition, started_on: date, taken: set[str]) -> str:
    year = f"-{started_on.year}"
    base = slug(definition.organization)[: 60 - len(year)].rstrip("-") + year
    names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
