"""States folded before: a log that begins with the lines of last time is continued, not folded anew.

Nothing is taken on trust: the whole log is read each time, and one that differs in a single line is folded from its
first one. So it does not matter who wrote it, or whether a transaction was kept.
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

MOST_LINES = 20_000
"""How many lines of logs a store remembers, which is some 50 MB: those of the plans used last."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan as its log tells it: the lines, what they say, and the state after them."""

    entries: tuple[Entry, ...]
    log: tuple[Recorded, ...]
    cycle: Cycle

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
        self._keep(plan_id, loaded)
        return loaded

    def _keep(self, plan_id: str, loaded: Loaded) -> None:
        with self._changing:
            former = self._plans.pop(plan_id, None)
            self._plans[plan_id] = loaded
            self._lines += len(loaded.entries) - (len(former.entries) if former is not None else 0)
            while self._lines > self._most_lines:
                _, oldest = self._plans.popitem(last=False)
                self._lines -= len(oldest.entries)
