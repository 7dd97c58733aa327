"""What each operation does: its effect is read back through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.web.api.conftest import PLAN, Program, let_in
from tests.integration.web.api.test_asking import SMALL
from tests.integration.web.conftest import NOW, Site
from workflow.ports import Notice, NoticeStatus

PETITION = {"text": "Xin sửa đường", "raised_when": "before_meeting", "name": "Ông A"}


@pytest.fixture
def program(office: Site) -> Program:
    """A program of the coordinator's."""
    return let_in(office)


def _done(program: Program, path: str, body: Any = None) -> dict[str, Any]:
    answer = program.post(PLAN + path, body)
    assert answer.status_code in (200, 201), answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_the_meeting_is_set_and_postponed(program: Program) -> None:
    told = _done(program, "/meeting", {"on": "2026-05-15", "at": "08:00", "place": "Nhà văn hóa"})
    assert (told["meeting_on"], told["meeting_at"], told["meeting_place"]) == ("2026-05-15", "08:00", "Nhà văn hóa")
    told = _done(program, "/meeting/postpone", {"reason": "Mưa bão", "month": "2026-06"})
    assert (told["meeting_on"], told["meeting_month"]) == (None, "2026-06")


def test_a_plan_is_called_off(program: Program) -> None:
    assert _done(program, "/cancel", {"reason": "Không tổ chức nữa"})["status"] == "cancelled"
    again = program.post(f"{PLAN}/cancel", {"reason": "Lần nữa"})
    assert (again.status_code, again.json()["type"]) == (409, "urn:doithoai:problem:plan_not_running")


def test_a_plan_file_with_problems_is_refused_with_their_lines(program: Program) -> None:
    answer = program.post("/plans", {"yaml": "doithoai: 1\ntitle: Thử\nkind: party\n"})
    assert answer.status_code == 422
    assert 3 in [each["line"] for each in answer.json()["errors"]]


@pytest.mark.parametrize("body", [{}, {"yaml": "doithoai: 1", "definition": {}}])
def test_a_plan_comes_as_one_of_the_two(program: Program, body: dict[str, Any]) -> None:
    assert program.post("/plans", body).json()["type"] == "urn:doithoai:problem:definition_missing"


def test_a_plan_of_another_organization_is_not_started(program: Program) -> None:
    elsewhere = SMALL | {"organization": "UBND xã Khác"}
    assert program.post("/plans", {"definition": elsewhere}).status_code == 403


def test_a_steps_end_is_recorded_corrected_and_taken_back(program: Program) -> None:
    step = "/steps/collect"
    assert _done(program, f"{step}/complete", {"happened_on": "2026-04-21"})["standing"] == "done_on_time"
    told = _done(program, f"{step}/correct", {"reason": "Nhầm ngày", "happened_on": "2026-04-20"})
    assert told["completion"]["happened_at"].startswith("2026-04-20")
    assert _done(program, f"{step}/reopen", {"reason": "Chưa xong"})["status"] == "open"


def test_a_step_is_handed_over_and_left_out(program: Program) -> None:
    told = _done(program, "/steps/announce/hand-over", {"owner": "Văn phòng", "reason": "Đổi việc"})
    assert told["owner"] == "Văn phòng"
    assert _done(program, "/steps/announce/skip", {"reason": "Không cần"})["skipped"] == "Không cần"


def test_seen_and_later_are_noted(program: Program) -> None:
    assert _done(program, "/steps/collect/acknowledge")["acknowledged"]
    assert _done(program, "/steps/collect/snooze", {"until": "2026-04-24"})["snoozed_until"] == "2026-04-24"


