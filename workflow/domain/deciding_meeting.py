"""Setting, moving and postponing the meeting."""

from __future__ import annotations

from datetime import date

from calendars.case import last_of_month
from workflow.domain import errors
from workflow.domain.commands import PostponeMeeting, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.draft import Draft
from workflow.domain.ending import plain
from workflow.domain.events import MeetingPostponed, MeetingSet
from workflow.domain.limits import adopt, set_deadlines
from workflow.domain.settling import running
from workflow.domain.zone import day_of, shown


def set_meeting(command: SetMeeting, draft: Draft) -> None:
    """Give the meeting a day, or move it; what hangs on it moves with it."""
    cycle = running(draft)
    _refuse_if_held(cycle)
    _check_day(command.on, cycle, day_of(draft.at))
    meeting = cycle.meeting
    wanted = (command.on, command.at or meeting.at, (command.place or "").strip() or meeting.place)
    if wanted == (meeting.on, meeting.at, meeting.place):
        return
    adopt(draft)
    draft.add(MeetingSet(*wanted, meeting.on))
    set_deadlines(draft, "meeting")


def _check_day(on: date, cycle: Cycle, today: date) -> None:
    started_on = day_of(cycle.started_at)
    if on < started_on:
        raise errors.MeetingBeforeStart(meeting_on=shown(on), started_on=shown(started_on))
    if on < today:
        raise errors.MeetingAlreadyPast(meeting_on=shown(on))


def postpone(command: PostponeMeeting, draft: Draft) -> None:
    """Take the meeting's day away; what hangs on it is projected from the month, where that is known."""
    cycle = running(draft)
    _refuse_if_held(cycle)
    reason = plain(command.reason)
    if reason is None:
        raise errors.ReasonMissing
    if command.month is not None and last_of_month(*command.month) < day_of(draft.at):
        raise errors.MeetingMonthPast(month=f"{command.month[1]:02}/{command.month[0]}")
    meeting = cycle.meeting
    if (meeting.on, meeting.month) == (None, command.month):
        return
    adopt(draft)
    draft.add(MeetingPostponed(reason, command.month, meeting.on))
    set_deadlines(draft, "meeting")


def _refuse_if_held(cycle: Cycle) -> None:
    step = cycle.plan.meeting_step
    if step is None:
        raise errors.NoMeetingStep(plan=cycle.definition.title)
    held = cycle.steps[step.key].completion
    if held is not None:
        raise errors.MeetingAlreadyHeld(held_on=shown(day_of(held.happened_at)))
