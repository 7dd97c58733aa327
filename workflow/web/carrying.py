"""Carrying out what a form asks, and telling a refusal where it belongs: beside a field, or with what others changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import FormData

from calendars import CalendarError
from calendars.rules import RuleError
from workflow.domain.commands import Command
from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput, Conflict, PlanNotFound, StepUnknown
from workflow.services import plans
from workflow.services.as_seen import ChangedMeanwhile, handle_as_seen
from workflow.services.history import history_of
from workflow.services.plans import DueChange
from workflow.store.errors import DatabaseError
from workflow.web import forms
from workflow.web.failures import status_of, words_of
from workflow.web.forms import Refused
from workflow.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Change:
    """Something that somebody did to the plan meanwhile, as a sentence."""

    at: datetime
    who: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a form was not taken. `field`: beside which of its fields it is told; "" for the whole form."""

    field: str = ""
    words: str = ""
    changes: Sequence[Change] = ()
    status: int = 200


NO_COMPLAINT = Complaint()


def carry_out(visit: Visit, plan_id: str, command: Command, form: FormData) -> Cycle:
    """Do what a form asks. Raises `Refused` for what the form's own page should tell, other errors as they are."""
    return carry_out_as_seen(visit, plan_id, command, forms.version(form.get("version")))


def carry_out_as_seen(visit: Visit, plan_id: str, command: Command, seen: int) -> Cycle:
    """The same for a version of the plan that was seen."""
    application = visit.application
    try:
        cycle = handle_as_seen(
            application.store, application.terms_of, plan_id, command, at=visit.at, person=visit.asked, seen=seen
        )
    except (PlanNotFound, StepUnknown):
        raise
    except (BadInput, Conflict, CalendarError, RuleError, DatabaseError) as error:
        raise forms.complaint(error) from error
    visit.request.app.state.on_change(plan_id)
    return cycle


def preview(visit: Visit, plan_id: str, command: Command) -> list[DueChange]:
    """Which limits a command would move. Raises `Refused`."""
    application = visit.application
    try:
        return plans.preview(
            application.store, application.terms_of, plan_id, command, at=visit.at, actor=visit.asked.person_id
        )
    except (PlanNotFound, StepUnknown):
        raise
    except (BadInput, Conflict, CalendarError, RuleError) as error:
        raise forms.complaint(error) from error


def complaint_of(visit: Visit, cycle: Cycle, refused: Refused | None) -> Complaint:
    """A refusal as the form's page tells it; nothing when there was none."""
    if refused is None:
        return NO_COMPLAINT
    error = refused.error
    changes = changes_told(visit, cycle, error) if isinstance(error, ChangedMeanwhile) else ()
    return Complaint(refused.field, words_of(error, visit.language), changes, int(status_of(error)))


def changes_told(visit: Visit, cycle: Cycle, error: ChangedMeanwhile) -> tuple[Change, ...]:
    """What others did meanwhile, oldest first."""
    with visit.application.store.reading() as uow:
        people = {person.person_id: person.name for person in uow.directory.all()}
    return tuple(
        Change(recorded.recorded_at, people.get(recorded.actor, recorded.actor), sentence)
        for recorded, sentence in history_of(error.changes, cycle, visit.language)
    )
