"""The command line as its users meet it: what it answers, how it refuses, with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Doithoai

S3 = "examples/s3-bac-thanh-mien-2026.yaml"
HEAD = "doithoai: 1\ntitle: A\nkind: dialogue\norganization: B\nsteps:\n"
Ask = Callable[..., Any]


@pytest.fixture
def plan(answer: Ask) -> str:
    """The plan of S3, started on 6 April 2026."""
    return str(answer("start", S3, "--on", "2026-04-06")["plan"])


def test_a_plan_lives_from_its_file_to_its_audit(answer: Ask, doithoai: Doithoai, plan: str, tmp_path: Path) -> None:
    assert doithoai("done", plan, "send_forms", "--on", "10/04/2026").returncode == 0
    proof = ("--document", "05/BC-MTTQ", "--file", "README.md")
    done = doithoai("done", plan, "collect_forms", "--on", "22/04/2026", *proof)
    assert done.returncode == 0, done.stderr
    assert [kept.name[64:] for kept in tmp_path.glob("data/proofs/*")] == ["-README.md"]
    shown = {step["key"]: step for step in answer("show", plan)["steps"]}
    assert shown["collect_forms"]["standing"] == "done_on_time"
    assert [row["plan"] for row in answer("list")] == [plan]
    assert answer("verify")["ok"] is True


def test_a_second_sweep_right_after_the_first_finds_nothing_to_do(answer: Ask, plan: str) -> None:
    assert set(answer("sweep")["plans"]) <= {plan}  # outside office hours the first one owes nothing yet
    assert answer("sweep") == {"plans": []}


def test_the_preview_of_a_meeting_writes_nothing(answer: Ask, plan: str) -> None:
    before = answer("show", plan)
    changes = answer("meeting", plan, "31/12/2027", "--preview")
    assert changes["applied"] is False
    assert {change["step"] for change in changes["changes"]} >= {"hold_meeting", "issue_conclusion"}
    assert answer("show", plan) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("due", "mười ngày gì đó"), "gì đó"),
        (("start", "khong-co.yaml"), "khong-co.yaml"),
        (("check", "README.md"), "README.md"),
        (("check", "x" * 300), "Không mở được tệp"),
        (("done", "x", "y", "--on", "31/02/2026"), "31/02/2026"),
        (("meeting", "x", "hôm nào đó"), "hôm nào đó"),
        (("calendar", "1850"), "1850"),
        (("rehearse", S3, "--scenario", "lạ"), "on_time"),
        (("user", "add", " ", "--organization", "B"), "họ tên"),
        (("due", "10 ngày sau họp", "--event", " "), "24/04/2026"),
        (("start", S3, "--on", "0001-01-01"), "trước năm 2015"),
        (("show", "\udcff"), "Tham số thứ 2"),
        (("up", "--port", "8123", "--prefect-port", "8123"), "8123"),
        (("khong-co-lenh",), "khong-co-lenh"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_two(doithoai: Doithoai, words: tuple[str, ...], said: str) -> None:
    done = doithoai(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_plan_or_a_person_that_there_is_not_is_named(doithoai: Doithoai, plan: str) -> None:
    for words in (("show", f"{plan}-khac"), ("user", "sign-in", "ai-do"), ("done", f"{plan}-khac", "collect_forms")):
        done = doithoai(*words)
        assert (done.returncode, words[-2] in done.stderr or words[-1] in done.stderr) == (2, True)


def test_wrong_facts_are_refused_in_either_language(doithoai: Doithoai, plan: str) -> None:
    early = doithoai("done", plan, "collect_forms", "--on", "01/01/2026")
    assert (early.returncode, "ở trước ngày kế hoạch bắt đầu" in early.stderr) == (2, True)
    future = doithoai("done", plan, "collect_forms", "--on", "01/01/2099", "--lang", "en")
    assert future.returncode == 2
    assert "after" in future.stderr
    unknown = doithoai("done", plan, "khong_co")
    assert (unknown.returncode, "collect_forms" in unknown.stderr) == (2, True)


def test_a_refused_command_leaves_nothing_behind(answer: Ask, doithoai: Doithoai, plan: str, tmp_path: Path) -> None:
    before = answer("show", plan)["version"]
    assert doithoai("done", plan, "collect_forms", "--on", "01/01/2099", "--file", "README.md").returncode == 2
    assert answer("show", plan)["version"] == before
    assert list(tmp_path.glob("data/proofs/*")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "không có nội dung"),
        ("doithoai: 1\ntitle: [\n", "dòng"),
        ("doithoai: 1\ntitle: A\nkind: dialogue\norganization: B\nlạ: 1\nsteps: []\n", "lạ"),
        (
            HEAD + "  - {key: a, kind: other, name: A, after: [b]}\n  - {key: b, kind: other, name: B, after: [a]}\n",
            "vòng",
        ),
    ],
)
def test_a_plan_file_that_cannot_be_used_says_where_and_why(
    doithoai: Doithoai, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text)
    done = doithoai("start", str(path))
    assert done.returncode == 2
    assert said in done.stderr
    assert "plan.yaml" in done.stderr


def test_a_database_of_a_newer_version_is_left_alone(
    doithoai: Doithoai, plan: str, environment: dict[str, str]
) -> None:
    import sqlite3

    path = Path(environment["DOITHOAI_DATA"]) / "doithoai.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE doithoai_schema SET version_num = '9999'")
    database.close()
    done = doithoai("list")
    assert done.returncode == 2
    assert "mới hơn" in done.stderr


@pytest.mark.parametrize(("name", "known"), [("LANGUAGE", "vi, en"), ("RECURRING_JOBS", "embedded, prefect")])
def test_a_setting_with_another_value_than_there_are_is_named(doithoai: Doithoai, name: str, known: str) -> None:
    done = doithoai("list", **{f"DOITHOAI_{name}": "x"})
    assert done.returncode == 2
    assert f"DOITHOAI_{name} có giá trị «x»" in done.stderr
    assert known in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_data_folder_that_cannot_be_written_is_named(doithoai: Doithoai, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = doithoai("start", S3, DOITHOAI_DATA=str(tmp_path / "file" / "data"))
    assert done.returncode == 2
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_rehearsal_tells_every_step_and_every_notice(answer: Ask) -> None:
    told = answer("rehearse", S3)
    steps = {step["key"]: step for step in told["steps"]}
    assert steps["issue_conclusion"]["verdict"] == "on_time"
    assert all(step["done_at"] for step in told["steps"])
    assert {"at", "rung", "step", "to", "channel", "subject"} == set(told["notices"][0])
    assert all(notice["subject"] and notice["to"] for notice in told["notices"])


def test_a_rehearsal_where_everyone_is_late_climbs_the_ladder(answer: Ask) -> None:
    told = answer("rehearse", S3, "--scenario", "three_days_late")
    reached = {notice["rung"] for notice in told["notices"]}
    assert {"warn_3", "warn_1", "overdue", "overdue_1"} <= reached


def test_a_check_says_when_limits_lie_beyond_the_last_decision(doithoai: Doithoai, tmp_path: Path) -> None:
    path = tmp_path / "later.yaml"
    path.write_text(HEAD + "  - {key: a, kind: other, name: A, owner: X, due: trước ngày 15/6/2029}\n")
    assert "2029" in doithoai("check", str(path)).stdout
    told = json.loads(doithoai("check", str(path), "--json").stdout)
    assert [each["code"] for each in told["calendar"]]


def test_help_names_every_command(doithoai: Doithoai) -> None:
    text = doithoai("--help").stdout
    for name in ("up", "due", "calendar", "check", "rehearse", "start", "list", "show", "meeting", "done", "verify"):
        assert name in text


def test_the_answer_of_due_has_the_agreed_shape(doithoai: Doithoai) -> None:
    done = doithoai("due", "10 ngày làm việc sau hội nghị", "--event", "2025-11-02", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    wanted = {"rule", "event_on", "due_on", "safe_on", "due_at", "rolled", "provisional", "readings", "trace", "basis"}
    assert wanted <= set(told)
    assert (told["event_on"], told["due_on"]) == ("2025-11-02", "2025-11-14")
    assert [day["ordinal"] for day in told["trace"] if day["counts"]] == list(range(1, 11))


def test_a_reading_command_where_there_is_no_data_says_so_and_makes_none(
    doithoai: Doithoai, environment: dict[str, str]
) -> None:
    done = doithoai("list")
    assert (done.returncode, "DOITHOAI_DATA" in done.stderr) == (2, True)
    assert not Path(environment["DOITHOAI_DATA"]).exists()


def test_a_second_plan_of_the_same_name_is_started_with_a_remark(doithoai: Doithoai, plan: str) -> None:
    done = doithoai("start", S3, "--on", "2026-04-06")
    assert done.returncode == 0
    assert f"cùng tên {plan}" in done.stdout
    assert "doithoai check" in done.stdout


def test_a_rehearsal_counts_the_units_own_days_and_hours(
    answer: Ask, environment: dict[str, str], tmp_path: Path
) -> None:
    own = Path(environment["DOITHOAI_DATA"]) / "calendar"
    own.mkdir(parents=True)
    (own / "hours.txt").write_text("T2-T6: 08:00-12:00, 13:00-17:00\n", encoding="utf-8")
    (own / "closures.csv").write_text("date,name\n2026-05-20,Hội khỏe của đơn vị\n", encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(
        HEAD.replace("steps:", "calendar: own_office\nmeeting: {on: 2026-05-15}\nsteps:")
        + "  - {key: m, kind: hold_meeting, name: M, owner: A, due: meeting}\n"
        + "  - {key: c, kind: issue_conclusion, name: C, owner: A, after: [m], due: 10 ngày làm việc sau m}\n"
    )
    told = answer("rehearse", str(path))
    assert {step["key"]: step["due_on"] for step in told["steps"]}["c"] == "2026-06-01"
    assert {notice["at"][11:16] for notice in told["notices"] if notice["rung"] == "warn_1"} == {"08:00"}
