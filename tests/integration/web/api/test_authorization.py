"""Every operation × role × organization × scope: who gets through is what the rules say; each operation has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.integration.web.api.conftest import EVERYTHING, Program, let_in
from tests.integration.web.api.test_asking import SMALL
from tests.integration.web.authorization_rules import (
    FOUND_BY_NOBODY,
    LEADING,
    LEADS_PLAN,
    NOBODY,
    OWNS_STEP,
    PLACES,
    READS_PLAN,
    ROLES,
    SIGNED_IN,
    Outcome,
    Rule,
)
from tests.integration.web.conftest import COMMUNE, NOW, Site
from workflow.domain.commands import RaisePetition
from workflow.domain.ladder import Audience
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.ports import Notice, NoticeStatus, Organization, Person
from workflow.services import tokens
from workflow.store import memory_store

ORGANIZATIONS = {"own": COMMUNE, "other": "UBND xã Khác", "above": "UBND thành phố"}
UNIT = "Ủy ban MTTQ xã"
SEATS = {
    "officer": (UNIT, Audience.OWNER),
    "other_officer": ("Phòng Kinh tế", Audience.OWNER),
    "head": (UNIT, Audience.HEAD),
    "coordinator": ("Văn phòng", Audience.COORDINATOR),
    "chair": ("Chủ tịch", Audience.CHAIR),
    "supervisor": ("HĐND xã", Audience.SUPERVISOR),
    "administrator": ("Phòng Kinh tế", Audience.OWNER),
}
VISITORS = [("", "own"), *((role, place) for place in PLACES for role in ROLES)]
PLAN = "ubnd-xa-bac-thanh-mien-2026"
STARTS_PLAN = Rule(own=LEADING, other=NOBODY, above=NOBODY)
REASON = {"reason": "Thử"}
STEP, PETITION = "/plans/{plan_id}/steps/{step}", "/plans/{plan_id}/petitions/{petition}"
ANSWER = {"where": "in_writing", "result": "settled", "answered_on": "2026-04-22"}

RULES: Mapping[tuple[str, str], tuple[Rule, Any]] = MappingProxyType(
    {
        ("GET", "/plans"): (SIGNED_IN, None),
        ("POST", "/plans"): (STARTS_PLAN, {"definition": SMALL}),
        ("GET", "/plans/{plan_id}"): (READS_PLAN, None),
        ("POST", "/plans/{plan_id}/cancel"): (LEADS_PLAN, REASON),
        ("POST", "/plans/{plan_id}/meeting"): (LEADS_PLAN, {"on": "2026-05-15"}),
        ("POST", "/plans/{plan_id}/meeting/postpone"): (LEADS_PLAN, REASON),
        ("GET", "/deadlines/due"): (SIGNED_IN, None),
        ("GET", "/steps"): (SIGNED_IN, None),
        ("GET", STEP): (READS_PLAN, None),
        ("GET", STEP + "/deadline"): (READS_PLAN, None),
        ("POST", STEP + "/complete"): (OWNS_STEP, {}),
        ("POST", STEP + "/extend"): (LEADS_PLAN, {"reason": "a", "words": "b", "approved_by": "c"}),
        ("POST", STEP + "/hand-over"): (LEADS_PLAN, {"owner": UNIT, "reason": "a"}),
        ("POST", STEP + "/skip"): (LEADS_PLAN, REASON),
        ("POST", STEP + "/reopen"): (LEADS_PLAN, REASON),
        ("POST", STEP + "/correct"): (LEADS_PLAN, REASON),
        ("POST", STEP + "/acknowledge"): (OWNS_STEP, None),
        ("POST", STEP + "/snooze"): (OWNS_STEP, {"until": "2026-04-25"}),
        ("POST", STEP + "/stop"): (LEADS_PLAN, REASON),
        ("POST", STEP + "/restart"): (LEADS_PLAN, {}),
        ("GET", "/petitions"): (SIGNED_IN, None),
        ("POST", "/plans/{plan_id}/petitions"): (OWNS_STEP, {"text": "Xin đèn", "raised_when": "at_meeting"}),
        ("GET", PETITION): (READS_PLAN, None),
        ("POST", PETITION + "/classify"): (LEADS_PLAN, {"lead": UNIT}),
        ("POST", PETITION + "/merge"): (LEADS_PLAN, {"duplicate_of": "p2"}),
        ("POST", PETITION + "/answer"): (OWNS_STEP, ANSWER),
        ("POST", PETITION + "/tell"): (OWNS_STEP, {"told_on": "2026-04-22"}),
        ("POST", PETITION + "/transfer"): (LEADS_PLAN, {"authority": "city", "lead": "Sở", "reason": "a"}),
        ("GET", "/notices"): (SIGNED_IN, None),
        ("POST", "/notices/retry"): (FOUND_BY_NOBODY, {"key": "none"}),
        ("GET", "/reports/cells"): (SIGNED_IN, None),
        ("GET", "/reports/on-time"): (SIGNED_IN, None),
        ("GET", "/calendars/{calendar}/years/{year}"): (SIGNED_IN, None),
        ("GET", "/calendars/{calendar}/days"): (SIGNED_IN, None),
        ("POST", "/calendars/adoption-preview"): (SIGNED_IN, {"notice": "x"}),
    }
)
"""Who gets through, and what is sent."""


@pytest.fixture
def city(tmp_path: Path) -> Site:
    """A city over two communes with somebody in every seat, and a plan of one of them with a petition."""
    site = Site(memory_store(), tmp_path)
    with site.application.store() as uow:
        for key, name in ORGANIZATIONS.items():
            uow.organizations.put(Organization(key, name, None if key == "above" else "above"))
            for role, (unit, audience) in SEATS.items():
                who = f"{role}-{key}"
                uow.directory.put(Person(who, who, None, unit, audience, name, administrator=role == "administrator"))
        uow.commit()
    site.start()
    for text in ("Xin sửa đường", "Xin đèn đường"):
        site.do(PLAN, RaisePetition(text, Petitioner(name="Ông A"), RaisedWhen.BEFORE_MEETING, lead=UNIT))
    return site


def _address(path: str) -> str:
    return path.format(plan_id=PLAN, step="collect", petition="p1", calendar="office", year="2026")


def _ask(program: Program, method: str, path: str, body: object) -> int:
    status = program.ask(method, _address(path), body).status_code
    assert status < 500
    return status


def _outcome(status: int) -> Outcome:
    return Outcome(status) if status in (401, 403, 404) else Outcome.PASSES


def _operations(site: Site) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): told
        for path, methods in site.app.state.api.openapi()["paths"].items()
        for method, told in methods.items()
    }


def _scope(told: Mapping[str, Any]) -> str:
    return str(told["security"][0]["token"][0])


def test_every_operation_has_a_rule_and_every_rule_an_operation(city: Site) -> None:
    assert set(_operations(city)) == set(RULES)


def test_every_operation_asks_for_a_scope_that_a_token_can_have(city: Site) -> None:
    asked = {_scope(told) for told in _operations(city).values()}
    assert asked == set(tokens.SCOPES)


@pytest.mark.parametrize(("method", "path"), sorted(RULES))
def test_only_those_get_through_whom_the_rule_names(city: Site, method: str, path: str) -> None:
    rule, body = RULES[method, path]
    ended = {}
    for role, place in VISITORS:
        program = let_in(city, f"{role}-{place}") if role else Program(city, "")
        ended[role, place] = _outcome(_ask(program, method, path, body))
    assert ended == {(role, place): rule.expected(role, place) for role, place in VISITORS}


@pytest.mark.parametrize(("method", "path"), sorted(RULES))
def test_a_token_without_the_scope_gets_nowhere(city: Site, method: str, path: str) -> None:
    scope = _scope(_operations(city)[method, path])
    others = [each for each in tokens.SCOPES if each != scope]
    assert _ask(let_in(city, "coordinator-own", others), method, path, RULES[method, path][1]) == 403
    assert _ask(let_in(city, "coordinator-own", [scope]), method, path, RULES[method, path][1]) != 403


@pytest.mark.parametrize(("method", "path"), [each for each in sorted(RULES) if "{plan_id}" in each[1]])
def test_another_communes_plan_cannot_be_told_from_one_that_is_not_there(city: Site, method: str, path: str) -> None:
    program, body = let_in(city, "coordinator-other"), RULES[method, path][1]
    there, absent = (
        program.ask(method, _address(path.replace("{plan_id}", plan)), body) for plan in (PLAN, "none-2026")
    )
    assert there.status_code == absent.status_code == 404
    assert there.text.replace(PLAN, "none-2026") == absent.text


@pytest.mark.parametrize("path", ["/plans", "/steps", "/petitions", "/notices"])
@pytest.mark.parametrize("role", ROLES)
def test_lists_hold_nothing_of_another_commune(city: Site, role: str, path: str) -> None:
    _give_up(city)
    for query in ("", f"?organization={COMMUNE}"):
        assert let_in(city, f"{role}-other").get(path + query).json()["total"] == 0
        assert let_in(city, f"{role}-above").get(path + query).json()["total"] > 0


@pytest.mark.parametrize("role", ROLES)
def test_reports_count_nothing_of_another_commune(city: Site, role: str) -> None:
    program = let_in(city, f"{role}-other")
    assert set(program.get(f"/reports/cells?organization={COMMUNE}").json()["cells"].values()) == {0}
    assert program.get("/reports/on-time?by=organization").json()["lines"] == []


def _give_up(site: Site) -> str:
    """A notice of the plan that was given up; its key."""
    key = f"{PLAN}/collect/1/warn_3/officer-own/email"
    notice = Notice(key, PLAN, "collect", 1, "warn_3", "officer-own", "A", None, "email", NOW, NoticeStatus.DEAD)
    with site.application.store() as uow:
        uow.outbox.add([notice])
        uow.commit()
    return key


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator-own", 200),
        ("chair-own", 200),
        ("officer-own", 403),
        ("supervisor-own", 403),
        ("coordinator-above", 403),
        ("coordinator-other", 404),
    ],
)
def test_whoever_leads_the_plan_may_send_a_notice_again(city: Site, who: str, status: int) -> None:
    key = _give_up(city)
    assert let_in(city, who, EVERYTHING).post("/notices/retry", {"key": key}).status_code == status


def test_somebody_who_has_left_gets_nowhere(city: Site) -> None:
    program = let_in(city, "coordinator-own")
    with city.application.store() as uow:
        person = uow.directory.get("coordinator-own")
        assert person is not None
        uow.directory.put(replace(person, active=False))
        uow.commit()
    assert program.get("/plans").status_code == 401
