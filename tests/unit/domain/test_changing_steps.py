"""Ends put right and taken back, steps left out and given to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import FULL, after, answered, at, concluded, events, held, raised, started
from workflow.domain import errors
from workflow.domain.commands import (
    CancelPlan,
    Command,
    CompleteStep,
    CorrectCompletion,
    HandOver,
    ReopenStep,
    SkipStep,
    Sweep,
)
from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.definition import Evidence
from workflow.domain.events import CompletionCorrected, RungReached, StepHandedOver
from workflow.domain.verdict import Standing, Verdict


def done(cycle: Cycle, key: str) -> tuple[date, Verdict, int]:
    end = cycle.steps[key].completion
    assert end is not None
    return end.happened_at.date(), end.verdict, end.late_working_days


def due_on(cycle: Cycle, key: str) -> date | None:
    limit = cycle.steps[key].deadline
    return limit.due_on if limit is not None else None


def test_a_corrected_day_is_judged_against_the_limit_that_was_in_force() -> None:
    cycle = after(started(), CompleteStep("collect", date(2026, 4, 28)), at("2026-04-28"))
    assert done(cycle, "collect") == (date(2026, 4, 28), Verdict.LATE, 2)
    cycle = after(cycle, CorrectCompletion("collect", "ghi nhầm", date(2026, 4, 23)), at("2026-04-29"))
    assert done(cycle, "collect") == (date(2026, 4, 23), Verdict.ON_TIME, 0)
    end = cycle.steps["collect"].completion
    assert end is not None
    assert (end.back_dated, end.corrected_at) == (True, at("2026-04-29"))


def test_correcting_a_document_leaves_the_day_and_the_rest_as_they_were() -> None:
    cycle = after(held(), CompleteStep("conclusion", document_number="12", note="a"), at("2026-05-20", "15:00"))
    cycle = after(cycle, CorrectCompletion("conclusion", "sai số", document_number="13/TB"), at("2026-05-21"))
    end = cycle.steps["conclusion"].completion
    assert end is not None
    assert (end.document_number, end.note, end.happened_at, end.back_dated) == (
        "13/TB",
        "a",
        at("2026-05-20", "15:00"),
        False,
    )


def test_correcting_to_what_is_recorded_changes_nothing() -> None:
    cycle = after(started(), CompleteStep("collect", date(2026, 4, 22)), at("2026-04-28"))
    assert events(cycle, CorrectCompletion("collect", "x", date(2026, 4, 22)), at("2026-04-29")) == []


def test_what_counts_from_a_corrected_end_moves_with_it() -> None:
    cycle = after(held(), CorrectCompletion("meeting_day", "họp sớm hơn", date(2026, 5, 14)), at("2026-05-18"))
    limit = cycle.steps["conclusion"].deadline
    assert limit is not None
    assert (limit.due_on, limit.why, cycle.meeting.on) == (
        date(2026, 5, 28),
        "correct:meeting_day",
        date(2026, 5, 14),
    )


def test_an_end_in_a_plan_that_has_ended_can_be_put_right_and_the_plan_stays_ended() -> None:
    cycle = concluded()
    cycle = after(cycle, CorrectCompletion("conclusion", "x", date(2026, 5, 19)), at("2026-05-22"))
    assert (cycle.status, done(cycle, "conclusion")[0]) == (PlanStatus.COMPLETED, date(2026, 5, 19))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (CorrectCompletion("conclusion", " "), errors.ReasonMissing),
        (CorrectCompletion("petitions.p1", "x"), errors.StepNotDone),
        (CorrectCompletion("conclusion", "x", date(2026, 5, 23)), errors.HappenedInFuture),
        (CorrectCompletion("conclusion", "x", date(2026, 5, 14)), errors.HappenedBeforeEvent),
        (CorrectCompletion("meeting_day", "x", date(2026, 5, 21)), errors.HappenedAfterNext),
        (CorrectCompletion("collect", "x", document_on=date(2026, 5, 1)), errors.DocumentNumberMissing),
        (SkipStep("conclusion", "x"), errors.StepAlreadyDone),
        (SkipStep("petitions", ""), errors.ReasonMissing),
        (ReopenStep("petitions", "x"), errors.StepNotEnded),
        (ReopenStep("conclusion", " "), errors.ReasonMissing),
        (HandOver("petitions", " ", "x"), errors.OwnerMissing),
        (HandOver("petitions", "Phòng Nội vụ", " "), errors.ReasonMissing),
        (HandOver("conclusion", "Phòng Nội vụ", "x"), errors.StepAlreadyDone),
    ],
)
def test_a_change_that_cannot_be_is_refused(command: Command, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(concluded(raised()), command, at("2026-05-22"))


def test_nothing_is_put_right_in_a_plan_that_was_called_off() -> None:
    cycle = after(concluded(raised()), CancelPlan("gộp"), at("2026-05-21"))
    with pytest.raises(errors.PlanNotRunning):
        events(cycle, CorrectCompletion("conclusion", "x", date(2026, 5, 19)), at("2026-05-22"))
    with pytest.raises(errors.PlanNotRunning):
        events(cycle, ReopenStep("conclusion", "x"), at("2026-05-22"))


def test_the_end_of_a_split_step_is_put_right_in_its_parts() -> None:
    cycle = after(concluded(raised()), answered("p1", "2026-05-22"), at("2026-05-22"))
    with pytest.raises(errors.EndFollowsFromParts, match=r"petitions\.p1"):
        events(cycle, CorrectCompletion("petitions", "x", date(2026, 5, 21)), at("2026-05-22"))


def test_what_waits_for_a_step_that_does_not_apply_goes_on_and_what_counts_from_it_has_no_limit() -> None:
    cycle = after(held(), SkipStep("conclusion", "không có kết luận riêng"), at("2026-05-18"))
    assert cycle.steps["conclusion"].standing(at("2026-07-01")) is Standing.SKIPPED
    assert cycle.steps["petitions"].status is StepStatus.DONE  # no petition: nothing to answer
    with_one = after(held(FULL, raised()), SkipStep("conclusion", "x"), at("2026-05-18"))
    assert with_one.steps["petitions.p1"].status is StepStatus.OPEN
    assert due_on(with_one, "petitions.p1") is None


def test_a_step_that_does_not_apply_owes_nothing_and_is_not_completed() -> None:
    cycle = after(started(), SkipStep("collect", "đã có phiếu"), at("2026-04-10"))
    assert cycle.steps["answers"].status is StepStatus.OPEN
    found = events(cycle, Sweep(at("2026-05-12")), at("2026-05-12"))
    assert not [e for e in found if isinstance(e, RungReached) and e.step == "collect"]
    with pytest.raises(errors.StepWasSkipped):
        events(cycle, CompleteStep("collect"), at("2026-04-11"))


def test_the_meeting_itself_is_not_left_out() -> None:
    with pytest.raises(errors.MeetingNotSkipped):
        events(started(), SkipStep("meeting_day", "x"), at("2026-04-10"))


def test_leaving_out_a_split_step_leaves_out_what_is_left_of_it() -> None:
    two = concluded(raised(), raised("hai"))
    cycle = after(two, SkipStep("petitions", "gộp đợt sau"), at("2026-05-21"))
    assert {cycle.steps[key].status for key in ("petitions", "petitions.p1", "petitions.p2")} == {StepStatus.SKIPPED}
    cycle = after(two, answered("p1", "2026-05-21"), at("2026-05-21"))
    cycle = after(cycle, SkipStep("petitions", "gộp đợt sau"), at("2026-05-22"))
    assert [cycle.steps[key].status for key in ("petitions", "petitions.p1", "petitions.p2")] == [
        StepStatus.DONE,
        StepStatus.DONE,
        StepStatus.SKIPPED,
    ]


def test_a_reopened_step_is_owed_again_under_a_new_ladder_and_what_opened_meanwhile_stays_open() -> None:
    cycle = after(started(), CompleteStep("collect"), at("2026-04-22"))
    cycle = after(cycle, ReopenStep("collect", "thiếu phiếu"), at("2026-04-27"))
    assert (cycle.steps["collect"].status, cycle.steps["answers"].status) == (StepStatus.OPEN, StepStatus.OPEN)
    limit = cycle.steps["collect"].deadline
    assert limit is not None
    assert (limit.revision, limit.due_on, limit.why) == (2, date(2026, 4, 23), "reopen:collect")
    found = events(cycle, Sweep(at("2026-04-29")), at("2026-04-29"))
    assert [(e.rung, e.revision) for e in found if isinstance(e, RungReached) and e.step == "collect"] == [
        ("opened", 0),
        ("overdue", 2),
        ("overdue_1", 2),
    ]


def test_reopening_brings_an_ended_plan_back_and_ending_it_again_ends_the_plan() -> None:
    cycle = after(concluded(), ReopenStep("conclusion", "sai nội dung"), at("2026-05-21"))
    assert (cycle.status, cycle.ended_at) == (PlanStatus.RUNNING, None)
    again = after(cycle, CompleteStep("conclusion", document_number="13"), at("2026-05-22"))
    assert again.status is PlanStatus.COMPLETED


def test_a_meeting_may_turn_out_not_to_have_been_held() -> None:
    cycle = after(held(), ReopenStep("meeting_day", "chưa họp"), at("2026-05-18"))
    assert (cycle.meeting.on, due_on(cycle, "meeting_day")) == (date(2026, 5, 15), date(2026, 5, 15))
    assert cycle.steps["conclusion"].status is StepStatus.OPEN


def test_a_step_left_out_before_it_opened_waits_again_when_taken_back() -> None:
    cycle = after(started(), SkipStep("conclusion", "x"), at("2026-04-10"))
    cycle = after(cycle, ReopenStep("conclusion", "nhầm"), at("2026-04-11"))
    assert cycle.steps["conclusion"].status is StepStatus.WAITING


def test_a_step_given_to_another_unit_is_owed_by_it_in_the_plan_in_effect_alone() -> None:
    cycle = after(started(), HandOver("collect", "Đoàn xã", "đổi đầu mối"), at("2026-04-10"))
    assert cycle.plan.by_key["collect"].owner == cycle.steps["collect"].definition.owner == "Đoàn xã"
    assert cycle.definition.by_key["collect"].owner == "Ủy ban MTTQ xã"
    assert events(cycle, HandOver("collect", "đoàn  XÃ", "x"), at("2026-04-11")) == []
    found = events(cycle, HandOver("collect", "Hội Phụ nữ", "x"), at("2026-04-11"))
    assert found == [StepHandedOver("collect", "Hội Phụ nữ", "Đoàn xã", "x")]


def test_a_correction_asks_for_the_proof_that_the_end_asked_for_save_of_an_answer_given_at_the_meeting() -> None:
    steps = tuple(replace(s, evidence=(Evidence.FILE,)) if s.key == "collect" else s for s in FULL.steps)
    cycle = after(started(replace(FULL, steps=steps)), CompleteStep("collect", file="a.pdf"), at("2026-04-20"))
    found = events(cycle, CorrectCompletion("collect", "x", note="bổ sung"), at("2026-04-21"))
    assert [e.file for e in found if isinstance(e, CompletionCorrected)] == ["a.pdf"]
