"""A definition that can be started, from whatever was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.rules import Before, By, DaysBefore, FirstOf, On, Recurring, SameDay, Unit, Vague, Within
from tests.builders import at, office_terms
from tests.unit.intake.drafts import draft, limit, meeting, step
from workflow.domain.commands import StartPlan
from workflow.domain.decide import decide
from workflow.domain.definition import Meeting, StepKind
from workflow.intake.defining import definition_of
from workflow.intake.draft import DeadlineType, DraftDeadline, DraftExtension, DraftMeeting, Edge, EdgeReason, Proposal
from workflow.planfile import parse_plan, write_plan


def edge(before: str, after: str) -> Edge:
    return Edge(before, after, EdgeReason.KINDS, "Vì thế.")


def stated(rule: object, wording: str = "như đã ghi", **more: object) -> DraftDeadline:
    return DraftDeadline(DeadlineType.BEFORE_DATE, wording, rule=rule, **more)  # type: ignore[arg-type]


def test_a_draft_becomes_a_plan_that_starts() -> None:
    collect = step("collect", StepKind.COLLECT_FORMS, "Thu phiếu", "trước ngày 24/4/2026")
    plan = definition_of(replace(draft(collect, meeting()), edges=(edge("collect", "held"),)))
    assert decide(
        StartPlan("p1", plan, date(2026, 4, 6)), None, at=at("2026-04-06"), actor="test", terms=office_terms()
    )
    assert plan.by_key["held"].after == ("collect",)
    assert plan.by_key["collect"].due == Before(date(2026, 4, 24))
    assert plan.by_key["held"].due == SameDay("meeting")


def test_a_plan_reads_back_as_it_is_written() -> None:
    odd = step("odd", StepKind.OTHER, "Việc: «khó» #1", name="Việc: «khó» #1", reference="theo quy định: «mới»")
    plan = definition_of(draft(odd, meeting()))
    assert parse_plan(write_plan(plan), "x") == plan


def test_words_without_a_date_stay_as_a_vague_limit() -> None:
    plan = definition_of(draft(step("a", StepKind.REPORT_UP, reference="theo quy định"), meeting()))
    assert plan.by_key["a"].due == Vague("theo quy định")


def test_a_limit_from_what_is_no_step_stays_in_words() -> None:
    asked = step(
        "a", StepKind.INVITE, deadline=stated(Within(15, Unit.DAY, "nhận được yêu cầu"), "15 ngày từ khi nhận yêu cầu")
    )
    assert definition_of(draft(asked, meeting())).by_key["a"].due == Vague("15 ngày từ khi nhận yêu cầu")


def test_a_limit_that_no_rule_expresses_stays_in_words() -> None:
    plan = definition_of(draft(step("a", StepKind.OTHER, deadline=stated(None, "khi có điều kiện")), meeting()))
    assert plan.by_key["a"].due == Vague("khi có điều kiện")


def test_of_two_limits_the_one_that_is_known_stays() -> None:
    rule = FirstOf((By(date(2026, 2, 8)), DaysBefore(35, Unit.DAY, "bầu cử")))
    plan = definition_of(draft(step("a", StepKind.OTHER, deadline=stated(rule)), meeting()))
    assert plan.by_key["a"].due == By(date(2026, 2, 8))


def test_a_longer_limit_from_the_same_event_is_kept() -> None:
    longer = DraftExtension(15, "working_day", None, None, Within(15, Unit.WORKING_DAY, "meeting"))
    due = stated(Within(10, Unit.WORKING_DAY, "meeting"), extension=longer)
    plan = definition_of(draft(meeting(), step("a", StepKind.ISSUE_CONCLUSION, deadline=due)))
    assert plan.by_key["a"].extend == Within(15, Unit.WORKING_DAY, "meeting")


def test_a_longer_limit_that_is_not_longer_is_left_out() -> None:
    longer = DraftExtension(5, "working_day", None, None, Within(5, Unit.WORKING_DAY, "meeting"))
    due = stated(Within(10, Unit.WORKING_DAY, "meeting"), extension=longer)
    assert (
        definition_of(draft(meeting(), step("a", StepKind.ISSUE_CONCLUSION, deadline=due))).by_key["a"].extend is None
    )


def test_a_proposed_limit_is_the_limit() -> None:
    proposal = Proposal("luật", "điều", "nơi", limit("chậm nhất 7 ngày trước meeting"))
    plan = definition_of(draft(step("a", StepKind.ANNOUNCE, proposed=proposal), meeting()))
    assert plan.by_key["a"].due == DaysBefore(7, Unit.DAY, "meeting")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (DraftMeeting(on=date(2026, 5, 15), place="Hội trường"), Meeting(on=date(2026, 5, 15), place="Hội trường")),
        (DraftMeeting(on=date(2026, 5, 15), month=(2026, 5)), Meeting(on=date(2026, 5, 15))),
        (DraftMeeting(month=(2026, 5)), Meeting(month=(2026, 5))),
        (DraftMeeting(), Meeting(on=date(2026, 5, 15))),
    ],
    ids=["day", "day and month", "month", "only its step tells"],
)
def test_the_meeting_is_what_the_draft_tells(known: DraftMeeting, expected: Meeting) -> None:
    assert definition_of(draft(meeting(), meeting=known)).meeting == expected


def test_a_last_day_of_the_meeting_stays_its_limit() -> None:
    held = step("held", StepKind.HOLD_MEETING, name="Hội nghị", deadline=stated(Before(date(2023, 10, 15))))
    plan = definition_of(draft(held, meeting=DraftMeeting()))
    assert plan.by_key["held"].due == Before(date(2023, 10, 15))


def test_that_it_is_held_every_year_is_no_limit_of_the_meeting() -> None:
    held = step("held", StepKind.HOLD_MEETING, name="Hội nghị", deadline=stated(Recurring(12, Unit.MONTH)))
    assert definition_of(draft(held, meeting=DraftMeeting())).by_key["held"].due is None


def test_the_plans_own_meeting_stands_last_among_meetings() -> None:
    first = step("first", StepKind.HOLD_MEETING, "Hội nghị trù bị", name="Hội nghị trù bị")
    plan = definition_of(replace(draft(meeting(), first), edges=(edge("first", "held"),)))
    assert plan.meeting_step is not None
    assert plan.meeting_step.key == "held"


def test_a_meeting_that_waits_for_the_plans_own_is_a_duty_like_others() -> None:
    late = step("late", StepKind.HOLD_MEETING, "Họp rút kinh nghiệm", name="Họp rút kinh nghiệm")
    plan = definition_of(replace(draft(meeting(), late), edges=(edge("held", "late"),)))
    assert plan.meeting_step is not None
    assert plan.meeting_step.key == "held"
    assert plan.by_key["late"].kind is StepKind.OTHER


def test_a_circle_is_undone() -> None:
    one, other = step("one", StepKind.OTHER), step("other", StepKind.OTHER)
    circle = (edge("one", "other"), edge("other", "one"))
    plan = definition_of(replace(draft(one, other, meeting()), edges=circle))
    assert sorted(len(each.after) for each in plan.steps) == [0, 0, 1] or all(not each.after for each in plan.steps)


def test_limits_that_hang_on_each_other_are_undone() -> None:
    one = step("one", StepKind.OTHER, deadline=stated(Within(1, Unit.DAY, "other")))
    other = step("other", StepKind.OTHER, deadline=stated(Within(1, Unit.DAY, "one")))
    plan = definition_of(draft(one, other, meeting()))
    assert None in {plan.by_key["one"].due, plan.by_key["other"].due}


@pytest.mark.parametrize("key", ["meeting", "start", "Bước 1", "1a", ""])
def test_a_key_that_a_plan_file_refuses_is_made_anew(key: str) -> None:
    plan = definition_of(draft(step(key, StepKind.OTHER), meeting()))
    assert plan.steps[0].key == "step_1"


def test_a_limit_follows_its_step_to_the_new_key() -> None:
    reply = step("reply", StepKind.OTHER, deadline=stated(Within(7, Unit.DAY, "Kết luận")))
    plan = definition_of(draft(meeting(), step("Kết luận", StepKind.ISSUE_CONCLUSION), reply))
    assert plan.by_key["reply"].due == Within(7, Unit.DAY, "step_2")


def test_what_has_no_name_gets_one() -> None:
    plan = definition_of(draft(step("a", StepKind.OTHER, name=" "), meeting(), title="", organization=""))
    assert all([plan.title, plan.organization, plan.by_key["a"].name])


def test_a_day_of_the_meetings_limit_is_not_owed_twice() -> None:
    held = step("held", StepKind.HOLD_MEETING, name="Hội nghị", deadline=stated(On(date(2026, 5, 15))))
    assert definition_of(draft(held)).by_key["held"].due == SameDay("meeting")
