"""Who may come in and what they keep, in a database, each on one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from workflow.ports import Answered, SavedView, Session, Token
from workflow.store.columns import add_new, as_columns, columns_of, insert_for, put, values_of
from workflow.store.tables import ANSWERED, PASSWORDS, SAVED_VIEWS, SESSIONS, SIGN_INS, TOKENS


class SqlSignIns:
    """`SignIns` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, digest: str, person_id: str, expires_at: datetime) -> None:
        """Keep a new one-time sign-in; one with the same digest is left as it is."""
        row = {"digest": digest, "person_id": person_id, "expires_at": expires_at, "used_at": None}
        add_new(self._connection, SIGN_INS, [row])

    def of(self, digest: str, at: datetime) -> str | None:
        """Whose a sign-in is that can still be spent at an instant (before `expires_at`), or None; nothing is spent."""
        alive = (SIGN_INS.c.digest == digest, SIGN_INS.c.used_at.is_(None), SIGN_INS.c.expires_at > at)
        return self._connection.scalar(select(SIGN_INS.c.person_id).where(*alive))

    def use(self, digest: str, at: datetime) -> str | None:
        """Spend a sign-in: the person's id, or None when it is unknown, spent or expired (at `expires_at`)."""
        spent = (
            update(SIGN_INS)
            .where(SIGN_INS.c.digest == digest, SIGN_INS.c.used_at.is_(None), SIGN_INS.c.expires_at > at)
            .values(used_at=at)
            .returning(SIGN_INS.c.person_id)
        )
        return self._connection.execute(spent).scalar_one_or_none()


class SqlSessions:
    """`Sessions` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        """Keep a new session; one with the same digest is left as it is."""
        add_new(self._connection, SESSIONS, [as_columns(session)])

    def get(self, digest: str) -> Session | None:
        """The session with a digest, ended or not, or None."""
        return next(iter(self._where(SESSIONS.c.digest == digest)), None)

    def touch(self, digest: str, at: datetime, expires_at: datetime) -> None:
        """Note that it was used and until when it is valid from now on; nothing happens to one that was revoked."""
        alive = (SESSIONS.c.digest == digest, SESSIONS.c.revoked_at.is_(None))
        self._connection.execute(update(SESSIONS).where(*alive).values(last_seen_at=at, expires_at=expires_at))

    def revoke(self, digest: str, at: datetime) -> None:
        """End it; one that was revoked before stays as it is."""
        self._revoke(at, SESSIONS.c.digest == digest)

    def revoke_all(self, person_id: str, at: datetime, keep: str | None = None) -> int:
        """End every session of a person, save that with the digest `keep`; how many were ended."""
        others = (SESSIONS.c.digest != keep,) if keep is not None else ()
        return self._revoke(at, SESSIONS.c.person_id == person_id, *others)

    def of_person(self, person_id: str) -> list[Session]:
        """A person's sessions, ended or not, the latest used first, then by digest."""
        return self._where(SESSIONS.c.person_id == person_id)

    def forget(self, until: datetime) -> int:
        """Drop the sessions that expired before an instant (exclusive); how many."""
        return self._connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at < until)).rowcount

    def _revoke(self, at: datetime, *conditions: ColumnElement[bool]) -> int:
        alive = update(SESSIONS).where(*conditions, SESSIONS.c.revoked_at.is_(None))
        return self._connection.execute(alive.values(revoked_at=at)).rowcount

    def _where(self, condition: ColumnElement[bool]) -> list[Session]:
        order = (SESSIONS.c.last_seen_at.desc(), SESSIONS.c.digest)
        query = select(*columns_of(SESSIONS, Session)).where(condition).order_by(*order)
        return values_of(Session, self._connection.execute(query))


