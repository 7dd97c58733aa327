"""`doithoai calendar YEAR`: what it tells besides the days off and worked."""

from __future__ import annotations

import json

import pytest

from workflow.cli.main import run


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        run(("calendar", *words))
    assert not ended.value.code
    return capsys.readouterr().out


def test_a_swap_that_was_turned_down_is_listed_with_its_remark(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line for line in said(capsys, "2026").splitlines() if "không được chấp thuận" in line]
    assert [row.split()[0] for row in rows] == ["23/11/2026", "28/11/2026"]
    told = json.loads(said(capsys, "2026", "--json"))
    assert [(day["date"], day["working"]) for day in told["remarks"]] == [("2026-11-23", True), ("2026-11-28", False)]


def test_a_year_without_a_decision_says_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    warned = said(capsys, "2028").splitlines()[1]
    assert warned == "Năm 2028: từ ngày 01/01/2028 trở đi chưa có quyết định về ngày nghỉ, nên các ngày là tạm tính."
    codes = [each["code"] for each in json.loads(said(capsys, "2028", "--json"))["warnings"]]
    assert codes[0] == "provisional_year"
    assert "provisional_year" not in [each["code"] for each in json.loads(said(capsys, "2026", "--json"))["warnings"]]


def test_a_day_off_of_a_six_day_week_cites_the_labour_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Bộ luật Lao động 45/2019/QH14, Điều 111" in said(capsys, "2026", "--calendar", "six-day")
