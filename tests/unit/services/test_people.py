"""Enrolling people: who replaces whom, and what is refused."""

from __future__ import annotations

import unicodedata

import pytest

from workflow.ports import Person, Store
from workflow.services import people
from workflow.services.people import enrol, first_coordinator
from workflow.store import memory_store


@pytest.fixture
def store() -> Store:
    """A store without people."""
    return memory_store()


def add(
    store: Store,
    name: str,
    *,
    unit: str = "Văn phòng",
    organization: str = "UBND xã B",
    email: str | None = None,
    role: str = "owner",
) -> Person:
    return enrol(store, name=name, organization=organization, role=role, unit=unit, email=email)


def everyone(store: Store) -> list[Person]:
    with store.reading() as uow:
        return uow.directory.all()


def test_people_whose_names_differ_only_in_marks_or_units_or_organizations_stand_side_by_side(store: Store) -> None:
    ids = [
        add(store, "Lê Hà").person_id,
        add(store, "Lê Hạ").person_id,
        add(store, "Lê Hà", unit="Tư pháp").person_id,
        add(store, "Lê Hà", organization="UBND xã Bạ").person_id,
    ]
    assert ids == ["le-ha-ubnd-xa-b", "le-ha-ubnd-xa-b-2", "le-ha-ubnd-xa-b-3", "le-ha-ubnd-xa-ba"]
    assert len(everyone(store)) == 4


def test_the_same_person_written_otherwise_is_replaced(store: Store) -> None:
    add(store, "Lê Hà", email="ha@xa.vn")
    decomposed = unicodedata.normalize("NFD", "  Lê   Hà ")
    again = add(store, decomposed, unit=" Văn  phòng", organization="UBND  xã B ", email="le.ha@xa.vn", role="head")
    assert everyone(store) == [again]
    assert (again.name, again.organization, again.email) == ("Lê Hà", "UBND xã B", "le.ha@xa.vn")


def test_long_names_that_differ_at_their_ends_stand_side_by_side(store: Store) -> None:
    ids = {add(store, "Nguyễn " * 20 + last).person_id for last in ("An", "Bình", "Chi")}
    assert len(ids) == 3
    assert max(map(len, ids)) <= people.LONGEST_ID


@pytest.mark.parametrize(
    ("name", "organization", "error"),
    [
        (" ", "UBND xã B", people.NameMissing),
        ("Lê Hà", "", people.OrganizationMissing),
        ("Lê\nHà", "UBND xã B", people.InvisibleLetter),
        ("Lê Hà", "UBND\u202e xã B", people.InvisibleLetter),
    ],
)
def test_a_person_without_name_or_organization_or_with_invisible_letters_is_refused(
    store: Store, name: str, organization: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(store, name, organization=organization)
    assert everyone(store) == []


@pytest.mark.parametrize(
    "email",
    [
        "",
        "@",
        "ha",
        "ha@",
        "@xa.vn",
        "ha@@xa.vn",
        "hà@xa.vn",
        "ha@xã.vn",
        "ha le@xa.vn",
        " ha@xa.vn",
        "ha@xa.vn\n",
        "ha@xa.vn\r\nBcc: x@y.vn",
        '"ha"@xa.vn',
        "ha@xa.vn (Hà)",
        "ha(le)@xa.vn",
        "Hà <ha@xa.vn>",
        "ha@xa.vn,an@xa.vn",
        "ha@[127.0.0.1]",
        "ha@xa..vn",
        "ha@.vn",
        "ha..le@xa.vn",
        ".",
        "ha@xa.vn;",
        "ha@xa\x00.vn",
    ],
)
def test_what_is_no_plain_address_is_refused_on_one_line(store: Store, email: str) -> None:
    with pytest.raises(people.AddressWrong) as refused:
        add(store, "Lê Hà", email=email)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("email", ["ha@xa.vn", "le.ha+1@ubnd-b.haiduong.gov.vn", "ha@localhost", None])
def test_a_plain_address_or_none_is_taken(store: Store, email: str | None) -> None:
    assert add(store, "Lê Hà", email=email).email == email


def test_the_first_coordinator_of_an_empty_installation_is_enrolled_once(store: Store) -> None:
    assert first_coordinator(store) == first_coordinator(store)
    assert [person.person_id for person in everyone(store)] == ["dieu-phoi-vien"]
