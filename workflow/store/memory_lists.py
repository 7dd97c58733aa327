"""Lists and reports in memory: the same answers as the database's, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.names import folded
from workflow.domain.zone import day_of
from workflow.ports import (
    ALL_NOTICES,
    ALL_PETITIONS,
    ALL_PLANS,
    GroupBy,
    Notice,
    NoticeFilter,
    OnTime,
    PetitionFilter,
    PetitionRow,
    PlanFilter,
    PlanOrder,
    PlanRow,
    StepFilter,
    StepOrder,
    StepRow,
    cell_of,
)
from workflow.store.counts import on_time_of
from workflow.store.folding import holds, words_of
from workflow.store.memory_contents import Repository

Row = TypeVar("Row")

UNFINISHED = (StepStatus.WAITING, StepStatus.OPEN)


class MemoryLists(Repository):
    """`Lists` in memory."""

    def rows(
        self,
        chosen: PlanFilter = ALL_PLANS,
        *,
        order: PlanOrder = PlanOrder.BOARD,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[PlanRow]:
        """Plans as the board shows them, at most `limit` after the first `offset`."""
        return _page(sorted(self._plans(chosen), key=_PLAN_ORDERS[order]), limit, offset)

    def count_rows(self, chosen: PlanFilter = ALL_PLANS) -> int:
        """How many plans are chosen."""
        return sum(1 for _ in self._plans(chosen))

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
        return _page(sorted(self._steps(chosen, at), key=_STEP_ORDERS[order]), limit, offset)

    def count_steps(self, chosen: StepFilter, at: datetime) -> int:
        """How many steps are chosen."""
        return sum(1 for _ in self._steps(chosen, at))

    def petitions_where(
        self, chosen: PetitionFilter = ALL_PETITIONS, *, limit: int | None = None, offset: int = 0
    ) -> list[PetitionRow]:
        """Petitions of any plans, at most `limit` after the first `offset`."""
        return _page(sorted(self._petitions(chosen), key=lambda each: (each.plan_id, each.place)), limit, offset)

    def count_petitions(self, chosen: PetitionFilter = ALL_PETITIONS) -> int:
        """How many petitions are chosen."""
        return sum(1 for _ in self._petitions(chosen))

    def notices_where(
        self, chosen: NoticeFilter = ALL_NOTICES, *, limit: int | None = None, offset: int = 0
    ) -> list[Notice]:
        """Notices of any plans, the latest owed first, then by key backwards; at most `limit` after `offset`."""
        found = sorted(self._notices(chosen), key=lambda notice: (notice.owed_at, notice.key), reverse=True)
        return _page(found, limit, offset)

    def count_notices(self, chosen: NoticeFilter = ALL_NOTICES) -> int:
        """How many notices are chosen."""
        return sum(1 for _ in self._notices(chosen))

    def on_time(self, chosen: StepFilter, at: datetime, by: GroupBy = GroupBy.NOTHING) -> list[OnTime]:
        """The on-time report at an instant, by group (None last), of the leaves among the chosen steps."""
        leaves = (step for step in self._steps(chosen, at) if not step.parts)
        cells = ((_GROUPS[by](step), cell_of(step, at)) for step in leaves)
        return on_time_of((OnTime(group, **{cell.value: 1}) for group, cell in cells if cell is not None), by)

    def _plans(self, chosen: PlanFilter) -> Iterator[PlanRow]:
        words = words_of(chosen.text)
        plans = (row for row in self._unit.contents.plans.values() if _plan_fits(row, chosen))
        return (row for row in plans if holds(row.folded, words) and self._owes(row, chosen.owner))

    def _owes(self, row: PlanRow, owner: str | None) -> bool:
        steps = self._unit.contents.steps.get(row.plan_id, ())
        return owner is None or any(step.owner_key == folded(owner) and step.status in UNFINISHED for step in steps)

    def _steps(self, chosen: StepFilter, at: datetime) -> Iterator[StepRow]:
        steps = (step for each in self._unit.contents.steps.values() for step in each)
        return (step for step in steps if _step_fits(step, chosen) and _step_stands(step, chosen, at))

    def _notices(self, chosen: NoticeFilter) -> Iterator[Notice]:
        contents = self._unit.contents
        for notice in contents.notices.values():
            plan = contents.plans.get(notice.plan_id)
            of_theirs = chosen.organizations is None or (plan is not None and plan.organization in chosen.organizations)
            if of_theirs and _notice_fits(notice, chosen):
                yield notice

    def _petitions(self, chosen: PetitionFilter) -> Iterator[PetitionRow]:
        words = words_of(chosen.text)
        petitions = (petition for each in self._unit.contents.petitions.values() for petition in each)
        return (each for each in petitions if _petition_fits(each, chosen) and holds(each.folded, words))


def _page(rows: list[Row], limit: int | None, offset: int) -> list[Row]:
    return rows[offset:] if limit is None else rows[offset : offset + limit]


def _among(*asked: tuple[object, Iterable[object] | None]) -> bool:
    return all(values is None or value in values for value, values in asked)


def _keys(units: Iterable[str] | None) -> set[str] | None:
    return {folded(unit) for unit in units} if units is not None else None


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day < until)


def _plan_fits(row: PlanRow, chosen: PlanFilter) -> bool:
    return (
        _among(
            (row.organization, chosen.organizations),
            (row.plan_id, chosen.plan_ids),
            (row.kind, chosen.kinds),
            (row.status, chosen.statuses),
        )
        and _within(row.next_due_on, chosen.due_since, chosen.due_until)
        and _within(row.meeting_on, chosen.meeting_since, chosen.meeting_until)
    )


def _step_fits(step: StepRow, chosen: StepFilter) -> bool:
    return _among(
        (step.organization, chosen.organizations),
        (step.plan_id, chosen.plan_ids),
        ((step.plan_id, step.key), chosen.places),
        (step.back_dated, None if chosen.back_dated is None else {chosen.back_dated}),
        (step.owner_key or "", _keys(chosen.owners)),
        (step.due_on is not None, None if chosen.limited is None else {chosen.limited}),
        (step.kind, chosen.kinds),
        (step.status, chosen.statuses),
    ) and not (chosen.leaves and step.parts)


def _step_stands(step: StepRow, chosen: StepFilter, at: datetime) -> bool:
    asked = ((step.standing(at), chosen.standings), (cell_of(step, at), chosen.cells))
    return _among(*asked) and _within(_day_in_period(step, chosen), chosen.due_since, chosen.due_until)


def _day_in_period(step: StepRow, chosen: StepFilter) -> date | None:
    if step.due_on is None and chosen.undated and step.done_at is not None:
        return day_of(step.done_at)
    return step.due_on


def _petition_fits(petition: PetitionRow, chosen: PetitionFilter) -> bool:
    is_open = petition.answered_where is None and petition.duplicate_of is None
    return (
        _among(
            (petition.organization, chosen.organizations),
            (petition.plan_id, chosen.plan_ids),
            (petition.lead_key, _keys(chosen.leads)),
            (petition.topic, chosen.topics),
            (petition.authority, chosen.authorities),
            (petition.result, chosen.results),
            (petition.raised_when, chosen.raised_when),
        )
        and chosen.is_open in (None, is_open)
        and not (chosen.without_lead and petition.lead_key)
        and _within(petition.raised_on, chosen.raised_since, chosen.raised_until)
        and _within(petition.answered_on, chosen.answered_since, chosen.answered_until)
    )


def _notice_fits(notice: Notice, chosen: NoticeFilter) -> bool:
    return _among(
        (notice.plan_id, chosen.plan_ids),
        (notice.rung.partition("#")[0], chosen.rungs),
        (notice.status, chosen.statuses),
    ) and not (
        (chosen.owed_since is not None and notice.owed_at < chosen.owed_since)
        or (chosen.owed_until is not None and notice.owed_at >= chosen.owed_until)
    )


def _on_board(row: PlanRow) -> tuple[bool, bool, datetime, datetime, str]:
    due_at = row.next_due_at
    return row.status is not PlanStatus.RUNNING, due_at is None, due_at or row.started_at, row.started_at, row.plan_id


def _by_meeting(row: PlanRow) -> tuple[bool, int, str]:
    on = row.meeting_on
    return on is None, -on.toordinal() if on is not None else 0, row.plan_id


def _by_limit(step: StepRow) -> tuple[bool, date, float, str, int]:
    at = step.due_at.timestamp() if step.due_at is not None else 0.0
    return step.due_on is None, step.due_on or date.min, at, step.plan_id, step.place


_PLAN_ORDERS: Mapping[PlanOrder, Callable[[PlanRow], Any]] = MappingProxyType(
    {
        PlanOrder.BOARD: _on_board,
        PlanOrder.TITLE: lambda row: (row.folded, row.plan_id),
        PlanOrder.STARTED: lambda row: (-row.started_at.timestamp(), row.plan_id),
        PlanOrder.MEETING: _by_meeting,
    }
)
_STEP_ORDERS: Mapping[StepOrder, Callable[[StepRow], Any]] = MappingProxyType(
    {StepOrder.DOCUMENT: lambda step: (step.plan_id, step.place), StepOrder.DUE: _by_limit}
)
_GROUPS: Mapping[GroupBy, Callable[[StepRow], str | None]] = MappingProxyType(
    {
        GroupBy.NOTHING: lambda _: None,
        GroupBy.OWNER: lambda step: step.owner,
        GroupBy.KIND: lambda step: step.kind.value,
        GroupBy.ORGANIZATION: lambda step: step.organization,
        GroupBy.DAY: lambda step: step.due_on.isoformat() if step.due_on is not None else None,
        GroupBy.MONTH: lambda step: f"{step.due_on:%Y-%m}" if step.due_on is not None else None,
    }
)
