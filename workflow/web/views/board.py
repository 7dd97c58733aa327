"""The board: what needs somebody today, then every plan in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from calendars.working_calendar import WorkingCalendar
from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Standing, working_days_late
from workflow.domain.zone import day_of
from workflow.ports import Person, PlanRow, StepRow

NEAR = timedelta(days=7)
UNDER_WAY = (Standing.WAITING, Standing.RUNNING_IN_TIME)


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
class PlanCard:
    """A plan in one line. `following`: the step with the next limit to come, the overdue ones left aside.

    `meeting_month` is (year, month) while only that is known.
    """

    row: PlanRow
    overdue: int
    following: StepRow | None
    meeting_month: tuple[int, int] | None

    @property
    def share(self) -> float:
        """How much of the plan is done, 0 to 1."""
        return self.row.done / self.row.steps if self.row.steps else 0.0


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board at one instant. `unit`: whose needs these are; None: everybody's."""

    today: date
    unit: str | None
    needs: Mapping[Group, Sequence[Need]]
    running: Sequence[PlanCard]
    ended: Sequence[PlanCard]
    undelivered: int
    pending: int


def board(
    rows: Sequence[PlanRow],
    steps: Sequence[StepRow],
    *,
    at: datetime,
    person: Person,
    calendar_of: Callable[[PlanRow], WorkingCalendar],
    undelivered: int,
    pending: int,
) -> Board:
    """The board for a person: officers and heads see what their own unit owes, everybody else what anybody owes."""
    unit = person.unit if person.role in (Audience.OWNER, Audience.HEAD) else None
    of_plan = _by_plan(steps)
    needs: dict[Group, list[Need]] = {group: [] for group in Group}
    for row in rows:
        if row.status is PlanStatus.RUNNING:
            for need in _needs(row, of_plan.get(row.plan_id, ()), at, calendar_of(row)):
                if unit is None or need.owner == unit:
                    needs[need.group].append(need)
    cards = [_card(row, of_plan.get(row.plan_id, ()), at) for row in rows]
    return Board(
        today=day_of(at),
        unit=unit,
        needs={group: sorted(found, key=lambda need: need.due_on) for group, found in needs.items()},
        running=[card for card in cards if card.row.status is PlanStatus.RUNNING],
        ended=[card for card in cards if card.row.status is not PlanStatus.RUNNING],
        undelivered=undelivered,
        pending=pending,
    )


def _by_plan(steps: Iterable[StepRow]) -> dict[str, list[StepRow]]:
    found: dict[str, list[StepRow]] = {}
    for step in steps:
        found.setdefault(step.plan_id, []).append(step)
    return found


def _needs(row: PlanRow, steps: Iterable[StepRow], at: datetime, calendar: WorkingCalendar) -> Iterator[Need]:
    for step in steps:
        group = _group(step, at)
        if group is not None and step.due_on is not None and step.due_at is not None:
            yield Need(
                group=group,
                plan_id=row.plan_id,
                plan_title=row.title,
                organization=row.organization,
                step=step.key,
                name=step.name,
                owner=step.owner,
                due_on=step.due_on,
                working_days=_working_days(group, step.due_on, step.due_at, at, calendar),
                projected=step.projected,
                provisional=step.provisional,
                open=step.status is StepStatus.OPEN,
            )


def _group(step: StepRow, at: datetime) -> Group | None:
    standing = step.standing(at)
    if standing is Standing.RUNNING_OVERDUE:
        return Group.OVERDUE
    if standing not in UNDER_WAY or step.due_on is None:
        return None
    today = day_of(at)
    if step.due_on < today:
        return Group.UNSETTLED
    if step.due_on == today:
        return Group.TODAY
    return Group.NEAR if step.due_on <= today + NEAR else None


def _working_days(group: Group, due_on: date, due_at: datetime, at: datetime, calendar: WorkingCalendar) -> int:
    if group is Group.OVERDUE:
        return working_days_late(at, due_at, calendar)
    return working_days_left(day_of(at), due_on, calendar)


def working_days_left(today: date, due_on: date, calendar: WorkingCalendar) -> int:
    """Working days after today up to and including the due date; 0 when it is today or past."""
    if due_on <= today:
        return 0
    return calendar.count(today + timedelta(days=1), due_on + timedelta(days=1))


def _card(row: PlanRow, steps: Sequence[StepRow], at: datetime) -> PlanCard:
    today = day_of(at)
    coming = [step for step in steps if step.standing(at) in UNDER_WAY and step.due_on and step.due_on >= today]
    return PlanCard(
        row=row,
        overdue=sum(step.standing(at) is Standing.RUNNING_OVERDUE for step in steps),
        following=min(coming, key=lambda step: step.due_on or date.max, default=None),
        meeting_month=_month(row.meeting_month),
    )


def _month(text: str | None) -> tuple[int, int] | None:
    """ "2026-05" as (2026, 5)."""
    if text is None:
        return None
    year, _, month = text.partition("-")
    return int(year), int(month)
