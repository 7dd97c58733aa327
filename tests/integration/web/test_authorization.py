"""Every route × role × organization: who gets through is what the table of rules says, and each route is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from tests.integration.web.authorization_rules import PLACES, PROOF, ROLES, RULES, Outcome, Rule
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import COMMUNE, NOW, Site, read
from workflow.domain.commands import CompleteStep, RaisePetition
from workflow.domain.ladder import Audience
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.notify.mailbox import LocalMailbox
from workflow.ports import Organization, Person
from workflow.services import passwords
from workflow.services.sessions import open_session
from workflow.services.signing_in import invite
from workflow.store import memory_store
from workflow.web import cookies
from workflow.web.app import create_app
from workflow.web.security import FORM_TOKEN, form_token

ORGANIZATIONS = {"own": COMMUNE, "other": "UBND xã Khác", "above": "UBND thành phố"}
SEATS = {
    "officer": ("Ủy ban MTTQ xã", Audience.OWNER),
    "other_officer": ("Phòng Kinh tế", Audience.OWNER),
    "head": ("Ủy ban MTTQ xã", Audience.HEAD),
    "coordinator": ("Văn phòng", Audience.COORDINATOR),
    "chair": ("Chủ tịch", Audience.CHAIR),
    "supervisor": ("HĐND xã", Audience.SUPERVISOR),
    "administrator": ("Phòng Kinh tế", Audience.OWNER),
}
KNOWN = passwords.hashed("một câu đúng là của tôi")
VISITORS = [("", "own"), *((role, place) for place in PLACES for role in ROLES)]


def _people() -> dict[str, Person]:
    return {
        f"{role}-{place}": Person(
            f"{role}-{place}",
            f"{role} {place}",
            f"{role}.{place}@example.invalid",
            *SEATS[role],
            organization,
            administrator=role == "administrator",
        )
        for role in ROLES
        for place, organization in ORGANIZATIONS.items()
    }


def _office(tmp_path: Path) -> Site:
    site = Site(memory_store(), tmp_path)
    site.application = replace(site.application, mailbox=LocalMailbox(tmp_path / "mail"))
    site.app = create_app(site.application)
    with site.application.store() as uow:
        for key, name in ORGANIZATIONS.items():
            uow.organizations.put(Organization(key, name, None if key == "above" else "above"))
        for person in _people().values():
            uow.directory.put(person)
        uow.passwords.put("coordinator-own", KNOWN, NOW)
        uow.commit()
    plan = site.start()
    petitioner = Petitioner("Lê Thị Hoa", "Thôn Đông")
    site.do(plan.plan_id, RaisePetition("Sửa đường", petitioner, RaisedWhen.BEFORE_MEETING, lead=SEATS["officer"][0]))
    site.do(plan.plan_id, CompleteStep("announce", file=PROOF))
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs" / PROOF).write_bytes(b"%PDF-1.7")
    return site


@pytest.fixture
def office(tmp_path: Path) -> Site:
    """A city over two communes with somebody in every seat, and a plan of one of them."""
    return _office(tmp_path)


@pytest.fixture(scope="module")
def office_to_read(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same for all pages that are only opened, which changes nothing."""
    return _office(tmp_path_factory.mktemp("office"))


class Visitor(Browser):
    """A browser in which somebody has signed in, or nobody, and which knows the token of its forms."""

    def __init__(self, site: Site, person_id: str) -> None:
        super().__init__(site.app)
        if person_id:
            secret = open_session(site.application.store, person_id, at=site.clock.now())
            self.cookies.set(cookies.SESSION, secret)
            self.token = form_token(secret)
        else:
            self.token = read(self, "/sign-in").form("/sign-in").fields[FORM_TOKEN]


@pytest.fixture(scope="module")
def visitors_to_read(office_to_read: Site) -> dict[tuple[str, str], Visitor]:
    """Everybody, signed in once for all pages that are only opened."""
    return _visitors(office_to_read)


def _visitors(site: Site) -> dict[tuple[str, str], Visitor]:
    return {(role, place): Visitor(site, f"{role}-{place}" if role else "") for role, place in VISITORS}


def _routes(site: Site) -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for route in site.app.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }


def _address(path: str, rule: Rule, site: Site) -> str:
    with site.application.store.reading() as uow:
        usual = {"plan_id": uow.plans.ids()[0], "key": "collect", "year": "2026", "person_id": "officer-own"}
        usual |= {"organization_id": "own", "petition_id": "p1"}
    values = usual | dict(rule.params)
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: values.get(found[1], "none"), path)


def _filled(fields: Mapping[str, str], site: Site) -> dict[str, str]:
    if "{link}" not in fields.values():
        return dict(fields)
    link = invite(site.application.store, "officer-own", at=site.clock.now())
    return {name: value.replace("{link}", link) for name, value in fields.items()}


def _ask(site: Site, client: Visitor, method: str, path: str, rule: Rule) -> int:
    address, fields = _address(path, rule, site), _filled(rule.fields, site)
    if method == "GET":
        query = "&".join(f"{name}={value}" for name, value in fields.items())
        return client.get(f"{address}?{query}" if query else address, follow=False).status_code
    seen = {FORM_TOKEN: client.token, "version": "1", "happened_on": f"{NOW:%d/%m/%Y}"}
    return client.ask(method, address, data=seen | fields, follow=False).status_code


def _outcome(status: int) -> Outcome:
    assert status < 500
    return Outcome(status) if status in (401, 403, 404) else Outcome.PASSES


def test_every_route_has_a_rule_and_every_rule_a_route(office: Site) -> None:
    assert _routes(office) == set(RULES)


@pytest.mark.parametrize("path", sorted(path for method, path in RULES if method == "GET"))
def test_only_those_see_a_page_whom_the_rule_names(
    office_to_read: Site, visitors_to_read: dict[tuple[str, str], Visitor], path: str
) -> None:
    _check(office_to_read, visitors_to_read, "GET", path)


@pytest.mark.parametrize(("method", "path"), sorted(each for each in RULES if each[0] != "GET"))
def test_only_those_get_through_whom_the_rule_names(office: Site, method: str, path: str) -> None:
    _check(office, _visitors(office), method, path)


def _check(site: Site, visitors: Mapping[tuple[str, str], Visitor], method: str, path: str) -> None:
    rule = RULES[method, path]
    ended = {who: _outcome(_ask(site, client, method, path, rule)) for who, client in visitors.items()}
    assert ended == {who: rule.expected(*who) for who in visitors}


@pytest.mark.parametrize(("method", "path"), [each for each in sorted(RULES) if "{plan_id}" in each[1]])
def test_another_communes_plan_cannot_be_told_from_one_that_is_not_there(office: Site, method: str, path: str) -> None:
    rule = RULES[method, path]
    client = Visitor(office, "coordinator-other")
    there = _ask(office, client, method, path, rule)
    absent = _ask(office, client, method, path, replace(rule, params={**rule.params, "plan_id": "none"}))
    assert there == absent


def test_lists_name_no_plan_of_another_commune(office: Site) -> None:
    for role in ROLES:
        assert "Bắc Thanh Miện" not in office.signed_in(f"{role}-other").get("/").text
        assert "Bắc Thanh Miện" in office.signed_in(f"{role}-above").get("/").text
