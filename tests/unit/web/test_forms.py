"""What people type becomes dates, times and text, or one sentence."""

from __future__ import annotations

import unicodedata
from datetime import date, time

import pytest

from workflow.domain.errors import EvidenceMissing, HappenedInFuture, NotFound
from workflow.web import forms
from workflow.web.forms import MeetingTyped, Refused


@pytest.mark.parametrize(
    "typed",
    ["24/04/2026", "24/4/2026", "24-4-2026", "24.04.2026", "24 4 2026", "24042026", "2026-04-24", "24 / 4 / 2026"],
)
def test_a_date_is_read_day_first_whatever_stands_between(typed: str) -> None:
    assert forms.day(typed) == date(2026, 4, 24)


@pytest.mark.parametrize("typed", ["24/4", "24/4/26", "31/02/2026", "04/24/2026", "mai", "24/4/2026 8h", "٢٤/٤/٢٠٢٦x"])
def test_a_date_is_never_guessed(typed: str) -> None:
    with pytest.raises(forms.DateUnreadable):
        forms.day(typed)


def test_an_empty_date_is_none() -> None:
    assert forms.day("") is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08:00", time(8)),
        ("8h", time(8)),
        ("8h30", time(8, 30)),
        ("8g30", time(8, 30)),
        ("14 giờ", time(14)),
        ("14 giờ 30 phút", time(14, 30)),
        ("7.45", time(7, 45)),
        ("", None),
    ],
)
def test_a_clock_time_is_read_the_vietnamese_way(typed: str, read: time | None) -> None:
    assert forms.clock(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "8:60", "sáng", "8:3x", "800"])
def test_a_clock_time_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(forms.ClockUnreadable):
        forms.clock(typed)


def test_text_is_composed_and_freed_of_control_characters() -> None:
    typed = unicodedata.normalize("NFD", " Thông báo\x00 số 5\r\nngày\u200b ")
    assert forms.clean(typed) == "Thông báo số 5\nngày"


def test_text_that_is_too_long_tells_both_lengths() -> None:
    with pytest.raises(forms.TextTooLong, match="dài 6 ký tự, quá 5"):
        forms.text("abcdef", 5)


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "²", "9" * 30, None])
def test_a_version_is_a_plain_number(typed: object) -> None:
    with pytest.raises(forms.FormIncomplete):
        forms.version(typed)


def test_a_meeting_needs_a_day() -> None:
    with pytest.raises(Refused) as caught:
        MeetingTyped(place="Hội trường").command()
    assert (caught.value.field, type(caught.value.error)) == ("on", forms.DateMissing)


def test_a_refusal_of_the_services_stands_beside_the_field_it_is_about() -> None:
    assert forms.complaint(HappenedInFuture(happened_on="", recorded_on="")).field == "happened_on"
    assert forms.complaint(EvidenceMissing(step="")).field == "document_number"
    assert forms.complaint(NotFound(detail="")).field == ""
