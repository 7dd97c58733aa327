"""«Việc của tôi»: the steps and petitions of one's unit, with what can be done to them at once."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.ladder import Audience
from workflow.domain.names import folded, same_unit
from workflow.ports import Person, PetitionFilter, PlanFilter, StepFilter, UnitOfWork
from workflow.web.views.mine import Desk, desk
from workflow.web.visit import SignedIn, Visit

router = APIRouter()
MOST = 200
"""Steps, and petitions, of one unit on the page."""


@router.get("/mine")
def show(visit: SignedIn) -> Response:
    """What the reader's unit owes, then what the units owe for whose people the reader stands in."""
    person = visit.asked
    with visit.application.store.reading() as uow:
        away = list(_stood_in_for(uow, visit))
        desks = [read_desk(uow, visit, person)] if folded(person.unit) else []
        desks += [read_desk(uow, visit, each, instead_of=each.name) for each in away]
        own_absences = [absence for absence in uow.absences.of_person(person.person_id) if absence.until > visit.today]
    return visit.page(
        "mine.html",
        desks=desks,
        absences=own_absences,
        may_act=person.role is not Audience.SUPERVISOR,
        own_unit=lambda each: not each.instead_of or same_unit(each.unit, person.unit),
    )


def read_desk(uow: UnitOfWork, visit: Visit, person: Person, *, instead_of: str = "") -> Desk:
    """What a person's unit owes in their own organization, as far as the reader may see it: four statements."""
    organizations = visit.scope.narrowed(person.organization)
    owners = frozenset({person.unit})
    running = StepFilter(
        organizations=organizations,
        owners=owners,
        statuses=frozenset({StepStatus.OPEN, StepStatus.WAITING}),
        leaves=True,
    )
    steps = uow.plans.steps_where(running, visit.at, limit=MOST)
    owed = PetitionFilter(organizations=organizations, leads=owners, is_open=True)
    petitions = uow.plans.petitions_where(owed, limit=MOST)
    ids = frozenset(step.plan_id for step in steps) | frozenset(row.plan_id for row in petitions)
    running_plans = PlanFilter(plan_ids=ids, statuses=frozenset({PlanStatus.RUNNING}))
    plans = {row.plan_id: row for row in uow.plans.rows(running_plans)} if ids else {}
    places = frozenset((row.plan_id, row.step) for row in petitions if row.step is not None)
    parts = uow.plans.steps_where(StepFilter(places=places), visit.at) if places else []
    petitions = [row for row in petitions if row.plan_id in plans]
    return desk(person.unit, steps, petitions, parts, plans, at=visit.at, instead_of=instead_of)


def _stood_in_for(uow: UnitOfWork, visit: Visit) -> Iterator[Person]:
    """Those who are away today and for whom the reader stands in."""
    for absence in uow.absences.on(visit.today):
        if absence.substitute_id == visit.asked.person_id:
            person = uow.directory.get(absence.person_id)
            if person is not None and folded(person.unit):
                yield person
