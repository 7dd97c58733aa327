"""Backup and restore: the whole database and the files beside it in one .zip, which fits either kind of database.

The tables are written as lines of JSON, read in one transaction that sees one moment, so that people may go on working
meanwhile. `manifest.json` holds the schema, the rows of each table and the digest of every member.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Column, Connection, DateTime, Table, delete, insert, select
from sqlalchemy import Enum as Words
from sqlalchemy.types import Date, TypeDecorator

from workflow.domain.errors import DoithoaiError
from workflow.store import errors, schema
from workflow.store.engine import address, reading, shown, store_engine, upkeep_engine
from workflow.store.tables import INSTALLATION, METADATA

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
KEPT_FOLDERS = ("proofs", "calendar", "templates", "documents")
"""Folders of the data folder that belong to an installation; the mailbox of the demo and what can be made anew do not."""

BATCH = 1000
Progress = Callable[[str, int], None]


def backup(
    url: str, data: Path, target: Path, *, at: datetime, on_progress: Progress = lambda _what, _count: None
) -> int:
    """Write everything into a new .zip at `target`, whole or not at all; how many rows it holds.

    Raises `BackupThere` when something is there already, `BackupUnwritable`, and the store's errors.
    """
    if target.exists():
        raise errors.BackupThere(file=target)
    draft = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as archive:
            rows = _write(archive, url, data, at, on_progress)
        draft.replace(target)
    except OSError as error:
        raise errors.BackupUnwritable(file=target, why=error.strerror or type(error).__name__) from error
    finally:
        draft.unlink(missing_ok=True)
    return rows


def restore(archive_path: Path, url: str, data: Path, *, on_progress: Progress = lambda _what, _count: None) -> int:
    """Put a backup into an empty database and data folder; how many rows it held.

    Everything is checked before anything is written. Raises `BackupUnreadable` for what is no whole backup,
    `BackupOfOther` for one of another version, `DatabaseNotEmpty` when there is something already.
    """
    try:
        with zipfile.ZipFile(archive_path) as archive:
            manifest = _checked(archive, archive_path)
            schema.migrate(url)
            rows = _fill(archive, manifest, url, on_progress)
            _lay_out(archive, manifest, data)
    except DoithoaiError:
        raise
    except (OSError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError) as error:
        raise errors.BackupUnreadable(file=archive_path) from error
    return rows


def _write(archive: zipfile.ZipFile, url: str, data: Path, at: datetime, on_progress: Progress) -> int:
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    engine = reading(store_engine(url))
    try:
        with engine.begin() as connection:
            for table in METADATA.sorted_tables:
                name = f"{TABLES}/{table.name}.jsonl"
                counts[table.name], digests[name] = _write_table(archive, name, table, connection)
                on_progress(table.name, counts[table.name])
    finally:
        engine.dispose()
    for file in _files(data):
        name = f"{FILES}/{file.relative_to(data).as_posix()}"
        archive.write(file, name)
        with file.open("rb") as source:
            digests[name] = file_digest(source, "sha256").hexdigest()
    manifest = {
        "doithoai": FORMAT,
        "schema": schema.REVISIONS[-1],
        "made_at": at.isoformat(),
        "rows": counts,
        "digests": digests,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return sum(counts.values())


def _write_table(archive: zipfile.ZipFile, name: str, table: Table, connection: Connection) -> tuple[int, str]:
    """How many rows were written, and the digest of their lines."""
    count, digest = 0, sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
            line = json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=False).encode() + b"\n"
            member.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _files(data: Path) -> Iterator[Path]:
    for folder in KEPT_FOLDERS:
        for file in sorted((data / folder).rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.endswith(".part"):
                yield file


def _checked(archive: zipfile.ZipFile, path: Path) -> Mapping[str, Any]:
    """The manifest, once every member is known to be whole and nothing else is there."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["schema"] != schema.REVISIONS[-1]:
        raise errors.BackupOfOther(file=path, schema=manifest["schema"])
    members = {info.filename for info in archive.infolist()} - {MANIFEST}
    if manifest["doithoai"] != FORMAT or members != set(manifest["digests"]):
        raise errors.BackupUnreadable(file=path)
    for name, expected in manifest["digests"].items():
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts or place.parts[0] not in (TABLES, FILES):
            raise errors.BackupUnreadable(file=path)
        with archive.open(name) as member:
            if _digest(member) != expected:
                raise errors.BackupUnreadable(file=path)
    return manifest


def _digest(member: IO[bytes]) -> str:
    digest = sha256()
    while piece := member.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _fill(archive: zipfile.ZipFile, manifest: Mapping[str, Any], url: str, on_progress: Progress) -> int:
    tables = METADATA.sorted_tables
    engine = upkeep_engine(url)
    try:
        with engine.begin() as connection:
            if any(connection.execute(select(table).limit(1)).first() for table in tables if table is not INSTALLATION):
                raise errors.DatabaseNotEmpty(database=shown(address(url)))
            connection.execute(delete(INSTALLATION))  # made with the schema; the one in the backup goes on
            for table in tables:
                with archive.open(f"{TABLES}/{table.name}.jsonl") as member:
                    _fill_table(connection, table, member)
                on_progress(table.name, manifest["rows"][table.name])
    finally:
        engine.dispose()
    return sum(manifest["rows"].values())


def _fill_table(connection: Connection, table: Table, member: IO[bytes]) -> None:
    rows = ({key: _value(table.c[key], value) for key, value in json.loads(line).items()} for line in member)
    while batch := list(islice(rows, BATCH)):
        connection.execute(insert(table), batch)


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Words):
        return kind.enum_class(value) if kind.enum_class is not None else value
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _lay_out(archive: zipfile.ZipFile, manifest: Mapping[str, Any], data: Path) -> None:
    for name in manifest["digests"]:
        place = PurePosixPath(name)
        if place.parts[0] == FILES:
            target = data.joinpath(*place.parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as member, target.open("wb") as file:
                while piece := member.read(1 << 20):
                    file.write(piece)
