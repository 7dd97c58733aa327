"""The store in a database: units of work, each one transaction on one connection."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from workflow.ports import (
    Absences,
    Anchors,
    Decisions,
    Directory,
    Heartbeats,
    Idempotency,
    Ladders,
    Leases,
    Links,
    Organizations,
    Outbox,
    Passwords,
    Plans,
    SavedViews,
    Sessions,
    SignIns,
    Tokens,
)
from workflow.store.engine import WAIT_SECONDS, reading, store_engine
from workflow.store.remembering import ReadBefore
from workflow.store.sql_accounts import (
    SqlIdempotency,
    SqlPasswords,
    SqlSavedViews,
    SqlSessions,
    SqlSignIns,
    SqlTokens,
)
from workflow.store.sql_organizations import SqlOrganizations
from workflow.store.sql_people import SqlAbsences, SqlDirectory
from workflow.store.sql_plans import SqlPlans
from workflow.store.sql_records import SqlHeartbeats, SqlLeases, SqlLinks, SqlOutbox
from workflow.store.sql_settings import SqlAnchors, SqlDecisions, SqlLadders


class SqlUnit:
    """One transaction. After `commit` the unit is spent: whatever else is asked of it is refused."""

    plans: Plans
    outbox: Outbox
    directory: Directory
    organizations: Organizations
    absences: Absences
    ladders: Ladders
    decisions: Decisions
    anchors: Anchors
    heartbeats: Heartbeats
    links: Links
    leases: Leases
    sign_ins: SignIns
    sessions: Sessions
    passwords: Passwords
    tokens: Tokens
    idempotency: Idempotency
    saved_views: SavedViews

    def __init__(self, engine: Engine, read_before: ReadBefore, *, writes: bool) -> None:
        self._engine = engine
        self._read_before = read_before
        self._writes = writes
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self._open(connection)
        return self

    def _open(self, connection: Connection) -> None:
        self.plans = SqlPlans(connection, self._read_before)
        self.outbox = SqlOutbox(connection)
        self.directory = SqlDirectory(connection)
        self.organizations = SqlOrganizations(connection)
        self.absences = SqlAbsences(connection)
        self.ladders = SqlLadders(connection)
        self.decisions = SqlDecisions(connection)
        self.anchors = SqlAnchors(connection)
        self.heartbeats = SqlHeartbeats(connection)
        self.links = SqlLinks(connection)
        self.leases = SqlLeases(connection)
        self.sign_ins = SqlSignIns(connection)
        self.sessions = SqlSessions(connection)
        self.passwords = SqlPasswords(connection)
        self.tokens = SqlTokens(connection)
        self.idempotency = SqlIdempotency(connection)
        self.saved_views = SqlSavedViews(connection)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def commit(self) -> None:
        """Keep everything done since entering; comes last. Raises RuntimeError in a unit that is spent or only reads."""
        if self._connection is None or not self._writes:
            raise RuntimeError("this unit of work keeps nothing: it is spent, or it only reads")
        self._connection.commit()
        self._connection.close()
        self._connection = None


class SqlStore:
    """Opens units of work on one database."""

    def __init__(self, url: str, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self.engine = store_engine(url, wait_seconds)
        self._reading = reading(self.engine)
        self._read_before = ReadBefore()

    def __call__(self) -> SqlUnit:
        """A new unit of work that writes; on SQLite it takes the write lock at once."""
        return SqlUnit(self.engine, self._read_before, writes=True)

    def reading(self) -> SqlUnit:
        """A new unit of work that only reads, and sees one moment of the database."""
        return SqlUnit(self._reading, self._read_before, writes=False)

    def close(self) -> None:
        """Close the idle connections."""
        self.engine.dispose()
