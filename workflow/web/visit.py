"""One request: who asks, in which language, when; and the page that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, TypeVar

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from workflow.bootstrap import Application
from workflow.domain.cycle import Cycle
from workflow.domain.errors import DoithoaiError
from workflow.domain.zone import day_of
from workflow.language import LANGUAGES, Language
from workflow.ports import Person
from workflow.services import scopes
from workflow.services.scopes import NOTHING, Scope
from workflow.web.rendering import render
from workflow.web.security import FORM_TOKEN, check_form_token, form_token

PERSON = "person"
Answer = TypeVar("Answer", bound=Response)
LANGUAGE_COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600


class NotSignedIn(DoithoaiError):
    """The page is for people who have signed in."""

    template = "Bạn chưa đăng nhập, hoặc phiên đăng nhập đã hết hạn."


@dataclass(frozen=True, slots=True)
class Visit:
    """One request with its answer's language and instant; `person` None: nobody has signed in.

    `scope`: the organizations whose plans and people the person may see; every list asks for no more.
    """

    request: Request
    application: Application
    person: Person | None
    language: Language
    at: datetime
    scope: Scope = NOTHING

    @property
    def today(self) -> date:
        """The day of the request in Vietnam."""
        return day_of(self.at)

    @property
    def asked(self) -> Person:
        """Who asks. Raises `NotSignedIn`."""
        if self.person is None:
            raise NotSignedIn
        return self.person

    def plan(self, plan_id: str) -> Cycle:
        """A plan as the person may see it. Raises `PlanNotFound`, for one outside their scope, too."""
        with self.application.store.reading() as uow:
            return scopes.plan(uow, self.scope, plan_id)

    def page(self, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
        """The answer: a template filled in."""
        token = form_token(self.request) if self.person is not None else ""
        body = render(template, self.language, visit=self, token=token, **context)
        return self._remembering(HTMLResponse(body, status_code=status))

    def see(self, path: str) -> Response:
        """Send the browser to a page of ours, after a form was taken for example: reloading it repeats nothing."""
        return self._remembering(RedirectResponse(path, status_code=303))

    def _remembering(self, answer: Answer) -> Answer:
        """The answer, with the language that the address asks for kept for the next visits."""
        if chosen_language(self.request) is not None:
            answer.set_cookie(LANGUAGE_COOKIE, self.language, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
        return answer

    def in_language(self, language: Language) -> str:
        """The address of this page in another language."""
        return str(self.request.url.include_query_params(lang=language).replace(scheme="", netloc=""))


def chosen_language(request: Request) -> Language | None:
    """The language that the address asks for, where it is one of ours."""
    wanted = request.query_params.get(LANGUAGE_COOKIE)
    return wanted if wanted in LANGUAGES else None


def language_of(request: Request) -> Language:
    """The language of the answer: the address's, else the remembered one, else Vietnamese."""
    remembered = request.cookies.get(LANGUAGE_COOKIE)
    return chosen_language(request) or (remembered if remembered in LANGUAGES else "vi")


def anyone(request: Request) -> Visit:
    """The request of somebody who may or may not have signed in."""
    application: Application = request.app.state.application
    person_id = request.session.get(PERSON)
    person, scope = None, NOTHING
    if isinstance(person_id, str):
        with application.store.reading() as uow:
            person = uow.directory.get(person_id)
            scope = scopes.scope_of(uow, person) if person is not None else NOTHING
    at = application.clock.now()
    visit = request.state.visit = Visit(request, application, person, language_of(request), at, scope)
    return visit


Anyone = Annotated[Visit, Depends(anyone)]


def signed_in(visit: Anyone) -> Visit:
    """The request of somebody who has signed in. Raises `NotSignedIn`."""
    if visit.person is None:
        raise NotSignedIn
    return visit


SignedIn = Annotated[Visit, Depends(signed_in)]


async def posted(request: Request, _visit: SignedIn) -> FormData:
    """The form that was sent, once its token has proved that it is ours. Raises `FormNotOurs`."""
    form = await request.form(max_files=0, max_fields=50)
    check_form_token(request, form.get(FORM_TOKEN))
    return form


Posted = Annotated[FormData, Depends(posted)]
