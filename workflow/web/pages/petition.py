"""One petition: its page, and one page for each thing that is done to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.commands import Command
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput, Conflict
from workflow.domain.events import Event, Recorded
from workflow.domain.petition_errors import PetitionUnknown
from workflow.services import permissions
from workflow.services.history import history_of
from workflow.services.plans import DueChange
from workflow.web import uploads
from workflow.web.blanks import Typed
from workflow.web.carrying import NO_COMPLAINT, Change, Complaint, carry_out, complaint_of, preview
from workflow.web.forms import Refused
from workflow.web.pages.acting import seat_of
from workflow.web.security import body_limit
from workflow.web.views.petition_acts import PETITION_ACTS, PetitionAct, Plea
from workflow.web.visit import PostedWithFiles, SignedIn, Visit

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sheet:
    """An act's form as it is shown: what was typed, the file that came with it, the preview, the complaint."""

    typed: Typed
    file: str | None = None
    changes: Sequence[DueChange] | None = None
    complaint: Complaint = NO_COMPLAINT


@router.get("/plans/{plan_id}/petitions/{petition_id}")
def show(visit: SignedIn, plan_id: str, petition_id: str, did: str = "") -> Response:
    """A petition with its clock, its answer and all that happened to it; `did` names the act just carried out."""
    plea = _plea(visit, plan_id, petition_id)
    cycle = plea.cycle
    with visit.application.store.reading() as uow:
        log = uow.plans.log(plan_id)
        people = {person.person_id: person.name for person in uow.directory.all()}
    parts = cycle.parts_for(petition_id)
    told = history_of(
        tuple(r for r in log if _about(r, petition_id, {p.definition.key for p in parts})), cycle, visit.language
    )
    traces = [Change(r.recorded_at, people.get(r.actor, r.actor), sentence) for r, sentence in told]
    return visit.page(
        "petition.html",
        cycle=cycle,
        petition=plea.petition,
        answered=cycle.petitions.get(plea.petition.duplicate_of or "", plea.petition).answer,
        parts_=[(part, part.standing(visit.at)) for part in parts],
        duplicates=[each for each in cycle.petitions.values() if each.duplicate_of == petition_id],
        traces=traces,
        acts=_offers(visit, plea),
        told=PETITION_ACTS[did].done if did in PETITION_ACTS else "",
    )


def _about(recorded: Recorded, petition_id: str, parts: set[str]) -> bool:
    event: Event = recorded.event
    petition = getattr(event, "petition", None)
    own = petition == petition_id or getattr(petition, "petition_id", None) == petition_id
    return own or getattr(event, "duplicate_of", None) == petition_id or getattr(event, "step", None) in parts


def _offers(visit: Visit, plea: Plea) -> list[PetitionAct]:
    return [
        act
        for act in PETITION_ACTS.values()
        if act.offered(plea) and permissions.allowed(visit.asked, act.sample(plea.petition.petition_id), plea.cycle)
    ]


def _plea(visit: Visit, plan_id: str, petition_id: str) -> Plea:
    cycle = visit.plan(plan_id)
    if petition_id not in cycle.petitions:
        raise PetitionUnknown(petition=petition_id, known=", ".join(list(cycle.petitions)[:20]) or "–")
    return Plea(cycle, cycle.petitions[petition_id], seat_of(visit, cycle))


def _for(visit: Visit, act: PetitionAct, plan_id: str, petition_id: str) -> Plea:
    """The petition, for somebody who may do this to it. Raises `NotPermitted`."""
    plea = _plea(visit, plan_id, petition_id)
    permissions.check(visit.asked, act.sample(petition_id), plea.cycle)
    return plea


def _show(act: PetitionAct) -> Callable[..., Response]:
    def show_act(visit: SignedIn, plan_id: str, petition_id: str) -> Response:
        plea = _for(visit, act, plan_id, petition_id)
        return _page(visit, plea, act, Sheet(Typed({blank.name: blank.value for blank in act.blanks(plea)})))

    return show_act


def _take(act: PetitionAct) -> Callable[..., Response]:
    @body_limit(uploads.BODY)
    def take(visit: SignedIn, form: PostedWithFiles, plan_id: str, petition_id: str) -> Response:
        plea = _for(visit, act, plan_id, petition_id)
        typed, file = Typed(form), None
        try:
            file = uploads.proof_of(visit, form)
            command = act.command(typed, petition_id, file)
            if act.moves and form.get("stage") != "confirm":
                return _page(visit, plea, act, Sheet(typed, file, preview(visit, plan_id, command)))
            carry_out(visit, plan_id, command, form)
        except Refused as refused:
            return _given_back(visit, act, plea.cycle, petition_id, Sheet(typed, file), refused)
        return visit.see(f"/plans/{plan_id}/petitions/{petition_id}?did={act.name}")

    return take


def _given_back(
    visit: Visit, act: PetitionAct, before: Cycle, petition_id: str, sheet: Sheet, refused: Refused
) -> Response:
    """The form with all that was typed and why it was not taken; after a change by others, with the preview anew."""
    plea = _plea(visit, before.plan_id, petition_id)
    complaint = complaint_of(visit, plea.cycle, refused)
    changes = None
    if act.moves and isinstance(refused.error, Conflict):
        changes = _preview_or_none(visit, before.plan_id, lambda: act.command(sheet.typed, petition_id, sheet.file))
    return _page(visit, plea, act, Sheet(sheet.typed, sheet.file, changes, complaint))


def _preview_or_none(visit: Visit, plan_id: str, made: Callable[[], Command]) -> Sequence[DueChange] | None:
    try:
        return preview(visit, plan_id, made())
    except (Refused, BadInput, Conflict):
        return None


def _page(visit: Visit, plea: Plea, act: PetitionAct, sheet: Sheet) -> Response:
    return visit.page(
        "petition_act.html",
        status=sheet.complaint.status,
        cycle=plea.cycle,
        petition=plea.petition,
        act=act,
        blanks=act.blanks(plea),
        sheet=sheet,
        file_name=uploads.shown_name(sheet.file) if sheet.file else "",
        file_seal=uploads.seal_of(visit, sheet.file) if sheet.file else "",
        offered=act.offered(plea),
    )


def _routes() -> None:
    for act in PETITION_ACTS.values():
        address = f"/plans/{{plan_id}}/petitions/{{petition_id}}/{act.name}"
        router.add_api_route(address, _show(act), methods=["GET"])
        router.add_api_route(address, _take(act), methods=["POST"])


_routes()
