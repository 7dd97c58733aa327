"""Between the core's values and the tables' columns, which bear the same names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, CursorResult, Table, TextClause, bindparam, text
from sqlalchemy.dialects import postgresql, sqlite

Value = TypeVar("Value")

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """The names of a value's fields, in their order."""
    return tuple(field.name for field in fields(kind))


def columns_of(table: Table, kind: type[Any]) -> list[Column[Any]]:
    """The columns that hold a value, in the order of its fields."""
    return [table.c[name] for name in names_of(kind)]


def as_columns(value: Any) -> dict[str, Any]:
    """A value as the columns that hold it."""
    return {name: getattr(value, name) for name in names_of(type(value))}


def values_of(kind: type[Value], rows: Iterable[Any]) -> list[Value]:
    """The values in rows of `columns_of`."""
    return [kind(*row) for row in rows]


def raw(result: CursorResult[Any]) -> Sequence[Any]:
    """The rows as the driver gives them, for columns that need nothing done to them: half the time where there are many."""
    cursor = result.cursor
    assert cursor is not None
    return cursor.fetchall()


def insert_for(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which the two databases spell alike but SQLAlchemy does not share."""
    return _INSERT[connection.dialect.name](table)


def put(connection: Connection, table: Table, values: Iterable[dict[str, Any]]) -> None:
    """Insert whole rows, replacing those with the same primary key."""
    rows = list(values)
    if rows:
        connection.execute(_putting(table), rows)


def add_new(connection: Connection, table: Table, values: Iterable[dict[str, Any]]) -> int:
    """Insert whole rows, leaving those with the same primary key as they are; how many were new."""
    rows = list(values)
    if not rows:
        return 0
    return connection.execute(_adding(table), rows, execution_options={"preserve_rowcount": True}).rowcount


@cache
def _putting(table: Table) -> TextClause:
    keys = {column.name for column in table.primary_key}
    replaced = ", ".join(f'"{name}" = excluded."{name}"' for name in table.c.keys() if name not in keys)  # noqa: SIM118
    return _inserting(table, f"UPDATE SET {replaced}")


@cache
def _adding(table: Table) -> TextClause:
    return _inserting(table, "NOTHING")


def _inserting(table: Table, otherwise: str) -> TextClause:
    """An insertion of whole rows as text, which both databases understand.

    SQLAlchemy compiles its own ON CONFLICT anew each time, which costs more than the insertion itself.
    """
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cells = ", ".join(f":{column.name}" for column in table.columns)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    sql = f"INSERT INTO {table.name} ({columns}) VALUES ({cells}) ON CONFLICT ({keys}) DO {otherwise}"  # noqa: S608
    return text(sql).bindparams(*(bindparam(column.name, type_=column.type) for column in table.columns))
