"""The web application: routes, middleware and error pages as lists, put together in one place."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.staticfiles import StaticFiles

from workflow.bootstrap import Application
from workflow.web import failures
from workflow.web.pages import board, calendar, health, mailbox, meeting, plan, signing, step
from workflow.web.rendering import STATIC
from workflow.web.security import BODY_LIMIT, SESSION_SECONDS, Headers, session_key


def create_app(application: Application, *, on_change: Callable[[], None] = lambda: None) -> FastAPI:
    """The pages of an application. `on_change` is called after each change that somebody makes on them."""
    app = FastAPI(
        title="Đối thoại",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
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
            Middleware(RequestBodyLimitMiddleware, max_body_size=BODY_LIMIT),
        ],
    )
    app.state.application = application
    app.state.on_change = on_change
    for family in (health, signing, board, plan, step, meeting, mailbox, calendar):
        app.include_router(family.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    failures.install(app)
    return app