class SqlPasswords:
    """`Passwords` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, person_id: str, password_hash: str, at: datetime) -> None:
        """Set or replace a person's hash."""
        put(self._connection, PASSWORDS, [{"person_id": person_id, "hash": password_hash, "changed_at": at}])

    def get(self, person_id: str) -> tuple[str, datetime] | None:
        """(hash, when it was set), or None for a person without a password."""
        query = select(PASSWORDS.c.hash, PASSWORDS.c.changed_at).where(PASSWORDS.c.person_id == person_id)
        row = self._connection.execute(query).one_or_none()
        return (row.hash, row.changed_at) if row is not None else None

    def remove(self, person_id: str) -> None:
        """Take it away; nothing happens when there is none."""
        self._connection.execute(delete(PASSWORDS).where(PASSWORDS.c.person_id == person_id))


class SqlTokens:
    """`Tokens` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token: Token) -> None:
        """Keep a new token; one with the same id is left as it is."""
        add_new(self._connection, TOKENS, [as_columns(token) | {"scopes": " ".join(token.scopes)}])

    def by_digest(self, digest: str) -> Token | None:
        """The token with a digest, valid or not, or None."""
        return next(iter(self._where(TOKENS.c.digest == digest)), None)

    def of_person(self, person_id: str) -> list[Token]:
        """A person's tokens, valid or not, the latest made first, then by id."""
        return self._where(TOKENS.c.person_id == person_id)

    def touch(self, token_id: str, at: datetime) -> None:
        """Note that it was used."""
        self._connection.execute(update(TOKENS).where(TOKENS.c.token_id == token_id).values(last_used_at=at))

    def revoke(self, token_id: str, at: datetime) -> None:
        """End it; one that was revoked before stays as it is."""
        alive = update(TOKENS).where(TOKENS.c.token_id == token_id, TOKENS.c.revoked_at.is_(None))
        self._connection.execute(alive.values(revoked_at=at))

    def _where(self, condition: ColumnElement[bool]) -> list[Token]:
        columns = {column.name: column for column in columns_of(TOKENS, Token)}
        query = select(*columns.values()).where(condition).order_by(TOKENS.c.created_at.desc(), TOKENS.c.token_id)
        rows = self._connection.execute(query).mappings()
        return [Token(**{**row, "scopes": tuple(row["scopes"].split())}) for row in rows]


class SqlIdempotency:
    """`Idempotency` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, at: datetime) -> Answered | None:
        """The answer kept under a key and not expired at an instant, or None."""
        query = select(*columns_of(ANSWERED, Answered)).where(ANSWERED.c.key == key, ANSWERED.c.expires_at > at)
        return next(iter(values_of(Answered, self._connection.execute(query))), None)

    def add(self, answered: Answered, at: datetime) -> bool:
        """Keep an answer; False, and nothing is kept, when the key has one that is not expired at an instant."""
        row = as_columns(answered)
        statement = insert_for(self._connection, ANSWERED).values(row)
        kept = statement.on_conflict_do_update(
            index_elements=[ANSWERED.c.key], set_=row, where=ANSWERED.c.expires_at <= at
        )
        return self._connection.execute(kept.returning(ANSWERED.c.key)).first() is not None

    def forget(self, until: datetime) -> int:
        """Drop the answers that expired before an instant (exclusive); how many."""
        return self._connection.execute(delete(ANSWERED).where(ANSWERED.c.expires_at < until)).rowcount


class SqlSavedViews:
    """`SavedViews` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, view: SavedView) -> None:
        """Keep a view, or replace the person's view of the same name."""
        put(self._connection, SAVED_VIEWS, [as_columns(view)])

    def remove(self, person_id: str, name: str) -> None:
        """Drop a view; nothing happens when there is none."""
        one = (SAVED_VIEWS.c.person_id == person_id, SAVED_VIEWS.c.name == name)
        self._connection.execute(delete(SAVED_VIEWS).where(*one))

    def of_person(self, person_id: str) -> list[SavedView]:
        """A person's views by name."""
        query = select(*columns_of(SAVED_VIEWS, SavedView)).where(SAVED_VIEWS.c.person_id == person_id)
        return values_of(SavedView, self._connection.execute(query.order_by(SAVED_VIEWS.c.name)))
