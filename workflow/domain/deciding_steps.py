"""Ending a step, putting its end right, taking it back, leaving it out, giving it to others."""

from __future__ import annotations

from datetime import datetime

from workflow.domain import errors
from workflow.domain.commands import CompleteStep, CorrectCompletion, FanOut, HandOver, ReopenStep, SkipStep
from workflow.domain.cycle import Completion, Cycle, PlanStatus, StepState
from workflow.domain.definition import ForEach
from workflow.domain.draft import Draft
from workflow.domain.ending import (
    check_day,
    check_followers,
    check_open,
    check_proof,
    check_tally,
    check_unfinished,
    instant_of,
    names_of,
    plain,
)
from workflow.domain.events import CompletionCorrected, StepCompleted, StepHandedOver, StepReopened, StepSkipped
from workflow.domain.fanning import end_of_parts, parts_for_petitions, parts_for_units
from workflow.domain.limits import adopt, set_deadlines
from workflow.domain.names import same_unit
from workflow.domain.petition import AnsweredWhere
from workflow.domain.settling import add_parts, add_petition_parts, end, held_with, not_cancelled, running, settle
from workflow.domain.verdict import Verdict, verdict_of, working_days_late
from workflow.domain.zone import day_of


def complete(command: CompleteStep, draft: Draft) -> None:
    """Record that a step ended, and with the meeting what is part of it."""
    happened_at = _checked_end(command, running(draft), draft)
    adopt(draft)
    done = StepCompleted(
        step=command.step,
        verdict=Verdict.NO_LIMIT,
        due_on=None,
        late_working_days=0,
        document_number=plain(command.document_number),
        document_on=command.document_on,
        file=command.file,
        note=plain(command.note),
        tally=command.tally,
    )
    end(draft, done, happened_at)
    for step in held_with(draft.cycle, command.step):
        end(draft, StepCompleted(step.key, Verdict.NO_LIMIT, None, 0), happened_at)
    set_deadlines(draft, f"step:{command.step}")
    settle(draft)


def _checked_end(command: CompleteStep, cycle: Cycle, draft: Draft) -> datetime:
    state = draft.step(command.step)
    step = state.definition
    check_unfinished(state)
    petition = cycle.petition_of(command.step)
    if petition is not None:
        raise errors.PartOfPetition(step=step.name, petition=petition.petition_id)
    if command.step in cycle.fanned:
        left = tuple(part for part in cycle.parts_of(command.step) if not part.ended)
        raise errors.PartsStillOpen(step=step.name, parts=names_of(left))
    happened_on = command.happened_on or day_of(draft.at)
    check_day(happened_on, step, cycle, draft.at)
    check_open(state, cycle)
    check_proof(
        step,
        draft.at,
        document_number=command.document_number,
        document_on=command.document_on,
        file=command.file,
    )
    check_tally(step, command.tally)
    return instant_of(happened_on, draft.at, state.deadline)


def correct(command: CorrectCompletion, draft: Draft) -> None:
    """Put right what was recorded of a step's end; judged against the limit that it was judged against."""
    cycle = not_cancelled(draft)
    state, reason = draft.step(command.step), _reason(command.reason)
    done = state.completion
    if done is None:
        raise errors.StepNotDone(step=state.definition.name)
    if command.step in cycle.fanned:
        parts = names_of(cycle.parts_of(command.step))
        raise errors.EndFollowsFromParts(step=state.definition.name, parts=parts)
    happened_at = _corrected_end(command, state, done, draft)
    event = _corrected(command, done, happened_at, reason, draft)
    _check_corrected_proof(event, state, draft)
    if (happened_at, _proof(event)) == (done.happened_at, _proof(done)):
        return
    draft.add(event, happened_at)
    _correct_whole(draft, state, reason)
    if draft.cycle.status is PlanStatus.RUNNING:
        set_deadlines(draft, f"correct:{command.step}")
        settle(draft)


def _corrected_end(command: CorrectCompletion, state: StepState, done: Completion, draft: Draft) -> datetime:
    if command.happened_on is None or command.happened_on == day_of(done.happened_at):
        return done.happened_at
    check_day(command.happened_on, state.definition, draft.cycle, draft.at)
    check_followers(command.happened_on, state.definition, draft.cycle)
    return instant_of(command.happened_on, draft.at, state.deadline)


def _corrected(
    command: CorrectCompletion, done: Completion, happened_at: datetime, reason: str, draft: Draft
) -> CompletionCorrected:
    due_at = done.due_at
    return CompletionCorrected(
        step=command.step,
        reason=reason,
        verdict=verdict_of(happened_at, due_at),
        due_on=done.due_on,
        late_working_days=working_days_late(happened_at, due_at, draft.terms.calendar) if due_at is not None else 0,
        document_number=plain(command.document_number) or done.document_number,
        document_on=command.document_on or done.document_on,
        file=command.file or done.file,
        note=plain(command.note) or done.note,
    )


