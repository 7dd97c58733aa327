"""Petitions and the parts of the plan that owe their answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import FULL, after, answered, at, concluded, events, held, raised, started
from workflow.domain import errors, petition_errors
from workflow.domain.commands import (
    AnswerPetition,
    ClassifyPetition,
    Command,
    CompleteStep,
    CorrectCompletion,
    HandOver,
    MergePetition,
    ReopenStep,
    SkipStep,
    StopClock,
    TellPetitioner,
    TransferPetition,
)
from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.events import (
    ClockRestarted,
    PartAdded,
    PetitionTransferred,
    PlanCompleted,
    StepCompleted,
    StepHandedOver,
)
from workflow.domain.petition import Answer, AnsweredWhere, Authority, Petitioner, Result
from workflow.domain.verdict import Standing, Verdict

TWO = (raised(), raised("Thiếu nước sạch", lead=None))


def due_on(cycle: Cycle, key: str) -> date | None:
    limit = cycle.steps[key].deadline
    return limit.due_on if limit is not None else None


def test_petitions_are_numbered_in_the_order_of_raising_and_kept_as_they_were_said() -> None:
    cycle = held(FULL, *TWO)
    assert [(p.petition_id, p.text, p.lead) for p in cycle.petitions.values()] == [
        ("p1", "Sửa đường liên thôn", "Phòng Kinh tế"),
        ("p2", "Thiếu nước sạch", None),
    ]


def test_a_step_for_petitions_is_split_when_it_opens_each_part_with_owner_and_clock_of_its_own() -> None:
    cycle = concluded(*TWO)
    assert list(cycle.steps)[-3:] == ["petitions", "petitions.p1", "petitions.p2"]
    assert [step.key for step in cycle.plan.steps] == list(cycle.steps)
    assert [step.key for step in cycle.definition.steps] == [step.key for step in FULL.steps]
    owners = {part.definition.key: part.definition.owner for part in cycle.parts_of("petitions")}
    assert owners == {"petitions.p1": "Phòng Kinh tế", "petitions.p2": "Các phòng, ban"}
    assert {due_on(cycle, key) for key in owners} == {date(2026, 5, 29)}
    assert {cycle.steps[key].status for key in owners} == {StepStatus.OPEN}


def test_without_an_open_petition_the_step_ends_as_it_opens_and_the_plan_with_it() -> None:
    cycle = concluded()
    assert cycle.steps["petitions"].standing(at("2026-05-21")) is Standing.DONE_NO_LIMIT
    assert cycle.status is PlanStatus.COMPLETED


def test_a_petition_answered_at_the_meeting_has_no_part() -> None:
    given = Answer(AnsweredWhere.AT_MEETING, Result.EXPLAINED, date(2026, 5, 15))
    cycle = after(held(FULL, *TWO), AnswerPetition("p1", given), at("2026-05-15", "16:00"))
    cycle = after(cycle, CompleteStep("conclusion", document_number="1"), at("2026-05-20"))
    assert [part.definition.item for part in cycle.parts_of("petitions")] == ["p2"]


def test_an_answer_ends_its_part_and_the_last_one_ends_the_step_and_the_plan() -> None:
    cycle = after(concluded(*TWO), answered("p1", "2026-05-25"), at("2026-05-26"))
    part = cycle.steps["petitions.p1"].completion
    assert part is not None
    assert (part.verdict, part.document_number, part.back_dated) == (Verdict.ON_TIME, "21/UBND", True)
    found = events(cycle, answered("p2", "2026-06-01"), at("2026-06-01"))
    ends = [(e.step, e.verdict, e.late_working_days) for e in found if isinstance(e, StepCompleted)]
    assert ends == [("petitions.p2", Verdict.LATE, 1), ("petitions", Verdict.LATE, 1)]
    assert isinstance(found[-1], PlanCompleted)


def test_a_step_ends_on_time_when_all_its_parts_did_at_the_end_of_the_last() -> None:
    cycle = after(concluded(*TWO), answered("p1", "2026-05-25"), at("2026-05-26"))
    cycle = after(cycle, answered("p2", "2026-05-22"), at("2026-05-27"))
    whole = cycle.steps["petitions"].completion
    assert whole is not None
    assert (whole.verdict, whole.happened_at) == (Verdict.ON_TIME, at("2026-05-25", "17:00"))


def test_a_petition_raised_while_the_step_is_open_adds_a_part_that_counts_from_the_raising() -> None:
    cycle = after(concluded(*TWO), raised("Ý kiến muộn", on="2026-05-26"), at("2026-05-27"))
    assert (due_on(cycle, "petitions.p1"), due_on(cycle, "petitions.p3")) == (date(2026, 5, 29), date(2026, 6, 4))
    assert cycle.steps["petitions.p3"].status is StepStatus.OPEN


def test_a_petition_of_the_meeting_taken_down_late_has_the_limit_of_the_others() -> None:
    cycle = after(concluded(*TWO), raised("Sót", on="2026-05-15"), at("2026-05-27"))
    assert due_on(cycle, "petitions.p3") == date(2026, 5, 29)


def test_a_merged_petition_owes_no_answer_and_its_part_does_not_apply() -> None:
    cycle = after(concluded(*TWO), MergePetition("p2", "p1"), at("2026-05-21"))
    part = cycle.steps["petitions.p2"]
    assert (part.standing(at("2026-05-22")), part.skipped and part.skipped.reason) == (
        Standing.SKIPPED,
        "trùng với p1",
    )
    cycle = after(cycle, answered("p1", "2026-05-25"), at("2026-05-25"))
    assert cycle.steps["petitions"].standing(at("2026-05-26")) is Standing.DONE_ON_TIME


def test_the_part_of_a_petition_follows_its_lead() -> None:
    cycle = after(concluded(*TWO), ClassifyPetition("p2", "nước", Authority.COMMUNE, "Phòng VHXH"), at("2026-05-21"))
    assert cycle.plan.by_key["petitions.p2"].owner == cycle.steps["petitions.p2"].definition.owner == "Phòng VHXH"
    cycle = after(cycle, HandOver("petitions.p2", "Phòng Kinh tế", "nhầm"), at("2026-05-22"))
    assert cycle.petitions["p2"].lead == "Phòng Kinh tế"


def test_a_transferred_petition_changes_owner_and_its_clock_starts_anew() -> None:
    command = TransferPetition("p1", Authority.CITY, "Sở Xây dựng", "vượt thẩm quyền", date(2026, 5, 25))
    cycle = concluded(*TWO)
    found = events(cycle, command, at("2026-05-26"))
    assert [type(e) for e in found[:2]] == [PetitionTransferred, StepHandedOver]
    cycle = after(cycle, command, at("2026-05-26"))
    assert (due_on(cycle, "petitions.p1"), due_on(cycle, "petitions.p2")) == (date(2026, 6, 3), date(2026, 5, 29))
    limit = cycle.steps["petitions.p1"].deadline
    assert limit is not None
    assert limit.why == "transfer:p1"
    (trace,) = cycle.petitions["p1"].transfers
    assert (trace.transferred_on, trace.lead, trace.previous_lead) == (
        date(2026, 5, 25),
        "Sở Xây dựng",
        "Phòng Kinh tế",
    )


def test_a_transfer_sets_a_stopped_clock_going() -> None:
    cycle = after(concluded(*TWO), StopClock("petitions.p1", "chờ Sở"), at("2026-05-22"))
    command = TransferPetition("p1", Authority.CITY, "Sở Xây dựng", "vượt thẩm quyền")
    assert any(isinstance(e, ClockRestarted) for e in events(cycle, command, at("2026-05-25")))
    assert due_on(after(cycle, command, at("2026-05-25")), "petitions.p1") == date(2026, 6, 3)


def test_reopening_the_part_of_an_answered_petition_takes_the_answer_back_and_opens_the_step_again() -> None:
    cycle = concluded(TWO[0])
    cycle = after(cycle, answered("p1", "2026-05-25"), at("2026-05-25"))
    assert cycle.status is PlanStatus.COMPLETED
    cycle = after(cycle, ReopenStep("petitions.p1", "trả lời sai"), at("2026-05-26"))
    assert (cycle.status, cycle.petitions["p1"].answer) == (PlanStatus.RUNNING, None)
    assert (cycle.steps["petitions"].status, cycle.steps["petitions.p1"].status) == (StepStatus.OPEN, StepStatus.OPEN)
    assert due_on(cycle, "petitions.p1") == date(2026, 5, 29)


def test_reopening_a_step_that_had_no_petitions_leaves_it_open_for_those_to_come() -> None:
    cycle = after(concluded(), ReopenStep("petitions", "có kiến nghị sót"), at("2026-05-21"))
    assert (cycle.status, cycle.steps["petitions"].status) == (PlanStatus.RUNNING, StepStatus.OPEN)
    cycle = after(cycle, raised(on="2026-05-15"), at("2026-05-21"))
    assert due_on(cycle, "petitions.p1") == date(2026, 5, 29)


def test_reopening_a_split_step_is_pointed_to_its_parts() -> None:
    cycle = after(concluded(TWO[0]), answered("p1", "2026-05-25"), at("2026-05-25"))
    with pytest.raises(errors.NothingToReopen, match=r"petitions\.p1"):
        events(cycle, ReopenStep("petitions", "x"), at("2026-05-26"))


def test_correcting_an_answer_puts_the_petition_and_the_whole_step_right() -> None:
    cycle = after(concluded(TWO[0]), answered("p1", "2026-06-02"), at("2026-06-02"))
    assert cycle.steps["petitions"].standing(at("2026-06-03")) is Standing.DONE_LATE
    command = CorrectCompletion("petitions.p1", "ghi nhầm ngày", date(2026, 5, 28))
    cycle = after(cycle, command, at("2026-06-03"))
    given = cycle.petitions["p1"].answer
    assert given is not None
    assert given.answered_on == date(2026, 5, 28)
    assert cycle.steps["petitions"].standing(at("2026-06-03")) is Standing.DONE_ON_TIME
    assert cycle.ended_at == at("2026-05-28", "17:00")


def test_the_petitioner_is_told_with_the_answer_or_after_it_also_of_an_answer_for_both() -> None:
    cycle = after(concluded(*TWO), MergePetition("p2", "p1"), at("2026-05-21"))
    cycle = after(cycle, replace(answered("p1", "2026-05-25"), told_on=date(2026, 5, 26)), at("2026-05-26"))
    assert cycle.petitions["p1"].told_on == date(2026, 5, 26)


def test_a_petitioner_may_be_told_after_the_plan_has_ended() -> None:
    cycle = after(concluded(*TWO), answered("p1", "2026-05-25"), at("2026-05-25"))
    cycle = after(cycle, MergePetition("p2", "p1"), at("2026-05-25"))
    assert cycle.status is PlanStatus.COMPLETED
    cycle = after(cycle, TellPetitioner("p2", date(2026, 5, 26)), at("2026-05-26"))
    assert (cycle.petitions["p2"].told_on, cycle.status) == (date(2026, 5, 26), PlanStatus.COMPLETED)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (raised("  "), petition_errors.PetitionTextMissing),
        (raised(on="2026-05-23"), petition_errors.RaisedInFuture),
        (replace(raised(), petitioner=Petitioner()), petition_errors.PetitionerMissing),
        (replace(raised(), petitioner=Petitioner("Lan", anonymous=True)), petition_errors.PetitionerNamed),
        (answered("p9", "2026-05-22"), petition_errors.PetitionUnknown),
        (answered("p1", "2026-05-23"), petition_errors.AnsweredInFuture),
        (answered("p1", "2026-05-14"), petition_errors.AnsweredBeforeRaised),
        (answered("p1", "2026-05-19"), errors.HappenedBeforeEvent),
        (answered("p1", "2026-05-22", None), petition_errors.AnswerNumberMissing),
        (MergePetition("p1", "p1"), petition_errors.PetitionMergedWithItself),
        (TellPetitioner("p1", date(2026, 5, 22)), petition_errors.NotAnsweredYet),
        (TransferPetition("p1", Authority.CITY, " ", "x"), petition_errors.LeadMissing),
        (TransferPetition("p1", Authority.CITY, "Sở", " "), errors.ReasonMissing),
        (TransferPetition("p1", Authority.CITY, "phòng  kinh tế", "x"), petition_errors.TransferredToSame),
        (TransferPetition("p1", Authority.CITY, "Sở", "x", date(2026, 5, 23)), petition_errors.TransferredInFuture),
        (TransferPetition("p1", Authority.CITY, "Sở", "x", date(2026, 5, 14)), petition_errors.TransferredBeforeRaised),
        (CompleteStep("petitions.p1"), errors.PartOfPetition),
        (CompleteStep("petitions"), errors.PartsStillOpen),
    ],
)
def test_a_wrong_word_about_a_petition_is_refused_with_its_own_reason(
    command: Command, refusal: type[errors.DoithoaiError]
) -> None:
    with pytest.raises(refusal):
        events(concluded(*TWO), command, at("2026-05-22"))


def test_what_is_answered_or_merged_is_not_answered_again() -> None:
    cycle = after(concluded(*TWO, raised("ba")), answered("p1", "2026-05-21"), at("2026-05-21"))
    cycle = after(cycle, MergePetition("p2", "p1"), at("2026-05-21"))
    with pytest.raises(petition_errors.PetitionAlreadyAnswered):
        events(cycle, answered("p1", "2026-05-22"), at("2026-05-22"))
    with pytest.raises(petition_errors.PetitionAlreadyMerged):
        events(cycle, answered("p2", "2026-05-22"), at("2026-05-22"))
    with pytest.raises(petition_errors.PetitionAlreadyMerged):
        events(cycle, MergePetition("p3", "p2"), at("2026-05-22"))
    with pytest.raises(petition_errors.ToldBeforeAnswer):
        events(cycle, TellPetitioner("p1", date(2026, 5, 20)), at("2026-05-22"))


def test_a_part_that_does_not_apply_leaves_the_step_to_the_others() -> None:
    cycle = after(concluded(*TWO), SkipStep("petitions.p1", "đã rút"), at("2026-05-21"))
    assert cycle.steps["petitions"].status is StepStatus.OPEN
    cycle = after(cycle, answered("p2", "2026-05-22"), at("2026-05-22"))
    assert cycle.steps["petitions"].standing(at("2026-05-22")) is Standing.DONE_ON_TIME


def test_petitions_before_the_step_opens_add_no_part() -> None:
    found = events(started(FULL), raised(), at("2026-04-10"))
    assert not [e for e in found if isinstance(e, PartAdded)]
