"""The log and its read tables in a database."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, false, func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from workflow.domain.cycle import PlanStatus
from workflow.ports import DeadlineRevision, Head, PetitionFilter, PetitionRow, PlanRow, StepRow, TableFault
from workflow.store.chain import Entry, Spoilt
from workflow.store.columns import as_columns, columns_of, put, raw, values_of
from workflow.store.errors import EventNewer, EventUnreadable
from workflow.store.plans import LoggedPlans, VersionTaken
from workflow.store.remembering import ReadBefore
from workflow.store.rows import Placed, Rows, placed
from workflow.store.sql_audit import ids_written, log_lines, misshapen, readable
from workflow.store.sql_lists import SqlLists
from workflow.store.tables import EVENTS, PETITIONS, PLANS, REVISIONS, STEPS

_Kept = TypeVar("_Kept", StepRow, PetitionRow)
_HEAD = (EVENTS.c.plan_id, EVENTS.c.version, EVENTS.c.hash)
_ROWS_A_PLAN = 4
"""How many due steps of a plan are looked for at first; where plans have more, the question is asked again."""

_AT_ONCE = 1000
"""How many pairs one statement asks about; both databases bound the number of parameters."""


class SqlPlans(SqlLists, LoggedPlans):
    """`Plans` on one transaction of a database."""

    def __init__(self, connection: Connection, read_before: ReadBefore) -> None:
        SqlLists.__init__(self, connection)
        LoggedPlans.__init__(self, read_before)

    def ids(self, status: PlanStatus | None = None) -> list[str]:
        """Ids of all plans, or of those with a status, in order of start, then id."""
        query = select(PLANS.c.plan_id).order_by(PLANS.c.started_at, PLANS.c.plan_id)
        if status is not None:
            query = query.where(PLANS.c.status == status)
        return list(self._connection.scalars(query))

    def logged_ids(self) -> list[str]:
        """Ids of all plans that have a log or a row, by id."""
        return ids_written(self._connection)

    def waking(self, until: datetime, limit: int) -> list[str]:
        """Ids of plans with a step whose `wake_at` lies before `until` (exclusive), the earliest first, then by id."""
        rows = _ROWS_A_PLAN * limit
        while True:
            due = raw(self._connection.execute(waking_query(until, rows)))
            plans = list(dict.fromkeys(plan_id for (plan_id,) in due))
            if len(plans) >= limit or len(due) < rows:
                return plans[:limit]
            rows *= _ROWS_A_PLAN

    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans, by id) in the order of the document."""
        query = select(*columns_of(STEPS, StepRow)).order_by(STEPS.c.plan_id, STEPS.c.place)
        if plan_id is not None:
            query = query.where(STEPS.c.plan_id == plan_id)
        return values_of(StepRow, self._connection.execute(query))

    def petitions(self, plan_id: str | None = None) -> list[PetitionRow]:
        """The petitions of a plan (or of all plans, by id) in the order of raising."""
        one = frozenset({plan_id}) if plan_id is not None else None
        return self.petitions_where(PetitionFilter(plan_ids=one))

    def counting_over(self, since: date, until: date) -> list[StepRow]:
        """Unfinished steps with a limit that a change of the days in [since, until) can move, by plan and document."""
        found = values_of(StepRow, self._connection.execute(counting_query(since, until)))
        return sorted(found, key=lambda step: (step.plan_id, step.place))

    def heads(self) -> list[Head]:
        """(plan, last version, its hash) of every log, by id."""
        last = (
            select(EVENTS.c.plan_id, func.max(EVENTS.c.version).label("version")).group_by(EVENTS.c.plan_id).subquery()
        )
        same = (EVENTS.c.plan_id == last.c.plan_id) & (EVENTS.c.version == last.c.version)
        query = select(*_HEAD).join(last, same).order_by(EVENTS.c.plan_id)
        return [(plan_id, version, digest) for plan_id, version, digest in self._connection.execute(query)]

    def lost_heads(self, heads: Sequence[Head]) -> list[Head]:
        """Those of some heads seen earlier that no log holds any more: their plan was cut, altered or removed since."""
        held = set[Head]()
        for first in range(0, len(heads), _AT_ONCE):
            places = [head[:2] for head in heads[first : first + _AT_ONCE]]
            query = select(*_HEAD).where(tuple_(EVENTS.c.plan_id, EVENTS.c.version).in_(places))
            held.update((plan_id, version, digest) for plan_id, version, digest in self._connection.execute(query))
        return [head for head in heads if head not in held]

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
        """The lines of a plan's log in order of versions; empty without a plan. Raises ValueError for a spoilt one."""
        query = select(*columns_of(EVENTS, Entry)).where(EVENTS.c.plan_id == plan_id).order_by(EVENTS.c.version)
        with readable():
            return values_of(Entry, self._connection.execute(query))

    def lines(self, plan_id: str) -> list[Entry | Spoilt]:
        """The same for the audit: a line that cannot be read as one is told instead of refused."""
        return log_lines(self._connection, plan_id)

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

    def head(self, plan_id: str) -> tuple[int, str] | None:
        """The version and the hash of the last line of a plan's log; None without a plan."""
        query = select(EVENTS.c.version, EVENTS.c.hash).where(EVENTS.c.plan_id == plan_id)
        row = self._connection.execute(query.order_by(EVENTS.c.version.desc()).limit(1)).first()
        return (row[0], row[1]) if row is not None else None

    def write(self, rows: Rows, there: Rows | None = None) -> None:
        """Make the plan's read tables hold these rows, writing those that differ; revisions are added to those there."""
        plan_id = rows.plan.plan_id
        put(self._connection, PLANS, [as_columns(rows.plan)])
        put(self._connection, STEPS, _changed(rows.steps, there.steps if there else self.steps(plan_id)))
        if rows.petitions:
            petitions = there.petitions if there else self.petitions(plan_id)
            put(self._connection, PETITIONS, _changed(rows.petitions, petitions))
        put(self._connection, REVISIONS, [as_columns(each) | {"version": version} for version, each in rows.revisions])

    def kept(self, plan_id: str) -> Placed:
        """What the read tables hold of the plan, by place. Raises ValueError when a cell cannot be read."""
        plan = select(*columns_of(PLANS, PlanRow)).where(PLANS.c.plan_id == plan_id)
        revisions = (
            select(REVISIONS.c.version, *columns_of(REVISIONS, DeadlineRevision))
            .where(REVISIONS.c.plan_id == plan_id)
            .order_by(REVISIONS.c.version)
        )
        with readable():
            return placed(
                values_of(PlanRow, self._connection.execute(plan)),
                self.steps(plan_id),
                self.petitions(plan_id),
                [(version, DeadlineRevision(*values)) for version, *values in self._connection.execute(revisions)],
            )

    def misshapen(self, plan_id: str) -> list[TableFault]:
        """The cells of the plan's read tables that are kept in another form than they are written in."""
        return misshapen(self._connection, plan_id)

    def erase(self, plan_id: str) -> None:
        """Empty the plan's read tables."""
        for table in (REVISIONS, PETITIONS, STEPS, PLANS):
            self._connection.execute(delete(table).where(table.c.plan_id == plan_id))

    def row_version(self, plan_id: str) -> int | None:
        """The version that the plan's row speaks of; None without a row."""
        return self._connection.scalar(select(PLANS.c.version).where(PLANS.c.plan_id == plan_id))


