"""What every answer carries and every form proves: headers, limits, our own key, and the forms' token."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.domain.errors import DoithoaiError
from workflow.settings import Settings

BODY_LIMIT = 1024 * 1024
"""Bytes of a request's body; the forms are text. See `body_limit` for uploads."""

FORM_TOKEN = "csrf"  # noqa: S105 - the name of a field
"""The field of a form that holds the token."""

_LIMIT = "doithoai_body_limit"

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FOR_EVER = "public, max-age=31536000, immutable"


class FormNotOurs(DoithoaiError):
    """A form came without the token that only our own pages carry."""

    template = "Biểu mẫu này đã cũ hoặc không phải do trang này đưa ra; hãy mở lại trang rồi làm lại."


class Headers:
    """Puts the security headers on every answer; pages are never kept by caches, static files for ever."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in PAGE_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _caching(scope, message["status"]))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _caching(scope: Scope, status: int) -> str:
    named_by_content = scope["path"].startswith("/static/") and b"v=" in scope["query_string"]
    return _FOR_EVER if named_by_content and status == 200 else "no-store"


Endpoint = TypeVar("Endpoint", bound=Callable[..., object])


def body_limit(limit: int) -> Callable[[Endpoint], Endpoint]:
    """Let the requests of an endpoint be larger than `BODY_LIMIT`, up to so many bytes; stands under its route."""

    def marked(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _LIMIT, limit)
        return endpoint

    return marked


def body_limits(routes: Iterable[BaseRoute]) -> tuple[tuple[re.Pattern[str], int], ...]:
    """The addresses whose requests may be larger, and how large: those of endpoints marked with `body_limit`."""
    return tuple(
        (route.path_regex, getattr(route.endpoint, _LIMIT))
        for route in routes
        if isinstance(route, Route) and hasattr(route.endpoint, _LIMIT)
    )


class BodyLimit:
    """Refuses a body that is too large, with the page that tells it (starlette's own answers in bare English).

    `larger`: see `body_limits`.
    """

    def __init__(self, app: ASGIApp, limit: int, larger: Sequence[tuple[re.Pattern[str], int]] = ()) -> None:
        self.app = app
        self.limit = limit
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        read, limit = 0, self._limit_of(scope)

        async def receive_within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_within_limit, send)

    def _limit_of(self, scope: Scope) -> int:
        path = scope.get("path", "")
        return next((limit for pattern, limit in self.larger if pattern.match(path)), self.limit)


def form_token(secret: str) -> str:
    """The token of the forms of a session, by its secret: whoever does not have the secret cannot make it.

    Signing in or out gives another session, and with it another token.
    """
    return hmac.new(secret.encode(), b"forms", sha256).hexdigest()


def anonymous_form_token(key: str, cookie: str) -> str:
    """The token of the forms of somebody who has not signed in, by their cookie and our own key."""
    return hmac.new(key.encode(), b"forms of anybody\0" + cookie.encode(), sha256).hexdigest()


def check_form_token(expected: str, sent: object) -> None:
    """Let a form of ours pass. Raises `FormNotOurs`."""
    if not expected or not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), expected.encode()):
        raise FormNotOurs


def session_key(settings: Settings) -> str:
    """The key that signs what browsers keep for us: the one of the settings, else one made once and kept in the data folder."""
    return settings.secret or _kept_key(Path(settings.data) / "session.key")


def _kept_key(path: Path) -> str:
    """The key in a file, made whole before it has its name, so that two processes starting together agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")
