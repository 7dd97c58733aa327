"""What a plan file means."""

from __future__ import annotations

import unicodedata
from datetime import date, time

import pytest

from calendars.rules import Before, Readings, SameDay, Unit, Within
from tests.unit.planfile.plans import PLAN, spoilt
from workflow.domain.definition import (
    Evidence,
    ForEach,
    Meeting,
    PlanDefinition,
    PlanKind,
    StepDefinition,
    StepKind,
)
from workflow.planfile import parse_plan


def read(text: str) -> PlanDefinition:
    return parse_plan(text, "plan.yaml")


def test_a_plan_file_is_its_definition() -> None:
    assert read(PLAN) == PlanDefinition(
        title="Đối thoại với giáo viên",
        kind=PlanKind.DIALOGUE,
        organization="UBND xã An Bình",
        meeting=Meeting(month=(2026, 5)),
        steps=(
            StepDefinition(
                "collect_forms",
                StepKind.COLLECT_FORMS,
                "Thu phiếu",
                owner="Ủy ban MTTQ xã",
                due=Before(date(2026, 4, 24)),
            ),
            StepDefinition(
                "hold_meeting", StepKind.HOLD_MEETING, "Hội nghị", after=("collect_forms",), due=SameDay("meeting")
            ),
            StepDefinition(
                "issue_conclusion",
                StepKind.ISSUE_CONCLUSION,
                "Thông báo kết luận",
                owner="Văn phòng",
                after=("hold_meeting",),
                due=Within(10, Unit.WORKING_DAY, "hold_meeting"),
                extend=Within(15, Unit.WORKING_DAY, "hold_meeting"),
                evidence=(Evidence.DOCUMENT,),
            ),
        ),
    )


def test_every_key_of_a_step_is_read() -> None:
    keys = "coordinating: [Phòng A, Phòng B]\n    recipient: Văn phòng\n    for_each: agency\n    in_meeting: true"
    step = read(spoilt("    owner: Ủy ban MTTQ xã", f"    {keys}")).steps[0]
    assert step.coordinating == ("Phòng A", "Phòng B")
    assert (step.recipient, step.for_each, step.in_meeting) == ("Văn phòng", ForEach.AGENCY, True)


def test_number_and_day_of_the_document_and_the_calendar_are_read() -> None:
    plan = read(
        spoilt("kind: dialogue", "kind: dialogue\ndocument_number: 06/KH\nissued_on: 13/7/2026\ncalendar: six_day")
    )
    assert (plan.document_number, plan.issued_on, plan.calendar) == ("06/KH", date(2026, 7, 13), "six_day")


def test_settings_are_the_readings_of_the_plan() -> None:
    plan = read(spoilt("steps:", 'settings: {before_date: included, office_closes: "16:30"}\nsteps:'))
    assert plan.readings == Readings(before_date="included", office_closes=time(16, 30))


@pytest.mark.parametrize("written", ["2026-05-15", "2026-5-15", "15/5/2026", "15/05/2026", "15-05-2026", "15.5.2026"])
def test_a_day_may_be_written_in_either_order(written: str) -> None:
    assert read(spoilt("month: 2026-05", f"on: {written}")).meeting.on == date(2026, 5, 15)


@pytest.mark.parametrize("written", ["2026-05", "2026-5", "05/2026", "5/2026"])
def test_a_month_may_be_written_in_either_order(written: str) -> None:
    assert read(spoilt("month: 2026-05", f"month: {written}")).meeting.month == (2026, 5)


@pytest.mark.parametrize("written", ["08:00", '"08:00"', "8:00", "8h", "8h00", "8h00’", "8 giờ 00", "08:00:00"])
def test_a_clock_time_is_what_people_write_never_a_number(written: str) -> None:
    assert read(spoilt("month: 2026-05", f"on: 2026-05-15\n  at: {written}")).meeting.at == time(8)


@pytest.mark.parametrize(
    "word", ["on", "yes", "No", "null hypothesis", "0123", "1e3", "2026-05-15", "12:30:00", "0x1F"]
)
def test_text_stays_text_whatever_yaml_takes_it_for(word: str) -> None:
    assert read(spoilt("name: Thu phiếu", f"name: {word}")).steps[0].name == word


def test_what_is_left_blank_counts_as_left_out() -> None:
    assert read(spoilt("owner: Ủy ban MTTQ xã", "owner:")).steps[0].owner is None


def test_one_predecessor_needs_no_list() -> None:
    assert read(spoilt("after: [collect_forms]", "after: collect_forms")) == read(PLAN)


def test_repeated_predecessors_count_once() -> None:
    assert read(spoilt("after: [collect_forms]", "after: [collect_forms, collect_forms]")) == read(PLAN)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + PLAN,
        PLAN.replace("\n", "\r\n"),
        PLAN.replace("\n", "\r"),
        unicodedata.normalize("NFD", PLAN),
        "# ghi chú đầu tệp\n\n---\n" + PLAN + "...\n",
        PLAN.replace("name: Hội nghị", 'name: "Hội  nghị "'),
    ],
    ids=["byte order mark", "CRLF", "CR", "NFD", "document marks", "loose spaces"],
)
def test_how_an_editor_saved_the_file_does_not_matter(text: str) -> None:
    assert read(text) == read(PLAN)


def test_english_wordings_mean_the_same() -> None:
    english = spoilt("10 ngày làm việc sau hold_meeting", "10 working days after hold_meeting")
    assert read(spoilt("trước ngày 24/4/2026", "before 2026-04-24", english)) == read(PLAN)


def test_json_is_a_plan_file_too() -> None:
    text = (
        '{"doithoai": 1, "title": "A", "kind": "union", "organization": "B", '
        '"steps": [{"key": "a", "kind": "other", "name": "C", "in_meeting": true}]}'
    )
    assert read(text).steps == (StepDefinition("a", StepKind.OTHER, "C", in_meeting=True),)
