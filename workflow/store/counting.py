"""Which days can move a limit when they change from worked to off, or back."""

from __future__ import annotations

from datetime import date, timedelta

from calendars.rules import FirstOf, LastOf
from workflow.domain.cycle import Cycle, Deadline, StepState, StepStatus
from workflow.domain.zone import day_of

REST = timedelta(days=31)
"""Longer than any run of days off: how far a day may roll to the next, or the previous, working day."""

A_YEAR = timedelta(days=366)

Days = tuple[date, date] | tuple[None, None]


def counted_over(cycle: Cycle, step: StepState) -> Days:
    """The days [since, until) that the limit of an unfinished step rests on; (None, None) without such a limit.

    A firm period rests on the days between its event and its end. A fixed date can roll over the days off beside it.
    A projection rests on the limits of the steps before it, too, and the first or last of several limits on all of them.
    """
    limit = step.deadline
    if limit is None or step.status not in (StepStatus.WAITING, StepStatus.OPEN):
        return None, None
    first, last = _ends(limit)
    rule = step.extended.rule if step.extended is not None else step.definition.due
    started_on = day_of(cycle.started_at)
    if isinstance(rule, FirstOf | LastOf):
        return min(first, started_on) - A_YEAR, last + A_YEAR
    if limit.projected:
        return min(first, started_on) - REST, last + REST
    if limit.event_on is None:
        return first - REST, last + REST
    return first, last + timedelta(days=1)


def _ends(limit: Deadline) -> tuple[date, date]:
    days = [limit.safe_on, limit.due_on, *([limit.event_on] if limit.event_on is not None else [])]
    return min(days), max(days)
