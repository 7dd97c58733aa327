"""What a command does to a plan: `decide` returns the events and writes nothing.

Each kind of command has its function; what follows by itself after each of them stands in `workflow.domain.settling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from workflow.domain import commands, deciding_clock, deciding_ladder, deciding_meeting, deciding_petitions, errors
from workflow.domain import deciding_steps as steps
from workflow.domain.commands import CancelPlan, Command, StartPlan, Sweep
from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.draft import Draft, refuse_unless_running
from workflow.domain.events import Happened, PlanCancelled, PlanStarted
from workflow.domain.ladder import Terms
from workflow.domain.limits import set_deadlines
from workflow.domain.settling import settle, sweep
from workflow.domain.zone import day_of, instant, shown


def decide(command: Command, cycle: Cycle | None, *, at: datetime, actor: str, terms: Terms) -> tuple[Happened, ...]:
    """The events that follow from a command recorded at `at` (aware); empty when there is nothing to do.

    `terms.calendar` is the version that the plan counts on; another one is adopted on the way.
    Raises a `DoithoaiError` that says why the command is refused.
    """
    draft = Draft(cycle, at, actor, terms)
    _RULES[type(command)](command, draft)
    return tuple(draft.happened)


def _start(command: StartPlan, draft: Draft) -> None:
    today = day_of(draft.at)
    if command.started_on > today:
        raise errors.StartInFuture(started_on=shown(command.started_on), today=shown(today))
    started_at = draft.at if command.started_on == today else instant(command.started_on)
    started = PlanStarted(command.definition, draft.terms.calendar.version, draft.terms.ladder)
    draft.start(command.plan_id, started, started_at)
    set_deadlines(draft, "start")
    settle(draft)


def _cancel(command: CancelPlan, draft: Draft) -> None:
    refuse_unless_running(draft.cycle)
    if not command.reason.strip():
        raise errors.ReasonMissing
    draft.add(PlanCancelled(command.reason.strip()))


def _sweep(command: Sweep, draft: Draft) -> None:
    if draft.cycle.status is PlanStatus.RUNNING:
        sweep(draft, command.until)


_RULES: Mapping[type[Command], Callable[[Any, Draft], None]] = MappingProxyType(
    {
        commands.StartPlan: _start,
        commands.SetMeeting: deciding_meeting.set_meeting,
        commands.PostponeMeeting: deciding_meeting.postpone,
        commands.CompleteStep: steps.complete,
        commands.CorrectCompletion: steps.correct,
        commands.SkipStep: steps.skip,
        commands.ReopenStep: steps.reopen,
        commands.HandOver: steps.hand_over,
        commands.FanOut: steps.fan_out,
        commands.ExtendStep: deciding_clock.extend,
        commands.AskExtension: deciding_clock.ask_extension,
        commands.DeclineExtension: deciding_clock.decline_extension,
        commands.StopClock: deciding_clock.stop,
        commands.RestartClock: deciding_clock.restart,
        commands.AdoptCalendar: deciding_clock.adopt_calendar,
        commands.Acknowledge: deciding_ladder.acknowledge,
        commands.Snooze: deciding_ladder.snooze,
        commands.AdoptLadder: deciding_ladder.adopt_ladder,
        commands.RaisePetition: deciding_petitions.take_down,
        commands.ClassifyPetition: deciding_petitions.classify,
        commands.MergePetition: deciding_petitions.merge,
        commands.AnswerPetition: deciding_petitions.answer,
        commands.TellPetitioner: deciding_petitions.tell,
        commands.TransferPetition: deciding_petitions.transfer,
        commands.CancelPlan: _cancel,
        commands.Sweep: _sweep,
    }
)
