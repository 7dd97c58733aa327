"""Which schema the database has, and bringing it to this version's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from workflow.store import errors
from workflow.store.engine import address, reading, shown, store_engine, upkeep_engine
from workflow.store.sql_plans import refresh_rows

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = ("0001", "0002", "0003")
"""Every revision of the schema, oldest first; a test holds them against the scripts."""

VERSION_TABLE = "doithoai_schema"

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('doithoai migrate'))"


def migrate(url: str) -> None:
    """Make the database or bring it to this version, in one transaction; those who come at once wait for each other.

    What newer read tables hold of old plans is filled in from their logs.

    Raises `DatabaseNewer` when a newer program wrote it, `DatabaseForeign` when another program uses it, and other
    `DatabaseError`s; then nothing is changed.
    """
    _make_folder(url)
    with upkeep_engine(url, make=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(_ONE_AT_A_TIME))
        revision = _known_revision(connection, url)
        if revision is None and inspect(connection).get_table_names():
            raise errors.DatabaseForeign(database=shown(address(url)))
        if revision != REVISIONS[-1]:
            _upgrade(connection)
            refresh_rows(connection)
    _open_once(url)


def _open_once(url: str) -> None:
    """Open the database as a store does, which puts an SQLite file into its mode for good."""
    engine = store_engine(url)
    engine.connect().close()
    engine.dispose()


def check_version(url: str) -> None:
    """Raise `DatabaseOlder` or `DatabaseNewer` unless the database has this version's schema; changes nothing."""
    if not _is_there(url):
        raise errors.DatabaseOlder(database=shown(address(url)))
    with reading(upkeep_engine(url)).connect() as connection:
        if _known_revision(connection, url) != REVISIONS[-1]:
            raise errors.DatabaseOlder(database=shown(address(url)))


def _known_revision(connection: Connection, url: str) -> str | None:
    """The revision of the schema, None for a database without one. Raises `DatabaseNewer`."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608
    if revision is not None and revision not in REVISIONS:
        raise errors.DatabaseNewer(database=shown(address(url)))
    return revision


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> Config:
    """Where the migrations are; no file is needed for it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _make_folder(url: str) -> None:
    """The folder of an SQLite file. Raises `DatabaseUnwritable`."""
    parsed = address(url)
    if parsed.get_backend_name() != "sqlite":
        return
    try:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.DatabaseUnwritable(database=shown(parsed)) from error


def _is_there(url: str) -> bool:
    parsed = address(url)
    return parsed.get_backend_name() != "sqlite" or Path(str(parsed.database)).exists()
