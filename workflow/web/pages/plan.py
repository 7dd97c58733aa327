"""A plan: its page, and the forms on it that record what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from calendars import CalendarError
from workflow.domain.commands import CancelPlan, Command, CompleteStep, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput, Conflict, NotFound
from workflow.domain.events import Recorded
from workflow.ports import Notice, UnitOfWork
from workflow.services import permissions, scopes
from workflow.services.as_seen import ChangedMeanwhile, handle_as_seen
from workflow.services.scopes import Scope
from workflow.store.errors import DatabaseError
from workflow.web import forms
from workflow.web.failures import status_of, words_of
from workflow.web.forms import CompletionTyped, Refused
from workflow.web.pictures.dag import picture
from workflow.web.views.plan import PlanPage, duties, plan_page
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter()


@dataclass(frozen=True, slots=True)
class FormState:
    """A form given back: for which step, what was typed, what is wrong with which field, what others changed."""

    step: str
    typed: CompletionTyped
    field: str = ""
    words: str = ""
    changes: Sequence[Recorded] = ()


@dataclass(frozen=True, slots=True)
class PlanRead:
    """Everything of a plan that its page shows, read in one transaction."""

    cycle: Cycle
    people: Mapping[str, str]
    notices: Sequence[Notice]
    flow_run: str | None


def read_plan(uow: UnitOfWork, scope: Scope, plan_id: str) -> PlanRead:
    """Read a plan for its page. Raises `PlanNotFound`, for one outside the scope, too."""
    cycle = scopes.plan(uow, scope, plan_id)
    shown = uow.links.shown(plan_id)
    return PlanRead(
        cycle=cycle,
        people={person.person_id: person.name for person in uow.directory.all()},
        notices=uow.outbox.of_plan(plan_id),
        flow_run=shown[0] if shown is not None else None,
    )


def page_of(visit: Visit, read: PlanRead) -> PlanPage:
    """The view of a plan for the person who asks."""
    cycle = read.cycle
    return plan_page(
        cycle,
        at=visit.at,
        calendar=visit.application.terms_of(cycle.definition, cycle.calendar_version).calendar,
        people=read.people,
        may_complete=lambda key: permissions.allowed(visit.asked, CompleteStep(key), cycle),
    )


@router.get("/plans/{plan_id}")
def show(visit: SignedIn, plan_id: str, done: str = "", meeting: str = "") -> Response:
    """The page of a plan; `done` names the step that was just recorded, `meeting` that its day was just set."""
    return answer(visit, plan_id, done=done, meeting_set=meeting == "set")


@router.get("/plans/{plan_id}/steps/{key}/complete")
def completed(visit: SignedIn, plan_id: str, key: str) -> Response:
    """Where a browser comes when it reloads the address of a form that was refused."""
    return visit.see(f"/plans/{plan_id}#{key}")


@router.post("/plans/{plan_id}/steps/{key}/complete")
def complete(visit: SignedIn, form: Posted, plan_id: str, key: str) -> Response:
    """Record that a step ended; a form that is refused comes back with what was typed and why."""
    typed = CompletionTyped.read(form)
    try:
        carry_out(visit, plan_id, typed.command(key), form)
    except Refused as refused:
        return _given_back(visit, plan_id, key, typed, refused)
    return visit.see(f"/plans/{plan_id}?done={key}#main")


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


def carry_out(visit: Visit, plan_id: str, command: Command, form: FormData) -> Cycle:
    """Do what a form asks. Raises `Refused` for what the form's own page should tell, other errors as they are."""
    application = visit.application
    try:
        cycle = handle_as_seen(
            application.store,
            application.terms_of,
            plan_id,
            command,
            at=visit.at,
            person=visit.asked,
            seen=forms.version(form.get("version")),
        )
    except NotFound:
        raise
    except (BadInput, Conflict, CalendarError, DatabaseError) as error:
        raise forms.complaint(error) from error
    visit.request.app.state.on_change(plan_id)
    return cycle


def answer(
    visit: Visit,
    plan_id: str,
    *,
    form: FormState | None = None,
    status: int = 200,
    done: str = "",
    meeting_set: bool = False,
) -> Response:
    """The page of a plan."""
    with visit.application.store.reading() as uow:
        read = read_plan(uow, visit.scope, plan_id)
    page = page_of(visit, read)
    board = visit.application.board
    return visit.page(
        "plan.html",
        status=status,
        plan=page,
        picture=picture(duties(read.cycle, visit.at), visit.language),
        notices=read.notices,
        people=read.people,
        flow_address=board.address(read.flow_run) if board is not None and read.flow_run is not None else None,
        form=form,
        meeting_set=meeting_set and read.cycle.meeting.on is not None,
        just_done=next((step for step in page.steps if step.key == done and step.completed_on), None),
        may_set_meeting=page.running and not page.meeting_held and _may(visit, SetMeeting(visit.today), read.cycle),
        may_cancel=page.running and _may(visit, CancelPlan(""), read.cycle),
        only_reading=_why_only_reading(visit, read.cycle) if page.running else "",
    )


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


def _given_back(visit: Visit, plan_id: str, key: str, typed: CompletionTyped, refused: Refused) -> Response:
    changes = refused.error.changes if isinstance(refused.error, ChangedMeanwhile) else ()
    form = FormState(key, typed, refused.field, words_of(refused.error, visit.language), changes)
    return answer(visit, plan_id, form=form, status=status_of(refused.error))


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
