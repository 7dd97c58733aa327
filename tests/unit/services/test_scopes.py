"""Who may see what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import DIALOGUE, at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.errors import PlanNotFound
from workflow.domain.ladder import Audience
from workflow.ports import Organization, Person, Store
from workflow.services import permissions, scopes
from workflow.services.plans import start_plan
from workflow.services.scopes import EVERYTHING, NOTHING, Scope
from workflow.settings import Settings
from workflow.store import memory_store

NOW = at("2026-04-22")
CITY = Organization("hp", "UBND thành phố Hải Phòng")
COMMUNE = Organization("btm", "UBND xã Bắc Thanh Miện", "hp", ("UBND xã Đoàn Tùng",))
OTHER = Organization("tk", "UBND phường Thạch Khôi", "hp")
LAN = Person("lan", "Lan", None, "Văn phòng", Audience.COORDINATOR, COMMUNE.name)


@pytest.fixture
def store() -> Store:
    """A city over two communes; plans of the one, of its former name, and of the other."""
    store = memory_store()
    with store() as uow:
        for organization in (CITY, COMMUNE, OTHER):
            uow.organizations.put(organization)
        uow.commit()
    application = Application(Settings(), store, ClockSetByHand(NOW))
    for name in ("UBND XÃ  Bắc Thanh Miện", "UBND xã Đoàn Tùng", OTHER.name, "Công ty A"):
        plan = replace(DIALOGUE, organization=name)
        start_plan(store, application.terms_of, plan, started_on=at("2026-04-06").date(), at=NOW, actor="lan")
    return store


def _scope(store: Store, person: Person) -> Scope:
    with store.reading() as uow:
        return scopes.scope_of(uow, person)


def test_a_person_sees_their_own_organization_under_all_its_names(store: Store) -> None:
    scope = _scope(store, LAN)
    assert scope.organizations == frozenset(("UBND xã Bắc Thanh Miện", "UBND XÃ  Bắc Thanh Miện", "UBND xã Đoàn Tùng"))
    assert not scope.covers(OTHER.name)
    assert not scope.covers("")


def test_the_city_sees_all_below_it_and_nothing_beside(store: Store) -> None:
    scope = _scope(store, replace(LAN, organization=CITY.name))
    assert [scope.covers(name) for name in (CITY.name, COMMUNE.name, OTHER.name, "Công ty A")] == [True] * 3 + [False]


def test_no_organization_is_the_whole_installation_and_one_who_left_sees_nothing(store: Store) -> None:
    assert _scope(store, replace(LAN, organization=" ")) == EVERYTHING
    assert _scope(store, replace(LAN, active=False, organization="")) == NOTHING


def test_an_organization_that_is_not_in_the_tree_sees_itself(store: Store) -> None:
    assert _scope(store, replace(LAN, organization="Công ty A")).organizations == frozenset({"Công ty A"})


def test_a_plan_outside_is_not_there(store: Store) -> None:
    with store.reading() as uow:
        assert scopes.plan(uow, LAN, "ubnd-xa-bac-thanh-mien-2026").plan_id == "ubnd-xa-bac-thanh-mien-2026"
        for plan_id in ("ubnd-phuong-thach-khoi-2026", "cong-ty-a-2026", "none"):
            with pytest.raises(PlanNotFound):
                scopes.plan(uow, LAN, plan_id)


def test_a_list_of_one_organization_never_leaves_the_scope(store: Store) -> None:
    scope = _scope(store, LAN)
    assert scope.narrowed("ubnd xã bắc thanh miện") == frozenset(("UBND xã Bắc Thanh Miện", "UBND XÃ  Bắc Thanh Miện"))
    assert scope.narrowed("") == scope.organizations
    assert scope.narrowed(OTHER.name) == frozenset()
    assert EVERYTHING.narrowed(OTHER.name) == frozenset({OTHER.name})
    assert EVERYTHING.narrowed("") is None


def test_a_circle_in_a_damaged_tree_ends() -> None:
    tree = [Organization("a", "A", "b"), Organization("b", "B", "a")]
    assert set(scopes.names_below(tree, "A")) == {"A", "B"}


def test_administrators_look_after_their_own_and_what_is_below(store: Store) -> None:
    admin = replace(LAN, administrator=True)
    asked = [(admin, COMMUNE.name), (admin, OTHER.name), (admin, ""), (LAN, COMMUNE.name)]
    asked += [(replace(admin, role=Audience.SUPERVISOR), COMMUNE.name), (replace(admin, organization=""), "")]
    told = [permissions.may_administer(person, name, _scope(store, person)) for person, name in asked]
    assert told == [True, False, False, False, False, True]
