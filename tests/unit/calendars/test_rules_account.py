"""The day-by-day account: which days count, which do not, why, by which source, under which law."""

from __future__ import annotations

from datetime import date, datetime

from calendars import vietnam_office
from calendars.law import provision_on, provisions
from calendars.rules import ICT, By, Due, Moment, Readings, TraceDay, Unit, Within, due
from calendars.wording import parse


def account(wording: str, event: date | None = None) -> Due:
    return due(parse(wording), vietnam_office(), {"E": Moment(event)} if event else {}, Readings())


def row(found: Due, day: date) -> TraceDay:
    return next(each for each in found.trace if each.day == day)


def test_it_runs_from_the_day_after_the_event_to_the_due_date() -> None:
    found = account("03 ngày làm việc sau E", date(2026, 11, 20))
    assert [each.day.day for each in found.trace] == [21, 22, 23, 24, 25, 26]
    assert [each.ordinal for each in found.trace] == [None, None, 1, None, 2, 3]


def test_a_day_off_says_which_and_by_which_source() -> None:
    off = row(account("03 ngày làm việc sau E", date(2026, 11, 20)), date(2026, 11, 24))
    assert (off.counts, off.reason) == (False, "Ngày Văn hóa Việt Nam")
    assert off.source is not None
    assert "28/2026/QH16" in off.source


def test_a_swap_says_so_on_both_its_days() -> None:
    found = account("10 ngày làm việc sau E", date(2026, 8, 20))
    worked, off = row(found, date(2026, 8, 22)), row(found, date(2026, 8, 31))
    assert worked.counts
    assert "Làm bù" in worked.reason
    assert not off.counts
    assert "hoán đổi" in off.reason


def test_rest_days_count_in_a_period_of_calendar_days() -> None:
    found = account("06 ngày kể từ ngày E", date(2025, 11, 2))
    assert [each.ordinal for each in found.trace] == [1, 2, 3, 4, 5, 6, None, None]
    assert row(found, date(2025, 11, 8)).reason == "Thứ Bảy: ngày cuối rơi vào ngày nghỉ"
    assert row(found, date(2025, 11, 10)).reason == "Ngày làm việc: ngày làm việc tiếp theo, thời hạn kết thúc"


def test_counting_back_is_told_in_the_calendars_order() -> None:
    found = account("chậm nhất 07 ngày trước ngày E", date(2025, 11, 2))
    assert [each.ordinal for each in found.trace] == [None, None, 7, 6, 5, 4, 3, 2, 1]
    assert row(found, date(2025, 10, 24)).reason == "Ngày làm việc: ngày an toàn"


def test_the_day_before_which_something_is_due_is_told_and_not_counted() -> None:
    found = account("trước ngày 10/5/2026")
    assert [(each.day.day, each.counts) for each in found.trace] == [(8, False), (9, True), (10, False)]


def test_hours_name_the_days_they_touch() -> None:
    found = due(
        parse("24 giờ sau E"),
        vietnam_office(),
        {"E": Moment(date(2025, 11, 3), datetime(2025, 11, 3, 8, tzinfo=ICT))},
        Readings(),
    )
    assert [each.day.day for each in found.trace] == [3, 4]


def test_a_long_account_leaves_out_no_day() -> None:
    found = due(Within(2, Unit.YEAR, "E"), vietnam_office(), {"E": Moment(date(2024, 3, 1))}, Readings())
    assert [each.ordinal for each in found.trace if each.counts] == list(range(1, 731))
    assert found.trace[-1].day == found.due_on


def test_the_day_whose_midnight_ends_a_limit_is_told_and_not_counted() -> None:
    found = account("chậm nhất 0h00 ngày 24/4/2026")
    assert [(each.day.day, each.counts) for each in found.trace] == [(23, True), (24, False)]
    assert "0 giờ" in row(found, date(2026, 4, 24)).reason


def test_a_year_is_told_day_by_day() -> None:
    found = due(Within(1, Unit.YEAR, "E"), vietnam_office(), {"E": Moment(date(2025, 3, 3))}, Readings())
    assert len(found.trace) == 365


def test_the_law_is_that_of_the_day_from_which_the_period_runs() -> None:
    assert "BLDS 2005, Điều 153 khoản 5" in account("30 ngày kể từ ngày E", date(2016, 8, 3)).basis
    assert "BLDS 2005, Điều 152 khoản 3" in account("10 ngày kể từ ngày E", date(2016, 12, 30)).basis
    assert "BLDS 2015, Điều 148 khoản 5" in account("30 ngày kể từ ngày E", date(2026, 8, 3)).basis


def test_only_a_period_that_rolled_cites_the_rule_on_rolling() -> None:
    rolled, settled = "BLDS 2015, Điều 148 khoản 5", account("10 ngày làm việc sau E", date(2025, 11, 2))
    assert rolled not in settled.basis
    assert settled.basis[-1] == "BLLĐ 2019, Điều 112"


def test_a_fixed_day_cites_midnight_only() -> None:
    assert due(By(date(2026, 5, 12)), vietnam_office(), {}, Readings()).basis == ("BLDS 2015, Điều 148 khoản 6",)


def test_a_change_of_law_is_a_dated_provision() -> None:
    before, after = provision_on("roll", date(2016, 12, 31)), provision_on("roll", date(2017, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.cite, after.cite) == ("BLDS 2005, Điều 153 khoản 5", "BLDS 2015, Điều 148 khoản 5")
    assert provision_on("roll", date(1990, 1, 1)) is None


def test_no_two_provisions_on_one_topic_begin_on_one_day() -> None:
    starts = [(each.topic, each.valid_from) for each in provisions()]
    assert len(starts) == len(set(starts))
