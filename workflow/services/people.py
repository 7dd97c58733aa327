"""Enrolling people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from email.errors import HeaderParseError
from email.headerregistry import Address
from itertools import count

from workflow.domain.cycle import PlanStatus
from workflow.domain.errors import BadInput
from workflow.domain.ladder import Audience
from workflow.domain.names import slug
from workflow.ports import Contact, Person, Store, UnitOfWork

LONGEST_ID = 80
CHANNELS = ("webhook", "telegram", "teams", "zalo")
"""Over which a person may have a contact; mail has a field of its own."""


class RoleUnknown(BadInput):
    template = "Không có vai «{role}»; các vai là: {known}."


class AddressWrong(BadInput):
    template = "«{email}» không phải địa chỉ e-mail; hãy viết như ten@coquan.gov.vn."


class NameMissing(BadInput):
    template = "Cần ghi họ tên."


class OrganizationMissing(BadInput):
    template = "Cần ghi cơ quan, đúng như trong tệp kế hoạch."


class ChannelUnknown(BadInput):
    template = "Không có kênh «{channel}»; các kênh là: {known}. Hãy ghi như telegram=123456789."


class InvisibleLetter(BadInput):
    template = "«{text}» có ký tự điều khiển không nhìn thấy; hãy gõ lại thay vì sao chép."


def enrol(
    store: Store,
    *,
    name: str,
    organization: str,
    role: str,
    unit: str,
    email: str | None,
    contacts: Sequence[Contact] = (),
) -> Person:
    """Add a person, or replace the one of the same name, unit and organization; `unit` empty: the organization.

    Letters are made whole (NFC) and spaces single. Raises a `BadInput` that says which of them is wrong.
    """
    name, organization, unit = _tidied(name), _tidied(organization), _tidied(unit)
    if not organization:
        raise OrganizationMissing
    checked = checked_person(name=name, organization=organization, role=role, unit=unit, email=email, contacts=contacts)
    with store() as uow:
        person_id = id_for(uow, checked.name, checked.unit, organization)
        before = uow.directory.get(person_id)
        person = replace(checked, person_id=person_id, administrator=before is not None and before.administrator)
        uow.directory.put(person)
        uow.commit()
    return person


def checked_person(
    *,
    name: str,
    organization: str,
    role: str,
    unit: str,
    email: str | None,
    contacts: Sequence[Contact] = (),
    person_id: str = "",
) -> Person:
    """A person as typed, made fit to be kept; `unit` empty: the organization. Raises a `BadInput` for what is wrong."""
    name, organization, unit = _tidied(name), _tidied(organization), _tidied(unit)
    if not name:
        raise NameMissing
    if role not in {each.value for each in Audience}:
        raise RoleUnknown(role=role, known=", ".join(each.value for each in Audience))
    if email is not None and not _is_plain_address(email):
        raise AddressWrong(email=_shown(email))
    kept = tuple(_contact(each) for each in contacts)
    return Person(person_id, name, email, unit or organization, Audience(role), organization, kept)


def _contact(contact: Contact) -> Contact:
    channel, address = contact.channel.strip().lower(), _tidied(contact.address)
    if channel not in CHANNELS or not address:
        raise ChannelUnknown(channel=_shown(contact.channel), known=", ".join(CHANNELS))
    return Contact(channel, address)


def id_for(uow: UnitOfWork, name: str, unit: str, organization: str) -> str:
    """The id of the person of that name, unit and organization; a free one where there is none yet.

    Two people whose names differ only in marks, or in their units, have two ids.
    """
    return id_among(seats_of(uow), name, unit, organization)


def seats_of(uow: UnitOfWork) -> dict[str, tuple[str, str, str]]:
    """Everybody's name, unit and organization by id."""
    return {person.person_id: (person.name, person.unit, person.organization) for person in uow.directory.all()}


def id_among(known: Mapping[str, tuple[str, str, str]], name: str, unit: str, organization: str) -> str:
    """The same among those known: see `id_for`."""
    same = next((each for each, seat in known.items() if seat == (name, unit, organization)), None)
    if same is not None:
        return same
    whole = name if organization in name else f"{name} {organization}"
    return next(each for each in _ids(whole) if known.get(each) in (None, (name, unit, organization)))


def _ids(text: str) -> Iterator[str]:
    base = slug(text)
    yield base[:LONGEST_ID]
    for number in count(2):
        ending = f"-{number}"
        yield base[: LONGEST_ID - len(ending)] + ending


def _tidied(text: str) -> str:
    if any(unicodedata.category(letter)[0] == "C" for letter in text):
        raise InvisibleLetter(text=_shown(text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _shown(text: str) -> str:
    """A text with a box for each letter that cannot be seen."""
    return "".join("□" if unicodedata.category(letter)[0] == "C" else letter for letter in text)


def _is_plain_address(email: str) -> bool:
    """Whether it is `local@domain` in ASCII: no name before it, no quotation, no comment, no number for a domain."""
    if not email.isascii() or email != "".join(email.split()):
        return False
    try:
        address = Address(addr_spec=email)
    except (ValueError, HeaderParseError, IndexError):  # the last for some that are cut short
        return False
    return (
        bool(address.username)
        and address.domain[:1] not in {"", "["}
        and email == f"{address.username}@{address.domain}"
    )


def first_coordinator(store: Store) -> Person:
    """The coordinator to sign in first: an administrator, else one with running plans, else any.

    On an installation that has none, a coordinator of no organization, who administers it, is enrolled.
    """
    with store.reading() as uow:
        found = [each for each in uow.directory.all() if each.role is Audience.COORDINATOR and each.active]
        busy = {row.organization for row in uow.plans.rows() if row.status is PlanStatus.RUNNING}
    if found:
        return min(found, key=lambda person: (not person.administrator, person.organization not in busy))
    return enrol_first(store)


def enrol_first(store: Store) -> Person:
    """Enrol a coordinator of no organization, who looks after the whole installation."""
    name = "Điều phối viên"
    with store() as uow:
        person = Person(id_for(uow, name, "", ""), name, None, "", Audience.COORDINATOR, "", administrator=True)
        uow.directory.put(person)
        uow.commit()
    return person
