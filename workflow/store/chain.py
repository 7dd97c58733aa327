"""The hash chain over a plan's log: an entry altered, removed or put in between later no longer fits its neighbours.

Pure. Each entry's hash is the SHA-256 of the canonical JSON of all it holds, the hash before it included.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

FIRST = ""
"""What stands for the hash before a plan's first entry."""

_UNKNOWN = "?"
"""What stands for the hash of an entry that cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a plan's log, as it is kept. `payload` is canonical JSON; both hashes are hexadecimal."""

    plan_id: str
    version: int
    type: str
    payload: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A line of a log of which a column holds what the program cannot have written; `version` None: not even that."""

    version: int | None
    column: str


def canonical(value: object) -> str:
    """JSON in the one form that is hashed: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def in_utc(at: datetime) -> datetime:
    """An aware instant in UTC. Raises ValueError when naive."""
    if at.utcoffset() is None:
        raise ValueError(f"an instant needs its zone: {at!r}")
    return at.astimezone(UTC)


def canonical_instant(at: datetime) -> str:
    """An aware instant as the one text that is hashed: UTC, to the microsecond. Raises ValueError when naive."""
    return in_utc(at).isoformat(timespec="microseconds")


def digest(entry: Entry) -> str:
    """The hash that the entry must carry."""
    held = {
        "plan_id": entry.plan_id,
        "version": entry.version,
        "type": entry.type,
        "payload": entry.payload,
        "happened_at": canonical_instant(entry.happened_at),
        "recorded_at": canonical_instant(entry.recorded_at),
        "actor": entry.actor,
        "previous_hash": entry.previous_hash,
    }
    return hashlib.sha256(canonical(held).encode()).hexdigest()


def sealed(entry: Entry, previous_hash: str) -> Entry:
    """The entry tied to the one before it."""
    tied = replace(entry, previous_hash=previous_hash)
    return replace(tied, hash=digest(tied))


def faults(log: Sequence[Entry | Spoilt], last_version: int | None = None) -> list[str]:
    """What is wrong with a plan's log in order of versions, first fault first; empty when it is whole.

    `last_version`: the version that the log should end with, None when that is not known.
    """
    found: list[str] = []
    version, previous = 0, FIRST
    for line in log:
        if isinstance(line, Spoilt):
            found.append(_spoilt(line, version))
            version, previous = line.version or version, _UNKNOWN
            continue
        found += _faults_of(line, version, previous)
        version, previous = line.version, line.hash
    if last_version is not None and last_version != version:
        found.append(f"nhật ký kết thúc ở sự kiện số {version}, lẽ ra phải đến số {last_version}")
    return found


def _spoilt(line: Spoilt, version: int) -> str:
    if line.version is None:
        return f"sau sự kiện số {version} có một dòng không phải do chương trình ghi (cột {line.column})"
    return f"sự kiện số {line.version} không đọc được: cột {line.column} không phải do chương trình ghi"


def _faults_of(entry: Entry, version: int, previous: str) -> list[str]:
    found = []
    if entry.version != version + 1:
        found.append(f"sau sự kiện số {version} là số {entry.version}, không liền mạch")
    elif previous not in (entry.previous_hash, _UNKNOWN):
        found.append(f"sự kiện số {entry.version} không nối với sự kiện đứng trước nó")
    if entry.hash != digest(entry):
        found.append(f"nội dung sự kiện số {entry.version} đã bị sửa sau khi ghi")
    return found
