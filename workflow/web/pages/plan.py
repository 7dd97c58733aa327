"""A plan: its page, as it is or as it was known on a past day, and calling it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from workflow.documents import gantt
from workflow.domain.commands import CancelPlan, Command, CompleteStep, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput, PlanNotFound
from workflow.domain.events import Recorded
from workflow.domain.ladder import Terms
from workflow.domain.zone import day_of
from workflow.ports import Notice, NoticeFilter, NoticeStatus, PeopleFilter, PlanFilter, UnitOfWork
from workflow.services import permissions, scopes
from workflow.services.as_of import NotStartedThen, instant_of, known_at
from workflow.services.history import history_of
from workflow.services.scopes import Scope
from workflow.web import forms
from workflow.web.carrying import carry_out
from workflow.web.failures import status_of, words_of
from workflow.web.forms import Refused
from workflow.web.pictures.dag import picture
from workflow.web.views.plan import PlanPage, duties, plan_page
from workflow.web.views.plan_parts import coming, papers, petition_counts
from workflow.web.visit import Posted, SignedIn, Visit
from workflow.web.words import standing

router = APIRouter()


HISTORY_FIRST = 10
HISTORY_MOST = 60
NOTICES_SHOWN = 25
"""How many events and notices stand on the page at most; those before them on pages of their own."""

_WAITING = frozenset({NoticeStatus.PENDING, NoticeStatus.DEAD})
_SETTLED = frozenset({NoticeStatus.SENT, NoticeStatus.DROPPED})


@dataclass(frozen=True, slots=True)
class PlanRead:
    """Everything of a plan that its pages show, read in one transaction. `at`: the instant at which it is looked at.

    `waiting`: notices not sent yet, or given up; `settled`: the latest of the others, out of `settled_count`.
    """

    cycle: Cycle
    log: Sequence[Recorded]
    people: Mapping[str, str]
    waiting: Sequence[Notice]
    settled: Sequence[Notice]
    settled_count: int
    flow_run: str | None
    at: datetime


def read_plan(uow: UnitOfWork, scope: Scope, plan_id: str, at: datetime, *, as_known: bool = False) -> PlanRead:
    """Read a plan for its page, with `as_known` as it was known at the instant. Raises `PlanNotFound`, for one outside
    the scope, too."""
    cycle = scopes.plan(uow, scope, plan_id)
    log = uow.plans.log(plan_id)
    if as_known:
        cycle = known_at(uow, plan_id, at)
        log = [recorded for recorded in log if recorded.recorded_at <= at]
    told = NoticeFilter(plan_ids=frozenset({plan_id}), owed_until=at if as_known else None)
    settled = replace(told, statuses=_SETTLED)
    shown = uow.links.shown(plan_id)
    organizations = frozenset({cycle.definition.organization, ""})
    return PlanRead(
        cycle=cycle,
        log=log,
        people={one.person_id: one.name for one in uow.directory.found(PeopleFilter(organizations=organizations))},
        waiting=uow.plans.notices_where(replace(told, statuses=_WAITING), limit=NOTICES_SHOWN),
        settled=uow.plans.notices_where(settled, limit=NOTICES_SHOWN),
        settled_count=uow.plans.count_notices(settled),
        flow_run=shown[0] if shown is not None else None,
        at=at,
    )


def page_of(visit: Visit, read: PlanRead, *, may_act: bool = True) -> PlanPage:
    """The view of a plan for the person who asks."""
    cycle = read.cycle
    return plan_page(
        cycle,
        at=read.at,
        calendar=terms_of(visit, cycle).calendar,
        people=read.people,
        may_complete=lambda key: may_act and permissions.allowed(visit.asked, CompleteStep(key), cycle),
    )


def terms_of(visit: Visit, cycle: Cycle) -> Terms:
    """The terms of a plan's own version of the calendar."""
    return visit.application.terms_of(cycle.definition, cycle.calendar_version)


@router.get("/plans/{plan_id}")
def show(visit: SignedIn, plan_id: str, done: str = "", meeting: str = "", as_of: str = "") -> Response:
    """The page of a plan; `done` names the step that was just recorded, `meeting` that its day was just set.

    `as_of`: a day, as people write it; the plan is shown as it was known at the end of it, without any form.
    """
    then, words = _looked_at(visit, as_of)
    with visit.application.store.reading() as uow:
        try:
            read = read_plan(uow, visit.scope, plan_id, then or visit.at, as_known=then is not None)
        except NotStartedThen as refused:
            then, words = None, words_of(refused, visit.language)
            read = read_plan(uow, visit.scope, plan_id, visit.at)
    return _page(visit, read, then=then, as_of_words=words, as_of=as_of, done=done, meeting_set=meeting == "set")


