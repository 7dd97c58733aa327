"""What happened to a plan. Events are the record: everything else is computed from them.

`happened_at` (of `Recorded`) is what the law counts, `recorded_at` when the system learned of it; both aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from calendars.rules import Rule
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Ladder
from workflow.domain.petition import Answer, Authority, Petition
from workflow.domain.verdict import Tally, Verdict


@dataclass(frozen=True, slots=True)
class PlanStarted:
    """The plan runs from now on, under this definition, this version of its calendar and this ladder.

    `ladder` None: the ladder by default, in logs that are older than ladders of one's own.
    """

    definition: PlanDefinition
    calendar_version: str
    ladder: Ladder | None = None


@dataclass(frozen=True, slots=True)
class MeetingSet:
    """The meeting has a day (`previous_on` None) or moved from `previous_on`."""

    on: date
    at: time | None
    place: str | None
    previous_on: date | None


@dataclass(frozen=True, slots=True)
class MeetingPostponed:
    """The meeting has no day any more; `month` (year, month) when that much is known of the next."""

    reason: str
    month: tuple[int, int] | None
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
    caused it: "start", "meeting", "calendar", "part", "extension", "stop", "restart", "transfer:<petition>", or what
    became of a step: "step:<key>", "skip:<key>", "reopen:<key>", "correct:<key>".
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
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class CompletionCorrected:
    """What was recorded of a step's end is put right: every field as it stands now, `happened_at` the corrected one."""

    step: str
    reason: str
    verdict: Verdict
    due_on: date | None
    late_working_days: int
    document_number: str | None
    document_on: date | None
    file: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """The step does not apply to this plan."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepReopened:
    """The end, or the skipping, of the step was taken back."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepHandedOver:
    """The step belongs to another unit. `why`: in words; "rung:<name>" of the ladder; "petition:<id>" whose lead changed."""

    step: str
    owner: str
    previous: str | None
    why: str


@dataclass(frozen=True, slots=True)
class DeadlineExtended:
    """The step's limit follows this longer rule from now on, from the same event; once."""

    step: str
    rule: Rule | None
    reason: str
    words: str
    approved_by: str
    document_number: str | None


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """Somebody asks for the longer limit, of `n` units in all (None: as many as the plan allows)."""

    step: str
    reason: str
    words: str
    n: int | None


@dataclass(frozen=True, slots=True)
class ExtensionDeclined:
    """The longer limit that was asked for is not granted."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlineKept:
    """The step's limit stays as it is although the calendar has changed under it, until something else moves it."""

    step: str
    revision: int


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """The step waits for somebody else from `happened_at` on: it has no limit meanwhile."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClockRestarted:
    """The step's clock runs again from `happened_at` on."""

    step: str


@dataclass(frozen=True, slots=True)
class PartAdded:
    """A step has one more part, "<step>.<item>": a step of its own for one petition, unit or turn (`n`, from 1)."""

    step: str
    part: str
    item: str
    name: str
    owner: str | None
    coordinating: tuple[str, ...]
    n: int | None = None


@dataclass(frozen=True, slots=True)
class StepAcknowledged:
    """Somebody has seen that the step is owed; no repeats under this revision of its ladder."""

    step: str
    revision: int


@dataclass(frozen=True, slots=True)
class StepSnoozed:
    """No repeats before the day `until` under this revision of its ladder."""

    step: str
    revision: int
    until: date


@dataclass(frozen=True, slots=True)
class PetitionRaised:
    """A petition was taken down; as yet without an answer."""

    petition: Petition


@dataclass(frozen=True, slots=True)
class PetitionClassified:
    """What a petition is about and who answers it."""

    petition: str
    topic: str | None
    authority: Authority | None
    lead: str | None
    coordinating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PetitionMerged:
    """A petition repeats another one."""

    petition: str
    duplicate_of: str


@dataclass(frozen=True, slots=True)
class PetitionAnswered:
    """A petition has its answer."""

    petition: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class PetitionerTold:
    """The petitioner was told of the answer on this day."""

    petition: str
    told_on: date


@dataclass(frozen=True, slots=True)
class PetitionTransferred:
    """Another authority owes the answer from `happened_at` on."""

    petition: str
    authority: Authority
    lead: str
    reason: str
    previous_lead: str | None


@dataclass(frozen=True, slots=True)
class LadderAdopted:
    """The plan escalates by this ladder from now on."""

    ladder: Ladder


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
    | MeetingPostponed
    | StepOpened
    | DeadlineSet
    | DeadlineLifted
    | DeadlineExtended
    | ExtensionAsked
    | ExtensionDeclined
    | DeadlineKept
    | ClockStopped
    | ClockRestarted
    | StepCompleted
    | CompletionCorrected
    | StepJudged
    | StepSkipped
    | StepReopened
    | StepHandedOver
    | PartAdded
    | StepAcknowledged
    | StepSnoozed
    | PetitionRaised
    | PetitionClassified
    | PetitionMerged
    | PetitionAnswered
    | PetitionerTold
    | PetitionTransferred
    | RungReached
    | LadderAdopted
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
