"""`doithoai report` and `doithoai export`: the numbers, and the files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ask, Call

ORG = "UBND xã An Bình"


@pytest.fixture
def plan(ask: Ask, call: Call, tmp_path: Path) -> str:
    """A dialogue of which one step was done in time."""
    file = str(tmp_path / "plan.yaml")
    made = call("template", "new", "dialogue", "--organization", ORG, "--meeting", "15/10/2025", "--out", file)
    assert made.code == 0, made.err
    started = str(ask("start", file, "--on", "01/09/2025")["plan"])
    assert call("done", started, "send_forms", "--on", "10/09/2025").code == 0
    assert call("petition", "add", started, "--text", "=1+1", "--by", "Hoa", "--on", "10/09/2025").code == 0
    return started


@pytest.mark.parametrize("by", ["unit", "kind", "month", "organization"])
def test_the_groups_of_a_report_add_up_to_its_total(ask: Ask, plan: str, by: str) -> None:
    found = ask("report", "--by", by)
    cells = [name for name in found["total"] if name not in ("group", "rate")]
    assert {name: sum(group[name] for group in found["groups"]) for name in cells} == {
        name: found["total"][name] for name in cells
    }
    steps = ask("show", plan)["steps"]
    assert sum(found["total"][name] for name in cells) == len(steps)


def test_a_report_is_of_a_period_with_its_last_day(ask: Ask, plan: str) -> None:
    day = next(step["due_on"] for step in ask("show", plan)["steps"] if step["key"] == "send_forms")
    assert ask("report", "--from", day, "--to", day)["total"]["done_on_time"] == 1
    assert ask("report", "--from", "2024-01-01", "--to", "2024-12-31")["groups"] == []


def test_a_report_is_a_table_for_people(call: Call, plan: str) -> None:
    said = call("report")
    assert (said.code, "Xong đúng hạn" in said.out, "Tổng số" in said.out) == (0, True, True)


def test_a_report_is_written_into_files(call: Call, plan: str, tmp_path: Path) -> None:
    sheet, text = tmp_path / "b.xlsx", tmp_path / "b.csv"
    assert call("report", "--xlsx", str(sheet), "--csv", str(text)).code == 0
    assert sheet.read_bytes().startswith(b"PK")
    assert "Đơn vị thực hiện" in text.read_text("utf-8-sig")


@pytest.mark.parametrize("what", ["plans", "steps", "petitions"])
def test_lists_are_written_whole(call: Call, plan: str, tmp_path: Path, what: str) -> None:
    file = tmp_path / f"{what}.csv"
    assert call("export", what, str(file)).code == 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert len(rows) > 1
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_a_history_is_of_one_plan(call: Call, plan: str, tmp_path: Path) -> None:
    file = str(tmp_path / "h.csv")
    assert "--plan" in call("export", "history", file).err
    assert call("export", "history", file, "--plan", plan).code == 0
    assert "Kế hoạch bắt đầu" in Path(file).read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", "--by", "day"), "organization"),
        (("report", "--from", "hôm qua"), "hôm qua"),
        (("export", "people", "a.csv"), "petitions"),
        (("export", "plans", "a.doc"), ".xlsx"),
        (("export", "plans", "no/such/folder/a.csv"), "a.csv"),
        (("export", "steps", "a.csv", "--plan", "none"), "none"),
        (("report", "--csv", "a.doc"), ".csv"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    call: Call, plan: str, words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call(*words)
    assert said.code == 2
    assert told in said.err
    assert said.err.count("\n") == 1
