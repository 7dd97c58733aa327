"""The store in memory: the same semantics as the database's, for rehearsals and tests.

A unit of work changes a copy, which replaces what the store holds on `commit`. Writers take turns, as on SQLite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from types import TracebackType
from typing import Self
from uuid import uuid4

from workflow.domain.cycle import PlanStatus
from workflow.domain.ladder import Audience
from workflow.ports import (
    DeadlineRevision,
    Directory,
    Leases,
    Links,
    Notice,
    NoticeStatus,
    Outbox,
    Person,
    PlanRow,
    Plans,
    SignIns,
    StepRow,
)
from workflow.store.chain import Entry
from workflow.store.errors import DatabaseBusy
from workflow.store.plans import LoggedPlans, VersionTaken
from workflow.store.rows import Placed, Rows, placed

WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _SignIn:
    person_id: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(slots=True)
class Contents:
    """Everything kept: values that never change, in dictionaries that only the unit that owns the copy changes."""

    logs: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    plans: dict[str, PlanRow] = field(default_factory=dict)
    steps: dict[str, tuple[StepRow, ...]] = field(default_factory=dict)
    revisions: dict[str, tuple[tuple[int, DeadlineRevision], ...]] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    sign_ins: dict[str, _SignIn] = field(default_factory=dict)

    def copy(self) -> Contents:
        """The same contents, free to be changed."""
        return Contents(*(dict(getattr(self, name)) for name in self.__slots__))


class MemoryUnit:
    """One transaction. After `commit` the unit is spent: whatever else is asked of it is refused."""

    plans: Plans
    outbox: Outbox
    directory: Directory
    links: Links
    leases: Leases
    sign_ins: SignIns

    def __init__(self, store: MemoryStore, *, writes: bool) -> None:
        self._store = store
        self._writes = writes
        self._contents: Contents | None = None

    def __enter__(self) -> Self:
        self._contents = self._store.begin(writes=self._writes)
        self.plans = MemoryPlans(self)
        self.outbox = MemoryOutbox(self)
        self.directory = MemoryDirectory(self)
        self.links = MemoryLinks(self, self._store.installation_id)
        self.leases = MemoryLeases(self)
        self.sign_ins = MemorySignIns(self)
        return self

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


class MemoryPlans(LoggedPlans):
    """`Plans` in memory."""

    def __init__(self, unit: MemoryUnit) -> None:
        super().__init__()
        self._unit = unit

    def ids(self, status: PlanStatus | None = None) -> list[str]:
        """Ids of all plans, or of those with a status, in order of start, then id."""
        rows = [row for row in self._unit.contents.plans.values() if status in (None, row.status)]
        return [row.plan_id for row in sorted(rows, key=lambda row: (row.started_at, row.plan_id))]

    def logged_ids(self) -> list[str]:
        """Ids of all plans that have a log or a row, by id."""
        return sorted(self._unit.contents.logs.keys() | self._unit.contents.plans.keys())

    def waking(self, until: datetime, limit: int) -> list[str]:
        """Ids of plans with a step whose `wake_at` lies before `until` (exclusive), the earliest first, then by id."""
        first = {
            plan_id: min((step.wake_at for step in steps if step.wake_at is not None), default=until)
            for plan_id, steps in self._unit.contents.steps.items()
        }
        due = [(at, plan_id) for plan_id, at in first.items() if at < until]
        return [plan_id for _, plan_id in sorted(due)[:limit]]

    def rows(self) -> list[PlanRow]:
        """Every plan as the board shows it; running first, then by next limit, start and id."""
        return sorted(self._unit.contents.plans.values(), key=_place_on_board)

    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans, by id) in the order of the document."""
        steps = self._unit.contents.steps
        chosen = sorted(steps) if plan_id is None else [plan_id]
        return [step for each in chosen for step in steps.get(each, ())]

    def revisions(self, plan_id: str, step: str | None = None) -> list[DeadlineRevision]:
        """Every revision of the plan's limits, oldest first."""
        return [each for _, each in self._unit.contents.revisions.get(plan_id, ()) if step in (None, each.step)]

    def entries(self, plan_id: str) -> list[Entry]:
        """The lines of a plan's log in order of versions; empty without a plan."""
        return list(self._unit.contents.logs.get(plan_id, ()))

    def insert(self, entries: Sequence[Entry]) -> None:
        """Add lines to a log. Raises `VersionTaken`."""
        logs = self._unit.changing.logs
        for entry in entries:
            log = logs.get(entry.plan_id, ())
            if any(entry.version == there.version for there in log):
                raise VersionTaken
            logs[entry.plan_id] = (*log, entry)

    def write(self, rows: Rows) -> None:
        """Make the plan's read tables hold these rows; revisions are added to those there."""
        contents, plan_id = self._unit.changing, rows.plan.plan_id
        contents.plans[plan_id] = rows.plan
        contents.steps[plan_id] = rows.steps
        contents.revisions[plan_id] = contents.revisions.get(plan_id, ()) + rows.revisions

    def kept(self, plan_id: str) -> Placed:
        """What the read tables hold of the plan, by place."""
        contents = self._unit.contents
        plans = [contents.plans[plan_id]] if plan_id in contents.plans else []
        return placed(plans, contents.steps.get(plan_id, ()), contents.revisions.get(plan_id, ()))

    def erase(self, plan_id: str) -> None:
        """Empty the plan's read tables."""
        contents = self._unit.changing
        contents.plans.pop(plan_id, None)
        contents.steps.pop(plan_id, None)
        contents.revisions.pop(plan_id, None)

    def row_version(self, plan_id: str) -> int | None:
        """The version that the plan's row speaks of; None without a row."""
        row = self._unit.contents.plans.get(plan_id)
        return row.version if row is not None else None


