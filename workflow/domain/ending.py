"""What must be so for a step to end on a day, with its proof and its votes."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from unicodedata import category, normalize

from workflow.domain import errors
from workflow.domain.cycle import Cycle, Deadline, StepState, StepStatus
from workflow.domain.definition import Evidence, StepDefinition
from workflow.domain.graph import counted_from
from workflow.domain.verdict import Tally
from workflow.domain.wake import opening_at
from workflow.domain.zone import day_of, instant, shown

CLOSING_WHEN_ONLY_THE_DAY_IS_KNOWN = time(17)


def instant_of(day: date, at: datetime, limit: Deadline | None = None) -> datetime:
    """The instant of a fact of which only the day is known: its recording on the same day, else that day's closing.

    A limit that ends at an hour of that day is taken to be kept: nothing says that it was not.
    """
    if day == day_of(at):
        return at
    closing = instant(day, CLOSING_WHEN_ONLY_THE_DAY_IS_KNOWN)
    if limit is not None and day_of(limit.due_at) == day and instant(day) < limit.due_at <= closing:
        return limit.due_at - datetime.resolution
    return closing


def check_unfinished(state: StepState) -> None:
    """Let an unfinished step pass. Raises `StepAlreadyDone`, or `StepWasSkipped`."""
    name = state.definition.name
    if state.completion is not None:
        raise errors.StepAlreadyDone(step=name, done_on=shown(day_of(state.completion.happened_at)))
    if state.skipped is not None:
        raise errors.StepWasSkipped(step=name)


def check_whole(state: StepState, cycle: Cycle) -> None:
    """Let a step pass that has no parts. Raises `StepHasParts`."""
    key = state.definition.key
    if key in cycle.fanned:
        raise errors.StepHasParts(step=state.definition.name, parts=names_of(cycle.parts_of(key)))


def names_of(parts: tuple[StepState, ...]) -> str:
    """The keys of some parts, to be shown: they are what commands take."""
    return ", ".join(part.definition.key for part in parts)


def check_open(state: StepState, cycle: Cycle) -> None:
    """Let an open step pass. Raises what keeps it from opening: what it waits for, the meeting, or the day it opens."""
    if state.status is StepStatus.OPEN:
        return
    name, waiting = state.definition.name, cycle.waiting_for(state.definition.key)
    if waiting:
        raise errors.StepNotOpen(step=name, waiting_for=", ".join(cycle.steps[key].definition.name for key in waiting))
    opens_at = opening_at(cycle, state)
    if opens_at is not None:
        raise errors.StepOpensLater(step=name, opens_on=shown(day_of(opens_at)))
    raise errors.StepEndsWithMeeting(step=name)


def check_day(happened_on: date, step: StepDefinition, cycle: Cycle, at: datetime) -> None:
    """Let a day pass on which the step can have ended: not to come, in the plan's life, not before what it follows."""
    if happened_on > day_of(at):
        raise errors.HappenedInFuture(happened_on=shown(happened_on), recorded_on=shown(day_of(at)))
    started_on = day_of(cycle.started_at)
    if happened_on < started_on:
        raise errors.HappenedBeforeStart(happened_on=shown(happened_on), started_on=shown(started_on))
    for key in sorted(_followed(step, cycle)):
        ended = cycle.steps[key].completion
        if ended is not None and happened_on < day_of(ended.happened_at):
            raise errors.HappenedBeforeEvent(
                happened_on=shown(happened_on),
                event_on=shown(day_of(ended.happened_at)),
                event=cycle.steps[key].definition.name,
                step=step.name,
            )


def check_followers(happened_on: date, step: StepDefinition, cycle: Cycle) -> None:
    """Let a day pass after which nothing that follows the step has ended. Raises `HappenedAfterNext`."""
    for state in cycle.steps.values():
        done = state.completion
        if (
            done is None
            or step.key not in _followed(state.definition, cycle)
            or happened_on <= day_of(done.happened_at)
        ):
            continue
        raise errors.HappenedAfterNext(
            happened_on=shown(happened_on),
            next_on=shown(day_of(done.happened_at)),
            next=state.definition.name,
            step=step.name,
        )


def _followed(step: StepDefinition, cycle: Cycle) -> frozenset[str]:
    """Keys of the steps that cannot have ended after the step did: those that its period counts from, and the meeting."""
    meeting = cycle.plan.meeting_step
    held = frozenset({meeting.key}) if meeting is not None else frozenset[str]()
    return (counted_from(step, cycle.plan) | held) & set(step.after)


def check_proof(
    step: StepDefinition, at: datetime, *, document_number: str | None, document_on: date | None, file: str | None
) -> None:
    """Let a proof pass that is what the step asks for."""
    number = (document_number or "").strip()
    if Evidence.DOCUMENT in step.evidence and not number:
        raise errors.EvidenceMissing(step=step.name)
    if Evidence.FILE in step.evidence and not file:
        raise errors.FileMissing(step=step.name)
    if document_on is not None and not number:
        raise errors.DocumentNumberMissing(document_on=shown(document_on))
    if document_on is not None and document_on > day_of(at):
        raise errors.DocumentInFuture(document_on=shown(document_on), recorded_on=shown(day_of(at)))


def check_tally(step: StepDefinition, tally: Tally | None) -> None:
    """Let votes pass that make sense and reach what the plan asks for: a share of those summoned, more than one there.

    Raises `TallyMissing`, `TallyWrong`, `QuorumMissing` or `MajorityMissing`.
    """
    if tally is None:
        if step.quorum is not None or step.majority is not None:
            raise _tally_missing(step)
        return
    in_favour = tally.in_favour
    if not 0 < tally.present <= tally.summoned or not 0 <= (in_favour or 0) <= tally.present:
        raise errors.TallyWrong(
            summoned=tally.summoned, present=tally.present, in_favour="–" if in_favour is None else in_favour
        )
    if step.quorum is not None and Fraction(tally.present, tally.summoned) < step.quorum:
        raise errors.QuorumMissing(
            step=step.name, present=tally.present, summoned=tally.summoned, quorum=_share(step.quorum)
        )
    if step.majority is None:
        return
    if in_favour is None:
        raise _tally_missing(step)
    if Fraction(in_favour, tally.present) <= step.majority:
        raise errors.MajorityMissing(
            step=step.name, in_favour=in_favour, present=tally.present, majority=_share(step.majority)
        )


def _tally_missing(step: StepDefinition) -> errors.DoithoaiError:
    return (errors.TallyMissing if step.majority is None else errors.VotesMissing)(step=step.name)


def _share(share: Fraction) -> str:
    """A share as people write it: "50%", else as a fraction "2/3"."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{share.numerator}/{share.denominator}"


def plain(text: str | None) -> str | None:
    """A text as it may stand in the log: without control characters, in composed form; None when nothing is left."""
    kept = "".join(c for c in normalize("NFC", text or "") if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    return kept.strip() or None
