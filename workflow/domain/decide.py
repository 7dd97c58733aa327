"""What a command does to a plan: `decide` returns the events and writes nothing.

The same rule opens steps and ends plans after every command and in every sweep, so it does not matter which of
them comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import singledispatch
from unicodedata import category, normalize

from calendars.rules import Due
from workflow.domain import errors
from workflow.domain.commands import AdoptCalendar, CancelPlan, Command, CompleteStep, SetMeeting, StartPlan, Sweep
from workflow.domain.cycle import Cycle, Deadline, PlanStatus, StepState, StepStatus
from workflow.domain.definition import Evidence, StepDefinition
from workflow.domain.due import deadlines
from workflow.domain.events import (
    CalendarAdopted,
    DeadlineLifted,
    DeadlineSet,
    Event,
    Happened,
    MeetingSet,
    PlanCancelled,
    PlanCompleted,
    PlanStarted,
    Recorded,
    RungReached,
    StepCompleted,
    StepJudged,
    StepOpened,
)
from workflow.domain.evolving import begin, evolve
from workflow.domain.graph import counted_from
from workflow.domain.ladder import Terms
from workflow.domain.verdict import verdict_of, working_days_late
from workflow.domain.wake import opening_at, openings, rungs_owed
from workflow.domain.zone import day_of, instant, shown

CLOSING_WHEN_ONLY_THE_DAY_IS_KNOWN = time(17)


class Draft:
    """The events decided so far and the state after them; lives only while one command is decided."""

    def __init__(self, cycle: Cycle | None, at: datetime, actor: str) -> None:
        self.happened: list[Happened] = []
        self._cycle = cycle
        self._at = at
        self._actor = actor

    @property
    def cycle(self) -> Cycle:
        """The state after the events decided so far."""
        if self._cycle is None:
            raise LookupError("the plan has not started")
        return self._cycle

    def start(self, plan_id: str, event: PlanStarted, happened_at: datetime) -> None:
        """Record the first event."""
        self.happened.append(Happened(event, happened_at))
        self._cycle = begin(Recorded(plan_id, 1, event, happened_at, self._at, self._actor))

    def add(self, event: Event, happened_at: datetime) -> None:
        """Record one more event."""
        self.happened.append(Happened(event, happened_at))
        cycle = self.cycle
        recorded = Recorded(cycle.plan_id, cycle.version + 1, event, happened_at, self._at, self._actor)
        self._cycle = evolve(cycle, recorded)


def decide(command: Command, cycle: Cycle | None, *, at: datetime, actor: str, terms: Terms) -> tuple[Happened, ...]:
    """The events that follow from a command recorded at `at` (aware); empty when there is nothing to do.

    Raises a `DoithoaiError` that says why the command is refused.
    """
    draft = Draft(cycle, at, actor)
    _decide(command, draft, at, terms)
    return tuple(draft.happened)


@singledispatch
def _decide(command: Command, _draft: Draft, _at: datetime, _terms: Terms) -> None:
    raise TypeError(f"unknown command {type(command).__name__}")


@_decide.register
def _(command: StartPlan, draft: Draft, at: datetime, terms: Terms) -> None:
    if command.started_on > day_of(at):
        raise errors.StartInFuture(started_on=shown(command.started_on), today=shown(day_of(at)))
    started_at = at if command.started_on == day_of(at) else instant(command.started_on)
    draft.start(command.plan_id, PlanStarted(command.definition, terms.calendar.version), started_at)
    _set_deadlines(draft, at, terms, "start")
    _settle(draft, at)


@_decide.register
def _(command: SetMeeting, draft: Draft, at: datetime, terms: Terms) -> None:
    cycle = _running(draft.cycle)
    step = cycle.definition.meeting_step
    if step is None:
        raise errors.NoMeetingStep(plan=cycle.definition.title)
    held = cycle.steps[step.key].completion
    if held is not None:
        raise errors.MeetingAlreadyHeld(held_on=shown(day_of(held.happened_at)))
    if command.on < day_of(cycle.started_at):
        raise errors.MeetingBeforeStart(meeting_on=shown(command.on), started_on=shown(day_of(cycle.started_at)))
    if command.on < day_of(at):
        raise errors.MeetingAlreadyPast(meeting_on=shown(command.on))
    meeting = cycle.meeting
    wanted = (command.on, command.at or meeting.at, (command.place or "").strip() or meeting.place)
    if wanted == (meeting.on, meeting.at, meeting.place):
        return
    _adopt(draft, at, terms)
    draft.add(MeetingSet(*wanted, meeting.on), at)
    _set_deadlines(draft, at, terms, "meeting")


@_decide.register
def _(command: CompleteStep, draft: Draft, at: datetime, terms: Terms) -> None:
    happened_at = _checked_completion(command, draft.cycle, at)
    _adopt(draft, at, terms)
    _complete(command, draft, happened_at, terms)
    for step in _held_with(draft.cycle, command.step):
        _complete(CompleteStep(step.key), draft, happened_at, terms)
    _set_deadlines(draft, at, terms, f"step:{command.step}")
    _settle(draft, at)


@_decide.register
def _(command: CancelPlan, draft: Draft, at: datetime, _terms: Terms) -> None:
    _running(draft.cycle)
    if not command.reason.strip():
        raise errors.ReasonMissing
    draft.add(PlanCancelled(command.reason.strip()), at)


@_decide.register
def _(_command: AdoptCalendar, draft: Draft, at: datetime, terms: Terms) -> None:
    if draft.cycle.status is PlanStatus.RUNNING:
        _adopt(draft, at, terms)


@_decide.register
def _(command: Sweep, draft: Draft, _at: datetime, terms: Terms) -> None:
    if draft.cycle.status is not PlanStatus.RUNNING:
        return
    for key, opened_at in openings(draft.cycle, command.until):
        _owe(draft, opened_at, terms)
        draft.add(StepOpened(key, opened_at), opened_at)
    _owe(draft, command.until, terms)


def _owe(draft: Draft, until: datetime, terms: Terms) -> None:
    for owed in rungs_owed(draft.cycle, until, terms):
        draft.add(RungReached(owed.step, owed.revision, owed.name), owed.at)


def _running(cycle: Cycle) -> Cycle:
    if cycle.status is not PlanStatus.RUNNING:
        raise errors.PlanNotRunning(plan=cycle.definition.title, status=_STATUS_WORDS[cycle.status])
    return cycle


_STATUS_WORDS = {PlanStatus.COMPLETED: "đã kết thúc", PlanStatus.CANCELLED: "đã hủy", PlanStatus.RUNNING: "đang chạy"}


def _instant_of(day: date, at: datetime, limit: Deadline | None) -> datetime:
    """The instant of an end of which only the day is known: its recording on the same day, else that day's closing.

    A limit that ends at an hour of that day is taken to be kept: nothing says that it was not.
    """
    if day == day_of(at):
        return at
    closing = instant(day, CLOSING_WHEN_ONLY_THE_DAY_IS_KNOWN)
    if limit is not None and day_of(limit.due_at) == day and instant(day) < limit.due_at <= closing:
        return limit.due_at - datetime.resolution
    return closing


def _checked_completion(command: CompleteStep, cycle: Cycle, at: datetime) -> datetime:
    _running(cycle)
    if command.step not in cycle.steps:
        raise errors.StepUnknown(step=command.step, known=", ".join(cycle.steps))
    state = cycle.steps[command.step]
    if state.completion is not None:
        done_on = shown(day_of(state.completion.happened_at))
        raise errors.StepAlreadyDone(step=state.definition.name, done_on=done_on)
    happened_on = command.happened_on or day_of(at)
    _check_day(happened_on, state.definition, cycle, at)
    if state.status is not StepStatus.OPEN:
        raise _not_open(state, cycle)
    _check_proof(command, state.definition, at)
    return _instant_of(happened_on, at, state.deadline)


def _not_open(state: StepState, cycle: Cycle) -> errors.DoithoaiError:
    """Why a step cannot be completed yet: what it waits for, the meeting it is part of, or the day it opens."""
    name, waiting = state.definition.name, cycle.waiting_for(state.definition.key)
    if waiting:
        return errors.StepNotOpen(step=name, waiting_for=", ".join(cycle.steps[key].definition.name for key in waiting))
    opens_at = opening_at(cycle, state)
    if opens_at is not None:
        return errors.StepOpensLater(step=name, opens_on=shown(day_of(opens_at)))
    return errors.StepEndsWithMeeting(step=name)


def _check_proof(command: CompleteStep, step: StepDefinition, at: datetime) -> None:
    if Evidence.DOCUMENT in step.evidence and not (command.document_number or "").strip():
        raise errors.EvidenceMissing(step=step.name)
    if Evidence.FILE in step.evidence and not command.file:
        raise errors.FileMissing(step=step.name)
    if command.document_on is not None and not (command.document_number or "").strip():
        raise errors.DocumentNumberMissing(document_on=shown(command.document_on))
    if command.document_on is not None and command.document_on > day_of(at):
        raise errors.DocumentInFuture(document_on=shown(command.document_on), recorded_on=shown(day_of(at)))


def _check_day(happened_on: date, step: StepDefinition, cycle: Cycle, at: datetime) -> None:
    if happened_on > day_of(at):
        raise errors.HappenedInFuture(happened_on=shown(happened_on), recorded_on=shown(day_of(at)))
    started_on = day_of(cycle.started_at)
    if happened_on < started_on:
        raise errors.HappenedBeforeStart(happened_on=shown(happened_on), started_on=shown(started_on))
    meeting = cycle.definition.meeting_step
    followed = counted_from(step, cycle.definition) | ({meeting.key} if meeting else set())
    for key in sorted(followed & set(step.after)):
        ended = cycle.steps[key].completion
        if ended is not None and happened_on < day_of(ended.happened_at):
            raise errors.HappenedBeforeEvent(
                happened_on=shown(happened_on),
                event_on=shown(day_of(ended.happened_at)),
                event=cycle.steps[key].definition.name,
                step=step.name,
            )


def _complete(command: CompleteStep, draft: Draft, happened_at: datetime, terms: Terms) -> None:
    limit = draft.cycle.steps[command.step].deadline
    due_at = limit.due_at if limit is not None and not limit.projected else None
    late = working_days_late(happened_at, due_at, terms.calendar) if due_at is not None else 0
    event = StepCompleted(
        step=command.step,
        verdict=verdict_of(happened_at, due_at),
        due_on=limit.due_on if limit is not None and due_at is not None else None,
        late_working_days=late,
        document_number=_plain(command.document_number),
        document_on=command.document_on,
        file=command.file,
        note=_plain(command.note),
    )
    draft.add(event, happened_at)


def _plain(text: str | None) -> str | None:
    """A text as it may stand in the log: without control characters, in composed form; None when nothing is left."""
    kept = "".join(c for c in normalize("NFC", text or "") if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    return kept.strip() or None


def _held_with(cycle: Cycle, key: str) -> Iterable[StepDefinition]:
    """The steps that end with the meeting just held: those of the meeting that ask for no proof of their own.

    A step of the meeting that waits for something else, or asks for a document, is left to be recorded by itself.
    """
    meeting = cycle.definition.meeting_step
    if meeting is None or meeting.key != key:
        return ()
    return [
        step
        for step in cycle.definition.steps
        if step.in_meeting
        and not step.evidence
        and cycle.steps[step.key].completion is None
        and not cycle.waiting_for(step.key)
    ]


def _set_deadlines(draft: Draft, at: datetime, terms: Terms, why: str) -> None:
    """Record each open step's limit where it differs from the one in force; ended steps keep theirs."""
    cycle = draft.cycle
    for key, limit in deadlines(cycle.definition, cycle.facts, terms.calendar).items():
        step = cycle.steps[key]
        if step.completion is not None:
            _judge(draft, step, limit, at, terms)
            continue
        if limit is None:
            if step.deadline is not None:
                draft.add(DeadlineLifted(key, step.revision + 1, why), at)
            continue
        event = DeadlineSet(
            step=key,
            revision=step.revision + 1,
            due_on=limit.due_on,
            due_at=limit.due_at,
            safe_on=limit.safe_on,
            event_on=limit.event_on,
            projected=limit.projected,
            provisional=limit.provisional,
            why=why,
        )
        if _differs(event, draft.cycle, key):
            draft.add(event, at)


