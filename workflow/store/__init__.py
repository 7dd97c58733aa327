"""The store: the log of events with its read tables, the outbox, people. Every import of SQL lives below this package.

The functions here import what they need only when they are called, so that a command without a database stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from workflow.store.memory import MemoryStore
    from workflow.store.sql import SqlStore

__all__ = ["back_up", "check_version", "memory_store", "migrate", "restore", "sql_store"]


def sql_store(url: str) -> SqlStore:
    """The store in the database at a SQLAlchemy address (SQLite or PostgreSQL); connects when first used.

    Raises `DatabaseAddressWrong` for an address that cannot be one. See `check_version` for its schema.
    """
    from workflow.store.sql import SqlStore

    return SqlStore(url)


def memory_store() -> MemoryStore:
    """A store that keeps everything in this process, with the same semantics; for rehearsals and tests."""
    from workflow.store.memory import MemoryStore

    return MemoryStore()


def migrate(url: str) -> None:
    """Make the database, or bring it to this version; harmless when repeated or run by several at once.

    Raises `DatabaseNewer` when a newer version of the program wrote it; then nothing is changed.
    """
    from workflow.store import schema

    schema.migrate(url)


def check_version(url: str) -> None:
    """Raise `DatabaseOlder` or `DatabaseNewer` unless the database has this version's schema; changes nothing."""
    from workflow.store import schema

    schema.check_version(url)


def back_up(url: str, data: Path, target: Path, *, at: datetime, on_progress: Callable[[str, int], None]) -> int:
    """Write the database and the files of the data folder into a new .zip; how many rows. See `workflow.store.archive`."""
    from workflow.store import archive

    return archive.backup(url, data, target, at=at, on_progress=on_progress)


def restore(source: Path, url: str, data: Path, *, on_progress: Callable[[str, int], None]) -> int:
    """Put such a .zip into an empty database and data folder; how many rows."""
    from workflow.store import archive

    return archive.restore(source, url, data, on_progress=on_progress)
