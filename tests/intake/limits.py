"""Whether a limit that was read is the one of the labels: type, dates, number and unit, event, extension."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Any

from tests.intake.folding import words

Json = Mapping[str, Any]

ANCHORED = frozenset({"within_days_after", "days_before"})
DATED = frozenset({"before_date", "by_date", "on_date", "month", "window"})
IN_SMALLER_UNITS = {
    "year": (12, "month"),
    "quarter": (3, "month"),
    "week": (7, "calendar_day"),
    "day": (1, "calendar_day"),
}

EMPTY = frozenset(
    words(
        "ngày kể từ sau khi trước có được của và các cho đến lúc thời điểm tổ chức kết thúc xong nhận ban hành cuộc buổi"
    )
)
"""Words that do not tell one event from another."""
EVENTS = (
    ("election", r"\bbau\b"),
    ("request", r"yeu cau|don|phieu|ho so|van ban de nghi"),
    ("conclusion", r"ket luan|nghi quyet|thong bao|bien ban"),
    ("meeting", r"hoi nghi|doi thoai|khai mac|dai hoi|cuoc hop|buoi|be mac|dien ra|to chuc|meeting|start"),
)
"""What happens, by folded words: two names of an event mean the same when they speak of the same thing first."""


def same_limit(read: Json, label: Json) -> bool:
    """Whether a limit that was read says what the label says."""
    return (
        read["type"] == label["type"]
        and _same_days(read, label)
        and _counted(read) == _counted(label)
        and _same_anchor(read, label)
        and _same_extension(read, label)
        and (label["type"] != "within_days_after" or bool(read.get("minimum")) == bool(label.get("minimum")))
    )


def _same_days(read: Json, label: Json) -> bool:
    if label["type"] not in DATED:
        return True
    if label["type"] == "window":
        return _window(read) == _window(label)
    return read.get("date") == label.get("date")


def _window(limit: Json) -> tuple[str | None, str | None]:
    """First and last day of a window; months stand for their first and last days."""
    since, until = limit.get("date"), limit.get("end_date")
    if since is not None and len(since) == 7:
        since += "-01"
    if until is not None and len(until) == 7:
        until += f"-{monthrange(int(until[:4]), int(until[5:]))[1]}"
    return since, until


def _counted(limit: Json) -> tuple[int, str] | None:
    """A number of units, in the smaller unit where two say the same; None without a number, or at once."""
    n, unit = limit.get("n"), limit.get("unit")
    if not n or limit["type"] in DATED:
        return None
    factor, smaller = IN_SMALLER_UNITS.get(str(unit), (1, str(unit)))
    return n * factor, smaller


def _same_anchor(read: Json, label: Json) -> bool:
    if label["type"] not in ANCHORED or label.get("anchor") is None:
        return True
    return read.get("anchor") is not None and same_event(read["anchor"], label["anchor"])


def same_event(one: str, other: str) -> bool:
    """Whether two wordings of an event may mean the same one."""
    if words(one) == words(other):
        return True
    a, b = (set(words(wording)) - EMPTY for wording in (one, other))
    small = min(len(a), len(b))
    if small and len(a & b) / small >= 0.5:
        return True
    return bool(_event(one)) and _event(one) == _event(other)


def _event(wording: str) -> str:
    folded = " ".join(words(wording))
    return next((name for name, pattern in EVENTS if re.search(pattern, folded)), "")


def _same_extension(read: Json, label: Json) -> bool:
    """A limit that is carried over may bring its extension along."""
    found, wanted = read.get("extension"), label.get("extension")
    if wanted is None or found is None:
        return wanted is None and (found is None or bool(label.get("inherited_from")))
    return (found.get("n"), found.get("unit")) == (wanted["n"], wanted["unit"])


def shown(limit: Json | None) -> str:
    """A limit in one short line, for reports."""
    if limit is None:
        return "no limit"
    parts = [
        limit["type"],
        *(str(limit[key]) for key in ("date", "end_date", "n", "unit") if limit.get(key) is not None),
    ]
    if limit.get("anchor"):
        parts.append(f"«{limit['anchor']}»")
    if longer := limit.get("extension"):
        parts.append(f"extension {longer['n']} {longer['unit']}")
    return " ".join(parts)
