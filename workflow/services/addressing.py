"""From rungs reached to notices owed: who is told, by which channel, under which key.

Whom a rung addresses is the ladder's; who that is, the directory's. Nobody is ever lost in silence: a rung that finds
no one makes one notice without an address, named after whom it should have reached, so that it shows as undeliverable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from workflow.domain.cycle import Cycle
from workflow.domain.events import Happened, Recorded, RungReached, StepHandedOver
from workflow.domain.ladder import Audience, Ladder, Rung
from workflow.domain.names import folded
from workflow.ports import Absence, Absences, Directory, Notice, Person

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

BY_A_RUNG = "rung:"
"""What `StepHandedOver.why` begins with when a rung of the ladder gave the step away; the rung's name follows."""

VACANT = "role:"
"""What the token of a place begins with that nobody fills; the audience follows."""

_OF_A_UNIT = frozenset({Audience.OWNER, Audience.HEAD})

Way = tuple[str, str | None]
"""A channel and the address there; None: no address is known."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to tell, or a place that nobody fills: `token` tells them apart in a notice's key.

    `ways`: every channel that reaches them; one without an address when none does.
    """

    token: str
    person_id: str
    name: str
    ways: tuple[Way, ...]


def notices_for(cycle: Cycle, happened: Iterable[Happened | Recorded], people: People) -> list[Notice]:
    """The notices that the rungs among some events owe, in order of the events; other events owe none.

    `cycle`: the plan after the events. Where a rung gives the step to another unit, both units are told; one that is
    given away later among the same events is told to those who had it then. A person whom one rung addresses twice is
    told once, over each of their channels. Raises LookupError for a rung that the plan's ladder does not have.
    """
    facts = list(happened)
    return [
        _notice(cycle, fact.event, fact.happened_at, addressee, way)
        for place, fact in enumerate(facts)
        if isinstance(fact.event, RungReached)
        for addressee in _addressees(cycle, fact.event, _owners_then(cycle, fact.event, facts[place + 1 :]), people)
        for way in addressee.ways
    ]


def rung_of(name: str, ladder: Ladder) -> Rung:
    """The ladder's rung of a notice's or event's rung name, whose repeat ("#2") does not matter."""
    wanted = name.partition("#")[0]
    for rung in ladder:
        if rung.name == wanted:
            return rung
    raise LookupError(f"the ladder has no rung {name!r}")


class People:
    """The directory as one organization's plans see it on a day, by its folded name; read once, when first needed.

    Whoever has left is not there.

    Whoever is away that day is stood for by their substitute, and a substitute who is away, too, by theirs.
    """

    def __init__(self, organization: str, directory: Directory, absences: Absences, on: date) -> None:
        self._organization = folded(organization)
        self._directory = directory
        self._absences = absences
        self._on = on

    @cached_property
    def _all(self) -> dict[str, Person]:
        return {person.person_id: person for person in self._directory.all() if person.active}

    @cached_property
    def _everybody(self) -> list[Person]:
        return [person for person in self._all.values() if folded(person.organization) == self._organization]

    @cached_property
    def _away(self) -> dict[str, Absence]:
        """Who is away; of several absences of one person, one with a substitute."""
        found = sorted(self._absences.on(self._on), key=lambda absence: absence.substitute_id is not None)
        return {absence.person_id: absence for absence in found}

    def seated(self, role: Audience, unit: str | None = None) -> list[Person]:
        """Those of the organization with a role (with `unit`: in that unit), whether they are there or away."""
        return [
            person
            for person in self._everybody
            if person.role is role and (unit is None or folded(person.unit) == folded(unit))
        ]

    def with_role(self, role: Audience) -> list[Person]:
        """Everybody who fills a role of the organization that day."""
        return self._filling(self.seated(role))

    def of_unit(self, unit: str | None, role: Audience) -> list[Person]:
        """Those who fill a role in a unit that day, by its folded name; nobody for no unit."""
        return self._filling(self.seated(role, unit)) if unit and unit.strip() else []

    def standing_for(self, person: Person) -> Person | None:
        """Who is told in a person's place that day: themselves, or a substitute; None when nobody is there."""
        seen: set[str] = set()
        while (absence := self._away.get(person.person_id)) is not None:
            seen.add(person.person_id)
            substitute = self._all.get(absence.substitute_id or "")
            if substitute is None or substitute.person_id in seen:
                return None
            person = substitute
        return person

    def absence_of(self, person: Person) -> Absence | None:
        """The absence of a person who is away that day."""
        return self._away.get(person.person_id)

    def _filling(self, seated: Iterable[Person]) -> list[Person]:
        present = (self.standing_for(person) for person in seated)
        return list({person.person_id: person for person in present if person is not None}.values())


