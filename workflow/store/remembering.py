"""States folded before: a log that ends as it did last time is not read again, one that has grown is continued.

A log is only ever added to, and each of its lines is tied to the one before by its hash: with the same last line it is
the same log. It does not matter who wrote it, or whether a transaction was kept. Whoever alters an earlier line is found
by the audit, which takes nothing on trust and reads every line anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from workflow.domain.cycle import Cycle
from workflow.domain.events import Recorded
from workflow.domain.evolving import fold
from workflow.store.chain import Entry
from workflow.store.codec import decode
from workflow.store.errors import EventUnreadable
from workflow.store.rows import Before

MOST_LINES = 20_000
"""How many lines of logs a store remembers, which is some 50 MB: those of the plans used last."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan as its log tells it: the lines, what they say, and the state after them.

    `rows`: what the read tables were made to hold of that state, None where that is not known.
    """

    entries: tuple[Entry, ...]
    log: tuple[Recorded, ...]
    cycle: Cycle
    rows: Before | None = None

    @property
    def last_hash(self) -> str:
        """The hash that the next line is tied to."""
        return self.entries[-1].hash


def continued(before: Loaded | None, entries: Sequence[Entry]) -> Loaded:
    """The plan after more lines, of which there is at least one when nothing is before them.

    Raises `EventNewer`, and `EventUnreadable` for one that no state can follow from, as in a cut log.
    """
    log, cycle = (before.log, before.cycle) if before is not None else ((), None)
    added = tuple(decode(entry) for entry in entries)
    for recorded in added:
        try:
            cycle = fold((recorded,), cycle)
        except (TypeError, LookupError) as error:
            raise EventUnreadable(version=recorded.version, plan=recorded.plan_id) from error
    assert cycle is not None
    return Loaded((*(before.entries if before is not None else ()), *entries), log + added, cycle)


class ReadBefore:
    """What a store has read before, for all its units of work at once."""

    def __init__(self, most_lines: int = MOST_LINES) -> None:
        self._most_lines = most_lines
        self._lines = 0
        self._plans: OrderedDict[str, Loaded] = OrderedDict()
        self._changing = Lock()

    def load(self, plan_id: str, entries: Sequence[Entry]) -> Loaded:
        """The plan that a whole log tells. Raises as `continued` does."""
        known = self._plans.get(plan_id)
        same = known is not None and tuple(entries[: len(known.entries)]) == known.entries
        loaded = continued(known, entries[len(known.entries) :]) if known and same else continued(None, entries)
        self.keep(plan_id, loaded)
        return loaded

    def at(self, plan_id: str, version: int, last_hash: str) -> Loaded | None:
        """The plan whose log ends with this line, if it was read, or written, before."""
        known = self._plans.get(plan_id)
        same = known is not None and (known.entries[-1].version, known.last_hash) == (version, last_hash)
        return known if same else None

    def keep(self, plan_id: str, loaded: Loaded) -> None:
        """Remember a plan."""
        with self._changing:
            former = self._plans.pop(plan_id, None)
            self._plans[plan_id] = loaded
            self._lines += len(loaded.entries) - (len(former.entries) if former is not None else 0)
            while self._lines > self._most_lines:
                _, oldest = self._plans.popitem(last=False)
                self._lines -= len(oldest.entries)
