"""The cookies: out of reach of scripts, of other sites and, with https, of other hosts of the domain."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from workflow.services.sessions import LONGEST
from workflow.settings import Settings

SESSION = "doithoai"
"""Holds the secret of the session of somebody who has signed in."""

FORMS = "doithoai_forms"
"""Holds what the forms of somebody who has not signed in are bound to."""

STATE = "doithoai_state"
"""Holds what was asked of another sign-in service, until its answer comes."""

_LASTING = {SESSION: LONGEST, STATE: timedelta(minutes=10)}


def read(request: Request, settings: Settings, name: str) -> str:
    """The value of a cookie, "" when there is none."""
    return request.cookies.get(_whole(settings, name), "")


def write(answer: Response, settings: Settings, name: str, value: str) -> None:
    """Put a cookie on an answer; "" takes it away."""
    lasting = _LASTING.get(name)
    seconds = 0 if not value else int(lasting.total_seconds()) if lasting else None
    answer.set_cookie(
        _whole(settings, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(settings),
    )


def _whole(settings: Settings, name: str) -> str:
    """With https the name promises the browser that no other host has set it."""
    return f"__Host-{name}" if _is_secure(settings) else name


def _is_secure(settings: Settings) -> bool:
    return settings.base_url.startswith("https://")
