"""What the law, or settled practice, asks and a document does not say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from calendars.rules import DaysBefore, Recurring, Unit, Within
from tests.unit.intake.drafts import meeting, step, told, whole
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.duties import duties
from workflow.intake.draft import Draft, DraftMeeting, DraftStep, EdgeReason

COMMUNE: dict[str, Any] = {"organization": "UBND xã An Bình"}
ANNOUNCE = step("announce", StepKind.ANNOUNCE, "Tuyên truyền kế hoạch trong nhà trường")
SPEAKER = step("speaker", StepKind.ANNOUNCE, "Thông báo trên hệ thống truyền thanh")
CONCLUDE = step("conclude", StepKind.ISSUE_CONCLUSION, "Ban hành thông báo kết luận", "10 ngày sau meeting")


def proposed(found: Draft) -> list[DraftStep]:
    return [each for each in found.steps if each.proposed is not None]


def test_a_commune_that_does_not_announce_is_proposed_to_a_week_before() -> None:
    found = whole(meeting(), CONCLUDE, **COMMUNE)
    (announce,) = proposed(found)
    assert (announce.kind, announce.owner) == (StepKind.ANNOUNCE, "UBND xã An Bình")
    assert announce.deadline is not None
    assert announce.deadline.rule == DaysBefore(7, Unit.DAY, "meeting")
    assert announce.proposed is not None
    assert "72/2025/QH15" in announce.proposed.cite
    assert announce.sources == ()


def test_a_proposed_step_stands_last_and_is_told() -> None:
    found = whole(meeting(), CONCLUDE, **COMMUNE)
    assert found.steps[-1].key == "proposed_announce"
    (finding,) = (each for each in found.findings if each.steps == ("proposed_announce",))
    assert finding.code == "missing_date"
    assert "Điều 43" in finding.message


def test_the_order_of_a_proposed_step_rests_on_the_law() -> None:
    found = whole(meeting(), CONCLUDE, **COMMUNE)
    (edge,) = (each for each in found.edges if each.before == "proposed_announce")
    assert (edge.after, edge.reason) == ("held", EdgeReason.LAW)
    assert "Điều 43" in edge.why


def test_a_step_without_a_limit_keeps_none_and_is_proposed_one() -> None:
    found = whole(ANNOUNCE, SPEAKER, meeting(), CONCLUDE, **COMMUNE)
    (announce,) = proposed(found)
    assert announce.key == "speaker"
    assert announce.deadline is None
    assert announce.proposed is not None
    assert announce.proposed.limit is not None
    assert announce.proposed.limit.rule == DaysBefore(7, Unit.DAY, "meeting")


def test_a_limit_that_the_document_states_is_left_alone() -> None:
    announce = step("announce", StepKind.ANNOUNCE, "Thông báo", "chậm nhất 3 ngày trước meeting")
    found = whole(announce, meeting(), CONCLUDE, **COMMUNE)
    assert proposed(found) == []
    assert told(found, "shorter_than_law") == [("shorter_than_law", ("announce",))]


def test_an_order_without_a_number_is_no_gap() -> None:
    conclude = step("conclude", StepKind.ISSUE_CONCLUSION, "Ban hành thông báo kết luận", "sau meeting")
    found = whole(SPEAKER, meeting(), conclude, **COMMUNE)
    assert [each.key for each in proposed(found)] == ["speaker"]


@pytest.mark.parametrize(
    "more",
    [
        {"organization": "UBND tỉnh A"},
        {"organization": "UBND xã A", "kind": PlanKind.UNION},
        {"organization": "UBND xã A", "meeting": DraftMeeting(on=date(2025, 6, 13))},
    ],
    ids=["province", "union", "before its entry into force"],
)
def test_a_law_that_does_not_apply_proposes_nothing(more: dict[str, Any]) -> None:
    cited = [each.proposed.cite for each in whole(meeting(), CONCLUDE, **more).steps if each.proposed is not None]
    assert [cite for cite in cited if "72/2025" in cite] == []


def test_a_month_of_the_meeting_is_enough_for_the_law() -> None:
    month = step("held", StepKind.HOLD_MEETING, "Tháng 5", "trong tháng 5/2026", name="Hội nghị")
    found = whole(month, CONCLUDE, meeting=DraftMeeting(month=(2026, 5)), **COMMUNE)
    assert [each.key for each in proposed(found)] == ["proposed_announce"]


def test_inspectors_that_are_elected_must_be_recognised() -> None:
    elect = step("elect", StepKind.ELECT, "Bầu Ban Thanh tra nhân dân", in_meeting=True)
    found = whole(meeting(), elect, kind=PlanKind.CONFERENCE)
    limits = {each.kind: each.deadline.rule for each in proposed(found) if each.deadline is not None}
    assert limits == {
        StepKind.RECOGNISE: Within(5, Unit.WORKING_DAY, "meeting"),
        StepKind.REVIEW: Recurring(6, Unit.MONTH, "meeting"),
    }


def test_without_an_election_nobody_is_recognised() -> None:
    found = whole(meeting(), CONCLUDE, kind=PlanKind.CONFERENCE)
    assert [each.kind for each in proposed(found)] == [StepKind.REVIEW]


def test_a_dialogue_at_work_exchanges_its_matters_and_posts_them() -> None:
    found = whole(meeting(), kind=PlanKind.WORKPLACE)
    assert [(each.kind, each.deadline.rule) for each in proposed(found) if each.deadline is not None][:2] == [
        (StepKind.PREPARE, DaysBefore(5, Unit.WORKING_DAY, "meeting")),
        (StepKind.ISSUE_CONCLUSION, Within(3, Unit.WORKING_DAY, "meeting")),
    ]


def test_matters_that_are_exchanged_need_no_proposal() -> None:
    sent = step(
        "sent", StepKind.COLLECT_FORMS, "Hai bên gửi nội dung đối thoại", "chậm nhất 5 ngày làm việc trước meeting"
    )
    found = whole(sent, meeting(), kind=PlanKind.WORKPLACE)
    assert StepKind.PREPARE not in [each.kind for each in proposed(found)]


def test_a_dialogue_without_a_follow_up_is_proposed_the_usual_one() -> None:
    found = whole(meeting(), kind=PlanKind.UNION, organization="Liên đoàn Lao động quận")
    assert [each.kind for each in proposed(found)] == ["issue_conclusion", "answer_issues", "report_up"]
    answers = proposed(found)[1]
    assert answers.deadline is not None
    assert answers.deadline.rule == Within(7, Unit.WORKING_DAY, "proposed_issue_conclusion")
    assert ("proposed_issue_conclusion", "proposed_answer_issues") in {
        (each.before, each.after) for each in found.edges
    }


def test_a_dialogue_with_any_follow_up_is_left_alone() -> None:
    report = step("report", StepKind.REPORT_UP, "Báo cáo kết quả đối thoại")
    assert proposed(whole(meeting(), report)) == []


def test_nothing_is_proposed_for_a_plan_without_a_meeting() -> None:
    assert proposed(whole(SPEAKER, meeting=DraftMeeting(), **COMMUNE)) == []


def test_every_duty_is_cited_dated_and_has_a_scope() -> None:
    for duty in duties():
        assert duty.cite
        assert duty.says
        assert duty.scope
        assert duty.plan_kinds
        assert duty.practice == duty.cite.startswith("Thông lệ")
