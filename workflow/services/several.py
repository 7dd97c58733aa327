"""Several commands on one plan in one transaction: those that are refused are told one by one, the others are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow.domain.commands import Command
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.errors import BadInput, Conflict
from workflow.domain.events import Happened, Recorded
from workflow.domain.evolving import fold
from workflow.ports import Person, Store
from workflow.services import permissions, scopes
from workflow.services.as_seen import ChangedMeanwhile, already_done, changes_for
from workflow.services.plans import save
from workflow.services.terms import TermsOf, terms_to_decide


@dataclass(frozen=True, slots=True)
class Outcome:
    """The plan afterwards, how many commands were carried out, and why others were not, by their place from 0."""

    cycle: Cycle
    done: int
    refused: dict[int, BadInput | Conflict]


def handle_several(
    store: Store,
    terms_of: TermsOf,
    plan_id: str,
    commands: Sequence[Command],
    *,
    at: datetime,
    person: Person,
    seen: int,
) -> Outcome:
    """Carry out a person's commands in order on the plan of which they saw version `seen`.

    What others changed since about one of them refuses that one, what the person has already done counts as done.
    Raises `PlanNotFound` and `NotPermitted`; then nothing is written.
    """
    with store() as uow:
        before = cycle = scopes.plan(uow, person, plan_id)
        since = [recorded for recorded in uow.plans.log(plan_id) if recorded.version > seen]
        happened: list[Happened] = []
        refused: dict[int, BadInput | Conflict] = {}
        for place, command in enumerate(commands):
            permissions.check(person, command, cycle)
            try:
                made = _decided(command, cycle, since, terms_of, at=at, person=person)
            except (BadInput, Conflict) as error:
                refused[place] = error
                continue
            happened += made
            cycle = fold(_recorded(made, cycle, at, person), cycle)
        if happened:
            terms = terms_to_decide(terms_of, commands[0], before)
            cycle = save(uow, plan_id, before, tuple(happened), at=at, actor=person.person_id, terms=terms)
            uow.commit()
    return Outcome(cycle, len(commands) - len(refused), refused)


def _decided(
    command: Command, cycle: Cycle, since: Sequence[Recorded], terms_of: TermsOf, *, at: datetime, person: Person
) -> tuple[Happened, ...]:
    if already_done(command, since, person):
        return ()
    changes = changes_for(command, since)
    if changes:
        raise ChangedMeanwhile(changes)
    return decide(command, cycle, at=at, actor=person.person_id, terms=terms_to_decide(terms_of, command, cycle))


def _recorded(happened: Sequence[Happened], cycle: Cycle, at: datetime, person: Person) -> list[Recorded]:
    return [
        Recorded(cycle.plan_id, cycle.version + n, each.event, each.happened_at, at, person.person_id)
        for n, each in enumerate(happened, 1)
    ]
