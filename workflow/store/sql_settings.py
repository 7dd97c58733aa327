"""What offices set and what binds the logs, in a database, each on one transaction: ladders, decisions, anchors."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, select

from workflow.domain.definition import PlanKind
from workflow.domain.ladder import Ladder
from workflow.ports import AdoptedNotice, Anchor
from workflow.store.codec import ladder_of, ladder_text
from workflow.store.columns import as_columns, columns_of, insert_for, put, values_of
from workflow.store.tables import ANCHORS, DECISIONS, LADDERS


class SqlLadders:
    """`Ladders` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, kind: PlanKind) -> Ladder | None:
        """The ladder set for a kind; None: the one that is shipped. Raises ValueError for one that is damaged."""
        payload = self._connection.scalar(select(LADDERS.c.payload).where(LADDERS.c.kind == kind))
        return ladder_of(payload) if payload is not None else None

    def put(self, kind: PlanKind, ladder: Ladder | None, *, at: datetime, actor: str) -> None:
        """Set a kind's ladder; None: the one that is shipped again."""
        payload = ladder_text(ladder) if ladder is not None else None
        put(self._connection, LADDERS, [{"kind": kind, "payload": payload, "set_at": at, "actor": actor}])


class SqlDecisions:
    """`Decisions` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: AdoptedNotice) -> None:
        """Keep a decision; one of the same name is replaced."""
        put(self._connection, DECISIONS, [as_columns(notice)])

    def all(self) -> list[AdoptedNotice]:
        """All of them, in order of adoption, then by name."""
        query = select(*columns_of(DECISIONS, AdoptedNotice)).order_by(DECISIONS.c.adopted_at, DECISIONS.c.name)
        return values_of(AdoptedNotice, self._connection.execute(query))


class SqlAnchors:
    """`Anchors` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, anchor: Anchor) -> bool:
        """Keep an anchor; False when its day has one already."""
        row = as_columns(anchor) | {"heads": json.dumps(anchor.heads, ensure_ascii=False)}
        statement = insert_for(self._connection, ANCHORS).on_conflict_do_nothing(index_elements=[ANCHORS.c.day])
        return self._connection.execute(statement.values(row).returning(ANCHORS.c.day)).first() is not None

    def all(self) -> list[Anchor]:
        """All of them by day."""
        rows = self._connection.execute(select(*columns_of(ANCHORS, Anchor)).order_by(ANCHORS.c.day))
        return [Anchor(day, digest, previous, _heads(heads), made_at) for day, digest, previous, heads, made_at in rows]


def _heads(text: str) -> tuple[str, ...]:
    """The heads as kept; what cannot be read any more comes back as it stands, so that it no longer fits its digest."""
    try:
        return tuple(map(str, json.loads(text)))
    except (ValueError, TypeError):
        return (text,)
