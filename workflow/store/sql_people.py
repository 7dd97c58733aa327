"""People with their contacts and absences in a database, each on one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select

from workflow.domain import names
from workflow.domain.ladder import Audience
from workflow.ports import EVERYBODY, Absence, Contact, PeopleFilter, Person
from workflow.store.columns import as_columns, columns_of, names_of, put, values_of
from workflow.store.folding import folded_person, words_of
from workflow.store.tables import ABSENCES, CONTACTS, PEOPLE

BY_NAME = attrgetter("name", "person_id")
_PERSON_ID = itemgetter(0)
_FIELDS = [name for name in names_of(Person) if name != "contacts"]
_PERSON = [PEOPLE.c[name] for name in _FIELDS]
_CONTACT = columns_of(CONTACTS, Contact)
_ABSENCE = columns_of(ABSENCES, Absence)


class SqlDirectory:
    """`Directory` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, person: Person) -> None:
        """Add a person, or replace the one with the same id."""
        columns = as_columns(person)
        contacts = columns.pop("contacts")
        put(self._connection, PEOPLE, [columns | searched(person)])
        self._connection.execute(delete(CONTACTS).where(CONTACTS.c.person_id == person.person_id))
        if contacts:
            rows = [as_columns(each) | {"person_id": person.person_id, "place": n} for n, each in enumerate(contacts)]
            self._connection.execute(insert(CONTACTS), rows)

    def get(self, person_id: str) -> Person | None:
        """The person with an id, or None."""
        return next(iter(self._where(PEOPLE.c.person_id == person_id)), None)

    def all(self) -> list[Person]:
        """Everyone, by name, then id."""
        return self._where()

    def of_unit(self, organization: str, unit: str, role: Audience) -> list[Person]:
        """People of a unit of an organization with a role, by name, then id."""
        return self._where(PEOPLE.c.organization == organization, PEOPLE.c.unit == unit, PEOPLE.c.role == role)

    def with_role(self, organization: str, role: Audience) -> list[Person]:
        """People of an organization with a role, whatever their unit, by name, then id."""
        return self._where(PEOPLE.c.organization == organization, PEOPLE.c.role == role)

    def found(self, chosen: PeopleFilter = EVERYBODY, *, limit: int | None = None, offset: int = 0) -> list[Person]:
        """the people chosen, by name without accents, then id; `limit` of them after the first `offset`."""
        place = (PEOPLE.c.folded, PEOPLE.c.person_id)
        page = select(PEOPLE.c.person_id).where(*_asked(chosen)).order_by(*place).limit(limit).offset(offset)
        chosen_ids = page.subquery()
        people = self._where(PEOPLE.c.person_id.in_(select(chosen_ids.c.person_id)))
        return sorted(people, key=lambda person: (folded_person(person), person.person_id))

    def count_found(self, chosen: PeopleFilter = EVERYBODY) -> int:
        """How many people are chosen."""
        return self._connection.scalar(select(func.count()).select_from(PEOPLE).where(*_asked(chosen))) or 0

    def with_email(self, email: str) -> list[Person]:
        """Those with an address, capitals ignored, by id."""
        wanted = email.strip().lower()
        found = self._where(PEOPLE.c.email_key == wanted) if wanted else []
        return sorted(found, key=lambda person: person.person_id)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Person]:
        query = (
            select(*_PERSON, *_CONTACT)
            .outerjoin(CONTACTS, CONTACTS.c.person_id == PEOPLE.c.person_id)
            .where(*conditions)
            .order_by(PEOPLE.c.person_id, CONTACTS.c.place)
        )
        rows = self._connection.execute(query)
        return sorted((_person(list(group)) for _, group in groupby(rows, _PERSON_ID)), key=BY_NAME)


def searched(person: Person) -> dict[str, str]:
    """What is kept of a person to be searched and compared."""
    return {
        "folded": folded_person(person),
        "organization_key": names.folded(person.organization),
        "email_key": (person.email or "").strip().lower(),
    }


def _asked(chosen: PeopleFilter) -> Iterable[ColumnElement[bool]]:
    if chosen.organizations is not None:
        yield PEOPLE.c.organization_key.in_(sorted({names.folded(each) for each in chosen.organizations}))
    for word in words_of(chosen.text or ""):
        yield PEOPLE.c.folded.contains(word, autoescape=True)
    if chosen.role is not None:
        yield PEOPLE.c.role == chosen.role
    if chosen.active is not None:
        yield PEOPLE.c.active == chosen.active
    if chosen.administrator is not None:
        yield PEOPLE.c.administrator == chosen.administrator


def _person(rows: list[Row[Any]]) -> Person:
    """One person from the rows of their contacts; without any there is one row, of nulls."""
    contacts = tuple(Contact(*row[-2:]) for row in rows if row[-1] is not None)
    return Person(**dict(zip(_FIELDS, rows[0][:-2], strict=True)), contacts=contacts)


class SqlAbsences:
    """`Absences` on one transaction of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, absence: Absence) -> None:
        """Add an absence, or replace the one with the same id."""
        put(self._connection, ABSENCES, [as_columns(absence)])

    def remove(self, absence_id: str) -> None:
        """Take an absence back; nothing happens when it is not there."""
        self._connection.execute(delete(ABSENCES).where(ABSENCES.c.absence_id == absence_id))

    def on(self, day: date) -> list[Absence]:
        """The absences that cover a day, by person, then from the earliest, then by id."""
        query = select(*_ABSENCE).where(ABSENCES.c.since <= day, ABSENCES.c.until > day)
        ordered = query.order_by(ABSENCES.c.person_id, ABSENCES.c.since, ABSENCES.c.absence_id)
        return values_of(Absence, self._connection.execute(ordered))

    def of_person(self, person_id: str) -> list[Absence]:
        """A person's absences, the latest first, then by id."""
        query = select(*_ABSENCE).where(ABSENCES.c.person_id == person_id)
        ordered = query.order_by(ABSENCES.c.since.desc(), ABSENCES.c.absence_id)
        return values_of(Absence, self._connection.execute(ordered))
