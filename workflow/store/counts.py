"""The on-time report from counts of steps, wherever they were counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from workflow.ports import OnTime


def on_time_of(counted: Iterable[tuple[str | None, str | None, str | None, int]]) -> list[OnTime]:
    """The lines of the report from (group, a name of it, cell, how many), by group, None last.

    A null cell is counted nowhere. Of several names of a group the last by code points is shown: small letters.
    """
    cells: dict[str | None, Counter[str]] = defaultdict(Counter)
    names: dict[str | None, str | None] = {}
    for group, name, cell, number in counted:
        if cell is not None:
            cells[group][cell] += number
            names[group] = max(name or "", names.get(group) or "") or None
    return [
        OnTime(names[group], **cells[group]) for group in sorted(cells, key=lambda each: (each is None, each or ""))
    ]
