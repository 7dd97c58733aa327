"""The array questions: the same answers as one by one, and the same refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import pytest

from calendars import OutsideCalendar, WorkingCalendar, vietnam_office
from calendars.arrays import VectorTables
from calendars.day_table import FIVE_DAY_WEEK, DayTable
from calendars.working_calendar import ResultOutsideCalendar

office = vietnam_office()
DAYS = np.arange(np.datetime64("2015-06-01"), np.datetime64("2027-12-01"), dtype="datetime64[D]")
LIST: list[date] = DAYS.tolist()


@pytest.mark.parametrize("n", [-60, -1, 0, 1, 10, 60])
def test_add_many_answers_as_add(n: int) -> None:
    assert office.add_many(DAYS, n).tolist() == [office.add(day, n) for day in LIST]


def test_add_many_takes_one_number_for_each_day() -> None:
    n = np.arange(len(DAYS)) % 121 - 60
    assert office.add_many(DAYS, n).tolist() == [office.add(day, k) for day, k in zip(LIST, n.tolist(), strict=True)]


def test_add_many_broadcasts_and_takes_lists_and_single_days() -> None:
    assert office.add_many([date(2026, 2, 11), date(2026, 1, 2)], 5).tolist() == [date(2026, 2, 25), date(2026, 1, 9)]
    assert office.add_many(date(2026, 2, 11), [0, 5, -1]).tolist() == [
        date(2026, 2, 11),
        date(2026, 2, 25),
        date(2026, 2, 10),
    ]
    assert office.add_many(date(2026, 2, 11), 5)[()] == np.datetime64("2026-02-25")
    grid = office.add_many(DAYS[:6].reshape(2, 3), np.array([[1], [2]]))
    assert grid.tolist() == [
        [office.add(day, k) for day in row] for row, k in zip(DAYS[:6].reshape(2, 3).tolist(), (1, 2), strict=True)
    ]
    assert office.add_many([], 3).shape == (0,)


def test_add_many_fills_out_and_may_overwrite_its_input() -> None:
    expected = office.add_many(DAYS, 10)
    out = np.empty_like(DAYS)
    assert office.add_many(DAYS, 10, out=out) is out
    assert (out == expected).all()
    shifted = np.concatenate([DAYS, DAYS[:1]])
    office.add_many(shifted[:-1], 10, out=shifted[1:])
    assert (shifted[1:] == expected).all()


def test_count_many_answers_as_count() -> None:
    since, until = DAYS[:-97:7], DAYS[97::7]
    expected = [office.count(a, b) for a, b in zip(since.tolist(), until.tolist(), strict=True)]
    assert office.count_many(since, until).tolist() == expected
    assert office.count_many(until, since).tolist() == [-n for n in expected]
    assert office.count_many(date(2026, 1, 1), [date(2026, 1, 1), date(2027, 1, 1)]).tolist() == [0, 249]


def test_is_working_many_answers_as_is_working() -> None:
    assert office.is_working_many(DAYS).tolist() == [office.is_working(day) for day in LIST]


def test_arrays_go_on_into_provisional_days() -> None:
    assert office.add_many([date(2027, 12, 30), date(2030, 1, 1)], 5).tolist() == [date(2028, 1, 7), date(2030, 1, 8)]
    assert office.count_many(date(2050, 12, 1), date(2051, 1, 1))[()] == 22
    assert office.is_working_many([date(2027, 12, 31), date(2028, 1, 26)]).tolist() == [True, False]


@pytest.mark.parametrize(
    "ask",
    [
        lambda days: office.add_many(days, 1),
        lambda days: office.add_many(days, np.ones(len(days), dtype=int)),
        lambda days: office.count_many(days, days),
        lambda days: office.is_working_many(days),
    ],
)
class TestEveryArrayQuestion:
    @pytest.mark.parametrize("day", ["2014-12-31", "1969-12-31", "0001-01-01", "2051-01-02"])
    def test_refuses_a_day_outside_and_names_it(self, ask: Callable[[object], object], day: str) -> None:
        shown = f"{date.fromisoformat(day):%d/%m/%Y}"
        with pytest.raises(OutsideCalendar, match=shown):
            ask(np.array(["2026-01-05", day], dtype="datetime64[D]"))

    def test_refuses_a_missing_day(self, ask: Callable[[object], object]) -> None:
        with pytest.raises(ValueError, match="NaT"):
            ask(np.array(["2026-01-05", "NaT"], dtype="datetime64[D]"))

    @pytest.mark.parametrize("unit", ["s", "h", "M", "7D"])
    def test_refuses_instants_and_other_units(self, ask: Callable[[object], object], unit: str) -> None:
        with pytest.raises(TypeError, match=r"datetime64\[D\]"):
            ask(np.array(["2026-01-05"], dtype="datetime64[D]").astype(f"datetime64[{unit}]"))

    def test_refuses_datetimes_in_a_list(self, ask: Callable[[object], object]) -> None:
        with pytest.raises(TypeError, match="không phải thời điểm"):
            ask([datetime(2026, 1, 5, tzinfo=UTC)])


def test_a_result_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ResultOutsideCalendar, match=r"Đếm 60 ngày làm việc từ ngày 01/12/2050"):
        office.add_many([date(2026, 1, 5), date(2050, 12, 1)], 60)
    with pytest.raises(ResultOutsideCalendar, match=r"Đếm -9 ngày"):
        office.add_many([date(2026, 1, 5), date(2015, 1, 5)], [1, -9])


def test_numbers_are_whole_and_out_has_the_right_kind_and_shape() -> None:
    with pytest.raises(TypeError, match="số nguyên"):
        office.add_many(DAYS, np.array(1.5))
    with pytest.raises(ValueError, match="out"):
        office.add_many(DAYS, 1, out=np.empty(3, dtype="datetime64[D]"))
    with pytest.raises(ValueError, match="out"):
        office.add_many(DAYS[:3], 1, out=np.empty(3, dtype="datetime64[s]"))


def test_three_centuries_fit_in_a_megabyte_and_answer_before_1970() -> None:
    first, last = date(1900, 1, 1).toordinal(), date(2200, 12, 31).toordinal()
    table = DayTable(FIVE_DAY_WEEK, first, last, {}, last)
    vectors = VectorTables(table)
    assert table.nbytes + vectors.nbytes <= 1_000_000
    plain = WorkingCalendar("plain", table)
    days = np.arange(
        np.datetime64("1900-03-01"), np.datetime64("2200-10-01"), np.timedelta64(31, "D"), dtype="datetime64[D]"
    )
    assert plain.add_many(days, 10).tolist() == [plain.add(day, 10) for day in days.tolist()]
    assert plain.is_working_many(days).tolist() == [day.weekday() < 5 for day in days.tolist()]
