"""What people do to a step: one page for each act, with its form, its preview where limits move, and its refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.commands import Command
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput, Conflict, StepUnknown
from workflow.domain.ladder import Audience
from workflow.domain.names import folded
from workflow.domain.zone import day_of
from workflow.ports import PeopleFilter
from workflow.services import permissions
from workflow.services.plans import DueChange
from workflow.web import uploads
from workflow.web.blanks import Typed
from workflow.web.carrying import NO_COMPLAINT, Complaint, carry_out, complaint_of, preview
from workflow.web.forms import Refused
from workflow.web.security import body_limit
from workflow.web.views.acting import ACTS, offers
from workflow.web.views.cases import Act, Case, Offer, Seat
from workflow.web.visit import PostedWithFiles, SignedIn, Visit

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sheet:
    """An act's form as it is shown: what was typed, the file that came with it, the preview, the complaint."""

    typed: Typed
    file: str | None = None
    changes: Sequence[DueChange] | None = None
    complaint: Complaint = NO_COMPLAINT


def seat_of(visit: Visit, cycle: Cycle) -> Seat:
    """What the forms of a plan know of the one who fills them in."""
    organization = cycle.definition.organization
    with visit.application.store.reading() as uow:
        people = uow.directory.found(PeopleFilter(organizations=frozenset({organization, ""}), active=True))
    chairs = tuple(person.name for person in people if person.role is Audience.CHAIR)
    units = {folded(unit): unit for unit in [*(p.unit for p in people), *(s.owner or "" for s in cycle.plan.steps)]}
    asked = visit.asked
    return Seat(
        today=visit.today,
        chair=asked.name if asked.role is Audience.CHAIR else chairs[0] if len(chairs) == 1 else "",
        chairs=chairs,
        units=tuple(sorted(unit for unit in units.values() if unit)),
    )


def offers_of(visit: Visit, cycle: Cycle, key: str) -> tuple[Offer, ...]:
    """What the reader can do to a step now."""
    case = Case(cycle, cycle.steps[key], Seat(visit.today))

    def allowed(command: Command) -> bool:
        return permissions.allowed(visit.asked, command, cycle)

    return offers(case, allowed)


def _case(visit: Visit, plan_id: str, key: str, act: Act) -> Case:
    """The step, for somebody who may do this to it. Raises `NotPermitted`, and where the plan or step is not there."""
    cycle = visit.plan(plan_id)
    if key not in cycle.steps:
        raise StepUnknown(step=key, known=", ".join(cycle.steps))
    permissions.check(visit.asked, act.sample(key), cycle)
    return Case(cycle, cycle.steps[key], seat_of(visit, cycle))


def _show(act: Act) -> Callable[..., Response]:
    def show(visit: SignedIn, plan_id: str, key: str) -> Response:
        case = _case(visit, plan_id, key, act)
        return _page(visit, case, act, Sheet(Typed({blank.name: blank.value for blank in act.blanks(case)})))

    return show


def _take(act: Act) -> Callable[..., Response]:
    @body_limit(uploads.BODY)
    def take(visit: SignedIn, form: PostedWithFiles, plan_id: str, key: str) -> Response:
        case = _case(visit, plan_id, key, act)
        typed, file = Typed(form), None
        try:
            file = uploads.proof_of(visit, form)
            command = act.command(typed, key, file)
            if act.moves and form.get("stage") != "confirm":
                return _page(visit, case, act, Sheet(typed, file, preview(visit, plan_id, command)))
            carry_out(visit, plan_id, command, form)
        except Refused as refused:
            return _given_back(visit, act, plan_id, key, Sheet(typed, file), refused)
        if act.name == "complete":
            return visit.see(f"/plans/{plan_id}?done={key}#main")
        return visit.see(f"/plans/{plan_id}/steps/{key}?did={act.name}")

    return take


def _given_back(visit: Visit, act: Act, plan_id: str, key: str, sheet: Sheet, refused: Refused) -> Response:
    """The form with all that was typed and why it was not taken; after a change by others, with the preview anew."""
    case = _case(visit, plan_id, key, act)
    complaint = complaint_of(visit, case.cycle, refused)
    changes = None
    if act.moves and isinstance(refused.error, Conflict):
        changes = _preview_or_none(visit, act, case, sheet)
    return _page(visit, case, act, Sheet(sheet.typed, sheet.file, changes, complaint))


def _preview_or_none(visit: Visit, act: Act, case: Case, sheet: Sheet) -> Sequence[DueChange] | None:
    try:
        return preview(visit, case.cycle.plan_id, act.command(sheet.typed, case.key, sheet.file))
    except (Refused, BadInput, Conflict):
        return None


def _page(visit: Visit, case: Case, act: Act, sheet: Sheet) -> Response:
    done = case.state.completion
    return visit.page(
        "act.html",
        status=sheet.complaint.status,
        cycle=case.cycle,
        step=case.state,
        act=act,
        blanks=act.blanks(case),
        sheet=sheet,
        file_name=uploads.shown_name(sheet.file) if sheet.file else "",
        file_seal=uploads.seal_of(visit, sheet.file) if sheet.file else "",
        standing=case.state.standing(visit.at),
        done_on=day_of(done.happened_at) if done is not None else None,
        done_by=_name_of(visit, done.actor) if done is not None else "",
        petition=case.cycle.petition_of(case.key),
        offered=act.offered(case),
    )


def _name_of(visit: Visit, person_id: str) -> str:
    with visit.application.store.reading() as uow:
        person = uow.directory.get(person_id)
    return person.name if person is not None else person_id


def _routes() -> None:
    for act in ACTS.values():
        address = f"/plans/{{plan_id}}/steps/{{key}}/{act.name}"
        router.add_api_route(address, _show(act), methods=["GET"])
        router.add_api_route(address, _take(act), methods=["POST"])


_routes()
