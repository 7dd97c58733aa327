"""What the services need of a store, as protocols: the log, the outbox, people, and one transaction over all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.definition import PlanKind
from workflow.domain.events import Happened, Recorded
from workflow.domain.ladder import Audience, Ladder, Terms
from workflow.ports.accounts import Idempotency, Passwords, SavedViews, Sessions, Tokens
from workflow.ports.asking import Lists
from workflow.ports.organizations import EVERYBODY, Organizations, PeopleFilter
from workflow.ports.records import (
    Absence,
    AdoptedNotice,
    Anchor,
    DeadlineRevision,
    Notice,
    NoticeStatus,
    Person,
    PetitionRow,
    StepRow,
    TableFault,
)

Head = tuple[str, int, str]
"""(plan, version, hash) of an event that was the last of its log."""


class Plans(Lists, Protocol):
    """The log of events with the tables read from it."""

    def get(self, plan_id: str) -> Cycle:
        """The state of a plan, folded from its log. Raises `PlanNotFound`."""
        ...

    def log(self, plan_id: str) -> Sequence[Recorded]:
        """The whole log of a plan in order of versions. Raises `PlanNotFound`."""
        ...

    def append(
        self, plan_id: str, expected: int, happened: Sequence[Happened], *, at: datetime, actor: str, terms: Terms
    ) -> Cycle:
        """Append events after version `expected` (0: a new plan) and refresh the read tables; the new state.

        Raises `StaleVersion` when the log has moved on (or, with 0, when the id is taken).
        """
        ...

    def ids(self, status: PlanStatus | None = None) -> list[str]:
        """Ids of all plans, or of those with a status, in order of start."""
        ...

    def logged_ids(self) -> list[str]:
        """Ids of all plans that have a log or a row, by id."""
        ...

    def waking(self, until: datetime, limit: int) -> list[str]:
        """Ids of plans with a step whose `wake_at` lies before `until` (exclusive), the earliest first."""
        ...

    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans) in the order of the document."""
        ...

    def petitions(self, plan_id: str | None = None) -> list[PetitionRow]:
        """The petitions of a plan (or of all plans, by id) in the order of raising."""
        ...

    def counting_over(self, since: date, until: date) -> list[StepRow]:
        """Unfinished steps with a limit that a change of the days in [since, until) can move, by plan and document.

        Some that will not move are among them; none that will is left out.
        """
        ...

    def heads(self) -> list[Head]:
        """(plan, last version, its hash) of every log, by id."""
        ...

    def lost_heads(self, heads: Sequence[Head]) -> list[Head]:
        """Those of some heads seen earlier that no log holds any more: their plan was cut, altered or removed since."""
        ...

    def revisions(self, plan_id: str, step: str | None = None) -> list[DeadlineRevision]:
        """Every revision of the plan's limits, oldest first."""
        ...

    def rebuild(self, plan_id: str, terms: Terms) -> None:
        """Rewrite the plan's read tables from its log."""
        ...

    def chain_faults(self, plan_id: str) -> list[str]:
        """What is wrong with the hash chain of the plan's log, or which event cannot be read; empty when it is whole."""
        ...

    def table_faults(self, plan_id: str, terms: Terms) -> list[TableFault]:
        """Where the plan's read tables are not as its log says, rows missing or in excess among them.

        `wake_at` of a plan that runs on another version of the calendar than the terms' is not compared: it was
        written under other terms. Raises `PlanNotFound` without a log.
        """
        ...


class Outbox(Protocol):
    """Notices owed and their way to people."""

    def add(self, notices: Iterable[Notice]) -> int:
        """Write the notices whose key is new; how many were. A key already present is left as it is."""
        ...

    def pending(self, at: datetime, limit: int) -> list[Notice]:
        """Pending notices whose `try_at` is not after `at`, in order of `owed_at`, then key."""
        ...

    def update(self, notice: Notice) -> None:
        """Write the notice's status, attempts, times and reason."""
        ...

    def of_plan(self, plan_id: str) -> list[Notice]:
        """Every notice of a plan, in order of `owed_at`, then key."""
        ...

    def count(self, status: NoticeStatus) -> int:
        """How many notices have a status."""
        ...

    def get(self, key: str) -> Notice | None:
        """The notice with a key, or None."""
        ...

    def with_status(self, status: NoticeStatus, limit: int) -> list[Notice]:
        """The notices with a status, the latest owed first."""
        ...


