"""Looking at a database from outside the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, text

from workflow.store.tables import METADATA

READ_TABLES = ("plans", "steps", "petitions", "deadline_revisions")


def outside(url: str) -> Engine:
    """A plain engine, without the store's habits."""
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1), poolclass=NullPool)


def run(url: str, statement: str, **values: Any) -> None:
    """Change the database behind the store's back."""
    with outside(url).begin() as connection:
        connection.execute(text(statement), values)


def table_names(url: str) -> set[str]:
    """The tables that are there."""
    with outside(url).connect() as connection:
        return set(inspect(connection).get_table_names())


def raw_rows(url: str, tables: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of some tables as the driver gives it, sorted."""
    with outside(url).connect() as connection:
        return {name: sorted(_raw(connection, name), key=repr) for name in tables}


def _raw(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(column.name for column in METADATA.tables[table].columns)
    return [tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table}")]


class Watched:
    """What an engine did; `written` counts the rows of each table that were inserted or replaced."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.written: Counter[str] = Counter()
        self.begins = 0
        self.commits = 0

    def on_statement(self, _c: Any, _k: Any, statement: str, values: Any, _x: Any, many: bool) -> None:
        """A statement is about to run; those that only open a transaction are left out."""
        if statement.startswith(("PRAGMA", "BEGIN")):
            return
        self.statements.append(statement)
        if statement.startswith("INSERT INTO "):
            self.written[statement.split()[2]] += len(values) if many else 1

    def on_begin(self, _connection: Connection) -> None:
        """A transaction begins."""
        self.begins += 1

    def on_commit(self, _connection: Connection) -> None:
        """A transaction is kept."""
        self.commits += 1


@contextmanager
def watched(engine: Engine) -> Iterator[Watched]:
    """Counts the statements, transactions and commits of an engine."""
    seen = Watched()
    hooks: dict[str, Callable[..., None]] = {
        "before_cursor_execute": seen.on_statement,
        "begin": seen.on_begin,
        "commit": seen.on_commit,
    }
    for name, hook in hooks.items():
        event.listen(engine, name, hook)
    yield seen
    for name, hook in hooks.items():
        event.remove(engine, name, hook)
