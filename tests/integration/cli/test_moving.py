"""The commands that move limits and owners: each lists old and new, a preview writes nothing, a refusal is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ask, Call

PLAN = """\
doithoai: 1
title: Hội nghị viên chức
kind: conference
organization: Trường An Bình
meeting: {month: 2099-05}
steps:
  - {key: report, kind: synthesize_report, name: Báo cáo, owner: Văn phòng, due: 05 ngày làm việc sau start}
  - {key: check_report, kind: other, name: Thẩm tra báo cáo, owner: Công đoàn, after: [report], due: 3 ngày làm việc sau report}
  - {key: groups, kind: hold_meeting, name: Họp tổ, owner: Tổ 1, for_each: unit, due: trước ngày 30/9/2025, quorum: 2/3}
  - {key: hold_meeting, kind: hold_meeting, name: Hội nghị, owner: Hiệu trưởng, after: [groups], quorum: 2/3}
  - {key: resolution, kind: issue_conclusion, name: Nghị quyết, owner: Công đoàn, after: [hold_meeting],
     due: 10 ngày sau hold_meeting, extend: 15 ngày sau hold_meeting, extend_reasons: [phức tạp], majority: 50%}
"""
REASON = ("--reason", "có lý do")


@pytest.fixture
def plan(ask: Ask, tmp_path: Path) -> str:
    """A conference begun on 1 September 2025."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.replace("{month: 2099-05}", "{month: 2027-12}"), encoding="utf-8")
    return str(ask("start", str(path), "--on", "01/09/2025")["plan"])


def step(ask: Ask, plan: str, key: str) -> dict[str, object]:
    """A step as `show` tells it."""
    found: dict[str, object] = next(each for each in ask("show", plan)["steps"] if each["key"] == key)
    return found


def refused(call: Call, *words: str) -> str:
    """The one sentence of a command that must be refused."""
    said = call(*words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1), said
    return said.err


def test_a_stopped_clock_runs_on_by_the_time_it_stood(ask: Ask, call: Call, plan: str) -> None:
    assert step(ask, plan, "report")["due_on"] == "2025-09-09"
    stopped = ask("stop", plan, "report", *REASON, "--on", "04/09/2025")
    assert ("2025-09-09", None) in [(each["old_on"], each["new_on"]) for each in stopped["changes"]]
    assert "thời hạn dừng từ 04/09/2025, lý do: có lý do" in call("show", plan).out
    ask("restart", plan, "report", "--on", "08/09/2025")
    assert step(ask, plan, "report")["due_on"] == "2025-09-11"
    assert "đang không dừng" in refused(call, "restart", plan, "report")


def test_what_was_recorded_wrongly_is_corrected_and_the_log_keeps_both(ask: Ask, call: Call, plan: str) -> None:
    assert call("done", plan, "report", "--on", "08/09/2025").code == 0
    moved = ask("correct", plan, "report", *REASON, "--on", "10/09/2025")
    assert ("2025-09-11", "2025-09-15") in [(each["old_on"], each["new_on"]) for each in moved["changes"]]
    assert step(ask, plan, "report")["standing"] == "done_late"
    told = [each["event"] for each in ask("history", plan, "--step", "report")]
    assert [each for each in told if "comple" in each] == ["step_completed", "completion_corrected"]
    assert "chưa được ghi nhận hoàn thành" in refused(call, "correct", plan, "check_report", *REASON)


def test_a_step_is_left_out_and_taken_back(ask: Ask, call: Call, plan: str) -> None:
    ask("skip", plan, "report", *REASON)
    assert step(ask, plan, "report")["skipped"] == "có lý do"
    assert "không áp dụng, lý do: có lý do" in call("show", plan).out
    ask("reopen", plan, "report", *REASON)
    assert step(ask, plan, "report")["standing"] == "running_overdue"
    assert "hủy kế hoạch" in refused(call, "skip", plan, "hold_meeting", *REASON)


def test_a_preview_lists_old_and_new_and_writes_nothing(ask: Ask, call: Call, plan: str) -> None:
    version = ask("show", plan)["version"]
    for words in (
        ("skip", plan, "report", *REASON),
        ("meeting", plan, "15/10/2027"),
        ("postpone", plan, *REASON, "--month", "11/2027"),
        ("stop", plan, "report", *REASON, "--on", "04/09/2025"),
    ):
        assert ask(*words, "--preview")["applied"] is False
    assert "Chưa ghi gì" in call("skip", plan, "report", *REASON, "--preview").out
    assert ask("show", plan)["version"] == version


def test_a_meeting_is_set_and_postponed(ask: Ask, call: Call, plan: str) -> None:
    ask("meeting", plan, "15/10/2027", "08:00", "--place", "Hội trường")
    assert step(ask, plan, "resolution")["due_on"] == "2027-10-25"
    ask("postpone", plan, *REASON, "--month", "2027-11")
    shown = ask("show", plan)
    assert (shown["meeting_on"], shown["meeting_month"]) == (None, "2027-11")
    assert "Tháng họp" in refused(call, "postpone", plan, *REASON, "--month", "01/2020")
    assert "«mai»" in refused(call, "postpone", plan, *REASON, "--month", "mai")


