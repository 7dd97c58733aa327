"""Between the core's values and the tables' columns, which bear the same names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table
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


def insert_for(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which the two databases spell alike but SQLAlchemy does not share."""
    return _INSERT[connection.dialect.name](table)


def put(connection: Connection, table: Table, values: Iterable[dict[str, Any]]) -> None:
    """Insert whole rows, replacing those with the same primary key."""
    rows = list(values)
    if rows:
        connection.execute(_putting(connection.dialect.name, table), rows)


@cache
def _putting(dialect: str, table: Table) -> Any:
    statement: Any = _INSERT[dialect](table)
    replaced = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=replaced)
