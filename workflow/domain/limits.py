"""Recording limits: where they differ from those in force, on which calendar, and what is judged once they are firm."""

from __future__ import annotations

from datetime import datetime

from calendars.rules import Due
from workflow.domain.cycle import StepState
from workflow.domain.draft import Draft
from workflow.domain.due import Facts, deadlines
from workflow.domain.events import CalendarAdopted, DeadlineKept, DeadlineLifted, DeadlineSet, StepJudged
from workflow.domain.fanning import had_nothing_to_answer
from workflow.domain.verdict import verdict_of, working_days_late


def set_deadlines(draft: Draft, why: str, known_at: datetime | None = None) -> None:
    """Record each unfinished step's limit where it differs from the one in force; ended steps keep theirs.

    `known_at`: when the cause was known, None: at the instant of recording. A limit that is kept although the calendar
    has changed is let go by what moves it otherwise.
    """
    adopt(draft)
    _record(draft, _moved(draft), why, frozenset(), known_at)


def adopt(draft: Draft, keep: frozenset[str] = frozenset()) -> None:
    """Count on the calendar in force from now on, with each limit that it moves recorded as its doing, or kept."""
    version = draft.terms.calendar.version
    if draft.cycle.calendar_version != version:
        draft.add(CalendarAdopted(version))
        _record(draft, draft.cycle.facts.unpinned, "calendar", keep, None)


def _moved(draft: Draft) -> Facts:
    """The facts as limits are computed from them, those let go that something else than the calendar has moved."""
    cycle, before, calendar = draft.cycle, draft.before, draft.terms.calendar
    facts = cycle.facts
    kept = {key for key, shift in facts.shifts.items() if shift.kept is not None}
    if not kept or before is None:
        return facts
    now = deadlines(cycle.plan, facts.unpinned, calendar)
    then = deadlines(before.plan, before.facts.unpinned, calendar)
    return facts.without_pins({key for key in kept if now[key] != then.get(key)})


def _record(draft: Draft, facts: Facts, why: str, keep: frozenset[str], known_at: datetime | None) -> None:
    for key, limit in deadlines(draft.cycle.plan, facts, draft.terms.calendar).items():
        step = draft.cycle.steps[key]
        if step.completion is not None:
            _judge(draft, step, limit)
        elif step.skipped is not None:
            continue
        elif key in keep and _differs(limit, step):
            draft.add(DeadlineKept(key, step.revision))
        elif limit is None and step.deadline is not None:
            draft.add(DeadlineLifted(key, step.revision + 1, why), known_at)
        elif limit is not None and _differs(limit, step):
            draft.add(_limit_set(step, limit, why), known_at)


def _limit_set(step: StepState, limit: Due, why: str) -> DeadlineSet:
    return DeadlineSet(
        step=step.definition.key,
        revision=step.revision + 1,
        due_on=limit.due_on,
        due_at=limit.due_at,
        safe_on=limit.safe_on,
        event_on=limit.event_on,
        projected=limit.projected,
        provisional=limit.provisional,
        why=why,
    )


_FIELDS = ("due_at", "safe_on", "event_on", "projected", "provisional")


def _differs(limit: Due | None, step: StepState) -> bool:
    now = step.deadline
    if now is None or limit is None:
        return (limit is None) != (now is None)
    return any(getattr(limit, name) != getattr(now, name) for name in _FIELDS)


def _judge(draft: Draft, step: StepState, limit: Due | None) -> None:
    """Judge a step that ended while its limit was only projected, as soon as the limit is firm.

    A step that ended with its parts, or because there was nothing to do, is judged by that alone.
    """
    done, key = step.completion, step.definition.key
    if done is None or done.due_on is not None or limit is None or limit.projected:
        return
    if key in draft.cycle.fanned or had_nothing_to_answer(draft.cycle, key, done.happened_at):
        return
    late = working_days_late(done.happened_at, limit.due_at, draft.terms.calendar)
    draft.add(StepJudged(key, verdict_of(done.happened_at, limit.due_at), limit.due_on, late))


def firm_due_at(step: StepState) -> datetime | None:
    """The end of the step's limit, exclusive; None without a limit or while it is only projected."""
    limit = step.deadline
    return limit.due_at if limit is not None and not limit.projected else None
