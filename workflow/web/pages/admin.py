"""Administration of people: looking for them, adding and changing them, letting them in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from workflow.domain.errors import BadInput
from workflow.domain.ladder import Audience
from workflow.ports import Contact, PeopleFilter, Person
from workflow.services import administration, permissions, sessions
from workflow.services.administration import PersonTyped
from workflow.services.people import CHANNELS
from workflow.settings import known_address
from workflow.web import forms
from workflow.web.failures import status_of, words_of
from workflow.web.views.accounts import Pages, session_lines
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter(prefix="/admin")
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """What was just made and is shown once: `link` to set a password, or `token` of a program."""

    link: str = ""
    token: str = ""
    done: str = ""


def administrating(visit: Visit) -> Person:
    """Who asks, if they administer anything. Raises `NotPermitted`."""
    if not permissions.administers(visit.asked):
        permissions.check_administers(visit.asked, visit.asked.organization, visit.scope)
    return visit.asked


@router.get("")
def start(visit: SignedIn) -> Response:
    """Go to the people."""
    administrating(visit)
    return visit.see("/admin/people")


@router.get("/people")
def people(
    visit: SignedIn, q: str = "", organization: str = "", role: str = "", state: str = "active", page: str = "1"
) -> Response:
    """The people within reach, searched without accents, a page at a time."""
    administrating(visit)
    chosen = PeopleFilter(
        organizations=visit.scope.narrowed(organization),
        text=q,
        role=Audience(role) if role in set(Audience) else None,
        active={"active": True, "left": False}.get(state),
        administrator=True if role == "administrator" else None,
    )
    with visit.application.store.reading() as uow:
        pages = Pages.of(page, ON_A_PAGE, uow.directory.count_found(chosen))
        found = uow.directory.found(chosen, limit=ON_A_PAGE, offset=pages.offset)
        tree = [each.name for each in uow.organizations.all() if visit.scope.covers(each.name)]
    asked = {"q": q, "organization": organization, "role": role, "state": state}
    return visit.page("admin_people.html", people=found, pages=pages, organizations=tree, asked=asked)


@router.get("/people/new")
def new(visit: SignedIn) -> Response:
    """The form for a new person."""
    administrating(visit)
    return _form_page(visit, PersonTyped("", visit.asked.organization, "", Audience.OWNER.value))


@router.post("/people/new")
def add(visit: SignedIn, form: Posted) -> Response:
    """Add a person."""
    typed = _typed(form)
    try:
        person = administration.save_person(visit.application.store, visit.asked, typed)
    except BadInput as refused:
        return _form_page(visit, typed, refused=refused)
    return visit.see(f"/admin/people/{person.person_id}?done=added")


@router.get("/people/{person_id}")
def show(visit: SignedIn, person_id: str, done: str = "") -> Response:
    """A person: the form, their sessions, their tokens."""
    return _person_page(visit, person_id, told=Told(done=done))


@router.post("/people/{person_id}")
def save(visit: SignedIn, form: Posted, person_id: str) -> Response:
    """Change a person."""
    typed = _typed(form)
    try:
        administration.save_person(visit.application.store, visit.asked, typed, person_id=person_id)
    except administration.PersonNotThere:
        raise
    except BadInput as refused:
        return _person_page(visit, person_id, typed=typed, refused=refused)
    return visit.see(f"/admin/people/{person_id}?done=saved")


@router.get("/people/{person_id}/{act}")
def back(visit: SignedIn, person_id: str, act: str) -> Response:  # noqa: ARG001 - whatever was done there
    """Where a browser comes when it reloads the address of a form."""
    return visit.see(f"/admin/people/{person_id}")


@router.post("/people/{person_id}/link")
def link(visit: SignedIn, _form: Posted, person_id: str) -> Response:
    """Make a link to set a password; shown once, to be handed over."""
    secret = administration.password_link(visit.application.store, visit.asked, person_id, at=visit.at)
    address = f"{known_address(visit.application.settings)}/set-password?token={secret}"
    return _person_page(visit, person_id, told=Told(link=address))


@router.post("/people/{person_id}/leave")
def leave(visit: SignedIn, _form: Posted, person_id: str) -> Response:
    """Let a person in no more."""
    try:
        administration.deactivate(visit.application.store, visit.asked, person_id, at=visit.at)
    except administration.NotOneself as refused:
        return _person_page(visit, person_id, refused=refused)
    return visit.see(f"/admin/people/{person_id}?done=left")


@router.post("/people/{person_id}/return")
def come_back(visit: SignedIn, _form: Posted, person_id: str) -> Response:
    """Let a person in again."""
    try:
        administration.reactivate(visit.application.store, visit.asked, person_id)
    except administration.AddressTaken as refused:
        return _person_page(visit, person_id, refused=refused)
    return visit.see(f"/admin/people/{person_id}?done=returned")


@router.post("/people/{person_id}/sessions")
def end_sessions(visit: SignedIn, form: Posted, person_id: str) -> Response:
    """End a session of a person, or all of them."""
    session = str(form.get("session") or "") or None
    administration.end_sessions(visit.application.store, visit.asked, person_id, at=visit.at, session=session)
    return visit.see(f"/admin/people/{person_id}?done=ended")


@router.post("/people/{person_id}/tokens")
def make_token(visit: SignedIn, form: Posted, person_id: str) -> Response:
    """Make a token for a program that acts for the person; shown once."""
    try:
        secret = administration.make_token(
            visit.application.store,
            visit.asked,
            person_id,
            name=forms.text(form.get("name"), 100),
            allows=tuple(str(each) for each in form.getlist("allows")),
            expires_on=_day(form),
            at=visit.at,
        )
    except administration.PersonNotThere:
        raise
    except BadInput as refused:
        return _person_page(visit, person_id, refused=refused, wrong="token")
    return _person_page(visit, person_id, told=Told(token=secret))


@router.post("/people/{person_id}/revoke")
def revoke_token(visit: SignedIn, form: Posted, person_id: str) -> Response:
    """End a token."""
    token_id = str(form.get("token_id") or "")
    administration.revoke_token(visit.application.store, visit.asked, person_id, token_id, at=visit.at)
    return visit.see(f"/admin/people/{person_id}?done=revoked")


def _day(form: FormData) -> date | None:
    return forms.day(forms.clean(form.get("expires_on")))


def _typed(form: FormData) -> PersonTyped:
    fields = ("name", "organization", "unit", "role", "email")
    name, organization, unit, role, email = (forms.text(form.get(field), 200) for field in fields)
    contacts = [Contact(channel, forms.text(form.get(f"contact_{channel}"), 300)) for channel in CHANNELS]
    kept = tuple(contact for contact in contacts if contact.address)
    return PersonTyped(name, organization, unit, role, email, kept, bool(form.get("administrator")))


def _as_typed(person: Person) -> PersonTyped:
    return PersonTyped(
        person.name,
        person.organization,
        person.unit,
        person.role.value,
        person.email or "",
        person.contacts,
        person.administrator,
    )


def _form_page(visit: Visit, typed: PersonTyped, *, refused: BadInput | None = None) -> Response:
    return visit.page(
        "admin_person_new.html",
        status=int(status_of(refused)) if refused else 200,
        typed=typed,
        words=words_of(refused, visit.language) if refused else "",
        **_offered(visit),
    )


def _person_page(
    visit: Visit,
    person_id: str,
    *,
    typed: PersonTyped | None = None,
    refused: BadInput | None = None,
    wrong: str = "person",
    told: Told = Told(),
) -> Response:
    with visit.application.store.reading() as uow:
        person = administration.known(uow, visit.asked, person_id)
        open_now = sessions.open_sessions(uow, person_id, visit.at)
        password, tokens = uow.passwords.get(person_id), uow.tokens.of_person(person_id)
    here = visit.session.digest if visit.session is not None else ""
    return visit.page(
        "admin_person.html",
        status=int(status_of(refused)) if refused else 200,
        person=person,
        typed=typed or _as_typed(person),
        sessions=session_lines(open_now, here=here),
        tokens=tokens,
        allows=administration.TOKEN_SCOPES,
        password_set_at=password[1] if password else None,
        told=told,
        wrong=wrong,
        words=words_of(refused, visit.language) if refused else "",
        **_offered(visit),
    )


def _offered(visit: Visit) -> dict[str, object]:
    """Organizations and units to choose from; others may be typed."""
    with visit.application.store.reading() as uow:
        people = uow.directory.found(PeopleFilter(organizations=visit.scope.organizations, active=True))
        tree = [each.name for each in uow.organizations.all() if visit.scope.covers(each.name)]
    return {"organizations": tree, "units": sorted({person.unit for person in people} - {""}), "channels": CHANNELS}
