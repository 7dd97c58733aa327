"""The on-time report from counts of steps, wherever they were counted."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.domain.names import folded
from workflow.ports import Cell, GroupBy, OnTime


def on_time_of(counted: Iterable[OnTime], by: GroupBy) -> list[OnTime]:
    """The lines of the report from counts of parts of its groups, by group, None last; empty lines are left out.

    Names of the same unit make one group; of several the last by code points is shown, which has small letters.
    """
    lines: dict[str | None, OnTime] = {}
    for part in counted:
        key = folded(part.group) if by is GroupBy.OWNER and part.group is not None else part.group
        lines[key] = _sum(part, lines.get(key, OnTime(part.group)))
    ordered = sorted(lines.items(), key=lambda each: (each[0] is None, each[0] or ""))
    return [line for _, line in ordered if any(line.count(cell) for cell in Cell)]


def _sum(one: OnTime, other: OnTime) -> OnTime:
    name = max(one.group, other.group) if one.group is not None and other.group is not None else None
    return OnTime(name, **{cell.value: one.count(cell) + other.count(cell) for cell in Cell})
