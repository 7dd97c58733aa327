"""Filters, orders and groups of lists as SQL, for both databases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    and_,
    cast,
    false,
    func,
    null,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
)

from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.names import folded
from workflow.domain.verdict import Standing, Verdict
from workflow.domain.zone import day_of, instant
from workflow.ports import (
    Cell,
    GroupBy,
    NoticeFilter,
    NoticeStatus,
    PetitionFilter,
    PlanFilter,
    PlanOrder,
    StepFilter,
    StepOrder,
)
from workflow.store.folding import words_of
from workflow.store.tables import NOTICES, PETITIONS, PLANS, STEPS

Condition = ColumnElement[bool]
Conditions = list[Condition]
P, S, Q, N = PLANS.c, STEPS.c, PETITIONS.c, NOTICES.c

UNFINISHED = (StepStatus.WAITING, StepStatus.OPEN)

BOARD: tuple[ColumnElement[Any], ...] = (
    P.status != PlanStatus.RUNNING,
    P.next_due_at.is_(None),
    P.next_due_at,
    P.started_at,
    P.plan_id,
)

PLAN_ORDERS: Mapping[PlanOrder, tuple[ColumnElement[Any], ...]] = MappingProxyType(
    {
        PlanOrder.BOARD: BOARD,
        PlanOrder.TITLE: (P.folded, P.plan_id),
        PlanOrder.STARTED: (P.started_at.desc(), P.plan_id),
        PlanOrder.MEETING: (P.meeting_on.is_(None), P.meeting_on.desc(), P.plan_id),
    }
)

STEP_ORDERS: Mapping[StepOrder, tuple[ColumnElement[Any], ...]] = MappingProxyType(
    {
        StepOrder.DOCUMENT: (S.plan_id, S.place),
        StepOrder.DUE: (S.due_on.is_(None), S.due_on, S.due_at, S.plan_id, S.place),
    }
)


def step_order(order: StepOrder, chosen: StepFilter) -> tuple[ColumnElement[Any], ...]:
    """The order of steps; where all that are chosen have a limit, nothing is asked about those without."""
    parts = STEP_ORDERS[order]
    return parts[1:] if order is StepOrder.DUE and _all_limited(chosen) else parts


_RUNNING = frozenset({Standing.WAITING, Standing.RUNNING_IN_TIME, Standing.RUNNING_OVERDUE})
_OVERDUE, _OVERDUE_CELL = frozenset({Standing.RUNNING_OVERDUE}), frozenset({Cell.RUNNING_OVERDUE})


def _all_limited(chosen: StepFilter) -> bool:
    overdue = chosen.cells == _OVERDUE_CELL or chosen.standings == _OVERDUE
    return overdue or (not chosen.undated and (chosen.due_since, chosen.due_until) != (None, None))


def plans_chosen(chosen: PlanFilter, dialect: str) -> Conditions:
    """What a filter of plans asks."""
    asked = [
        *_among(P.organization, chosen.organizations),
        *_among(P.plan_id, chosen.plan_ids),
        *_among(P.kind, chosen.kinds),
        *_among(P.status, chosen.statuses),
        *_within(P.next_due_on, chosen.due_since, chosen.due_until),
        *_within(P.meeting_on, chosen.meeting_since, chosen.meeting_until),
        *_found(P.folded, chosen.text, dialect),
    ]
    if chosen.owner is not None:
        owed = select(S.plan_id).where(S.owner_key == folded(chosen.owner), S.status.in_(UNFINISHED))
        asked.append(P.plan_id.in_(owed))
    return asked


def steps_chosen(chosen: StepFilter, at: datetime) -> Conditions:
    """What a filter of steps asks at an instant."""
    return [*_steps_of(chosen, at), _one_of(and_(true(), *period) for period in periods(chosen))]


def steps_chosen_apart(chosen: StepFilter, at: datetime) -> list[Conditions]:
    """The same in parts that have no step in common, each of which an index answers."""
    return [[*_steps_of(chosen, at), *period] for period in periods(chosen)]


def _steps_of(chosen: StepFilter, at: datetime) -> Conditions:
    asked = [
        *_among(S.organization, chosen.organizations),
        *_among(S.plan_id, chosen.plan_ids),
        *_owned(chosen.owners),
        *_among(S.kind, chosen.kinds),
        *_among(S.status, chosen.statuses),
    ]
    if chosen.places is not None:
        asked.append(tuple_(S.plan_id, S.key).in_(sorted(chosen.places)))
    if chosen.standings is not None:
        asked.append(_one_of(stands(standing, at) for standing in sorted(chosen.standings)))
        if chosen.standings <= _RUNNING and _all_limited(chosen):
            asked.append(_LIMITED)
    if chosen.cells is not None:
        asked.append(_one_of(in_cell(cell, at) for cell in sorted(chosen.cells)))
    if chosen.leaves:
        asked.append(S.parts == 0)
    if chosen.back_dated is not None:
        asked.append(S.back_dated if chosen.back_dated else ~S.back_dated)
    if chosen.limited is not None:
        asked.append(S.due_on.is_not(None) if chosen.limited else S.due_on.is_(None))
    return asked


def petitions_chosen(chosen: PetitionFilter, dialect: str) -> Conditions:
    """What a filter of petitions asks."""
    asked = [
        *_among(Q.organization, chosen.organizations),
        *_among(Q.plan_id, chosen.plan_ids),
        *_units(Q.lead_key, chosen.leads),
        *_among(Q.topic, chosen.topics),
        *_among(Q.authority, chosen.authorities),
        *_among(Q.result, chosen.results),
        *_among(Q.raised_when, chosen.raised_when),
        *_within(Q.raised_on, chosen.raised_since, chosen.raised_until),
        *_within(Q.answered_on, chosen.answered_since, chosen.answered_until),
        *_found(Q.folded, chosen.text, dialect),
    ]
    if chosen.is_open is not None:
        owed = and_(Q.answered_where.is_(None), Q.duplicate_of.is_(None))
        asked.append(owed if chosen.is_open else ~owed)
    if chosen.without_lead:
        asked.append(Q.lead_key.is_(None))
    return asked


def notices_chosen(chosen: NoticeFilter) -> Conditions:
    """What a filter of notices asks; every status is named, so that the period is found by their own index."""
    asked = [
        *_among(N.status, list(NoticeStatus) if chosen.statuses is None else chosen.statuses),
        *_among(N.plan_id, chosen.plan_ids),
        *_within(N.owed_at, chosen.owed_since, chosen.owed_until),
    ]
    if chosen.organizations is not None:
        asked.append(N.plan_id.in_(select(P.plan_id).where(*_among(P.organization, chosen.organizations))))
    if chosen.rungs is not None:
        repeats = (N.rung.startswith(f"{rung}#", autoescape=True) for rung in sorted(chosen.rungs))
        asked.append(_one_of([*_among(N.rung, chosen.rungs), *repeats]))
    return asked


_LIMITED = S.counts_until.is_not(None)
"""Unfinished, with a limit: as an index of its own knows it."""

_ENDED = MappingProxyType(
    {
        Standing.DONE_ON_TIME: S.verdict == Verdict.ON_TIME,
        Standing.DONE_LATE: S.verdict == Verdict.LATE,
        Standing.DONE_NO_LIMIT: S.verdict == Verdict.NO_LIMIT,
        Standing.CANCELLED: and_(S.verdict.is_(None), S.status == StepStatus.CANCELLED),
        Standing.SKIPPED: and_(S.verdict.is_(None), S.status == StepStatus.SKIPPED),
    }
)


def stands(standing: Standing, at: datetime) -> Condition:
    """Whether a step stands so at an instant; the same answer as `StepRow.standing`."""
    if standing in _ENDED:
        return _ENDED[standing]
    if standing is Standing.RUNNING_OVERDUE:
        return and_(_LIMITED, S.due_on <= day_of(at), S.due_at <= at, ~S.projected)
    status = StepStatus.WAITING if standing is Standing.WAITING else StepStatus.OPEN
    return and_(S.verdict.is_(None), S.status == status, or_(S.due_at.is_(None), S.projected, S.due_at > at))


def in_cell(cell: Cell, at: datetime) -> Condition:
    """Whether the report counts a step in a cell; the same answer as `cell_of`."""
    in_time = stands(Standing.RUNNING_IN_TIME, at)
    if cell is Cell.NO_LIMIT:
        return or_(S.verdict == Verdict.NO_LIMIT, and_(in_time, S.due_at.is_(None)))
    if cell is Cell.RUNNING_IN_TIME:
        return and_(in_time, S.due_at.is_not(None))
    return stands(Standing(cell.value), at)


def counted_in(at: datetime) -> list[ColumnElement[int]]:
    """How many of some steps each cell counts, in the order of `Cell`: as `in_cell` says, asking less."""
    unfinished = S.verdict.is_(None)
    passed = and_(S.due_at <= at, ~S.projected)
    to_come = or_(S.due_at > at, S.projected)
    asked: Mapping[Cell, Condition] = {
        Cell.DONE_ON_TIME: S.verdict == Verdict.ON_TIME,
        Cell.DONE_LATE: S.verdict == Verdict.LATE,
        Cell.RUNNING_IN_TIME: and_(unfinished, S.status == StepStatus.OPEN, to_come),
        Cell.RUNNING_OVERDUE: and_(unfinished, S.status.in_(UNFINISHED), passed),
        Cell.NO_LIMIT: or_(
            S.verdict == Verdict.NO_LIMIT, and_(unfinished, S.status == StepStatus.OPEN, S.due_at.is_(None))
        ),
        Cell.WAITING: and_(unfinished, S.status == StepStatus.WAITING, or_(S.due_at.is_(None), to_come)),
    }
    return [func.count().filter(asked[cell]) for cell in Cell]


def group_of(by: GroupBy) -> ColumnElement[Any]:
    """By what a report groups, as text; null: by nothing."""
    if by is GroupBy.DAY:
        return cast(S.due_on, String)
    if by is GroupBy.MONTH:
        return func.substr(cast(S.due_on, String), 1, 7)
    if by is GroupBy.KIND:
        return type_coerce(S.kind, String)
    return {GroupBy.NOTHING: cast(null(), String), GroupBy.OWNER: S.owner, GroupBy.ORGANIZATION: S.organization}[by]


def _among(column: Column[Any], values: Iterable[Any] | None) -> Conditions:
    return [column.in_(sorted(values))] if values is not None else []


def _units(column: Column[Any], units: Iterable[str] | None) -> Conditions:
    return _among(column, {folded(unit) for unit in units}) if units is not None else []


def _owned(owners: Iterable[str] | None) -> Conditions:
    """Whether a step's owner is one of some, "" standing for none."""
    if owners is None or "" not in (keys := {folded(owner) for owner in owners}):
        return _units(S.owner_key, owners)
    return [or_(S.owner_key.is_(None), *_among(S.owner_key, keys))]


def _within(column: ColumnElement[Any], since: object, until: object) -> Conditions:
    ends = ((since, column.__ge__), (until, column.__lt__))
    return [compare(end) for end, compare in ends if end is not None]


def periods(chosen: StepFilter) -> list[Conditions]:
    """How a step can be in the period: by its limit or, without one and if asked, by its end."""
    since, until = chosen.due_since, chosen.due_until
    dated = _within(S.due_on, since, until)
    if not dated or not chosen.undated:
        return [dated]
    return [dated, [S.due_on.is_(None), *_within(S.done_at, _midnight(since), _midnight(until))]]


def _midnight(day: date | None) -> datetime | None:
    return instant(day) if day is not None else None


def _one_of(conditions: Iterable[Condition]) -> Condition:
    return or_(false(), *conditions)


def _found(column: Column[str], text: str, dialect: str) -> Conditions:
    """Whether each word of a text occurs; the two databases have the same function under two names."""
    place_of = func.instr if dialect == "sqlite" else func.strpos
    return [place_of(column, word) > 0 for word in words_of(text)]
