"""The audit: recompute everything from the raw events and list what differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workflow.domain.cycle import Cycle, PlanStatus, begin, evolve, fold
from workflow.domain.due import deadlines
from workflow.domain.events import Recorded, StepCompleted
from workflow.domain.ladder import Terms
from workflow.domain.verdict import verdict_of
from workflow.domain.wake import next_wake_at
from workflow.ports import Store, UnitOfWork
from workflow.services.plans import TermsOf


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the events say: where, what, what was expected, what was found."""

    plan_id: str
    where: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of an audit; `ok` when nothing differs."""

    plans: int
    events: int
    differences: tuple[Difference, ...]

    @property
    def ok(self) -> bool:
        """Whether everything is as the events say."""
        return not self.differences


def verify(store: Store, terms_of: TermsOf, *, on_progress: Callable[[int, int], None] | None = None) -> Verified:
    """Check every plan: its hash chain, its limits, its verdicts, its read tables."""
    found: list[Difference] = []
    events = 0
    with store.reading() as uow:
        ids = uow.plans.ids()
        for done, plan_id in enumerate(ids, 1):
            faults = uow.plans.chain_faults(plan_id)
            found += [Difference(plan_id, "log", "hash chain", "whole", fault) for fault in faults]
            if not faults:
                log = uow.plans.log(plan_id)
                events += len(log)
                found += _check_plan(uow, plan_id, log, terms_of)
            if on_progress is not None:
                on_progress(done, len(ids))
    return Verified(len(ids), events, tuple(found))


def _check_plan(uow: UnitOfWork, plan_id: str, log: Sequence[Recorded], terms_of: TermsOf) -> list[Difference]:
    cycle = fold(log)
    terms = terms_of(cycle.definition)
    return [
        *_check_ends(log, terms),
        *_check_limits(cycle, terms),
        *_check_tables(uow, plan_id, cycle, terms),
    ]


def _check_ends(log: Sequence[Recorded], terms: Terms) -> list[Difference]:
    """At each step's end: its limit against a fresh computation, its verdict against that limit."""
    found: list[Difference] = []
    cycle: Cycle | None = None
    for recorded in log:
        if cycle is not None and isinstance(recorded.event, StepCompleted):
            limit = cycle.steps[recorded.event.step].deadline
            due_at = limit.due_at if limit is not None and not limit.projected else None
            expected = verdict_of(recorded.happened_at, due_at)
            if expected is not recorded.event.verdict:
                place = f"step {recorded.event.step}"
                found.append(Difference(recorded.plan_id, place, "verdict", expected, recorded.event.verdict))
            found += _check_limits(cycle, terms, only=recorded.event.step)
        cycle = begin(recorded) if cycle is None else evolve(cycle, recorded)
    return found


def _check_limits(cycle: Cycle, terms: Terms, only: str | None = None) -> list[Difference]:
    """Each open limit of a running plan against a fresh computation on the same version of the calendar."""
    if cycle.status is not PlanStatus.RUNNING or cycle.calendar_version != terms.calendar.version:
        return []
    found = []
    for key, limit in deadlines(cycle.definition, cycle.facts, terms.calendar).items():
        step = cycle.steps[key]
        if step.completion is not None or step.definition.in_meeting or only not in (None, key):
            continue
        expected = limit.due_on.isoformat() if limit is not None else "none"
        recorded = step.deadline.due_on.isoformat() if step.deadline is not None else "none"
        if expected != recorded:
            found.append(Difference(cycle.plan_id, f"step {key}", "due_on", expected, recorded))
    return found


def _check_tables(uow: UnitOfWork, plan_id: str, cycle: Cycle, terms: Terms) -> list[Difference]:
    """The read tables against the state that the log gives."""
    found = []
    rows = {row.key: row for row in uow.plans.steps(plan_id)}
    for key, step in cycle.steps.items():
        row = rows.get(key)
        if row is None:
            found.append(Difference(plan_id, f"step {key}", "row", "present", "missing"))
            continue
        limit, done = step.deadline, step.completion
        pairs = {
            "status": (step.status, row.status),
            "due_at": (limit and limit.due_at, row.due_at),
            "due_on": (limit and limit.due_on, row.due_on),
            "verdict": (done and done.verdict, row.verdict),
            "done_at": (done and done.happened_at, row.done_at),
            "wake_at": (next_wake_at(cycle, step, terms), row.wake_at),
        }
        found += [
            Difference(plan_id, f"step {key}", name, str(expected), str(actual))
            for name, (expected, actual) in pairs.items()
            if expected != actual
        ]
    return found
