"""Tokens of programs: what one may be used for, and whose it is. It acts as its person, never as more.

A token whose scopes hold "plans:read" may read plans; "read" alone stands for reading everything, "write" for changing
everything. To change something says nothing of reading other things.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from workflow.ports import Store, Token, UnitOfWork
from workflow.services.signing_in import digest

SCOPES = (
    "plans:read",
    "plans:write",
    "petitions:read",
    "petitions:write",
    "notices:read",
    "notices:write",
    "reports:read",
    "calendar:read",
)
"""What a token may be made for. Steps go with their plans, the calculator of limits with the calendar."""

NOTED_EVERY = timedelta(minutes=1)
"""How often the use of a token is written down."""


def allows(token: Token, scope: str) -> bool:
    """Whether a token may be used for something."""
    return scope in token.scopes or scope.rpartition(":")[2] in token.scopes


def token_of(uow: UnitOfWork, secret: str, at: datetime) -> Token | None:
    """The token that a secret stands for and that is valid at an instant, or None."""
    token = uow.tokens.by_digest(digest(secret)) if secret else None
    return token if token is not None and token.is_valid(at) else None


def note_use(store: Store, token: Token, at: datetime) -> None:
    """Write down that a token is used, now and then."""
    if token.last_used_at is not None and at - token.last_used_at < NOTED_EVERY:
        return
    with store() as uow:
        uow.tokens.touch(token.token_id, at)
        uow.commit()
