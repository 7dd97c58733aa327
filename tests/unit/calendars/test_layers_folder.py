"""A unit's own calendar from a folder: its files, their order, their reports, and its hours."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from calendars import UnknownCalendar, vietnam_office
from calendars.office_hours import OFFICE_DAY, VIETNAM, HoursError
from calendars.own_calendar import calendar_from, hours_from, own_calendar

office = vietnam_office()
EVENT = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260721\r\nSUMMARY:Hè\r\nEND:VEVENT\r\n"
ICAL = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{EVENT}END:VCALENDAR\r\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def test_a_folder_that_is_missing_or_empty_changes_nothing(tmp_path: Path) -> None:
    assert calendar_from(tmp_path / "none", "office") is office
    assert calendar_from(tmp_path, "office") is office


def test_every_spreadsheet_and_calendar_file_of_the_folder_is_laid_over(tmp_path: Path) -> None:
    write(tmp_path, closures_csv="ngày,tên\n20/07/2026,Hè", khac_ICS=ICAL, readme_txt="x")
    found = own_calendar(tmp_path, "office")
    assert [found.calendar.is_working(date(2026, 7, day)) for day in (20, 21, 22)] == [False, False, True]
    assert [found.calendar.explain(date(2026, 7, day)).source for day in (20, 21)] == ["closures.csv", "khac.ICS"]
    assert [(file, len(report.taken)) for file, report in found.reports] == [("closures.csv", 1), ("khac.ICS", 1)]
    assert calendar_from(tmp_path, "office").version == found.calendar.version


def test_a_later_file_may_open_what_an_earlier_one_closed(tmp_path: Path) -> None:
    write(tmp_path, a_csv="ngày\n20/07/2026\n21/07/2026", b_csv="ngày,loại\n20/07/2026,làm việc\n21/07/2026,nghỉ")
    found = own_calendar(tmp_path, "office")
    assert [found.calendar.is_working(date(2026, 7, day)) for day in (20, 21)] == [True, False]
    assert [entry.code for entry in found.reports[1][1].doubled] == ["already_off"]


def test_a_file_that_cannot_be_used_is_told_and_the_others_count(tmp_path: Path) -> None:
    write(tmp_path, a_csv="không phải lịch", b_csv="ngày\n20/07/2026")
    (tmp_path / "c.csv").mkdir()
    found = own_calendar(tmp_path, "office")
    codes = [(file, [entry.code for entry in report.refused]) for file, report in found.reports]
    assert codes == [("a.csv", ["no_date_column"]), ("b.csv", []), ("c.csv", ["unreadable"])]
    assert not found.calendar.is_working(date(2026, 7, 20))


def test_an_unknown_calendar_is_refused_whatever_the_folder_holds(tmp_path: Path) -> None:
    with pytest.raises(UnknownCalendar):
        calendar_from(tmp_path, "lich")


def test_the_hours_of_the_folder_are_those_of_the_unit(tmp_path: Path) -> None:
    assert hours_from(tmp_path, office).shifts_on(date(2026, 7, 20)) == OFFICE_DAY
    write(tmp_path, hours_txt="# giờ mùa hè\nT2-T5: 07:00-11:00, 13:00-17:00  # từ tháng 4\nT6: 07:00-11:00\n")
    hours = hours_from(tmp_path, office)
    assert hours.closing(date(2026, 7, 24)) == datetime(2026, 7, 24, 11, tzinfo=VIETNAM)
    assert hours.opening(date(2026, 7, 23)) == datetime(2026, 7, 23, 7, tzinfo=VIETNAM)


def test_hours_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    for text in ("", "lúc nào cũng được", "T2: 17:00-07:00"):
        write(tmp_path, hours_txt=text)
        with pytest.raises(HoursError):
            hours_from(tmp_path, office)
    (tmp_path / "hours.txt").write_bytes("T2: 07:00-11:00".encode("utf-16"))
    with pytest.raises(HoursError, match=r"hours\.txt"):
        hours_from(tmp_path, office)
