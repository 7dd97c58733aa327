"""The log of events and the tables read from it. Rows are rows, not domain objects: nothing is validated here."""

from datetime import date, datetime

from sqlalchemy import Boolean, Integer, Text
from sqlmodel import Field, UTCDateTime

from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.petition import AnsweredWhere, Authority, RaisedWhen, Result
from workflow.domain.verdict import Verdict
from workflow.store.table_base import KEY, Kept, identifier, later, words


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
    folded: str = later(KEY, "''")


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
    part_of: str | None = Field(sa_type=KEY)
    parts: int = later(Integer, "0")
    event_on: date | None
    stopped: bool = later(Boolean, "false")
    extended: bool = later(Boolean, "false")
    organization: str = later(Text, "''")
    counts_since: date | None
    counts_until: date | None
    owner_key: str | None = Field(sa_type=KEY)


class RaisedPetition(Kept, table=True):
    """A petition as lists show it."""

    __tablename__ = "petitions"

    plan_id: str = identifier(primary=True, of_plan=True)
    petition_id: str = identifier(primary=True)
    place: int
    text: str = Field(sa_type=Text)
    petitioner_name: str | None = Field(sa_type=Text)
    petitioner_unit: str | None = Field(sa_type=Text)
    anonymous: bool
    raised_when: RaisedWhen = Field(sa_type=words(RaisedWhen))
    raised_on: date
    topic: str | None = Field(sa_type=Text)
    authority: Authority | None = Field(sa_type=words(Authority))
    lead: str | None = Field(sa_type=Text)
    duplicate_of: str | None = Field(sa_type=KEY)
    answered_where: AnsweredWhere | None = Field(sa_type=words(AnsweredWhere))
    result: Result | None = Field(sa_type=words(Result))
    answered_on: date | None
    document_number: str | None = Field(sa_type=Text)
    told_on: date | None
    step: str | None = Field(sa_type=KEY)
    organization: str = Field(sa_type=Text)
    folded: str = Field(sa_type=KEY)
    lead_key: str | None = Field(sa_type=KEY)


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
