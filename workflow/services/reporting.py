"""The reports of a supervisor: who was on time, by what one wishes to see it, and the rows behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.ladder import DEFAULT_LADDER, Base
from workflow.ports import Cell, GroupBy, NoticeFilter, OnTime, PlanFilter, StepFilter, UnitOfWork


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is about. `organizations`: names as written, None all. The period [since, until) is of limits.

    `unit` None: any; "": steps that nobody owns. Steps without a limit are in the period in which they ended.
    """

    organizations: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    unit: str | None = None
    plan_kind: PlanKind | None = None
    step_kind: StepKind | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The on-time report of an instant: of all, by groups as asked, by month and by day of the limit."""

    at: datetime
    by: GroupBy
    total: OnTime
    groups: Sequence[OnTime]
    months: Sequence[OnTime]
    days: Sequence[OnTime]


def report(uow: UnitOfWork, asked: Asked, by: GroupBy, at: datetime) -> Report:
    """The report at an instant (aware), in three queries at most."""
    chosen = replace(steps_asked(uow, asked), cells=None)
    days = uow.plans.on_time(chosen, at, GroupBy.DAY)
    months = by_month(days)
    return Report(
        at=at,
        by=by,
        total=summed(days),
        groups=_groups(uow, chosen, by, at, days=days, months=months),
        months=months,
        days=days,
    )


def _groups(
    uow: UnitOfWork, chosen: StepFilter, by: GroupBy, at: datetime, *, days: Sequence[OnTime], months: Sequence[OnTime]
) -> Sequence[OnTime]:
    known = {GroupBy.NOTHING: [summed(days)], GroupBy.DAY: days, GroupBy.MONTH: months}
    return known[by] if by in known else uow.plans.on_time(chosen, at, by)


def steps_asked(uow: UnitOfWork, asked: Asked, cells: Iterable[Cell] | None = None) -> StepFilter:
    """The steps that a report counts, as `Lists.steps_where` takes them; `cells`: those of a number only."""
    return StepFilter(
        organizations=asked.organizations,
        plan_ids=_plans_of_kind(uow, asked),
        owners=frozenset({asked.unit}) if asked.unit is not None else None,
        kinds=frozenset({asked.step_kind}) if asked.step_kind is not None else None,
        cells=frozenset(Cell if cells is None else cells),
        due_since=asked.since,
        due_until=asked.until,
        undated=True,
        leaves=True,
    )


def _plans_of_kind(uow: UnitOfWork, asked: Asked) -> frozenset[str] | None:
    if asked.plan_kind is None:
        return None
    chosen = PlanFilter(organizations=asked.organizations, kinds=frozenset({asked.plan_kind}))
    return frozenset(row.plan_id for row in uow.plans.rows(chosen))


def summed(lines: Iterable[OnTime], group: str | None = None) -> OnTime:
    """Lines of a report added up."""
    lines = list(lines)
    return OnTime(group, **{cell.value: sum(line.count(cell) for line in lines) for cell in Cell})


def by_month(days: Sequence[OnTime]) -> list[OnTime]:
    """The report by month of the limit, from the one by day."""
    months: dict[str | None, list[OnTime]] = {}
    for day in days:
        months.setdefault(day.group[:7] if day.group is not None else None, []).append(day)
    return [summed(lines, month) for month, lines in months.items()]


def in_doubt_first(lines: Iterable[OnTime]) -> list[OnTime]:
    """Lines of a report with those first that have most overdue, then most late, then in their own order."""
    return sorted(lines, key=lambda line: (-line.running_overdue, -line.done_late))


def escalations(
    uow: UnitOfWork, organizations: frozenset[str] | None, since: datetime | None, until: datetime | None
) -> NoticeFilter:
    """The notices of rungs after the limit, of the ladders in use, that were owed in [since, until)."""
    ladders = [DEFAULT_LADDER, *(ladder for kind in PlanKind if (ladder := uow.ladders.get(kind)) is not None)]
    rungs = frozenset(rung.name for ladder in ladders for rung in ladder if rung.base is Base.AFTER_DUE)
    return NoticeFilter(organizations=organizations, rungs=rungs, owed_since=since, owed_until=until)


def days_of(group: str) -> tuple[date, date]:
    """The days [since, until) of a month "2026-05" or a day "2026-05-08"."""
    parts = [int(part) for part in group.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, date.fromordinal(day.toordinal() + 1)
    year, month = parts
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
