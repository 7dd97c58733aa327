"""The log and its read tables in a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, insert, select, union
from sqlalchemy.exc import IntegrityError

from workflow.domain.cycle import PlanStatus
from workflow.ports import DeadlineRevision, PlanRow, StepRow
from workflow.store.chain import Entry
from workflow.store.columns import as_columns, columns_of, put, values_of
from workflow.store.plans import LoggedPlans, VersionTaken
from workflow.store.rows import Placed, Rows, placed
from workflow.store.tables import EVENTS, PLANS, REVISIONS, STEPS


class SqlPlans(LoggedPlans):
    """`Plans` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def ids(self, status: PlanStatus | None = None) -> list[str]:
        """Ids of all plans, or of those with a status, in order of start, then id."""
        query = select(PLANS.c.plan_id).order_by(PLANS.c.started_at, PLANS.c.plan_id)
        if status is not None:
            query = query.where(PLANS.c.status == status)
        return list(self._connection.scalars(query))

    def logged_ids(self) -> list[str]:
        """Ids of all plans that have a log or a row, by id."""
        return sorted(self._connection.scalars(union(select(EVENTS.c.plan_id), select(PLANS.c.plan_id))))

    def waking(self, until: datetime, limit: int) -> list[str]:
        """Ids of plans with a step whose `wake_at` lies before `until` (exclusive), the earliest first, then by id."""
        return list(self._connection.scalars(waking_query(until, limit)))

    def rows(self) -> list[PlanRow]:
        """Every plan as the board shows it; running first, then by next limit, start and id."""
        order = (
            PLANS.c.status != PlanStatus.RUNNING,
            PLANS.c.next_due_at.is_(None),
            PLANS.c.next_due_at,
            PLANS.c.started_at,
            PLANS.c.plan_id,
        )
        return values_of(PlanRow, self._connection.execute(select(*columns_of(PLANS, PlanRow)).order_by(*order)))

    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans, by id) in the order of the document."""
        query = select(*columns_of(STEPS, StepRow)).order_by(STEPS.c.plan_id, STEPS.c.place)
        if plan_id is not None:
            query = query.where(STEPS.c.plan_id == plan_id)
        return values_of(StepRow, self._connection.execute(query))

    def revisions(self, plan_id: str, step: str | None = None) -> list[DeadlineRevision]:
        """Every revision of the plan's limits, oldest first."""
        query = (
            select(*columns_of(REVISIONS, DeadlineRevision))
            .where(REVISIONS.c.plan_id == plan_id)
            .order_by(REVISIONS.c.version)
        )
        if step is not None:
            query = query.where(REVISIONS.c.step == step)
        return values_of(DeadlineRevision, self._connection.execute(query))

    def entries(self, plan_id: str) -> list[Entry]:
        """The lines of a plan's log in order of versions; empty without a plan."""
        query = select(*columns_of(EVENTS, Entry)).where(EVENTS.c.plan_id == plan_id).order_by(EVENTS.c.version)
        return values_of(Entry, self._connection.execute(query))

    def insert(self, entries: Sequence[Entry]) -> None:
        """Add lines to a log. Raises `VersionTaken`."""
        if not entries:
            return
        try:
            self._connection.execute(insert(EVENTS), [as_columns(entry) for entry in entries])
        except IntegrityError as error:
            if breaks_primary_key_of_events(error):
                raise VersionTaken from error
            raise

    def write(self, rows: Rows) -> None:
        """Make the plan's read tables hold these rows: only steps that differ are written."""
        put(self._connection, PLANS, [as_columns(rows.plan)])
        there = {step.key: step for step in self.steps(rows.plan.plan_id)}
        put(self._connection, STEPS, [as_columns(step) for step in rows.steps if there.get(step.key) != step])
        put(self._connection, REVISIONS, [as_columns(each) | {"version": version} for version, each in rows.revisions])

    def kept(self, plan_id: str) -> Placed:
        """What the read tables hold of the plan, by place."""
        plan = select(*columns_of(PLANS, PlanRow)).where(PLANS.c.plan_id == plan_id)
        revisions = (
            select(REVISIONS.c.version, *columns_of(REVISIONS, DeadlineRevision))
            .where(REVISIONS.c.plan_id == plan_id)
            .order_by(REVISIONS.c.version)
        )
        return placed(
            values_of(PlanRow, self._connection.execute(plan)),
            self.steps(plan_id),
            [(version, DeadlineRevision(*values)) for version, *values in self._connection.execute(revisions)],
        )

    def erase(self, plan_id: str) -> None:
        """Empty the plan's read tables."""
        for table in (REVISIONS, STEPS, PLANS):
            self._connection.execute(delete(table).where(table.c.plan_id == plan_id))

    def row_version(self, plan_id: str) -> int | None:
        """The version that the plan's row speaks of; None without a row."""
        return self._connection.scalar(select(PLANS.c.version).where(PLANS.c.plan_id == plan_id))


def waking_query(until: datetime, limit: int) -> Select[tuple[str]]:
    """The due query of the sweep; it costs what is due, by its own index.

    The due steps are gathered first, else SQLite would walk all steps in the order of plans to group them.
    """
    due = select(STEPS.c.plan_id, STEPS.c.wake_at).where(STEPS.c.wake_at < until)
    gathered = due.cte("due").prefix_with("MATERIALIZED")
    return (
        select(gathered.c.plan_id)
        .group_by(gathered.c.plan_id)
        .order_by(func.min(gathered.c.wake_at), gathered.c.plan_id)
        .limit(limit)
    )


def breaks_primary_key_of_events(error: IntegrityError) -> bool:
    """Whether a version of a log was written twice: SQLite names the columns, PostgreSQL the constraint."""
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if constraint is not None:
        return str(constraint) == EVENTS.primary_key.name
    return "UNIQUE constraint failed: events.plan_id, events.version" in str(error.orig)
