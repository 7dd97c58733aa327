"""Changing a plan as a person saw it: what others changed meanwhile is told, what does not matter is let pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from workflow.domain.commands import Command, CompleteStep, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.errors import Conflict, StaleVersion
from workflow.domain.events import (
    CalendarAdopted,
    DeadlineLifted,
    DeadlineSet,
    Event,
    MeetingSet,
    PlanCancelled,
    Recorded,
    StepCompleted,
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
        if _already_done(command, since, person):
            return cycle
        changes = [recorded for recorded in since if _concerns(command, recorded.event)]
        if changes:
            raise ChangedMeanwhile(changes)
        try:
            return plans.handle(
                store, terms_of, plan_id, command, at=at, actor=person.person_id, expected=cycle.version
            )
        except StaleVersion:
            continue
    raise StaleVersion(plan=cycle.definition.title)


def _concerns(command: Command, event: Event) -> bool:
    """Whether an event changes what the command is about."""
    if isinstance(event, PlanCancelled):
        return True
    concern = _CONCERNS.get(type(command))
    return concern is not None and concern(command, event)


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
    return isinstance(event, MeetingSet | StepCompleted | CalendarAdopted)


_CONCERNS: dict[type[Command], Callable[[Command, Event], bool]] = {
    CompleteStep: _concerns_completion,
    SetMeeting: _concerns_meeting,
}


def _already_done(command: Command, since: Sequence[Recorded], person: Person) -> bool:
    """Whether the person has already recorded exactly this: a form sent twice."""
    return isinstance(command, CompleteStep) and any(
        recorded.actor == person.person_id
        and isinstance(recorded.event, StepCompleted)
        and recorded.event.step == command.step
        and (recorded.event.document_number or "") == (command.document_number or "").strip()
        and command.happened_on in (None, day_of(recorded.happened_at))
        for recorded in since
    )
