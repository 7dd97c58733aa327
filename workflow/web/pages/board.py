"""The first page, today's work; each of its lists whole; and the alerts of the system about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from calendars.working_calendar import WorkingCalendar
from workflow.domain.cycle import PlanStatus
from workflow.domain.ladder import Audience
from workflow.notify.render import alert_sentence
from workflow.ports import (
    NoticeFilter,
    NoticeStatus,
    PetitionFilter,
    PlanFilter,
    PlanRow,
    StepFilter,
    StepRow,
    UnitOfWork,
)
from workflow.services.alerting import alerts, observe
from workflow.web.pages.plans import lines_of, version_of
from workflow.web.views.board import Decisions, Group, Pile, Today, asked_of, needs, unit_of
from workflow.web.visit import SignedIn, Visit

router = APIRouter()

FIRST = 10
"""How many steps of a group stand on the first page."""

A_PAGE = 50
PLANS_SHOWN = 8
MOST_PLANS_OBSERVED = 60


@router.get("/")
def show(visit: SignedIn) -> Response:
    """What needs whoever asks, then the plans that come first."""
    mine = PlanFilter(organizations=visit.scope.organizations)
    running = PlanFilter(organizations=visit.scope.organizations, statuses=frozenset({PlanStatus.RUNNING}))
    with visit.application.store.reading() as uow:
        rows = uow.plans.rows(running, limit=PLANS_SHOWN)
        today = Today(
            today=visit.today,
            unit=unit_of(visit.asked),
            piles=_piles(uow, visit),
            running=uow.plans.count_rows(running),
            plans=uow.plans.count_rows(mine),
            decisions=_decisions(uow, visit) if visit.asked.role is Audience.COORDINATOR else None,
        )
        plans = lines_of(uow, rows, visit.at)
        version = version_of(uow, visit)
    return visit.page("board.html", board=today, plans=plans, version=version)


@router.get("/steps")
def list_steps(visit: SignedIn, due: str = "overdue", unit: str = "", org: str = "", page: int = 1) -> Response:
    """One of the lists of the first page, whole."""
    group = Group(due) if due in set(Group) else Group.OVERDUE
    number = min(max(page, 1), 10_000)
    chosen = asked_of(group, visit.at, visit.scope.narrowed(org), unit.strip() or None)
    with visit.application.store.reading() as uow:
        steps = uow.plans.steps_where(chosen, visit.at, limit=A_PAGE, offset=A_PAGE * (number - 1))
        count = uow.plans.count_steps(chosen, visit.at)
        plans = _plans_of(uow, steps)
    pile = Pile(group, count, needs(group, steps, plans, visit.at, _calendar_of(visit)))
    asked = {"due": group.value, "unit": unit.strip(), "org": org}
    return visit.page(
        "steps.html",
        pile=pile,
        unit=unit.strip(),
        org=org,
        number=number,
        pages=max(1, -(-count // A_PAGE)),
        addresses=lambda to: f"/steps?{urlencode(asked | {'page': to})}",
    )


@router.get("/alerts")
def list_alerts(visit: SignedIn) -> Response:
    """What a coordinator should see to before it becomes somebody's missed deadline."""
    running = PlanFilter(organizations=visit.scope.organizations, statuses=frozenset({PlanStatus.RUNNING}))
    with visit.application.store.reading() as uow:
        rows = uow.plans.rows(running, limit=MOST_PLANS_OBSERVED)
        count = uow.plans.count_rows(running)
        observed = observe(uow, visit.application.terms_of, visit.at, [row.plan_id for row in rows])
    found = [each for each in alerts(observed) if not each.organization or visit.scope.covers(each.organization)]
    behind = [
        cycle.plan_id
        for cycle in observed.cycles.values()
        if cycle.calendar_version != visit.application.terms_of(cycle.definition).calendar.version
    ]
    told = [(alert, alert_sentence(alert, visit.language)) for alert in found]
    return visit.page("alerts.html", alerts=told, behind=behind, observed=len(rows), running=count)


def _piles(uow: UnitOfWork, visit: Visit) -> Mapping[Group, Pile]:
    """The first steps of each group, with their number; the plans of all of them are read at once."""
    unit = unit_of(visit.asked)
    asked = {group: asked_of(group, visit.at, visit.scope.organizations, unit) for group in Group}
    found = {group: uow.plans.steps_where(chosen, visit.at, limit=FIRST) for group, chosen in asked.items()}
    plans = _plans_of(uow, (step for steps in found.values() for step in steps))
    return {
        group: Pile(
            group,
            _count(uow, asked[group], steps, visit),
            needs(group, steps, plans, visit.at, _calendar_of(visit)),
        )
        for group, steps in found.items()
    }


def _count(uow: UnitOfWork, chosen: StepFilter, steps: list[StepRow], visit: Visit) -> int:
    """How many there are; asked only where not all of them were read."""
    return len(steps) if len(steps) < FIRST else uow.plans.count_steps(chosen, visit.at)


def _plans_of(uow: UnitOfWork, steps: Iterable[StepRow]) -> Mapping[str, PlanRow]:
    ids = frozenset(step.plan_id for step in steps)
    return {row.plan_id: row for row in uow.plans.rows(PlanFilter(plan_ids=ids))} if ids else {}


def _calendar_of(visit: Visit) -> Callable[[PlanRow], WorkingCalendar]:
    return lambda row: visit.application.terms_named(row.calendar).calendar


def _decisions(uow: UnitOfWork, visit: Visit) -> Decisions:
    mine = visit.scope.organizations
    dead, pending = (
        uow.plans.count_notices(NoticeFilter(organizations=mine, statuses=frozenset({status})))
        for status in (NoticeStatus.DEAD, NoticeStatus.PENDING)
    )
    unled = PetitionFilter(organizations=mine, is_open=True, without_lead=True)
    return Decisions(petitions=uow.plans.count_petitions(unled), undelivered=dead, pending=pending)
