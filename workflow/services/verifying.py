"""The audit: recompute everything from the raw events and list what differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from calendars.rules import Due
from workflow.domain.cycle import Completion, Cycle, Deadline, PlanStatus
from workflow.domain.due import deadlines
from workflow.domain.events import (
    CalendarAdopted,
    CompletionCorrected,
    PlanStarted,
    Recorded,
    RungReached,
    StepCompleted,
    StepJudged,
)
from workflow.domain.evolving import begin, evolve, fold
from workflow.domain.fanning import end_of_parts, had_nothing_to_answer
from workflow.domain.ladder import Terms
from workflow.domain.verdict import Verdict, verdict_of, working_days_late
from workflow.domain.zone import ZONE
from workflow.ports import Notice, Store, UnitOfWork
from workflow.services.anchoring import anchor_faults, carried_fault
from workflow.services.announcing import CHANGED, PETITIONER
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
class Explained:
    """A verdict that stays although the calendar in force now would give another limit: both of them, no difference.

    `verdict` and `due_on` as they were given; `verdict_now` and `due_now` as they would be given on the calendar of today.
    """

    plan_id: str
    step: str
    verdict: Verdict
    due_on: date | None
    verdict_now: Verdict
    due_now: date | None


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of an audit; `ok` when nothing differs. `anchors`: how many were held against the logs."""

    plans: int
    events: int
    differences: tuple[Difference, ...]
    explained: tuple[Explained, ...] = ()
    anchors: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything is as the events say."""
        return not self.differences


LIMIT_FIELDS = ("due_on", "due_at", "safe_on", "event_on", "projected", "provisional")
OF_THE_DAY = "anchor"
"""Where a difference is that concerns the anchor of a day: "anchor 2026-11-20"."""


def verify(
    store: Store,
    terms_of: TermsOf,
    *,
    carried: str | None = None,
    plan_ids: Collection[str] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Verified:
    """Check every plan: its hash chain, its limits, its verdicts, its notices' keys, its read tables; then the anchors.

    Limits are computed anew where the plan's version of the calendar is still known. `carried`: the line of an anchor
    that left the system with a digest; raises `AnchorUnreadable`. `plan_ids`: only these plans, and no anchors, which
    bind all of them; None: every plan.
    """
    found: list[Difference] = []
    explained: list[Explained] = []
    events = 0
    with store.reading() as uow:
        ids = [each for each in uow.plans.logged_ids() if plan_ids is None or each in plan_ids]
        for done, plan_id in enumerate(ids, 1):
            faults = uow.plans.chain_faults(plan_id)
            found += [Difference(plan_id, "log", "hash chain", "whole", fault) for fault in faults]
            if not faults:
                log = uow.plans.log(plan_id)
                events += len(log)
                found += _check_plan(uow, plan_id, log, terms_of)
                explained += _explained(log, terms_of)
            if on_progress is not None:
                on_progress(done, len(ids))
        found += _check_anchors(uow, carried) if plan_ids is None else []
        anchors = len(uow.anchors.all()) if plan_ids is None else 0
    return Verified(len(ids), events, tuple(found), tuple(explained), anchors)


def _check_anchors(uow: UnitOfWork, carried: str | None) -> list[Difference]:
    faults = list(anchor_faults(uow))
    beside = carried_fault(uow, carried) if carried is not None else None
    return [
        Difference(fault.plan_id, f"{OF_THE_DAY} {fault.day.isoformat()}", "hash chain", fault.expected, fault.found)
        for fault in [*faults, *([beside] if beside is not None else [])]
    ]


def _check_plan(uow: UnitOfWork, plan_id: str, log: Sequence[Recorded], terms_of: TermsOf) -> list[Difference]:
    cycle = fold(log)
    terms = terms_for(terms_of, cycle)
    going_on = [key for key, step in cycle.steps.items() if not step.ended]
    return [
        *_check_ends(log, terms),
        *_check_limits(cycle, terms, going_on),
        *_check_notices(plan_id, log, uow.outbox.of_plan(plan_id)),
        *(
            _difference(plan_id, fault.place, fault.column, fault.expected, fault.found)
            for fault in uow.plans.table_faults(plan_id, terms)
        ),
    ]


def _check_notices(plan_id: str, log: Sequence[Recorded], notices: Sequence[Notice]) -> Iterator[Difference]:
    """Every rung reached has its notices, and every notice of a rung has its event and its own key."""
    events = [fact.event for fact in log if isinstance(fact.event, RungReached)]
    reached = {(event.step, event.revision, event.rung) for event in events}
    told = set[tuple[str, int, str]]()
    for notice in notices:
        if notice.rung in (CHANGED, PETITIONER):
            continue
        place = (notice.step, notice.revision, notice.rung)
        told.add(place)
        if place not in reached:
            yield Difference(plan_id, f"notice {notice.key}", "row", "missing", "present")
        elif not _is_keyed(notice):
            yield Difference(plan_id, f"notice {notice.key}", "key", _key_of(notice), notice.key)
    for step, revision, rung in sorted(reached - told):
        yield Difference(plan_id, f"notice {plan_id}/{step}/{revision}/{rung}", "row", "present", "missing")


def _key_of(notice: Notice) -> str:
    return f"{notice.plan_id}/{notice.step}/{notice.revision}/{notice.rung}"


def _is_keyed(notice: Notice) -> bool:
    return notice.key.startswith(f"{_key_of(notice)}/") and notice.key.endswith(f"/{notice.channel}")


def _explained(log: Sequence[Recorded], terms_of: TermsOf) -> Iterator[Explained]:
    """Ended steps whose limit another version of the calendar, now in force, would put on another day."""
    cycle = fold(log)
    terms = terms_of(cycle.definition)
    judged = [
        (key, step.completion)
        for key, step in cycle.steps.items()
        if step.completion is not None and step.completion.due_on is not None and key not in cycle.fanned
    ]
    if not judged or not _calendars_of_ends(log) - {terms.calendar.version}:
        return
    fresh = deadlines(cycle.plan, cycle.facts, terms.calendar)
    then = _calendars_at_ends(log)
    for key, done in judged:
        now = fresh[key]
        if now is None or then.get(key) == terms.calendar.version or now.due_on == done.due_on:
            continue
        verdict = verdict_of(done.happened_at, now.due_at)
        yield Explained(cycle.plan_id, key, done.verdict, done.due_on, verdict, now.due_on)


def _calendars_of_ends(log: Sequence[Recorded]) -> set[str]:
    return set(_calendars_at_ends(log).values())


def _calendars_at_ends(log: Sequence[Recorded]) -> dict[str, str]:
    """By step, the version of the calendar on which its verdict was given."""
    found: dict[str, str] = {}
    version = ""
    for fact in log:
        if isinstance(fact.event, PlanStarted | CalendarAdopted):
            version = fact.event.calendar_version
        elif isinstance(fact.event, StepCompleted | StepJudged | CompletionCorrected):
            found[fact.event.step] = version
    return found


def _check_ends(log: Sequence[Recorded], terms: Terms) -> list[Difference]:
    """At each step's end, and where it is judged or corrected later: limit and verdict against a fresh computation."""
    found: list[Difference] = []
    cycle = settled = begin(log[0])
    for recorded in log[1:]:
        found += _check_end(recorded, cycle, settled, terms)
        cycle = evolve(cycle, recorded)
        if not isinstance(recorded.event, StepCompleted):  # steps that end together are judged by the limits before all
            settled = cycle
    return found


