"""The history of a plan as its page shows it: every event in a sentence, who recorded it, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.documents.lists import is_back_dated
from workflow.domain.cycle import Cycle, StepState
from workflow.domain.events import Event, Recorded, RungReached
from workflow.domain.verdict import Standing
from workflow.domain.zone import day_of
from workflow.language import Language, translate
from workflow.services.history import step_of
from workflow.services.sweeping import SWEEPER
from workflow.web.words import N_, rung

NOT_PEOPLE: Mapping[str, str] = {SWEEPER: "", "calendar": "", "demo": N_("dữ liệu thử"), "rehearsal": N_("dữ liệu thử")}
"""Who records what nobody did, and how it is called; "": the program itself."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event. `day`: on which it happened; `by` "" for what the program did itself; `step`: its key, or None."""

    number: int
    day: date
    recorded_at: datetime
    back_dated: bool
    by: str
    sentence: str
    step: str | None


def event_lines(
    told: Iterable[tuple[Recorded, str]], people: Mapping[str, str], names: Mapping[str, str], language: Language
) -> Sequence[EventLine]:
    """The events with their sentences, the latest first; `people`: names by id; `names`: of the steps that have a page."""
    lines = [
        EventLine(
            number=recorded.version,
            day=day_of(recorded.happened_at),
            recorded_at=recorded.recorded_at,
            back_dated=is_back_dated(recorded),
            by=_by(recorded.actor, people, language),
            sentence=_of_rung(recorded.event, names, language) or sentence,
            step=key if (key := step_of(recorded.event)) in names else None,
        )
        for recorded, sentence in told
    ]
    return lines[::-1]


def _by(actor: str, people: Mapping[str, str], language: Language) -> str:
    if actor in NOT_PEOPLE:
        return translate(NOT_PEOPLE[actor], language)
    return people.get(actor, actor)


def _of_rung(event: Event, names: Mapping[str, str], language: Language) -> str:
    """What was told at a rung in the words of the ladder; "" for any other event."""
    if not isinstance(event, RungReached):
        return ""
    told = translate(N_("{rung}: «{step}»."), language)
    return told.format(rung=rung(event.rung, language), step=names.get(event.step, event.step))


@dataclass(frozen=True, slots=True)
class ThenLine:
    """A step as it was known on a past day."""

    name: str
    owner: str | None
    due_on: date | None
    projected: bool
    standing: Standing
    ended_on: date | None


def as_known(cycle: Cycle, at: datetime) -> Sequence[ThenLine]:
    """The steps of a plan as folded from what was known at an instant."""
    return [_then(state, at) for state in cycle.steps.values()]


def _then(state: StepState, at: datetime) -> ThenLine:
    limit, done = state.deadline, state.completion
    return ThenLine(
        name=state.definition.name,
        owner=state.definition.owner,
        due_on=limit.due_on if limit is not None else None,
        projected=limit is not None and limit.projected,
        standing=state.standing(at),
        ended_on=day_of(done.happened_at) if done is not None else None,
    )
