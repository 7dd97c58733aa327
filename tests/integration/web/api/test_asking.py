"""What every request has in common: tokens, languages, pages, keys, versions, problems."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.integration.web.api.conftest import PLAN, Program, let_in
from tests.integration.web.conftest import NOW, Site
from workflow.domain.commands import CompleteStep, HandOver
from workflow.domain.ladder import Audience
from workflow.ports import Person, Token
from workflow.services.administration import make_token
from workflow.services.signing_in import digest
from workflow.web.api.pace import Pace

PROBLEM = "application/problem+json"
DONE = {"happened_on": "2026-04-21"}


def test_without_a_token_nothing_is_told(office: Site) -> None:
    answer = Program(office, "").get("/plans")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "ended", [{"expires_at": NOW}, {"revoked_at": NOW - timedelta(days=1)}], ids=["expired", "revoked"]
)
def test_a_token_that_has_ended_lets_nobody_in(office: Site, ended: dict[str, object]) -> None:
    with office.application.store() as uow:
        uow.tokens.add(Token("t", digest("s"), "lan", "cũ", ("read",), NOW - timedelta(days=9), **ended))  # type: ignore[arg-type]
        uow.commit()
    assert Program(office, "s").get("/plans").status_code == 401


def test_a_cookie_of_the_pages_opens_nothing_here(office: Site) -> None:
    browser = office.signed_in("lan")
    assert browser.get("/plans").status_code == 200
    assert browser.get("/api/v1/plans").status_code == 401


def test_a_token_that_an_administrator_makes_is_good_through_its_last_day(office: Site) -> None:
    admin = Person("qt", "Quản trị", None, "Văn phòng", Audience.COORDINATOR, "", administrator=True)
    secret = make_token(
        office.application.store,
        admin,
        "lan",
        name="Phần mềm báo cáo",
        allows=("reports:read",),
        expires_on=NOW.date(),
        at=NOW,
    )
    program = Program(office, secret)
    assert (program.get("/reports/cells").status_code, program.get("/plans").status_code) == (200, 403)
    office.clock.set(NOW + timedelta(days=1))
    assert program.get("/reports/cells").status_code == 401


def test_the_use_of_a_token_is_written_down(office: Site) -> None:
    let_in(office, "lan").get("/plans")
    with office.application.store.reading() as uow:
        assert [token.last_used_at for token in uow.tokens.of_person("lan")] == [NOW]


def test_a_token_may_be_used_for_its_scopes_only(office: Site) -> None:
    program = let_in(office, "lan", ["plans:read"])
    assert program.get("/plans").status_code == 200
    refused = program.get("/petitions")
    assert refused.status_code == 403
    assert "petitions:read" in refused.json()["detail"]
    assert program.post(f"{PLAN}/steps/collect/complete", DONE).status_code == 403


def test_a_token_that_asks_too_fast_is_told_when_to_come_back(office: Site) -> None:
    office.app.state.api.state.pace = Pace(per_minute=2)
    program = let_in(office)
    statuses = [program.get("/plans").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert program.get("/plans").headers["retry-after"] == "60"
    office.clock.set(NOW + timedelta(seconds=61))
    assert program.get("/plans").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("", "Không tìm thấy"),
        ("en", "Not found"),
        ("en-GB,vi;q=0.5", "Not found"),
        ("vi,en;q=0.5", "Không tìm thấy"),
        ("fr, en;q=0.2, vi;q=0.9", "Không tìm thấy"),
        ("en;q=x", "Không tìm thấy"),
    ],
)
def test_problems_are_told_in_the_language_that_is_wanted(office: Site, wanted: str, title: str) -> None:
    answer = let_in(office).ask("GET", "/plans/none", headers={"Accept-Language": wanted})
    assert (answer.status_code, answer.json()["title"]) == (404, title)


def test_everything_wrong_with_a_request_is_told_at_once_with_its_place(office: Site) -> None:
    answer = let_in(office).post(f"{PLAN}/steps/collect/complete", {"happened_on": "21/4/2026", "nonsense": 1})
    assert answer.status_code == 422
    assert [(each["in"], each["pointer"]) for each in answer.json()["errors"]] == [
        ("body", "#/happened_on"),
        ("body", "#/nonsense"),
    ]


def test_a_refusal_of_the_rules_names_the_field_that_it_is_about(office: Site) -> None:
    answer = let_in(office).post(f"{PLAN}/steps/collect/complete", {"happened_on": "2026-05-01"})
    assert answer.json()["type"] == "urn:doithoai:problem:happened_in_future"
    assert answer.json()["errors"][0]["pointer"] == "#/happened_on"


def test_a_number_is_no_day(office: Site) -> None:
    answer = let_in(office).get("/plans?due_since=20260421")
    assert answer.json()["errors"][0]["parameter"] == "due_since"


def test_a_body_that_is_too_large_is_refused(office: Site) -> None:
    answer = let_in(office).ask(
        "POST",
        f"{PLAN}/cancel",
        content=b'{"reason": "' + b"a" * 2_000_000 + b'"}',
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_what_cannot_be_done_at_an_address_is_a_problem_too(office: Site) -> None:
    answer = let_in(office).ask("DELETE", PLAN)
    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)


def test_pages_of_a_list_hold_everything_once_and_lead_to_each_other(office: Site) -> None:
    for _ in range(4):
        office.start()
    program, path, found = let_in(office), "/plans?limit=2", []
    while path:
        answer = program.get(path)
        found += [plan["plan"] for plan in answer.json()["items"]]
        links = {part.split('"')[1]: part.split("<")[1].split(">")[0] for part in answer.headers["link"].split(", ")}
        path = links.get("next", "").removeprefix("/api/v1")
    assert len(found) == len(set(found)) == answer.json()["total"] == 5
    assert links["prev"] == "/api/v1/plans?limit=2&offset=2"


def test_no_page_is_longer_than_200(office: Site) -> None:
    assert let_in(office).get("/plans?limit=201").status_code == 422


def test_the_same_request_under_the_same_key_is_carried_out_once_and_answered_the_same(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "một".encode().hex()}
    petition = {"text": "Xin sửa đường", "raised_when": "before_meeting", "name": "Ông A"}
    first, second = (program.post(f"{PLAN}/petitions", petition, headers=headers) for _ in range(2))
    assert (first.status_code, first.text) == (second.status_code, second.text) == (201, second.text)
    assert second.headers["idempotency-replayed"] == "true"
    assert first.headers["location"] == second.headers["location"]
    assert program.get("/petitions").json()["total"] == 1


def test_a_plan_started_twice_under_one_key_is_started_once(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "k"}
    plan = {"definition": SMALL, "started_on": "2026-04-20"}
    first, second = (program.post("/plans", plan, headers=headers) for _ in range(2))
    assert first.status_code == 201
    assert first.json() == second.json()
    assert program.get("/plans").json()["total"] == 2


SMALL = {
    "doithoai": 1,
    "title": "Đối thoại thử",
    "kind": "dialogue",
    "organization": "UBND xã Bắc Thanh Miện",
    "calendar": "office",
    "meeting": {"on": "2026-05-15"},
    "steps": [{"key": "hold_meeting", "kind": "hold_meeting", "name": "Hội nghị", "due": "meeting"}],
}


def test_a_key_belongs_to_one_request(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "k"}
    program.post(f"{PLAN}/steps/collect/complete", DONE, headers=headers)
    other = program.post(f"{PLAN}/steps/announce/complete", DONE, headers=headers)
    assert other.json()["type"] == "urn:doithoai:problem:key_reused"


def test_a_refused_request_does_not_use_its_key_up(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "k"}
    assert program.post(f"{PLAN}/steps/conclusion/complete", DONE, headers=headers).status_code == 422
    assert program.post(f"{PLAN}/steps/collect/complete", DONE, headers=headers).status_code == 200


def test_keys_of_other_tokens_are_other_keys(office: Site) -> None:
    headers = {"Idempotency-Key": "k"}
    petition = {"text": "Xin sửa đường", "raised_when": "before_meeting", "name": "Ông A"}
    for program in (let_in(office), let_in(office, "chu")):
        assert program.post(f"{PLAN}/petitions", petition, headers=headers).status_code == 201


def test_a_key_is_forgotten_after_a_day(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "k"}
    program.post(f"{PLAN}/steps/collect/complete", DONE, headers=headers)
    office.clock.set(NOW + timedelta(hours=25))
    again = program.post(f"{PLAN}/steps/collect/complete", DONE, headers=headers)
    assert again.status_code == 409


def test_a_change_by_others_to_the_same_thing_is_told_and_nothing_is_overwritten(office: Site) -> None:
    program = let_in(office)
    seen = program.get(PLAN).headers["etag"]
    office.do(PLAN.removeprefix("/plans/"), HandOver("collect", "Phòng Kinh tế", "Đổi việc"), actor="chu")
    body = {"owner": "Văn phòng", "reason": "Đổi người"}
    refused = program.post(f"{PLAN}/steps/collect/hand-over", body, headers={"If-Match": seen})
    assert refused.status_code == 412
    assert [change["actor"] for change in refused.json()["changes"]] == ["chu"]
    assert office.cycle(PLAN.removeprefix("/plans/")).steps["collect"].definition.owner == "Phòng Kinh tế"


def test_a_change_elsewhere_in_the_plan_stands_in_nobodys_way(office: Site) -> None:
    program = let_in(office)
    seen = program.get(PLAN).headers["etag"]
    office.do(PLAN.removeprefix("/plans/"), CompleteStep("collect"), actor="chu")
    body = {"owner": "Văn phòng", "reason": "Đổi người"}
    done = program.post(f"{PLAN}/steps/announce/hand-over", body, headers={"If-Match": seen})
    assert (done.status_code, done.json()["owner"]) == (200, "Văn phòng")
    assert done.headers["etag"] == f'"{done.json()["version"]}"'


def test_a_version_that_is_not_there_yet_matches_nothing(office: Site) -> None:
    answer = let_in(office).post(f"{PLAN}/steps/collect/complete", DONE, headers={"If-Match": '"999"'})
    assert answer.status_code == 412


def test_each_change_is_announced_once(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "k"}
    for _ in range(2):
        program.post(f"{PLAN}/steps/collect/complete", DONE, headers=headers)
    assert office.changes == 1


def test_repeats_at_the_same_time_are_carried_out_once(office: Site) -> None:
    program, headers = let_in(office), {"Idempotency-Key": "k"}
    petition = {"text": "Xin sửa đường", "raised_when": "before_meeting", "name": "Ông A"}
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(program.post, f"{PLAN}/petitions", petition, headers=headers) for _ in range(4)]
        answers = [each.result() for each in asked]
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert program.get("/petitions").json()["total"] == 1
