"""Enrolling people."""

from __future__ import annotations

from workflow.domain.cycle import PlanStatus
from workflow.domain.errors import BadInput
from workflow.domain.ladder import Audience
from workflow.ports import Person, Store
from workflow.services.plans import slug


class RoleUnknown(BadInput):
    template = "Không có vai «{role}»; các vai là: {known}."


class AddressWrong(BadInput):
    template = "«{email}» không phải địa chỉ e-mail; hãy viết như ten@coquan.gov.vn."


def enrol(store: Store, *, name: str, organization: str, role: str, unit: str, email: str | None) -> Person:
    """Add a person, or replace the one of the same name in the same organization; `unit` empty: the organization."""
    if role not in {each.value for each in Audience}:
        raise RoleUnknown(role=role, known=", ".join(each.value for each in Audience))
    if email is not None and (email.count("@") != 1 or email.startswith("@") or email.endswith("@")):
        raise AddressWrong(email=email)
    person_id = slug(f"{name} {organization}")[:80]
    person = Person(person_id, name, email, unit or organization, Audience(role), organization)
    with store() as uow:
        uow.directory.put(person)
        uow.commit()
    return person


def first_coordinator(store: Store) -> Person:
    """The coordinator to sign in first: one with running plans, else any.

    On an installation that has none, a coordinator of no organization is enrolled.
    """
    with store.reading() as uow:
        found = [person for person in uow.directory.all() if person.role is Audience.COORDINATOR]
        busy = {row.organization for row in uow.plans.rows() if row.status is PlanStatus.RUNNING}
    if found:
        return min(found, key=lambda person: person.organization not in busy)
    return enrol(store, name="Điều phối viên", organization="", role=Audience.COORDINATOR, unit="", email=None)