def _with_a_period(program: Program, office: Site) -> str:
    """A running plan whose conclusion, open now, is due 10 working days after the meeting of today; its path."""
    steps = [
        {"key": "hold_meeting", "kind": "hold_meeting", "name": "Hội nghị", "due": "meeting"},
        {
            "key": "issue_conclusion",
            "kind": "issue_conclusion",
            "name": "Kết luận",
            "owner": "Văn phòng",
            "after": ["hold_meeting"],
            "due": "10 ngày làm việc sau hold_meeting",
            "extend": "không quá 15 ngày làm việc sau hold_meeting",
        },
    ]
    definition = SMALL | {"meeting": {"on": "2026-04-22"}, "steps": steps}
    plan = program.post("/plans", {"definition": definition, "started_on": "2026-04-20"}).json()["plan"]
    assert program.post(f"/plans/{plan}/steps/hold_meeting/complete", {}).status_code == 200
    office.clock.set(NOW + timedelta(days=2))
    return f"/plans/{plan}/steps/issue_conclusion"


def test_a_limit_is_extended_once_by_the_chair(program: Program, office: Site) -> None:
    step = _with_a_period(program, office)
    first = program.get(step).json()["due_on"]
    body = {"reason": "Việc phức tạp", "words": "Cần xác minh", "approved_by": "Phạm Văn Chủ"}
    told = program.post(f"{step}/extend", body).json()
    assert told["due_on"] > first
    assert told["extended"]["approved_by"] == "Phạm Văn Chủ"
    revisions = program.get(f"{step}/deadline").json()["revisions"]
    assert [each["due_on"] for each in revisions][-2:] == [first, told["due_on"]]
    refused = program.post(f"{step}/extend", body | {"approved_by": "Không Ai"})
    assert refused.status_code in (409, 422)


def test_a_clock_is_stopped_and_runs_again(program: Program, office: Site) -> None:
    step = _with_a_period(program, office)
    stopped = program.post(f"{step}/stop", {"reason": "Chờ cấp trên"}).json()
    assert (stopped["due_on"], stopped["stops"][0]["until"]) == (None, None)
    office.clock.set(NOW + timedelta(days=6))
    again = program.post(f"{step}/restart", {}).json()
    assert again["due_on"] is not None
    assert again["stops"][0]["until"] is not None


def test_a_petition_goes_its_way(program: Program) -> None:
    for text in ("Xin sửa đường", "Sửa đường giúp dân", "Xin đèn"):
        _done(program, "/petitions", PETITION | {"text": text})
    told = _done(
        program, "/petitions/p1/classify", {"topic": "Giao thông", "authority": "commune", "lead": "Văn phòng"}
    )
    assert (told["topic"], told["lead"]) == ("Giao thông", "Văn phòng")
    assert _done(program, "/petitions/p2/merge", {"duplicate_of": "p1"})["duplicate_of"] == "p1"
    moved = _done(program, "/petitions/p3/transfer", {"authority": "city", "lead": "Sở Xây dựng", "reason": "Vượt cấp"})
    assert (moved["authority"], moved["lead"]) == ("city", "Sở Xây dựng")
    answer = {"where": "in_writing", "result": "settled", "answered_on": "2026-04-22", "document_number": "9/UBND"}
    assert _done(program, "/petitions/p1/answer", answer)["answer"]["document_number"] == "9/UBND"
    assert _done(program, "/petitions/p1/tell", {"told_on": "2026-04-22"})["told_on"] == "2026-04-22"
    still = program.get("/petitions?is_open=true").json()["items"]
    assert [each["petition"] for each in still] == ["p3"]


def test_how_to_reach_a_petitioner_is_never_told(program: Program) -> None:
    program.post(f"{PLAN}/petitions", PETITION | {"contact": "an@example.invalid"})
    for path in (f"{PLAN}/petitions/p1", "/petitions"):
        assert "an@example.invalid" not in program.get(path).text


def test_a_petition_that_is_not_there_is_not_found(program: Program) -> None:
    assert program.get(f"{PLAN}/petitions/p9").json()["type"] == "urn:doithoai:problem:petition_absent"
    assert program.post(f"{PLAN}/petitions/p9/tell", {"told_on": "2026-04-22"}).status_code == 404


