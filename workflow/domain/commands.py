"""What people, and the clock, ask of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from workflow.domain.definition import PlanDefinition


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


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """Call the plan off, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class AdoptCalendar:
    """Count every open limit anew on the calendar in force."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Let the clock act: open what opens and owe what is owed at every instant before `until` (exclusive)."""

    until: datetime


Command = StartPlan | SetMeeting | CompleteStep | CancelPlan | AdoptCalendar | Sweep
