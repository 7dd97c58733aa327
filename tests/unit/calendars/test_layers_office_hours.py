"""Working hours: shifts, half-days, and arithmetic in hours."""

from __future__ import annotations

import time as clock
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from calendars import OwnDay, vietnam_office, vietnam_six_day, with_closures
from calendars.office_hours import (
    MORNING,
    VIETNAM,
    HoursUnreadable,
    NoOfficeHours,
    NoShift,
    OfficeHours,
    Shift,
    ShiftReversed,
    ShiftsOverlap,
    local_date,
    parse_hours,
)

office = OfficeHours(vietnam_office())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-11-20 06:00", "2026-11-20 07:30"),
        ("2026-11-20 07:30", "2026-11-20 07:30"),
        ("2026-11-20 11:29:59", "2026-11-20 11:29:59"),
        ("2026-11-20 11:30", "2026-11-20 13:30"),  # the lunch break
        ("2026-11-20 16:59", "2026-11-20 16:59"),
        ("2026-11-20 17:00", "2026-11-23 07:30"),  # over the weekend
        ("2026-11-23 23:30", "2026-11-25 07:30"),  # over 24/11
        ("2026-02-13 17:00", "2026-02-23 07:30"),  # over Tết
        ("2026-08-21 20:00", "2026-08-22 07:30"),  # to a worked Saturday
        ("2026-08-23 00:30", "2026-08-24 07:30"),
    ],
)
def test_the_next_working_instant(given: str, expected: str) -> None:
    assert office.next_working_instant(at(given)) == at(expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-11-20 18:00", "2026-11-20 17:00"),
        ("2026-11-20 13:30", "2026-11-20 11:30"),
        ("2026-11-20 13:31", "2026-11-20 13:31"),
        ("2026-11-23 07:30", "2026-11-20 17:00"),
        ("2026-02-22 12:00", "2026-02-13 17:00"),
    ],
)
def test_the_previous_working_instant(given: str, expected: str) -> None:
    assert office.previous_working_instant(at(given)) == at(expected)


@pytest.mark.parametrize(
    ("given", "hours", "expected"),
    [
        ("2026-11-20 07:30", 0, "2026-11-20 07:30"),
        ("2026-11-21 07:30", 0, "2026-11-23 07:30"),
        ("2026-11-20 07:30", 4, "2026-11-20 11:30"),  # the end of the shift, not the start of the next
        ("2026-11-20 07:30", 4.5, "2026-11-20 14:00"),
        ("2026-11-20 07:30", 7.5, "2026-11-20 17:00"),
        ("2026-11-20 16:00", 8, "2026-11-23 16:30"),
        ("2026-02-13 16:00", 2, "2026-02-23 08:30"),
        ("2026-02-23 08:30", -2, "2026-02-13 16:00"),
        ("2026-11-20 17:00", -7.5, "2026-11-20 07:30"),
        ("2026-11-20 12:00", -1, "2026-11-20 10:30"),
    ],
)
def test_working_hours_are_added_in_shifts_alone(given: str, hours: float, expected: str) -> None:
    assert office.add_working_hours(at(given), hours) == at(expected)


def test_working_time_between_two_instants() -> None:
    assert office.working_time(at("2026-11-20 11:00"), at("2026-11-20 14:00")) == timedelta(hours=1)
    assert office.working_time(at("2026-02-13 16:00"), at("2026-02-23 08:30")) == timedelta(hours=2)
    assert office.working_time(at("2026-02-23 08:30"), at("2026-02-13 16:00")) == timedelta(hours=-2)


def test_opening_and_closing() -> None:
    assert office.opening(date(2026, 11, 20)) == at("2026-11-20 07:30")
    assert office.closing(date(2026, 11, 20)) == at("2026-11-20 17:00")
    with pytest.raises(NoOfficeHours, match="24/11/2026 là ngày nghỉ"):
        office.closing(date(2026, 11, 24))


