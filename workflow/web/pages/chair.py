"""The chair's page: what waits for approval, and the state of each running plan, on one page to print."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.commands import ExtendStep
from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.ladder import Audience
from workflow.ports import PlanFilter, StepFilter
from workflow.services import permissions
from workflow.services.reading import read_plans
from workflow.web.views.chair import plan_states, pleas
from workflow.web.visit import SignedIn

router = APIRouter()
_DECIDING = (Audience.CHAIR, Audience.COORDINATOR)
MOST = 60
"""Plans on the page, the next limits first."""


@router.get("/chair")
def show(visit: SignedIn) -> Response:
    """The running plans of the reader's own organization; who may decide sees what waits for a decision."""
    organizations = visit.scope.narrowed(visit.asked.organization)
    chosen = PlanFilter(organizations=organizations, statuses=frozenset({PlanStatus.RUNNING}))
    with visit.application.store.reading() as uow:
        rows = uow.plans.rows(chosen, limit=MOST)
        ids = frozenset(row.plan_id for row in rows)
        unfinished = StepFilter(plan_ids=ids, statuses=frozenset({StepStatus.OPEN, StepStatus.WAITING}), leaves=True)
        steps = uow.plans.steps_where(unfinished, visit.at) if rows else []
        cycles = read_plans(uow, [row.plan_id for row in rows]).cycles if visit.asked.role in _DECIDING else {}
        names = {person.person_id: person.name for person in uow.directory.all()}
        total = uow.plans.count_rows(chosen)
    deciding = [c for c in cycles.values() if permissions.allowed(visit.asked, ExtendStep("", "", "", ""), c)]
    return visit.page(
        "chair.html",
        pleas=pleas(deciding, names, visit.at),
        decides=bool(deciding),
        plans=plan_states(rows, steps, visit.at),
        total=total,
    )
