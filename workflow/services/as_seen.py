"""Changing a plan as a person saw it: what others changed meanwhile is told, what does not matter is let pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType

from workflow.domain.commands import (
    Acknowledge,
    AnswerPetition,
    AskExtension,
    ClassifyPetition,
    Command,
    CompleteStep,
    CorrectCompletion,
    DeclineExtension,
    ExtendStep,
    FanOut,
    HandOver,
    MergePetition,
    PostponeMeeting,
    RaisePetition,
    ReopenStep,
    RestartClock,
    SetMeeting,
    SkipStep,
    Snooze,
    StopClock,
    TellPetitioner,
    TransferPetition,
)
from workflow.domain.cycle import Cycle
from workflow.domain.errors import Conflict, StaleVersion
from workflow.domain.events import (
    CalendarAdopted,
    ClockRestarted,
    ClockStopped,
    CompletionCorrected,
    DeadlineExtended,
    DeadlineLifted,
    DeadlineSet,
    Event,
    ExtensionAsked,
    ExtensionDeclined,
    MeetingPostponed,
    MeetingSet,
    PetitionAnswered,
    PetitionClassified,
    PetitionerTold,
    PetitionMerged,
    PetitionRaised,
    PetitionTransferred,
    PlanCancelled,
    Recorded,
    RungReached,
    StepAcknowledged,
    StepCompleted,
    StepHandedOver,
    StepOpened,
    StepReopened,
    StepSkipped,
    StepSnoozed,
)
from workflow.domain.zone import day_of
from workflow.ports import Person, Store
from workflow.services import permissions, plans, scopes
from workflow.services.terms import TermsOf

_TRIES = 5


class ChangedMeanwhile(Conflict):
    """Somebody else changed what the command is about; `changes` are those events, oldest first."""

    template = "Trong lúc bạn nhập, việc này đã có thay đổi; hãy xem thay đổi rồi quyết định."

    def __init__(self, changes: Sequence[Recorded]) -> None:
        self.changes = tuple(changes)
        super().__init__()


def handle_as_seen(
    store: Store, terms_of: TermsOf, plan_id: str, command: Command, *, at: datetime, person: Person, seen: int
) -> Cycle:
    """Carry out a person's command on the plan of which they saw version `seen`; the new state.

    Changes made since by others to what the command is about raise `ChangedMeanwhile`; changes elsewhere in the plan
    do not matter. The same person's same command repeated has no second effect. Raises `PlanNotFound`, for a plan outside
    the person's scope, too, `NotPermitted`, and whatever `handle` refuses with.
    """
    for _ in range(_TRIES):
        with store.reading() as uow:
            cycle = scopes.plan(uow, person, plan_id)
            permissions.check(person, command, cycle)
            since = [r for r in uow.plans.log(plan_id) if r.version > seen] if cycle.version > seen else []
        if already_done(command, since, person):
            return cycle
        changes = changes_for(command, since)
        if changes:
            raise ChangedMeanwhile(changes)
        try:
            return plans.handle(
                store, terms_of, plan_id, command, at=at, actor=person.person_id, expected=cycle.version
            )
        except StaleVersion:
            continue
    raise StaleVersion(plan=cycle.definition.title)


def changes_for(command: Command, since: Sequence[Recorded]) -> list[Recorded]:
    """Those of some events that change what a command is about."""
    return [recorded for recorded in since if _concerns(command, recorded.event)]


def _concerns(command: Command, event: Event) -> bool:
    """Whether an event changes what the command is about."""
    if isinstance(event, PlanCancelled):
        return True
    concern = _CONCERNS.get(type(command), _concerns_its_own)
    return concern(command, event)


def _concerns_completion(command: Command, event: Event) -> bool:
    """The step itself was completed, or its limit was moved by people (not just by the steps before it)."""
    assert isinstance(command, CompleteStep)
    if isinstance(event, StepCompleted):
        return event.step == command.step
    if isinstance(event, DeadlineSet | DeadlineLifted):
        return event.step == command.step and event.why in ("meeting", "calendar")
    return False


def _concerns_meeting(_command: Command, event: Event) -> bool:
    """Anything that moves limits: the preview that the person confirmed may no longer hold."""
    return isinstance(event, MeetingSet | MeetingPostponed | StepCompleted | CalendarAdopted)


def _concerns_its_own(command: Command, event: Event) -> bool:
    """Something was done to the step, or to the petition, that the command is about, or its limit moved."""
    if isinstance(event, _BY_THE_CLOCK):
        return False
    step, petition = getattr(command, "step", None), getattr(command, "petition", None)
    if step is not None and getattr(event, "step", None) == step:
        return True
    return petition is not None and getattr(event, "petition", None) == petition


def _never(_command: Command, _event: Event) -> bool:
    return False


_BY_THE_CLOCK = (StepOpened, RungReached, StepAcknowledged, StepSnoozed)
_CONCERNS: Mapping[type[Command], Callable[[Command, Event], bool]] = MappingProxyType(
    {
        CompleteStep: _concerns_completion,
        SetMeeting: _concerns_meeting,
        PostponeMeeting: _concerns_meeting,
        Acknowledge: _never,
        Snooze: _never,
        RaisePetition: _never,
        FanOut: _never,
    }
)


def already_done(command: Command, since: Sequence[Recorded], person: Person) -> bool:
    """Whether the person has already recorded exactly this: a form sent twice."""
    return any(recorded.actor == person.person_id and _did(command, recorded) for recorded in since)


def _did(command: Command, recorded: Recorded) -> bool:
    event = recorded.event
    if isinstance(command, CompleteStep):
        return (
            isinstance(event, StepCompleted)
            and event.step == command.step
            and (event.document_number or "") == (command.document_number or "").strip()
            and command.happened_on in (None, day_of(recorded.happened_at))
        )
    if isinstance(command, RaisePetition):
        told = (command.text.strip(), command.petitioner)
        return isinstance(event, PetitionRaised) and (event.petition.text, event.petition.petitioner) == told
    kind = _OUTCOME.get(type(command))
    return kind is not None and isinstance(event, kind) and _says_the_same(command, event)


def _says_the_same(command: Command, event: Event) -> bool:
    """Whether what both have in common is the same; a correction bears more than was asked, so its reason decides."""
    names = {"step", "reason"} if isinstance(command, CorrectCompletion) else {field.name for field in fields(command)}
    shared = names & {field.name for field in fields(event)}
    return all(_bare(getattr(command, name)) == _bare(getattr(event, name)) for name in shared)


def _bare(value: object) -> object:
    return value.strip() or None if isinstance(value, str) else value


_OUTCOME: Mapping[type[Command], type[Event]] = MappingProxyType(
    {
        CorrectCompletion: CompletionCorrected,
        ExtendStep: DeadlineExtended,
        AskExtension: ExtensionAsked,
        DeclineExtension: ExtensionDeclined,
        HandOver: StepHandedOver,
        StopClock: ClockStopped,
        RestartClock: ClockRestarted,
        SkipStep: StepSkipped,
        ReopenStep: StepReopened,
        PostponeMeeting: MeetingPostponed,
        ClassifyPetition: PetitionClassified,
        MergePetition: PetitionMerged,
        AnswerPetition: PetitionAnswered,
        TellPetitioner: PetitionerTold,
        TransferPetition: PetitionTransferred,
    }
)
"""What each command leads to, for those whose form may be sent twice."""
