"""`doithoai ladder`: ladders as data, for each kind of plan and for a plan that runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ask, Call

S3 = "examples/s3-bac-thanh-mien-2026.yaml"
OWN = """\
[[rung]]
name = "early"
base = "before_due"
working_days = 5
to = ["owner", "head"]

[[rung]]
name = "late"
base = "after_due"
working_days = 0
to = ["coordinator"]
repeat_every = 1
reassign_to = "Văn phòng"
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The file of a ladder of one's own."""
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def test_without_a_ladder_of_its_own_a_kind_has_the_shipped_one(ask: Ask, call: Call) -> None:
    none_yet = call("ladder", "show")
    assert (none_yet.code, "Không có dữ liệu" in none_yet.err) == (2, True)  # to read makes nothing
    call("migrate")
    shown = ask("ladder", "show", "union")
    assert shown["own"] is False
    assert [rung["name"] for rung in shown["rungs"]][:3] == ["opened", "warn_3", "warn_1"]
    assert "bậc thang có sẵn" in call("ladder", "show").out


def test_plans_that_start_later_climb_the_ladder_set_and_running_ones_their_own(ask: Ask, call: Call, own: str) -> None:
    before = ask("start", S3, "--on", "2026-04-06")["plan"]
    assert call("ladder", "set", "dialogue", own).code == 0
    after = ask("start", S3, "--on", "2026-04-06")["plan"]
    assert [rung["name"] for rung in ask("ladder", "show", "--plan", after)["rungs"]] == ["early", "late"]
    assert len(ask("ladder", "show", "--plan", before)["rungs"]) == 7
    assert [rung["name"] for rung in ask("ladder", "apply", before)["rungs"]] == ["early", "late"]
    assert call("ladder", "reset", "dialogue").code == 0
    assert ask("ladder", "show", "dialogue")["own"] is False
    assert len(ask("ladder", "apply", after)["rungs"]) == 7
    assert "ladder_adopted" in [each["event"] for each in ask("history", after)]


def test_a_ladder_is_printed_as_the_file_that_it_can_be_set_from(call: Call, own: str) -> None:
    call("ladder", "set", "workplace", own)
    assert call("ladder", "show", "workplace", "--toml").out == OWN
    assert "mỗi 1 ngày làm việc" in call("ladder", "show", "workplace").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "hội-nghị"), "dialogue, conference, union, workplace"),
        (("set", "dialogue", "khong-co.toml"), "khong-co.toml"),
        (("set", "dialogue", "README.md"), "README.md"),
        (("set", "x", "README.md"), "«x»"),
        (("apply", "khong-co"), "khong-co"),
    ],
)
def test_what_cannot_be_set_is_one_sentence(ask: Ask, call: Call, words: tuple[str, ...], said: str) -> None:
    ask("start", S3, "--on", "2026-04-06")
    refused = call("ladder", *words)
    assert (refused.code, refused.out, refused.err.count("\n"), said in refused.err) == (2, "", 1, True), refused
