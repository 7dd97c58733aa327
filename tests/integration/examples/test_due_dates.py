"""The due date of every step of the examples, started and with the meeting's day set, worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from tests.builders import after, at, office_terms, started
from tests.integration.examples.plans import example
from workflow.domain.commands import SetMeeting
from workflow.domain.cycle import Cycle


class Case(NamedTuple):
    """A plan started on a day, its meeting set on another, and its limits as (due, safe)."""

    name: str
    started_on: str
    meeting_on: str
    limits: dict[str, tuple[str, str]]


CASES = (
    Case(
        "s0",
        "2026-02-23",
        "2026-03-20",  # a Friday
        {
            "hold_meeting": ("2026-03-20", "2026-03-20"),
            "recognise_inspectors": ("2026-03-25", "2026-03-25"),  # 21, 22, 23, 24, 25: a Wednesday
        },
    ),
    Case(
        "s1",
        "2023-09-11",
        "2023-10-13",  # a Friday
        {
            "group_meetings": ("2023-10-12", "2023-10-12"),  # before the meeting: the day before
            "final_report": ("2023-10-12", "2023-10-12"),
            "call_extraordinary": ("2023-09-28", "2023-09-28"),  # 15 days before 13/10; no request has come
            "hold_meeting": ("2023-10-14", "2023-10-13"),  # before 15/10: Saturday the 14th, safe on Friday
            "send_resolution": ("2023-10-23", "2023-10-23"),  # ten days from the 13th: Monday the 23rd
            "report_to_union": ("2023-10-23", "2023-10-23"),
            "elect_head": ("2023-10-18", "2023-10-18"),  # five days, the weekend counted
            "recognise_inspectors": ("2023-10-18", "2023-10-18"),
            "review_by_head": ("2024-04-15", "2024-04-15"),  # 13/4/2024 is a Saturday: rolls to Monday
            "review_by_union": ("2024-04-15", "2024-04-15"),
        },
    ),
    Case(
        "s2",
        "2025-10-06",
        "2025-11-02",  # a Sunday
        {
            "school_opinions": ("2025-10-20", "2025-10-20"),  # before Tuesday the 21st
            "classify_opinions": ("2025-10-21", "2025-10-21"),  # before Wednesday the 22nd
            "draft_answers": ("2025-10-26", "2025-10-24"),  # before Monday the 27th: Sunday, safe on Friday
            "register_speakers": ("2025-10-24", "2025-10-24"),  # before Saturday the 25th
            "announce_meeting": ("2025-10-26", "2025-10-24"),  # seven days before a Sunday is a Sunday
            "hold_meeting": ("2025-11-02", "2025-11-02"),
            "draft_conclusion": ("2025-11-10", "2025-11-10"),  # six days end on Saturday the 8th: Monday
            "report_figures": ("2025-11-14", "2025-11-14"),  # before Saturday the 15th
        },
    ),
    Case(
        "s3",
        "2026-04-13",
        "2026-05-15",  # a Friday
        {
            "send_forms": ("2026-04-23", "2026-04-23"),  # sent and collected before Friday the 24th
            "collect_forms": ("2026-04-23", "2026-04-23"),
            "draft_answers": ("2026-05-04", "2026-05-04"),  # before Tuesday the 5th
            "answer_report": ("2026-05-09", "2026-05-08"),  # before Sunday the 10th: Saturday, safe on Friday
            "hold_meeting": ("2026-05-15", "2026-05-15"),
            "issue_conclusion": ("2026-05-29", "2026-05-29"),  # ten working days: 18–22 and 25–29 May
            "answer_petitions": ("2026-06-09", "2026-06-09"),  # seven more: 1–5, 8 and 9 June (projected)
        },
    ),
    Case("s4", "2023-07-13", "2023-07-25", {"hold_meeting": ("2023-07-25", "2023-07-25")}),
)


def running(case: Case) -> Cycle:
    """The example as it stands once started with the day of its meeting known."""
    terms = office_terms()
    cycle = started(example(case.name), case.started_on, terms)
    return after(cycle, SetMeeting(date.fromisoformat(case.meeting_on)), at(case.started_on, "10:00"), terms)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_limits_of_an_example(case: Case) -> None:
    found = {
        key: (step.deadline.due_on.isoformat(), step.deadline.safe_on.isoformat())
        for key, step in running(case).steps.items()
        if step.deadline is not None
    }
    assert found == case.limits


@pytest.mark.parametrize(
    ("name", "projected"),
    [
        ("s0", set()),
        ("s1", {"call_extraordinary"}),  # a request may still come, and first
        ("s2", set()),
        ("s3", {"answer_petitions"}),  # its event, the conclusion, has not come
        ("s4", set()),
    ],
)
def test_with_the_meetings_day_known_only_later_events_are_projected(name: str, projected: set[str]) -> None:
    (case,) = (case for case in CASES if case.name == name)
    steps = running(case).steps
    assert {key for key, step in steps.items() if step.deadline is not None and step.deadline.projected} == projected


def test_the_conclusion_of_bac_thanh_mien_may_be_extended_to_fifteen_working_days() -> None:
    step = example("s3").by_key["issue_conclusion"]
    assert step.extend is not None
    calendar = office_terms().calendar
    assert calendar.add(date(2026, 5, 15), 15) == date(2026, 6, 5)  # one working week after 29 May
