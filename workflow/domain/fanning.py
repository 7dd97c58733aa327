"""Which parts a step gets: one for each open petition, leading unit, unit, or turn of a duty that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import shorten

from calendars.case import shift
from calendars.rules import Recurring, Unit
from workflow.domain.cycle import Cycle
from workflow.domain.definition import ForEach, StepDefinition
from workflow.domain.events import PartAdded, StepCompleted
from workflow.domain.names import folded, slug
from workflow.domain.parts import part_key
from workflow.domain.petition import Petition
from workflow.domain.verdict import Verdict
from workflow.domain.zone import day_of

MOST_TURNS = 53
LONGEST_GIST = 60
_NOT_COUNTED_IN_TURNS = frozenset({Unit.HOUR, Unit.WORKING_DAY})


def parts_at_opening(cycle: Cycle, key: str) -> list[PartAdded]:
    """The parts that a step which opens is split into; none: it runs as one."""
    step = cycle.steps[key].definition
    if step.part_of is not None or key in cycle.fanned:
        return []
    match step.for_each:
        case ForEach.OPEN_PETITION:
            return list(parts_for_petitions(cycle, key))
        case ForEach.AGENCY:
            leads = [petition.lead or step.owner for petition in cycle.petitions.values() if petition.is_open]
            return parts_for_units(cycle, key, leads)
        case ForEach.UNIT if step.coordinating:
            return parts_for_units(cycle, key, [step.owner, *step.coordinating] if step.owner else step.coordinating)
        case None:
            return list(_turns(cycle, step))
        case _:
            return []


def parts_for_petitions(cycle: Cycle, key: str) -> Iterator[PartAdded]:
    """A part for each open petition that has none yet."""
    step = cycle.steps[key].definition
    there = {part.definition.item for part in cycle.parts_of(key)}
    for petition in cycle.petitions.values():
        if petition.is_open and petition.petition_id not in there:
            yield _part_for_petition(step, petition)


def _part_for_petition(step: StepDefinition, petition: Petition) -> PartAdded:
    gist = shorten(petition.text, LONGEST_GIST, placeholder="…")
    return PartAdded(
        step=step.key,
        part=part_key(step.key, petition.petition_id),
        item=petition.petition_id,
        name=f"{step.name} – {petition.petition_id}: {gist}",
        owner=petition.lead or step.owner,
        coordinating=petition.coordinating or step.coordinating,
    )


def parts_for_units(cycle: Cycle, key: str, units: Iterable[str | None]) -> list[PartAdded]:
    """A part for each of the units that has none yet, however its name is spelled; they bear the units' names."""
    step = cycle.steps[key].definition
    there = cycle.parts_of(key)
    known = {folded(part.definition.owner or "") for part in there}
    items = {part.definition.item for part in there}
    found = []
    for unit in units:
        if folded(unit or "") in known:
            continue
        known.add(folded(unit or ""))
        item = _free(slug(unit or "?"), items)
        items.add(item)
        name = f"{step.name} – {unit}" if unit else step.name
        found.append(PartAdded(key, part_key(key, item), item, name, unit, ()))
    return found


def _free(item: str, taken: set[str | None]) -> str:
    names = (item if n == 1 else f"{item}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _turns(cycle: Cycle, step: StepDefinition) -> Iterator[PartAdded]:
    """The turns, within a year, of a duty that comes back; none when there is but one, or more than anybody plans."""
    rule = step.due
    if not isinstance(rule, Recurring) or rule.unit in _NOT_COUNTED_IN_TURNS:
        return
    start = day_of(cycle.started_at)
    until = shift(start, 1, Unit.YEAR)
    total = 0
    while total <= MOST_TURNS and shift(start, rule.every * (total + 1), rule.unit) <= until:
        total += 1
    if not 1 < total <= MOST_TURNS:
        return
    for n in range(1, total + 1):
        name = f"{step.name} ({n}/{total})"
        yield PartAdded(step.key, part_key(step.key, n), str(n), name, step.owner, step.coordinating, n)


def had_nothing_to_answer(cycle: Cycle, key: str, ended_at: datetime) -> bool:
    """Whether a step for petitions ended as it opened, because there were none; no limit judges it then."""
    state = cycle.steps[key]
    of_petitions = state.definition.for_each is ForEach.OPEN_PETITION and key not in cycle.fanned
    return of_petitions and state.opened_at == ended_at


def end_of_parts(cycle: Cycle, key: str) -> StepCompleted:
    """The end of a step whose parts have all ended: late if any of them was, by as many days as the worst of them.

    Its limit is the last of theirs.
    """
    ends = [part.completion for part in cycle.parts_of(key) if part.completion is not None]
    verdicts = {end.verdict for end in ends}
    return StepCompleted(
        step=key,
        verdict=next((each for each in (Verdict.LATE, Verdict.ON_TIME) if each in verdicts), Verdict.NO_LIMIT),
        due_on=max((end.due_on for end in ends if end.due_on is not None), default=None),
        late_working_days=max((end.late_working_days for end in ends), default=0),
    )
