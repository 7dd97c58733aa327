"""Limits inside running text: what is found, where it stands, and what is left alone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from calendars.rules import Before, DaysBefore, Month, Unit, Vague, Within
from calendars.wording import scan

TABLE = Path(__file__).parents[2] / "tables" / "prose.csv"


def rows() -> list[tuple[str, list[str], str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        told = [(row["text"], row["found"].split("|"), row["why"]) for row in csv.DictReader(table)]
    return [(text, [each for each in found if each], why) for text, found, why in told]


@pytest.mark.parametrize(("text", "found", "why"), rows(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_limits_of_a_text_are_found_and_its_traps_left_alone(text: str, found: list[str], why: str) -> None:
    assert [each.text for each in scan(text)] == found, why


def test_positions_are_those_of_the_raw_text() -> None:
    raw = "Nộp **trước\n ngày 24/4/2026** nhé."
    (found,) = scan(raw)
    assert raw[found.start : found.end] == "trước\n ngày 24/4/2026"
    assert found.text == "trước ngày 24/4/2026"


def test_a_limit_that_extends_another_says_so() -> None:
    first, second = scan(
        "Chậm nhất 10 ngày làm việc sau hội nghị. Nếu phức tạp thì có thể kéo dài nhưng không quá 15 ngày làm việc sau "
        "hội nghị."
    )
    assert (first.extends, second.extends) == (False, True)
    assert second.rule == Within(15, Unit.WORKING_DAY, "hội nghị")


def test_a_longer_limit_in_brackets_is_the_cap_from_the_same_event() -> None:
    (found,) = scan(
        "Trong thời hạn 07 ngày làm việc (15 ngày làm việc đối với việc khó) kể từ ngày nhận đơn, phải trả lời."
    )
    assert found.rule == Within(7, Unit.WORKING_DAY, "nhận đơn")
    assert found.cap == Within(15, Unit.WORKING_DAY, "nhận đơn")


def test_a_date_that_does_not_exist_is_kept_undated_with_a_remark() -> None:
    (found,) = scan("Nộp trước ngày 31/02/2026.")
    assert isinstance(found.rule, Vague)
    assert [each.code for each in found.remarks] == ["invalid_date"]


def test_a_date_without_a_year_takes_the_plans_year() -> None:
    (missing,), (given,) = scan("Nộp trước ngày 24/4."), scan("Nộp trước ngày 24/4.", default_year=2026)
    assert [each.code for each in missing.remarks] == ["missing_year"]
    assert given.rule == Before(parse_day("2026-04-24"))


def parse_day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_day_of_every_month_is_kept_undated_with_a_remark() -> None:
    (found,) = scan("Gửi báo cáo về Sở trước ngày 15 hằng tháng để tổng hợp.")
    assert found.rule == Vague("trước ngày 15 hằng tháng")
    assert [each.code for each in found.remarks] == ["monthly_day"]
    assert scan("Họp giao ban ngày 15 hằng tháng.") == []


def test_a_weekday_that_does_not_agree_is_remarked() -> None:
    (found,) = scan("Hội nghị tổ chức vào ngày 18/7/2023 (Thứ Hai).")
    assert [each.code for each in found.remarks] == ["weekday_mismatch"]


def test_a_number_and_its_words_that_do_not_agree_are_remarked() -> None:
    (found,) = scan("Trong thời hạn 05 (sáu) ngày kể từ ngày nhận đơn.")
    assert [each.code for each in found.remarks] == ["number_word_mismatch"]
    assert found.rule == Within(5, Unit.DAY, "nhận đơn")


def test_a_tentative_month_is_found() -> None:
    (found,) = scan("2.2. Thời gian: Dự kiến tháng 06 năm 2026 (thời gian cụ thể sẽ có thông báo sau).")
    assert found.rule == Month(2026, 6, tentative=True)


def test_the_event_before_the_number_is_the_nearest_in_its_clause() -> None:
    (found,) = scan("Phát thanh nội dung; tổ chức hội nghị đối thoại trước 5 ngày.")
    assert found.rule == DaysBefore(5, Unit.DAY, "tổ chức hội nghị đối thoại")
