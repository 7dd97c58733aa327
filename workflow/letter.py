"""What one message tells one person: facts without words. Services gather it, `workflow.notify.render` words it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from workflow.domain.ladder import Audience, Rung
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
class Reminder:
    """The rung that a matter is told for: when it was owed, which repeat it is (from 0).

    `rung` None: the ladder has lost it since. `stands_in`: the person is told because nobody holds the seat meant.
    """

    rung: Rung | None
    ordinal: int
    owed_at: datetime
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """One step that a person is told about. `waiting_for`: names of the unfinished steps before it.

    `limit` None: no firm limit; `limit_to_come` tells whether one follows once an event's day is known.
    `reminder` None: it stands in a digest only.
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

    @property
    def overdue(self) -> bool:
        """Whether the firm limit has passed."""
        return self.standing is Standing.RUNNING_OVERDUE


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person, the most urgent first. `role` None: the person is in the directory no more.

    `matters` have a rung each; `others` are the rest of a digest. `digest_on`: the day of the digest, None without
    one. `undelivered`: how many notices reached nobody, None where that is not the person's business.
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

    @property
    def everything(self) -> tuple[Matter, ...]:
        """All that is told, in order."""
        return self.matters + self.others


def urgency(matter: Matter) -> tuple[bool, datetime, str, str]:
    """The order of matters in a letter: the earliest limit first, those without a limit last."""
    due_at = matter.limit.due_at if matter.limit is not None else _NEVER
    return matter.limit is None, due_at, matter.plan_id, matter.step


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
