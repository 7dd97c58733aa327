"""What the services need of the world, as protocols; the store, the channels and the board implement them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from workflow.domain.cycle import Cycle, PlanStatus, StepStatus, standing_at
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.events import Happened, Recorded
from workflow.domain.ladder import Audience, Terms
from workflow.domain.verdict import Standing, Verdict


class Clock(Protocol):
    """The one source of the present."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be told things and, with a role, can act. `email` None: cannot be reached by mail.

    An owner's people are those whose `unit` is the step's owner; `Audience.OWNER` stands for an officer.
    """

    person_id: str
    name: str
    email: str | None
    unit: str
    role: Audience
    organization: str


class NoticeStatus(StrEnum):
    """Where a notice is on its way."""

    PENDING = "pending"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message owed to one person over one channel. `key` is unique for (deadline revision, rung, person, channel).

    `owed_at`: the rung's instant. `try_at`: not to be tried before it; None when nothing is to be tried any more.
    `reason`: why it was dropped, or the last failure. `person_id` "" with `address` None: nobody could be found.
    """

    key: str
    plan_id: str
    step: str
    revision: int
    rung: str
    person_id: str
    person_name: str
    address: str | None
    channel: str
    owed_at: datetime
    status: NoticeStatus = NoticeStatus.PENDING
    attempts: int = 0
    try_at: datetime | None = None
    sent_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on the board: one row, read without its log. Counts are of steps."""

    plan_id: str
    title: str
    kind: PlanKind
    organization: str
    status: PlanStatus
    started_at: datetime
    meeting_on: date | None
    meeting_month: str | None
    version: int
    steps: int
    done: int
    next_step: str | None
    next_due_on: date | None
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as read tables keep it. `wake_at`: when the clock next owes it something; None never.

    Due fields are None without a limit; instants are aware.
    """

    plan_id: str
    key: str
    place: int
    name: str
    kind: StepKind
    owner: str | None
    status: StepStatus
    opened_at: datetime | None
    revision: int
    due_on: date | None
    due_at: datetime | None
    safe_on: date | None
    projected: bool
    provisional: bool
    done_at: datetime | None
    verdict: Verdict | None
    late_working_days: int
    back_dated: bool
    wake_at: datetime | None

    def standing(self, at: datetime) -> Standing:
        """Where the step stands at an instant; the same answer as `StepState.standing`."""
        return standing_at(at, status=self.status, verdict=self.verdict, due_at=self.due_at, projected=self.projected)


@dataclass(frozen=True, slots=True)
class DeadlineRevision:
    """One revision of a step's limit: what it became, when, why, by whom; `due_on` None when it was lifted."""

    plan_id: str
    step: str
    revision: int
    due_on: date | None
    due_at: datetime | None
    projected: bool
    why: str
    recorded_at: datetime
    actor: str


class Plans(Protocol):
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

    def waking(self, until: datetime, limit: int) -> list[str]:
        """Ids of plans with a step whose `wake_at` lies before `until` (exclusive), the earliest first."""
        ...

    def rows(self) -> list[PlanRow]:
        """Every plan as the board shows it; running first, then by next limit."""
        ...

    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans) in the order of the document."""
        ...

    def revisions(self, plan_id: str, step: str | None = None) -> list[DeadlineRevision]:
        """Every revision of the plan's limits, oldest first."""
        ...

    def rebuild(self, plan_id: str, terms: Terms) -> None:
        """Rewrite the plan's read tables from its log."""
        ...

    def chain_faults(self, plan_id: str) -> list[str]:
        """What is wrong with the hash chain of the plan's log, first fault first; empty when it is whole."""
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

    def use(self, digest: str, at: datetime) -> str | None:
        """Spend a sign-in: the person's id, or None when it is unknown, spent or expired."""
        ...


class UnitOfWork(Protocol):
    """One transaction: nothing is kept without `commit`, which comes last."""

    plans: Plans
    outbox: Outbox
    directory: Directory
    links: Links
    leases: Leases
    sign_ins: SignIns

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


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried by a message."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent to one address. `message_id` is stable across repeats of the same delivery."""

    message_id: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str | None
    keys: tuple[str, ...]
    at: datetime
    attachments: tuple[Attachment, ...] = ()


class ChannelFailed(Exception):
    """A message could not be handed over; `permanent` when trying again cannot help."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        self.reason = reason
        self.permanent = permanent
        super().__init__(reason)


class ChannelDown(ChannelFailed):
    """The channel as a whole does not answer or does not let us in, so no other message can go over it now."""


class Channel(Protocol):
    """A way to people, such as e-mail."""

    name: str

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `ChannelFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the flow board shows it."""

    key: str
    name: str
    owner: str | None
    after: tuple[str, ...]
    standing: Standing
    due_on: date | None
    projected: bool
    opened_at: datetime | None
    ended_at: datetime | None
    late_working_days: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as the flow board shows it; `steps` in an order in which predecessors come first."""

    plan_id: str
    title: str
    organization: str
    status: PlanStatus
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[StepView, ...]


class BoardUnreachable(Exception):
    """The flow board does not answer; it is shown again later."""


class BoardRefused(Exception):
    """The flow board answers, but does not take this plan; the others can be shown all the same."""


class FlowBoard(Protocol):
    """Shows plans to coordinators; never decides anything."""

    def show(self, plan: PlanView, flow_run_id: str | None) -> str:
        """Make the board look like the plan; the id of its flow run. Idempotent.

        Raises `BoardUnreachable` and `BoardRefused`.

        `flow_run_id`: the run shown before; when it is gone, a new one is made.
        """
        ...

    def intact(self, runs: Mapping[str, PlanView]) -> set[str]:
        """Which of the runs (by flow run id) are still there and look like their plan. Raises `BoardUnreachable`."""
        ...

    def address(self, flow_run_id: str) -> str:
        """Where a person sees the run."""
        ...
