"""The forward and the backward pass over a plan."""

from __future__ import annotations

from datetime import date

from calendars import vietnam_office
from tests.unit.domain.linting import MAY_15, plan, step
from workflow.domain.definition import Meeting, StepDefinition, StepKind
from workflow.domain.schedule import Times, schedule

HELD = step("held", StepKind.HOLD_MEETING, "meeting", after="answer invite")
COLLECT = step("collect", StepKind.COLLECT_FORMS)
ANSWER = step("answer", StepKind.DRAFT_ANSWERS, after="collect")
INVITE = step("invite", StepKind.INVITE)
APRIL_20 = date(2026, 4, 20)


def times(*steps: StepDefinition, since: date = APRIL_20, meeting: Meeting = MAY_15) -> dict[str, Times]:
    """The times of each step of a dialogue on Friday 15 May 2026, which begins on a Monday."""
    return dict(schedule(plan(*steps, meeting=meeting), vietnam_office(), since))


def test_a_step_ends_when_its_usual_work_is_done() -> None:
    found = times(COLLECT, ANSWER, INVITE, HELD)
    assert found["collect"].earliest_on == date(2026, 4, 23)  # three working days after Monday 20 April
    assert found["answer"].earliest_on == date(2026, 5, 5)  # five more; 27/4, 30/4 and 1/5 are off


def test_a_step_must_end_in_time_for_what_waits_for_it() -> None:
    found = times(COLLECT, ANSWER, INVITE, HELD)
    assert found["answer"].latest_on == date(2026, 5, 14)
    assert found["collect"].latest_on == date(2026, 5, 7)  # five working days of answers before the 14th


def test_slack_is_counted_in_working_days() -> None:
    found = times(COLLECT, ANSWER, INVITE, HELD)
    assert (found["answer"].slack, found["collect"].slack) == (7, 7)


def test_people_are_invited_some_days_ahead() -> None:
    assert times(COLLECT, ANSWER, INVITE, HELD)["invite"].latest_on == date(2026, 5, 12)


def test_the_steps_with_the_least_slack_are_critical() -> None:
    found = times(COLLECT, ANSWER, INVITE, HELD)
    assert {key for key, each in found.items() if each.critical} == {"collect", "answer"}


def test_a_limit_of_its_own_caps_a_step_and_what_comes_before_it() -> None:
    answer = step("answer", StepKind.DRAFT_ANSWERS, "trước ngày 09/5/2026", after="collect")
    found = times(COLLECT, answer, INVITE, HELD)
    assert found["answer"].latest_on == date(2026, 5, 8)
    assert found["collect"].latest_on == date(2026, 4, 29)


def test_what_has_a_limit_is_taken_to_end_on_it() -> None:
    collect = step("collect", StepKind.COLLECT_FORMS, "trước ngày 29/4/2026")
    found = times(collect, ANSWER, INVITE, HELD)
    assert found["answer"].earliest_on == date(2026, 5, 7)  # five working days after Tuesday 28 April


def test_too_little_time_is_shared_out_in_proportion() -> None:
    """Seven working days from 5 May on for eight days of work."""
    found = times(COLLECT, ANSWER, INVITE, HELD, since=date(2026, 5, 5))
    assert (found["collect"].slack, found["answer"].slack) == (-1, -1)
    assert found["collect"].latest_on == date(2026, 5, 7)  # two of the seven
    assert found["answer"].latest_on == date(2026, 5, 14)


def test_a_month_of_the_meeting_is_a_projection() -> None:
    found = times(COLLECT, ANSWER, INVITE, HELD, meeting=Meeting(month=(2026, 5)))
    assert found["answer"].latest_on == date(2026, 5, 28)  # the day before the last working day of May


def test_nothing_is_late_for_a_meeting_of_unknown_day() -> None:
    found = times(COLLECT, ANSWER, INVITE, HELD, meeting=Meeting())
    assert {(each.latest_on, each.slack, each.critical) for each in found.values()} == {(None, None, False)}


def test_what_happens_at_the_meeting_takes_no_time() -> None:
    reply = step("reply", StepKind.ANSWER_ISSUES, after="held", in_meeting=True)
    assert times(COLLECT, ANSWER, INVITE, HELD, reply)["reply"].earliest_on == date(2026, 5, 15)


def test_a_floor_caps_nothing() -> None:
    posted = step("posted", StepKind.OTHER, "ít nhất 15 ngày kể từ held", after="held")
    assert times(COLLECT, ANSWER, INVITE, HELD, posted)["posted"].latest_on is None


def test_what_follows_the_meeting_is_never_critical() -> None:
    late = step("late", StepKind.ISSUE_CONCLUSION, "1 ngày sau held", after="held")
    assert not times(COLLECT, ANSWER, INVITE, HELD, late)["late"].critical
