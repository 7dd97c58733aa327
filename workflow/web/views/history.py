"""The history of a plan as its page shows it: every event in a sentence, who recorded it, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.documents.lists import is_back_dated
from workflow.domain.cycle import Cycle, StepState
from workflow.domain.events import Recorded
from workflow.domain.verdict import Standing
from workflow.domain.zone import day_of
from workflow.services.history import step_of

CLOCKWORK = frozenset({"clock", "calendar", "sweep", "system"})
"""Who records what nobody did: the program itself."""


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
    told: Iterable[tuple[Recorded, str]], people: Mapping[str, str], steps: Iterable[str]
) -> Sequence[EventLine]:
    """The events with their sentences, the latest first; `people`: names by id; `steps`: those that have a page."""
    known = frozenset(steps)
    lines = [
        EventLine(
            number=recorded.version,
            day=day_of(recorded.happened_at),
            recorded_at=recorded.recorded_at,
            back_dated=is_back_dated(recorded),
            by="" if recorded.actor in CLOCKWORK else people.get(recorded.actor, recorded.actor),
            sentence=sentence,
            step=key if (key := step_of(recorded.event)) in known else None,
        )
        for recorded, sentence in told
    ]
    return lines[::-1]


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
