"""People, organizations and absences in memory."""

from __future__ import annotations

from datetime import date

from workflow.domain import names
from workflow.domain.ladder import Audience
from workflow.ports import EVERYBODY, Absence, Organization, PeopleFilter, Person
from workflow.store.folding import folded_person, holds, words_of
from workflow.store.memory_contents import Repository


class MemoryDirectory(Repository):
    """`Directory` in memory."""

    def put(self, person: Person) -> None:
        """Add a person, or replace the one with the same id."""
        self._unit.changing.people[person.person_id] = person

    def get(self, person_id: str) -> Person | None:
        """The person with an id, or None."""
        return self._unit.contents.people.get(person_id)

    def all(self) -> list[Person]:
        """Everyone, by name, then id."""
        return sorted(self._unit.contents.people.values(), key=lambda person: (person.name, person.person_id))

    def of_unit(self, organization: str, unit: str, role: Audience) -> list[Person]:
        """People of a unit of an organization with a role, by name, then id."""
        return [person for person in self.with_role(organization, role) if person.unit == unit]

    def with_role(self, organization: str, role: Audience) -> list[Person]:
        """People of an organization with a role, whatever their unit, by name, then id."""
        return [person for person in self.all() if (person.organization, person.role) == (organization, role)]

    def found(self, chosen: PeopleFilter = EVERYBODY, *, limit: int | None = None, offset: int = 0) -> list[Person]:
        """the people chosen, by name without accents, then id; `limit` of them after the first `offset`."""
        people = [person for person in self._unit.contents.people.values() if _is_chosen(person, chosen)]
        ordered = sorted(people, key=lambda person: (folded_person(person), person.person_id))[offset:]
        return ordered if limit is None else ordered[:limit]

    def count_found(self, chosen: PeopleFilter = EVERYBODY) -> int:
        """How many people are chosen."""
        return len(self.found(chosen))

    def with_email(self, email: str) -> list[Person]:
        """Those with an address, capitals ignored, by id."""
        wanted = email.strip().lower()
        people = self._unit.contents.people.values()
        found = [each for each in people if wanted and (each.email or "").strip().lower() == wanted]
        return sorted(found, key=lambda person: person.person_id)


def _is_chosen(person: Person, chosen: PeopleFilter) -> bool:
    organizations = chosen.organizations
    keys = None if organizations is None else {names.folded(each) for each in organizations}
    return (
        (keys is None or names.folded(person.organization) in keys)
        and chosen.role in (None, person.role)
        and chosen.active in (None, person.active)
        and chosen.administrator in (None, person.administrator)
        and holds(folded_person(person), words_of(chosen.text or ""))
    )


class MemoryOrganizations(Repository):
    """`Organizations` in memory."""

    def put(self, organization: Organization) -> None:
        """Add an organization, or replace the one with the same id."""
        self._unit.changing.organizations[organization.organization_id] = organization

    def remove(self, organization_id: str) -> None:
        """Take one out of the tree; nothing happens when it is not there."""
        self._unit.changing.organizations.pop(organization_id, None)

    def all(self) -> list[Organization]:
        """All of them, by name, then id."""
        return sorted(self._unit.contents.organizations.values(), key=lambda each: (each.name, each.organization_id))

    def written(self) -> list[str]:
        """Every name of an organization that plans bear, as they bear it, in order of code points."""
        return sorted({row.organization for row in self._unit.contents.plans.values()})


class MemoryAbsences(Repository):
    """`Absences` in memory."""

    def put(self, absence: Absence) -> None:
        """Add an absence, or replace the one with the same id."""
        self._unit.changing.absences[absence.absence_id] = absence

    def remove(self, absence_id: str) -> None:
        """Take an absence back; nothing happens when it is not there."""
        self._unit.changing.absences.pop(absence_id, None)

    def on(self, day: date) -> list[Absence]:
        """The absences that cover a day, by person, then from the earliest, then by id."""
        found = [each for each in self._unit.contents.absences.values() if each.since <= day < each.until]
        return sorted(found, key=lambda each: (each.person_id, each.since, each.absence_id))

    def of_person(self, person_id: str) -> list[Absence]:
        """A person's absences, the latest first, then by id."""
        found = [each for each in self._unit.contents.absences.values() if each.person_id == person_id]
        return sorted(found, key=lambda each: (-each.since.toordinal(), each.absence_id))
