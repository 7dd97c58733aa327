"""What notices of change tell when their turn to be sent has come, from the log: limits as they were and as they are.

Several changes of one limit that one person is told at once make one line, from the first old day to the present one.
What somebody has changed again since, and is told by a notice of its own, is left out; so is what has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.events import (
    CalendarAdopted,
    CompletionCorrected,
    DeadlineExtended,
    DeadlineSet,
    Event,
    MeetingPostponed,
    MeetingSet,
    Recorded,
    StepHandedOver,
)
from workflow.domain.evolving import evolve, fold
from workflow.domain.ladder import Audience
from workflow.domain.names import same_unit
from workflow.domain.petition import Petition
from workflow.letter import Cause, CauseKind, Change, Move, NewsKind, PetitionNews
from workflow.ports import Notice, Person
from workflow.services.announcing import CHANGED, PETITIONER, handed_over, is_told, moved

Log = Sequence[Recorded]


class Stretch(NamedTuple):
    """The events of a plan with versions in (since, until] that a notice is about."""

    plan_id: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told of changes, and the stretches of which something is told."""

    changes: tuple[Change, ...] = ()
    stretches: frozenset[Stretch] = frozenset()


def stretches_of(notice: Notice) -> list[Stretch]:
    """What a notice of change is about; empty for any other notice."""
    if notice.rung != CHANGED:
        return []
    found = []
    for part in notice.about.split():
        plan_id, _, versions = part.rpartition("@")
        since, _, until = versions.partition("-")
        found.append(Stretch(plan_id, int(since), int(until)))
    return found


def plans_of(notice: Notice) -> list[str]:
    """Ids of all the plans that a notice is about."""
    return [stretch.plan_id for stretch in stretches_of(notice)] or ([notice.plan_id] if notice.plan_id else [])


def changes_told(
    notices: Iterable[Notice], logs: Mapping[str, Log], cycles: Mapping[str, Cycle], person: Person | None
) -> Told:
    """What the notices of change of one person tell together. Plans that are not in `cycles` are left out."""
    wanted: dict[str, set[Stretch]] = {}
    for notice in notices:
        for stretch in stretches_of(notice):
            if stretch.plan_id in cycles:
                wanted.setdefault(stretch.plan_id, set()).add(stretch)
    told = [_change(logs[plan_id], cycles[plan_id], sorted(wanted[plan_id]), person) for plan_id in wanted]
    return Told(
        changes=tuple(change for change, _ in told if change is not None),
        stretches=frozenset(stretch for _, stretches in told for stretch in stretches),
    )


def news_of(notice: Notice, cycle: Cycle, log: Log) -> PetitionNews | None:
    """What a petitioner is told now; None when there is nothing to tell any more."""
    petition = cycle.petitions.get(notice.about.rpartition("#")[2])
    if notice.rung != PETITIONER or petition is None or petition.told_on is not None:
        return None
    whole = cycle.petitions.get(petition.duplicate_of or "", petition)
    news = PetitionNews(
        kind=NewsKind.ANSWERED,
        petition_id=petition.petition_id,
        organization=cycle.definition.organization,
        plan_title=cycle.definition.title,
        raised_on=petition.raised_on,
        topic=petition.topic,
    )
    return _extended(news, notice, cycle, log) if notice.step else _answered(news, whole)


@dataclass(frozen=True, slots=True)
class _State:
    """A plan on both sides of a stretch, with what happened in it."""

    stretch: Stretch
    before: Cycle
    after: Cycle
    events: tuple[Event, ...]

    def touches(self, key: str) -> bool:
        """Whether a step's limit moved in it."""
        return key in self.before.steps and key in moved(self.before, self.after)


def _change(
    log: Log, now: Cycle, stretches: Sequence[Stretch], person: Person | None
) -> tuple[Change | None, set[Stretch]]:
    """What changed in one plan, with the stretches of which something is told; None when nothing is left to tell."""
    if now.status is not PlanStatus.RUNNING:
        return None, set()
    states = list(_states(log, stretches))
    moves: list[Move] = []
    used: set[Stretch] = set()
    for key in now.steps:
        move, touching = _move(key, now, states)
        if move is not None:
            moves.append(move)
            used |= touching
    theirs = _theirs(moves, now, person, states)
    if not theirs:
        return None, set()
    causes = [cause for state in states if state.stretch in used for cause in _causes(state, now)]
    return Change(now.plan_id, now.definition.title, tuple(causes), tuple(theirs)), used


def _states(log: Log, stretches: Iterable[Stretch]) -> Iterator[_State]:
    """The plan around each stretch, in order; folded once."""
    marks = sorted({version for stretch in stretches for version in (stretch.since, stretch.until)})
    folded: dict[int, Cycle] = {}
    cycle: Cycle | None = None
    for recorded in log:
        cycle = fold([recorded]) if cycle is None else evolve(cycle, recorded)
        if cycle.version in marks:
            folded[cycle.version] = cycle
    for stretch in sorted(stretches):
        if stretch.since in folded and stretch.until in folded:
            events = tuple(r.event for r in log if stretch.since < r.version <= stretch.until)
            yield _State(stretch, folded[stretch.since], folded[stretch.until], events)


