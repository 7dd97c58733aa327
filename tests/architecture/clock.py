"""The one clock: nothing outside workflow/clock.py reads the time of the day by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.source import Source

CLOCKS = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "pendulum.now",
        "pendulum.today",
        "pendulum.tomorrow",
        "pendulum.yesterday",
        "sqlalchemy.func.current_date",
        "sqlalchemy.func.current_timestamp",
        "sqlalchemy.func.now",
        "time.ctime",
        "time.gmtime",
        "time.localtime",
        "time.time",
        "time.time_ns",
    }
)
READERS = frozenset({"workflow/clock.py"})


def clock_readings(files: Iterable[Source]) -> Iterator[str]:
    """Every mention of a clock, called or handed on, under whatever name it was imported."""
    for file in files:
        if file.path in READERS:
            continue
        names = _imported_names(file)
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Attribute | ast.Name) and (clock := _full_name(node, names)) in CLOCKS:
                yield f"{file.path}:{node.lineno}: {clock}; time is an argument"


def _imported_names(file: Source) -> dict[str, str]:
    """What each imported name stands for: `from datetime import datetime as dt` gives dt → datetime.datetime."""
    names: dict[str, str] = {}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                names[alias.asname or whole] = whole
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _full_name(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _full_name(node.value, names)
        return f"{owner}.{node.attr}" if owner else None
    return None
