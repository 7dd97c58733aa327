"""What the clock owes a plan: which steps open, which rungs are reached, and when to look at each step again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from calendars.rules import Window
from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.graph import counted_from
from workflow.domain.ladder import Base, DueRung, Terms, rung_at_opening, rungs_after_limit, rungs_before_limit
from workflow.domain.zone import instant


@dataclass(frozen=True, slots=True)
class OwedRung:
    """A rung owed for one revision of a step's limit (0: for its opening) at an instant.

    `reassign_to`: the unit that the step is given to with it, None: it stays where it is.
    """

    at: datetime
    step: str
    revision: int
    name: str
    reassign_to: str | None = None


def openings(cycle: Cycle, until: datetime) -> list[tuple[str, datetime]]:
    """Steps that open before `until` (exclusive) with the instant of each, in order of time."""
    found = [
        (key, at) for key, step in cycle.steps.items() if (at := opening_at(cycle, step)) is not None and at < until
    ]
    return sorted(found, key=lambda pair: pair[1])


def opening_at(cycle: Cycle, step: StepState) -> datetime | None:
    """When a waiting step opens: once all it waits for has ended and, with a window, its first day has begun."""
    if cycle.status is not PlanStatus.RUNNING or step.status is not StepStatus.WAITING:
        return None
    if cycle.waiting_for(step.definition.key) or (step.definition.in_meeting and meeting_to_come(cycle)):
        return None
    ends = [cycle.steps[key].ended_at for key in step.definition.after if key in cycle.steps]
    ready_at = max((end for end in (*ends, step.added_at) if end is not None), default=cycle.started_at)
    if isinstance(step.definition.due, Window):
        return max(ready_at, instant(step.definition.due.since))
    return ready_at


def meeting_to_come(cycle: Cycle) -> bool:
    """Whether the plan has a meeting of which it is not recorded that it was held."""
    meeting = cycle.plan.meeting_step
    return meeting is not None and cycle.steps[meeting.key].completion is None


def rungs_owed(cycle: Cycle, until: datetime, terms: Terms) -> list[OwedRung]:
    """Every rung whose instant lies before `until` (exclusive) and that has not been reached, in order of time."""
    rank = {key: place for place, key in enumerate(cycle.steps)}
    owed = [
        rung
        for step in cycle.steps.values()
        for series in _series(cycle, step, terms)
        for rung in _unreached(series, step, until)
    ]
    return sorted(owed, key=lambda rung: (rung.at, rank[rung.step], rung.name))


def next_wake_at(cycle: Cycle, step: StepState, terms: Terms) -> datetime | None:
    """The first instant at which the clock owes the step something; None when it owes nothing more."""
    if cycle.status is not PlanStatus.RUNNING:
        return None
    instants = [
        rung.at for series in _series(cycle, step, terms) if (rung := _first_unreached(series, step)) is not None
    ]
    opens_at = opening_at(cycle, step)
    if opens_at is not None:
        instants.append(opens_at)
    return min(instants, default=None)


def _series(cycle: Cycle, step: StepState, terms: Terms) -> Iterator[tuple[int, Iterator[DueRung]]]:
    """The series of rungs of a step with the revision they belong to; each series ascends in time.

    A step whose clock stands still owes nothing, nor does one that has parts: each of these has a ladder of its own.
    """
    if step.ended or step.stopped or step.status is StepStatus.CANCELLED or step.definition.key in cycle.fanned:
        return
    if terms.ladder is not cycle.ladder:
        terms = replace(terms, ladder=cycle.ladder)
    for revision, rungs in _whole_series(cycle, step, terms):
        yield revision, _since(cycle.ladder_since, _without_repeats(rungs, step, revision, terms))


def _whole_series(cycle: Cycle, step: StepState, terms: Terms) -> Iterator[tuple[int, Iterator[DueRung]]]:
    if step.opened_at is not None and step.open_known_at is not None:
        yield 0, rung_at_opening(max(step.opened_at, step.open_known_at), terms)
    limit = step.deadline
    if limit is None or limit.projected:
        return
    yield limit.ladder_revision, rungs_before_limit(limit.safe_on, limit.known_at, terms)
    if _counts_from_meeting_to_come(cycle, step):
        return
    for rung in terms.ladder:
        if rung.base is Base.AFTER_DUE:
            yield limit.ladder_revision, rungs_after_limit(limit.due_at, limit.known_at, terms, rung)


def _since(first: datetime | None, rungs: Iterator[DueRung]) -> Iterator[DueRung]:
    return rungs if first is None else (rung for rung in rungs if rung.at >= first)


def _without_repeats(rungs: Iterator[DueRung], step: StepState, revision: int, terms: Terms) -> Iterator[DueRung]:
    """Without the repeats that somebody wants no more, or not before a day; the first time of a rung always comes."""
    if revision in step.acknowledged:
        return takewhile(lambda rung: rung.ordinal == 0, rungs)
    if step.snoozed is None or step.snoozed[0] != revision:
        return rungs
    morning = terms.hours.opening(terms.calendar.next_working(step.snoozed[1]))
    return (rung for rung in rungs if rung.ordinal == 0 or rung.at >= morning)


def _counts_from_meeting_to_come(cycle: Cycle, step: StepState) -> bool:
    """Whether the limit follows a meeting that is set but not recorded as held.

    Nobody can be late for what follows a meeting that may not have been: the meeting's own limit is escalated instead.
    """
    limit, meeting = step.deadline, cycle.plan.meeting_step
    if limit is None or limit.event_on is None or meeting is None or not meeting_to_come(cycle):
        return False
    return meeting.key in counted_from(step.definition, cycle.plan) and limit.event_on <= limit.due_on


def _unreached(series: tuple[int, Iterator[DueRung]], step: StepState, until: datetime) -> Iterator[OwedRung]:
    revision, rungs = series
    for rung in rungs:
        if rung.at >= until:
            return
        if (revision, rung.name) not in step.reached:
            yield OwedRung(rung.at, step.definition.key, revision, rung.name, rung.rung.reassign_to)


def _first_unreached(series: tuple[int, Iterator[DueRung]], step: StepState) -> DueRung | None:
    revision, rungs = series
    return next((rung for rung in rungs if (revision, rung.name) not in step.reached), None)
