"""The latest safe day of each step before the meeting that has no limit of its own."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, timedelta

from calendars.working_calendar import CalendarError, WorkingCalendar
from workflow.domain.definition import PlanDefinition
from workflow.domain.lint_case import Case
from workflow.domain.lint_findings import Finding
from workflow.domain.schedule import AHEAD_WORKING_DAYS, NEEDED_WORKING_DAYS, Times, schedule
from workflow.domain.zone import shown
from workflow.intake.completing import sentences
from workflow.intake.completing.sides import own_words
from workflow.intake.draft import Draft, LatestSafe

_LONG_BEFORE = timedelta(days=120)
_MOST_NAMED = 8
_GOES_ON = "trước, trong và sau"
"""Said of work that does not end before the meeting."""


def latest_safe(
    draft: Draft, plan: PlanDefinition, calendar: WorkingCalendar, since: date | None
) -> tuple[LatestSafe, ...]:
    """The schedule of a draft whose definition is `plan`, in the order of its steps; empty without a calendar for it.

    `since`: the day on which the work begins. When it is not known the work is taken to begin just in time, so that
    the critical steps have no slack.
    """
    try:
        times = _times(plan, calendar, since)
    except CalendarError:
        return ()
    own = {step.key for step in draft.steps if step.deadline is not None and step.deadline.rule is not None}
    return tuple(
        LatestSafe(key, each.latest_on, each.slack, each.critical)
        for key, each in times
        if key not in own and each.latest_on is not None and each.slack is not None
    )


def undated(draft: Draft, plan: PlanDefinition, told: Set[str]) -> Iterator[Finding]:
    """One finding for all steps that must end before the meeting and have no limit, those in `told` left out."""
    by_key = plan.by_key
    going_on = {step.key for step in draft.steps if _GOES_ON in own_words(step)}
    found = [each for each in draft.schedule if each.step not in told | going_on and _matters(each.step, plan)]
    if found:
        steps = [f"«{by_key[each.step].name}» ({shown(each.on)})" for each in found]
        more = len(steps) - _MOST_NAMED
        named = "; ".join(steps[:_MOST_NAMED]) + (f"; … (+{more})" if more > 0 else "")
        keys = [each.step for each in found]
        yield sentences.UNDATED_BEFORE_MEETING.found(*keys, count=len(found), steps=named)


def _matters(key: str, plan: PlanDefinition) -> bool:
    """Whether a missing limit is worth a word: others wait for the work, or people must know in time."""
    return plan.by_key[key].kind in {*AHEAD_WORKING_DAYS, *NEEDED_WORKING_DAYS}


def _times(plan: PlanDefinition, calendar: WorkingCalendar, since: date | None) -> list[tuple[str, Times]]:
    """The times of the steps before the meeting."""
    case = Case(plan, calendar)
    meeting = plan.meeting_step
    if meeting is None or case.meeting_moment is None:
        return []
    begins = since if since is not None and since <= case.meeting_moment.on else case.meeting_moment.on - _LONG_BEFORE
    before = case.before(meeting.key)
    times = schedule(plan, calendar, begins)
    if since is None:
        spare = min((each.slack for key, each in times.items() if key in before and each.slack is not None), default=0)
        times = schedule(plan, calendar, calendar.add(begins, spare)) if spare > 0 else times
    return [(step.key, times[step.key]) for step in plan.steps if step.key in before and not step.in_meeting]
