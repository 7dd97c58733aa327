"""The read tables follow from a plan's state alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calendars.rules import By
from tests.builders import DIALOGUE, after, at, office_terms, started
from workflow.domain.commands import CompleteStep, SetMeeting, Sweep
from workflow.domain.definition import NO_MEETING, StepDefinition, StepKind
from workflow.domain.wake import next_wake_at
from workflow.store.rows import rows_of

TERMS = office_terms()


def test_the_next_step_is_the_unfinished_one_whose_limit_comes_first() -> None:
    rows = rows_of(started(), (), TERMS)
    assert (rows.plan.next_step, rows.plan.next_due_on) == ("Thu phiếu", date(2026, 4, 23))
    rows = rows_of(after(started(), CompleteStep("collect"), at("2026-04-10")), (), TERMS)
    assert (rows.plan.next_step, rows.plan.next_due_on) == ("Trả lời bằng văn bản", date(2026, 5, 4))


def test_of_steps_with_one_limit_the_first_in_the_document_is_next() -> None:
    steps = tuple(StepDefinition(key, StepKind.OTHER, key.upper(), due=By(date(2026, 5, 4))) for key in ("z", "a", "b"))
    cycle = started(replace(DIALOGUE, steps=steps, meeting=NO_MEETING))
    assert rows_of(cycle, (), TERMS).plan.next_step == "Z"


def test_a_plan_without_limits_has_no_next_step() -> None:
    cycle = started(replace(DIALOGUE, steps=(StepDefinition("a", StepKind.OTHER, "A"),), meeting=NO_MEETING))
    plan = rows_of(cycle, (), TERMS).plan
    assert (plan.next_step, plan.next_due_on, plan.next_due_at) == (None, None, None)


def test_the_month_of_the_meeting_is_written_year_first() -> None:
    assert rows_of(started(), (), TERMS).plan.meeting_month == "2026-05"
    assert rows_of(started(replace(DIALOGUE, meeting=NO_MEETING)), (), TERMS).plan.meeting_month is None


def test_every_step_wakes_when_the_ladder_says() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    cycle = after(cycle, Sweep(at("2026-05-06")), at("2026-05-06"))
    rows = rows_of(cycle, (), TERMS)
    assert [row.wake_at for row in rows.steps] == [next_wake_at(cycle, step, TERMS) for step in cycle.steps.values()]
    assert [row.place for row in rows.steps] == list(range(len(DIALOGUE.steps)))
