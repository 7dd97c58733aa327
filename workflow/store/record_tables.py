"""The tables of what is not read from the log: notices, people, what offices set, what keeps the machine going."""

from datetime import date, datetime

from sqlalchemy import Boolean, Text
from sqlmodel import Field, UTCDateTime

from workflow.domain.definition import PlanKind
from workflow.domain.ladder import Audience
from workflow.ports import NoticeStatus
from workflow.store.table_base import KEY, Kept, identifier, later, words


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
    about: str = later(Text, "''")


class SeatedPerson(Kept, table=True):
    """A person in the directory; the last three columns are what is searched and compared."""

    __tablename__ = "people"

    person_id: str = identifier(primary=True)
    name: str = Field(sa_type=Text)
    email: str | None = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    role: Audience = Field(sa_type=words(Audience))
    organization: str = Field(sa_type=Text)
    administrator: bool = later(Boolean, "false")
    active: bool = later(Boolean, "true")
    folded: str = later(KEY, "''")
    organization_key: str = later(KEY, "''")
    email_key: str = later(KEY, "''")


class SeatedOrganization(Kept, table=True):
    """An organization in the tree; `former` is a JSON list."""

    __tablename__ = "organizations"

    organization_id: str = identifier(primary=True)
    name: str = Field(sa_type=Text)
    parent_id: str | None = Field(sa_type=KEY)
    former: str = Field(sa_type=Text)


class PersonContact(Kept, table=True):
    """Where a person is reached over another channel than mail; `place` orders a person's contacts."""

    __tablename__ = "contacts"

    person_id: str = identifier(primary=True)
    place: int = Field(primary_key=True)
    channel: str = Field(sa_type=Text)
    address: str = Field(sa_type=Text)


class AwayPerson(Kept, table=True):
    """A person is away."""

    __tablename__ = "absences"

    absence_id: str = identifier(primary=True)
    person_id: str = identifier()
    since: date
    until: date
    substitute_id: str | None = Field(sa_type=KEY)


class KindsLadder(Kept, table=True):
    """The ladder of a kind of plan as JSON; `payload` None: the one that is shipped, again."""

    __tablename__ = "ladders"

    kind: PlanKind = Field(sa_type=words(PlanKind), primary_key=True)
    payload: str | None = Field(sa_type=Text)
    set_at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(sa_type=Text)


class AdoptedDecision(Kept, table=True):
    """A decision on days off and worked that was adopted here."""

    __tablename__ = "decisions"

    name: str = identifier(primary=True)
    text: str = Field(sa_type=Text)
    adopted_at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(sa_type=Text)


class DaysAnchor(Kept, table=True):
    """What bound all logs together on a day; `heads` is a JSON list."""

    __tablename__ = "anchors"

    day: date = Field(primary_key=True)
    digest: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    heads: str = Field(sa_type=Text)
    made_at: datetime = Field(sa_type=UTCDateTime)


class Heartbeat(Kept, table=True):
    """When a recurring job last came to its end."""

    __tablename__ = "heartbeats"

    job: str = identifier(primary=True)
    last_at: datetime = Field(sa_type=UTCDateTime)


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


class Installation(Kept, table=True):
    """The one row that names this database."""

    __tablename__ = "installation"

    installation_id: str = identifier(primary=True)