def test_a_step_is_given_to_others_and_shared_among_units(ask: Ask, call: Call, plan: str) -> None:
    ask("hand-over", plan, "report", "--to", "Phòng Tổng hợp", *REASON)
    assert step(ask, plan, "report")["owner"] == "Phòng Tổng hợp"
    ask("share", plan, "groups", "--units", "Tổ 1", "--units", "Tổ 2")
    assert step(ask, plan, "groups")["parts"] == ["groups.to-1", "groups.to-2"]
    assert "groups.to-1" in refused(call, "done", plan, "groups") or "Họp tổ" in refused(call, "done", plan, "groups")
    assert "tách theo cơ quan" in refused(call, "share", plan, "report", "--units", "A")


def test_quorum_and_majority_are_asked_for_and_checked(ask: Ask, call: Call, plan: str) -> None:
    on = ("--on", "25/09/2025")
    assert "số người được triệu tập" in refused(call, "done", plan, "groups", *on)
    assert "--summoned" in refused(call, "done", plan, "groups", *on, "--present", "9")
    short = refused(call, "done", plan, "groups", *on, "--summoned", "30", "--present", "19")
    assert "19/30" in short
    assert "2/3" in short
    assert call("done", plan, "groups", *on, "--summoned", "30", "--present", "20").code == 0
    assert call("done", plan, "hold_meeting", *on, "--summoned", "30", "--present", "20").code == 0
    half = ("--summoned", "30", "--present", "20", "--in-favour")
    assert "10/20" in refused(call, "done", plan, "resolution", *on, *half, "10")
    assert call("done", plan, "resolution", *on, *half, "11").code == 0
    assert step(ask, plan, "resolution")["tally"] == {"summoned": 30, "present": 20, "in_favour": 11}
    assert "có mặt 20/30, tán thành 11" in call("history", plan).out


def test_seen_and_later_stop_the_repeats(ask: Ask, call: Call, plan: str) -> None:
    ask("ack", plan, "report")
    assert step(ask, plan, "report")["acknowledged"] is True
    assert "đã rõ" in call("show", plan).out
    ask("snooze", plan, "report", "--until", "01/12/2027")
    assert step(ask, plan, "report")["snoozed_until"] == "2027-12-01"
    assert "phải ở sau hôm nay" in refused(call, "snooze", plan, "report", "--until", "01/12/2025")


def test_an_extension_is_refused_by_the_rule_that_refuses(call: Call, plan: str) -> None:
    words = ("--reason", "phức tạp", "--approved-by", "Ai đó")
    assert "chưa có người chủ trì" in refused(call, "extend", plan, "resolution", *words)
    call("user", "add", "Ai đó", "--organization", "Trường An Bình", "--role", "chair")
    assert "không cho kéo dài" in refused(call, "extend", plan, "report", *words)
    assert "còn là dự kiến" in refused(call, "extend", plan, "resolution", *words)
    on = ("--on", "25/09/2025", "--summoned", "3", "--present", "3")
    assert call("done", plan, "groups", *on).code == 0
    assert call("done", plan, "hold_meeting", *on).code == 0
    in_time = ("--on", "01/10/2025")
    assert "phức tạp" in refused(call, "extend", plan, "resolution", "--reason", "bận", *words[2:], *in_time)
    assert "không phải người chủ trì" in refused(
        call, "extend", plan, "resolution", *words[:2], "--approved-by", "Khác", *in_time
    )
    assert "đến 15" in refused(call, "extend", plan, "resolution", *words, *in_time, "--days", "16")
    assert "đã hết ngày" in refused(call, "extend", plan, "resolution", *words)
    assert call("extend", plan, "resolution", *words, *in_time, "--days", "12").code == 0
    assert "chỉ được kéo dài một lần" in refused(call, "extend", plan, "resolution", *words, *in_time)


def test_a_longer_limit_is_asked_for_and_declined(ask: Ask, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "asking.yaml"
    steps = "{key: a, kind: other, name: Việc, due: 9 ngày làm việc sau start, extend: 12 ngày làm việc sau start}"
    path.write_text(f"doithoai: 1\ntitle: A\nkind: union\norganization: B\nsteps:\n  - {steps}\n", encoding="utf-8")
    plan = str(ask("start", str(path))["plan"])
    assert "không có đề nghị" in refused(call, "decline-extension", plan, "a", *REASON)
    ask("ask-extension", plan, "a", *REASON, "--words", "chờ số liệu", "--days", "11")
    assert step(ask, plan, "a")["asked"] == {"reason": "có lý do", "words": "chờ số liệu", "n": 11}
    assert "đang đề nghị kéo dài hạn" in call("show", plan).out
    ask("decline-extension", plan, "a", *REASON)
    assert step(ask, plan, "a")["asked"] is None


@pytest.mark.parametrize("command", ["stop", "skip", "reopen", "correct", "postpone"])
def test_a_reason_is_asked_for(call: Call, plan: str, command: str) -> None:
    words = (command, plan) if command == "postpone" else (command, plan, "report")
    assert "--reason" in refused(call, *words)
