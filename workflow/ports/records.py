"""What the store keeps and gives back, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflow.domain.cycle import PlanStatus, StepStatus, standing_at
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.ladder import Audience
from workflow.domain.petition import AnsweredWhere, Authority, RaisedWhen, Result
from workflow.domain.verdict import Standing, Verdict


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person is reached over a channel other than mail, such as a chat or a webhook."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be told things and, with a role, can act. `email` None: cannot be reached by mail.

    An owner's people are those whose `unit` is the step's owner; `Audience.OWNER` stands for an officer.
    `contacts`: over which other channels the person is told as well. `administrator`: looks after the accounts of the
    organization and of those below it. `active` False: has left; neither signs in nor is told anything.
    """

    person_id: str
    name: str
    email: str | None
    unit: str
    role: Audience
    organization: str
    contacts: tuple[Contact, ...] = ()
    administrator: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away in [since, until); `substitute_id` is told and acts in their place, None: nobody does."""

    absence_id: str
    person_id: str
    since: date
    until: date
    substitute_id: str | None


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
    `about`: for a notice that tells of changes rather than of a rung, which: "<plan>@<from>-<to>" for the events with
    versions in (from, to], several separated by spaces; "<plan>#<petition>" for one to a petitioner; else "".
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
    about: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on the board: one row, read without its log. Counts are of steps; `calendar` is the name of its calendar.

    `folded`: the words that a search looks through, in small letters without accents.
    """

    plan_id: str
    title: str
    kind: PlanKind
    organization: str
    calendar: str
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
    folded: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as read tables keep it. `wake_at`: when the clock next owes it something; None never.

    Due fields are None without a limit; instants are aware. `part_of`: the step that this is a part of; `parts`: how
    many parts it has itself, 0 when it does not fan out: reports count parts, not what they are parts of.
    `event_on`: the day that the limit counts from, None for a fixed date. `counts_since`, `counts_until`: of an
    unfinished step, the days [since, until) whose change from worked to off, or back, can move its limit.
    `owner_key`: the owner as units are compared.
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
    part_of: str | None = None
    parts: int = 0
    event_on: date | None = None
    stopped: bool = False
    extended: bool = False
    organization: str = ""
    counts_since: date | None = None
    counts_until: date | None = None
    owner_key: str | None = None

    def standing(self, at: datetime) -> Standing:
        """Where the step stands at an instant; the same answer as `StepState.standing`."""
        return standing_at(at, status=self.status, verdict=self.verdict, due_at=self.due_at, projected=self.projected)


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition as read tables keep it. `step`: the part of the plan that owes its answer, None while there is none.

    `folded`: the words that a search looks through, in small letters without accents. `lead_key`: the lead unit as
    units are compared.
    """

    plan_id: str
    petition_id: str
    place: int
    text: str
    petitioner_name: str | None
    petitioner_unit: str | None
    anonymous: bool
    raised_when: RaisedWhen
    raised_on: date
    topic: str | None
    authority: Authority | None
    lead: str | None
    duplicate_of: str | None
    answered_where: AnsweredWhere | None
    result: Result | None
    answered_on: date | None
    document_number: str | None
    told_on: date | None
    step: str | None
    organization: str = ""
    folded: str = ""
    lead_key: str | None = None


@dataclass(frozen=True, slots=True)
class AdoptedNotice:
    """A decision on days off and worked that was adopted after this version was made: the text of its .toml file."""

    name: str
    text: str
    adopted_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """All logs as they stood once a day: `heads` is "<plan> <version> <hash>" by id, `digest` binds it and `previous`."""

    day: date
    digest: str
    previous: str
    heads: tuple[str, ...]
    made_at: datetime


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


@dataclass(frozen=True, slots=True)
class TableFault:
    """A cell of the read tables that is not as the log says.

    `place`: "plan", "step <key>", "petition <id>" or "revision <step>/<n>". `column` is "row" for a row that is missing, there although
    it should not be, or unreadable.
    """

    place: str
    column: str
    expected: object
    found: object
