"""One request: who asks, in which language, when; and the page that answers."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
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
from workflow.ports import Person, Session
from workflow.services import scopes
from workflow.services.scopes import NOTHING, Scope
from workflow.services.sessions import note_use, session_of
from workflow.web import cookies
from workflow.web.navigation import Place, places_for
from workflow.web.rendering import render
from workflow.web.security import FORM_TOKEN, anonymous_form_token, check_form_token, form_token

Answer = TypeVar("Answer", bound=Response)
LANGUAGE_COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600
_FIELDS = 1000
_FILES = 5


class NotSignedIn(DoithoaiError):
    """The page is for people who have signed in."""

    template = "Bạn chưa đăng nhập, hoặc phiên đăng nhập đã hết hạn."


@dataclass(frozen=True, slots=True)
class Visit:
    """One request with its answer's language and instant; `person` None: nobody has signed in.

    `session`: theirs. `scope`: the organizations whose plans and people the person may see; every list asks for no more.
    """

    request: Request
    application: Application
    person: Person | None
    language: Language
    at: datetime
    scope: Scope = NOTHING
    session: Session | None = None

    @property
    def today(self) -> date:
        """The day of the request in Vietnam."""
        return day_of(self.at)

    @property
    def places(self) -> list[Place]:
        """Where the head of the page leads."""
        paths: frozenset[str] = getattr(self.request.app.state, "paths", frozenset())
        return places_for(self.person, paths, mailbox=self.application.mailbox is not None)

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
        body = render(template, self.language, visit=self, token=self._token_to_show(), **context)
        return self._remembering(HTMLResponse(body, status_code=status))

    @property
    def form_token(self) -> str:
        """What the forms of this visitor must carry; "" when they have been given none."""
        settings = self.application.settings
        if self.session is not None:
            return form_token(cookies.read(self.request, settings, cookies.SESSION))
        kept = cookies.read(self.request, settings, cookies.FORMS)
        return anonymous_form_token(self.request.app.state.key, kept) if kept else ""

    def _token_to_show(self) -> str:
        """The token; a visitor who has none is given one with the answer."""
        if not self.form_token:
            self.request.state.new_forms_cookie = made = secrets.token_urlsafe(24)
            return anonymous_form_token(self.request.app.state.key, made)
        return self.form_token

    @property
    def here(self) -> str:
        """The address of this page, to come back to after signing in; the first page when a form was sent."""
        url = self.request.url
        if self.request.method != "GET" or url.path.startswith("/sign-in"):
            return "/"
        return f"{url.path}?{url.query}" if url.query else url.path

    def see(self, path: str) -> Response:
        """Send the browser to a page of ours, after a form was taken for example: reloading it repeats nothing."""
        return self._remembering(RedirectResponse(path, status_code=303))

    def _remembering(self, answer: Answer) -> Answer:
        """The answer, with what the browser is to keep: the language that the address asks for, and the forms' cookie."""
        if chosen_language(self.request) is not None:
            answer.set_cookie(LANGUAGE_COOKIE, self.language, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
        made = getattr(self.request.state, "new_forms_cookie", "")
        if made:
            cookies.write(answer, self.application.settings, cookies.FORMS, made)
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
    at = application.clock.now()
    person, scope, session = _who(application, cookies.read(request, application.settings, cookies.SESSION), at)
    visit = Visit(request, application, person, language_of(request), at, scope, session)
    request.state.visit = visit
    return visit


def _who(application: Application, secret: str, at: datetime) -> tuple[Person | None, Scope, Session | None]:
    """Whose session a secret opens, and what they may see."""
    if not secret:
        return None, NOTHING, None
    with application.store.reading() as uow:
        session = session_of(uow, secret, at)
        person = uow.directory.get(session.person_id) if session is not None else None
        if session is None or person is None or not person.active:
            return None, NOTHING, None
        scope = scopes.scope_of(uow, person)
    note_use(application.store, session, at)
    return person, scope, session


Anyone = Annotated[Visit, Depends(anyone)]


def signed_in(visit: Anyone) -> Visit:
    """The request of somebody who has signed in. Raises `NotSignedIn`."""
    if visit.person is None:
        raise NotSignedIn
    return visit


SignedIn = Annotated[Visit, Depends(signed_in)]


async def posted(request: Request, visit: SignedIn) -> FormData:
    """The form that somebody who has signed in sent, once its token proves it ours. Raises `FormNotOurs`."""
    return await _form(request, visit, files=0)


async def posted_with_files(request: Request, visit: SignedIn) -> AsyncIterator[FormData]:
    """The same with files, closed afterwards; mark the endpoint with `security.body_limit`. Raises `FormNotOurs`."""
    try:
        yield await _form(request, visit, files=_FILES)
    finally:
        await request.close()


async def posted_by_anyone(request: Request, visit: Anyone) -> FormData:
    """The form that anybody sent, once its token proves it ours. Raises `FormNotOurs`."""
    return await _form(request, visit, files=0)


async def _form(request: Request, visit: Visit, *, files: int) -> FormData:
    form = await request.form(max_files=files, max_fields=_FIELDS)
    check_form_token(visit.form_token, form.get(FORM_TOKEN))
    return form


Posted = Annotated[FormData, Depends(posted)]
PostedWithFiles = Annotated[FormData, Depends(posted_with_files)]
PostedByAnyone = Annotated[FormData, Depends(posted_by_anyone)]
