"""What happened to a plan. Events are the record: everything else is computed from them.

`happened_at` (of `Recorded`) is what the law counts, `recorded_at` when the system learned of it; both aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from workflow.domain.definition import PlanDefinition
from workflow.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PlanStarted:
    """The plan runs from now on, under this definition and this version of its calendar."""

    definition: PlanDefinition
    calendar_version: str


@dataclass(frozen=True, slots=True)
class MeetingSet:
    """The meeting has a day (`previous_on` None) or moved from `previous_on`."""

    on: date
    at: time | None
    place: str | None
    previous_on: date | None


@dataclass(frozen=True, slots=True)
class StepOpened:
    """All that the step waited for is done, so its owner can act.

    `known_at`: when that could be told, which is the opening itself, or the recording of a fact that came late.
    """

    step: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class DeadlineSet:
    """The step's limit as computed: revision 1, or a later one that replaces it.

    `due_at` is exclusive; `safe_on` the last working day on or before `due_on`; `projected` when it rests on an
    event whose day is not known; `provisional` when it rests on days no decision has settled. `why` names what
    caused it: "start", "meeting", "step:<key>", "calendar".
    """

    step: str
    revision: int
    due_on: date
    due_at: datetime
    safe_on: date
    event_on: date | None
    projected: bool
    provisional: bool
    why: str


@dataclass(frozen=True, slots=True)
class DeadlineLifted:
    """The step has no limit any more, or none that can be computed."""

    step: str
    revision: int
    why: str


@dataclass(frozen=True, slots=True)
class StepCompleted:
    """The step ended at `happened_at`. The verdict is given here, once, against the limit named here."""

    step: str
    verdict: Verdict
    due_on: date | None
    late_working_days: int
    document_number: str | None = None
    document_on: date | None = None
    file: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StepJudged:
    """A step that had ended while its limit was only projected is judged, now that the limit is firm."""

    step: str
    verdict: Verdict
    due_on: date
    late_working_days: int


@dataclass(frozen=True, slots=True)
class RungReached:
    """A rung of the ladder is owed for this revision of the step's limit (revision 0: its opening)."""

    step: str
    revision: int
    rung: str


@dataclass(frozen=True, slots=True)
class CalendarAdopted:
    """From now on the plan's open limits are counted on this version of its calendar."""

    calendar_version: str


@dataclass(frozen=True, slots=True)
class PlanCompleted:
    """Every step has ended."""


@dataclass(frozen=True, slots=True)
class PlanCancelled:
    """The plan was called off; nothing in it is owed any more."""

    reason: str


Event = (
    PlanStarted
    | MeetingSet
    | StepOpened
    | DeadlineSet
    | DeadlineLifted
    | StepCompleted
    | StepJudged
    | RungReached
    | CalendarAdopted
    | PlanCompleted
    | PlanCancelled
)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event decided, with the instant that the law counts."""

    event: Event
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the log of one plan: `version` counts from 1 without a gap."""

    plan_id: str
    version: int
    event: Event
    happened_at: datetime
    recorded_at: datetime
    actor: str
