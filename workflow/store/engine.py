"""Engines: how a connection behaves on each database, and how its failures become sentences."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from workflow.store import errors
from workflow.store.failures import failure_of

READING = "doithoai_reading"
"""Execution option of connections that only read."""

WAIT_SECONDS = 10.0
"""How long a writer waits for another one."""

SQLITE = "sqlite:///"
Settings = dict[str, Any]


def address(url: str) -> URL:
    """The address with the driver that the program uses. Raises `DatabaseAddressWrong`.

    What follows sqlite:/// is a path as it stands: a folder may have a ? or a % in its name.
    """
    if url.startswith(SQLITE) and url.removeprefix(SQLITE) not in ("", ":memory:"):
        return URL.create("sqlite", database=url.removeprefix(SQLITE))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise errors.DatabaseAddressWrong(database=re.sub(r":[^:@/]*@", ":***@", url)) from error
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in ("sqlite", "sqlite+pysqlite") and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite")
    raise errors.DatabaseAddressWrong(database=shown(parsed))


def shown(url: URL) -> str:
    """The database as a person may see it: the file's path, or the address without its password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def store_engine(url: str, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """The engine of a store, with a pool of connections; nothing is connected yet."""
    engine = _engine(url, wait_seconds, make=False, pool={})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_readers_in)
    return engine


def upkeep_engine(url: str, *, make: bool = False) -> Engine:
    """An engine for a look at the schema, or a change of it; no connection outlives its use.

    `make`: an SQLite file that is missing is made.
    """
    return _engine(url, WAIT_SECONDS, make=make, pool={"poolclass": NullPool})


def reading(engine: Engine) -> Engine:
    """The same engine for connections that only read: each transaction sees one moment of the database."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READING: True})
    return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")


def _engine(url: str, wait_seconds: float, *, make: bool, pool: Settings) -> Engine:
    parsed = address(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite(parsed, wait_seconds, make=make, pool=pool)
        else:
            engine = _postgresql(parsed, wait_seconds, pool)
    except ModuleNotFoundError as error:
        raise errors.DatabaseDriverMissing from error
    _tell_failures(engine, shown(parsed))
    return engine


def _tell_failures(engine: Engine, database: str) -> None:
    """Turn the driver's operational exceptions into errors of the store, wherever they arise."""

    @event.listens_for(engine, "handle_error")
    def _(context: ExceptionContext) -> None:
        failure = failure_of(context.original_exception)
        if failure is not None and not context.is_pre_ping:
            raise failure(database=database) from context.original_exception


def _sqlite(url: URL, wait_seconds: float, *, make: bool, pool: Settings) -> Engine:
    mode = "rwc" if make else "rw"
    file = URL.create("sqlite", database=f"file:{_quoted(str(url.database))}", query={"mode": mode, "uri": "true"})
    engine = create_engine(file, connect_args={"timeout": wait_seconds}, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _quoted(path: str) -> str:
    """A path as SQLite's file addresses want it."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Transactions begin where we say; a commit survives a power cut."""
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _let_readers_in(connection: sqlite3.Connection, _record: object) -> None:
    """Readers need not wait for the writer. The mode stays with the file, which `migrate` has put into it."""
    connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_sqlite(connection: Connection) -> None:
    """A unit that writes takes the write lock at once, so that it can neither deadlock nor read what is outdated."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql(url: URL, wait_seconds: float, pool: Settings) -> Engine:
    options = f"-c timezone=UTC -c lock_timeout={int(wait_seconds * 1000)}"
    connect: Settings = {"options": options, "connect_timeout": max(2, int(wait_seconds))}
    return create_engine(url, connect_args=connect, pool_pre_ping=not pool, **pool)
