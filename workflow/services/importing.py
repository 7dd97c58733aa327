"""A list of people into the directory: what each row means, which can be kept, and keeping them all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from workflow.domain.errors import BadInput, DoithoaiError
from workflow.domain.ladder import Audience
from workflow.domain.names import folded, slug
from workflow.ports import Person, Store, UnitOfWork
from workflow.services import permissions
from workflow.services.administration import Desk, PersonTyped, checked, desk_of

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("ho-ten", "ho-va-ten", "ten", "name"),
        "organization": ("co-quan", "don-vi-chu-quan", "organization"),
        "unit": ("don-vi", "phong-ban", "bo-phan", "unit"),
        "role": ("vai-tro", "vai", "role"),
        "email": ("e-mail", "email", "thu-dien-tu", "dia-chi-thu"),
    }
)
"""The headings that a column may have, as ids are made of them."""

ROLES: Mapping[str, Audience] = MappingProxyType(
    {
        "can-bo-phu-trach": Audience.OWNER,
        "can-bo": Audience.OWNER,
        "chuyen-vien": Audience.OWNER,
        "nguoi-dieu-phoi": Audience.COORDINATOR,
        "dieu-phoi": Audience.COORDINATOR,
        "thu-truong-don-vi": Audience.HEAD,
        "thu-truong": Audience.HEAD,
        "lanh-dao": Audience.HEAD,
        "nguoi-chu-tri": Audience.CHAIR,
        "chu-tri": Audience.CHAIR,
        "nguoi-giam-sat": Audience.SUPERVISOR,
        "giam-sat": Audience.SUPERVISOR,
    }
    | {each.value: each for each in Audience}
)


class HeadingMissing(BadInput):
    template = "Dòng đầu của tệp thiếu cột «Họ tên»; các cột là: Họ tên, Cơ quan, Đơn vị, Vai trò, E-mail."


class NothingToImport(BadInput):
    template = "Tệp không có dòng nào dưới dòng tiêu đề."


class RoleNotKnown(BadInput):
    template = (
        "Không rõ vai trò «{role}»; hãy ghi: cán bộ phụ trách, thủ trưởng đơn vị, người điều phối, người chủ trì hoặc "
        "người giám sát."
    )


class TwiceInFile(BadInput):
    template = "Trùng với dòng {row} của tệp."


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of the list, `number` as the sheet counts. `error` None: `person` can be kept; `is_new`: adds somebody."""

    number: int
    typed: PersonTyped
    person: Person | None
    is_new: bool
    error: DoithoaiError | None


def typed_rows(rows: Sequence[Sequence[str]], organization: str) -> list[tuple[int, PersonTyped]]:
    """What the rows under the heading say, with their numbers; rows without any word are left out.

    `organization`: of those whose row names none. Raises `HeadingMissing` and `NothingToImport`.
    """
    places = _places(rows[0] if rows else ())
    if "name" not in places:
        raise HeadingMissing
    found = [(number, _typed(row, places, organization)) for number, row in enumerate(rows[1:], 2) if any(row)]
    if not found:
        raise NothingToImport
    return found


def looked_over(uow: UnitOfWork, by: Person, typed: Sequence[tuple[int, PersonTyped]]) -> list[ImportedRow]:
    """Each row with the person it makes, or what is wrong with it. Raises `NotPermitted`."""
    desk = desk_of(uow, by)
    permissions.check_administers(by, by.organization, desk.scope)
    seen: dict[object, int] = {}
    return [_look(uow, by, number, each, desk, seen) for number, each in typed]


def keep(store: Store, by: Person, typed: Sequence[tuple[int, PersonTyped]]) -> list[Person]:
    """Keep everybody whose row has nothing wrong with it, in one transaction; the others are left out."""
    with store() as uow:
        kept = [row.person for row in looked_over(uow, by, typed) if row.person is not None]
        for person in kept:
            uow.directory.put(person)
        uow.commit()
    return kept


def _places(heading: Sequence[str]) -> dict[str, int]:
    slugs = [slug(cell) if cell else "" for cell in heading]
    return {
        field: next(place for place, name in enumerate(slugs) if name in known)
        for field, known in COLUMNS.items()
        if any(name in known for name in slugs)
    }


def _typed(row: Sequence[str], places: Mapping[str, int], organization: str) -> PersonTyped:
    def cell(field: str) -> str:
        place = places.get(field, len(row))
        return row[place] if place < len(row) else ""

    role = cell("role")
    return PersonTyped(
        name=cell("name"),
        organization=cell("organization") or organization,
        unit=cell("unit"),
        role=ROLES[slug(role)].value if role and slug(role) in ROLES else role or Audience.OWNER.value,
        email=cell("email"),
    )


def _look(
    uow: UnitOfWork, by: Person, number: int, typed: PersonTyped, desk: Desk, seen: dict[object, int]
) -> ImportedRow:
    try:
        if typed.role not in {each.value for each in Audience}:
            raise RoleNotKnown(role=typed.role)
        person = checked(uow, by, typed, desk=desk)
        before = uow.directory.get(person.person_id)
        if before is not None:
            person = replace(person, administrator=before.administrator, active=before.active, contacts=before.contacts)
        keys = [person.person_id, (folded(person.name), folded(person.unit), folded(person.organization))]
        keys += [person.email.lower()] if person.email else []
        for key in keys:
            if seen.setdefault(key, number) != number:
                raise TwiceInFile(row=seen[key])
    except (BadInput, permissions.NotPermitted) as error:
        return ImportedRow(number, typed, None, is_new=False, error=error)
    desk.seats[person.person_id] = (person.name, person.unit, person.organization)
    return ImportedRow(number, typed, person, is_new=before is None, error=None)
