"""The tables. Rows are rows, not domain objects: nothing is validated here.

Columns bear the names of the fields of the values they keep (`PlanRow`, `StepRow`, `Notice`, …). Words of the domain
are kept as their stable lower-case values; instants are aware and come back in UTC; days stand in date columns.
Only what the store itself derives refers to its plan by a foreign key: the log must stand alone.
"""

# No `from __future__ import annotations` here: SQLModel reads the annotations themselves.

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Enum as Words
from sqlalchemy import Index, MetaData, String, Table, Text
from sqlmodel import Field, SQLModel, UTCDateTime

from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Verdict
from workflow.ports import NoticeStatus

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

KEY = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared and sorted by code points, on both databases."""


def words(kind: type[Enum]) -> Words:
    """A column for the values of an enumeration, as text."""
    return Words(
        kind,
        values_callable=lambda each: [word.value for word in each],
        native_enum=False,
        length=32,
        validate_strings=True,
    )


def identifier(*, primary: bool = False, of_plan: bool = False) -> Any:
    """A column for an identifier; `of_plan` when it names a plan that must be there."""
    if of_plan:
        return Field(sa_type=KEY, primary_key=primary, foreign_key="plans.plan_id")
    return Field(sa_type=KEY, primary_key=primary)


class Kept(SQLModel):
    """Base of the tables, with metadata of its own."""

    metadata = MetaData(naming_convention=NAMES)


class Plan(Kept, table=True):
    """A plan as the board shows it."""

    __tablename__ = "plans"

    plan_id: str = identifier(primary=True)
    title: str = Field(sa_type=Text)
    kind: PlanKind = Field(sa_type=words(PlanKind))
    organization: str = Field(sa_type=Text)
    calendar: str = Field(sa_type=Text)
    status: PlanStatus = Field(sa_type=words(PlanStatus))
    started_at: datetime = Field(sa_type=UTCDateTime)
    meeting_on: date | None
    meeting_month: str | None = Field(sa_type=Text)
    version: int
    steps: int
    done: int
    next_step: str | None = Field(sa_type=Text)
    next_due_on: date | None
    next_due_at: datetime | None = Field(sa_type=UTCDateTime)


class Step(Kept, table=True):
    """A step as the board shows it, with the instant at which the clock next owes it something."""

    __tablename__ = "steps"

    plan_id: str = identifier(primary=True, of_plan=True)
    key: str = identifier(primary=True)
    place: int
    name: str = Field(sa_type=Text)
    kind: StepKind = Field(sa_type=words(StepKind))
    owner: str | None = Field(sa_type=Text)
    status: StepStatus = Field(sa_type=words(StepStatus))
    opened_at: datetime | None = Field(sa_type=UTCDateTime)
    revision: int
    due_on: date | None
    due_at: datetime | None = Field(sa_type=UTCDateTime)
    safe_on: date | None
    projected: bool
    provisional: bool
    done_at: datetime | None = Field(sa_type=UTCDateTime)
    verdict: Verdict | None = Field(sa_type=words(Verdict))
    late_working_days: int
    back_dated: bool
    wake_at: datetime | None = Field(sa_type=UTCDateTime)


class Revision(Kept, table=True):
    """A revision of a step's limit; `version` is that of the event it follows from."""

    __tablename__ = "deadline_revisions"

    plan_id: str = identifier(primary=True, of_plan=True)
    version: int = Field(primary_key=True)
    step: str = identifier()
    revision: int
    due_on: date | None
    due_at: datetime | None = Field(sa_type=UTCDateTime)
    projected: bool
    why: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(sa_type=Text)


class LoggedEvent(Kept, table=True):
    """A line of a plan's log. The primary key is the optimistic lock: one writer gets a version."""

    __tablename__ = "events"

    plan_id: str = identifier(primary=True)
    version: int = Field(primary_key=True)
    type: str = Field(sa_type=Text)
    payload: str = Field(sa_type=Text)
    happened_at: datetime = Field(sa_type=UTCDateTime)
    recorded_at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(sa_type=Text)
    previous_hash: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class OwedNotice(Kept, table=True):
    """A notice on its way. The primary key makes it one for each revision, rung, person and channel."""

    __tablename__ = "notices"

    key: str = identifier(primary=True)
    plan_id: str = identifier()
    step: str = identifier()
    revision: int
    rung: str = Field(sa_type=Text)
    person_id: str = identifier()
    person_name: str = Field(sa_type=Text)
    address: str | None = Field(sa_type=Text)
    channel: str = Field(sa_type=Text)
    owed_at: datetime = Field(sa_type=UTCDateTime)
    status: NoticeStatus = Field(sa_type=words(NoticeStatus))
    attempts: int
    try_at: datetime | None = Field(sa_type=UTCDateTime)
    sent_at: datetime | None = Field(sa_type=UTCDateTime)
    reason: str | None = Field(sa_type=Text)


class SeatedPerson(Kept, table=True):
    """A person in the directory."""

    __tablename__ = "people"

    person_id: str = identifier(primary=True)
    name: str = Field(sa_type=Text)
    email: str | None = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    role: Audience = Field(sa_type=words(Audience))
    organization: str = Field(sa_type=Text)


class BoardLink(Kept, table=True):
    """What the flow board has been shown of a plan."""

    __tablename__ = "board_links"

    plan_id: str = identifier(primary=True)
    flow_run_id: str = Field(sa_type=Text)
    fingerprint: str = Field(sa_type=Text)


class Lease(Kept, table=True):
    """Who runs a recurring job until when."""

    __tablename__ = "leases"

    job: str = identifier(primary=True)
    owner: str = Field(sa_type=Text)
    until: datetime = Field(sa_type=UTCDateTime)


class SignIn(Kept, table=True):
    """A one-time sign-in; `used_at` once it is spent."""

    __tablename__ = "sign_ins"

    digest: str = identifier(primary=True)
    person_id: str = identifier()
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(sa_type=UTCDateTime)


class Installation(Kept, table=True):
    """The one row that names this database."""

    __tablename__ = "installation"

    installation_id: str = identifier(primary=True)


METADATA = Kept.metadata


def _table(kind: type[Kept]) -> Table:
    return METADATA.tables[str(kind.__tablename__)]


PLANS, STEPS, REVISIONS, EVENTS = _table(Plan), _table(Step), _table(Revision), _table(LoggedEvent)
NOTICES, PEOPLE, BOARD_LINKS = _table(OwedNotice), _table(SeatedPerson), _table(BoardLink)
LEASES, SIGN_INS, INSTALLATION = _table(Lease), _table(SignIn), _table(Installation)

Index(
    "ix_steps_waking",
    STEPS.c.wake_at,
    STEPS.c.plan_id,
    sqlite_where=STEPS.c.wake_at.is_not(None),
    postgresql_where=STEPS.c.wake_at.is_not(None),
)
Index("ix_notices_status_try_at", NOTICES.c.status, NOTICES.c.try_at)
Index("ix_notices_plan_id", NOTICES.c.plan_id)
Index("ix_people_organization_role", PEOPLE.c.organization, PEOPLE.c.role)
