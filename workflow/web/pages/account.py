"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import BadInput
from workflow.services import accounts, sessions
from workflow.web.failures import status_of, words_of
from workflow.web.views.accounts import session_lines
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter(prefix="/account")


@router.get("")
def show(visit: SignedIn, changed: str = "") -> Response:
    """The account of whoever asks; `changed` names what was just done."""
    return _page(visit, changed=changed)


@router.get("/password")
@router.get("/sessions/end")
@router.get("/sessions/end-others")
def back(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of a form that was refused."""
    return visit.see("/account")


@router.post("/password")
def change_password(visit: SignedIn, form: Posted) -> Response:
    """Change the password; every other session ends."""
    old, new, again = (str(form.get(field) or "") for field in ("old", "new", "again"))
    session = visit.session.digest if visit.session is not None else ""
    try:
        accounts.change_password(visit.application.store, visit.asked, old, new, again, at=visit.at, session=session)
    except BadInput as refused:
        return _page(visit, refused=refused)
    return visit.see("/account?changed=password")


@router.post("/sessions/end")
def end(visit: SignedIn, form: Posted) -> Response:
    """End one session of one's own."""
    sessions.end(visit.application.store, visit.asked.person_id, str(form.get("session") or ""), at=visit.at)
    return visit.see("/account?changed=sessions")


@router.post("/sessions/end-others")
def end_others(visit: SignedIn, _form: Posted) -> Response:
    """End every session but this one."""
    keep = visit.session.digest if visit.session is not None else None
    sessions.end_all(visit.application.store, visit.asked.person_id, at=visit.at, keep=keep)
    return visit.see("/account?changed=sessions")


def _page(visit: Visit, *, changed: str = "", refused: BadInput | None = None) -> Response:
    with visit.application.store.reading() as uow:
        open_now = sessions.open_sessions(uow, visit.asked.person_id, visit.at)
        password = uow.passwords.get(visit.asked.person_id)
    here = visit.session.digest if visit.session is not None else ""
    return visit.page(
        "account.html",
        status=int(status_of(refused)) if refused else 200,
        sessions=session_lines(open_now, here=here),
        password_set_at=password[1] if password is not None else None,
        changed=changed,
        wrong="old" if isinstance(refused, accounts.OldPasswordWrong) else "new" if refused else "",
        words=words_of(refused, visit.language) if refused else "",
    )
