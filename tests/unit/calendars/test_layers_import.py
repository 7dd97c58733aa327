"""Closures from CSV and iCal: what is taken, what adds nothing, what is refused and why."""

from __future__ import annotations

from datetime import date

import pytest

from calendars import vietnam_office, with_closures
from calendars.closures import LARGEST_BYTES, Entry, ImportReport, import_csv, import_ical
from calendars.entries import REASONS

office = vietnam_office()


def csv(text: str) -> ImportReport:
    return import_csv(text.encode(), office)


def ical(*events: str) -> ImportReport:
    body = "".join(f"BEGIN:VEVENT\nUID:{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}END:VCALENDAR\n"
    return import_ical(text.replace("\n", "\r\n").encode(), office)


def taken(report: ImportReport) -> list[tuple[str, bool, str]]:
    return [(f"{day.on:%d/%m/%Y}", day.working, day.name) for day in report.taken]


def told(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    return [(entry.place, entry.code) for entry in entries]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_is_read_with_any_separator(separator: str) -> None:
    lines = ["\ufeffNgày,Đến ngày,Tên,Loại", "20/07/2026,21/07/2026,Nghỉ hè,nghỉ", "2026-07-25,,Trực,Làm việc"]
    report = csv("\r\n".join(lines).replace(",", separator))
    assert taken(report) == [
        ("20/07/2026", False, "Nghỉ hè"),
        ("21/07/2026", False, "Nghỉ hè"),
        ("25/07/2026", True, "Trực"),
    ]
    assert not (*report.doubled, *report.refused)


def test_english_columns_a_source_and_missing_names_are_understood() -> None:
    report = csv("date,kind,source\n2026-07-20,closure,Thông báo 1\n2026-07-25,opening,\n")
    assert taken(report) == [
        ("20/07/2026", False, "Ngày nghỉ của đơn vị"),
        ("25/07/2026", True, "Ngày làm việc của đơn vị"),
    ]
    assert report.taken[0].source == "Thông báo 1"


def test_what_adds_nothing_is_told_apart_from_what_cannot_be_used() -> None:
    report = csv(
        "ngày,đến ngày,tên,loại\n"
        "02/09/2026,,Lễ,nghỉ\n"
        "03/09/2026,,Làm,làm việc\n"
        "20/07/2026,,Hè,\n"
        "20/07/2026,,Hè nữa,\n"
        "31/02/2026,,Sai,\n"
        ",,Thiếu,\n"
        "22/07/2026,21/07/2026,Ngược,\n"
        "01/01/2026,31/12/2027,Dài,\n"
        "01/07/2014,,Cũ,\n"
        "24/07/2026,,Lạ,bay\n"
        ",,,\n"
    )
    assert taken(report) == [("20/07/2026", False, "Hè")]
    assert told(report.doubled) == [("Dòng 2", "already_off"), ("Dòng 3", "already_worked"), ("Dòng 5", "repeated")]
    assert told(report.refused) == [
        ("Dòng 6", "bad_date"),
        ("Dòng 7", "no_date"),
        ("Dòng 8", "reversed"),
        ("Dòng 9", "too_long"),
        ("Dòng 10", "outside"),
        ("Dòng 11", "bad_kind"),
    ]
    assert str(report.refused[0]) == "Dòng 6: không đọc được ngày «31/02/2026»; hãy viết dd/mm/yyyy."
    assert str(report.doubled[0]) == "Dòng 2 (02/09/2026): ngày này vốn đã nghỉ."


def test_a_quote_that_is_never_closed_costs_its_own_line_alone() -> None:
    report = csv('ngày,tên\n20/07/2026,"Nghỉ hè\n21/07/2026,Hè\n22/07/2026,"Hè"\n23/07/2026,"a"b\n')
    assert taken(report) == [("21/07/2026", False, "Hè"), ("22/07/2026", False, "Hè")]
    assert told(report.refused) == [("Dòng 2", "bad_quotes"), ("Dòng 5", "bad_quotes")]


def test_two_stray_quotes_hide_no_line_between_them() -> None:
    report = csv('ngày,tên\n20/07/2026,"Nghỉ\n21/07/2026,Hè\n22/07/2026,hè"\n23/07/2026,Hè\n')
    assert [day.on.day for day in report.taken] == [21, 22, 23]
    assert told(report.refused) == [("Dòng 2", "bad_quotes")]


@pytest.mark.parametrize("length", [20_000, 140_000, 900_000])
def test_a_line_too_long_to_be_a_day_is_refused_and_the_next_is_read(length: int) -> None:
    report = csv(f"ngày,tên\n20/07/2026,{'x' * length}\n21/07/2026,Hè\n")
    assert [day.on.day for day in report.taken] == [21]
    assert told(report.refused) == [("Dòng 2", "long_row")]


def test_a_day_without_a_paper_has_its_file_as_source() -> None:
    report = import_csv("ngày,căn cứ\n20/07/2026,\n21/07/2026,Thông báo 1\n".encode(), office, "closures.csv")
    assert [day.source for day in report.taken] == ["closures.csv", "Thông báo 1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "unreadable"),
        (b"", "no_date_column"),
        ("tên,loại\nHè,nghỉ".encode(), "no_date_column"),
        (b"x" * (LARGEST_BYTES + 1), "too_large"),
        ('"ngày,tên\n20/07/2026,Hè'.encode(), "bad_quotes"),
        (b"x" * 200_000, "long_row"),
    ],
)
def test_a_spreadsheet_that_cannot_be_used_is_refused_as_a_whole(content: bytes, code: str) -> None:
    assert told(import_csv(content, office).refused) == [("Tệp", code)]


def test_whole_day_events_are_taken_with_their_last_day_left_out() -> None:
    report = ical(
        "DTSTART;VALUE=DATE:20260720\nDTEND;VALUE=DATE:20260722\nSUMMARY:Nghỉ hè", "DTSTART;VALUE=DATE:20260724"
    )
    assert taken(report) == [
        ("20/07/2026", False, "Nghỉ hè"),
        ("21/07/2026", False, "Nghỉ hè"),
        ("24/07/2026", False, "Ngày nghỉ của đơn vị"),
    ]


def test_an_event_from_midnight_to_midnight_in_vietnam_is_a_whole_day() -> None:
    report = ical("DTSTART:20260719T170000Z\nDTEND:20260720T170000Z\nSUMMARY:Nghỉ")
    assert taken(report) == [("20/07/2026", False, "Nghỉ")]


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "SE Asia Standard Time"])
def test_an_event_from_midnight_to_midnight_in_a_known_zone_of_vietnams_time_is_a_whole_day(zone: str) -> None:
    report = ical(f"DTSTART;TZID={zone}:20260720T000000\nDTEND;TZID={zone}:20260721T000000\nSUMMARY:Nghỉ")
    assert taken(report) == [("20/07/2026", False, "Nghỉ")]


