"""What a driver's exception means to a user; one table for each database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from types import MappingProxyType

from workflow.store.errors import (
    DatabaseBusy,
    DatabaseError,
    DatabaseOlder,
    DatabaseUnreachable,
    DatabaseUnreadable,
    DatabaseUnwritable,
    NameTooLong,
)

Failure = type[DatabaseError]

# Source: https://www.sqlite.org/rescode.html (primary result codes; extended codes begin with the primary's name).
SQLITE: Mapping[str, Failure] = MappingProxyType(
    {
        "SQLITE_BUSY": DatabaseBusy,
        "SQLITE_LOCKED": DatabaseBusy,
        "SQLITE_FULL": DatabaseUnwritable,
        "SQLITE_READONLY": DatabaseUnwritable,
        "SQLITE_IOERR": DatabaseUnwritable,
        "SQLITE_CORRUPT": DatabaseUnreadable,
        "SQLITE_NOTADB": DatabaseUnreadable,
        "SQLITE_CANTOPEN": DatabaseUnreachable,
        "SQLITE_PERM": DatabaseUnreachable,
        "SQLITE_AUTH": DatabaseUnreachable,
    }
)

# Source: PostgreSQL documentation, appendix A, error codes (whole codes, or classes of two characters).
POSTGRESQL: Mapping[str, Failure] = MappingProxyType(
    {
        "55P03": DatabaseBusy,  # lock_not_available
        "40": DatabaseBusy,  # serialization failure, deadlock
        "57014": DatabaseBusy,  # query_canceled
        "53100": DatabaseUnwritable,  # disk_full
        "54000": NameTooLong,  # program_limit_exceeded, as of a row of an index
        "25006": DatabaseUnwritable,  # read_only_sql_transaction
        "42501": DatabaseUnwritable,  # insufficient_privilege
        "58": DatabaseUnwritable,  # system error, such as of a disk
        "XX": DatabaseUnreadable,  # data or index corrupted
        "42P01": DatabaseOlder,  # undefined_table
        "42703": DatabaseOlder,  # undefined_column
        "08": DatabaseUnreachable,  # connection exception
        "28": DatabaseUnreachable,  # invalid authorization
        "3D": DatabaseUnreachable,  # no such database
        "53": DatabaseUnreachable,  # too many connections, out of memory
        "57": DatabaseUnreachable,  # shut down, starting up
    }
)

_NO_INSTANT = re.compile(r"(timestamp|date) too (large|small)")
_NO_TEXT = "Could not decode to UTF-8"
_MISSING_IN_SQLITE = ("no such table", "no such column", "has no column named")


def failure_of(error: BaseException) -> Failure | None:
    """The error that a user sees for a driver's exception; None when it is not an operational one."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if type(error).__module__.startswith("psycopg"):
        return _of_postgresql(error)
    return None


def _of_sqlite(error: sqlite3.Error) -> Failure | None:
    name = str(getattr(error, "sqlite_errorname", ""))
    if _NO_TEXT in str(error):
        return DatabaseUnreadable
    if name == "SQLITE_ERROR" and any(words in str(error) for words in _MISSING_IN_SQLITE):
        return DatabaseOlder
    return SQLITE.get("_".join(name.split("_")[:2]))


def _of_postgresql(error: BaseException) -> Failure | None:
    code = getattr(error, "sqlstate", None)
    if code is None:
        if _NO_INSTANT.match(str(error)):
            return DatabaseUnreadable
        return DatabaseUnreachable if type(error).__name__ == "OperationalError" else None
    return POSTGRESQL.get(code) or POSTGRESQL.get(code[:2])