def test_is_open_from_the_start_of_a_shift_up_to_its_end() -> None:
    assert [office.is_open(at(f"2026-11-20 {when}")) for when in ("07:29", "07:30", "11:30", "13:30", "17:00")] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_a_half_day_of_the_week_and_a_half_day_of_one_date() -> None:
    week = parse_hours("T2-T6: 07:30-11:30, 13:30-17:00; T7: 07:30-11:30")
    school = OfficeHours(vietnam_six_day(), week, dates={date(2026, 11, 20): (MORNING,)})
    assert school.closing(date(2026, 11, 21)) == at("2026-11-21 11:30")
    assert school.closing(date(2026, 11, 20)) == at("2026-11-20 11:30")
    assert school.closing(date(2026, 11, 19)) == at("2026-11-19 17:00")


def test_a_swapped_saturday_has_the_hours_of_the_day_it_makes_up_for() -> None:
    week = {**parse_hours("T2-T6: 07:30-11:30, 13:30-17:00"), 4: (MORNING,)}
    hours = OfficeHours(vietnam_office(), week)
    assert hours.closing(date(2026, 1, 10)) == at("2026-01-10 11:30")  # for a Friday
    assert hours.closing(date(2026, 8, 22)) == at("2026-08-22 17:00")  # for a Monday


def test_an_opened_sunday_has_the_usual_hours() -> None:
    calendar = with_closures(vietnam_office(), [OwnDay(date(2026, 11, 22), working=True, name="Đối thoại")])
    assert OfficeHours(calendar).opening(date(2026, 11, 22)) == at("2026-11-22 07:30")


def test_hours_of_one_date_never_make_a_rest_day_worked() -> None:
    hours = OfficeHours(vietnam_office(), dates={date(2026, 11, 22): (MORNING,)})
    assert not hours.is_open(at("2026-11-22 08:00"))


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    "local", ["2026-11-20 00:00", "2026-11-20 00:30", "2026-11-19 23:30", "2026-03-08 14:00", "2026-11-01 13:30"]
)
def test_the_zone_in_which_an_instant_is_written_does_not_matter(zone: str, local: str) -> None:
    written = at(local).astimezone(ZoneInfo(zone))
    assert local_date(written) == date.fromisoformat(local[:10])
    assert office.next_working_instant(written) == office.next_working_instant(at(local))
    assert office.add_working_hours(written, 3).tzinfo is VIETNAM


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_the_zone_of_the_server_does_not_matter(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = office.add_working_hours(at("2026-11-01 00:30"), 12)
    monkeypatch.setenv("TZ", zone)
    clock.tzset()
    try:
        assert (
            office.add_working_hours(at("2026-11-01 00:30"), 12)
            == expected
            == at("2026-11-03 12:00") + timedelta(hours=2)
        )
    finally:
        monkeypatch.undo()
        clock.tzset()


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="múi giờ"):
        office.next_working_instant(datetime(2026, 11, 20, 8))  # noqa: DTZ001


def test_hours_are_read_as_an_office_writes_them() -> None:
    assert parse_hours("t2 - t5: 7h30 - 11h30; CN: 08:00-09:00") == {
        **dict.fromkeys(range(4), (Shift(time(7, 30), time(11, 30)),)),
        6: (Shift(time(8), time(9)),),
    }


@pytest.mark.parametrize("text", ["", " ; ", "T9: 07:30-11:30", "T2 07:30-11:30", "T2: 7-11", "T2: 25:00-26:00", "T2:"])
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(HoursUnreadable, match="hãy viết như «T2-T6"):
        parse_hours(text)


def test_hours_that_cannot_be_are_refused() -> None:
    with pytest.raises(ShiftReversed, match=r"11:30-07:30"):
        parse_hours("T2: 11:30-07:30")
    with pytest.raises(ShiftsOverlap, match=r"07:30-11:30, 11:00-12:00"):
        OfficeHours(vietnam_office(), parse_hours("T2: 07:30-11:30, 11:00-12:00"))
    with pytest.raises(NoShift):
        OfficeHours(vietnam_office(), default=())
    with pytest.raises(NoShift):
        OfficeHours(vietnam_office(), dates={date(2026, 11, 20): ()})
