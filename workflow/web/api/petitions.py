"""`/petitions` and `/plans/{plan_id}/petitions`: lists, one petition, raise, classify, merge, answer, tell, transfer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, StrictBool
from starlette.responses import Response

from workflow.domain.commands import (
    AnswerPetition,
    ClassifyPetition,
    MergePetition,
    RaisePetition,
    TellPetitioner,
    TransferPetition,
)
from workflow.domain.cycle import Cycle
from workflow.domain.errors import NotFound
from workflow.domain.petition import Answer, AnsweredWhere, Authority, Petitioner, RaisedWhen, Result
from workflow.ports import PetitionFilter
from workflow.web.api.caller import Caller, ReadsPetitions, WritesPetitions
from workflow.web.api.describing import LISTED, MADE, OF_A_PLAN, WRITTEN
from workflow.web.api.models import PetitionOut
from workflow.web.api.paging import Page, Pages, paged
from workflow.web.api.steps import Names
from workflow.web.api.values import Asked, Day, Line, PetitionId, PlanId, Text
from workflow.web.api.writing import Terms, Writing, carry_out, petition_shown, raised_petition_shown

router = APIRouter(tags=["petitions"])
OF_PLAN = "/plans/{plan_id}/petitions"
PLACE = OF_PLAN + "/{petition}"
Units = Annotated[tuple[Line, ...], Field(max_length=50)]


class PetitionAbsent(NotFound):
    template = "Kế hoạch không có kiến nghị «{petition}»."


class PetitionQuery(Pages):
    """Which petitions, by plan and in the order of raising. Periods hold their first day and not their last."""

    organization: Annotated[str, Field(max_length=300)] = ""
    plan: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=50)] = ()
    lead: Names = ()
    topic: Names = ()
    authority: Annotated[tuple[Authority, ...], Field(max_length=10)] = ()
    result: Annotated[tuple[Result, ...], Field(max_length=10)] = ()
    raised_when: Annotated[tuple[RaisedWhen, ...], Field(max_length=10)] = ()
    is_open: Annotated[bool | None, Field(description="Whether an answer is still owed.")] = None
    raised_since: Day | None = None
    raised_until: Day | None = None
    answered_since: Day | None = None
    answered_until: Day | None = None
    text: Annotated[str, Field(max_length=200, description="Words that all occur, accents aside.")] = ""


class RaiseIn(Asked):
    """A petition as it was raised; `anonymous`: by the petitioner's own choice, then without a name and a contact."""

    text: Text
    raised_when: RaisedWhen
    name: Line | None = None
    unit: Line | None = None
    contact: Line | None = None
    anonymous: StrictBool = False
    raised_on: Day | None = None
    topic: Line | None = None
    authority: Authority | None = None
    lead: Line | None = None
    coordinating: Units = ()


class ClassifyIn(Asked):
    """What a petition is about and who answers it; every field replaces what was there."""

    topic: Line | None = None
    authority: Authority | None = None
    lead: Line | None = None
    coordinating: Units = ()


class MergeIn(Asked):
    """The petition that is answered for both."""

    duplicate_of: Annotated[str, Field(pattern="^p[1-9][0-9]*$", max_length=20)]


class AnswerIn(Asked):
    """How a petition was answered."""

    where: AnsweredWhere
    result: Result
    answered_on: Day
    document_number: Line | None = None
    summary: Text | None = None
    told_on: Day | None = None


class TellIn(Asked):
    """When the petitioner was told."""

    told_on: Day


class TransferIn(Asked):
    """To whom a petition is passed on; `on`: today where it is left out."""

    authority: Authority
    lead: Line
    reason: Text
    on: Day | None = None


@router.get("/petitions", response_model=Page[PetitionOut], responses=LISTED)
def list_petitions(caller: ReadsPetitions, asked: Annotated[PetitionQuery, Query()]) -> Response:
    """Petitions of all plans that the token's person may see"""
    chosen = PetitionFilter(
        organizations=caller.scope.narrowed(asked.organization),
        plan_ids=frozenset(asked.plan) or None,
        leads=frozenset(asked.lead) or None,
        topics=frozenset(asked.topic) or None,
        authorities=frozenset(asked.authority) or None,
        results=frozenset(asked.result) or None,
        raised_when=frozenset(asked.raised_when) or None,
        **asked.model_dump(
            include={"is_open", "raised_since", "raised_until", "answered_since", "answered_until", "text"}
        ),
    )
    with caller.application.store.reading() as uow:
        rows = uow.plans.petitions_where(chosen, limit=asked.limit, offset=asked.offset)
        total = uow.plans.count_petitions(chosen)
    return paged(caller.request, asked, [PetitionOut.of_row(row) for row in rows], total)


