"""The board: the first page after signing in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from calendars.working_calendar import WorkingCalendar
from workflow.ports import NoticeStatus, PlanFilter, PlanRow, StepFilter, StepOrder
from workflow.web.views.board import board
from workflow.web.visit import SignedIn

router = APIRouter()


@router.get("/")
def show(visit: SignedIn) -> Response:
    """What needs somebody, then every plan."""

    def calendar_of(row: PlanRow) -> WorkingCalendar:
        return visit.application.terms_named(row.calendar).calendar

    with visit.application.store.reading() as uow:
        view = board(
            uow.plans.rows(PlanFilter(organizations=visit.scope.organizations)),
            uow.plans.steps_where(
                StepFilter(organizations=visit.scope.organizations), visit.at, order=StepOrder.DOCUMENT
            ),
            at=visit.at,
            person=visit.asked,
            calendar_of=calendar_of,
            undelivered=uow.outbox.count(NoticeStatus.DEAD),
            pending=uow.outbox.count(NoticeStatus.PENDING),
        )
    return visit.page("board.html", board=view)
