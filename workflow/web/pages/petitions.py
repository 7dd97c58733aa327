"""The lists of petitions, of one plan and of all, and what is done to several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from workflow.domain.commands import ClassifyPetition, Command, RaisePetition
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput
from workflow.domain.petition import Authority, Petitioner, RaisedWhen
from workflow.ports import PlanFilter, StepFilter, UnitOfWork
from workflow.services import permissions
from workflow.services.several import Outcome, handle_several
from workflow.web import forms
from workflow.web.blanks import Typed
from workflow.web.carrying import NO_COMPLAINT, Complaint, carry_out, complaint_of
from workflow.web.failures import words_of
from workflow.web.forms import Refused
from workflow.web.pages.acting import seat_of
from workflow.web.views.petition_acts import classifying_blanks, raised, raising_blanks, topics_of
from workflow.web.views.petitions import PAGE, PetitionList, Seek, petition_list
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter()


class NoneChosen(BadInput):
    template = "Chưa chọn kiến nghị nào; hãy đánh dấu các kiến nghị trong bảng."


@dataclass(frozen=True, slots=True)
class Bulk:
    """Several petitions to be classified at once, as the form came: which were picked, what was typed, what failed."""

    picked: frozenset[str] = frozenset()
    typed: Typed | None = None
    done: int = 0
    refused: Sequence[tuple[str, str]] = ()
    complaint: Complaint = NO_COMPLAINT


@router.get("/petitions")
def everywhere(visit: SignedIn) -> Response:
    """The petitions of every plan in the reader's scope."""
    seek = Seek.read(visit.request.query_params)
    with visit.application.store.reading() as uow:
        page = read_list(uow, visit, seek)
    return visit.page("petitions_all.html", list=page, seek=seek)


def read_list(uow: UnitOfWork, visit: Visit, seek: Seek, plan_id: str | None = None) -> PetitionList:
    """One page of petitions, of a plan or of all: four statements, however many there are."""
    chosen = seek.chosen(visit.scope.organizations, plan_id)
    rows = uow.plans.petitions_where(chosen, limit=PAGE, offset=seek.offset)
    places = frozenset((row.plan_id, row.step) for row in rows if row.step is not None)
    parts = uow.plans.steps_where(StepFilter(places=places), visit.at) if places else []
    plans = uow.plans.rows(PlanFilter(plan_ids=frozenset(row.plan_id for row in rows))) if rows else []
    titles: Mapping[str, str] = {plan.plan_id: plan.title for plan in plans}
    return petition_list(rows, parts, titles, total=uow.plans.count_petitions(chosen), seek=seek, at=visit.at)


@router.get("/plans/{plan_id}/petitions")
def of_plan(visit: SignedIn, plan_id: str) -> Response:
    """The petitions of a plan, with what was just done to them."""
    return _list_page(visit, plan_id, Bulk())


@router.get("/plans/{plan_id}/petitions/classify")
def back(visit: SignedIn, plan_id: str) -> Response:
    """Where a browser comes when it reloads the address of a form that was refused."""
    visit.plan(plan_id)
    return visit.see(f"/plans/{plan_id}/petitions")


@router.post("/plans/{plan_id}/petitions/classify")
def classify(visit: SignedIn, form: Posted, plan_id: str) -> Response:
    """Give the petitions that were picked a topic, an authority or a unit; what is left empty stays as it was."""
    cycle = visit.plan(plan_id)
    permissions.check(visit.asked, ClassifyPetition("", None, None, None), cycle)
    typed = Typed(form)
    picked = [str(each) for each in form.getlist("petition") if str(each) in cycle.petitions]
    try:
        commands = _classifications(typed, cycle, picked)
        outcome = handle_several_of(visit, plan_id, commands, form)
    except Refused as refused:
        complaint = complaint_of(visit, cycle, refused)
        return _list_page(visit, plan_id, Bulk(frozenset(picked), typed, complaint=complaint), status=complaint.status)
    if outcome.refused:
        told = [(picked[place], words_of(error, visit.language)) for place, error in outcome.refused.items()]
        left = frozenset(petition for petition, _ in told)
        return _list_page(visit, plan_id, Bulk(left, typed, outcome.done, told), status=409)
    return visit.see(f"/plans/{plan_id}/petitions?classified={outcome.done}")


