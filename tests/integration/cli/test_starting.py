"""`doithoai template`: a plan file of a template, and what a plan keeps of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ask, Call

NEW = ("template", "new", "dialogue", "--organization", "UBND xã An Bình")


def test_every_template_is_listed_with_its_version_and_on_what_it_rests(ask: Ask, call: Call) -> None:
    listed = {each["name"]: each for each in ask("template", "list")}
    assert set(listed) == {"conference", "dialogue", "union", "workplace", "youth"}
    assert listed["dialogue"]["version"] == "dialogue@1"
    assert any("72/2025/QH15, Điều 43" in basis for basis in listed["dialogue"]["basis"])
    assert all(name in call("template", "list").out for name in listed)
    assert "# Nghị định 145/2020/NĐ-CP" in call("template", "show", "workplace").out


def test_a_plan_file_is_made_once_and_replaced_only_when_told_to(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    assert call(*NEW, "--meeting", "15/10/2027", "--at", "8h", "--out", str(out)).code == 0
    text = out.read_text(encoding="utf-8")
    assert 'meeting: {on: 2027-10-15, at: "08:00"}' in text
    again = call(*NEW, "--month", "11/2027", "--out", str(out))
    assert (again.code, "--force" in again.err, out.read_text(encoding="utf-8")) == (2, True, text)
    assert call(*NEW, "--month", "11/2027", "--out", str(out), "--force").code == 0
    assert "meeting: {month: 2027-11}" in out.read_text(encoding="utf-8")


def test_a_running_plan_keeps_its_own_steps_whatever_version_its_template_has(
    ask: Ask, call: Call, tmp_path: Path
) -> None:
    """The plan holds its whole definition; the template is a name in it, and one that is not shipped does as well."""
    text = call(*NEW, "--meeting", "15/10/2025").out
    shown = []
    for version in ("dialogue@1", "dialogue@999"):
        path = tmp_path / f"{version}.yaml"
        path.write_text(text.replace("dialogue@1", version), encoding="utf-8")
        shown.append(ask("start", str(path), "--on", "01/09/2025"))
    assert [each["template"] for each in shown] == ["dialogue@1", "dialogue@999"]
    assert shown[0]["steps"] == shown[1]["steps"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("template", "show", "hoi-nghi"), "conference, dialogue"),
        ((*NEW, "--meeting", "15/10/2027", "--month", "10/2027"), "--month"),
        ((*NEW, "--month", "10/2027", "--at", "08:00"), "--meeting"),
        ((*NEW, "--title", " "), "để trống"),
        (("template", "new", "dialogue", "--organization", "A\nB\x07"), "ký tự điều khiển"),
        ((*NEW, "--out", "khong-co/thu-muc/plan.yaml"), "khong-co"),
        (("template", "new", "dialogue"), "--organization"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(call: Call, words: tuple[str, ...], said: str) -> None:
    refused = call(*words)
    assert (refused.code, refused.out, refused.err.count("\n"), said in refused.err) == (2, "", 1, True), refused
