"""Who is signed in: sessions that are kept on the server, so that they can be ended there."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from workflow.domain.errors import NotFound
from workflow.ports import Session, Store, UnitOfWork
from workflow.services.signing_in import digest

IDLE = timedelta(hours=12)
"""A session that is not used for so long is over."""

LONGEST = timedelta(days=7)
"""However much it is used, a session is over after so long."""

NOTED_EVERY = timedelta(minutes=5)
"""How often the use of a session is written down."""

KEPT = timedelta(days=30)
"""How long sessions that are over are kept, for people to see."""

_AGENT_LETTERS = 300


class SessionUnknown(NotFound):
    template = "Không có phiên đăng nhập này, hoặc phiên đã kết thúc."


def open_session(store: Store, person_id: str, *, at: datetime, agent: str = "") -> str:
    """Let a person in; the secret that the browser keeps, of which only a digest stays here."""
    secret = secrets.token_urlsafe(32)
    with store() as uow:
        add_session(uow, secret, person_id, at=at, agent=agent)
        uow.sessions.forget(at - KEPT)
        uow.commit()
    return secret


def add_session(uow: UnitOfWork, secret: str, person_id: str, *, at: datetime, agent: str) -> None:
    """Let a person in with a secret, in a transaction that does more."""
    uow.sessions.add(Session(digest(secret), person_id, at, at, at + IDLE, agent=agent[:_AGENT_LETTERS]))


def session_of(uow: UnitOfWork, secret: str, at: datetime) -> Session | None:
    """The session that a secret opens at an instant, or None."""
    session = uow.sessions.get(digest(secret)) if secret else None
    return session if session is not None and session.is_valid(at) else None


def note_use(store: Store, session: Session, at: datetime) -> None:
    """Write down that a session is used, now and then, which keeps it from ending."""
    if at - session.last_seen_at < NOTED_EVERY:
        return
    with store() as uow:
        uow.sessions.touch(session.digest, at, min(at + IDLE, session.created_at + LONGEST))
        uow.commit()


def open_sessions(uow: UnitOfWork, person_id: str, at: datetime) -> list[Session]:
    """A person's sessions that are valid at an instant, the latest used first."""
    return [session for session in uow.sessions.of_person(person_id) if session.is_valid(at)]


def end(store: Store, person_id: str, session_digest: str, *, at: datetime) -> None:
    """End a session of a person. Raises `SessionUnknown` when it is not theirs."""
    with store() as uow:
        session = uow.sessions.get(session_digest)
        if session is None or session.person_id != person_id:
            raise SessionUnknown
        uow.sessions.revoke(session_digest, at)
        uow.commit()


def end_all(store: Store, person_id: str, *, at: datetime, keep: str | None = None) -> int:
    """End every session of a person, save the one with the digest `keep`; how many were ended."""
    with store() as uow:
        ended = uow.sessions.revoke_all(person_id, at, keep)
        uow.commit()
    return ended
