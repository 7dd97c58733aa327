"""Coming in with another sign-in service, where the settings name one."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import NotFound
from workflow.services.accounts import NobodyCalledSo, of_address
from workflow.settings import Settings
from workflow.web import cookies, oidc
from workflow.web.pages.signing import let_in, ours, sign_in_page
from workflow.web.visit import Anyone, Visit

router = APIRouter(prefix="/sign-in/oidc")


class NoService(NotFound):
    template = "Hệ thống này không dùng dịch vụ đăng nhập nào khác; hãy đăng nhập bằng mật khẩu."


@router.get("")
def ask(visit: Anyone, to: str = "/") -> Response:
    """Send the browser to the service."""
    settings = _settings(visit)
    try:
        address, kept = oidc.ask(settings, visit.request.app.state.key, ours(to))
    except oidc.ServiceUnreachable as refused:
        return sign_in_page(visit, to=to, refused=refused)
    answer = RedirectResponse(address, status_code=303)
    cookies.write(answer, settings, cookies.STATE, kept)
    return answer


@router.get("/back")
def back(visit: Anyone, state: str = "", code: str = "") -> Response:
    """Take the service's answer: whoever has the address that it vouches for comes in."""
    settings = _settings(visit)
    kept = cookies.read(visit.request, settings, cookies.STATE)
    try:
        email, to = oidc.answered(settings, visit.request.app.state.key, kept, state=state, code=code, at=visit.at)
        person = of_address(visit.application.store, email)
    except (oidc.AnswerRefused, oidc.ServiceUnreachable, NobodyCalledSo) as refused:
        answer = sign_in_page(visit, refused=refused)
    else:
        answer = let_in(visit, person, ours(to))
    cookies.write(answer, settings, cookies.STATE, "")
    return answer


def _settings(visit: Visit) -> Settings:
    settings = visit.application.settings
    if not settings.oidc_issuer:
        raise NoService
    return settings
