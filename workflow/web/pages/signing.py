"""Signing in with a one-time link, and out."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.language import translate
from workflow.services.signing_in import redeem
from workflow.web.visit import PERSON, Anyone, Posted, SignedIn
from workflow.web.words import N_

router = APIRouter()
_SPENT = N_("Liên kết đăng nhập này đã dùng rồi hoặc đã hết hạn.")


@router.get("/sign-in")
def sign_in(visit: Anyone, token: str = "") -> Response:
    """Spend a one-time link; without one, say how to get one. A new session begins, whatever was in the old one."""
    if not token:
        return visit.see("/") if visit.person is not None else visit.page("sign_in.html", words="")
    person = redeem(visit.application.store, token, at=visit.at)
    if person is None:
        return visit.page("sign_in.html", status=401, words=translate(_SPENT, visit.language))
    visit.request.session.clear()
    visit.request.session[PERSON] = person.person_id
    return visit.see("/")


@router.post("/sign-out")
def sign_out(visit: SignedIn, _form: Posted) -> Response:
    """End the session."""
    visit.request.session.clear()
    return visit.see("/sign-in")
