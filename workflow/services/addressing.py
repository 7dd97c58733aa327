"""From rungs reached to notices owed: who is told, by which channel, under which key.

Whom a rung addresses is the ladder's; who that is, the directory's. Nobody is ever lost in silence: a rung that finds
no one makes one notice without an address, named after whom it should have reached, so that it shows as undeliverable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from workflow.domain.cycle import Cycle
from workflow.domain.events import Happened, Recorded, RungReached
from workflow.domain.ladder import Audience, Ladder, Rung
from workflow.domain.names import folded
from workflow.ports import Directory, Notice, Person

MAIL = "email"
"""The channel that reaches a person by `Person.email`."""

TITLES = {
    Audience.OWNER: "Cán bộ phụ trách",
    Audience.COORDINATOR: "Người điều phối",
    Audience.HEAD: "Thủ trưởng đơn vị",
    Audience.CHAIR: "Người chủ trì",
    Audience.SUPERVISOR: "Người giám sát",
}
"""What each audience is called, in the source language."""

_OF_A_UNIT = frozenset({Audience.OWNER, Audience.HEAD})


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to tell, or a place that nobody fills: `token` tells them apart in a notice's key."""

    token: str
    person_id: str
    name: str
    address: str | None


def notices_for(cycle: Cycle, reached: Iterable[Happened | Recorded], directory: Directory) -> list[Notice]:
    """The notices that the rungs among some events owe, in order of the events; other events owe none.

    A person whom one rung addresses twice is told once. Raises LookupError for a rung that the plan's ladder does not
    have.
    """
    people = People(cycle.definition.organization, directory)
    return [
        _notice(cycle, fact.event, fact.happened_at, addressee)
        for fact in reached
        if isinstance(fact.event, RungReached)
        for addressee in _addressees(cycle, fact.event, people)
    ]


def rung_of(name: str, ladder: Ladder) -> Rung:
    """The ladder's rung of a notice's or event's rung name, whose repeat ("#2") does not matter."""
    wanted = name.partition("#")[0]
    for rung in ladder:
        if rung.name == wanted:
            return rung
    raise LookupError(f"the ladder has no rung {name!r}")


class People:
    """The directory as one organization's plans see it, by its folded name; read once, when it is first needed."""

    def __init__(self, organization: str, directory: Directory) -> None:
        self._organization = folded(organization)
        self._directory = directory

    @cached_property
    def _everybody(self) -> list[Person]:
        return [person for person in self._directory.all() if folded(person.organization) == self._organization]

    def with_role(self, role: Audience) -> list[Person]:
        """Everybody of the organization with a role."""
        return [person for person in self._everybody if person.role is role]

    def of_unit(self, unit: str | None, role: Audience) -> list[Person]:
        """Those with a role in a unit, by its folded name; nobody for no unit."""
        if not unit or not unit.strip():
            return []
        return [person for person in self.with_role(role) if folded(person.unit) == folded(unit)]


def _addressees(cycle: Cycle, event: RungReached, people: People) -> Iterator[Addressee]:
    owner = cycle.plan.by_key[event.step].owner
    told: set[str] = set()
    for audience in rung_of(event.rung, cycle.ladder).audience:
        for addressee in _filling(audience, owner, people):
            if addressee.token not in told:
                told.add(addressee.token)
                yield addressee


def _filling(audience: Audience, owner: str | None, people: People) -> list[Addressee]:
    found = owners(owner, people) if audience is Audience.OWNER else _holders(audience, owner, people)
    return [_reached_at(person) for person in found] or [_vacancy(audience, owner)]


def owners(owner: str | None, people: People) -> list[Person]:
    """The owning unit's officers, else its head, else those who coordinate: a duty never falls between chairs."""
    return (
        people.of_unit(owner, Audience.OWNER)
        or people.of_unit(owner, Audience.HEAD)
        or people.with_role(Audience.COORDINATOR)
    )


def _holders(audience: Audience, owner: str | None, people: People) -> list[Person]:
    return people.of_unit(owner, audience) if audience in _OF_A_UNIT else people.with_role(audience)


def _reached_at(person: Person) -> Addressee:
    return Addressee(person.person_id, person.person_id, person.name, (person.email or "").strip() or None)


def _vacancy(audience: Audience, owner: str | None) -> Addressee:
    name = TITLES[audience]
    if audience in _OF_A_UNIT:
        name += f" ({owner or 'bước chưa giao cho đơn vị nào'})"
    return Addressee(f"role:{audience.value}", "", name, None)


def _notice(cycle: Cycle, event: RungReached, owed_at: datetime, addressee: Addressee) -> Notice:
    place = (cycle.plan_id, event.step, str(event.revision), event.rung, addressee.token, MAIL)
    return Notice(
        key="/".join(place),
        plan_id=cycle.plan_id,
        step=event.step,
        revision=event.revision,
        rung=event.rung,
        person_id=addressee.person_id,
        person_name=addressee.name,
        address=addressee.address,
        channel=MAIL,
        owed_at=owed_at,
        try_at=owed_at,
    )
