"""The store in memory: the same semantics as the database's, for rehearsals and tests.

A unit of work changes a copy, which replaces what the store holds on `commit`. Writers take turns, as on SQLite.
"""

from __future__ import annotations

from threading import Lock
from types import TracebackType
from typing import Self
from uuid import uuid4

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
from workflow.store.errors import DatabaseBusy
from workflow.store.memory_accounts import (
    MemoryIdempotency,
    MemoryPasswords,
    MemorySavedViews,
    MemorySessions,
    MemorySignIns,
    MemoryTokens,
)
from workflow.store.memory_contents import Contents
from workflow.store.memory_people import MemoryAbsences, MemoryDirectory, MemoryOrganizations
from workflow.store.memory_plans import MemoryPlans
from workflow.store.memory_records import (
    MemoryAnchors,
    MemoryDecisions,
    MemoryHeartbeats,
    MemoryLadders,
    MemoryLeases,
    MemoryLinks,
    MemoryOutbox,
)
from workflow.store.remembering import ReadBefore

WAIT_SECONDS = 10.0


class MemoryUnit:
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

    def __init__(self, store: MemoryStore, *, writes: bool) -> None:
        self._store = store
        self._writes = writes
        self._contents: Contents | None = None

    def __enter__(self) -> Self:
        self._contents = self._store.begin(writes=self._writes)
        self.plans = MemoryPlans(self, self._store.read_before)
        self.outbox = MemoryOutbox(self)
        self.directory = MemoryDirectory(self)
        self.organizations = MemoryOrganizations(self)
        self.absences = MemoryAbsences(self)
        self.ladders = MemoryLadders(self)
        self.decisions = MemoryDecisions(self)
        self.anchors = MemoryAnchors(self)
        self.heartbeats = MemoryHeartbeats(self)
        self.links = MemoryLinks(self, self._store.installation_id)
        self.leases = MemoryLeases(self)
        self._let_in()
        return self

    def _let_in(self) -> None:
        self.sign_ins = MemorySignIns(self)
        self.sessions = MemorySessions(self)
        self.passwords = MemoryPasswords(self)
        self.tokens = MemoryTokens(self)
        self.idempotency = MemoryIdempotency(self)
        self.saved_views = MemorySavedViews(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._contents is not None:
            self._end(None)

    def commit(self) -> None:
        """Keep everything done since entering; comes last. Raises RuntimeError in a unit that is spent or only reads."""
        self._end(self.changing)

    @property
    def contents(self) -> Contents:
        """What the unit sees, to be read."""
        if self._contents is None:
            raise RuntimeError("this unit of work is spent")
        return self._contents

    @property
    def changing(self) -> Contents:
        """What the unit sees, to be changed."""
        if not self._writes:
            raise RuntimeError("this unit of work only reads")
        return self.contents

    def _end(self, kept: Contents | None) -> None:
        self._contents = None
        if self._writes:
            self._store.end(kept)


class MemoryStore:
    """Opens units of work on what it holds."""

    def __init__(self, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self.installation_id = str(uuid4())
        self.read_before = ReadBefore()
        self._contents = Contents()
        self._writing = Lock()
        self._wait_seconds = wait_seconds

    def __call__(self) -> MemoryUnit:
        """A new unit of work that writes; it waits for its turn."""
        return MemoryUnit(self, writes=True)

    def reading(self) -> MemoryUnit:
        """A new unit of work that only reads, and sees one moment of the store."""
        return MemoryUnit(self, writes=False)

    def begin(self, *, writes: bool) -> Contents:
        """What a unit sees. Raises `DatabaseBusy` when another writer does not end."""
        if not writes:
            return self._contents
        if not self._writing.acquire(timeout=self._wait_seconds):
            raise DatabaseBusy(database="memory")
        return self._contents.copy()

    def end(self, kept: Contents | None) -> None:
        """Let the next writer in, after keeping what this one changed, if it did."""
        if kept is not None:
            self._contents = kept
        self._writing.release()