def handle_several_of(visit: Visit, plan_id: str, commands: Sequence[Command], form: FormData) -> Outcome:
    """Carry out several commands of one form."""
    application = visit.application
    outcome = handle_several(
        application.store,
        application.terms_of,
        plan_id,
        commands,
        at=visit.at,
        person=visit.asked,
        seen=forms.version(form.get("version")),
    )
    visit.request.app.state.on_change(plan_id)
    return outcome


def _classifications(typed: Typed, cycle: Cycle, picked: Sequence[str]) -> list[ClassifyPetition]:
    """One command for each petition picked. Raises `Refused`."""
    if not picked:
        raise Refused("", NoneChosen())
    topic, lead = typed.line("topic"), typed.line("lead")
    authority = typed.one_of("authority", Authority)
    known = [cycle.petitions[petition] for petition in picked]
    return [
        ClassifyPetition(
            petition=each.petition_id,
            topic=topic or each.topic,
            authority=authority or each.authority,
            lead=lead or each.lead,
            coordinating=each.coordinating,
        )
        for each in known
    ]


def _list_page(visit: Visit, plan_id: str, bulk: Bulk, *, status: int = 200) -> Response:
    cycle = visit.plan(plan_id)
    seek = Seek.read(visit.request.query_params)
    with visit.application.store.reading() as uow:
        page = read_list(uow, visit, seek, plan_id)
    seat = seat_of(visit, cycle)
    return visit.page(
        "petitions.html",
        status=status,
        cycle=cycle,
        list=page,
        seek=seek,
        bulk=bulk,
        told={name: _number(visit, name) for name in ("classified", "imported")},
        added=cycle.petitions.get(visit.request.query_params.get("added", "")),
        topics=topics_of(cycle),
        leads=sorted({petition.lead for petition in cycle.petitions.values() if petition.lead}),
        blanks=classifying_blanks(seat, topics_of(cycle))[:3],
        may_raise=permissions.allowed(visit.asked, _SOME_PETITION, cycle),
        may_classify=permissions.allowed(visit.asked, ClassifyPetition("", None, None, None), cycle),
    )


def _number(visit: Visit, name: str) -> int:
    typed = visit.request.query_params.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


_SOME_PETITION = RaisePetition("", Petitioner(), RaisedWhen.BEFORE_MEETING)


def for_raising(visit: Visit, plan_id: str) -> Cycle:
    """The plan, for somebody who may take its petitions down. Raises `NotPermitted`."""
    cycle = visit.plan(plan_id)
    permissions.check(visit.asked, _SOME_PETITION, cycle)
    return cycle


@router.get("/plans/{plan_id}/petitions/new")
def blank(visit: SignedIn, plan_id: str) -> Response:
    """The form that takes a petition down."""
    return _new_page(visit, for_raising(visit, plan_id), None)


@router.post("/plans/{plan_id}/petitions/new")
def add(visit: SignedIn, form: Posted, plan_id: str) -> Response:
    """Take a petition down; with «stage» "next" another one follows."""
    cycle, typed = for_raising(visit, plan_id), Typed(form)
    try:
        after = carry_out(visit, plan_id, raised(typed), form)
    except Refused as refused:
        return _new_page(visit, cycle, typed, complaint_of(visit, cycle, refused))
    if form.get("stage") == "next":
        return visit.see(f"/plans/{plan_id}/petitions/new?added={len(after.petitions)}")
    return visit.see(f"/plans/{plan_id}/petitions?added={list(after.petitions)[-1]}")


def _new_page(visit: Visit, cycle: Cycle, typed: Typed | None, complaint: Complaint = NO_COMPLAINT) -> Response:
    blanks = raising_blanks(seat_of(visit, cycle), topics_of(cycle))
    return visit.page(
        "petition_new.html",
        status=complaint.status,
        cycle=cycle,
        blanks=blanks,
        typed=typed or Typed({each.name: each.value for each in blanks}),
        complaint=complaint,
        added=visit.request.query_params.get("added", ""),
    )
