"""Today: what needs somebody, the most pressing first, from read tables alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from calendars.working_calendar import WorkingCalendar
from workflow.domain.cycle import StepStatus
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Standing, working_days_late
from workflow.domain.zone import day_of
from workflow.ports import Person, PlanRow, StepFilter, StepRow

NEAR = timedelta(days=7)
UNDER_WAY = (Standing.WAITING, Standing.RUNNING_IN_TIME)
_DAY = timedelta(days=1)


class Group(StrEnum):
    """Why a step stands among what needs somebody, the most pressing first."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEAR = "near"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Need:
    """A step that needs somebody. `working_days`: how many it is late, or how many are left after today.

    `open` False: it still waits for other steps.
    """

    group: Group
    plan_id: str
    plan_title: str
    organization: str
    step: str
    name: str
    owner: str | None
    due_on: date
    working_days: int
    projected: bool
    provisional: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """The needs of one group: the first of them, and how many there are in all."""

    group: Group
    count: int
    needs: tuple[Need, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.needs)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What waits for a coordinator: petitions that no unit leads yet, notices that reached nobody."""

    petitions: int
    undelivered: int
    pending: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the first page at one instant. `unit`: whose needs these are; None: everybody's.

    `plans`: how many plans run, and how many there are at all. `decisions` None: they are somebody else's.
    """

    today: date
    unit: str | None
    piles: Mapping[Group, Pile]
    running: int
    plans: int
    decisions: Decisions | None

    @property
    def calm(self) -> bool:
        """Whether nothing is overdue or due soon."""
        return not any(pile.count for pile in self.piles.values())


def unit_of(person: Person) -> str | None:
    """Whose needs a person sees: officers and heads what their own unit owes, everybody else what anybody owes."""
    return person.unit if person.role in (Audience.OWNER, Audience.HEAD) else None


def asked_of(group: Group, at: datetime, organizations: frozenset[str] | None, unit: str | None) -> StepFilter:
    """Which steps stand in a group at an instant: each part, and not what it is a part of."""
    today = day_of(at)
    base = StepFilter(
        organizations=organizations,
        owners=frozenset({unit}) if unit is not None else None,
        standings=frozenset(UNDER_WAY),
        leaves=True,
    )
    if group is Group.OVERDUE:
        return replace(base, standings=frozenset({Standing.RUNNING_OVERDUE}))
    if group is Group.TODAY:
        return replace(base, due_since=today, due_until=today + _DAY)
    if group is Group.NEAR:
        return replace(base, due_since=today + _DAY, due_until=today + NEAR + _DAY)
    return replace(base, due_until=today)


def needs(
    group: Group,
    steps: Sequence[StepRow],
    plans: Mapping[str, PlanRow],
    at: datetime,
    calendar_of: Callable[[PlanRow], WorkingCalendar],
) -> tuple[Need, ...]:
    """The steps of a group as needs, in their order."""
    known = ((step, plans[step.plan_id]) for step in steps if step.plan_id in plans)
    return tuple(_need(group, step, plan, at, calendar_of(plan)) for step, plan in known if step.due_on is not None)


def _need(group: Group, step: StepRow, plan: PlanRow, at: datetime, calendar: WorkingCalendar) -> Need:
    assert step.due_on is not None
    return Need(
        group=group,
        plan_id=plan.plan_id,
        plan_title=plan.title,
        organization=plan.organization,
        step=step.key,
        name=step.name,
        owner=step.owner,
        due_on=step.due_on,
        working_days=_working_days(group, step, at, calendar),
        projected=step.projected,
        provisional=step.provisional,
        open=step.status is StepStatus.OPEN,
    )


def _working_days(group: Group, step: StepRow, at: datetime, calendar: WorkingCalendar) -> int:
    if group is Group.OVERDUE and step.due_at is not None:
        return working_days_late(at, step.due_at, calendar)
    return working_days_left(day_of(at), step.due_on, calendar) if step.due_on is not None else 0


def working_days_left(today: date, due_on: date, calendar: WorkingCalendar) -> int:
    """Working days after today up to and including the due date; 0 when it is today or past."""
    if due_on <= today:
        return 0
    return calendar.count(today + _DAY, due_on + _DAY)
