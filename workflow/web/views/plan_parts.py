"""What a plan's page tells beside its steps: notices to come, papers, petitions in numbers, what happened lately."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.ladder import Audience, Terms
from workflow.domain.verdict import Standing
from workflow.domain.wake import OwedRung, rungs_owed

AHEAD = timedelta(days=30)
"""How far ahead notices to come are told."""

MOST_COMING = 10
_DIGEST = 64
"""How many characters stand before the name of a proof, with a hyphen between: those of its digest."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Notices of one rung to come at an instant: to whom, and about which steps."""

    at: datetime
    rung: str
    audience: tuple[Audience, ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or a file that proves the end of a step or the answer to a petition."""

    what: str
    link: str
    number: str | None
    dated_on: date | None
    file: str | None

    @property
    def file_name(self) -> str:
        """The file's own name."""
        name = self.file or ""
        return name[_DIGEST + 1 :] if name[_DIGEST : _DIGEST + 1] == "-" else name


@dataclass(frozen=True, slots=True)
class PetitionCounts:
    """The petitions of a plan in numbers; repeats of others are counted apart."""

    total: int
    open: int
    overdue: int
    answered: int
    repeated: int
    without_lead: int


def coming(cycle: Cycle, terms: Terms, at: datetime) -> tuple[Coming, ...]:
    """The notices that follow within a month if nobody does anything, the next first; one line for each rung and time."""
    if cycle.status is not PlanStatus.RUNNING:
        return ()
    grouped: dict[tuple[datetime, str], list[OwedRung]] = {}
    for owed in rungs_owed(cycle, at + AHEAD, terms):
        grouped.setdefault((owed.at, owed.name), []).append(owed)
    audience = {rung.name: rung.audience for rung in cycle.ladder}
    return tuple(
        _coming(cycle, when, name, owed, audience) for (when, name), owed in list(grouped.items())[:MOST_COMING]
    )


def _coming(
    cycle: Cycle, when: datetime, name: str, owed: Iterable[OwedRung], audience: Mapping[str, tuple[Audience, ...]]
) -> Coming:
    keys = dict.fromkeys(each.step for each in owed)
    steps = tuple((key, cycle.steps[key].definition.name) for key in keys)
    return Coming(when, name, audience.get(name.partition("#")[0], ()), steps)


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung of a step's ladder that was reached, under which revision of the limit (0: for the opening)."""

    rung: str
    revision: int
    present: bool


def reached(cycle: Cycle, key: str) -> tuple[Reached, ...]:
    """The rungs that a step has reached in the order of the ladder, those under the limit in force now first."""
    state = cycle.steps[key]
    rank = {rung.name: place for place, rung in enumerate(cycle.ladder)}
    now = {0, state.deadline.ladder_revision if state.deadline is not None else 0}
    found = (Reached(name, revision, revision in now) for revision, name in state.reached)
    return tuple(
        sorted(found, key=lambda one: (not one.present, rank.get(one.rung.partition("#")[0], len(rank)), one.rung))
    )


def coming_of(cycle: Cycle, key: str, terms: Terms, at: datetime) -> tuple[Coming, ...]:
    """The rungs that a step reaches within a month if nobody does anything, the next first."""
    audience = {rung.name: rung.audience for rung in cycle.ladder}
    owed = [each for each in rungs_owed(cycle, at + AHEAD, terms) if each.step == key]
    return tuple(_coming(cycle, each.at, each.name, [each], audience) for each in owed[:MOST_COMING])


def papers(cycle: Cycle) -> tuple[Paper, ...]:
    """Every document and file that the plan's completions and answers name."""
    return (*_papers_of_steps(cycle), *_papers_of_petitions(cycle))


def _papers_of_steps(cycle: Cycle) -> Iterator[Paper]:
    for key, state in cycle.steps.items():
        done = state.completion
        if done is not None and (done.document_number or done.file) and cycle.petition_of(key) is None:
            link = f"/plans/{cycle.plan_id}/steps/{key}"
            yield Paper(state.definition.name, link, done.document_number, done.document_on, done.file)


def _papers_of_petitions(cycle: Cycle) -> Iterator[Paper]:
    """Answers that have a file; the numbers of the others stand with the petitions."""
    for petition in cycle.petitions.values():
        if petition.answer is not None and petition.answer.file:
            link = f"/plans/{cycle.plan_id}/petitions#{petition.petition_id}"
            answer = petition.answer
            yield Paper(petition.text, link, answer.document_number, answer.answered_on, answer.file)


def petition_counts(cycle: Cycle, at: datetime) -> PetitionCounts:
    """The petitions in numbers at an instant."""
    petitions = list(cycle.petitions.values())
    still_open = [petition for petition in petitions if petition.is_open]
    late = {state.definition.item for state in cycle.steps.values() if state.standing(at) is Standing.RUNNING_OVERDUE}
    return PetitionCounts(
        total=len(petitions),
        open=len(still_open),
        overdue=sum(petition.petition_id in late for petition in still_open),
        answered=sum(petition.answer is not None for petition in petitions),
        repeated=sum(petition.duplicate_of is not None for petition in petitions),
        without_lead=sum(not petition.lead for petition in still_open),
    )
