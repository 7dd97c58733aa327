"""`doithoai petition`: what it keeps, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ask, Call

PLAN = """\
doithoai: 1
title: Đối thoại
kind: dialogue
organization: UBND xã An Bình
steps:
  - {key: hold_meeting, kind: hold_meeting, name: Hội nghị, owner: Chủ tịch, due: trước ngày 30/9/2025}
  - {key: answers, kind: answer_issues, name: Trả lời, owner: Văn phòng, after: [hold_meeting], for_each: open_petition,
     due: 07 ngày làm việc sau hold_meeting}
"""
ROADS = ("--text", "Sửa đường", "--by", "Lê Thị Hoa", "--unit", "Thôn Đông", "--on", "15/09/2025")


@pytest.fixture
def plan(ask: Ask, tmp_path: Path) -> str:
    """A dialogue begun on 1 September 2025."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return str(ask("start", str(path), "--on", "01/09/2025")["plan"])


def refused(call: Call, *words: str) -> str:
    said = call(*words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1), said
    return said.err


def test_a_petition_keeps_what_is_said_of_it(ask: Ask, call: Call, plan: str) -> None:
    kept = ask("petition", "add", plan, *ROADS, "--contact", "hoa@example.org", "--topic", "Giao thông")
    assert kept["petitioner"] == {
        "name": "Lê Thị Hoa",
        "unit": "Thôn Đông",
        "contact": "hoa@example.org",
        "anonymous": False,
    }
    ask("petition", "classify", plan, "p1", "--authority", "commune", "--lead", "Phòng Kinh tế")
    shown = ask("petition", "show", plan, "p1")
    assert [shown[key] for key in ("topic", "authority", "lead")] == ["Giao thông", "commune", "Phòng Kinh tế"]
    page = call("petition", "show", plan, "p1").out
    for said in ("Sửa đường", "Lê Thị Hoa, Thôn Đông", "15/09/2025, trước hội nghị", "cấp xã", "chưa trả lời"):
        assert said in page


def test_who_asks_not_to_be_named_is_not(ask: Ask, call: Call, plan: str) -> None:
    ask("petition", "add", plan, "--text", "Ý kiến kín", "--anonymous", "--unit", "Thôn Tây")
    assert "không nêu tên (Thôn Tây)" in call("petition", "list", plan).out
    assert "đã chọn không nêu tên" in refused(call, "petition", "add", plan, *ROADS, "--anonymous")


def test_a_text_that_nobody_would_read_is_refused(call: Call, plan: str) -> None:
    assert "10000 ký tự" in refused(call, "petition", "add", plan, "--text", "x" * 10_001, "--by", "A")


def test_a_list_without_petitions_says_so(call: Call, plan: str) -> None:
    assert call("petition", "list", plan).out == "Không có kiến nghị nào.\n"


def test_an_answer_ends_the_part_that_owed_it(ask: Ask, call: Call, plan: str) -> None:
    ask("petition", "add", plan, *ROADS)
    assert call("done", plan, "hold_meeting", "--on", "20/09/2025").code == 0
    assert "doithoai petition answer" in refused(call, "done", plan, "answers.p1")
    assert "phải ghi số văn bản" in refused(call, "petition", "answer", plan, "p1", "--result", "settled")
    ask("petition", "answer", plan, "p1", "--result", "explained", "--at-meeting", "--on", "20/09/2025")
    assert ask("show", plan)["status"] == "completed"
    assert "đã giải trình (20/09/2025)" in call("petition", "list", plan).out


def test_a_file_given_with_an_answer_is_kept(ask: Ask, call: Call, plan: str, tmp_path: Path) -> None:
    ask("petition", "add", plan, *ROADS)
    call("done", plan, "hold_meeting", "--on", "20/09/2025")
    paper = tmp_path / "tra-loi.pdf"
    paper.write_bytes(b"x")
    written = ("--document", "1/UBND", "--on", "22/09/2025", "--file", str(paper))
    refused(call, "petition", "answer", plan, "p1", "--result", "settled", *written, "--on", "01/09/2025")
    assert list(tmp_path.glob("data/proofs/*")) == []
    assert call("petition", "answer", plan, "p1", "--result", "settled", *written).code == 0
    assert ask("petition", "show", plan, "p1")["answer"]["file"].endswith("-tra-loi.pdf")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "p9"), "«p9»"),
        (("classify", "p9"), "«p9»"),
        (("merge", "p1", "--into", "p1"), "trùng với chính nó"),
        (("answer", "p1", "--result", "xong"), "settled, in_progress, explained, referred"),
        (("tell", "p1"), "chưa được trả lời"),
        (("transfer", "p1", "--to", "Sở", "--reason", "x", "--authority", "tỉnh"), "commune, city, other"),
        (("transfer", "p1", "--to", "Sở", "--reason", " "), "lý do"),
    ],
)
def test_what_cannot_be_is_one_sentence(ask: Ask, call: Call, plan: str, words: tuple[str, ...], said: str) -> None:
    ask("petition", "add", plan, *ROADS)
    command, *rest = words
    assert said in refused(call, "petition", command, plan, *rest)
