"""Reading what the audit looks at, byte by byte: a cell that reads the same but is kept differently is a fault, too.

SQLite keeps whatever it is given in any column, and its driver is lenient with texts of instants and days; PostgreSQL
keeps what its types allow, but knows instants that Python does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Row, Table, cast, func, select, text, type_coerce
from sqlalchemy.types import NullType, String

from workflow.ports import TableFault
from workflow.store.chain import Entry, Spoilt
from workflow.store.columns import columns_of
from workflow.store.errors import DatabaseUnreadable
from workflow.store.tables import EVENTS, PETITIONS, PLANS, REVISIONS, STEPS

_ENTRY = columns_of(EVENTS, Entry)
_INSTANTS = ("happened_at", "recorded_at")


def log_lines(connection: Connection, plan_id: str) -> list[Entry | Spoilt]:
    """The lines of a plan's log in order of versions, those that cannot be read as one among them."""
    of_plan = EVENTS.c.plan_id == plan_id
    if connection.dialect.name == "sqlite":
        cells = (each for column in _ENTRY for each in (func.typeof(column), cast(column, LargeBinary)))
        query = select(*cells).where(of_plan).order_by(EVENTS.c.version)
        return [_from_sqlite(row) for row in connection.execute(query)]
    texts = (cast(column, String) if column.name in _INSTANTS else type_coerce(column, NullType()) for column in _ENTRY)
    query = select(*texts).where(of_plan).order_by(EVENTS.c.version)
    return [_from_postgresql(row) for row in connection.execute(query)]


def _from_sqlite(row: Row[Any]) -> Entry | Spoilt:
    kinds, cells = row[0::2], row[1::2]
    version = int(cells[1]) if kinds[1] == "integer" else None
    for column, kind, cell in zip(_ENTRY, kinds, cells, strict=True):
        if kind != ("integer" if column.name == "version" else "text"):
            return Spoilt(version, column.name)
        if not _is_utf8(cell) or (column.name in _INSTANTS and not _is_kept_so(cell.decode())):
            return Spoilt(version, column.name)
    texts = {column.name: cell.decode() for column, cell in zip(_ENTRY, cells, strict=True)}
    instants = {name: datetime.fromisoformat(texts[name]).replace(tzinfo=UTC) for name in _INSTANTS}
    return Entry(**{**texts, **instants, "version": version})


def _from_postgresql(row: Row[Any]) -> Entry | Spoilt:
    values = {column.name: value for column, value in zip(_ENTRY, row, strict=True)}
    for name in _INSTANTS:
        try:
            values[name] = datetime.fromisoformat(values[name]).astimezone(UTC)
        except ValueError:
            return Spoilt(values["version"], name)
    return Entry(**values)


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_kept_so(instant: str) -> bool:
    """Whether a text is an instant in the one form in which SQLite is given it."""
    try:
        found = datetime.fromisoformat(instant)
    except ValueError:
        return False
    return found.tzinfo is None and instant == found.isoformat(sep=" ", timespec="microseconds")


def misshapen(connection: Connection, plan_id: str) -> list[TableFault]:
    """The cells of a plan's read tables that hold the right value, or any, in another form than it is written in."""
    if connection.dialect.name != "sqlite":
        return []
    tables = ((PLANS, "plan", ()), (STEPS, "step", ("key",)), (PETITIONS, "petition", ("petition_id",)))
    return [
        *(fault for table, kind, names in tables for fault in _odd_cells(connection, table, plan_id, kind, names)),
        *_odd_cells(connection, REVISIONS, plan_id, "revision", ("step", "revision")),
    ]


def _odd_cells(
    connection: Connection, table: Table, plan_id: str, kind: str, names: Sequence[str]
) -> Iterator[TableFault]:
    columns = list(table.columns)
    of_plan = table.c.plan_id == plan_id
    with readable():
        raw = connection.execute(select(*(type_coerce(each, NullType()) for each in columns)).where(of_plan)).all()
        read = connection.execute(select(*columns).where(of_plan)).all()
    for cells, values in zip(raw, read, strict=True):
        place = " ".join([kind, "/".join(str(getattr(values, name)) for name in names)]).strip()
        for column, cell, value in zip(columns, cells, values, strict=True):
            written = _written(connection, column, value)
            if cell != written or type(cell) is not type(written):
                yield TableFault(place, column.name, written, cell)


def _written(connection: Connection, column: Column[Any], value: Any) -> Any:
    """A value as the driver is given it."""
    write = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return write(value) if write is not None else value


@contextmanager
def readable() -> Iterator[None]:
    """Turn what a cell that cannot be read raises, whatever the driver, into a ValueError."""
    try:
        yield
    except (DatabaseUnreadable, LookupError, TypeError) as error:
        raise ValueError(str(error)) from error


def ids_written(connection: Connection) -> list[str]:
    """Ids of the plans that have a log or a row; on SQLite those that are no text belong to no plan and are left out."""
    both = select(EVENTS.c.plan_id).union(select(PLANS.c.plan_id)).subquery()
    if connection.dialect.name != "sqlite":
        return sorted(connection.scalars(select(both.c.plan_id)))
    texts = select(cast(both.c.plan_id, LargeBinary)).where(func.typeof(both.c.plan_id) == text("'text'"))
    return sorted(cell.decode() for cell in connection.scalars(texts) if _is_utf8(cell))
