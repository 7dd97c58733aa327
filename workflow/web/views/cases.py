"""What an act on a step needs to know: the step in its plan, who asks, and what the step's state allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from calendars.rules import Within
from workflow.domain import commands as c
from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.definition import ForEach
from workflow.domain.due import rule_in_force
from workflow.web.blanks import Blank, Typed


@dataclass(frozen=True, slots=True)
class Seat:
    """Who fills the form in, when, and what the forms suggest. `chair`: the person's name when they chair the plan."""

    today: date
    chair: str = ""
    chairs: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """The step that an act is about, in its plan."""

    cycle: Cycle
    state: StepState
    seat: Seat

    @property
    def key(self) -> str:
        """The step's key."""
        return self.state.definition.key

    @property
    def fanned(self) -> bool:
        """Whether the work is done in its parts."""
        return self.key in self.cycle.fanned


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do to a step. `moves`: limits may move, so they are previewed before anything is recorded.

    `offered`: whether the step's state allows it; who may is asked of the permissions, with `sample`.
    """

    name: str
    title: str
    lead: str
    button: str
    blanks: Callable[[Case], tuple[Blank, ...]]
    command: Callable[[Typed, str, str | None], c.Command]
    sample: Callable[[str], c.Command]
    offered: Callable[[Case], bool]
    moves: bool = False
    done: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that the reader can do now, as the step's page lists it."""

    name: str
    title: str
    main: bool


def running(case: Case) -> bool:
    """Whether the plan takes changes."""
    return case.cycle.status is PlanStatus.RUNNING


def unfinished(case: Case) -> bool:
    """Whether the step is still to be done."""
    return running(case) and not case.state.ended


def completable(case: Case) -> bool:
    """Whether it can be done now: open, whole, and no petition's."""
    own = case.cycle.petition_of(case.key) is None
    return running(case) and case.state.status is StepStatus.OPEN and own and not case.fanned


def whole(case: Case) -> bool:
    """Whether it is still to be done, and not in parts."""
    return unfinished(case) and not case.fanned


def firm(case: Case) -> bool:
    """Whether its limit is known for certain."""
    limit = case.state.deadline
    return whole(case) and limit is not None and not limit.projected


def acknowledgeable(case: Case) -> bool:
    """Whether there are repeats that «seen» would stop."""
    limit = case.state.deadline
    return firm(case) and limit is not None and limit.ladder_revision not in case.state.acknowledged


def stoppable(case: Case) -> bool:
    """Whether its limit is a period that runs."""
    extended = case.state.extended.rule if case.state.extended is not None else None
    rule = extended or rule_in_force(case.state.definition, case.cycle.plan, case.cycle.meeting)
    return firm(case) and isinstance(rule, Within) and not case.state.stopped


def skippable(case: Case) -> bool:
    """Whether it may be left out."""
    meeting = case.cycle.plan.meeting_step
    return unfinished(case) and (meeting is None or meeting.key != case.key)


def reopenable(case: Case) -> bool:
    """Whether its end may be taken back."""
    return case.cycle.status is not PlanStatus.CANCELLED and case.state.ended and not case.fanned


def correctable(case: Case) -> bool:
    """Whether what was recorded of its end may be put right."""
    return reopenable(case) and case.state.completion is not None


def shareable(case: Case) -> bool:
    """Whether it may be shared among units."""
    step = case.state.definition
    return unfinished(case) and step.part_of is None and step.for_each in (ForEach.AGENCY, ForEach.UNIT)


def extensible(case: Case) -> bool:
    """Whether the plan has a longer limit for it that is not used yet."""
    state = case.state
    limit = state.deadline
    return (
        unfinished(case)
        and not case.fanned
        and state.definition.extend is not None
        and state.extended is None
        and limit is not None
        and not limit.projected
    )
