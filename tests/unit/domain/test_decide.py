"""What each command does to a plan, and why it is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from calendars.rules import By, Unit, Window, Within
from tests.builders import DIALOGUE, after, at, events, office_terms, started
from workflow.domain import errors
from workflow.domain.commands import AdoptCalendar, CancelPlan, CompleteStep, SetMeeting, StartPlan, Sweep
from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.decide import decide
from workflow.domain.definition import Evidence, StepDefinition, StepKind
from workflow.domain.events import DeadlineSet, MeetingSet, PlanCompleted, StepCompleted, StepOpened
from workflow.domain.verdict import Standing, Verdict


def held() -> Cycle:
    """The plan just after its meeting was held on 15 May 2026."""
    cycle = after(started(), SetMeeting(date(2026, 5, 15), time(8)), at("2026-04-20"))
    for step, day in (("collect", "2026-04-22"), ("announce", "2026-05-05"), ("answers", "2026-05-04")):
        cycle = after(cycle, CompleteStep(step, date.fromisoformat(day)), at("2026-05-06"))
    return after(cycle, CompleteStep("meeting_day"), at("2026-05-15", "11:30"))


def test_a_started_plan_opens_the_steps_that_wait_for_nothing() -> None:
    cycle = started()
    assert {key for key, step in cycle.steps.items() if step.status is StepStatus.OPEN} == {"collect", "announce"}


def test_limits_that_hang_on_an_unknown_day_are_projected_and_the_others_firm() -> None:
    limits = {key: step.deadline for key, step in started().steps.items()}
    projected = {key for key, limit in limits.items() if limit is not None and limit.projected}
    assert projected == {"announce", "conclusion", "petitions"}


def test_a_meeting_of_which_only_the_month_is_known_is_owed_within_the_month() -> None:
    limit = started().steps["meeting_day"].deadline
    assert limit is not None
    assert (limit.due_on, limit.safe_on, limit.projected) == (date(2026, 5, 31), date(2026, 5, 29), False)


def test_setting_the_meeting_makes_the_limits_that_hang_on_it_firm() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    conclusion = cycle.steps["conclusion"].deadline
    assert conclusion is not None
    assert (conclusion.due_on, conclusion.projected, conclusion.why) == (date(2026, 5, 29), False, "meeting")


def test_moving_the_meeting_moves_what_hangs_on_it_and_nothing_else() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    found = events(cycle, SetMeeting(date(2026, 5, 22)), at("2026-04-21"))
    assert found[0] == MeetingSet(date(2026, 5, 22), None, None, date(2026, 5, 15))
    assert {e.step for e in found if isinstance(e, DeadlineSet)} == {
        "announce",
        "meeting_day",
        "conclusion",
        "petitions",
    }


def test_setting_the_meeting_to_the_day_it_has_does_nothing() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15), time(8)), at("2026-04-20"))
    assert events(cycle, SetMeeting(date(2026, 5, 15), time(8)), at("2026-04-21")) == []


@pytest.mark.parametrize(
    ("on", "refusal"), [("2026-04-01", errors.MeetingBeforeStart), ("2026-04-17", errors.MeetingAlreadyPast)]
)
def test_the_meeting_cannot_be_set_to_a_day_that_has_gone(on: str, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(started(), SetMeeting(date.fromisoformat(on)), at("2026-04-20"))


def test_a_meeting_that_was_held_is_not_moved() -> None:
    with pytest.raises(errors.MeetingAlreadyHeld):
        events(held(), SetMeeting(date(2026, 5, 22)), at("2026-05-16"))


def test_a_completed_step_opens_what_waited_for_it_at_the_same_instant() -> None:
    done_at = at("2026-04-22", "16:00")
    happened = decide(CompleteStep("collect"), started(), at=done_at, actor="test", terms=office_terms())
    opened = [h for h in happened if isinstance(h.event, StepOpened)]
    assert [(h.event.step, h.happened_at) for h in opened if isinstance(h.event, StepOpened)] == [("answers", done_at)]


@pytest.mark.parametrize(
    ("on", "verdict", "late"),
    [("2026-04-23", Verdict.ON_TIME, 0), ("2026-04-24", Verdict.LATE, 1), ("2026-04-28", Verdict.LATE, 2)],
)
def test_the_verdict_compares_the_day_it_happened_with_the_limit(on: str, verdict: Verdict, late: int) -> None:
    found = events(started(), CompleteStep("collect", date.fromisoformat(on)), at("2026-05-20"))
    ended = next(e for e in found if isinstance(e, StepCompleted))
    assert (ended.verdict, ended.late_working_days) == (verdict, late)


@pytest.mark.parametrize(("clock", "verdict"), [("23:59:59", Verdict.ON_TIME), ("00:00:00", Verdict.LATE)])
def test_a_limit_ends_at_midnight_in_vietnam(clock: str, verdict: Verdict) -> None:
    day = "2026-04-23" if clock > "12" else "2026-04-24"
    found = events(started(), CompleteStep("collect"), at(day, clock))
    assert next(e for e in found if isinstance(e, StepCompleted)).verdict is verdict


def test_a_fact_recorded_late_is_back_dated_and_not_late() -> None:
    cycle = after(started(), CompleteStep("collect", date(2026, 4, 22)), at("2026-05-20"))
    completion = cycle.steps["collect"].completion
    assert completion is not None
    assert (completion.back_dated, completion.verdict) == (True, Verdict.ON_TIME)


def test_the_period_after_the_meeting_counts_from_the_day_it_was_really_held() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    for step in ("collect", "announce", "answers"):
        cycle = after(cycle, CompleteStep(step, date(2026, 4, 22)), at("2026-05-14"))
    cycle = after(cycle, CompleteStep("meeting_day", date(2026, 5, 14)), at("2026-05-14", "17:30"))
    limit = cycle.steps["conclusion"].deadline
    assert limit is not None
    assert limit.due_on == date(2026, 5, 28)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (CompleteStep("nothing"), errors.StepUnknown),
        (CompleteStep("conclusion"), errors.StepNotOpen),
        (CompleteStep("collect", date(2026, 4, 5)), errors.HappenedBeforeStart),
        (CompleteStep("collect", date(2026, 4, 11)), errors.HappenedInFuture),
        (CancelPlan("   "), errors.ReasonMissing),
    ],
)
def test_a_wrong_command_is_refused_with_its_own_reason(
    command: CompleteStep | CancelPlan, refusal: type[errors.DoithoaiError]
) -> None:
    with pytest.raises(refusal):
        events(started(), command, at("2026-04-10"))


def test_a_step_is_not_completed_twice() -> None:
    cycle = after(started(), CompleteStep("collect"), at("2026-04-10"))
    with pytest.raises(errors.StepAlreadyDone):
        events(cycle, CompleteStep("collect"), at("2026-04-11"))


def test_a_step_that_asks_for_a_document_is_not_completed_without_its_number() -> None:
    with pytest.raises(errors.EvidenceMissing):
        events(held(), CompleteStep("conclusion"), at("2026-05-20"))


def test_the_conclusion_cannot_precede_the_meeting() -> None:
    command = CompleteStep("conclusion", date(2026, 5, 14), document_number="12/TB-UBND")
    with pytest.raises(errors.HappenedBeforeEvent):
        events(held(), command, at("2026-05-20"))


def test_steps_of_the_meeting_end_with_it() -> None:
    elect = StepDefinition("elect", StepKind.ELECT, "Bầu ban", after=("answers",), in_meeting=True)
    cycle = started(replace(DIALOGUE, steps=(*DIALOGUE.steps, elect)))
    cycle = after(cycle, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    for step in ("collect", "announce", "answers"):
        cycle = after(cycle, CompleteStep(step, date(2026, 4, 22)), at("2026-05-14"))
    assert cycle.steps["elect"].status is StepStatus.WAITING
    cycle = after(cycle, CompleteStep("meeting_day"), at("2026-05-15", "11:30"))
    assert cycle.steps["elect"].standing(at("2026-05-15")) is Standing.DONE_NO_LIMIT


def test_a_plan_ends_when_its_last_step_has_ended_and_then_takes_no_more_commands() -> None:
    cycle = after(held(), CompleteStep("conclusion", document_number="12/TB-UBND"), at("2026-05-20"))
    found = events(cycle, CompleteStep("petitions"), at("2026-05-25"))
    assert isinstance(found[-1], PlanCompleted)
    ended = after(cycle, CompleteStep("petitions"), at("2026-05-25"))
    with pytest.raises(errors.PlanNotRunning):
        events(ended, CancelPlan("nhầm"), at("2026-05-26"))


def test_a_cancelled_plan_owes_nothing_and_keeps_what_was_done() -> None:
    cycle = after(after(started(), CompleteStep("collect"), at("2026-04-10")), CancelPlan("gộp"), at("2026-04-11"))
    assert cycle.status is PlanStatus.CANCELLED
    assert cycle.steps["collect"].standing(at("2026-06-01")) is Standing.DONE_ON_TIME
    assert cycle.steps["answers"].standing(at("2026-06-01")) is Standing.CANCELLED
    assert events(cycle, Sweep(at("2026-06-01")), at("2026-06-01")) == []


def test_a_step_of_the_meeting_that_asks_for_a_document_or_waits_for_more_is_recorded_by_itself() -> None:
    minutes = StepDefinition(
        "minutes",
        StepKind.RECORD_MINUTES,
        "Biên bản",
        after=("meeting_day",),
        in_meeting=True,
        evidence=(Evidence.DOCUMENT,),
    )
    banner = StepDefinition("banner", StepKind.OTHER, "Khánh tiết", after=("meeting_day", "slow"), in_meeting=True)
    slow = StepDefinition("slow", StepKind.PREPARE, "Việc chậm")
    cycle = started(replace(DIALOGUE, steps=(*DIALOGUE.steps, slow, minutes, banner)))
    for step in ("collect", "announce", "answers"):
        cycle = after(cycle, CompleteStep(step, date(2026, 4, 22)), at("2026-05-14"))
    with pytest.raises(errors.StepNotOpen):
        events(cycle, CompleteStep("minutes", document_number="1/BB"), at("2026-05-14"))
    cycle = after(cycle, CompleteStep("meeting_day"), at("2026-05-15", "11:30"))
    assert cycle.steps["minutes"].status is StepStatus.OPEN
    assert cycle.steps["banner"].status is StepStatus.WAITING


def test_a_step_of_the_meeting_that_waits_for_nothing_else_ends_only_with_the_meeting() -> None:
    elect = StepDefinition("elect", StepKind.ELECT, "Bầu ban", in_meeting=True)
    cycle = started(replace(DIALOGUE, steps=(*DIALOGUE.steps, elect)))
    with pytest.raises(errors.StepEndsWithMeeting):
        events(cycle, CompleteStep("elect"), at("2026-04-10"))


def test_a_step_of_the_meeting_in_a_plan_without_one_opens_like_any_other() -> None:
    elect = StepDefinition("elect", StepKind.ELECT, "Bầu ban", in_meeting=True)
    steps = tuple(replace(step, after=()) for step in DIALOGUE.steps if step.key == "collect")
    assert started(replace(DIALOGUE, steps=(*steps, elect))).steps["elect"].status is StepStatus.OPEN


def test_a_window_that_has_not_begun_says_when_it_begins() -> None:
    window = Window(date(2026, 4, 13), date(2026, 4, 17))
    steps = tuple(replace(s, due=window) if s.key == "collect" else s for s in DIALOGUE.steps)
    with pytest.raises(errors.StepOpensLater, match="13/04/2026"):
        events(started(replace(DIALOGUE, steps=steps)), CompleteStep("collect"), at("2026-04-10"))


@pytest.mark.parametrize(("clock", "verdict"), [(time(10), Verdict.ON_TIME), (time(17), Verdict.ON_TIME)])
def test_a_day_without_an_hour_is_not_held_against_a_limit_with_one(clock: time, verdict: Verdict) -> None:
    steps = tuple(replace(s, due=By(date(2026, 4, 24), clock)) if s.key == "collect" else s for s in DIALOGUE.steps)
    cycle = after(started(replace(DIALOGUE, steps=steps)), CompleteStep("collect", date(2026, 4, 24)), at("2026-04-28"))
    completion = cycle.steps["collect"].completion
    assert completion is not None
    assert completion.verdict is verdict


def test_an_hour_that_is_known_counts_against_a_limit_with_one() -> None:
    steps = tuple(replace(s, due=By(date(2026, 4, 24), time(10))) if s.key == "collect" else s for s in DIALOGUE.steps)
    cycle = after(started(replace(DIALOGUE, steps=steps)), CompleteStep("collect"), at("2026-04-24", "10:30"))
    completion = cycle.steps["collect"].completion
    assert completion is not None
    assert completion.verdict is Verdict.LATE


def test_a_step_that_ended_under_a_projected_limit_is_judged_once_the_limit_is_firm() -> None:
    cycle = after(started(), CompleteStep("announce", date(2026, 5, 11)), at("2026-05-11"))
    assert cycle.steps["announce"].standing(at("2026-05-11")) is Standing.DONE_NO_LIMIT
    cycle = after(cycle, SetMeeting(date(2026, 5, 15)), at("2026-05-11", "10:00"))
    assert cycle.steps["announce"].standing(at("2026-05-11")) is Standing.DONE_LATE
    again = after(cycle, SetMeeting(date(2026, 5, 29)), at("2026-05-11", "11:00"))
    assert again.steps["announce"].standing(at("2026-05-11")) is Standing.DONE_LATE


def test_the_day_of_the_meeting_is_the_day_on_which_it_was_held() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15), time(8)), at("2026-04-20"))
    for step in ("collect", "announce", "answers"):
        cycle = after(cycle, CompleteStep(step, date(2026, 4, 22)), at("2026-05-12"))
    cycle = after(cycle, CompleteStep("meeting_day"), at("2026-05-12", "11:30"))
    assert cycle.meeting.on == date(2026, 5, 12)


def test_hours_after_the_meeting_count_from_its_hour() -> None:
    steps = tuple(
        replace(s, due=Within(48, Unit.HOUR, "meeting")) if s.key == "conclusion" else s for s in DIALOGUE.steps
    )
    cycle = after(started(replace(DIALOGUE, steps=steps)), SetMeeting(date(2026, 5, 12), time(8)), at("2026-04-20"))
    limit = cycle.steps["conclusion"].deadline
    assert limit is not None
    assert limit.due_at == at("2026-05-14", "08:00")


def test_moving_the_meeting_without_an_hour_keeps_the_hour_and_the_place() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15), time(8), "Nhà văn hóa"), at("2026-04-20"))
    moved = after(cycle, SetMeeting(date(2026, 5, 22)), at("2026-04-21"))
    assert (moved.meeting.at, moved.meeting.place) == (time(8), "Nhà văn hóa")


def test_a_proof_is_checked_and_what_is_written_is_plain() -> None:
    cycle = held()
    with pytest.raises(errors.DocumentInFuture):
        events(cycle, CompleteStep("conclusion", document_number="1", document_on=date(2030, 1, 1)), at("2026-05-20"))
    with pytest.raises(errors.DocumentNumberMissing):
        events(started(), CompleteStep("collect", document_on=date(2026, 4, 6)), at("2026-04-10"))
    command = CompleteStep("conclusion", document_number=" 12/TB\x1b[31m ", note="\x00")
    ended = next(e for e in events(cycle, command, at("2026-05-20")) if isinstance(e, StepCompleted))
    assert (ended.document_number, ended.note) == ("12/TB[31m", None)
    with_file = tuple(replace(s, evidence=(Evidence.FILE,)) for s in DIALOGUE.steps)
    with pytest.raises(errors.FileMissing):
        events(started(replace(DIALOGUE, steps=with_file)), CompleteStep("collect"), at("2026-04-10"))


def test_a_plan_cannot_start_in_the_future() -> None:
    with pytest.raises(errors.StartInFuture):
        decide(
            StartPlan("p", DIALOGUE, date(2026, 4, 7)), None, at=at("2026-04-06"), actor="test", terms=office_terms()
        )


def test_adopting_the_calendar_in_force_changes_nothing() -> None:
    assert events(started(), AdoptCalendar(), at("2026-04-07")) == []


def test_a_step_not_yet_open_is_overdue_once_its_firm_limit_has_passed() -> None:
    assert started().steps["answers"].standing(at("2026-05-05", "00:00")) is Standing.RUNNING_OVERDUE
