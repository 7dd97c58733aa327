"""Which schema the database has, and bringing it to this version's."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from workflow.store import errors
from workflow.store.engine import address, engine_of, shown

REVISIONS = ("0001",)
"""Every revision of the schema, oldest first; a test holds them against the scripts."""

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('doithoai migrate'))"
_VERSION_TABLE = "alembic_version"


def migrate(url: str) -> None:
    """Make the database or bring it to this version, in one transaction.

    Raises `DatabaseNewer` when a newer program wrote it, and other `DatabaseError`s; then nothing is changed.
    """
    _make_folder(url)
    engine = engine_of(url, pooled=False, make=True)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(_ONE_AT_A_TIME))
        if not _is_current(connection, url):
            _upgrade(connection)


def check_version(url: str) -> None:
    """Raise `DatabaseOlder` or `DatabaseNewer` unless the database has this version's schema; changes nothing."""
    if not _is_there(url):
        raise errors.DatabaseOlder(database=shown(address(url)))
    engine = engine_of(url, pooled=False)
    with engine.connect() as connection, suppress(errors.DatabaseBusy):
        if not _is_current(connection, url):
            raise errors.DatabaseOlder(database=shown(address(url)))


def _is_current(connection: Connection, url: str) -> bool:
    """Whether the schema is this version's. Raises `DatabaseNewer`."""
    revision = revision_of(connection)
    if revision is not None and revision not in REVISIONS:
        raise errors.DatabaseNewer(database=shown(address(url)))
    return revision == REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None for a database without one."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


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
