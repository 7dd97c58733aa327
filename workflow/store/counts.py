"""The on-time report from counts of steps, wherever they were counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from workflow.ports import OnTime


def on_time_of(counted: Iterable[tuple[str | None, str | None, int]]) -> list[OnTime]:
    """The lines of the report from (group, cell, how many), by group, None last; a null cell is counted nowhere."""
    cells: dict[str | None, dict[str, int]] = defaultdict(dict)
    for group, cell, number in counted:
        if cell is not None:
            cells[group][cell] = number
    return [OnTime(group, **cells[group]) for group in sorted(cells, key=lambda group: (group is None, group or ""))]