def _adopt(draft: Draft, at: datetime, terms: Terms) -> None:
    """Count on the calendar in force from now on, with each limit that it moves recorded as its doing."""
    if draft.cycle.calendar_version != terms.calendar.version:
        draft.add(CalendarAdopted(terms.calendar.version), at)
        _set_deadlines(draft, at, terms, "calendar")


def _judge(draft: Draft, step: StepState, limit: Due | None, at: datetime, terms: Terms) -> None:
    """Judge a step that ended while its limit was only projected, as soon as the limit is firm."""
    done, key = step.completion, step.definition.key
    if done is None or done.due_on is not None or limit is None or limit.projected:
        return
    late = working_days_late(done.happened_at, limit.due_at, terms.calendar)
    draft.add(StepJudged(key, verdict_of(done.happened_at, limit.due_at), limit.due_on, late), at)


def _differs(event: DeadlineSet, cycle: Cycle, key: str) -> bool:
    now = cycle.steps[key].deadline
    if now is None:
        return True
    fields = ("due_at", "safe_on", "event_on", "projected", "provisional")
    return any(getattr(event, name) != getattr(now, name) for name in fields)


def _settle(draft: Draft, at: datetime) -> None:
    """Open every step whose time has come by `at`, a recording, then end the plan if every step has ended."""
    for key, opened_at in openings(draft.cycle, at + datetime.resolution):
        draft.add(StepOpened(key, at), opened_at)
    cycle = draft.cycle
    if cycle.status is PlanStatus.RUNNING and all(s.completion is not None for s in cycle.steps.values()):
        last = max(s.completion.happened_at for s in cycle.steps.values() if s.completion is not None)
        draft.add(PlanCompleted(), last)
