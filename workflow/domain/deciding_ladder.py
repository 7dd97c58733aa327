"""What people may say to the ladder: seen, later, and which rungs it has."""

from __future__ import annotations

import re

from workflow.domain import clock_errors as refused
from workflow.domain.commands import Acknowledge, AdoptLadder, Snooze
from workflow.domain.draft import Draft
from workflow.domain.ending import check_unfinished, check_whole
from workflow.domain.events import LadderAdopted, StepAcknowledged, StepSnoozed
from workflow.domain.ladder import Base, Ladder, Rung
from workflow.domain.settling import owe, running
from workflow.domain.zone import day_of, shown

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MOST_DAYS = 400


def acknowledge(command: Acknowledge, draft: Draft) -> None:
    """Say "seen"; saying it again changes nothing."""
    revision = _ladder_revision(command.step, draft)
    if revision not in draft.cycle.steps[command.step].acknowledged:
        draft.add(StepAcknowledged(command.step, revision))


def snooze(command: Snooze, draft: Draft) -> None:
    """Ask for no repeats before the morning of a day to come."""
    revision = _ladder_revision(command.step, draft)
    if command.until <= day_of(draft.at):
        raise refused.SnoozeInPast(until=shown(command.until), today=shown(day_of(draft.at)))
    if draft.cycle.steps[command.step].snoozed != (revision, command.until):
        draft.add(StepSnoozed(command.step, revision, command.until))


def _ladder_revision(key: str, draft: Draft) -> int:
    cycle = running(draft)
    state = draft.step(key)
    check_unfinished(state)
    check_whole(state, cycle)
    if state.deadline is None or state.deadline.projected:
        raise refused.NothingToRemind(step=state.definition.name)
    return state.deadline.ladder_revision


def adopt_ladder(command: AdoptLadder, draft: Draft) -> None:
    """Escalate by another ladder from now on; what the old one owed by now is reached first."""
    check_ladder(command.ladder)
    cycle = running(draft)
    if command.ladder != cycle.ladder:
        owe(draft, draft.at)
        draft.add(LadderAdopted(command.ladder))


def check_ladder(ladder: Ladder) -> None:
    """Let a ladder pass that can be climbed: rungs with names of their own, sensible days, and somebody to tell."""
    if not ladder:
        raise refused.LadderEmpty
    for place, rung in enumerate(ladder):
        _check_rung(rung)
        if rung.name in {earlier.name for earlier in ladder[:place]}:
            raise refused.RungTwice(rung=rung.name)


def _check_rung(rung: Rung) -> None:
    if not _NAME.fullmatch(rung.name):
        raise refused.RungNameUnfit(rung=rung.name)
    if not 0 <= rung.working_days <= _MOST_DAYS or not _sensible_repeat(rung.repeat_every):
        raise refused.RungDaysUnfit(rung=rung.name)
    if rung.repeat_every is not None and rung.base is not Base.AFTER_DUE:
        raise refused.RungRepeatsBeforeLimit(rung=rung.name)
    if not rung.audience:
        raise refused.RungForNobody(rung=rung.name)


def _sensible_repeat(days: int | None) -> bool:
    return days is None or 1 <= days <= _MOST_DAYS
