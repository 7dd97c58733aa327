"""People, board links, leases and one-time sign-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import at
from tests.contract.acting import ask, at_once
from workflow.domain.ladder import Audience
from workflow.ports import Contact, Person, Store

NOW = at("2026-04-06")
SOON = NOW + timedelta(minutes=1)
COMMUNE = "UBND xã Bắc Thanh Miện"
LAN = Person("lan", "Nguyễn Thị Lan", "lan@example.vn", "Văn phòng", Audience.OWNER, COMMUNE)
ANH = Person("anh", "Lê Anh", None, "Văn phòng", Audience.OWNER, COMMUNE)
HEAD = Person("head", "Trần Minh", "minh@example.vn", "Văn phòng", Audience.HEAD, COMMUNE)
ELSEWHERE = Person("else", "Đỗ Hà", None, "Văn phòng", Audience.OWNER, "UBND xã khác")
SCHOOLS = Person("schools", "Bùi Dũng", None, "Các trường", Audience.OWNER, COMMUNE)


@pytest.fixture
def seated(store: Store) -> Store:
    """A store with some people."""
    with store() as uow:
        for person in (LAN, ANH, HEAD, ELSEWHERE, SCHOOLS):
            uow.directory.put(person)
        uow.commit()
    return store


def test_a_person_is_found_by_id(seated: Store) -> None:
    assert ask(seated, lambda uow: (uow.directory.get("lan"), uow.directory.get("anh"))) == (LAN, ANH)
    assert ask(seated, lambda uow: uow.directory.get("nobody")) is None


def test_putting_a_person_again_replaces_all_of_the_former_one(seated: Store) -> None:
    moved = replace(LAN, name="Nguyễn Lan", email=None, unit="Các trường", role=Audience.COORDINATOR)
    with seated() as uow:
        uow.directory.put(moved)
        uow.commit()
    assert ask(seated, lambda uow: uow.directory.get("lan")) == moved
    assert ask(seated, lambda uow: len(uow.directory.all())) == 5


def test_the_contacts_of_a_person_come_back_in_their_order_and_are_replaced(seated: Store) -> None:
    contacts = (Contact("telegram", "987"), Contact("webhook", "https://example.vn/đ"), Contact("telegram", "123"))
    for held in (contacts, contacts[1:], ()):
        with seated() as uow:
            uow.directory.put(replace(LAN, contacts=held))
            uow.directory.put(replace(ANH, contacts=contacts[:1]))
            uow.commit()
        assert ask(seated, lambda uow: uow.directory.get("lan")) == replace(LAN, contacts=held)
        found = ask(seated, lambda uow: uow.directory.of_unit(COMMUNE, "Văn phòng", Audience.OWNER))
        assert [person.contacts for person in found] == [contacts[:1], held]


def test_everyone_stands_by_name_then_by_id(seated: Store) -> None:
    with seated() as uow:
        uow.directory.put(replace(LAN, person_id="a-lan"))
        uow.commit()
    found = ask(seated, lambda uow: [person.person_id for person in uow.directory.all()])
    assert found == ["schools", "anh", "a-lan", "lan", "head", "else"]


def test_people_are_found_by_organization_unit_and_role(seated: Store) -> None:
    assert ask(seated, lambda uow: uow.directory.of_unit(COMMUNE, "Văn phòng", Audience.OWNER)) == [ANH, LAN]
    assert ask(seated, lambda uow: uow.directory.of_unit(COMMUNE, "Văn phòng", Audience.CHAIR)) == []
    assert ask(seated, lambda uow: uow.directory.of_unit(COMMUNE, "Phòng khác", Audience.OWNER)) == []
    assert ask(seated, lambda uow: uow.directory.with_role(COMMUNE, Audience.OWNER)) == [SCHOOLS, ANH, LAN]
    assert ask(seated, lambda uow: uow.directory.with_role("nowhere", Audience.OWNER)) == []


def test_the_id_of_the_installation_stays_and_is_its_own(store: Store) -> None:
    first = ask(store, lambda uow: uow.links.installation_id())
    with store() as uow:
        assert uow.links.installation_id() == first
        uow.commit()
    assert ask(store, lambda uow: uow.links.installation_id()) == first
    assert len(first) == 36


def test_what_the_board_was_shown_is_remembered_replaced_and_forgotten(store: Store) -> None:
    assert ask(store, lambda uow: uow.links.shown("p1")) is None
    for looks in ("first", "second"):
        with store() as uow:
            uow.links.remember("p1", f"run-{looks}", looks)
            uow.links.remember("p2", "other", "other")
            uow.commit()
        assert ask(store, lambda uow: uow.links.shown("p1")) == (f"run-{looks}", looks)
    with store() as uow:
        uow.links.forget("p1")
        uow.links.forget("never shown")
        uow.commit()
    assert ask(store, lambda uow: (uow.links.shown("p1"), uow.links.shown("p2"))) == (None, ("other", "other"))


def take(store: Store, owner: str, when: datetime, until: datetime, job: str = "sweep") -> bool:
    """Take a lease in one transaction."""
    with store() as uow:
        taken = uow.leases.take(job, owner, when, until)
        uow.commit()
    return taken


def test_a_lease_is_held_until_its_end_which_is_exclusive(store: Store) -> None:
    assert take(store, "a", NOW, SOON)
    assert not take(store, "b", NOW, SOON)
    assert not take(store, "b", SOON - timedelta(microseconds=1), SOON)
    assert take(store, "b", SOON, SOON + timedelta(minutes=1))
    assert not take(store, "a", SOON, SOON + timedelta(minutes=1))


def test_the_owner_of_a_lease_renews_it(store: Store) -> None:
    assert take(store, "a", NOW, SOON)
    assert take(store, "a", NOW, SOON + timedelta(minutes=1))
    assert not take(store, "b", SOON, SOON + timedelta(minutes=1))


def test_jobs_have_leases_of_their_own(store: Store) -> None:
    assert take(store, "a", NOW, SOON, "sweep")
    assert take(store, "b", NOW, SOON, "deliver")


def test_a_lease_given_back_is_free_and_only_its_owner_can_give_it_back(store: Store) -> None:
    take(store, "a", NOW, SOON)
    for owner, free in (("b", False), ("a", True)):
        with store() as uow:
            uow.leases.release("sweep", owner)
            uow.commit()
        assert take(store, "c", NOW, SOON) is free


def test_of_many_who_take_a_lease_at_once_one_gets_it(store: Store) -> None:
    answers = at_once(*(lambda owner=owner: take(store, owner, NOW, SOON) for owner in "abcd"))
    assert sorted(answers, key=str) == [False, False, False, True]


def spend(store: Store, digest: str, when: datetime) -> str | None:
    """Spend a sign-in in one transaction."""
    with store() as uow:
        person_id = uow.sign_ins.use(digest, when)
        uow.commit()
    return person_id


@pytest.fixture
def invited(store: Store) -> Store:
    """A store with one sign-in that is valid for a minute."""
    with store() as uow:
        uow.sign_ins.add("digest", "lan", SOON)
        uow.commit()
    return store


def test_a_sign_in_can_be_looked_at_without_being_spent(invited: Store) -> None:
    whose = ask(invited, lambda uow: [uow.sign_ins.of("digest", when) for when in (NOW, NOW, SOON)])
    assert whose == ["lan", "lan", None]
    assert spend(invited, "digest", NOW) == "lan"
    assert ask(invited, lambda uow: uow.sign_ins.of("digest", NOW)) is None


def test_a_sign_in_is_spent_once(invited: Store) -> None:
    assert spend(invited, "digest", NOW) == "lan"
    assert spend(invited, "digest", NOW) is None


def test_a_sign_in_ends_at_its_end_which_is_exclusive(invited: Store) -> None:
    assert spend(invited, "digest", SOON) is None
    assert spend(invited, "digest", SOON - timedelta(microseconds=1)) == "lan"


def test_an_unknown_sign_in_is_nobody(invited: Store) -> None:
    assert spend(invited, "other", NOW) is None


def test_a_sign_in_added_again_is_not_valid_again(invited: Store) -> None:
    spend(invited, "digest", NOW)
    with invited() as uow:
        uow.sign_ins.add("digest", "minh", SOON)
        uow.commit()
    assert spend(invited, "digest", NOW) is None


def test_of_many_who_spend_a_sign_in_at_once_one_is_let_in(invited: Store) -> None:
    answers = at_once(*[lambda: spend(invited, "digest", NOW)] * 4)
    assert sorted(answers, key=str) == [None, None, None, "lan"]


def test_a_sign_in_spent_in_a_unit_that_is_not_kept_is_not_spent(invited: Store) -> None:
    with invited() as uow:
        assert uow.sign_ins.use("digest", NOW) == "lan"
    assert spend(invited, "digest", NOW) == "lan"
