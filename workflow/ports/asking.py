"""What lists and reports ask of the read tables: filters, orders, the cells of the on-time report.

In a filter None (or "") asks nothing and several conditions all hold; an empty set is met by nothing. Periods are
half-open [since, until), an end that is None is open. Units are compared as everywhere: capitals and blanks aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.petition import Authority, RaisedWhen, Result
from workflow.domain.verdict import Standing
from workflow.ports.records import Notice, NoticeStatus, PetitionRow, PlanRow, StepRow


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which plans. `text`: words that all occur in the plan's title, number or organization, accents and case aside.

    `owner`: a unit that owes an unfinished step. `due_*`: the period of the plan's next limit; `meeting_*` of its
    meeting's day.
    """

    organizations: frozenset[str] | None = None
    plan_ids: frozenset[str] | None = None
    kinds: frozenset[PlanKind] | None = None
    statuses: frozenset[PlanStatus] | None = None
    text: str = ""
    owner: str | None = None
    due_since: date | None = None
    due_until: date | None = None
    meeting_since: date | None = None
    meeting_until: date | None = None


class PlanOrder(StrEnum):
    """In which order plans stand; of equals the first by id."""

    BOARD = "board"  # running first, then by next limit, then by start
    TITLE = "title"  # accents and case aside
    STARTED = "started"  # the latest first
    MEETING = "meeting"  # the latest first, those without a day last


class Cell(StrEnum):
    """Where the on-time report counts a step. A cancelled or skipped one is counted nowhere."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    RUNNING_IN_TIME = "running_in_time"  # open, its limit to come
    RUNNING_OVERDUE = "running_overdue"  # unfinished, its firm limit passed
    NO_LIMIT = "no_limit"  # done or open without a limit
    WAITING = "waiting"  # not yet open, no firm limit passed


@dataclass(frozen=True, slots=True)
class StepFilter:
    """Which steps. `owners`: their units, "" for none. `places`: (plan, step) each. `standings` and `cells` hold at an instant.

    `due_*`: the period of the limit; with `undated` steps without a limit that ended in the period are in it, too.
    `leaves`: only what reports count, which is each part and not the step that it is a part of. `back_dated`: whether
    the end was recorded after the day on which it happened. `limited`: whether they have a limit.
    """

    organizations: frozenset[str] | None = None
    plan_ids: frozenset[str] | None = None
    places: frozenset[tuple[str, str]] | None = None
    owners: frozenset[str] | None = None
    kinds: frozenset[StepKind] | None = None
    statuses: frozenset[StepStatus] | None = None
    standings: frozenset[Standing] | None = None
    cells: frozenset[Cell] | None = None
    due_since: date | None = None
    due_until: date | None = None
    undated: bool = False
    leaves: bool = False
    back_dated: bool | None = None
    limited: bool | None = None


class StepOrder(StrEnum):
    """In which order steps stand; of equals by plan, then in the order of the document."""

    DOCUMENT = "document"  # by plan
    DUE = "due"  # by limit, those without one last


@dataclass(frozen=True, slots=True)
class PetitionFilter:
    """Which petitions, in the order of plans by id, then of raising. `is_open`: whether an answer is still owed.

    `without_lead`: only those that no unit leads yet. `text`: words that all occur in the text, the topic, the
    petitioner or the lead unit, accents and case aside.
    """

    organizations: frozenset[str] | None = None
    plan_ids: frozenset[str] | None = None
    leads: frozenset[str] | None = None
    topics: frozenset[str] | None = None
    authorities: frozenset[Authority] | None = None
    results: frozenset[Result] | None = None
    raised_when: frozenset[RaisedWhen] | None = None
    is_open: bool | None = None
    raised_since: date | None = None
    raised_until: date | None = None
    answered_since: date | None = None
    answered_until: date | None = None
    text: str = ""
    without_lead: bool = False


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Which notices of plans. `rungs`: names of rungs, a repeat ("overdue_again#2") is of its rung. `owed_*`: instants."""

    organizations: frozenset[str] | None = None
    plan_ids: frozenset[str] | None = None
    rungs: frozenset[str] | None = None
    statuses: frozenset[NoticeStatus] | None = None
    owed_since: datetime | None = None
    owed_until: datetime | None = None