def _check_end(recorded: Recorded, cycle: Cycle, settled: Cycle, terms: Terms) -> list[Difference]:
    event, happened_at = recorded.event, recorded.happened_at
    if isinstance(event, StepCompleted | CompletionCorrected) and event.step in cycle.fanned:
        return _check_whole(event, cycle)
    if isinstance(event, StepCompleted) and had_nothing_to_answer(cycle, event.step, happened_at):
        return _check_verdict(event, happened_at, None, cycle, terms)
    if isinstance(event, StepCompleted):
        limit = cycle.steps[event.step].deadline
        return [
            *_check_limits(settled, terms, [event.step]),
            *_check_verdict(event, happened_at, limit if limit and not limit.projected else None, cycle, terms),
        ]
    done = cycle.steps[event.step].completion if isinstance(event, CompletionCorrected | StepJudged) else None
    if isinstance(event, CompletionCorrected) and done is not None:
        return _check_correction(event, happened_at, done, cycle, terms)
    if isinstance(event, StepJudged) and done is not None and _counts_as_then(cycle, terms):
        fresh = deadlines(cycle.plan, cycle.facts, terms.calendar)[event.step]
        return _check_verdict(event, done.happened_at, fresh if fresh and not fresh.projected else None, cycle, terms)
    return []


def _check_whole(event: StepCompleted | CompletionCorrected, cycle: Cycle) -> list[Difference]:
    """The end of a step follows from the ends of its parts."""
    fresh = end_of_parts(cycle, event.step)
    return _unlike(event, cycle, {name: getattr(fresh, name) for name in ("verdict", "due_on", "late_working_days")})


def _check_correction(
    event: CompletionCorrected, happened_at: datetime, done: Completion, cycle: Cycle, terms: Terms
) -> list[Difference]:
    """A corrected end is judged by the limit by which the end was."""
    expected: dict[str, object] = {"verdict": verdict_of(happened_at, done.due_at), "due_on": done.due_on}
    if done.due_at is not None and _counts_as_then(cycle, terms):
        expected["late_working_days"] = working_days_late(happened_at, done.due_at, terms.calendar)
    return _unlike(event, cycle, expected)


def _check_verdict(
    event: StepCompleted | StepJudged, happened_at: datetime, firm: Deadline | Due | None, cycle: Cycle, terms: Terms
) -> list[Difference]:
    expected: dict[str, object] = {
        "verdict": verdict_of(happened_at, firm.due_at if firm is not None else None),
        "due_on": firm.due_on if firm is not None else None,
    }
    if firm is None or _counts_as_then(cycle, terms):
        late = working_days_late(happened_at, firm.due_at, terms.calendar) if firm is not None else 0
        expected["late_working_days"] = late
    return _unlike(event, cycle, expected)


def _unlike(
    event: StepCompleted | StepJudged | CompletionCorrected, cycle: Cycle, expected: Mapping[str, object]
) -> list[Difference]:
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
