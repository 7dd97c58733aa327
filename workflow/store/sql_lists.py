"""Lists and reports over many plans, read from the tables that follow from the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

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
)
from workflow.store.columns import columns_of, values_of
from workflow.store.counts import on_time_of
from workflow.store.sql_asking import (
    PLAN_ORDERS,
    Conditions,
    N,
    Q,
    S,
    counted_in,
    group_of,
    notices_chosen,
    petitions_chosen,
    plans_chosen,
    step_order,
    steps_chosen,
    steps_chosen_apart,
)
from workflow.store.tables import NOTICES, PETITIONS, PLANS, STEPS


class SqlLists:
    """`Lists` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(
        self,
        chosen: PlanFilter = ALL_PLANS,
        *,
        order: PlanOrder = PlanOrder.BOARD,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[PlanRow]:
        """Plans as the board shows them, at most `limit` after the first `offset`."""
        query = plans_query(chosen, self._dialect, order).limit(limit).offset(offset or None)
        return values_of(PlanRow, self._connection.execute(query))

    def count_rows(self, chosen: PlanFilter = ALL_PLANS) -> int:
        """How many plans are chosen."""
        return self._count(PLANS, plans_chosen(chosen, self._dialect))

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
        query = steps_query(chosen, at, order).limit(limit).offset(offset or None)
        return values_of(StepRow, self._connection.execute(query))

    def count_steps(self, chosen: StepFilter, at: datetime) -> int:
        """How many steps are chosen."""
        return self._count(STEPS, steps_chosen(chosen, at))

    def petitions_where(
        self, chosen: PetitionFilter = ALL_PETITIONS, *, limit: int | None = None, offset: int = 0
    ) -> list[PetitionRow]:
        """Petitions of any plans, at most `limit` after the first `offset`."""
        query = petitions_query(chosen, self._dialect).limit(limit).offset(offset or None)
        return values_of(PetitionRow, self._connection.execute(query))

    def count_petitions(self, chosen: PetitionFilter = ALL_PETITIONS) -> int:
        """How many petitions are chosen."""
        return self._count(PETITIONS, petitions_chosen(chosen, self._dialect))

    def notices_where(
        self, chosen: NoticeFilter = ALL_NOTICES, *, limit: int | None = None, offset: int = 0
    ) -> list[Notice]:
        """Notices of any plans, the latest owed first, then by key backwards; at most `limit` after `offset`."""
        query = notices_query(chosen).limit(limit).offset(offset or None)
        return values_of(Notice, self._connection.execute(query))

    def count_notices(self, chosen: NoticeFilter = ALL_NOTICES) -> int:
        """How many notices are chosen."""
        return self._count(NOTICES, notices_chosen(chosen))

    def on_time(self, chosen: StepFilter, at: datetime, by: GroupBy = GroupBy.NOTHING) -> list[OnTime]:
        """The on-time report at an instant, by group (None last), of the leaves among the chosen steps."""
        organizations = self._organizations() if chosen.organizations is None else chosen.organizations
        queries = on_time_queries(replace(chosen, organizations=organizations), at, by)
        return on_time_of([OnTime(*row) for query in queries for row in self._connection.execute(query)], by)

    def _organizations(self) -> frozenset[str]:
        """All there are: the report asks about each, so that its period is found by the index."""
        return frozenset(self._connection.scalars(select(PLANS.c.organization).distinct()))

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name

    def _count(self, table: Table, asked: Conditions) -> int:
        return self._connection.scalar(select(func.count()).select_from(table).where(*asked)) or 0


def plans_query(chosen: PlanFilter, dialect: str, order: PlanOrder = PlanOrder.BOARD) -> Select[Any]:
    """The plans chosen, in order."""
    return select(*columns_of(PLANS, PlanRow)).where(*plans_chosen(chosen, dialect)).order_by(*PLAN_ORDERS[order])


def steps_query(chosen: StepFilter, at: datetime, order: StepOrder = StepOrder.DUE) -> Select[Any]:
    """The steps chosen, in order."""
    return select(*columns_of(STEPS, StepRow)).where(*steps_chosen(chosen, at)).order_by(*step_order(order, chosen))


def petitions_query(chosen: PetitionFilter, dialect: str) -> Select[Any]:
    """The petitions chosen, in order."""
    query = select(*columns_of(PETITIONS, PetitionRow)).where(*petitions_chosen(chosen, dialect))
    return query.order_by(Q.plan_id, Q.place)


def notices_query(chosen: NoticeFilter) -> Select[Any]:
    """The notices chosen, the latest first."""
    query = select(*columns_of(NOTICES, Notice)).where(*notices_chosen(chosen))
    return query.order_by(N.owed_at.desc(), N.key.desc())


def on_time_queries(chosen: StepFilter, at: datetime, by: GroupBy) -> list[Select[Any]]:
    """(group, how many steps in each cell) for every group, in parts to be added up."""
    group = group_of(by).label("grouped")
    queries = [select(group, *counted_in(at)).where(S.parts == 0, *asked) for asked in steps_chosen_apart(chosen, at)]
    return [query.group_by("grouped") for query in queries]
