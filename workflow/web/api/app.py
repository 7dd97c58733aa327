"""The API as an application of its own: it shares the services with the pages, and neither cookies nor error pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi import FastAPI
from starlette.routing import Mount

from workflow.bootstrap import Application
from workflow.web.api import calendars, deadlines, notices, petitions, plans, problems, reports, steps
from workflow.web.api.describing import ABOUT, describe
from workflow.web.api.pace import Pace

FAMILIES = (
    plans.router,
    deadlines.router,
    steps.router,
    petitions.router,
    notices.router,
    reports.router,
    calendars.router,
)
VERSION = "1"
AT = "/api/v1"
"""Where it stands beside the pages."""


def create_api(application: Application, *, on_change: Callable[[str], None] = lambda _plan_id: None) -> FastAPI:
    """The API of an application. `on_change` is called with the plan's id after each change."""
    api = FastAPI(
        title="Đối thoại",
        version=VERSION,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        openapi_tags=[{"name": router.tags[0]} for router in FAMILIES],
    )
    for router in FAMILIES:
        api.include_router(router)
    api.state.application = application
    api.state.on_change = on_change
    api.state.pace = Pace()
    problems.install(api)
    describe(api)
    return api


def mounted(api: FastAPI) -> Mount:
    """The API where it stands beside the pages; whatever the address below, line ends in it too, the API answers."""
    mount = Mount(AT, api)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount
