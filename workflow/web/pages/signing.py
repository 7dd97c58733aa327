"""Coming in, with a password or a one-time link, and going out."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import BadInput
from workflow.ports import Person
from workflow.services import accounts, sessions
from workflow.services.accounts import LinkSpent, SignInRefused
from workflow.services.attempts import TooManyAttempts
from workflow.services.signing_in import redeem
from workflow.web import cookies, forms
from workflow.web.failures import status_of, words_of
from workflow.web.visit import Anyone, Posted, PostedByAnyone, SignedIn, Visit

router = APIRouter()


@router.get("/sign-in")
def sign_in(visit: Anyone, token: str = "", to: str = "/") -> Response:
    """The form; with a one-time link, whose it is and a button that spends it: looking at a link spends nothing."""
    if token:
        return _link_page(visit, token, "sign_in_link.html")
    return visit.see(ours(to)) if visit.person is not None else sign_in_page(visit, to=to)


@router.post("/sign-in")
def come_in(visit: Anyone, form: PostedByAnyone) -> Response:
    """Come in with a login name and a password."""
    name, password, to = (_text(form.get(field)) for field in ("name", "password", "to"))
    application, attempts = visit.application, visit.request.app.state.attempts
    try:
        person = accounts.come_in(application.store, attempts, name, password, address=_address(visit), at=visit.at)
    except (SignInRefused, TooManyAttempts) as refused:
        return sign_in_page(visit, name=name, to=to, refused=refused)
    return let_in(visit, person, ours(to))


@router.post("/sign-in/link")
def spend(visit: Anyone, form: PostedByAnyone) -> Response:
    """Come in with a one-time link."""
    person = redeem(visit.application.store, _text(form.get("token")), at=visit.at)
    if person is None:
        return sign_in_page(visit, refused=LinkSpent())
    return let_in(visit, person, "/")


@router.get("/set-password")
def ask_password(visit: Anyone, token: str = "") -> Response:
    """The form that sets a password with a one-time link."""
    return _link_page(visit, token, "set_password.html")


@router.post("/set-password")
def set_password(visit: Anyone, form: PostedByAnyone) -> Response:
    """Set a password with a one-time link, and come in."""
    token, new, again = (_text(form.get(field)) for field in ("token", "new", "again"))
    try:
        secret = accounts.set_password(visit.application.store, token, new, again, at=visit.at, agent=_agent(visit))
    except LinkSpent as refused:
        return sign_in_page(visit, refused=refused)
    except BadInput as refused:
        return _link_page(visit, token, "set_password.html", refused)
    return _with_session(visit, secret, "/")


@router.post("/sign-out")
def sign_out(visit: SignedIn, _form: Posted) -> Response:
    """End the session, here and on the server."""
    if visit.session is not None:
        sessions.end(visit.application.store, visit.asked.person_id, visit.session.digest, at=visit.at)
    answer = visit.see("/sign-in")
    cookies.write(answer, visit.application.settings, cookies.SESSION, "")
    return answer


def let_in(visit: Visit, person: Person, to: str) -> Response:
    """Begin a new session, whatever was there before, and go on."""
    store = visit.application.store
    if visit.session is not None:
        sessions.end(store, visit.session.person_id, visit.session.digest, at=visit.at)
    return _with_session(visit, sessions.open_session(store, person.person_id, at=visit.at, agent=_agent(visit)), to)


def _with_session(visit: Visit, secret: str, to: str) -> Response:
    answer = visit.see(to)
    cookies.write(answer, visit.application.settings, cookies.SESSION, secret)
    return answer


def sign_in_page(visit: Visit, *, name: str = "", to: str = "/", refused: Exception | None = None) -> Response:
    """The form, with what was wrong."""
    words = words_of(refused, visit.language) if refused is not None else ""
    status = int(status_of(refused)) if refused is not None else 200
    return visit.page("sign_in.html", status=status, name=name, to=ours(to), words=words)


def _link_page(visit: Visit, token: str, template: str, refused: Exception | None = None) -> Response:
    """The page of a one-time link that is still good; else the one that tells that it is not."""
    person = accounts.of_link(visit.application.store, token, at=visit.at)
    if person is None:
        return sign_in_page(visit, refused=LinkSpent())
    words = words_of(refused, visit.language) if refused is not None else ""
    status = int(status_of(refused)) if refused is not None else 200
    return visit.page(template, status=status, person=person, link_token=token, words=words)


def ours(to: str) -> str:
    """An address of ours to go on to; the first page for any other."""
    parts = urlsplit(to)
    safe = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return to if safe and to.isprintable() and "\\" not in to else "/"


def _text(value: object) -> str:
    """A field as it was sent: passwords keep their blanks."""
    return value if isinstance(value, str) else ""


def _address(visit: Visit) -> str:
    """From where the request came."""
    return visit.request.client.host if visit.request.client is not None else ""


def _agent(visit: Visit) -> str:
    return forms.clean(visit.request.headers.get("user-agent"))
