"""What one message tells one person: facts without words. Services gather it, `workflow.notify.render` words it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from calendars.rules import TraceDay
from workflow.domain.ladder import Audience, Rung
from workflow.domain.lint_findings import Severity
from workflow.domain.petition import Result
from workflow.domain.verdict import Standing


@dataclass(frozen=True, slots=True)
class Limit:
    """A firm limit: see `Deadline`, and how far away it is.

    `working_days_left` counts the days after the letter's own up to and including `due_on`, 0 once it has passed;
    `working_days_late` is 0 before the limit, then at least 1.
    """

    due_on: date
    due_at: datetime
    safe_on: date
    provisional: bool
    working_days_left: int
    working_days_late: int


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is away and in whose place another is told. `until`: the last day away."""

    name: str
    role: Audience
    unit: str
    until: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """The rung that a matter is told for: when it was owed, which repeat it is (from 0).

    `rung` None: the ladder has lost it since. `stands_in`: the person is told because nobody holds the seat meant.
    `in_place_of`: whose substitute the person is in this, None: nobody's.
    """

    rung: Rung | None
    ordinal: int
    owed_at: datetime
    stands_in: bool
    in_place_of: Seat | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One step that a person is told about. `waiting_for`: names of the unfinished steps before it.

    `limit` None: no firm limit; `limit_to_come` tells whether one follows once an event's day is known.
    `reminder` None: it stands in a digest only. `account`: how the limit was counted, day by day; empty where nothing
    is counted or it cannot be told. `basis`: the provisions that the count rests on. `revision`: of the limit.
    """

    plan_id: str
    plan_title: str
    step: str
    name: str
    owner: str | None
    standing: Standing
    limit: Limit | None
    limit_to_come: bool
    waiting_for: tuple[str, ...]
    needs_document: bool
    reminder: Reminder | None
    account: tuple[TraceDay, ...] = ()
    basis: tuple[str, ...] = ()
    revision: int = 0

    @property
    def overdue(self) -> bool:
        """Whether the firm limit has passed."""
        return self.standing is Standing.RUNNING_OVERDUE


class CauseKind(StrEnum):
    """What people did that moved limits."""

    MEETING_MOVED = "meeting_moved"
    MEETING_POSTPONED = "meeting_postponed"
    EXTENDED = "extended"
    HANDED_OVER = "handed_over"
    CALENDAR = "calendar"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that people did. `old` and `new`: days of the meeting, or owners of the step; `reason` in words."""

    kind: CauseKind
    step: str | None = None
    old: date | str | None = None
    new: date | str | None = None
    month: tuple[int, int] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A step whose limit moved, or whose owner changed; a limit that is None or not firm has no day to be told."""

    step: str
    name: str
    owner: str | None
    old_on: date | None
    new_on: date | None
    to_come: bool
    revision: int = 0

    @property
    def moved(self) -> bool:
        """Whether the limit is another one now."""
        return self.old_on != self.new_on or self.to_come


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one plan: why, and the limits old and new in the order of the document."""

    plan_id: str
    plan_title: str
    causes: tuple[Cause, ...]
    moves: tuple[Move, ...]


class NewsKind(StrEnum):
    """What a petitioner is told."""

    EXTENDED = "extended"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class PetitionNews:
    """What a petitioner is told, with no more of anybody's data than it takes.

    `old_on` and `new_on`: the day by which the answer was and is owed. `document_number`, `answered_on`, `result` and
    `summary`: of the answer; `elsewhere`: who answers, where the petition was passed on.
    """

    kind: NewsKind
    petition_id: str
    organization: str
    plan_title: str
    raised_on: date
    topic: str | None
    old_on: date | None = None
    new_on: date | None = None
    reason: str = ""
    answered_on: date | None = None
    document_number: str | None = None
    result: Result | None = None
    summary: str | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a coordinator should see to: a Vietnamese sentence with named fields, like an error's.

    `code` is stable. `plan_id`, `step` and `person_id` name what it is about, None where it is about none.
    `organization`: whose coordinators it is for, "": everybody's.
    """

    code: str
    severity: Severity
    template: str
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    plan_id: str | None = None
    step: str | None = None
    person_id: str | None = None
    organization: str = ""

    def __str__(self) -> str:
        return self.template.format_map(dict(self.fields))


@dataclass(frozen=True, slots=True)
class Seal:
    """The anchor of a day: one number that binds the logs of all plans as they stood then."""

    day: date
    digest: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person, the most urgent first. `role` None: the person is in the directory no more.

    `matters` have a rung each; `others` are the rest of a digest. `digest_on`: the day of the digest, None without
    one. `undelivered`: how many notices reached nobody, None where that is not the person's business. `changes`: what
    moved; `alerts` and `seal` stand in a digest. `news`: the letter is to a petitioner and says nothing else.
    """

    person_name: str
    address: str
    unit: str
    organization: str
    role: Audience | None
    matters: tuple[Matter, ...]
    others: tuple[Matter, ...]
    digest_on: date | None
    undelivered: int | None
    keys: tuple[str, ...]
    at: datetime
    changes: tuple[Change, ...] = ()
    alerts: tuple[Alert, ...] = ()
    seal: Seal | None = None
    news: PetitionNews | None = None

    @property
    def everything(self) -> tuple[Matter, ...]:
        """All that is told, in order."""
        return self.matters + self.others


def urgency(matter: Matter) -> tuple[bool, datetime, str, str]:
    """The order of matters in a letter: the earliest limit first, those without a limit last."""
    due_at = matter.limit.due_at if matter.limit is not None else _NEVER
    return matter.limit is None, due_at, matter.plan_id, matter.step


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
