"""The scalar questions of a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pendulum
import pytest

from calendars import Day, OutsideCalendar, WorkingCalendar, vietnam_office
from calendars.day_table import FIVE_DAY_WEEK, DayTable
from calendars.working_calendar import ResultOutsideCalendar
from tests.unit.calendars.calendar_tables import rows

office = vietnam_office()


@pytest.mark.parametrize("row", rows("golden_working_days_calendar.csv"), ids=lambda row: f"{row['start']} {row['n']}")
def test_working_days_are_counted_as_by_hand(row: dict[str, str]) -> None:
    assert office.add(date.fromisoformat(row["start"]), int(row["n"])) == date.fromisoformat(row["due"])


def test_count_takes_its_first_day_and_leaves_out_its_last() -> None:
    assert office.count(date(2026, 1, 5), date(2026, 1, 10)) == 5
    assert office.count(date(2026, 1, 5), date(2026, 1, 11)) == 6  # Saturday 10/01 is worked
    assert office.count(date(2026, 1, 11), date(2026, 1, 5)) == -6


def test_a_year_has_as_many_working_days_as_its_decisions_leave() -> None:
    assert [office.count(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2024, 2025, 2026)] == [251, 250, 249]


def test_next_and_previous_working_day_take_the_day_itself_when_it_is_worked() -> None:
    assert office.next_working(date(2026, 1, 10)) == date(2026, 1, 10)
    assert office.next_working(date(2026, 2, 14)) == date(2026, 2, 23)
    assert office.previous_working(date(2026, 1, 10)) == date(2026, 1, 10)
    assert office.previous_working(date(2026, 2, 22)) == date(2026, 2, 13)


def test_the_first_day_of_the_calendar_has_a_next_and_no_previous_working_day() -> None:
    assert office.next_working(date(2015, 1, 1)) == date(2015, 1, 5)
    with pytest.raises(OutsideCalendar):
        office.previous_working(date(2015, 1, 1))


def test_explain_says_what_a_plain_day_is() -> None:
    assert office.explain(date(2026, 11, 20)) == Day(date(2026, 11, 20), True, "working", "Ngày làm việc", None, False)
    sunday = office.explain(date(2026, 11, 22))
    assert (sunday.working, sunday.kind, sunday.name) == (False, "weekend", "Chủ nhật")
    assert sunday.source == "Quyết định 188/1999/QĐ-TTg, Điều 1"


def test_special_days_leave_out_plain_days_even_with_a_remark() -> None:
    assert office.explain(date(2026, 11, 23)).note is not None
    special = office.special_days(date(2026, 11, 1), date(2026, 12, 1))
    assert [day.date for day in special] == [date(2026, 11, 24)]
    assert office.special_days(date(2026, 11, 24), date(2026, 11, 24)) == []


def test_remarked_days_are_the_plain_days_with_a_note() -> None:
    found = office.remarked_days(date(2026, 1, 1), date(2027, 1, 1))
    assert [(day.date, day.working) for day in found] == [(date(2026, 11, 23), True), (date(2026, 11, 28), False)]
    assert office.remarked_days(date(2026, 11, 24), date(2026, 11, 28)) == []


def test_days_lists_each_day_once_in_order() -> None:
    listed = list(office.days(date(2027, 12, 30), date(2028, 1, 3)))
    assert [day.date for day in listed] == [date(2027, 12, 30) + timedelta(days=n) for n in range(4)]
    assert list(office.days(date(2026, 1, 2), date(2026, 1, 1))) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda day: office.is_working(day),
        lambda day: office.add(day, 1),
        lambda day: office.count(day, date(2026, 1, 1)),
        lambda day: office.next_working(day),
        lambda day: office.previous_working(day),
        lambda day: office.explain(day),
        lambda day: office.is_provisional(day),
    ],
)
class TestEveryQuestion:
    @pytest.mark.parametrize("day", [date(2014, 12, 31), date(2051, 1, 2), date.min, date.max])
    def test_refuses_a_day_outside_the_covered_years(self, ask: Callable[[date], object], day: date) -> None:
        with pytest.raises(OutsideCalendar, match=rf"{day:%d/%m/%Y}.*từ 01/01/2015 đến hết 31/12/2050"):
            ask(day)

    @pytest.mark.parametrize(
        "at", [datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 5, 17, tzinfo=UTC), pendulum.naive(2026, 1, 5)]
    )
    def test_refuses_an_instant_where_a_day_is_asked(self, ask: Callable[[date], object], at: datetime) -> None:
        with pytest.raises(TypeError, match="không phải thời điểm"):
            ask(at)

    def test_refuses_what_is_no_date(self, ask: Callable[[object], object]) -> None:
        wrong: list[object] = ["2026-01-05", None, 20260105, []]
        for each in wrong:
            with pytest.raises(TypeError, match="Cần một ngày"):
                ask(each)


def test_a_result_outside_the_covered_years_is_refused_with_the_count() -> None:
    with pytest.raises(ResultOutsideCalendar, match=r"Đếm 60 ngày làm việc từ ngày 01/12/2050"):
        office.add(date(2050, 12, 1), 60)
    with pytest.raises(ResultOutsideCalendar, match=r"Đếm -5 ngày làm việc từ ngày 05/01/2015"):
        office.add(date(2015, 1, 5), -5)


@pytest.mark.parametrize("n", [1.0, "1", None])
def test_a_number_of_days_is_whole(n: object) -> None:
    with pytest.raises(TypeError):
        office.add(date(2026, 1, 5), n)  # type: ignore[arg-type]


def test_the_end_of_a_count_may_lie_one_past_the_last_day() -> None:
    assert office.count(date(2050, 12, 30), date(2051, 1, 1)) == 1  # the last day is a Saturday
    with pytest.raises(OutsideCalendar):
        office.count(date(2050, 12, 31), date(2051, 1, 2))


def test_answers_are_plain_dates_whatever_kind_of_date_was_asked() -> None:
    asked = pendulum.date(2026, 1, 5)
    for answer in (
        office.add(asked, 1),
        office.add(asked, 0),
        office.next_working(asked),
        office.previous_working(asked),
    ):
        assert type(answer) is date


def test_a_long_calendar_answers_alike_within_and_before_its_tables_of_dates() -> None:
    first, last = date(1900, 1, 1).toordinal(), date(2200, 12, 31).toordinal()
    plain = WorkingCalendar("plain", DayTable(FIVE_DAY_WEEK, first, last, {}, last))
    for monday in (date(1900, 1, 1), date(1999, 11, 29), date(2190, 3, 1)):
        assert plain.add(monday, 10) == monday + timedelta(days=14)
        assert plain.count(monday, monday + timedelta(days=364)) == 260
        assert plain.previous_working(monday + timedelta(days=6)) == monday + timedelta(days=4)


def test_an_error_can_be_told_in_another_language_by_its_template_and_fields() -> None:
    error = OutsideCalendar(date(2014, 1, 2), date(2015, 1, 1), date(2050, 12, 31))
    assert error.template.format_map(error.fields) == str(error)
    assert error.fields["day"] == "02/01/2014"
