"""People with their contacts and absences in a database, each on one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from workflow.domain.ladder import Audience
from workflow.ports import Absence, Contact, Person
from workflow.store.columns import as_columns, columns_of, names_of, put, values_of
from workflow.store.tables import ABSENCES, CONTACTS, PEOPLE

BY_NAME = attrgetter("name", "person_id")
_PERSON_ID = itemgetter(0)
_PERSON = [PEOPLE.c[name] for name in names_of(Person) if name != "contacts"]
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
        put(self._connection, PEOPLE, [columns])
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

    def _where(self, *conditions: ColumnElement[bool]) -> list[Person]:
        query = (
            select(*_PERSON, *_CONTACT)
            .outerjoin(CONTACTS, CONTACTS.c.person_id == PEOPLE.c.person_id)
            .where(*conditions)
            .order_by(PEOPLE.c.person_id, CONTACTS.c.place)
        )
        rows = self._connection.execute(query)
        return sorted((_person(list(group)) for _, group in groupby(rows, _PERSON_ID)), key=BY_NAME)


def _person(rows: list[Row[Any]]) -> Person:
    """One person from the rows of their contacts; without any there is one row, of nulls."""
    contacts = tuple(Contact(*row[-2:]) for row in rows if row[-1] is not None)
    return replace(Person(*rows[0][:-2]), contacts=contacts)


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
