"""Who may come in, and what they keep: sessions, passwords, tokens, answered requests, saved views.

Secrets never stand here: only digests of them, and hashes of passwords.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in: only a digest of the secret is kept. Valid before `expires_at` unless revoked.

    `agent`: what the browser says of itself, for the list of one's own sessions.
    """

    digest: str
    person_id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    agent: str = ""

    def is_valid(self, at: datetime) -> bool:
        """Whether it lets its person in at an instant."""
        return self.revoked_at is None and at < self.expires_at


@dataclass(frozen=True, slots=True)
class Token:
    """Lets a program in for a person, to do what its scopes name. `expires_at` None: until it is revoked."""

    token_id: str
    digest: str
    person_id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_valid(self, at: datetime) -> bool:
        """Whether it lets the program in at an instant."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request that bore a key was answered with, so that its repeat is answered the same until `expires_at`.

    `key` is unique for whoever asks (the caller puts the person or token into it); `request` is a digest of the request.
    """

    key: str
    request: str
    status: int
    body: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list with its filters that a person keeps under a name; `query` is the path with its query."""

    person_id: str
    name: str
    query: str


class Sessions(Protocol):
    """Who is signed in, kept on the server so that it can be ended there."""

    def add(self, session: Session) -> None:
        """Keep a new session; one with the same digest is left as it is."""
        ...

    def get(self, digest: str) -> Session | None:
        """The session with a digest, ended or not, or None."""
        ...

    def touch(self, digest: str, at: datetime, expires_at: datetime) -> None:
        """Note that it was used and until when it is valid from now on; nothing happens to one that was revoked."""
        ...

    def revoke(self, digest: str, at: datetime) -> None:
        """End it; one that was revoked before stays as it is."""
        ...

    def revoke_all(self, person_id: str, at: datetime, keep: str | None = None) -> int:
        """End every session of a person, save that with the digest `keep`; how many were ended."""
        ...

    def of_person(self, person_id: str) -> list[Session]:
        """A person's sessions, ended or not, the latest used first."""
        ...

    def forget(self, until: datetime) -> int:
        """Drop the sessions that expired before an instant (exclusive); how many."""
        ...


class Passwords(Protocol):
    """The hash of each person's password."""

    def put(self, person_id: str, password_hash: str, at: datetime) -> None:
        """Set or replace a person's hash."""
        ...

    def get(self, person_id: str) -> tuple[str, datetime] | None:
        """(hash, when it was set), or None for a person without a password."""
        ...

    def remove(self, person_id: str) -> None:
        """Take it away; nothing happens when there is none."""
        ...


class Tokens(Protocol):
    """The tokens of programs."""

    def add(self, token: Token) -> None:
        """Keep a new token; one with the same id is left as it is."""
        ...

    def by_digest(self, digest: str) -> Token | None:
        """The token with a digest, valid or not, or None."""
        ...

    def of_person(self, person_id: str) -> list[Token]:
        """A person's tokens, valid or not, the latest made first."""
        ...

    def touch(self, token_id: str, at: datetime) -> None:
        """Note that it was used."""
        ...

    def revoke(self, token_id: str, at: datetime) -> None:
        """End it; one that was revoked before stays as it is."""
        ...


class Idempotency(Protocol):
    """What requests with a key were answered, kept in the transaction of what they did."""

    def get(self, key: str, at: datetime) -> Answered | None:
        """The answer kept under a key and not expired at an instant, or None."""
        ...

    def add(self, answered: Answered, at: datetime) -> bool:
        """Keep an answer; False, and nothing is kept, when the key has one that is not expired at an instant."""
        ...

    def forget(self, until: datetime) -> int:
        """Drop the answers that expired before an instant (exclusive); how many."""
        ...


class SavedViews(Protocol):
    """The lists that people keep."""

    def put(self, view: SavedView) -> None:
        """Keep a view, or replace the person's view of the same name."""
        ...

    def remove(self, person_id: str, name: str) -> None:
        """Drop a view; nothing happens when there is none."""
        ...

    def of_person(self, person_id: str) -> list[SavedView]:
        """A person's views by name."""
        ...
