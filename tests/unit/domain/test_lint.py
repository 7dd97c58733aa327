"""What the linter says of owners, wordings and dates; and what it does not say."""

from __future__ import annotations

import string
from datetime import date

import pytest

from calendars.rules import Readings, Within
from tests.unit.domain.linting import MAY_15, MEETING, findings, only, plan, step, told
from workflow.domain.definition import Meeting, StepKind
from workflow.domain.lint import FindingCode
from workflow.domain.lint_findings import SENTENCES


def test_a_sound_plan_has_no_finding() -> None:
    assert told(step("a", due="trước ngày 24/4/2026"), MEETING, step("b", due="5 ngày làm việc sau meeting_day")) == []


# ── owners ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_without_an_owner() -> None:
    found = only(step("a", due="trước ngày 24/4/2026", owner=None), MEETING)
    assert (found.code, found.severity, found.steps) == ("missing_owner", "warning", ("a",))
    assert "«Việc a»" in found.message


def test_the_meeting_and_what_takes_place_in_it_need_no_owner() -> None:
    minutes = step("minutes", StepKind.RECORD_MINUTES, owner=None, in_meeting=True)
    assert told(MEETING, minutes, step("a", due="trước ngày 24/4/2026")) == []


def test_a_meeting_on_the_way_to_the_plans_own_needs_an_owner() -> None:
    small = step("small", StepKind.HOLD_MEETING, "trước ngày 24/4/2026", owner=None)
    assert told(small, MEETING) == [("missing_owner", "warning", ("small",))]


def test_one_duty_given_to_two_units() -> None:
    minutes, due = StepKind.RECORD_MINUTES, "trước ngày 24/4/2026"
    one, other = (step(key, minutes, due, name=name) for key, name in (("a", "Cử thư ký"), ("b", "cử  Thư ký")))
    assert told(one, other, MEETING) == [("contradictory_owner", "warning", ("a", "b"))]


def test_what_each_unit_does_for_itself_has_an_owner_in_each() -> None:
    one, other = (step(key, StepKind.ANNOUNCE, "trước ngày 24/4/2026", name="Tuyên truyền") for key in "ab")
    assert told(one, other, MEETING) == []


def test_the_same_words_for_two_kinds_of_work_are_two_duties() -> None:
    one = step("a", StepKind.PREPARE, "trước ngày 24/4/2026", name="Báo cáo")
    assert told(one, step("b", StepKind.REPORT_UP, "trước ngày 24/4/2026", name="Báo cáo"), MEETING) == []


def test_two_units_that_each_assist_the_other() -> None:
    one = step("a", name="Giám sát kết luận", owner="A", coordinating=("B",), due="trước ngày 24/4/2026")
    other = step("b", name="Phối hợp giám sát kết luận", owner="B", coordinating=("A",), due="trước ngày 24/4/2026")
    assert told(one, other, MEETING) == [("contradictory_owner", "warning", ("a", "b"))]


def test_two_units_that_assist_each_other_in_different_work() -> None:
    one = step("a", name="Dự thảo kế hoạch", owner="A", coordinating=("B",), due="trước ngày 24/4/2026")
    other = step("b", name="Chuẩn bị hội trường", owner="B", coordinating=("A",), due="trước ngày 24/4/2026")
    assert told(one, other, MEETING) == []


def test_two_recurring_reviews_of_the_same_period_overlap() -> None:
    reviews = [step(key, StepKind.REVIEW, "06 tháng một lần kể từ meeting_day") for key in "ab"]
    assert told(MEETING, *reviews) == [("contradictory_owner", "info", ("a", "b"))]


# ── wordings ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_without_a_date() -> None:
    found = only(MEETING, step("a", due="theo quy định"), step("b", due="trước ngày 24/4/2026"))
    assert (found.code, found.steps, found.source) == ("unresolved_reference", ("a",), "theo quy định")
    assert "«theo quy định»" in found.message


def test_an_order_without_a_number() -> None:
    found = only(MEETING, step("a", due="sau meeting_day"), step("b", due="trước ngày 24/4/2026"))
    assert (found.code, found.steps) == ("unresolved_reference", ("a",))
    assert "«sau Hội nghị»" in found.message
    assert "«10 ngày làm việc sau meeting_day»" in found.message


def test_a_period_from_nowhere() -> None:
    found = only(MEETING, step("a", due="trong thời hạn 07 ngày làm việc"), step("b", due="trước ngày 24/4/2026"))
    assert (found.code, found.steps) == ("unresolved_reference", ("a",))
    assert "kể từ meeting_day" in found.message


# ── the meeting's day ─────────────────────────────────────────────────────────────────────────────────────────

CONCLUSION = step("b", due="5 ngày làm việc sau meeting_day")
ANSWERS = step("c", due="5 ngày làm việc sau b")
REPORT = step("d", due="trước ngày 24/4/2026")


def test_limits_that_hang_on_a_meeting_of_which_nothing_is_known() -> None:
    assert told(REPORT, MEETING, CONCLUSION, ANSWERS, meeting=Meeting()) == [("missing_date", "warning", ("b", "c"))]


def test_limits_that_hang_on_a_meeting_of_which_only_the_month_is_known() -> None:
    found = only(REPORT, MEETING, CONCLUSION, ANSWERS, meeting=Meeting(month=(2026, 5)))
    assert (found.code, found.severity, found.steps) == ("missing_date", "info", ("b", "c"))
    assert "tháng 5/2026" in found.message


