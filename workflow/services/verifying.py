"""The audit: recompute everything from the raw events and list what differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from calendars.rules import Due
from workflow.domain.cycle import Cycle, Deadline, PlanStatus
from workflow.domain.due import deadlines
from workflow.domain.events import Recorded, StepCompleted, StepJudged
from workflow.domain.evolving import begin, evolve, fold
from workflow.domain.ladder import Terms
from workflow.domain.verdict import verdict_of, working_days_late
from workflow.domain.zone import ZONE
from workflow.ports import Store, UnitOfWork
from workflow.services.terms import TermsOf, terms_for


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


LIMIT_FIELDS = ("due_on", "due_at", "safe_on", "event_on", "projected", "provisional")


def verify(store: Store, terms_of: TermsOf, *, on_progress: Callable[[int, int], None] | None = None) -> Verified:
    """Check every plan: its hash chain, its limits, its verdicts, its read tables.

    Limits are computed anew where the plan's version of the calendar is still the one in force.
    """
    found: list[Difference] = []
    events = 0
    with store.reading() as uow:
        ids = uow.plans.logged_ids()
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
    terms = terms_for(terms_of, cycle)
    going_on = [key for key, step in cycle.steps.items() if not step.ended]
    return [
        *_check_ends(log, terms),
        *_check_limits(cycle, terms, going_on),
        *(
            _difference(plan_id, fault.place, fault.column, fault.expected, fault.found)
            for fault in uow.plans.table_faults(plan_id, terms)
        ),
    ]


def _check_ends(log: Sequence[Recorded], terms: Terms) -> list[Difference]:
    """At each step's end, and where it is judged later: its limit and its verdict against a fresh computation."""
    found: list[Difference] = []
    cycle = settled = begin(log[0])
    for recorded in log[1:]:
        event = recorded.event
        if isinstance(event, StepCompleted):
            found += _check_limits(settled, terms, [event.step])
            found += _check_verdict(event, recorded.happened_at, cycle.steps[event.step].deadline, cycle, terms)
        elif isinstance(event, StepJudged) and _counts_as_then(cycle, terms):
            done = cycle.steps[event.step].completion
            limit = deadlines(cycle.plan, cycle.facts, terms.calendar)[event.step]
            happened_at = done.happened_at if done is not None else recorded.happened_at
            found += _check_verdict(event, happened_at, limit, cycle, terms)
        cycle = evolve(cycle, recorded)
        if not isinstance(event, StepCompleted):  # steps that end together are judged by the limits before all of them
            settled = cycle
    return found


def _check_verdict(
    event: StepCompleted | StepJudged, happened_at: datetime, limit: Deadline | Due | None, cycle: Cycle, terms: Terms
) -> list[Difference]:
    firm = limit if limit is not None and not limit.projected else None
    expected: dict[str, object] = {
        "verdict": verdict_of(happened_at, firm.due_at if firm is not None else None),
        "due_on": firm.due_on if firm is not None else None,
    }
    if firm is None or _counts_as_then(cycle, terms):
        late = working_days_late(happened_at, firm.due_at, terms.calendar) if firm is not None else 0
        expected["late_working_days"] = late
    return [
        _difference(cycle.plan_id, f"step {event.step}", name, value, getattr(event, name))
        for name, value in expected.items()
        if value != getattr(event, name)
    ]


def _check_limits(cycle: Cycle, terms: Terms, steps: Sequence[str]) -> list[Difference]:
    """The recorded limits of steps of a running plan against a fresh computation on the same version of the calendar."""
    if cycle.status is not PlanStatus.RUNNING or not _counts_as_then(cycle, terms):
        return []
    fresh = deadlines(cycle.plan, cycle.facts, terms.calendar)
    return [
        _difference(cycle.plan_id, f"step {key}", name, expected, found)
        for key in steps
        for name in LIMIT_FIELDS
        if (expected := getattr(fresh[key], name, None)) != (found := getattr(cycle.steps[key].deadline, name, None))
    ]


def _counts_as_then(cycle: Cycle, terms: Terms) -> bool:
    """Whether the plan's version of the calendar is the one at hand, so that its days can be counted again."""
    return cycle.calendar_version == terms.calendar.version


def _difference(plan_id: str, where: str, what: str, expected: object, found: object) -> Difference:
    return Difference(plan_id, where, what, _text(expected), _text(found))


def _text(value: object) -> str:
    """A value as a text: days and instants in ISO form, instants with Vietnam's offset."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