@router.get("/plans/{plan_id}/version")
def tell_version(visit: SignedIn, plan_id: str) -> Response:
    """What the page of the plan depends on, in a few characters: a page that is open asks for it now and then."""
    chosen = PlanFilter(organizations=visit.scope.organizations, plan_ids=frozenset({plan_id}))
    with visit.application.store.reading() as uow:
        rows = uow.plans.rows(chosen)
    if not rows:
        raise PlanNotFound(plan=plan_id)
    return JSONResponse({"version": version_of(rows[0].version, visit)}, headers={"Cache-Control": "no-store"})


def version_of(version: int, visit: Visit) -> str:
    """The version of a plan's page: that of the plan, and the day, since what is late changes with the day."""
    return f"{version}-{visit.today.isoformat()}"


@router.get("/plans/{plan_id}/cancel")
def ask_to_cancel(visit: SignedIn, plan_id: str) -> Response:
    """Ask for the reason before a plan is called off."""
    return _cancel_page(visit, plan_id)


@router.post("/plans/{plan_id}/cancel")
def cancel(visit: SignedIn, form: Posted, plan_id: str) -> Response:
    """Call a plan off."""
    reason = forms.clean(form.get("reason"))
    try:
        carry_out(visit, plan_id, forms.cancellation(reason), form)
    except Refused as refused:
        return _cancel_page(visit, plan_id, reason, refused)
    return visit.see(f"/plans/{plan_id}")


def _looked_at(visit: Visit, as_of: str) -> tuple[datetime | None, str]:
    """The instant at which a plan is asked for, None for now; and what is wrong with the day."""
    try:
        day = forms.day(forms.clean(as_of))
        return (instant_of(day, visit.at) if day is not None else None), ""
    except BadInput as refused:
        return None, words_of(refused, visit.language)


def _page(
    visit: Visit, read: PlanRead, *, then: datetime | None, as_of_words: str, as_of: str, done: str, meeting_set: bool
) -> Response:
    page = page_of(visit, read, may_act=then is None)
    acting = page.running and then is None
    return visit.page(
        "plan.html",
        plan=page,
        at=read.at,
        then=then,
        as_of=as_of,
        as_of_words=as_of_words,
        version=version_of(read.cycle.version, visit),
        notices=read,
        meeting_set=meeting_set and read.cycle.meeting.on is not None,
        just_done=next((step for step in page.steps if step.key == done and step.completed_on), None),
        may_set_meeting=acting and not page.meeting_held and _may(visit, SetMeeting(visit.today), read.cycle),
        may_cancel=acting and _may(visit, CancelPlan(""), read.cycle),
        only_reading=_why_only_reading(visit, read.cycle) if acting else "",
        flow_address=_flow_address(visit, read.flow_run),
        **_told(visit, read),
    )


def _told(visit: Visit, read: PlanRead) -> dict[str, Any]:
    """The pictures and lists of the page."""
    cycle, language, terms = read.cycle, visit.language, terms_of(visit, read.cycle)
    link = f"/plans/{cycle.plan_id}/steps/"
    made = gantt.chart(gantt.bars_of(cycle, read.at), terms.calendar, day_of(read.at))
    lately = [*history_of(tuple(read.log[-HISTORY_MOST:]), cycle, language)][::-1]
    return {
        "gantt": gantt.drawn(
            made, language, lambda value, due_on: standing(value, due_on, language), lambda key: link + key
        ),
        "picture": picture(duties(cycle, read.at), language),
        "coming": coming(cycle, terms, read.at),
        "papers": papers(cycle),
        "petitions": petition_counts(cycle, read.at),
        "history": lately,
        "history_first": HISTORY_FIRST,
        "events": len(read.log),
    }


def _flow_address(visit: Visit, flow_run: str | None) -> str | None:
    board = visit.application.board
    return board.address(flow_run) if board is not None and flow_run is not None else None


def _may(visit: Visit, command: Command, cycle: Cycle) -> bool:
    return permissions.allowed(visit.asked, command, cycle)


def _why_only_reading(visit: Visit, cycle: Cycle) -> str:
    """Why the person can change nothing in the plan, in words; "" for somebody who may complete some of its steps."""
    try:
        permissions.check(visit.asked, CompleteStep(next(iter(cycle.steps))), cycle)
    except (permissions.ReadOnly, permissions.OtherOrganization) as refused:
        return words_of(refused, visit.language)
    except permissions.NotPermitted:
        return ""
    return ""


def _cancel_page(visit: Visit, plan_id: str, reason: str = "", refused: Refused | None = None) -> Response:
    cycle = visit.plan(plan_id)
    permissions.check(visit.asked, CancelPlan(reason), cycle)
    return visit.page(
        "cancel.html",
        status=status_of(refused.error) if refused else 200,
        cycle=cycle,
        reason=reason,
        words=words_of(refused.error, visit.language) if refused else "",
    )
