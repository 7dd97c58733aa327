"""Who may come in and what they keep, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflow.ports import Answered, SavedView, Session, Token
from workflow.store.memory_contents import KeptSignIn, Repository


class MemorySignIns(Repository):
    """`SignIns` in memory."""

    def add(self, digest: str, person_id: str, expires_at: datetime) -> None:
        """Keep a new one-time sign-in; one with the same digest is left as it is."""
        self._unit.changing.sign_ins.setdefault(digest, KeptSignIn(person_id, expires_at))

    def of(self, digest: str, at: datetime) -> str | None:
        """Whose a sign-in is that can still be spent at an instant (before `expires_at`), or None; nothing is spent."""
        sign_in = self._unit.contents.sign_ins.get(digest)
        if sign_in is None or sign_in.used_at is not None or sign_in.expires_at <= at:
            return None
        return sign_in.person_id

    def use(self, digest: str, at: datetime) -> str | None:
        """Spend a sign-in: the person's id, or None when it is unknown, spent or expired (at `expires_at`)."""
        kept = self._unit.changing.sign_ins
        person_id = self.of(digest, at)
        if person_id is not None:
            kept[digest] = replace(kept[digest], used_at=at)
        return person_id


class MemorySessions(Repository):
    """`Sessions` in memory."""

    def add(self, session: Session) -> None:
        """Keep a new session; one with the same digest is left as it is."""
        self._unit.changing.sessions.setdefault(session.digest, session)

    def get(self, digest: str) -> Session | None:
        """The session with a digest, ended or not, or None."""
        return self._unit.contents.sessions.get(digest)

    def touch(self, digest: str, at: datetime, expires_at: datetime) -> None:
        """Note that it was used and until when it is valid from now on; nothing happens to one that was revoked."""
        kept = self._unit.changing.sessions
        if digest in kept and kept[digest].revoked_at is None:
            kept[digest] = replace(kept[digest], last_seen_at=at, expires_at=expires_at)

    def revoke(self, digest: str, at: datetime) -> None:
        """End it; one that was revoked before stays as it is."""
        kept = self._unit.changing.sessions
        if digest in kept and kept[digest].revoked_at is None:
            kept[digest] = replace(kept[digest], revoked_at=at)

    def revoke_all(self, person_id: str, at: datetime, keep: str | None = None) -> int:
        """End every session of a person, save that with the digest `keep`; how many were ended."""
        alive = [each for each in self.of_person(person_id) if each.revoked_at is None and each.digest != keep]
        self._unit.changing.sessions.update({each.digest: replace(each, revoked_at=at) for each in alive})
        return len(alive)

    def of_person(self, person_id: str) -> list[Session]:
        """A person's sessions, ended or not, the latest used first, then by digest."""
        found = [each for each in self._unit.contents.sessions.values() if each.person_id == person_id]
        return sorted(found, key=lambda each: (-each.last_seen_at.timestamp(), each.digest))

    def forget(self, until: datetime) -> int:
        """Drop the sessions that expired before an instant (exclusive); how many."""
        kept = self._unit.changing.sessions
        expired = [digest for digest, session in kept.items() if session.expires_at < until]
        for digest in expired:
            del kept[digest]
        return len(expired)


class MemoryPasswords(Repository):
    """`Passwords` in memory."""

    def put(self, person_id: str, password_hash: str, at: datetime) -> None:
        """Set or replace a person's hash."""
        self._unit.changing.passwords[person_id] = (password_hash, at)

    def get(self, person_id: str) -> tuple[str, datetime] | None:
        """(hash, when it was set), or None for a person without a password."""
        return self._unit.contents.passwords.get(person_id)

    def remove(self, person_id: str) -> None:
        """Take it away; nothing happens when there is none."""
        self._unit.changing.passwords.pop(person_id, None)


class MemoryTokens(Repository):
    """`Tokens` in memory."""

    def add(self, token: Token) -> None:
        """Keep a new token; one with the same id is left as it is."""
        self._unit.changing.tokens.setdefault(token.token_id, token)

    def by_digest(self, digest: str) -> Token | None:
        """The token with a digest, valid or not, or None."""
        return next((each for each in self._unit.contents.tokens.values() if each.digest == digest), None)

    def of_person(self, person_id: str) -> list[Token]:
        """A person's tokens, valid or not, the latest made first, then by id."""
        found = [each for each in self._unit.contents.tokens.values() if each.person_id == person_id]
        return sorted(found, key=lambda each: (-each.created_at.timestamp(), each.token_id))

    def touch(self, token_id: str, at: datetime) -> None:
        """Note that it was used."""
        kept = self._unit.changing.tokens
        if token_id in kept:
            kept[token_id] = replace(kept[token_id], last_used_at=at)

    def revoke(self, token_id: str, at: datetime) -> None:
        """End it; one that was revoked before stays as it is."""
        kept = self._unit.changing.tokens
        if token_id in kept and kept[token_id].revoked_at is None:
            kept[token_id] = replace(kept[token_id], revoked_at=at)


class MemoryIdempotency(Repository):
    """`Idempotency` in memory."""

    def get(self, key: str, at: datetime) -> Answered | None:
        """The answer kept under a key and not expired at an instant, or None."""
        answered = self._unit.contents.answered.get(key)
        return answered if answered is not None and answered.expires_at > at else None

    def add(self, answered: Answered, at: datetime) -> bool:
        """Keep an answer; False, and nothing is kept, when the key has one that is not expired at an instant."""
        if self.get(answered.key, at) is not None:
            return False
        self._unit.changing.answered[answered.key] = answered
        return True

    def forget(self, until: datetime) -> int:
        """Drop the answers that expired before an instant (exclusive); how many."""
        kept = self._unit.changing.answered
        expired = [key for key, answered in kept.items() if answered.expires_at < until]
        for key in expired:
            del kept[key]
        return len(expired)


class MemorySavedViews(Repository):
    """`SavedViews` in memory."""

    def put(self, view: SavedView) -> None:
        """Keep a view, or replace the person's view of the same name."""
        self._unit.changing.saved_views[view.person_id, view.name] = view

    def remove(self, person_id: str, name: str) -> None:
        """Drop a view; nothing happens when there is none."""
        self._unit.changing.saved_views.pop((person_id, name), None)

    def of_person(self, person_id: str) -> list[SavedView]:
        """A person's views by name."""
        found = [each for each in self._unit.contents.saved_views.values() if each.person_id == person_id]
        return sorted(found, key=lambda each: each.name)