def test_an_event_may_give_its_duration() -> None:
    report = ical("DTSTART;VALUE=DATE:20260720\nDURATION:P2D\nSUMMARY:Nghỉ")
    assert [day.on.day for day in report.taken] == [20, 21]


def test_an_event_of_the_category_opening_opens_its_day() -> None:
    assert taken(ical("DTSTART;VALUE=DATE:20260725\nCATEGORIES:OPENING\nSUMMARY:Trực")) == [
        ("25/07/2026", True, "Trực")
    ]


def test_a_yearly_event_is_unfolded_to_the_last_settled_day_without_its_exceptions() -> None:
    report = ical("DTSTART;VALUE=DATE:20231120\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20251120\nSUMMARY:Nhà giáo")
    assert [f"{day.on}" for day in report.taken] == ["2023-11-20", "2024-11-20", "2026-11-20"]
    assert [(entry.on, entry.code) for entry in report.doubled] == [(date(2027, 11, 20), "already_off")]  # a Saturday


def test_repeats_end_at_their_count_and_at_their_last_day() -> None:
    counted = ical("DTSTART;VALUE=DATE:20260720\nRRULE:FREQ=WEEKLY;COUNT=2")
    ended = ical("DTSTART;VALUE=DATE:20260720\nRRULE:FREQ=WEEKLY;UNTIL=20260802T170000Z")
    assert [day.on.day for day in counted.taken] == [day.on.day for day in ended.taken] == [20, 27]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("DTSTART:20260720T080000\nDTEND:20260720T100000", "timed"),
        ("DTSTART:20260720T000000\nDTEND:20260720T100000", "timed"),
        ("DTSTART:20260720T000000", "timed"),
        ("SUMMARY:Không ngày", "no_date"),
        ("DTSTART;TZID=Mars/Olympus:20260720T000000\nDTEND;TZID=Mars/Olympus:20260721T000000", "unknown_zone"),
        ("DTSTART:20260720T000000\nDTEND;TZID=Mars/Olympus:20260721T000000", "unknown_zone"),
        (
            "DTSTART;VALUE=DATE:20260720\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Mars/Olympus:20260721T000000",
            "unknown_zone",
        ),
        ("DTSTART;VALUE=DATE:20260230", "bad_event"),
        ("DTSTART;VALUE=DATE:20260722\nDTEND;VALUE=DATE:20260720", "reversed"),
        ("DTSTART;VALUE=DATE:20260720\nSTATUS:CANCELLED", "cancelled"),
        ("DTSTART;VALUE=DATE:20260720\nRRULE:FREQ=SECONDLY", "repeats"),
        ("DTSTART;VALUE=DATE:20260720\nRRULE:FREQ=YEARLY;BYEASTER=0", "repeats"),
        ("DTSTART;VALUE=DATE:20260720\nRDATE;VALUE=DATE:20260722", "repeats"),
        ("DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY", "repeats"),
        ("DTSTART;VALUE=DATE:20140701", "outside"),
    ],
)
def test_an_event_that_cannot_be_used_is_refused_with_its_reason(event: str, code: str) -> None:
    report = ical(event)
    assert not report.taken
    assert not report.doubled
    assert [entry.code for entry in report.refused] == [code]
    assert report.refused[0].place.startswith("Sự kiện 1")


def test_a_repeat_that_never_comes_true_ends_all_the_same() -> None:
    report = ical("DTSTART;VALUE=DATE:20260720\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5")
    assert report.taken == ()


def test_a_file_of_very_many_events_is_refused() -> None:
    assert told(ical(*["DTSTART;VALUE=DATE:20260720"] * 1001).refused) == [("Tệp", "too_large")]


def test_a_file_of_endless_repeats_is_cut_off() -> None:
    report = ical(*["DTSTART;VALUE=DATE:20150101\nRRULE:FREQ=DAILY"] * 30)
    assert report.refused[-1].code == "too_large"


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_what_is_no_ical_file_is_refused_or_empty(content: bytes) -> None:
    report = import_ical(content, office)
    assert report.taken == ()
    assert {entry.code for entry in report.refused} <= {"unreadable", "no_date"}


def test_what_was_taken_can_be_laid_over_the_calendar() -> None:
    closed = with_closures(office, csv("ngày,tên\n20/07/2026,Nghỉ hè").taken)
    assert closed.explain(date(2026, 7, 20)).name == "Nghỉ hè"


def test_every_reason_can_be_told() -> None:
    assert all(Entry("Dòng 1", code, None, (("text", "x"), ("days", "1"))).reason for code in REASONS)
