"""The official calendar: every day, its source, what is settled and what is provisional."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import holidays
import pytest

from calendars import vietnam_office
from calendars.consistency import problems_of, unlikely_lunar_days
from calendars.day_table import FIVE_DAY_WEEK
from calendars.notice_reader import packaged_notices
from calendars.official_days import Law, compensations_of, holidays_of
from calendars.statutory_days import statutory_days
from calendars.vietnam import official_calendar
from tests.unit.calendars.calendar_tables import official_facts, rows

office = vietnam_office()
SETTLED = [date(2015, 1, 1) + timedelta(days=n) for n in range((date(2028, 1, 1) - date(2015, 1, 1)).days)]
WORKED_KINDS = {"working", "swap_work"}


def expected_kind(day: date, special: dict[date, str]) -> str:
    return special.get(day, "weekend" if day.weekday() >= 5 else "working")


def test_every_day_from_2015_to_2027_is_as_the_facts_say() -> None:
    facts = official_facts()
    explained = {day: office.explain(day) for day in SETTLED}
    assert [day for day in SETTLED if explained[day].kind != expected_kind(day, facts)] == []
    assert [day for day in SETTLED if office.is_working(day) != (explained[day].kind in WORKED_KINDS)] == []
    assert [day for day in SETTLED if explained[day].provisional] == []


def test_every_special_day_cites_its_paper() -> None:
    table = rows("official_days_calendar.csv")
    special = office.special_days(date(2015, 1, 1), date(2028, 1, 1))
    assert [(day.date.isoformat(), day.kind) for day in special] == [(row["date"], row["kind"]) for row in table]
    assert [day for day, row in zip(special, table, strict=True) if row["paper"] not in (day.source or "")] == []


def test_the_library_holidays_differs_only_where_a_difference_was_accepted() -> None:
    library = holidays.country_holidays("VN", years=range(2015, 2028), language="vi")
    found = {
        (day.isoformat(), "worked" if library.is_working_day(day) else "off")
        for day in SETTLED
        if library.is_working_day(day) != office.is_working(day)
    }
    accepted = {(row["date"], row["library"]) for row in rows("holidays_library_calendar.csv")}
    assert found == accepted


def test_the_statutory_days_of_later_years_are_those_that_were_accepted() -> None:
    found = [(day.isoformat(), name) for year in range(2028, 2051) for day, name in statutory_days(year).items()]
    assert found == [(row["date"], row["name"]) for row in rows("provisional_days_calendar.csv")]


def test_days_past_the_last_decision_are_provisional() -> None:
    assert office.settled_until == date(2027, 12, 31)
    assert not office.is_provisional(date(2027, 12, 31))
    assert office.is_provisional(date(2028, 1, 1))
    assert office.is_provisional(date(2029, 3, 5))  # an ordinary Monday
    tet = office.explain(date(2028, 1, 26))
    assert (tet.kind, tet.name, tet.provisional) == ("holiday", "Tết Âm lịch (mùng 1)", True)
    assert tet.source == "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 1"


def test_provisional_holidays_on_rest_days_are_compensated_by_the_statute() -> None:
    eve = office.explain(date(2028, 5, 2))
    assert (eve.kind, eve.pair, eve.provisional) == ("compensatory", date(2028, 4, 30), True)


def test_a_count_goes_on_from_settled_into_provisional_days() -> None:
    assert office.add(date(2027, 12, 30), 5) == date(2028, 1, 7)
    assert office.count(date(2027, 12, 27), date(2028, 1, 8)) == 9  # 03/01/2028 is in lieu of Saturday 01/01
    assert office.add(date(2028, 1, 7), -5) == date(2027, 12, 30)


def test_two_days_for_2_9_came_with_2021_and_24_11_with_2026() -> None:
    assert [office.is_working(date(year, 9, 3)) for year in (2020, 2021)] == [True, False]
    assert [office.is_working(date(year, 11, 24)) for year in (2025, 2026, 2027)] == [True, False, False]
    assert office.explain(date(2026, 11, 24)).source == "Nghị quyết 28/2026/QH16, Điều 2"


def test_a_swap_that_was_not_adopted_is_remarked_and_changes_nothing() -> None:
    off, worked = office.explain(date(2026, 11, 23)), office.explain(date(2026, 11, 28))
    assert (off.kind, worked.kind) == ("working", "weekend")
    assert off.note == "Đề nghị hoán đổi với thứ Bảy 28/11/2026 không được chấp thuận."
    assert off.source == "Công văn 10065/VPCP-KGVX ngày 02/10/2026"


def test_both_halves_of_a_swap_name_each_other_and_their_decision() -> None:
    swaps = [day for day in office.special_days(date(2015, 1, 1), date(2028, 1, 1)) if day.kind.startswith("swap")]
    halves = {day.date: day for day in swaps}
    outside = date(2014, 12, 27)  # worked for 02/01/2015, before the calendar begins
    assert len(swaps) == 17
    for day in swaps:
        assert day.pair is not None
        if day.pair != outside:
            assert halves[day.pair].pair == day.date
            assert halves[day.pair].source == day.source
            assert halves[day.pair].working != day.working


def test_the_days_decided_in_lieu_are_those_that_the_statute_would_give() -> None:
    law = Law.of(packaged_notices())
    bare = Law(tuple(notice for notice in law.notices if notice.kind == "statute"))
    for year in range(2015, 2028):
        days = holidays_of(law, year, lambda _: {})
        decided, derived = (
            sorted((day.date, day.pair) for day in compensations_of(source, FIVE_DAY_WEEK, days))
            for source in (law, bare)
        )
        assert decided == derived


def test_the_packaged_notices_agree_with_each_other() -> None:
    assert problems_of(packaged_notices()) == []


def test_the_packaged_lunar_days_are_those_of_the_lunar_calendar() -> None:
    assert [problem for notice in packaged_notices() for problem in unlikely_lunar_days(notice)] == []


@pytest.mark.parametrize("year", range(2015, 2100))
def test_the_statutory_days_of_every_year_are_known(year: int) -> None:
    names = list(statutory_days(year).values())
    assert names.count("Tết Âm lịch (mùng 1)") == names.count("Giỗ Tổ Hùng Vương") == 1
    assert len(names) >= (11 if year > 2020 else 10)


def test_the_order_of_the_notices_does_not_matter() -> None:
    turned = official_calendar("office", FIVE_DAY_WEEK, tuple(reversed(packaged_notices())))
    assert turned.version == office.version


def test_the_version_is_that_of_the_data() -> None:
    without = tuple(notice for notice in packaged_notices() if notice.number != "12729/VPCP-KGVX")
    assert official_calendar("office", FIVE_DAY_WEEK, without).version != office.version


@pytest.mark.parametrize("question", ["add(date(2026, 2, 11), 5)", "explain(date(2027, 12, 31))", "version"])
def test_a_question_within_the_settled_years_needs_neither_numpy_nor_holidays(question: str) -> None:
    program = (
        "import sys; from datetime import date; from calendars import vietnam_office; "
        f"vietnam_office().{question}; sys.exit(bool({{'numpy', 'holidays', 'icalendar'}} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