class Directory(Protocol):
    """People, by unit and role."""

    def put(self, person: Person) -> None:
        """Add a person, or replace the one with the same id."""
        ...

    def get(self, person_id: str) -> Person | None:
        """The person with an id, or None."""
        ...

    def all(self) -> list[Person]:
        """Everyone, by name."""
        ...

    def of_unit(self, organization: str, unit: str, role: Audience) -> list[Person]:
        """People of a unit of an organization with a role."""
        ...

    def with_role(self, organization: str, role: Audience) -> list[Person]:
        """People of an organization with a role, whatever their unit."""
        ...

    def found(self, chosen: PeopleFilter = EVERYBODY, *, limit: int | None = None, offset: int = 0) -> list[Person]:
        """the people chosen, by name without accents, then id; `limit` of them after the first `offset`."""
        ...

    def count_found(self, chosen: PeopleFilter = EVERYBODY) -> int:
        """How many people are chosen."""
        ...

    def with_email(self, email: str) -> list[Person]:
        """Those with an address, capitals ignored, by id."""
        ...


class Absences(Protocol):
    """Who is away when, and who stands in."""

    def put(self, absence: Absence) -> None:
        """Add an absence, or replace the one with the same id."""
        ...

    def remove(self, absence_id: str) -> None:
        """Take an absence back; nothing happens when it is not there."""
        ...

    def on(self, day: date) -> list[Absence]:
        """The absences that cover a day, by person."""
        ...

    def of_person(self, person_id: str) -> list[Absence]:
        """A person's absences, the latest first."""
        ...


class Ladders(Protocol):
    """The ladder of each kind of plan, for plans that start from now on."""

    def get(self, kind: PlanKind) -> Ladder | None:
        """The ladder set for a kind; None: the one that is shipped."""
        ...

    def put(self, kind: PlanKind, ladder: Ladder | None, *, at: datetime, actor: str) -> None:
        """Set a kind's ladder; None: the one that is shipped again."""
        ...


class Decisions(Protocol):
    """Decisions on days off and worked that were adopted here."""

    def add(self, notice: AdoptedNotice) -> None:
        """Keep a decision; one of the same name is replaced."""
        ...

    def all(self) -> list[AdoptedNotice]:
        """All of them, in order of adoption."""
        ...


class Anchors(Protocol):
    """What binds all logs together, one a day."""

    def add(self, anchor: Anchor) -> bool:
        """Keep an anchor; False when its day has one already."""
        ...

    def all(self) -> list[Anchor]:
        """All of them by day."""
        ...


class Heartbeats(Protocol):
    """When each recurring job last came to its end."""

    def beat(self, job: str, at: datetime) -> None:
        """Note that a job has come to its end."""
        ...

    def last(self, job: str) -> datetime | None:
        """When it last did; None when it never has."""
        ...


class Links(Protocol):
    """What has been shown on the flow board, so that only what changed is shown again."""

    def installation_id(self) -> str:
        """A random id made once for this database."""
        ...

    def shown(self, plan_id: str) -> tuple[str, str] | None:
        """(flow run id, fingerprint of what was shown) or None."""
        ...

    def remember(self, plan_id: str, flow_run_id: str, fingerprint: str) -> None:
        """Keep what was shown."""
        ...

    def forget(self, plan_id: str) -> None:
        """Drop what was shown, so that it is shown whole next time."""
        ...


class Leases(Protocol):
    """Who runs a recurring job now: a second owner is harmless."""

    def take(self, job: str, owner: str, at: datetime, until: datetime) -> bool:
        """Take or renew the lease of a job until `until`; False when another owner holds it at `at`."""
        ...

    def release(self, job: str, owner: str) -> None:
        """Give the lease back."""
        ...


class SignIns(Protocol):
    """One-time sign-in links; only a digest of the secret is kept."""

    def add(self, digest: str, person_id: str, expires_at: datetime) -> None:
        """Keep a new one-time sign-in."""
        ...

    def of(self, digest: str, at: datetime) -> str | None:
        """Whose a sign-in is that can still be spent at an instant, or None; nothing is spent."""
        ...

    def use(self, digest: str, at: datetime) -> str | None:
        """Spend a sign-in: the person's id, or None when it is unknown, spent or expired."""
        ...


class UnitOfWork(Protocol):
    """One transaction: nothing is kept without `commit`, which comes last."""

    plans: Plans
    outbox: Outbox
    directory: Directory
    organizations: Organizations
    links: Links
    leases: Leases
    absences: Absences
    ladders: Ladders
    decisions: Decisions
    anchors: Anchors
    heartbeats: Heartbeats
    sign_ins: SignIns
    sessions: Sessions
    passwords: Passwords
    tokens: Tokens
    idempotency: Idempotency
    saved_views: SavedViews

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Keep everything done since entering."""
        ...


class Store(Protocol):
    """Opens units of work."""

    def __call__(self) -> UnitOfWork:
        """A new unit of work that writes; on SQLite it takes the write lock at once."""
        ...

    def reading(self) -> UnitOfWork:
        """A new unit of work that only reads."""
        ...
