"""The floors of the house. Imports point down only; neighbours on one floor do not import each other.

A name stands for the module or package and everything in it, unless something in it has a floor of its own. The pure
rendering of notices lies below the adapters, so that a service may use it and no channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from tests.architecture.source import Source, imports, module_of

FLOORS = (
    ("calendars",),
    ("workflow.domain", "workflow.phrases"),
    ("workflow.planfile", "workflow.intake", "workflow.language"),
    ("workflow.ports", "workflow.letter", "workflow.clock", "workflow.settings"),
    ("workflow.notify.samples", "workflow.notify.due_file"),
    ("workflow.notify.render",),
    ("workflow.services", "workflow.store", "workflow.notify", "workflow.documents", "workflow.board"),
    ("workflow.bootstrap",),
    ("workflow.web", "workflow.ticking", "workflow.demo", "flows"),
    ("workflow.embedded",),
    ("workflow.cli",),
)
HEIGHT = {unit: height for height, floor in enumerate(FLOORS) for unit in floor}

ADAPTERS = ("workflow.store", "workflow.notify", "workflow.board")
"""What stands behind a port: whoever needs it asks a place where all meet."""

MEETING_PLACES = ("workflow.bootstrap", "workflow.embedded")
DOORS = frozenset(
    {"workflow.notify.render", "workflow.notify.due_file", "workflow.notify.mailbox", "workflow.store.errors"}
)
"""What others may import of the adapters: pure rendering of letters and of calendar files (one place for both, so that a
limit has one id in letters and feeds), the demo's mailbox with its page, errors to be answered."""


def unit_of(module: str) -> str | None:
    """The unit that a module belongs to, by its longest known beginning; None when it has no floor."""
    names = [unit for unit in HEIGHT if module == unit or module.startswith(f"{unit}.")]
    return max(names, key=len, default=None)


def misplaced(files: Iterable[Source]) -> Iterator[str]:
    """Every module without a floor, and every import that points up or sideways."""
    files = list(files)
    modules = {file.name for file in files}
    for file in files:
        unit = unit_of(file.name)
        if unit is None and file.name != "workflow":
            yield f"{file.path}: has no floor; give it one in tests/architecture/floors.py"
        for line, target in _inner_imports(file, modules):
            reached = unit_of(target)
            if unit is None or reached in (None, unit):
                continue
            if HEIGHT[reached] >= HEIGHT[unit]:
                yield f"{file.path}:{line}: {unit} (floor {HEIGHT[unit]}) imports {target} (floor {HEIGHT[reached]})"


def reached_around(files: Iterable[Source]) -> Iterator[str]:
    """Every import of an adapter from outside it and outside the places where all meet."""
    files = list(files)
    modules = {file.name for file in files}
    for file in files:
        for line, target in _inner_imports(file, modules):
            adapter = next((name for name in ADAPTERS if f"{target}.".startswith(f"{name}.")), None)
            if adapter is None or target in DOORS or f"{file.name}.".startswith(f"{adapter}."):
                continue
            if file.name not in MEETING_PLACES:
                yield f"{file.path}:{line}: imports {target}; ask workflow.bootstrap for it"


def cycle(files: Iterable[Source]) -> tuple[str, ...]:
    """A circle of modules that import each other, its first name repeated last; empty when there is none.

    Imports inside functions count: they would only hide the circle. Imports for type checkers do not.
    """
    files = list(files)
    modules = {file.name for file in files}
    graph = {
        file.name: {
            reached
            for each in imports(file)
            if not each.typing_only and (reached := module_of(each.target, modules)) not in (None, file.name)
        }
        for file in files
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def _inner_imports(file: Source, modules: set[str]) -> Iterator[tuple[int, str]]:
    for each in imports(file):
        reached = module_of(each.target, modules)
        if reached is not None and reached != file.name:
            yield each.line, reached