def test_limits_that_hang_on_a_meeting_that_has_a_limit() -> None:
    meeting = step("meeting_day", StepKind.HOLD_MEETING, "trước ngày 16/5/2026", owner=None)
    found = only(REPORT, meeting, CONCLUSION, meeting=Meeting())
    assert (found.code, found.severity, found.steps) == ("missing_date", "info", ("b",))
    assert "trước ngày 16/05/2026" in found.message


def test_nothing_hangs_on_the_meeting() -> None:
    assert told(REPORT, MEETING, meeting=Meeting()) == []


def test_a_plan_of_which_only_the_meeting_has_a_day() -> None:
    steps = step("a"), step("b", after="a"), step("after", after="meeting_day")
    meeting = step("meeting_day", StepKind.HOLD_MEETING, "meeting", owner=None, after="b")
    assert told(*steps, meeting) == [("missing_date", "warning", ("a", "b"))]


def test_a_step_without_a_limit_between_limits_is_fine() -> None:
    first, last = step("a", due="trước ngày 24/4/2026"), step("c", due="trước ngày 08/5/2026", after="b")
    assert told(first, step("b", after="a"), last, MEETING) == []


@pytest.mark.parametrize(
    ("due", "meeting", "fine"),
    [
        ("ngày 15/5/2026", MAY_15, True),
        ("ngày 14/5/2026", MAY_15, False),
        ("dự kiến 8h00 ngày 15/5/2026", MAY_15, True),
        ("trước ngày 15/5/2026", MAY_15, False),
        ("trước ngày 16/5/2026", MAY_15, True),
        ("chậm nhất ngày 15/5/2026", MAY_15, True),
        ("trong tháng 5/2026", MAY_15, True),
        ("trong tháng 4/2026", MAY_15, False),
        ("từ ngày 11/5/2026 đến ngày 15/5/2026", MAY_15, True),
        ("từ ngày 18/5/2026 đến ngày 20/5/2026", MAY_15, False),
        ("trong tháng 5/2026", Meeting(month=(2026, 5)), True),
        ("trong tháng 4/2026", Meeting(month=(2026, 5)), False),
        ("trước ngày 15/5/2026", Meeting(month=(2026, 5)), True),
        ("trước ngày 15/5/2026", Meeting(month=(2026, 6)), False),
        ("ngày 15/5/2026", Meeting(month=(2026, 5)), True),
        ("ngày 15/5/2026", Meeting(month=(2026, 4)), False),
    ],
)
def test_the_meetings_day_against_its_own_limit(due: str, meeting: Meeting, fine: bool) -> None:
    own = step("meeting_day", StepKind.HOLD_MEETING, due, owner=None)
    codes = [each.code for each in findings(REPORT, own, meeting=meeting)]
    assert codes == ([] if fine else [FindingCode.CONTRADICTORY_DATES])


def test_one_duty_with_two_days() -> None:
    one = step("a", due="trước ngày 24/4/2026", name="Nộp báo cáo", owner="A")
    other = step("b", due="trước ngày 23/4/2026", name="Nộp báo cáo", owner="A")
    found = only(one, other, MEETING)
    assert (found.code, found.severity, found.steps) == ("contradictory_dates", "error", ("a", "b"))
    assert "23/04/2026 và 22/04/2026" in found.message


def test_a_limit_before_the_plan_was_issued() -> None:
    found = only(step("a", due="trước ngày 24/4/2026"), MEETING, issued_on=date(2026, 5, 4))
    assert (found.code, found.steps) == ("contradictory_dates", ("a",))


# ── the past ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("today", "passed"), [(None, 0), (date(2026, 4, 23), 0), (date(2026, 4, 24), 1)])
def test_limits_that_have_passed(today: date | None, passed: int) -> None:
    found = findings(REPORT, MEETING, today=today)
    assert [each.code for each in found] == [FindingCode.DATE_IN_PAST] * passed
    assert [each.steps for each in found] == [("d",)] * passed


def test_all_that_has_passed_is_one_finding() -> None:
    found = only(REPORT, MEETING, today=date(2026, 6, 1))
    assert found.steps == ("d", "meeting_day")
    assert "15/05/2026" in found.message


def test_projected_days_are_not_in_the_past() -> None:
    found = findings(REPORT, MEETING, CONCLUSION, meeting=Meeting(month=(2026, 5)), today=date(2026, 12, 1))
    assert [each.steps for each in found if each.code is FindingCode.DATE_IN_PAST] == [("d", "meeting_day")]


# ── all together ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_that_no_calendar_covers_is_a_finding() -> None:
    assert told(step("a", due="trước ngày 24/4/2126"), MEETING) == [("invalid_date", "error", ())]


def test_findings_stand_in_the_order_of_the_steps() -> None:
    steps = [step(key, due="theo quy định") for key in "dacb"]
    assert [each.steps for each in findings(*steps, MEETING)] == [("d",), ("a",), ("c",), ("b",)]


def test_the_readings_of_the_plan_decide() -> None:
    saturday = step("a", due="trước ngày 10/5/2026")
    assert told(saturday, MEETING, readings=Readings(fixed_date_on_rest_day="roll")) == []


def test_every_sentence_names_its_fields_and_ends() -> None:
    for sentence in SENTENCES:
        fields = [name for _, name, _, _ in string.Formatter().parse(sentence.template) if name is not None]
        assert fields, sentence
        assert all(name.isidentifier() for name in fields)
        assert sentence.template.endswith((".", "{why}"))


def test_a_plan_that_is_linted_is_not_changed() -> None:
    given = plan(REPORT, MEETING, CONCLUSION)
    findings(*given.steps)
    assert given == plan(REPORT, MEETING, CONCLUSION)
    assert isinstance(given.steps[2].due, Within)
