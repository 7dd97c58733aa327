"""Outbox, board links, leases and heartbeats in a database, each on one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from workflow.ports import Notice, NoticeStatus
from workflow.store.columns import add_new, as_columns, columns_of, insert_for, put, values_of
from workflow.store.tables import BOARD_LINKS, HEARTBEATS, INSTALLATION, LEASES, NOTICES


class SqlOutbox:
    """`Outbox` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notices: Iterable[Notice]) -> int:
        """Write the notices whose key is new; how many were. A key already present is left as it is."""
        return add_new(self._connection, NOTICES, map(as_columns, notices))

    def pending(self, at: datetime, limit: int) -> list[Notice]:
        """Pending notices whose `try_at` is not after `at`, in order of `owed_at`, then key."""
        return values_of(Notice, self._connection.execute(pending_query(at, limit)))

    def update(self, notice: Notice) -> None:
        """Write the notice's status, attempts, times and reason. Raises KeyError when there is no such notice."""
        names = ("status", "attempts", "try_at", "sent_at", "reason")
        changed = {name: getattr(notice, name) for name in names}
        found = self._connection.execute(update(NOTICES).where(NOTICES.c.key == notice.key).values(changed))
        if not found.rowcount:
            raise KeyError(notice.key)

    def of_plan(self, plan_id: str) -> list[Notice]:
        """Every notice of a plan, in order of `owed_at`, then key."""
        query = (
            select(*columns_of(NOTICES, Notice))
            .where(NOTICES.c.plan_id == plan_id)
            .order_by(NOTICES.c.owed_at, NOTICES.c.key)
        )
        return values_of(Notice, self._connection.execute(query))

    def count(self, status: NoticeStatus) -> int:
        """How many notices have a status."""
        query = select(func.count()).select_from(NOTICES).where(NOTICES.c.status == status)
        return self._connection.scalar(query) or 0

    def get(self, key: str) -> Notice | None:
        """The notice with a key, or None."""
        query = select(*columns_of(NOTICES, Notice)).where(NOTICES.c.key == key)
        return next(iter(values_of(Notice, self._connection.execute(query))), None)

    def with_status(self, status: NoticeStatus, limit: int) -> list[Notice]:
        """The notices with a status, the latest owed first, then by key backwards."""
        return values_of(Notice, self._connection.execute(latest_query(status, limit)))


def pending_query(at: datetime, limit: int) -> Select[Any]:
    """The notices that may be tried now, found by their own index."""
    return (
        select(*columns_of(NOTICES, Notice))
        .where(NOTICES.c.status == NoticeStatus.PENDING, NOTICES.c.try_at <= at)
        .order_by(NOTICES.c.owed_at, NOTICES.c.key)
        .limit(limit)
    )


def latest_query(status: NoticeStatus, limit: int) -> Select[Any]:
    """The notices with a status, the latest owed first, read along their own index."""
    return (
        select(*columns_of(NOTICES, Notice))
        .where(NOTICES.c.status == status)
        .order_by(NOTICES.c.owed_at.desc(), NOTICES.c.key.desc())
        .limit(limit)
    )


class SqlLinks:
    """`Links` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def installation_id(self) -> str:
        """A random id made once for this database, when it was made."""
        return str(self._connection.scalars(select(INSTALLATION.c.installation_id)).one())

    def shown(self, plan_id: str) -> tuple[str, str] | None:
        """(flow run id, fingerprint of what was shown) or None."""
        query = select(BOARD_LINKS.c.flow_run_id, BOARD_LINKS.c.fingerprint).where(BOARD_LINKS.c.plan_id == plan_id)
        row = self._connection.execute(query).one_or_none()
        return (row.flow_run_id, row.fingerprint) if row is not None else None

    def remember(self, plan_id: str, flow_run_id: str, fingerprint: str) -> None:
        """Keep what was shown."""
        link = {"plan_id": plan_id, "flow_run_id": flow_run_id, "fingerprint": fingerprint}
        put(self._connection, BOARD_LINKS, [link])

    def forget(self, plan_id: str) -> None:
        """Drop what was shown, so that it is shown whole next time."""
        self._connection.execute(delete(BOARD_LINKS).where(BOARD_LINKS.c.plan_id == plan_id))


class SqlLeases:
    """`Leases` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, job: str, owner: str, at: datetime, until: datetime) -> bool:
        """Take or renew the lease of a job until `until` (exclusive); False when another owner holds it at `at`."""
        statement = insert_for(self._connection, LEASES).values(job=job, owner=owner, until=until)
        taken = statement.on_conflict_do_update(
            index_elements=[LEASES.c.job],
            set_={"owner": owner, "until": until},
            where=or_(LEASES.c.owner == owner, LEASES.c.until <= at),
        )
        return self._connection.execute(taken.returning(LEASES.c.job)).first() is not None

    def release(self, job: str, owner: str) -> None:
        """Give the lease back; nothing happens when another owner holds it."""
        self._connection.execute(delete(LEASES).where(LEASES.c.job == job, LEASES.c.owner == owner))


class SqlHeartbeats:
    """`Heartbeats` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, job: str, at: datetime) -> None:
        """Note that a job has come to its end; an earlier end told later is left out."""
        statement = insert_for(self._connection, HEARTBEATS).values(job=job, last_at=at)
        later = statement.on_conflict_do_update(
            index_elements=[HEARTBEATS.c.job], set_={"last_at": at}, where=HEARTBEATS.c.last_at < at
        )
        self._connection.execute(later)

    def last(self, job: str) -> datetime | None:
        """When it last did; None when it never has."""
        return self._connection.scalar(select(HEARTBEATS.c.last_at).where(HEARTBEATS.c.job == job))
