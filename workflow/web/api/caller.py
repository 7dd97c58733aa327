"""One request of a program: whose token it bears, what it may do, in which language it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from starlette.requests import Request

from workflow.bootstrap import Application
from workflow.domain.cycle import Cycle
from workflow.domain.errors import DoithoaiError
from workflow.domain.zone import day_of
from workflow.language import LANGUAGES, Language
from workflow.ports import Person, Token
from workflow.services import scopes, tokens
from workflow.services.scopes import Scope
from workflow.web.api.pace import Pace


class TokenNotValid(DoithoaiError):
    """No token, or one that is unknown, ended, or of somebody who has left."""

    template = (
        "Thiếu mã truy cập, hoặc mã sai, đã hết hạn hay bị thu hồi; hãy gửi «Authorization: Bearer MÃ» "
        "với mã do người quản trị cấp."
    )


class ScopeMissing(DoithoaiError):
    template = "Mã truy cập này không được dùng cho «{scope}»; hãy nhờ người quản trị cấp mã có quyền đó."


BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token made by an administrator; it acts as its person, within the scopes it was made for.",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that asks for a person. `scope`: the organizations whose plans may be seen."""

    request: Request
    application: Application
    token: Token
    person: Person
    scope: Scope
    at: datetime
    language: Language
    on_change: Callable[[str], None]

    @property
    def today(self) -> date:
        """The day of the request in Vietnam."""
        return day_of(self.at)

    def plan(self, plan_id: str) -> Cycle:
        """A plan as the person may see it. Raises `PlanNotFound`, for one outside their scope, too."""
        with self.application.store.reading() as uow:
            return scopes.plan(uow, self.scope, plan_id)


Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


def caller(request: Request, needed: SecurityScopes, credentials: Credentials) -> Caller:
    """Who asks. Raises `TokenNotValid`, `TooManyRequests` or `ScopeMissing`."""
    application: Application = request.app.state.application
    at = application.clock.now()
    secret = credentials.credentials if credentials is not None else ""
    token, person, scope = _who(application, secret, at)
    pace: Pace = request.app.state.pace
    pace.ask(token.token_id, at)
    for name in needed.scopes:
        if not tokens.allows(token, name):
            raise ScopeMissing(scope=name)
    tokens.note_use(application.store, token, at)
    return Caller(request, application, token, person, scope, at, language_of(request), request.app.state.on_change)


def _who(application: Application, secret: str, at: datetime) -> tuple[Token, Person, Scope]:
    """Whose a secret is, and what they may see."""
    with application.store.reading() as uow:
        token = tokens.token_of(uow, secret, at)
        person = uow.directory.get(token.person_id) if token is not None else None
        if token is None or person is None or not person.active:
            raise TokenNotValid
        return token, person, scopes.scope_of(uow, person)


def language_of(request: Request) -> Language:
    """The language of the answer: the best of ours in `Accept-Language`, else Vietnamese."""
    wanted = request.headers.get("accept-language", "")
    weighed = [_weighed(part) for part in wanted.split(",")]
    best = max(((weight, language) for weight, language in weighed if language is not None), default=(0.0, None))
    return next((ours for weight, ours in weighed if ours is not None and weight == best[0] > 0), "vi")


def _weighed(part: str) -> tuple[float, Language | None]:
    name, _, quality = part.strip().partition(";")
    try:
        weight = float(quality.strip().removeprefix("q=") or 1)
    except ValueError:
        weight = 0.0
    spoken = name.strip().lower().partition("-")[0]
    return weight, next((language for language in LANGUAGES if language == spoken), None)


ReadsPlans = Annotated[Caller, Security(caller, scopes=["plans:read"])]
WritesPlans = Annotated[Caller, Security(caller, scopes=["plans:write"])]
ReadsPetitions = Annotated[Caller, Security(caller, scopes=["petitions:read"])]
WritesPetitions = Annotated[Caller, Security(caller, scopes=["petitions:write"])]
ReadsNotices = Annotated[Caller, Security(caller, scopes=["notices:read"])]
WritesNotices = Annotated[Caller, Security(caller, scopes=["notices:write"])]
ReadsReports = Annotated[Caller, Security(caller, scopes=["reports:read"])]
ReadsCalendar = Annotated[Caller, Security(caller, scopes=["calendar:read"])]
