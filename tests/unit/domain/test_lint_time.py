"""Rest days, the order of limits, and enough working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from calendars import vietnam_six_day
from calendars.rules import Readings
from tests.unit.domain.linting import MEETING, findings, only, plan, step, told
from workflow.domain.definition import Meeting, StepKind
from workflow.domain.lint import lint

# ── rest days ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("due", "day", "safe"),
    [
        ("trước ngày 10/5/2026", "thứ Bảy 09/05/2026", "thứ Sáu 08/05/2026"),
        ("chậm nhất ngày 10/5/2026", "Chủ nhật 10/05/2026", "thứ Sáu 08/05/2026"),
        ("ngày 10/5/2026", "Chủ nhật 10/05/2026", "thứ Sáu 08/05/2026"),
        ("trước ngày 02/5/2026", "thứ Sáu 01/05/2026 (Ngày Quốc tế lao động)", "thứ Tư 29/04/2026"),
        ("chậm nhất ngày 27/4/2026", "thứ Hai 27/04/2026 (Nghỉ bù Giỗ Tổ", "thứ Sáu 24/04/2026"),
        ("từ ngày 4/5/2026 đến ngày 10/5/2026", "Chủ nhật 10/05/2026", "thứ Sáu 08/05/2026"),
        ("5 ngày trước meeting_day", "Chủ nhật 10/05/2026", "thứ Sáu 08/05/2026"),
    ],
)
def test_a_limit_that_ends_on_a_rest_day(due: str, day: str, safe: str) -> None:
    found = only(step("a", due=due), MEETING)
    assert (found.code, found.severity, found.steps) == ("due_on_non_working_day", "warning", ("a",))
    assert day in found.message
    assert safe in found.message
    assert found.source


@pytest.mark.parametrize(
    "due",
    [
        "trước ngày 09/5/2026",  # Friday 8 May
        "chậm nhất ngày 22/8/2026",  # a Saturday worked for Monday 31 August
        "trong tháng 5/2026",  # ends on a Sunday, but is no day
        "quý II/2026",
        "từ ngày 01/4/2026 đến ngày 31/5/2026",  # whole months, the last of which ends on a Sunday
        "2 ngày sau meeting_day",  # Sunday 17 May: rolls to Monday by law
        "trước meeting_day",
        "5 ngày làm việc trước meeting_day",
        "meeting",
    ],
)
def test_no_false_alarm_about_rest_days(due: str) -> None:
    assert told(step("a", due=due), MEETING) == []


def test_a_six_day_week_works_on_saturdays() -> None:
    given = plan(step("a", due="trước ngày 10/5/2026"), MEETING)
    assert lint(given, vietnam_six_day()) == ()


def test_the_day_named_may_be_meant_to_count() -> None:
    given = step("a", due="trước ngày 09/5/2026")
    found = only(given, MEETING, readings=Readings(before_date="included"))
    assert found.code == "due_on_non_working_day"


@pytest.mark.parametrize(
    ("due", "meeting"),
    [
        ("meeting", Meeting(on=date(2026, 5, 17))),
        ("8h00 ngày 17/5/2026", Meeting()),
        (None, Meeting(on=date(2026, 5, 17))),
    ],
)
def test_a_meeting_on_a_sunday_is_only_worth_knowing(due: str | None, meeting: Meeting) -> None:
    sunday = step("meeting_day", StepKind.HOLD_MEETING, due, owner=None)
    assert told(step("a", due="trước ngày 24/4/2026"), sunday, meeting=meeting) == [
        ("due_on_non_working_day", "info", ("meeting_day",))
    ]


def test_days_that_hang_on_an_unknown_meeting_are_not_judged() -> None:
    given = step("a", due="6 ngày trước meeting_day")  # Saturday 23 May, were the meeting on Friday the 29th
    assert told(given, MEETING, meeting=Meeting(month=(2026, 5))) == [("missing_date", "info", ("a",))]


# ── order ─────────────────────────────────────────────────────────────────────────────────────────────────────


def order_of(first: str | None, second: str | None, **more: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """Findings on a first step, a second that waits for it with a step without a limit between, and the meeting."""
    return told(step("a", due=first), step("m", after="a"), step("b", due=second, after="m"), MEETING, **more)


def test_a_limit_later_than_that_of_what_follows() -> None:
    assert order_of("trước ngày 08/5/2026", "trước ngày 06/5/2026") == [
        ("predecessor_after_successor", "error", ("a", "b"))
    ]


@pytest.mark.parametrize("second", ["trước ngày 08/5/2026", "trước ngày 09/5/2026", None, "sau a"])
def test_a_limit_on_or_before_that_of_what_follows(second: str | None) -> None:
    codes = {code for code, _, _ in order_of("trước ngày 08/5/2026", second)}
    assert "predecessor_after_successor" not in codes


def test_a_step_counted_back_from_the_meeting_that_it_waits_for() -> None:
    given = step("a", due="5 ngày làm việc trước meeting_day", after="meeting_day")
    assert told(MEETING, given) == [("predecessor_after_successor", "error", ("meeting_day", "a"))]


def test_a_step_counted_from_what_comes_after_it() -> None:
    given = step("a", due="3 ngày làm việc sau meeting_day")
    meeting = step("meeting_day", StepKind.HOLD_MEETING, "meeting", owner=None, after="a")
    assert told(given, meeting) == [("predecessor_after_successor", "error", ("a", "meeting_day"))]


def test_an_order_after_what_comes_after_it() -> None:
    given = step("a", due="sau meeting_day")
    meeting = step("meeting_day", StepKind.HOLD_MEETING, "meeting", owner=None, after="a")
    codes = [(code, steps) for code, _, steps in told(given, meeting, step("z", due="trước ngày 24/4/2026"))]
    assert ("predecessor_after_successor", ("a", "meeting_day")) in codes


def test_a_duty_that_comes_back_is_not_done_once_in_its_turn() -> None:
    talks = step("talks", due="06 tháng một lần", after="meeting_day")
    assert told(MEETING, talks, meeting=Meeting(month=(2027, 5)), issued_on=date(2026, 1, 5)) == []


def test_what_ends_before_what_it_waits_for_is_not_also_short_of_time() -> None:
    answers = step("answers", StepKind.DRAFT_ANSWERS, "trước ngày 16/5/2026", after="collected")
    report = step("report", StepKind.SYNTHESIZE_REPORT, "trước ngày 13/5/2026", after="answers")
    collected = step("collected", due="trước ngày 07/5/2026")
    codes = [(code, steps) for code, _, steps in told(collected, answers, report, MEETING)]
    assert ("predecessor_after_successor", ("answers", "report")) in codes
    assert [code for code, steps in codes if steps[-1] == "report"] == ["predecessor_after_successor"]


def test_a_month_may_end_on_its_first_day() -> None:
    later = step("b", due="trước ngày 21/5/2026", after="meeting_day")
    assert told(MEETING, later, meeting=Meeting(month=(2026, 5))) == []
    assert told(MEETING, later, meeting=Meeting(month=(2026, 6))) == [
        ("predecessor_after_successor", "error", ("meeting_day", "b"))
    ]


# ── enough working days ───────────────────────────────────────────────────────────────────────────────────────


def answers(first: str | None, second: str, **more: Any) -> list[str]:
    """Messages on opinions collected by one limit and answered by another."""
    collected = step("a", StepKind.COLLECT_FORMS, first)
    answered = step("b", StepKind.DRAFT_ANSWERS, second, after="a")
    return [each.message for each in findings(collected, answered, MEETING, **more) if each.code == "too_little_time"]


def test_holidays_that_eat_the_time_are_named() -> None:
    (message,) = answers("trước ngày 24/4/2026", "trước ngày 05/5/2026")
    assert "chỉ có 4 ngày làm việc, từ 24/04 đến hết 04/05/2026" in message
    assert "vì nghỉ Giỗ Tổ Hùng Vương (bù 27/04), 30/04 và 01/05" in message


def test_holidays_are_told_with_the_decisions_behind_them() -> None:
    found = findings(
        step("a", StepKind.COLLECT_FORMS, "trước ngày 29/8/2026"),
        step("b", StepKind.DRAFT_ANSWERS, "trước ngày 04/9/2026", after="a"),
        MEETING,
        meeting=Meeting(on=date(2026, 9, 15)),
    )
    (tight,) = [each for each in found if each.code == "too_little_time"]
    assert "hoán đổi 31/08, 01/09 và 02/09" in tight.message
    assert "9859/VPCP-KGVX" in (tight.source or "")


def test_a_week_of_tet_is_named_once() -> None:
    (message,) = answers("trước ngày 14/02/2026", "trước ngày 25/02/2026")
    assert "chỉ có 2 ngày làm việc, từ 14/02 đến hết 24/02/2026, vì nghỉ Tết Âm lịch;" in message


def test_few_days_without_a_holiday() -> None:
    (message,) = answers("trước ngày 07/4/2026", "trước ngày 10/4/2026")
    assert "chỉ có 3 ngày làm việc, từ 07/04 đến hết 09/04/2026; thường cần ít nhất 5" in message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("trước ngày 07/4/2026", "trước ngày 14/4/2026"),  # five working days
        ("trước ngày 14/4/2026", "trước ngày 14/4/2026"),  # one limit for both
        (None, "trước ngày 08/4/2026"),  # nothing says when it can begin
        ("trước ngày 07/4/2026", "7 ngày làm việc sau a"),
    ],
)
def test_enough_days_or_nothing_to_judge_by(first: str | None, second: str) -> None:
    assert answers(first, second) == []


def test_a_worked_saturday_counts() -> None:
    assert answers("trước ngày 18/8/2026", "trước ngày 24/8/2026") == []  # 18–21 August and Saturday the 22nd
    assert len(answers("trước ngày 11/8/2026", "trước ngày 17/8/2026")) == 1  # 11–14 August only


def test_work_without_a_limit_on_the_way_needs_time_too() -> None:
    way = (
        step("a", StepKind.COLLECT_FORMS, "trước ngày 07/4/2026"),
        step("m", StepKind.CLASSIFY_ISSUES, after="a"),
        step("b", StepKind.DRAFT_ANSWERS, "trước ngày 15/4/2026", after="m"),
    )
    (found,) = [each for each in findings(*way, MEETING) if each.code == "too_little_time"]
    assert found.steps == ("a", "b")
    assert "thường cần ít nhất 7 ngày làm việc cho: «Việc m», «Việc b»" in found.message


def test_the_longest_way_counts() -> None:
    way = (
        step("a", StepKind.COLLECT_FORMS, "trước ngày 07/4/2026"),
        step("short", StepKind.ASSIGN_ANSWERS, after="a"),
        step("long", StepKind.CLASSIFY_ISSUES, after="short"),
        step("b", StepKind.SYNTHESIZE_REPORT, "trước ngày 10/4/2026", after="short long"),
    )
    (found,) = [each for each in findings(*way, MEETING) if each.code == "too_little_time"]
    assert "ít nhất 5 ngày làm việc cho: «Việc short», «Việc long», «Việc b»" in found.message


def test_the_time_since_the_plan_was_issued() -> None:
    collected = step("a", StepKind.COLLECT_FORMS)
    answered = step("b", StepKind.DRAFT_ANSWERS, after="a")
    meeting = step("meeting_day", StepKind.HOLD_MEETING, "meeting", name="Hội nghị", owner=None, after="b")
    found = findings(collected, answered, meeting, issued_on=date(2026, 5, 8))
    (tight,) = [each for each in found if each.code == "too_little_time"]
    assert tight.steps == ("meeting_day",)
    assert "Từ khi ban hành kế hoạch" in tight.message
    assert "chỉ có 5 ngày làm việc, từ 09/05 đến hết 15/05/2026; thường cần ít nhất 8" in tight.message


def test_what_takes_place_at_the_meeting_needs_no_days() -> None:
    given = step("a", StepKind.ANSWER_ISSUES, "meeting", in_meeting=True, after="z")
    assert told(step("z", due="trước ngày 15/5/2026"), MEETING, given) == []


def test_what_is_decided_at_the_meeting_needs_no_days_on_the_way() -> None:
    decided = step("d", StepKind.DRAFT_CONCLUSION, in_meeting=True, after="meeting_day")
    issued = step("i", due="1 ngày làm việc sau meeting_day", after="d")
    assert told(step("z", due="trước ngày 15/5/2026"), MEETING, decided, issued) == []


def test_nothing_is_judged_from_a_day_that_is_projected() -> None:
    report = step("b", due="5 ngày làm việc sau meeting_day", after="meeting_day")  # 5 June, were it on 29 May
    answered = step("c", StepKind.DRAFT_ANSWERS, "trước ngày 09/6/2026", after="b")
    codes = [code for code, _, _ in told(MEETING, report, answered, meeting=Meeting(month=(2026, 5)))]
    assert codes == ["missing_date"]


def test_nothing_is_judged_from_a_month() -> None:
    answered = step("c", StepKind.DRAFT_ANSWERS, "trước ngày 03/6/2026", after="meeting_day")
    assert told(MEETING, answered, meeting=Meeting(month=(2026, 5))) == []


def test_a_month_leaves_the_days_up_to_its_end() -> None:
    (message,) = answers("trước ngày 28/4/2026", "trong tháng 4/2026")
    assert "chỉ có 2 ngày làm việc, từ 28/04 đến hết 30/04/2026, vì nghỉ 30/04" in message


def test_a_long_chain_without_limits_costs_no_more_than_a_short_one() -> None:
    chain = [step("s0", due="trước ngày 07/4/2026")]
    chain += [step(f"s{n}", StepKind.DRAFT_ANSWERS, after=f"s{n - 1}") for n in range(1, 400)]
    last = step("last", StepKind.DRAFT_ANSWERS, "trước ngày 08/4/2026", after="s399")
    assert told(*chain, last, MEETING) == []  # too long a way to be judged