@router.post(OF_PLAN, response_model=PetitionOut, status_code=201, responses=MADE)
def raise_petition(caller: WritesPetitions, terms: Terms, plan_id: PlanId, asked: RaiseIn) -> Response:
    """Take a petition down"""
    command = RaisePetition(
        text=asked.text,
        petitioner=Petitioner(asked.name or None, asked.unit or None, asked.contact or None, asked.anonymous),
        raised_when=asked.raised_when,
        raised_on=asked.raised_on,
        topic=asked.topic or None,
        authority=asked.authority,
        lead=asked.lead or None,
        coordinating=asked.coordinating,
    )
    return carry_out(caller, terms, plan_id, command, raised_petition_shown(asked.text))


@router.get(PLACE, response_model=PetitionOut, responses=OF_A_PLAN)
def get_petition(caller: ReadsPetitions, plan_id: PlanId, petition: PetitionId) -> Response:
    """A petition with its answer"""
    return petition_shown(petition)(_known(caller, plan_id, petition)).response()


def _known(caller: Caller, plan_id: str, petition: str) -> Cycle:
    """The plan that a petition belongs to. Raises `PetitionAbsent`."""
    cycle = caller.plan(plan_id)
    if petition not in cycle.petitions:
        raise PetitionAbsent(petition=petition)
    return cycle


_OfAPetition = ClassifyPetition | MergePetition | AnswerPetition | TellPetitioner | TransferPetition


def _do(caller: Caller, terms: Writing, plan_id: str, command: _OfAPetition) -> Response:
    _known(caller, plan_id, command.petition)
    return carry_out(caller, terms, plan_id, command, petition_shown(command.petition))


@router.post(PLACE + "/classify", response_model=PetitionOut, responses=WRITTEN)
def classify(
    caller: WritesPetitions, terms: Terms, plan_id: PlanId, petition: PetitionId, asked: ClassifyIn
) -> Response:
    """Say what a petition is about and who answers it"""
    units = asked.coordinating
    command = ClassifyPetition(petition, asked.topic or None, asked.authority, asked.lead or None, units)
    return _do(caller, terms, plan_id, command)


@router.post(PLACE + "/merge", response_model=PetitionOut, responses=WRITTEN)
def merge(caller: WritesPetitions, terms: Terms, plan_id: PlanId, petition: PetitionId, asked: MergeIn) -> Response:
    """Say that a petition repeats another one"""
    return _do(caller, terms, plan_id, MergePetition(petition, asked.duplicate_of))


@router.post(PLACE + "/answer", response_model=PetitionOut, responses=WRITTEN)
def answer(caller: WritesPetitions, terms: Terms, plan_id: PlanId, petition: PetitionId, asked: AnswerIn) -> Response:
    """Record the answer to a petition; the part of the plan that owed it ends with it"""
    given = Answer(asked.where, asked.result, asked.answered_on, asked.document_number or None, asked.summary or None)
    return _do(caller, terms, plan_id, AnswerPetition(petition, given, asked.told_on))


@router.post(PLACE + "/tell", response_model=PetitionOut, responses=WRITTEN)
def tell(caller: WritesPetitions, terms: Terms, plan_id: PlanId, petition: PetitionId, asked: TellIn) -> Response:
    """Record the day on which the petitioner was told of the answer"""
    return _do(caller, terms, plan_id, TellPetitioner(petition, asked.told_on))


@router.post(PLACE + "/transfer", response_model=PetitionOut, responses=WRITTEN)
def transfer(
    caller: WritesPetitions, terms: Terms, plan_id: PlanId, petition: PetitionId, asked: TransferIn
) -> Response:
    """Pass a petition on to another authority; its clock starts anew from that day"""
    command = TransferPetition(petition, asked.authority, asked.lead, asked.reason, asked.on)
    return _do(caller, terms, plan_id, command)
