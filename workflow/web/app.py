"""The web application: routes, middleware and error pages as lists, put together in one place."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from workflow.bootstrap import Application
from workflow.web import failures
from workflow.web.pages import board, calendar, health, mailbox, meeting, plan, signing, step
from workflow.web.rendering import STATIC
from workflow.web.security import BODY_LIMIT, SESSION_SECONDS, BodyLimit, Headers, session_key

FAMILIES = (
    health.router,
    signing.router,
    board.router,
    plan.router,
    step.router,
    meeting.router,
    mailbox.router,
    calendar.router,
)


def create_app(application: Application, *, on_change: Callable[[str], None] = lambda _plan_id: None) -> FastAPI:
    """The pages of an application. `on_change` is called with the plan's id after each change."""
    pages = [route for family in FAMILIES for route in family.routes]
    app = FastAPI(
        title="Đối thoại",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[*pages, Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=[
            Middleware(Headers),
            Middleware(
                SessionMiddleware,
                secret_key=session_key(application.settings),
                session_cookie="doithoai",
                max_age=SESSION_SECONDS,
                same_site="lax",
                https_only=application.settings.base_url.startswith("https://"),
            ),
            Middleware(BodyLimit, limit=BODY_LIMIT),
        ],
    )
    app.state.application = application
    app.state.on_change = on_change
    failures.install(app)
    return app