def _check_corrected_proof(event: CompletionCorrected, state: StepState, draft: Draft) -> None:
    """As for the end itself; what was answered at the meeting has no document."""
    petition = draft.cycle.petition_of(event.step)
    if petition is not None and petition.answer is not None and petition.answer.where is AnsweredWhere.AT_MEETING:
        return
    check_proof(
        state.definition,
        draft.at,
        document_number=event.document_number,
        document_on=event.document_on,
        file=event.file,
    )


def _proof(end: Completion | CompletionCorrected) -> tuple[object, ...]:
    return end.document_number, end.document_on, end.file, end.note


def _correct_whole(draft: Draft, part: StepState, reason: str) -> None:
    """The end of a step follows from the ends of its parts."""
    key = part.definition.part_of
    if key is None or draft.cycle.steps[key].completion is None:
        return
    fresh = end_of_parts(draft.cycle, key)
    ends = [each.ended_at for each in draft.cycle.parts_of(key) if each.ended_at is not None]
    done = draft.cycle.steps[key].completion
    event = CompletionCorrected(
        key, reason, fresh.verdict, fresh.due_on, fresh.late_working_days, None, None, None, None
    )
    if done is not None and (done.happened_at, done.verdict, done.late_working_days) != (
        max(ends),
        fresh.verdict,
        fresh.late_working_days,
    ):
        draft.add(event, max(ends))


def skip(command: SkipStep, draft: Draft) -> None:
    """Leave out a step that does not apply, with those of its parts that have not ended."""
    cycle = running(draft)
    state, reason = draft.step(command.step), _reason(command.reason)
    check_unfinished(state)
    own = cycle.plan.meeting_step
    if own is not None and own.key == command.step:
        raise errors.MeetingNotSkipped(step=state.definition.name)
    parts = cycle.parts_of(command.step)
    for part in parts:
        if not part.ended:
            draft.add(StepSkipped(part.definition.key, reason))
    if all(part.completion is None for part in parts):
        draft.add(StepSkipped(command.step, reason))
    set_deadlines(draft, f"skip:{command.step}")
    settle(draft)


def reopen(command: ReopenStep, draft: Draft) -> None:
    """Take back the end of a step; a part takes the step that it is a part of with it."""
    cycle = not_cancelled(draft)
    state, reason = draft.step(command.step), _reason(command.reason)
    if not state.ended:
        raise errors.StepNotEnded(step=state.definition.name)
    if command.step in cycle.fanned and not _new_parts(cycle, command.step):
        parts = names_of(cycle.parts_of(command.step))
        raise errors.NothingToReopen(step=state.definition.name, parts=parts)
    whole = state.definition.part_of
    if whole is not None and cycle.steps[whole].ended:
        draft.add(StepReopened(whole, reason))
    draft.add(StepReopened(command.step, reason))
    add_petition_parts(draft)
    set_deadlines(draft, f"reopen:{command.step}")
    settle(draft)


def _new_parts(cycle: Cycle, key: str) -> bool:
    """Whether there is something to do in a step beyond the parts that it has."""
    of_petitions = cycle.steps[key].definition.for_each is ForEach.OPEN_PETITION
    return of_petitions and any(True for _ in parts_for_petitions(cycle, key))


def hand_over(command: HandOver, draft: Draft) -> None:
    """Give an unfinished step to another unit."""
    running(draft)
    state, reason, owner = draft.step(command.step), _reason(command.reason), plain(command.owner)
    check_unfinished(state)
    if owner is None:
        raise errors.OwnerMissing
    if not same_unit(owner, state.definition.owner):
        draft.add(StepHandedOver(command.step, owner, state.definition.owner, reason))


def fan_out(command: FanOut, draft: Draft) -> None:
    """Share a step among units; those that have a part already keep it."""
    cycle = running(draft)
    state = draft.step(command.step)
    step = state.definition
    check_unfinished(state)
    if step.for_each not in (ForEach.AGENCY, ForEach.UNIT):
        raise errors.NothingToShare(step=step.name)
    units = [unit for each in command.units if (unit := plain(each)) is not None]
    if not units:
        raise errors.UnitsMissing(step=step.name)
    add_parts(draft, parts_for_units(cycle, command.step, units), draft.at, draft.at)


def _reason(reason: str) -> str:
    found = plain(reason)
    if found is None:
        raise errors.ReasonMissing
    return found
