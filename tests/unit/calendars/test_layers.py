"""Calendars by name, a unit's own days over them, and the warnings that a calendar ends too soon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from calendars import (
    OutsideCalendar,
    OwnDay,
    UnknownCalendar,
    calendar_named,
    vietnam_office,
    vietnam_six_day,
    with_closures,
)
from calendars.coverage import coverage_warnings, year_warnings
from calendars.layers import CALENDARS

office, six_day = vietnam_office(), vietnam_six_day()
SUMMER = OwnDay(date(2026, 7, 20), working=False, name="Nghỉ hè", source="Thông báo 12/TB-THCS")


def test_calendars_are_known_by_name_and_made_once() -> None:
    assert calendar_named("office") is office is vietnam_office()
    assert calendar_named("six_day") is six_day is vietnam_six_day()
    assert {name: calendar_named(name).name for name in CALENDARS} == {name: name for name in CALENDARS}


def test_an_unknown_calendar_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownCalendar, match="«lich»; các lịch có sẵn: «office»"):
        calendar_named("lich")


def test_a_six_day_week_works_saturdays_and_knows_no_swaps() -> None:
    assert six_day.is_working(date(2026, 11, 21))
    assert six_day.is_working(date(2026, 1, 2))  # off for offices, which work Saturday 10/01 instead
    assert six_day.explain(date(2026, 1, 10)).kind == "working"
    assert not six_day.is_working(date(2026, 11, 22))
    assert not six_day.is_working(date(2026, 11, 24))


def test_a_six_day_week_is_compensated_for_sundays_alone() -> None:
    # 2017: mùng 1 on Saturday, mùng 2 on Sunday 29/01, mùng 3 on Monday.
    assert six_day.explain(date(2017, 1, 31)).pair == date(2017, 1, 29)
    assert six_day.is_working(date(2017, 2, 1))
    assert six_day.explain(date(2016, 4, 18)).kind == "working"  # Giỗ Tổ on a Saturday


def test_a_units_closure_is_off_with_its_own_reason() -> None:
    school = with_closures(office, [SUMMER], "truong")
    day = school.explain(SUMMER.on)
    assert (school.name, day.working, day.kind, day.name, day.source) == (
        "truong",
        False,
        "closure",
        "Nghỉ hè",
        SUMMER.source,
    )
    assert school.add(date(2026, 7, 17), 1) == date(2026, 7, 21)
    assert school.version != office.version
    assert office.is_working(SUMMER.on)


def test_every_day_off_has_a_source() -> None:
    closed = with_closures(six_day, [OwnDay(date(2026, 7, 20), working=False, name="Nghỉ hè")])
    for calendar in (office, six_day, closed):
        days = list(calendar.days(calendar.covered_since, calendar.covered_until))
        assert [day.date for day in days if not (day.working or day.source)] == []
    assert closed.explain(date(2026, 7, 20)).source == "lịch riêng của đơn vị"


def test_a_sunday_of_a_six_day_week_is_off_by_the_labour_code_of_its_time() -> None:
    sundays = [date(2020, 12, 27), date(2021, 1, 10)]
    assert [six_day.explain(day).source for day in sundays] == [
        "Bộ luật Lao động 10/2012/QH13, Điều 110",
        "Bộ luật Lao động 45/2019/QH14, Điều 111",
    ]


def test_a_units_opening_is_worked_and_remembers_what_the_day_was() -> None:
    opened = with_closures(office, [OwnDay(date(2026, 9, 2), working=True, name="Trực lễ")])
    day = opened.explain(date(2026, 9, 2))
    assert (day.working, day.kind, day.name, day.note) == (True, "opening", "Trực lễ", "Quốc khánh")


def test_an_own_day_that_changes_nothing_keeps_the_official_explanation() -> None:
    same = with_closures(office, [OwnDay(date(2026, 9, 2), False, "Nghỉ"), OwnDay(date(2026, 9, 3), True, "Làm")])
    assert same.explain(date(2026, 9, 2)) == office.explain(date(2026, 9, 2))
    assert same.version == office.version


def test_of_two_own_days_for_one_date_the_later_wins() -> None:
    undone = with_closures(office, [SUMMER, OwnDay(SUMMER.on, working=True, name="Đi làm lại")])
    assert undone.is_working(SUMMER.on)


def test_layers_lie_over_provisional_days_too() -> None:
    closed = with_closures(office, [OwnDay(date(2028, 7, 17), False, "Nghỉ hè")])
    assert not closed.is_working(date(2028, 7, 17))
    assert closed.is_provisional(date(2028, 7, 17))
    assert closed.add(date(2028, 7, 14), 1) == date(2028, 7, 18)


def test_an_own_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        with_closures(office, [OwnDay(date(2014, 7, 1), False, "Nghỉ")])


def codes(until: date | None, at: datetime) -> list[str]:
    return [warning.code for warning in coverage_warnings(office, until, at)]


def test_a_plan_past_the_settled_days_is_warned_of() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert codes(date(2027, 12, 31), at) == []
    assert codes(date(2028, 1, 1), at) == ["past_settled"]
    assert codes(date(2051, 1, 1), at) == ["past_covered"]
    (warning,) = coverage_warnings(office, date(2028, 5, 1), at)
    assert "từ 01/01/2028 trở đi chưa có quyết định" in str(warning)


def test_a_year_without_decision_is_warned_of() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert year_warnings(office, 2027, at) == []
    assert [str(warning) for warning in year_warnings(office, 2029, at)] == [
        "Năm 2029: từ ngày 01/01/2029 trở đi chưa có quyết định về ngày nghỉ, nên các ngày là tạm tính."
    ]
    codes_then = [warning.code for warning in year_warnings(office, 2029, datetime(2028, 1, 1, tzinfo=UTC))]
    assert codes_then == ["provisional_year", "stale"]


def test_a_calendar_is_stale_when_its_newest_decision_is_older_than_a_year() -> None:
    assert codes(None, datetime(2027, 10, 2, 16, 59, tzinfo=UTC)) == []
    assert codes(None, datetime(2027, 10, 2, 17, 0, tzinfo=UTC)) == ["stale"]  # 03/10/2027 00:00 in Vietnam


def test_the_time_of_a_warning_has_a_zone() -> None:
    with pytest.raises(TypeError, match="múi giờ"):
        coverage_warnings(office, None, datetime(2026, 11, 20))  # noqa: DTZ001
