"""The web application: routes, middleware and error pages as lists, put together in one place."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from workflow.bootstrap import Application
from workflow.services.attempts import Attempts
from workflow.web import failures
from workflow.web.api.app import create_api, mounted
from workflow.web.pages import (
    absences,
    account,
    acting,
    admin,
    admin_lists,
    api,
    board,
    calendar,
    chair,
    drafting,
    exports,
    feeds,
    health,
    history,
    mailbox,
    meeting,
    mine,
    operating,
    operating_admin,
    operating_calendar,
    operating_ladders,
    operating_letters,
    operating_notices,
    petition,
    petition_import,
    petitions,
    plan,
    plans,
    proofs,
    reports,
    signing,
    signing_elsewhere,
    step,
    whatif,
)
from workflow.web.pages import help as guide
from workflow.web.rendering import STATIC
from workflow.web.security import BODY_LIMIT, BodyLimit, Headers, body_limits, session_key

FAMILIES = (
    health.router,
    signing.router,
    signing_elsewhere.router,
    account.router,
    admin_lists.router,
    admin.router,
    board.router,
    plans.router,
    drafting.router,
    plan.router,
    acting.router,
    proofs.router,
    petitions.router,
    petition_import.router,
    petition.router,
    mine.router,
    absences.router,
    chair.router,
    step.router,
    meeting.router,
    mailbox.router,
    operating.router,
    operating_calendar.router,
    operating_admin.router,
    operating_letters.router,
    operating_ladders.router,
    operating_notices.router,
    calendar.router,
    reports.router,
    history.router,
    exports.router,
    feeds.router,
    whatif.router,
    guide.router,
    api.router,
)


def create_app(application: Application, *, on_change: Callable[[str], None] = lambda _plan_id: None) -> FastAPI:
    """The pages of an application. `on_change` is called with the plan's id after each change."""
    pages = [route for family in FAMILIES for route in family.routes]
    programs = create_api(application, on_change=on_change)
    app = FastAPI(
        title="Đối thoại",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[*pages, mounted(programs), Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=[
            Middleware(Headers),
            Middleware(BodyLimit, limit=BODY_LIMIT, larger=body_limits(pages)),
        ],
    )
    app.state.application = application
    app.state.on_change = on_change
    app.state.key = session_key(application.settings)
    app.state.attempts = Attempts()
    app.state.paths = frozenset(route.path for route in pages if isinstance(route, Route))
    app.state.api = programs
    failures.install(app)
    return app
