"""The units of an organization: to whom plans give work, and who is there to do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.domain.ladder import Audience
from workflow.domain.names import folded
from workflow.ports import GroupBy, OnTime, PeopleFilter, Person, StepFilter, UnitOfWork


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many steps it has still to end, and its active people by what they are."""

    name: str
    steps: int
    officers: int
    heads: int
    others: int

    @property
    def is_empty(self) -> bool:
        """Whether it owes something and nobody is there to be told."""
        return self.steps > 0 and not (self.officers or self.heads)


def units_of(uow: UnitOfWork, organizations: frozenset[str] | None, at: datetime) -> list[Unit]:
    """The units of an organization under all its spellings; those that nobody fills first, then by name."""
    owed = uow.plans.on_time(StepFilter(organizations=organizations), at, GroupBy.OWNER)
    people = uow.directory.found(PeopleFilter(organizations=organizations, active=True))
    names = {folded(name): name for name in (*(person.unit for person in people), *(line.group or "" for line in owed))}
    units = [_unit(name, key, owed, people) for key, name in names.items() if key]
    return sorted(units, key=lambda unit: (not unit.is_empty, folded(unit.name)))


def _unit(name: str, key: str, owed: list[OnTime], people: list[Person]) -> Unit:
    roles = [person.role for person in people if folded(person.unit) == key]
    officers, heads = roles.count(Audience.OWNER), roles.count(Audience.HEAD)
    steps = sum(
        line.running_in_time + line.running_overdue + line.waiting for line in owed if folded(line.group or "") == key
    )
    return Unit(name, steps, officers, heads, len(roles) - officers - heads)
