"""Carrying out what a program asks: once under its key, as it saw the plan, as its person may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.commands import Command
from workflow.domain.cycle import Cycle
from workflow.domain.errors import StepUnknown
from workflow.services.as_seen import handle_as_seen
from workflow.web.api.caller import Caller
from workflow.web.api.idempotency import (
    AlreadyAnswered,
    Answer,
    Answering,
    IdempotencyKey,
    KeepingStore,
    Once,
    fingerprint,
)
from workflow.web.api.matching import IfMatch, etag, seen_version
from workflow.web.api.models import PetitionOut, PlanDetail, StepDetail


@dataclass(frozen=True, slots=True)
class Writing:
    """What the headers of a writing request say, and what tells it from others."""

    key: str | None
    if_match: str | None
    request: str


async def writing(request: Request, key: IdempotencyKey = None, if_match: IfMatch = None) -> Writing:
    """The headers of a request about a plan that is there."""
    return Writing(key, if_match, await fingerprint(request))


async def writing_anew(request: Request, key: IdempotencyKey = None) -> Writing:
    """The headers of a request about nothing that was seen before."""
    return Writing(key, None, await fingerprint(request))


Terms = Annotated[Writing, Depends(writing)]
TermsAnew = Annotated[Writing, Depends(writing_anew)]


def carry_out(caller: Caller, terms: Writing, plan_id: str, command: Command, answering: Answering) -> Response:
    """Carry a command out; what the plan then is as `answering` tells it. Raises what `handle_as_seen` refuses with."""
    application = caller.application

    def doing(store: KeepingStore) -> Cycle:
        cycle = caller.request.state.cycle = caller.plan(plan_id)
        seen = seen_version(terms.if_match, cycle)
        became = handle_as_seen(
            store, application.terms_of, plan_id, command, at=caller.at, person=caller.person, seen=seen
        )
        caller.on_change(plan_id)
        return became

    return once(caller, terms, doing, answering)


def once(caller: Caller, terms: Writing, doing: Callable[[KeepingStore], Cycle], answering: Answering) -> Response:
    """Do something to a plan unless the same request was answered before; then answer it as before."""
    asked = Once(caller, terms.key, terms.request)
    earlier = asked.earlier()
    if earlier is not None:
        return earlier
    store = KeepingStore(caller.application.store, asked, answering)
    try:
        became = doing(store)
        if store.kept is None:
            store.kept = answering(became)
            asked.keep_later(store.kept)
    except AlreadyAnswered:
        return asked.earlier() or once(caller, terms, doing, answering)
    return store.kept.response()


def shown(cycle: Cycle, model: BaseModel, *, status: int = 200, address: str = "") -> Answer:
    """What of a plan is answered, with the plan's tag; `address`: of what was made."""
    headers = {"ETag": etag(cycle)} | ({"Location": address} if address else {})
    return Answer(status, model.model_dump_json(), headers)


def plan_shown(caller: Caller, *, status: int = 200, made: bool = False) -> Answering:
    """Tells the whole plan."""

    def answering(cycle: Cycle) -> Answer:
        address = f"/api/v1/plans/{cycle.plan_id}" if made else ""
        return shown(cycle, PlanDetail.of(cycle, caller.at), status=status, address=address)

    return answering


def step_shown(caller: Caller, key: str) -> Answering:
    """Tells one step. Raises `StepUnknown`."""

    def answering(cycle: Cycle) -> Answer:
        if key not in cycle.steps:
            raise StepUnknown(step=key, known=", ".join(cycle.steps))
        return shown(cycle, StepDetail.of(cycle, key, caller.at))

    return answering


def petition_shown(petition_id: str) -> Answering:
    """Tells one petition."""
    return lambda cycle: shown(cycle, PetitionOut.of(cycle, petition_id))


def raised_petition_shown(text: str) -> Answering:
    """Tells the petition that was raised last with a text."""

    def answering(cycle: Cycle) -> Answer:
        raised = reversed(tuple(cycle.petitions.values()))
        petition_id = next(each.petition_id for each in raised if each.text == text.strip())
        address = f"/api/v1/plans/{cycle.plan_id}/petitions/{petition_id}"
        return shown(cycle, PetitionOut.of(cycle, petition_id), status=201, address=address)

    return answering