def waking_query(until: datetime, limit: int) -> Select[tuple[str]]:
    """The due query of the sweep: plans of due steps in order, some more than once, read along their own index."""
    due = select(STEPS.c.plan_id).where(STEPS.c.wake_at < until)
    return due.order_by(STEPS.c.wake_at, STEPS.c.plan_id).limit(limit)


def counting_query(since: date, until: date) -> Select[Any]:
    """The steps whose limits rest on days in [since, until); it costs what is unfinished, by its own index."""
    query = select(*columns_of(STEPS, StepRow)).where(STEPS.c.counts_until > since, STEPS.c.counts_since < until)
    return query if since < until else query.where(false())


def refresh_rows(connection: Connection) -> None:
    """Let the read tables of every plan follow from its log, after their columns have changed.

    A plan whose log cannot be read stays as it is: the audit tells of it.
    """
    plans = SqlPlans(connection, ReadBefore(0))
    for plan_id in plans.logged_ids():
        with suppress(EventUnreadable, EventNewer):
            plans.refresh(plan_id)


def _changed(rows: Sequence[_Kept], there: Sequence[_Kept]) -> list[dict[str, Any]]:
    """The rows that do not stand there as they are, as columns."""
    standing = set(there)
    return [as_columns(row) for row in rows if row not in standing]


def breaks_primary_key_of_events(error: IntegrityError) -> bool:
    """Whether a version of a log was written twice: SQLite names the columns, PostgreSQL the constraint."""
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if constraint is not None:
        return str(constraint) == EVENTS.primary_key.name
    return "UNIQUE constraint failed: events.plan_id, events.version" in str(error.orig)
