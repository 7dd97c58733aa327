"""A dialogue on the command line, from its template to its last answered petition."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ask, Call
from workflow.clock import SystemClock
from workflow.domain.zone import ZONE

BEFORE = (
    ("send_forms", "10/09/2025"),
    ("collect_forms", "15/09/2025"),
    ("classify_issues", "18/09/2025"),
    ("assign_answers", "19/09/2025"),
)
ORG = "UBND xã An Bình"


@pytest.fixture
def plan(ask: Ask, call: Call, tmp_path: Path) -> str:
    """A dialogue of the template, its meeting on 15 October 2025, begun on 1 September; with a chair."""
    file = str(tmp_path / "plan.yaml")
    made = call("template", "new", "dialogue", "--organization", ORG, "--meeting", "15/10/2025", "--out", file)
    assert made.code == 0, made.err
    assert call("user", "add", "Trần Văn Chủ", "--organization", ORG, "--role", "chair").code == 0
    return str(ask("start", file, "--on", "01/09/2025")["plan"])


def petition(ask: Ask, plan: str, text: str, lead: str, on: str, *more: str) -> str:
    words = ("petition", "add", plan, "--text", text, "--by", "Lê Thị Hoa", "--lead", lead, "--on", on)
    return str(ask(*words, *more)["petition"])


def done(call: Call, plan: str, step: str, on: str, *more: str) -> None:
    said = call("done", plan, step, "--on", on, *more)
    assert said.code == 0, said.err


def standings(ask: Ask, plan: str) -> dict[str, str]:
    return {step["key"]: step["standing"] for step in ask("show", plan)["steps"]}


def test_a_dialogue_lives_from_its_template_to_its_last_answer(ask: Ask, call: Call, plan: str) -> None:
    assert ask("show", plan)["template"] == "dialogue@1"
    roads = petition(ask, plan, "Sửa đường thôn Đông", "Phòng Kinh tế", "10/09/2025")
    school = petition(ask, plan, "Xây thêm phòng học", "Phòng Văn hóa - Xã hội", "10/09/2025")
    again = petition(ask, plan, "Đường thôn Đông hỏng", "Phòng Kinh tế", "11/09/2025")
    assert [roads, school, again] == ["p1", "p2", "p3"]
    assert call("petition", "merge", plan, again, "--into", roads).code == 0
    for step, day in BEFORE:
        done(call, plan, step, day)
    shown = {step["key"]: step for step in ask("show", plan)["steps"]}
    parts = shown["draft_answers"]["parts"]
    assert parts == ["draft_answers.phong-kinh-te", "draft_answers.phong-van-hoa-xa-hoi"]
    for part in parts:
        done(call, plan, part, "30/09/2025")
    for step, day in (("announce_meeting", "03/10"), ("answer_report", "07/10"), ("invite_delegates", "08/10")):
        done(call, plan, step, f"{day}/2025")
    done(call, plan, "hold_meeting", "15/10/2025")
    lights = petition(ask, plan, "Thêm đèn đường", "Phòng Kinh tế", "15/10/2025", "--when", "at_meeting")
    done(call, plan, "publish_result", "20/10/2025")
    conclude(ask, call, plan)
    answer_all(ask, call, plan, roads, school, lights)
    done(call, plan, "report_up", "18/11/2025")
    end(ask, call, plan)


def conclude(ask: Ask, call: Call, plan: str) -> None:
    """The conclusion is given more time, lawfully, and issued within it."""
    words = ("extend", plan, "issue_conclusion", "--reason", "vượt thẩm quyền", "--words", "cần ý kiến của sở")
    approved = ("--approved-by", "Trần Văn Chủ", "--on", "20/10/2025")
    longer = ask(*words, *approved, "--preview")
    assert longer["applied"] is False
    moved = {change["step"]: (change["old_on"], change["new_on"]) for change in longer["changes"]}
    assert moved["issue_conclusion"] == ("2025-10-29", "2025-11-05")
    assert ask(*words, *approved)["applied"] is True
    done(call, plan, "issue_conclusion", "31/10/2025", "--document", "12/TB-UBND")
    assert standings(ask, plan)["issue_conclusion"] == "done_on_time"


def answer_all(ask: Ask, call: Call, plan: str, roads: str, school: str, lights: str) -> None:
    """Each petition is answered under its own clock; one of them is passed on."""
    shown = {step["key"]: step for step in ask("show", plan)["steps"]}
    assert shown["answer_petitions"]["parts"] == [f"answer_petitions.{each}" for each in (roads, school, lights)]
    passed = ask(
        *("petition", "transfer", plan, school, "--to", "Sở Giáo dục và Đào tạo"),
        *("--reason", "vượt thẩm quyền", "--on", "03/11/2025"),
    )
    limits = [(each["old_on"], each["new_on"]) for each in passed["changes"] if each["step"].endswith(school)]
    assert limits == [("2025-11-11", "2025-11-12")]
    written = ("--result", "settled", "--document", "21/UBND")
    assert call("petition", "answer", plan, roads, *written, "--on", "05/11/2025", "--told", "06/11/2025").code == 0
    assert call("petition", "answer", plan, lights, *written, "--on", "06/11/2025").code == 0
    assert [each["petition"] for each in ask("petition", "list", plan, "--open")] == [school]
    referred = ("--result", "referred", "--document", "77/SGDĐT", "--on", "12/11/2025", "--summary", "đã vào kế hoạch")
    assert call("petition", "answer", plan, school, *referred).code == 0
    assert call("petition", "tell", plan, school, "--on", "13/11/2025").code == 0


def end(ask: Ask, call: Call, plan: str) -> None:
    """The plan has ended, its log tells it all and can be verified."""
    shown = ask("show", plan)
    assert shown["status"] == "completed"
    assert {step["standing"] for step in shown["steps"]} <= {"done_on_time", "done_no_limit", "skipped"}
    petitions = {each["petition"]: each for each in shown["petitions"]}
    assert (petitions["p3"]["duplicate_of"], petitions["p2"]["told_on"]) == ("p1", "2025-11-13")
    told = [each["event"] for each in ask("history", plan)]
    assert told[0] == "plan_started"
    assert {"petition_merged", "deadline_extended", "petition_transferred", "petitioner_told"} <= set(told)
    assert told[-1] == "plan_completed"
    assert ask("verify")["ok"] is True
    page = call("show", plan).out
    assert "đã kéo dài hạn, lý do: vượt thẩm quyền; cần ý kiến của sở" in page
    assert "vượt thẩm quyền, đã chuyển (12/11/2025)" in page


def test_the_plan_is_shown_as_it_was_known_on_a_past_day(ask: Ask, call: Call, plan: str) -> None:
    early = call("show", plan, "--as-of", "01/01/2020")
    assert (early.code, "chưa được ghi vào hệ thống" in early.err) == (2, True)
    late = call("show", plan, "--as-of", "31/12/2999")
    assert (late.code, "chưa tới" in late.err) == (2, True)
    today = f"{SystemClock().now().astimezone(ZONE):%d/%m/%Y}"
    assert ask("show", plan, "--as-of", today) == ask("show", plan)