def owners(owner: str | None, people: People) -> list[Person]:
    """The owning unit's officers, else its head, else those who coordinate: a duty never falls between chairs."""
    return (
        people.of_unit(owner, Audience.OWNER)
        or people.of_unit(owner, Audience.HEAD)
        or people.with_role(Audience.COORDINATOR)
    )


def filling(audience: Audience, owner: str | None, people: People) -> list[Addressee]:
    """Who is told, as an audience of a step of a unit; where nobody is there, the place that nobody fills."""
    found = owners(owner, people) if audience is Audience.OWNER else _holders(audience, owner, people)
    return [_reached_at(person) for person in found] or [_vacancy(audience, owner)]


def once(addressees: Iterable[Addressee]) -> list[Addressee]:
    """Each of them once, in order."""
    return list({addressee.token: addressee for addressee in addressees}.values())


def ways_to(person: Person) -> tuple[Way, ...]:
    """Every channel that reaches a person, mail first; of several addresses on one channel the first."""
    mail = (person.email or "").strip()
    ways: dict[str, str | None] = {MAIL: mail} if mail else {}
    for contact in person.contacts:
        if contact.address.strip():
            ways.setdefault(contact.channel, contact.address.strip())
    return tuple(ways.items()) or ((MAIL, None),)


def substituted(person: Person, audience: Sequence[Audience], owner: str | None, people: People) -> Person | None:
    """In whose place a person is told as one of an audience; None: in their own, or nobody's."""
    for role in audience:
        for seat in people.seated(role, owner if role in _OF_A_UNIT else None):
            stands = people.standing_for(seat)
            if seat.person_id != person.person_id and stands is not None and stands.person_id == person.person_id:
                return seat
    return None


def _owners_then(cycle: Cycle, event: RungReached, later: Sequence[Happened | Recorded]) -> list[str | None]:
    """The units that had the step when the rung was reached, and the one that the rung gave it to."""
    moved = (fact.event for fact in later if isinstance(fact.event, StepHandedOver) and fact.event.step == event.step)
    next_move = next(moved, None)
    if next_move is None:
        return [cycle.plan.by_key[event.step].owner]
    given = [next_move.owner] if next_move.why == f"{BY_A_RUNG}{event.rung}" else []
    return [next_move.previous, *given]


def _addressees(cycle: Cycle, event: RungReached, units: Iterable[str | None], people: People) -> list[Addressee]:
    audience = rung_of(event.rung, cycle.ladder).audience
    first, *given = units
    told = [filling(role, first, people) for role in audience]
    told += [filling(Audience.OWNER, unit, people) for unit in given]
    return once(addressee for group in told for addressee in group)


def _holders(audience: Audience, owner: str | None, people: People) -> list[Person]:
    return people.of_unit(owner, audience) if audience in _OF_A_UNIT else people.with_role(audience)


def _reached_at(person: Person) -> Addressee:
    return Addressee(person.person_id, person.person_id, person.name, ways_to(person))


def _vacancy(audience: Audience, owner: str | None) -> Addressee:
    name = TITLES[audience]
    if audience in _OF_A_UNIT:
        name += f" ({owner or 'bước chưa giao cho đơn vị nào'})"
    return Addressee(f"{VACANT}{audience.value}", "", name, ((MAIL, None),))


def _notice(cycle: Cycle, event: RungReached, owed_at: datetime, addressee: Addressee, way: Way) -> Notice:
    channel, address = way
    place = (cycle.plan_id, event.step, str(event.revision), event.rung, addressee.token, channel)
    return Notice(
        key="/".join(place),
        plan_id=cycle.plan_id,
        step=event.step,
        revision=event.revision,
        rung=event.rung,
        person_id=addressee.person_id,
        person_name=addressee.name,
        address=address,
        channel=channel,
        owed_at=owed_at,
        try_at=owed_at,
    )
