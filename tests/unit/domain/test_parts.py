"""Steps that fan out over agencies, units and turns, and end with their parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.rules import Recurring, Rule, Unit, Window, Within
from tests.builders import DIALOGUE, FULL, after, at, events, held, office_terms, raised, record, started
from workflow.domain import errors
from workflow.domain.commands import (
    AnswerPetition,
    CompleteStep,
    ExtendStep,
    FanOut,
    HandOver,
    SkipStep,
    StartPlan,
    Sweep,
)
from workflow.domain.cycle import Cycle, StepStatus
from workflow.domain.decide import decide
from workflow.domain.definition import ForEach, PlanDefinition, StepDefinition, StepKind
from workflow.domain.events import PartAdded, PlanStarted, RungReached, StepCompleted, StepOpened
from workflow.domain.evolving import fold
from workflow.domain.ladder import DEFAULT_LADDER
from workflow.domain.petition import Answer, AnsweredWhere, Result
from workflow.domain.verdict import Standing
from workflow.domain.wake import next_wake_at


def spread(for_each: ForEach, coordinating: tuple[str, ...] = (), due: Rule | None = None) -> PlanDefinition:
    """The plan with its answers (due before 5 May 2026) split."""
    answers = FULL.by_key["answers"]
    split = replace(answers, for_each=for_each, coordinating=coordinating, due=due or answers.due)
    return replace(FULL, steps=tuple(split if s.key == "answers" else s for s in FULL.steps))


def opened(plan: PlanDefinition, *petitions: str | None) -> Cycle:
    """The plan once its forms are collected, with petitions led by these units."""
    cycle = started(plan)
    for lead in petitions:
        cycle = after(cycle, raised("Ý kiến", lead), at("2026-04-10"))
    return after(cycle, CompleteStep("collect"), at("2026-04-20"))


def parts(cycle: Cycle, key: str = "answers") -> list[tuple[str, str | None]]:
    return [(part.definition.key, part.definition.owner) for part in cycle.parts_of(key)]


def due_on(cycle: Cycle, key: str) -> date | None:
    limit = cycle.steps[key].deadline
    return limit.due_on if limit is not None else None


# ── agencies and units ────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_for_agencies_has_a_part_for_each_unit_that_leads_an_open_petition() -> None:
    cycle = opened(spread(ForEach.AGENCY), "Phòng Kinh tế", "phòng  kinh tế", "Công an xã", None)
    assert parts(cycle) == [
        ("answers.phong-kinh-te", "Phòng Kinh tế"),
        ("answers.cong-an-xa", "Công an xã"),
        ("answers.cac-phong-ban", "Các phòng, ban"),
    ]


def test_petitions_that_were_answered_make_no_agency_answer() -> None:
    cycle = after(started(spread(ForEach.AGENCY)), raised("Ý kiến", "Công an xã"), at("2026-04-10"))
    given = Answer(AnsweredWhere.AT_MEETING, Result.EXPLAINED, date(2026, 4, 10))
    cycle = after(cycle, AnswerPetition("p1", given), at("2026-04-10"))
    assert parts(after(cycle, CompleteStep("collect"), at("2026-04-20"))) == []


def test_a_step_for_units_has_a_part_for_its_owner_and_each_that_helps() -> None:
    cycle = opened(spread(ForEach.UNIT, ("Tổ 1", "Tổ 2", "tổ 1")))
    assert [owner for _, owner in parts(cycle)] == ["Các phòng, ban", "Tổ 1", "Tổ 2"]
    assert cycle.steps["answers.to-1"].definition.name == "Trả lời bằng văn bản – Tổ 1"


@pytest.mark.parametrize("for_each", [ForEach.AGENCY, ForEach.UNIT])
def test_with_nobody_to_share_it_a_step_runs_as_one(for_each: ForEach) -> None:
    cycle = opened(spread(for_each))
    assert parts(cycle) == []
    assert after(cycle, CompleteStep("answers"), at("2026-04-21")).steps["answers"].status is StepStatus.DONE


def test_units_of_the_same_letters_have_keys_of_their_own() -> None:
    cycle = opened(spread(ForEach.UNIT, ("Tổ A-B", "Tổ A B")))
    assert [key for key, _ in parts(cycle)] == ["answers.cac-phong-ban", "answers.to-a-b", "answers.to-a-b-2"]


def test_units_may_be_set_by_hand_before_the_step_opens_and_then_are_all_there_is() -> None:
    cycle = after(started(spread(ForEach.UNIT, ("Tổ 1",))), FanOut("answers", ("Tổ 7", "Tổ 8")), at("2026-04-10"))
    assert {cycle.steps[key].status for key, _ in parts(cycle)} == {StepStatus.WAITING}
    cycle = after(cycle, CompleteStep("collect"), at("2026-04-20"))
    assert [owner for _, owner in parts(cycle)] == ["Tổ 7", "Tổ 8"]
    assert {cycle.steps[key].status for key, _ in parts(cycle)} == {StepStatus.OPEN}


def test_units_may_be_added_while_the_step_is_open_and_those_there_keep_their_parts() -> None:
    cycle = opened(spread(ForEach.UNIT, ("Tổ 1",)))
    cycle = after(cycle, CompleteStep("answers.to-1"), at("2026-04-21"))
    found = events(cycle, FanOut("answers", ("TỔ 1", "Tổ 2")), at("2026-04-22"))
    assert [e.part for e in found if isinstance(e, PartAdded)] == ["answers.to-2"]
    cycle = after(cycle, FanOut("answers", ("Tổ 2",)), at("2026-04-22"))
    assert (cycle.steps["answers.to-2"].status, due_on(cycle, "answers.to-2")) == (StepStatus.OPEN, date(2026, 5, 4))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (FanOut("petitions", ("Tổ 1",)), errors.NothingToShare),
        (FanOut("announce", ("Tổ 1",)), errors.NothingToShare),
        (FanOut("answers", (" ",)), errors.UnitsMissing),
        (FanOut("nothing", ("Tổ 1",)), errors.StepUnknown),
    ],
)
def test_what_cannot_be_shared_is_refused(command: FanOut, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(started(spread(ForEach.UNIT)), command, at("2026-04-10"))


# ── the step and its parts ────────────────────────────────────────────────────────────────────────────────────


def test_a_split_step_ends_with_the_last_of_its_parts_late_if_one_was() -> None:
    cycle = opened(spread(ForEach.UNIT, ("Tổ 1",)))
    cycle = after(cycle, CompleteStep("answers.to-1"), at("2026-05-06"))
    with pytest.raises(errors.PartsStillOpen, match=r"answers\.cac-phong-ban"):
        events(cycle, CompleteStep("answers"), at("2026-05-06"))
    found = events(cycle, CompleteStep("answers.cac-phong-ban", date(2026, 5, 4)), at("2026-05-07"))
    (whole,) = [e for e in found if isinstance(e, StepCompleted) and e.step == "answers"]
    assert (whole.verdict, whole.late_working_days, whole.due_on) == ("late", 2, date(2026, 5, 4))
    cycle = after(cycle, CompleteStep("answers.cac-phong-ban", date(2026, 5, 4)), at("2026-05-07"))
    assert cycle.steps["answers"].ended_at == at("2026-05-06")
    assert cycle.steps["meeting_day"].definition.after == ("answers", "announce")


def test_what_waits_for_a_split_step_opens_when_the_last_part_has_ended() -> None:
    cycle = opened(spread(ForEach.UNIT, ("Tổ 1",)))
    cycle = after(cycle, CompleteStep("announce"), at("2026-04-21"))
    cycle = after(cycle, CompleteStep("answers.to-1"), at("2026-04-21"))
    assert cycle.steps["meeting_day"].status is StepStatus.WAITING
    cycle = after(cycle, SkipStep("answers.cac-phong-ban", "không liên quan"), at("2026-04-22"))
    assert cycle.steps["meeting_day"].status is StepStatus.OPEN
    assert cycle.steps["answers"].standing(at("2026-04-23")) is Standing.DONE_ON_TIME


def test_a_split_step_owes_no_rungs_and_each_part_its_own() -> None:
    cycle = opened(spread(ForEach.UNIT, ("Tổ 1",)))
    found = events(cycle, Sweep(at("2026-05-06")), at("2026-05-06"))
    reached = [(e.step, e.rung) for e in found if isinstance(e, RungReached) and e.step.startswith("answers")]
    assert reached[:2] == [("answers.cac-phong-ban", "opened"), ("answers.to-1", "opened")]
    assert {step for step, _ in reached} == {"answers.cac-phong-ban", "answers.to-1"}
    assert next_wake_at(cycle, cycle.steps["answers"], office_terms()) is None


def test_a_part_that_is_given_to_others_is_owed_by_them() -> None:
    cycle = after(opened(spread(ForEach.UNIT, ("Tổ 1",))), HandOver("answers.to-1", "Tổ 3", "x"), at("2026-04-21"))
    assert cycle.plan.by_key["answers.to-1"].owner == "Tổ 3"


def test_a_part_is_extended_by_itself_and_the_whole_is_not() -> None:
    longer = Within(10, Unit.WORKING_DAY, "collect")
    plan = spread(ForEach.UNIT, ("Tổ 1",), Within(5, Unit.WORKING_DAY, "collect"))
    plan = replace(plan, steps=tuple(replace(s, extend=longer) if s.key == "answers" else s for s in plan.steps))
    cycle = opened(plan)
    with pytest.raises(errors.StepHasParts):
        events(cycle, ExtendStep("answers", "x", "y", "z"), at("2026-04-21"))
    cycle = after(cycle, ExtendStep("answers.to-1", "x", "y", "z"), at("2026-04-21"))
    assert (due_on(cycle, "answers.to-1"), due_on(cycle, "answers.cac-phong-ban")) == (
        date(2026, 5, 7),
        date(2026, 4, 28),
    )


def test_the_plans_own_meeting_is_never_a_part() -> None:
    meeting = replace(FULL.by_key["answers"], kind=StepKind.HOLD_MEETING, for_each=ForEach.UNIT, coordinating=("Tổ 1",))
    cycle = opened(replace(FULL, steps=tuple(meeting if s.key == "answers" else s for s in FULL.steps)))
    own = cycle.plan.meeting_step
    assert own is not None
    assert own.key == "meeting_day"


# ── turns ─────────────────────────────────────────────────────────────────────────────────────────────────────


def reviewed(rule: Rule) -> Cycle:
    """The plan after its meeting of 15 May 2026, with a review that comes back."""
    review = StepDefinition("review", StepKind.REVIEW, "Kiểm điểm", owner="Văn phòng", after=("meeting_day",), due=rule)
    return held(replace(DIALOGUE, steps=(*DIALOGUE.steps, review)))


def test_a_duty_that_comes_back_has_a_turn_for_each_time_within_a_year() -> None:
    cycle = reviewed(Recurring(6, Unit.MONTH, "meeting_day"))
    assert [(key, due_on(cycle, key)) for key, _ in parts(cycle, "review")] == [
        ("review.1", date(2026, 11, 16)),
        ("review.2", date(2027, 5, 17)),
    ]
    assert [cycle.steps[key].status for key, _ in parts(cycle, "review")] == [StepStatus.OPEN, StepStatus.WAITING]
    assert cycle.steps["review.2"].definition.name == "Kiểm điểm (2/2)"


def test_a_turn_opens_when_the_one_before_it_has_ended() -> None:
    cycle = after(reviewed(Recurring(6, Unit.MONTH, "meeting_day")), CompleteStep("review.1"), at("2026-11-10"))
    assert cycle.steps["review.2"].status is StepStatus.OPEN
    cycle = after(cycle, CompleteStep("review.2"), at("2027-05-10"))
    assert cycle.steps["review"].standing(at("2027-05-11")) is Standing.DONE_ON_TIME


@pytest.mark.parametrize(
    ("rule", "turns"),
    [
        (Recurring(1, Unit.YEAR, "meeting_day"), 0),
        (Recurring(1, Unit.QUARTER, "meeting_day"), 4),
        (Recurring(5, Unit.MONTH), 2),
        (Recurring(1, Unit.WEEK, "meeting_day"), 52),
        (Recurring(1, Unit.DAY, "meeting_day"), 0),
        (Recurring(5, Unit.WORKING_DAY, "meeting_day"), 0),
    ],
)
def test_a_year_holds_so_many_turns_and_one_or_too_many_run_as_one(rule: Rule, turns: int) -> None:
    assert len(reviewed(rule).parts_of("review")) == turns


# ── the clock and the log ─────────────────────────────────────────────────────────────────────────────────────


WINDOW = Window(date(2026, 4, 20), date(2026, 4, 24))


def awaiting_window(*petitions: str | None) -> Cycle:
    """A plan whose step for petitions opens by the clock, on 20 April 2026."""
    steps = tuple(
        replace(s, due=WINDOW, for_each=ForEach.OPEN_PETITION, after=()) if s.key == "answers" else s
        for s in FULL.steps
    )
    cycle = started(replace(FULL, steps=steps))
    for lead in petitions:
        cycle = after(cycle, raised("Ý kiến", lead), at("2026-04-10"))
    return cycle


def test_a_sweep_splits_what_it_opens_and_the_parts_have_the_ladder_of_that_instant_however_late_it_runs() -> None:
    cycle = awaiting_window("Công an xã")
    assert next_wake_at(cycle, cycle.steps["answers"], office_terms()) == at("2026-04-20", "00:00")
    on_time = after(cycle, Sweep(at("2026-04-20", "00:01")), at("2026-04-20", "00:01"))
    late = after(cycle, Sweep(at("2026-04-29")), at("2026-04-29"))
    assert on_time.steps["answers.p1"].opened_at == late.steps["answers.p1"].opened_at == at("2026-04-20", "00:00")
    assert after(on_time, Sweep(at("2026-04-29")), at("2026-04-29")).steps == late.steps
    reached = [name for _, name in sorted(late.steps["answers.p1"].reached)]
    assert reached == ["opened", "overdue", "overdue_1", "warn_1", "warn_3"]


def test_a_sweep_ends_what_has_nothing_to_do_and_opens_what_waited_for_it_at_that_instant() -> None:
    cycle = after(awaiting_window(), CompleteStep("announce"), at("2026-04-10"))
    cycle = after(cycle, Sweep(at("2026-04-27")), at("2026-04-27"))
    assert cycle.steps["answers"].standing(at("2026-04-27")) is Standing.DONE_NO_LIMIT
    assert cycle.steps["meeting_day"].opened_at == at("2026-04-20", "00:00")


def test_a_command_lets_open_first_what_the_clock_has_opened() -> None:
    cycle = after(awaiting_window(), raised("Sau khi mở"), at("2026-04-21"))
    assert cycle.steps["answers"].status is StepStatus.DONE
    assert cycle.parts_of("answers") == ()


def test_a_log_of_before_there_were_ladders_is_read_with_the_ladder_by_default() -> None:
    when = at("2026-04-06")
    command = StartPlan("p1", DIALOGUE, date(2026, 4, 6))
    first, *rest = decide(command, None, at=when, actor="test", terms=office_terms(ladder=()))
    old = record("p1", [replace(first, event=PlanStarted(DIALOGUE, "v0")), *rest], 0, when)
    cycle = fold(old)
    assert (cycle.ladder, cycle.plan, cycle.petitions) == (DEFAULT_LADDER, DIALOGUE, {})
    assert cycle.steps == started().steps


def test_the_events_of_a_split_step_stand_in_the_order_in_which_things_follow() -> None:
    cycle = after(started(spread(ForEach.UNIT, ("Tổ 1",))), CompleteStep("announce"), at("2026-04-10"))
    found = events(cycle, CompleteStep("collect"), at("2026-04-20"))
    names = [
        (type(e).__name__, getattr(e, "part", None) or getattr(e, "step", None))
        for e in found
        if isinstance(e, PartAdded | StepOpened | StepCompleted)
    ]
    assert names == [
        ("StepCompleted", "collect"),
        ("StepOpened", "answers"),
        ("PartAdded", "answers.cac-phong-ban"),
        ("PartAdded", "answers.to-1"),
        ("StepOpened", "answers.cac-phong-ban"),
        ("StepOpened", "answers.to-1"),
    ]
