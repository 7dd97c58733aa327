"""The notices that reached nobody, each with its reason, and another try."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.ladder import Audience
from workflow.ports import Notice, NoticeFilter, NoticeStatus, PlanFilter, PlanRow, StepFilter, UnitOfWork
from workflow.services import undelivered
from workflow.services.permissions import NotPermitted, ReadOnly, check_leads
from workflow.services.undelivered import NoticeNotDead, NoticeUnknown
from workflow.web import forms, tables
from workflow.web.views.operating import CHANNEL_NAMES
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter()
_MOST_AT_ONCE = 500
_COORDINATING = frozenset({Audience.COORDINATOR, Audience.CHAIR})


@router.get("/undelivered")
def show(visit: SignedIn, again: str = "") -> Response:
    """The notices that were given up within one's scope, the latest owed first."""
    with visit.application.store.reading() as uow:
        pages = tables.page_of(visit, uow.plans.count_notices(_dead(visit)))
        found = uow.plans.notices_where(_dead(visit), limit=pages.size, offset=pages.offset)
        plans = _plans(uow, found)
        names = _names(uow, found, visit)
    tried = int(again) if again.isascii() and again.isdigit() and len(again) < 6 else None
    return visit.page(
        "operating_undelivered.html",
        notices=[(notice, plans.get(notice.plan_id), _may_retry(visit, notice, plans)) for notice in found],
        names=names,
        channels=CHANNEL_NAMES,
        pages=pages,
        address=tables.address,
        tried=tried,
    )


@router.get("/undelivered/retry")
def back(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/undelivered")


@router.post("/undelivered/retry")
def retry(visit: SignedIn, form: Posted) -> Response:
    """Let the next delivery try one notice again, or all that the person may have tried."""
    _check(visit)
    key = forms.clean(form.get("key"))
    with visit.application.store.reading() as uow:
        found = _one(uow, visit, key) if key else uow.plans.notices_where(_dead(visit), limit=_MOST_AT_ONCE)
        plans = _plans(uow, found)
    if key and found[0].plan_id:
        check_leads(visit.asked, plans[found[0].plan_id].organization)
    chosen = [notice for notice in found if _may_retry(visit, notice, plans)]
    return visit.see(f"/undelivered?again={sum(_try(visit, notice) for notice in chosen)}")


def _check(visit: Visit) -> None:
    if visit.asked.role is Audience.SUPERVISOR:
        raise ReadOnly(organization=visit.asked.organization)
    if visit.asked.role not in _COORDINATING:
        raise NotPermitted(organization=visit.asked.organization)


def _try(visit: Visit, notice: Notice) -> bool:
    """Whether it is tried again; somebody else may have seen to it meanwhile."""
    try:
        undelivered.retry(visit.application.store, notice.key, at=visit.at)
    except (NoticeUnknown, NoticeNotDead):
        return False
    return True


def _dead(visit: Visit) -> NoticeFilter:
    return NoticeFilter(organizations=visit.scope.organizations, statuses=frozenset({NoticeStatus.DEAD}))


def _one(uow: UnitOfWork, visit: Visit, key: str) -> list[Notice]:
    """A notice within the scope. Raises `NoticeUnknown`, for one outside, too."""
    notice = uow.outbox.get(key)
    if notice is None:
        raise NoticeUnknown(key=key[:80])
    plan = _plans(uow, [notice]).get(notice.plan_id)
    if not visit.scope.covers(plan.organization if plan is not None else ""):
        raise NoticeUnknown(key=key[:80])
    return [notice]


def _plans(uow: UnitOfWork, notices: list[Notice]) -> Mapping[str, PlanRow]:
    ids = frozenset(notice.plan_id for notice in notices) - {""}
    return {row.plan_id: row for row in uow.plans.rows(PlanFilter(plan_ids=ids))} if ids else {}


def _names(uow: UnitOfWork, notices: list[Notice], visit: Visit) -> Mapping[tuple[str, str], str]:
    """The names of the notices' steps, by plan and step."""
    places = frozenset((notice.plan_id, notice.step) for notice in notices if notice.step)
    if not places:
        return {}
    found = uow.plans.steps_where(StepFilter(places=places), visit.at)
    return {(step.plan_id, step.key): step.name for step in found}


def _may_retry(visit: Visit, notice: Notice, plans: Mapping[str, PlanRow]) -> bool:
    plan = plans.get(notice.plan_id)
    if plan is None:
        return visit.scope.covers("") and visit.asked.role in _COORDINATING
    try:
        check_leads(visit.asked, plan.organization)
    except NotPermitted:
        return False
    return True
