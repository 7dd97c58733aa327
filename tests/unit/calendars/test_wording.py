"""The grammar form by form, against a table of hand-made readings."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from calendars import rules
from calendars.rules import FirstOf, LastOf, Rule, Unit, Within
from calendars.wording import WordingError, format_rule, parse, parse_with_extension

TABLE = Path(__file__).parents[2] / "tables" / "wordings.csv"


def rows() -> list[tuple[str, Rule]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [(row["wording"], rule_of(json.loads(row["rule"]))) for row in csv.DictReader(table)]


def rule_of(told: list[Any]) -> Rule:
    kind, values = told
    made = getattr(rules, kind)
    if made in (FirstOf, LastOf):
        rule: Rule = made(tuple(map(rule_of, values)))
    else:
        types = {field.name: str(field.type) for field in fields(made)}
        rule = made(**{name: value_of(types[name], value) for name, value in values.items()})
    return rule


def value_of(kind: str, value: Any) -> Any:
    if kind == "Unit":
        return Unit(value)
    if kind.startswith("time"):
        return time.fromisoformat(value)
    if "date" in kind:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


@pytest.mark.parametrize(("wording", "rule"), rows(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_form_is_read_as_its_table_says(wording: str, rule: Rule) -> None:
    assert parse(wording) == rule


@pytest.mark.parametrize(("wording", "rule"), rows(), ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_form_means_can_be_said_in_both_languages(wording: str, rule: Rule) -> None:
    assert parse(format_rule(rule)) == rule
    assert parse(format_rule(rule, "en")) == rule


@pytest.mark.parametrize(
    ("rule", "vietnamese", "english"),
    [
        ("10 ngày làm việc sau hội nghị", "10 ngày làm việc sau hội nghị", "10 working days after hội nghị"),
        ("07 ngày sau khi ký", "07 ngày sau khi ký", "7 days after ký"),
        ("trước ngày 24/4/2026", "trước ngày 24/04/2026", "before 2026-04-24"),
        ("chậm nhất 17h00 ngày 30/01/2026", "chậm nhất 17 giờ 00 ngày 30/01/2026", "by 17:00 on 2026-01-30"),
        ("ít nhất 30 ngày sau khi niêm yết", "ít nhất 30 ngày sau khi niêm yết", "at least 30 days after niêm yết"),
        ("ít nhất 7 ngày trước khi họp", "chậm nhất 07 ngày trước khi họp", "at the latest 7 days before họp"),
        ("trước ngày 15/10 hàng năm", "trước ngày 15/10 hằng năm", "before 15 October every year"),
        ("6 tháng/lần", "06 tháng một lần", "every 6 months"),
        ("tháng 5/2026", "trong tháng 5/2026", "in May 2026"),
        ("quý 4/2025", "trong quý IV/2025", "in Q4 2025"),
        ("sau ngày 24/4/2026", "sau ngày 24/04/2026", "after 2026-04-24"),
    ],
)
def test_a_rule_is_said_in_office_vietnamese_and_in_english(rule: str, vietnamese: str, english: str) -> None:
    assert format_rule(parse(rule)) == vietnamese
    assert format_rule(parse(rule), "en") == english


def test_an_event_is_kept_as_written_in_composed_letters() -> None:
    text = "10 ngày làm việc sau khi có Thông báo\nKết   luận của Ban TTND*"
    assert parse(unicodedata.normalize("NFD", text)) == Within(
        10, Unit.WORKING_DAY, "có Thông báo Kết luận của Ban TTND"
    )


def test_an_event_that_would_be_misread_stands_in_quotation_marks() -> None:
    rule = Within(10, Unit.DAY, "họp xong 5 ngày hoặc trước khi ký")
    assert format_rule(rule) == "10 ngày sau khi «họp xong 5 ngày hoặc trước khi ký»"
    assert parse('10 ngày sau "họp xong 5 ngày hoặc trước khi ký"') == rule


def test_a_tone_mark_may_stand_on_either_vowel() -> None:
    several = "ngày 24/4/2026 hoặc 10 ngày sau E, {} ngày nào đến trước"
    assert parse(several.format("tùy")) == parse(several.format("tuỳ"))
    assert parse("HOÀN THÀNH TRƯỚC NGÀY 24/4/2026") == parse("hòan thành trước ngày 24/4/2026")


def test_a_year_left_out_comes_from_the_plan() -> None:
    assert parse("trước ngày 24/4", default_year=2026) == parse("trước ngày 24/4/2026")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("trước ngày 24/4", "missing_year", 6),
        ("trước ngày 24/4/26", "missing_year", 16),
        ("trước ngày 31/2/2026", "invalid_date", 16),
        ("trong tháng 13/2026", "invalid_date", 15),
        ("quý V/2026", "unreadable", 0),
        ("quý IV và I năm 2026", "missing_year", 0),
        ("ngày mùng 31 tháng tư năm 2026", "invalid_date", 26),
        ("trước 24 tháng tư", "missing_year", 6),
        ("ngày 25/7/2023 (Thứ Hai)", "weekday_mismatch", 0),
        ("05 (sáu) ngày sau hội nghị", "number_word_mismatch", 0),
        ("trước ngày", "unreadable", 10),
        ("10 ngày làm việc sau", "unreadable", 20),
        ("1/2 ngày", "unreadable", 1),
        ("10 cái sau hội nghị", "unreadable", 3),
        ("0 ngày sau hội nghị", "unreadable", 0),
        ("99999 ngày sau hội nghị", "unreadable", 0),
        ("từ ngày 05/5/2026 đến ngày 01/5/2026", "invalid_date", 3),
        ("mỗi năm năm lần", "unreadable", 12),
        ("10 ngày (15 ngày đối với việc khó) sau hội nghị", "unreadable", 0),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str, place: int) -> None:
    with pytest.raises(WordingError) as refusal:
        parse(text)
    assert (refusal.value.code, refusal.value.position) == (code, place)
    assert refusal.value.text == text
    assert str(refusal.value).endswith(f"(ký tự thứ {place + 1})")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("từ 5 đến 7 ngày sau hội nghị", 5),
        ("5-7 ngày sau hội nghị", 1),
        ("trước ngày 15", 11),
        ("trước ngày 25 tháng cuối quý", 11),
        ("sau ngày 15", 9),
        ("10 ngày sau 2 buổi đối thoại", 12),
        ("trước hết ngày 24/4/2026", 6),
        ("trước trước ngày 5/5/2026", 6),
        ("trước ngày ngày 24/4/2026", 11),
        ("kể từ lúc 17h ngày 24/4/2026", 10),
        ("-5 ngày sau hội nghị", 0),
        ("không quá -5 ngày sau hội nghị", 10),
        ("+5 ngày sau hội nghị", 0),
    ],
)
def test_a_day_or_a_number_is_never_taken_for_an_event(text: str, place: int) -> None:
    with pytest.raises(WordingError) as refusal:
        parse(text)
    assert (refusal.value.code, refusal.value.position) == ("unreadable", place)


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày 15 hằng tháng",
        "chậm nhất ngày 15 hàng tháng",
        "từ ngày 5 đến ngày 10 mỗi tháng",
    ],
)
def test_a_day_of_every_month_is_refused_in_words_of_its_own(text: str) -> None:
    with pytest.raises(WordingError, match="hằng tháng") as refusal:
        parse(text)
    assert refusal.value.code == "monthly_day"


def test_a_refusal_says_what_to_write_instead() -> None:
    with pytest.raises(WordingError, match="đơn vị: ngày làm việc, ngày, giờ"):
        parse("10 cái sau hội nghị")


def test_a_limit_inside_a_sentence_is_offered() -> None:
    for reader in (parse, parse_with_extension):
        with pytest.raises(WordingError, match="Nếu ý bạn là «trước ngày 24/4/2026»"):
            reader("Gửi báo cáo về Văn phòng trước ngày 24/4/2026 để tổng hợp")


@pytest.mark.parametrize(
    "text",
    [
        "Chậm nhất 10 ngày làm việc sau hội nghị. Nếu khó thì có thể kéo dài nhưng không quá 15 ngày làm việc sau hội nghị.",
        "10 ngày làm việc sau hội nghị; trường hợp phức tạp thì thời hạn này là 15 ngày làm việc",
        "10 ngày làm việc (15 ngày làm việc đối với việc có nội dung phức tạp) kể từ ngày hội nghị",
        "10 ngày làm việc sau hội nghị, có thể gia hạn thêm 05 ngày làm việc",
        "10 working days after hội nghị, may be extended but at most 15 working days after hội nghị",
    ],
)
def test_an_extension_is_a_new_total_from_the_same_event(text: str) -> None:
    ordinary, longest = Within(10, Unit.WORKING_DAY, "hội nghị"), Within(15, Unit.WORKING_DAY, "hội nghị")
    assert parse_with_extension(text) == (ordinary, longest)


def test_a_wording_without_an_extension_has_none() -> None:
    assert parse_with_extension("10 ngày sau hội nghị") == (Within(10, Unit.DAY, "hội nghị"), None)


def test_an_extension_that_names_no_number_is_refused() -> None:
    with pytest.raises(WordingError):
        parse_with_extension("10 ngày sau hội nghị, có thể kéo dài nếu cần")


@pytest.mark.parametrize("reader", [parse, parse_with_extension])
def test_a_refusal_quotes_no_more_than_a_line(reader: Callable[[str], object]) -> None:
    for text in (
        "9" * 100_000,
        f"trước ngày {'9' * 100_000}",
        "ngày " + "a" * 100_000,
        "trước ngày " + "31/" * 30_000,
    ):
        with pytest.raises(WordingError) as refusal:
            reader(text)
        assert len(str(refusal.value)) < 800


def test_an_hour_of_a_yearly_day_is_refused_unless_it_is_midnight() -> None:
    with pytest.raises(WordingError, match="không kèm giờ"):
        parse("trước 17 giờ ngày 15/10 hằng năm")
    assert parse("trước 0 giờ ngày 15/10 hằng năm") == parse("trước ngày 15/10 hằng năm")


def test_a_window_that_opens_at_24_hours_is_refused() -> None:
    with pytest.raises(WordingError, match="0 giờ"):
        parse("từ 24h ngày 01/4/2026 đến ngày 05/4/2026")


def test_brackets_without_end_are_refused() -> None:
    for text in ("(" * 600, "(10 ngày " * 500):
        with pytest.raises(WordingError, match="Quá nhiều dấu ngoặc"):
            parse(text)
