"""The log with its read tables, whatever keeps them: what `Plans` promises, on a few storing methods."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.errors import PlanNotFound, StaleVersion
from workflow.domain.events import Happened, Recorded
from workflow.domain.ladder import Terms
from workflow.ports import StepRow, TableFault
from workflow.store import chain
from workflow.store.chain import Entry, Spoilt
from workflow.store.codec import encode
from workflow.store.errors import EventNewer, EventUnreadable
from workflow.store.remembering import Loaded, ReadBefore, continued
from workflow.store.rows import Before, Placed, Rows, placed, rows_of, rows_waking, table_faults


class VersionTaken(Exception):
    """Somebody else has written this version of the log."""


class LoggedPlans(ABC):
    """`Plans`, save for its queries over many plans."""

    def __init__(self, read_before: ReadBefore) -> None:
        self._read_before = read_before
        self._loaded: dict[str, Loaded] = {}

    @abstractmethod
    def entries(self, plan_id: str) -> list[Entry]:
        """The lines of a plan's log in order of versions; empty without a plan. Raises ValueError for a spoilt one."""

    @abstractmethod
    def lines(self, plan_id: str) -> list[Entry | Spoilt]:
        """The same for the audit: a line that cannot be read as one is told instead of refused."""

    @abstractmethod
    def insert(self, entries: Sequence[Entry]) -> None:
        """Add lines to a log. Raises `VersionTaken`."""

    @abstractmethod
    def head(self, plan_id: str) -> tuple[int, str] | None:
        """The version and the hash of the last line of a plan's log; None without a plan."""

    @abstractmethod
    def write(self, rows: Rows, there: Rows | None = None) -> None:
        """Make the plan's read tables hold these rows, writing those that differ; revisions are added to those there.

        `there`: what they are known to hold, None: to be looked up. A step or a petition is never removed: the log has
        none that go.
        """

    @abstractmethod
    def kept(self, plan_id: str) -> Placed:
        """What the read tables hold of the plan, by place. Raises ValueError when a cell cannot be read."""

    @abstractmethod
    def misshapen(self, plan_id: str) -> list[TableFault]:
        """The cells of the plan's read tables that are kept in another form than they are written in.

        Raises ValueError when a cell cannot be read.
        """

    @abstractmethod
    def erase(self, plan_id: str) -> None:
        """Empty the plan's read tables."""

    @abstractmethod
    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans, by id) in the order of the document."""

    @abstractmethod
    def row_version(self, plan_id: str) -> int | None:
        """The version that the plan's row speaks of; None without a row."""

    def get(self, plan_id: str) -> Cycle:
        """The state of a plan, folded from its log. Raises `PlanNotFound`."""
        return self._present(plan_id).cycle

    def log(self, plan_id: str) -> Sequence[Recorded]:
        """The whole log of a plan in order of versions. Raises `PlanNotFound`."""
        return self._present(plan_id).log

    def append(
        self, plan_id: str, expected: int, happened: Sequence[Happened], *, at: datetime, actor: str, terms: Terms
    ) -> Cycle:
        """Append events after version `expected` (0: a new plan) and refresh the read tables; the new state.

        Without events only the read tables are refreshed. Raises `StaleVersion` when the log has moved on (or, with
        0, when the id is taken); then the unit of work can only be left.
        """
        before = self._find(plan_id)
        if (before.cycle.version if before is not None else 0) != expected:
            raise StaleVersion(plan=_title(plan_id, before))
        entries = _entries(plan_id, expected, before.last_hash if before else chain.FIRST, happened, at, actor)
        try:
            self.insert(entries)
        except VersionTaken as taken:
            raise StaleVersion(plan=_title(plan_id, before)) from taken
        after = continued(before, entries)
        known = before.rows if before is not None and entries else None
        rows = rows_of(after.cycle, after.log[len(after.log) - len(entries) :], terms, known)
        self.write(rows, known.rows if known is not None else None)
        if entries:
            after = replace(after, rows=Before(after.cycle, rows, terms))
            self._read_before.keep(plan_id, after)
        self._loaded[plan_id] = after
        return after.cycle

    def rebuild(self, plan_id: str, terms: Terms) -> None:
        """Rewrite the plan's read tables from its log. Raises `PlanNotFound`."""
        loaded = self._present(plan_id)
        self.erase(plan_id)
        self.write(rows_of(loaded.cycle, loaded.log, terms))

    def refresh(self, plan_id: str) -> None:
        """Make the plan's read tables follow from its log, save for when each step wakes, which stays as it is there.

        Raises `PlanNotFound`, and `EventUnreadable` or `EventNewer` for a log that cannot be read.
        """
        loaded = self._present(plan_id)
        wakes = {step.key: step.wake_at for step in self.steps(plan_id)}
        self.write(rows_waking(loaded.cycle, loaded.log, lambda step: wakes.get(step.definition.key)))
        del self._loaded[plan_id]

    def chain_faults(self, plan_id: str) -> list[str]:
        """What is wrong with the hash chain of the plan's log, first fault first; empty when it is whole.

        The log is read anew. An event that cannot be read is a fault, too. Raises `PlanNotFound` when there is neither
        a log nor a row of the plan.
        """
        last_version = self.row_version(plan_id)
        lines = self.lines(plan_id)
        if not lines and last_version is None:
            raise PlanNotFound(plan=plan_id)
        return chain.faults(lines, last_version) or self._unreadable(plan_id)

    def table_faults(self, plan_id: str, terms: Terms) -> list[TableFault]:
        """Where the plan's read tables are not as its log says, rows missing or in excess among them.

        `wake_at` of a plan that runs on another version of the calendar than the terms' is not compared: it was
        written under other terms. Raises `PlanNotFound` without a log.
        """
        loaded = self._present(plan_id)
        rows = rows_of(loaded.cycle, loaded.log, terms)
        expected = placed([rows.plan], rows.steps, rows.petitions, rows.revisions)
        try:
            found, faults = self.kept(plan_id), self.misshapen(plan_id)
        except ValueError as error:
            return [TableFault("plan", "row", "readable", str(error))]
        elsewhere = loaded.cycle.calendar_version != terms.calendar.version
        runs = loaded.cycle.status is PlanStatus.RUNNING
        faults += table_faults(expected, found, frozenset({"wake_at"} if runs and elsewhere else ()))
        return faults

    def _unreadable(self, plan_id: str) -> list[str]:
        try:
            self._find(plan_id)
        except EventNewer as error:
            return [f"sự kiện số {error.fields['version']} do một phiên bản mới hơn của chương trình ghi"]
        except EventUnreadable as error:
            return [f"không đọc được nội dung sự kiện số {error.fields['version']}"]
        return []

    def _readable(self, plan_id: str) -> list[Entry]:
        """The lines of a plan's log. Raises `EventUnreadable` for a spoilt one."""
        try:
            return self.entries(plan_id)
        except ValueError as error:
            spoilt = [line.version for line in self.lines(plan_id) if isinstance(line, Spoilt)]
            raise EventUnreadable(version=next(iter(spoilt), None) or 0, plan=plan_id) from error

    def _present(self, plan_id: str) -> Loaded:
        loaded = self._find(plan_id)
        if loaded is None:
            raise PlanNotFound(plan=plan_id)
        return loaded

    def _find(self, plan_id: str) -> Loaded | None:
        if plan_id not in self._loaded:
            head = self.head(plan_id)
            if head is None:
                return None
            known = self._read_before.at(plan_id, *head)
            self._loaded[plan_id] = known or self._read_before.load(plan_id, self._readable(plan_id))
        return self._loaded[plan_id]


def _entries(
    plan_id: str, version: int, last_hash: str, happened: Sequence[Happened], at: datetime, actor: str
) -> list[Entry]:
    """The events as lines of the log, each tied to the one before."""
    entries = []
    for number, each in enumerate(happened, version + 1):
        entry = encode(Recorded(plan_id, number, each.event, each.happened_at, at, actor), last_hash)
        entries.append(entry)
        last_hash = entry.hash
    return entries


def _title(plan_id: str, loaded: Loaded | None) -> str:
    return loaded.cycle.definition.title if loaded is not None else plan_id
