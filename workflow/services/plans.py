"""Starting plans and changing them: load, decide, append, commit; one transaction each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.domain.commands import Command, ExtendStep, StartPlan
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import BadInput, StaleVersion
from workflow.domain.events import Happened, Recorded
from workflow.domain.evolving import fold
from workflow.domain.ladder import Audience, Terms
from workflow.domain.names import folded, slug
from workflow.domain.zone import day_of, shown
from workflow.ports import Store, UnitOfWork
from workflow.services.addressing import People, notices_for
from workflow.services.announcing import notices_of_change, notices_to_petitioners
from workflow.services.terms import TermsOf, terms_to_decide


class StartBeforeCalendar(BadInput):
    template = (
        "Không bắt đầu kế hoạch từ ngày {started_on} được, vì trước năm {year} không có lịch chính thức; "
        "hãy kiểm tra lại ngày."
    )


class NotTheChair(BadInput):
    template = "«{approver}» không phải người chủ trì, nên không duyệt kéo dài hạn được; người duyệt phải là: {chairs}."


class NoChair(BadInput):
    template = "Danh bạ chưa có người chủ trì của {organization} để duyệt kéo dài hạn; hãy thêm người này trước."


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
        ladder = uow.ladders.get(definition.kind)
        terms = terms if ladder is None else replace(terms, ladder=ladder)
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
        terms = terms_to_decide(terms_of, command, cycle)
        check_approver(uow, command, cycle)
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
        check_approver(uow, command, cycle)
    terms = terms_to_decide(terms_of, command, cycle)
    happened = decide(command, cycle, at=at, actor=actor, terms=terms)
    log = [Recorded(plan_id, cycle.version + n, h.event, h.happened_at, at, actor) for n, h in enumerate(happened, 1)]
    return due_changes(cycle, fold(log, cycle))


def check(terms_of: TermsOf, cycle: Cycle, command: Command, *, at: datetime, actor: str) -> None:
    """Let a command pass that a plan would take as it stands. Raises what `handle` would raise."""
    decide(command, cycle, at=at, actor=actor, terms=terms_to_decide(terms_of, command, cycle))


def check_approver(uow: UnitOfWork, command: Command, cycle: Cycle) -> None:
    """Let an extension pass whose approver, by name or id, holds the chair's role. Raises `NotTheChair` or `NoChair`."""
    if not isinstance(command, ExtendStep) or not command.approved_by.strip():
        return
    chairs = [
        person
        for person in uow.directory.all()
        if person.active
        and person.role is Audience.CHAIR
        and folded(person.organization) in ("", folded(cycle.definition.organization))
    ]
    if not chairs:
        raise NoChair(organization=cycle.definition.organization)
    if folded(command.approved_by) not in {folded(each) for p in chairs for each in (p.name, p.person_id)}:
        raise NotTheChair(approver=command.approved_by.strip(), chairs=", ".join(person.name for person in chairs))


def due_changes(before: Cycle, after: Cycle) -> list[DueChange]:
    """The limits that differ between two states of a plan, in the order of the document."""
    changes = []
    for key, step in after.steps.items():
        there = before.steps.get(key)
        old, new = there.deadline if there is not None else None, step.deadline
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
    people = People(cycle.definition.organization, uow.directory, uow.absences, day_of(at))
    uow.outbox.add(
        [
            *notices_for(reached, happened, people),
            *notices_of_change(before, cycle, happened, people, at=at),
            *notices_to_petitioners(before, cycle, happened, at=at),
        ]
    )
    return cycle


def _free_id(definition: PlanDefinition, started_on: date, taken: set[str]) -> str:
    year = f"-{started_on.year}"
    base = slug(definition.organization)[: 60 - len(year)].rstrip("-") + year
    names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
