"""What every answer carries and every form proves: headers, the session's key, and the forms' token."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.domain.errors import DoithoaiError
from workflow.settings import Settings

BODY_LIMIT = 1024 * 1024
"""Bytes of a request's body; the forms are text."""

SESSION_SECONDS = 7 * 24 * 3600
FORM_TOKEN = "csrf"  # noqa: S105 - the name of a field
"""The field of a form, and the entry of the session, that hold the token."""

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
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


class BodyLimit:
    """Refuses a body that is too large, with the page that tells it (starlette's own answers in bare English)."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        read = 0

        async def receive_within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.limit:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_within_limit, send)


def form_token(request: Request) -> str:
    """The token of this session's forms, made when first asked for and kept in the signed session cookie.

    A token in the session, not a second cookie: another site, or another host of the same domain, can neither read
    nor set it, and signing in or out makes a new one.
    """
    token: str = request.session.get(FORM_TOKEN, "")
    if not token:
        token = request.session[FORM_TOKEN] = secrets.token_urlsafe(24)
    return token


def check_form_token(request: Request, sent: object) -> None:
    """Let a form of this session pass. Raises `FormNotOurs`."""
    kept = request.session.get(FORM_TOKEN, "")
    if not kept or not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), kept.encode()):
        raise FormNotOurs


def session_key(settings: Settings) -> str:
    """The key that signs sessions: the one of the settings, else one made once and kept in the data folder."""
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
