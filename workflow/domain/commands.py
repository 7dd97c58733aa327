"""What people, and the clock, ask of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Ladder
from workflow.domain.petition import Answer, Authority, Petitioner, RaisedWhen
from workflow.domain.verdict import Tally


@dataclass(frozen=True, slots=True)
class StartPlan:
    """Start a plan under an id that is not in use; `started_on` may lie in the past, never in the future."""

    plan_id: str
    definition: PlanDefinition
    started_on: date


@dataclass(frozen=True, slots=True)
class SetMeeting:
    """Give the meeting a day, or move it."""

    on: date
    at: time | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class CompleteStep:
    """Record that a step ended on `happened_on` (None: at the instant of recording), with its proof."""

    step: str
    happened_on: date | None = None
    document_number: str | None = None
    document_on: date | None = None
    file: str | None = None
    note: str | None = None
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class PostponeMeeting:
    """Take the meeting's day away until another is set; `month` (year, month) when that much is known."""

    reason: str
    month: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ExtendStep:
    """Use the longer limit that the plan allows, once, before the first limit ends.

    `reason`: one of the plan's (`StepDefinition.extend_reasons`) where it names any; `words`: the case in words.
    `n`: how many units in all from the same event; None: as many as the plan allows. `approved_by`: the name of who
    approved; that the person holds the chair's role is checked by the service. `approved_on`: the day of the approval,
    None: the instant of recording.
    """

    step: str
    reason: str
    words: str
    approved_by: str
    n: int | None = None
    approved_on: date | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class AskExtension:
    """Ask the chair for the longer limit that the plan allows; `n` and the rest as in `ExtendStep`."""

    step: str
    reason: str
    words: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class DeclineExtension:
    """Say no to a longer limit that was asked for."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectCompletion:
    """Put right what was recorded of a step's end; None leaves a field as it was. The log keeps both."""

    step: str
    reason: str
    happened_on: date | None = None
    document_number: str | None = None
    document_on: date | None = None
    file: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SkipStep:
    """Say that a step does not apply to this plan ("không áp dụng"); what waits for it goes on."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenStep:
    """Take back the end, or the skipping, of a step."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give an unfinished step to another unit."""

    step: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Say "seen": repeats of the rungs reached stop, the next rung does not."""

    step: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """No repeats before the morning of `until`; the next rung comes all the same."""

    step: str
    until: date


@dataclass(frozen=True, slots=True)
class StopClock:
    """Stop the clock of a step while it waits for somebody else; `stopped_on` None: today."""

    step: str
    reason: str
    stopped_on: date | None = None


@dataclass(frozen=True, slots=True)
class RestartClock:
    """Let a stopped clock run again from `restarted_on` on (None: today); the time stopped is added to the limit."""

    step: str
    restarted_on: date | None = None


@dataclass(frozen=True, slots=True)
class FanOut:
    """Share a step that fans out over agencies or units among these units, each with its own clock."""

    step: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaisePetition:
    """Take down a petition; its id follows from the order of raising."""

    text: str
    petitioner: Petitioner
    raised_when: RaisedWhen
    raised_on: date | None = None
    topic: str | None = None
    authority: Authority | None = None
    lead: str | None = None
    coordinating: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassifyPetition:
    """Say what a petition is about and who answers it; every field replaces what was there."""

    petition: str
    topic: str | None
    authority: Authority | None
    lead: str | None
    coordinating: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergePetition:
    """Say that a petition repeats another one, which is answered for both."""

    petition: str
    duplicate_of: str


@dataclass(frozen=True, slots=True)
class AnswerPetition:
    """Record the answer to a petition; the part of the plan that owed it ends with it."""

    petition: str
    answer: Answer
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class TellPetitioner:
    """Record the day on which the petitioner was told of the answer."""

    petition: str
    told_on: date


@dataclass(frozen=True, slots=True)
class TransferPetition:
    """Pass a petition on to another authority: its part changes owner and its clock starts anew from that day."""

    petition: str
    authority: Authority
    lead: str
    reason: str
    transferred_on: date | None = None


@dataclass(frozen=True, slots=True)
class AdoptLadder:
    """Escalate by this ladder from now on; rungs already reached stay reached."""

    ladder: Ladder


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """Call the plan off, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class AdoptCalendar:
    """Count every open limit anew on the calendar in force, save those of the steps in `keep`."""

    keep: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sweep:
    """Let the clock act: open what opens and owe what is owed at every instant before `until` (exclusive)."""

    until: datetime


Command = (
    StartPlan
    | SetMeeting
    | PostponeMeeting
    | CompleteStep
    | CorrectCompletion
    | SkipStep
    | ReopenStep
    | ExtendStep
    | AskExtension
    | DeclineExtension
    | HandOver
    | Acknowledge
    | Snooze
    | StopClock
    | RestartClock
    | FanOut
    | RaisePetition
    | ClassifyPetition
    | MergePetition
    | AnswerPetition
    | TellPetitioner
    | TransferPetition
    | AdoptLadder
    | AdoptCalendar
    | CancelPlan
    | Sweep
)
