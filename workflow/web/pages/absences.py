"""Being away: from when to when, and who stands in."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import BadInput
from workflow.domain.zone import shown
from workflow.ports import PeopleFilter, Person
from workflow.services import absences
from workflow.web import forms
from workflow.web.blanks import Blank, Kind, Typed
from workflow.web.carrying import NO_COMPLAINT, Complaint
from workflow.web.failures import status_of, words_of
from workflow.web.forms import Refused
from workflow.web.visit import Posted, SignedIn, Visit
from workflow.web.words import N_

router = APIRouter(prefix="/me/absence")


class SubstituteUnknown(BadInput):
    template = "Người thay phải là người cùng cơ quan, đang làm việc; hãy chọn trong danh sách."


@router.get("")
def show(visit: SignedIn, did: str = "") -> Response:
    """One's absences, and the form for another; `did`: what was just done."""
    return _page(visit, Typed({"since": shown(visit.today)}), did=did)


@router.get("/end")
def back(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/me/absence")


@router.post("")
def be_away(visit: SignedIn, form: Posted) -> Response:
    """Note an absence with its substitute."""
    typed = Typed(form)
    try:
        since, last = typed.needed_day("since"), typed.needed_day("last")
        substitute = typed.raw("substitute") or None
        if substitute is not None and substitute not in {person.person_id for person in _colleagues(visit)}:
            raise Refused("substitute", SubstituteUnknown())
        absences.be_away(
            visit.application.store, visit.asked.person_id, since=since, last=last, substitute_id=substitute
        )
    except Refused as refused:
        return _given_back(visit, typed, refused)
    except BadInput as error:
        return _given_back(visit, typed, forms.complaint(error))
    return visit.see("/me/absence?did=away")


@router.post("/end")
def be_back(visit: SignedIn, _form: Posted) -> Response:
    """End the absences that last, or are to come."""
    absences.be_back(visit.application.store, visit.asked.person_id, at=visit.at)
    return visit.see("/me/absence?did=back")


def _given_back(visit: Visit, typed: Typed, refused: Refused) -> Response:
    words = words_of(refused.error, visit.language)
    return _page(visit, typed, Complaint(refused.field, words, status=int(status_of(refused.error))))


def _colleagues(visit: Visit) -> list[Person]:
    """Those who can stand in: the others of the same organization."""
    chosen = PeopleFilter(organizations=frozenset({visit.asked.organization}), active=True)
    with visit.application.store.reading() as uow:
        return [person for person in uow.directory.found(chosen) if person.person_id != visit.asked.person_id]


def _page(visit: Visit, typed: Typed, complaint: Complaint = NO_COMPLAINT, *, did: str = "") -> Response:
    colleagues = _colleagues(visit)
    with visit.application.store.reading() as uow:
        mine = uow.absences.of_person(visit.asked.person_id)
    choices = tuple((each.person_id, f"{each.name} ({each.unit})" if each.unit else each.name) for each in colleagues)
    names = dict(choices)
    return visit.page(
        "absence.html",
        status=complaint.status,
        typed=typed,
        complaint=complaint,
        blanks=(
            Blank("since", N_("Nghỉ từ ngày"), Kind.DAY),
            Blank("last", N_("Đến hết ngày"), Kind.DAY),
            Blank("substitute", N_("Người thay"), Kind.CHOICE, choices=choices),
        ),
        absences=[(a.since, a.until - timedelta(days=1), names.get(a.substitute_id or "", "")) for a in mine],
        lasting=any(absence.until > visit.today for absence in mine),
        did=did,
    )