def test_a_notice_that_was_given_up_is_tried_again(program: Program, office: Site) -> None:
    key = "ubnd-xa-bac-thanh-mien-2026/collect/1/warn_3/minh/email"
    notice = Notice(
        key, PLAN.removeprefix("/plans/"), "collect", 1, "warn_3", "minh", "Minh", "minh@example.invalid", "email", NOW,
        NoticeStatus.DEAD, reason="Hộp thư đầy",
    )  # fmt: skip
    with office.application.store() as uow:
        uow.outbox.add([notice])
        uow.commit()
    listed = program.get("/notices?status=dead").json()
    assert [(each["key"], each["reason"]) for each in listed["items"]] == [(key, "Hộp thư đầy")]
    assert "minh@example.invalid" not in str(listed)
    for _ in range(2):
        tried = program.post("/notices/retry", {"key": key}, headers={"Idempotency-Key": "k"})
        assert [each["status"] for each in tried.json()["tried"]] == ["pending"]
    assert program.post("/notices/retry", {"key": key}).status_code == 409


def test_the_rows_behind_each_number_of_the_report_are_as_many_as_it_says(program: Program) -> None:
    _done(program, "/steps/collect/complete", {"happened_on": "2026-04-21"})
    cells = program.get("/reports/cells").json()["cells"]
    for cell, count in cells.items():
        assert program.get(f"/steps?leaves=true&cell={cell}").json()["total"] == count
    assert cells["done_on_time"] == 1
    lines = program.get("/reports/on-time?by=kind").json()["lines"]
    assert {line["group"]: line["rate"] for line in lines}["collect_forms"] == 1.0


DECISION = """
form = "Công văn"
number = "99/VPCP-KGVX"
issuer = "Văn phòng Chính phủ"
issued_on = 2026-04-10
settles = "Hoán đổi một ngày làm việc tháng 4/2026"
confidence = "secondary"
sources = ["Cổng Xây dựng chính sách"]

[[swap]]
off = 2026-04-28
worked = 2026-05-23
"""


def test_a_decision_is_previewed_within_the_scope_and_nothing_is_adopted(program: Program, office: Site) -> None:
    step = _with_a_period(program, office)
    before = program.get(step).json()["due_on"]
    told = program.post("/calendars/adoption-preview", {"notice": DECISION}).json()
    assert [(day["old"]["working"], day["new"]["working"]) for day in told["days"]] == [(True, False), (False, True)]
    assert [change["step"] for plan in told["plans"] for change in plan["changes"]] == ["issue_conclusion"]
    assert program.get(step).json()["due_on"] == before
    assert let_in(office, "xa").post("/calendars/adoption-preview", {"notice": DECISION}).json()["plans"] == []


def test_a_decision_that_cannot_be_read_is_refused(program: Program) -> None:
    refused = program.post("/calendars/adoption-preview", {"notice": DECISION + "x"})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:doithoai:problem:notice_error")


def test_the_calendar_of_a_year_is_told_in_the_language_that_is_wanted(program: Program) -> None:
    for language, name in (("vi", "Tết Dương lịch"), ("en", "New Year")):
        answer = program.ask("GET", "/calendars/office/years/2026", headers={"Accept-Language": language})
        assert name in answer.json()["days"][0]["name"]
    assert program.get("/calendars/office/years/2200").status_code == 404
    assert program.get("/calendars/office/days?since=2026-01-01&until=2028-01-01").status_code == 422


def test_what_if_tells_the_longer_limit_too(program: Program) -> None:
    wording = "trong 10 ngày làm việc sau hội nghị, có thể kéo dài nhưng không quá 15 ngày làm việc"
    told = program.get(f"/deadlines/due?wording={wording}&event_on=2026-04-24").json()
    assert told["limit"]["due_on"] < told["extended"]["due_on"]
    assert [day["ordinal"] for day in told["limit"]["trace"] if day["counts"]] == list(range(1, 11))
    assert program.get("/deadlines/due?wording=bao giờ cũng được").status_code == 422