def _place_on_board(row: PlanRow) -> tuple[bool, bool, datetime, datetime, str]:
    due_at = row.next_due_at
    return row.status is not PlanStatus.RUNNING, due_at is None, due_at or row.started_at, row.started_at, row.plan_id


def _place_in_outbox(notice: Notice) -> tuple[datetime, str]:
    return notice.owed_at, notice.key


class MemoryOutbox:
    """`Outbox` in memory."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, notices: Iterable[Notice]) -> int:
        """Write the notices whose key is new; how many were. A key already present is left as it is."""
        kept = self._unit.changing.notices
        before = len(kept)
        for notice in notices:
            kept.setdefault(notice.key, notice)
        return len(kept) - before

    def pending(self, at: datetime, limit: int) -> list[Notice]:
        """Pending notices whose `try_at` is not after `at`, in order of `owed_at`, then key."""
        return self._where(lambda n: n.status is NoticeStatus.PENDING and n.try_at is not None and n.try_at <= at)[
            :limit
        ]

    def update(self, notice: Notice) -> None:
        """Write the notice's status, attempts, times and reason. Raises KeyError when there is no such notice."""
        kept = self._unit.changing.notices
        kept[notice.key] = replace(
            kept[notice.key],
            status=notice.status,
            attempts=notice.attempts,
            try_at=notice.try_at,
            sent_at=notice.sent_at,
            reason=notice.reason,
        )

    def of_plan(self, plan_id: str) -> list[Notice]:
        """Every notice of a plan, in order of `owed_at`, then key."""
        return self._where(lambda notice: notice.plan_id == plan_id)

    def count(self, status: NoticeStatus) -> int:
        """How many notices have a status."""
        return len(self._where(lambda notice: notice.status is status))

    def _where(self, chosen: Callable[[Notice], bool]) -> list[Notice]:
        return sorted(filter(chosen, self._unit.contents.notices.values()), key=_place_in_outbox)


class MemoryDirectory:
    """`Directory` in memory."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def put(self, person: Person) -> None:
        """Add a person, or replace the one with the same id."""
        self._unit.changing.people[person.person_id] = person

    def get(self, person_id: str) -> Person | None:
        """The person with an id, or None."""
        return self._unit.contents.people.get(person_id)

    def all(self) -> list[Person]:
        """Everyone, by name, then id."""
        return sorted(self._unit.contents.people.values(), key=lambda person: (person.name, person.person_id))

    def of_unit(self, organization: str, unit: str, role: Audience) -> list[Person]:
        """People of a unit of an organization with a role, by name, then id."""
        return [person for person in self.with_role(organization, role) if person.unit == unit]

    def with_role(self, organization: str, role: Audience) -> list[Person]:
        """People of an organization with a role, whatever their unit, by name, then id."""
        return [person for person in self.all() if (person.organization, person.role) == (organization, role)]


class MemoryLinks:
    """`Links` in memory."""

    def __init__(self, unit: MemoryUnit, installation_id: str) -> None:
        self._unit = unit
        self._installation_id = installation_id

    def installation_id(self) -> str:
        """A random id made once for this store, when it was made."""
        return self._installation_id

    def shown(self, plan_id: str) -> tuple[str, str] | None:
        """(flow run id, fingerprint of what was shown) or None."""
        return self._unit.contents.links.get(plan_id)

    def remember(self, plan_id: str, flow_run_id: str, fingerprint: str) -> None:
        """Keep what was shown."""
        self._unit.changing.links[plan_id] = (flow_run_id, fingerprint)

    def forget(self, plan_id: str) -> None:
        """Drop what was shown, so that it is shown whole next time."""
        self._unit.changing.links.pop(plan_id, None)


class MemoryLeases:
    """`Leases` in memory."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def take(self, job: str, owner: str, at: datetime, until: datetime) -> bool:
        """Take or renew the lease of a job until `until` (exclusive); False when another owner holds it at `at`."""
        leases = self._unit.changing.leases
        holder, held_until = leases.get(job, (owner, at))
        if holder != owner and held_until > at:
            return False
        leases[job] = (owner, until)
        return True

    def release(self, job: str, owner: str) -> None:
        """Give the lease back; nothing happens when another owner holds it."""
        leases = self._unit.changing.leases
        if job in leases and leases[job][0] == owner:
            del leases[job]


class MemorySignIns:
    """`SignIns` in memory."""

    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    def add(self, digest: str, person_id: str, expires_at: datetime) -> None:
        """Keep a new one-time sign-in; one with the same digest is left as it is."""
        self._unit.changing.sign_ins.setdefault(digest, _SignIn(person_id, expires_at))

    def use(self, digest: str, at: datetime) -> str | None:
        """Spend a sign-in: the person's id, or None when it is unknown, spent or expired (at `expires_at`)."""
        kept = self._unit.changing.sign_ins
        sign_in = kept.get(digest)
        if sign_in is None or sign_in.used_at is not None or sign_in.expires_at <= at:
            return None
        kept[digest] = replace(sign_in, used_at=at)
        return sign_in.person_id
