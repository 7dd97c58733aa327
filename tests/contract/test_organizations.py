"""The tree of organizations, and looking for people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.acting import ask, start
from workflow.domain.ladder import Audience
from workflow.ports import Contact, Organization, PeopleFilter, Person, Store

CITY = Organization("hp", "UBND thành phố Hải Phòng")
COMMUNE = Organization("btm", "UBND xã Bắc Thanh Miện", "hp", ("UBND xã Thanh Miện", "UBND xã Đoàn Tùng"))
LAN = Person("lan", "Nguyễn Thị Lan", "Lan@Example.vn", "Văn phòng", Audience.COORDINATOR, COMMUNE.name)
DUNG = Person("dung", "Đỗ Dũng", None, "Kinh tế", Audience.OWNER, "ubnd  xã Bắc Thanh Miện", active=False)
AN = Person("an", "An", "an@example.vn", "", Audience.OWNER, CITY.name, (Contact("telegram", "1"),), administrator=True)
AN_2 = replace(AN, person_id="an-2", name="An Bình", administrator=False)


@pytest.fixture
def seated(store: Store) -> Store:
    """A store with a tree and some people."""
    with store() as uow:
        for organization in (COMMUNE, CITY):
            uow.organizations.put(organization)
        for person in (LAN, DUNG, AN, AN_2):
            uow.directory.put(person)
        uow.commit()
    return store


def _found(store: Store, chosen: PeopleFilter, **page: int) -> list[str]:
    people = ask(store, lambda uow: uow.directory.found(chosen, **page))
    if not page:
        assert ask(store, lambda uow: uow.directory.count_found(chosen)) == len(people)
    return [person.person_id for person in people]


def test_organizations_come_back_whole_by_name_and_are_replaced_and_removed(seated: Store) -> None:
    assert ask(seated, lambda uow: uow.organizations.all()) == [CITY, COMMUNE]
    with seated() as uow:
        uow.organizations.put(replace(CITY, name="Thành phố"))
        uow.organizations.remove("btm")
        uow.organizations.remove("none")
        uow.commit()
    assert ask(seated, lambda uow: uow.organizations.all()) == [replace(CITY, name="Thành phố")]


def test_the_names_that_plans_bear_are_told_as_they_stand(seated: Store) -> None:
    assert ask(seated, lambda uow: uow.organizations.written()) == []
    start(seated)
    assert ask(seated, lambda uow: uow.organizations.written()) == ["UBND xã Bắc Thanh Miện"]


def test_administrators_and_those_who_left_come_back_so(seated: Store) -> None:
    assert ask(seated, lambda uow: [uow.directory.get(each) for each in ("an", "dung")]) == [AN, DUNG]


def test_people_are_found_without_accents_by_name_first(seated: Store) -> None:
    assert _found(seated, PeopleFilter()) == ["an", "an-2", "dung", "lan"]
    assert _found(seated, PeopleFilter(text="do dung")) == ["dung"]
    assert _found(seated, PeopleFilter(text="van phong LAN")) == ["lan"]
    assert _found(seated, PeopleFilter(text="50%_")) == []


def test_people_of_organizations_are_found_however_they_are_spelled(seated: Store) -> None:
    assert _found(seated, PeopleFilter(frozenset({"UBND XÃ BẮC THANH MIỆN"}))) == ["dung", "lan"]
    assert _found(seated, PeopleFilter(frozenset())) == []


def test_people_are_found_by_role_and_whether_they_are_there_and_administer(seated: Store) -> None:
    assert _found(seated, PeopleFilter(role=Audience.COORDINATOR)) == ["lan"]
    assert _found(seated, PeopleFilter(active=False)) == ["dung"]
    assert _found(seated, PeopleFilter(administrator=True, active=True)) == ["an"]


def test_people_are_found_a_page_at_a_time(seated: Store) -> None:
    whole = _found(seated, PeopleFilter())
    assert _found(seated, PeopleFilter(), limit=2) == whole[:2]
    assert _found(seated, PeopleFilter(), limit=2, offset=2) == whole[2:]
    assert _found(seated, PeopleFilter(), limit=2, offset=4) == []


def test_an_address_finds_its_people_whatever_its_capitals(seated: Store) -> None:
    assert ask(seated, lambda uow: uow.directory.with_email(" lan@example.VN ")) == [LAN]
    assert [each.person_id for each in ask(seated, lambda uow: uow.directory.with_email("an@example.vn"))] == [
        "an",
        "an-2",
    ]
    assert ask(seated, lambda uow: uow.directory.with_email("")) == []