ALL_NOTICES = NoticeFilter()
ALL_PLANS = PlanFilter()
ALL_STEPS = StepFilter()
ALL_PETITIONS = PetitionFilter()


class GroupBy(StrEnum):
    """By what the on-time report groups its counts."""

    NOTHING = "nothing"
    OWNER = "owner"
    KIND = "kind"
    ORGANIZATION = "organization"
    MONTH = "month"  # of the limit, "2026-05"
    DAY = "day"  # of the limit, "2026-05-08"


@dataclass(frozen=True, slots=True)
class OnTime:
    """One line of the on-time report. `group` None: of all, or of steps without an owner or without a limit."""

    group: str | None
    done_on_time: int = 0
    done_late: int = 0
    running_in_time: int = 0
    running_overdue: int = 0
    no_limit: int = 0
    waiting: int = 0

    def count(self, cell: Cell) -> int:
        """How many steps stand in a cell."""
        return int(getattr(self, cell.value))


_CELL_OF: Mapping[Standing, Cell] = MappingProxyType(
    {
        Standing.DONE_ON_TIME: Cell.DONE_ON_TIME,
        Standing.DONE_LATE: Cell.DONE_LATE,
        Standing.DONE_NO_LIMIT: Cell.NO_LIMIT,
        Standing.RUNNING_IN_TIME: Cell.RUNNING_IN_TIME,
        Standing.RUNNING_OVERDUE: Cell.RUNNING_OVERDUE,
        Standing.WAITING: Cell.WAITING,
    }
)


def cell_of(step: StepRow, at: datetime) -> Cell | None:
    """Where the report counts a step at an instant; None: nowhere."""
    cell = _CELL_OF.get(step.standing(at))
    return Cell.NO_LIMIT if cell is Cell.RUNNING_IN_TIME and step.due_at is None else cell


class Lists(Protocol):
    """What pages show of the read tables; each question costs what it answers, not what there is."""

    def rows(
        self,
        chosen: PlanFilter = ALL_PLANS,
        *,
        order: PlanOrder = PlanOrder.BOARD,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[PlanRow]:
        """Plans as the board shows them, at most `limit` after the first `offset`."""
        ...

    def count_rows(self, chosen: PlanFilter = ALL_PLANS) -> int:
        """How many plans are chosen."""
        ...

    def steps_where(
        self,
        chosen: StepFilter,
        at: datetime,
        *,
        order: StepOrder = StepOrder.DUE,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[StepRow]:
        """Steps of any plans as they stand at an instant, at most `limit` after the first `offset`."""
        ...

    def count_steps(self, chosen: StepFilter, at: datetime) -> int:
        """How many steps are chosen."""
        ...

    def petitions_where(
        self, chosen: PetitionFilter = ALL_PETITIONS, *, limit: int | None = None, offset: int = 0
    ) -> list[PetitionRow]:
        """Petitions of any plans, at most `limit` after the first `offset`."""
        ...

    def count_petitions(self, chosen: PetitionFilter = ALL_PETITIONS) -> int:
        """How many petitions are chosen."""
        ...

    def notices_where(
        self, chosen: NoticeFilter = ALL_NOTICES, *, limit: int | None = None, offset: int = 0
    ) -> list[Notice]:
        """Notices of any plans, the latest owed first, then by key backwards; at most `limit` after `offset`."""
        ...

    def count_notices(self, chosen: NoticeFilter = ALL_NOTICES) -> int:
        """How many notices are chosen."""
        ...

    def on_time(self, chosen: StepFilter, at: datetime, by: GroupBy = GroupBy.NOTHING) -> list[OnTime]:
        """The on-time report at an instant, by group (None last), of the leaves among the chosen steps.

        The rows behind each number are those of `steps_where` with `leaves` and the `cells` of the number.
        """
        ...
