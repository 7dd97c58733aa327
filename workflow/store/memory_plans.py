"""The log and its read tables in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from workflow.domain.cycle import PlanStatus
from workflow.ports import DeadlineRevision, Head, PetitionRow, StepRow, TableFault
from workflow.store.chain import Entry, Spoilt
from workflow.store.memory_contents import Unit
from workflow.store.memory_lists import MemoryLists
from workflow.store.plans import LoggedPlans, VersionTaken
from workflow.store.remembering import ReadBefore
from workflow.store.rows import Placed, Rows, placed


class MemoryPlans(MemoryLists, LoggedPlans):
    """`Plans` in memory."""

    def __init__(self, unit: Unit, read_before: ReadBefore) -> None:
        MemoryLists.__init__(self, unit)
        LoggedPlans.__init__(self, read_before)

    def ids(self, status: PlanStatus | None = None) -> list[str]:
        """Ids of all plans, or of those with a status, in order of start, then id."""
        rows = [row for row in self._unit.contents.plans.values() if status in (None, row.status)]
        return [row.plan_id for row in sorted(rows, key=lambda row: (row.started_at, row.plan_id))]

    def logged_ids(self) -> list[str]:
        """Ids of all plans that have a log or a row, by id."""
        return sorted(self._unit.contents.logs.keys() | self._unit.contents.plans.keys())

    def waking(self, until: datetime, limit: int) -> list[str]:
        """Ids of plans with a step whose `wake_at` lies before `until` (exclusive), the earliest first, then by id."""
        first = {
            plan_id: min((step.wake_at for step in steps if step.wake_at is not None), default=until)
            for plan_id, steps in self._unit.contents.steps.items()
        }
        due = [(at, plan_id) for plan_id, at in first.items() if at < until]
        return [plan_id for _, plan_id in sorted(due)[:limit]]

    def steps(self, plan_id: str | None = None) -> list[StepRow]:
        """The steps of a plan (or of all plans, by id) in the order of the document."""
        steps = self._unit.contents.steps
        chosen = sorted(steps) if plan_id is None else [plan_id]
        return [step for each in chosen for step in steps.get(each, ())]

    def petitions(self, plan_id: str | None = None) -> list[PetitionRow]:
        """The petitions of a plan (or of all plans, by id) in the order of raising."""
        petitions = self._unit.contents.petitions
        chosen = sorted(petitions) if plan_id is None else [plan_id]
        return [petition for each in chosen for petition in petitions.get(each, ())]

    def counting_over(self, since: date, until: date) -> list[StepRow]:
        """Unfinished steps with a limit that a change of the days in [since, until) can move, by plan and document."""
        return [step for step in self.steps() if _counts_over(step, since, until)]

    def heads(self) -> list[Head]:
        """(plan, last version, its hash) of every log, by id."""
        logs = self._unit.contents.logs
        last = [max(logs[plan_id], key=lambda entry: entry.version) for plan_id in sorted(logs) if logs[plan_id]]
        return [_head(entry) for entry in last]

    def lost_heads(self, heads: Sequence[Head]) -> list[Head]:
        """Those of some heads seen earlier that no log holds any more: their plan was cut, altered or removed since."""
        logs = self._unit.contents.logs
        held = {_head(entry) for plan_id in {head[0] for head in heads} for entry in logs.get(plan_id, ())}
        return [head for head in heads if head not in held]

    def revisions(self, plan_id: str, step: str | None = None) -> list[DeadlineRevision]:
        """Every revision of the plan's limits, oldest first."""
        return [each for _, each in self._unit.contents.revisions.get(plan_id, ()) if step in (None, each.step)]

    def entries(self, plan_id: str) -> list[Entry]:
        """The lines of a plan's log in order of versions; empty without a plan."""
        return list(self._unit.contents.logs.get(plan_id, ()))

    def lines(self, plan_id: str) -> list[Entry | Spoilt]:
        """The same for the audit: in memory every line can be read."""
        return list(self.entries(plan_id))

    def insert(self, entries: Sequence[Entry]) -> None:
        """Add lines to a log. Raises `VersionTaken`."""
        logs = self._unit.changing.logs
        for entry in entries:
            log = logs.get(entry.plan_id, ())
            if any(entry.version == there.version for there in log):
                raise VersionTaken
            logs[entry.plan_id] = (*log, entry)

    def head(self, plan_id: str) -> tuple[int, str] | None:
        """The version and the hash of the last line of a plan's log; None without a plan."""
        log = self._unit.contents.logs.get(plan_id, ())
        return (log[-1].version, log[-1].hash) if log else None

    def write(self, rows: Rows, there: Rows | None = None) -> None:
        """Make the plan's read tables hold these rows; revisions are added to those there."""
        del there
        contents, plan_id = self._unit.changing, rows.plan.plan_id
        contents.plans[plan_id] = rows.plan
        contents.steps[plan_id] = rows.steps
        contents.petitions[plan_id] = rows.petitions
        contents.revisions[plan_id] = contents.revisions.get(plan_id, ()) + rows.revisions

    def kept(self, plan_id: str) -> Placed:
        """What the read tables hold of the plan, by place."""
        contents = self._unit.contents
        plans = [contents.plans[plan_id]] if plan_id in contents.plans else []
        steps, petitions = contents.steps.get(plan_id, ()), contents.petitions.get(plan_id, ())
        return placed(plans, steps, petitions, contents.revisions.get(plan_id, ()))

    def misshapen(self, plan_id: str) -> list[TableFault]:  # noqa: ARG002
        """The cells of the plan's read tables that are kept in another form than they are written in: none."""
        return []

    def erase(self, plan_id: str) -> None:
        """Empty the plan's read tables."""
        contents = self._unit.changing
        for table in (contents.plans, contents.steps, contents.petitions, contents.revisions):
            table.pop(plan_id, None)

    def row_version(self, plan_id: str) -> int | None:
        """The version that the plan's row speaks of; None without a row."""
        row = self._unit.contents.plans.get(plan_id)
        return row.version if row is not None else None


def _head(entry: Entry) -> Head:
    return entry.plan_id, entry.version, entry.hash


def _counts_over(step: StepRow, since: date, until: date) -> bool:
    if step.counts_since is None or step.counts_until is None or since >= until:
        return False
    return step.counts_since < until and since < step.counts_until