def _move(key: str, now: Cycle, states: Sequence[_State]) -> tuple[Move | None, set[Stretch]]:
    """What is told of one step: its limit at first and now, unless it was changed again since or nothing is new."""
    step = now.steps[key]
    touching = [state for state in states if state.touches(key)]
    given = [
        s
        for s in states
        if any(e.step == key and same_unit(e.owner, step.definition.owner) for e in handed_over(s.events))
    ]
    if step.ended or not (touching or given):
        return None, set()
    first = (touching or given)[0].before.steps.get(key)
    old = first.deadline if first is not None else None
    new = step.deadline
    stale = bool(touching) and touching[-1].after.steps[key].revision != step.revision
    same = old is not None and new is not None and (old.due_at, old.projected) == (new.due_at, new.projected)
    if not given and (stale or same):
        return None, set()
    move = Move(
        step=key,
        name=step.definition.name,
        owner=step.definition.owner,
        old_on=old.due_on if old is not None and not old.projected else None,
        new_on=new.due_on if new is not None and not new.projected else None,
        to_come=bool(touching) and new is not None and new.projected,
        revision=step.revision,
    )
    return move, {state.stretch for state in (*touching, *given)}


def _theirs(moves: Sequence[Move], now: Cycle, person: Person | None, states: Sequence[_State]) -> Sequence[Move]:
    """The steps of the person's own unit, before and after; all of them for whoever's unit had none among them."""
    if person is None or person.role not in (Audience.OWNER, Audience.HEAD):
        return moves
    gone = [event for state in states for event in handed_over(state.events)]
    had = {event.step for event in gone if same_unit(event.previous, person.unit)}
    touched = {key for key in now.steps if any(state.touches(key) for state in states)} | {e.step for e in gone}
    own = had | {key for key in touched if same_unit(now.steps[key].definition.owner, person.unit)}
    return [move for move in moves if move.step in own] if own else moves


def _causes(state: _State, now: Cycle) -> Iterator[Cause]:
    for event in state.events:
        if is_told(event) or isinstance(event, CalendarAdopted):
            yield from _cause(event, now)


def _cause(event: Event, now: Cycle) -> Iterator[Cause]:
    match event:
        case MeetingSet():
            yield Cause(CauseKind.MEETING_MOVED, old=event.previous_on, new=event.on)
        case MeetingPostponed():
            yield Cause(
                CauseKind.MEETING_POSTPONED, old=event.previous_on, month=event.month, reason=_plain(event.reason)
            )
        case DeadlineExtended():
            reason = _reason(event.reason, event.words)
            yield Cause(CauseKind.EXTENDED, step=_name(event.step, now), reason=reason)
        case StepHandedOver():
            name, why = _name(event.step, now), _plain(event.why)
            yield Cause(CauseKind.HANDED_OVER, step=name, old=event.previous, new=event.owner, reason=why)
        case CompletionCorrected():
            yield Cause(CauseKind.CORRECTED, step=_name(event.step, now), reason=_plain(event.reason))
        case CalendarAdopted():
            yield Cause(CauseKind.CALENDAR)


def _name(key: str, cycle: Cycle) -> str:
    return cycle.steps[key].definition.name if key in cycle.steps else key


def _reason(reason: str, words: str) -> str:
    """A reason of the plan with the case in words, each once."""
    return "; ".join(dict.fromkeys(filter(None, (_plain(reason), _plain(words)))))


def _plain(reason: str) -> str:
    """A reason as a part of a sentence."""
    return " ".join(reason.split()).rstrip(".")


def _extended(news: PetitionNews, notice: Notice, cycle: Cycle, log: Log) -> PetitionNews | None:
    """More time for an answer that is still owed under the very limit that the notice tells of."""
    step = cycle.steps.get(notice.step)
    if cycle.status is not PlanStatus.RUNNING or step is None or step.ended or step.extended is None:
        return None
    limit = step.deadline
    if limit is None or limit.projected or limit.revision != notice.revision:
        return None
    earlier = [e.due_on for e in _limits(log, notice.step) if e.revision < notice.revision and not e.projected]
    return replace(
        news,
        kind=NewsKind.EXTENDED,
        old_on=earlier[-1] if earlier else None,
        new_on=limit.due_on,
        reason=_reason(step.extended.reason, step.extended.words),
    )


def _limits(log: Log, step: str) -> Iterator[DeadlineSet]:
    return (r.event for r in log if isinstance(r.event, DeadlineSet) and r.event.step == step)


def _answered(news: PetitionNews, whole: Petition) -> PetitionNews | None:
    answer = whole.answer
    if answer is None:
        return None
    return replace(
        news,
        answered_on=answer.answered_on,
        document_number=answer.document_number,
        result=answer.result,
        summary=_plain(answer.summary or "") or None,
        elsewhere=whole.transfers[-1].lead if whole.transfers else None,
    )
