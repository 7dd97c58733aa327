"""The order of a draft's steps: each rule that tells it, and what gives way to what."""

from __future__ import annotations

import pytest

from calendars.rules import MEETING, After, Unit, Within
from tests.unit.intake.drafts import document, edges, limit, meeting, order, step
from workflow.domain.definition import PlanKind, StepKind
from workflow.intake.completing.edge_graph import EdgeGraph
from workflow.intake.completing.orders import orders_of
from workflow.intake.draft import DeadlineType, DraftDeadline, DraftMeeting, DraftStep, Edge, EdgeReason

COLLECT = step("collect", StepKind.COLLECT_FORMS, "Thu phiếu")
CLASSIFY = step("classify", StepKind.CLASSIFY_ISSUES, "Phân loại ý kiến")
ASSIGN = step("assign", StepKind.ASSIGN_ANSWERS, "Phân công trả lời")
ANSWER = step("answer", StepKind.DRAFT_ANSWERS, "Soạn văn bản trả lời")
CONCLUDE = step("conclude", StepKind.ISSUE_CONCLUSION, "Ban hành thông báo kết luận")


def edge(before: str, after: str, reason: EdgeReason = EdgeReason.KINDS) -> Edge:
    return Edge(before, after, reason, "vì thế")


def test_a_dialogue_goes_from_opinions_to_answers_to_the_meeting_to_its_conclusion() -> None:
    found = order(CONCLUDE, ANSWER, ASSIGN, CLASSIFY, COLLECT, meeting())
    assert found == {"collect→classify", "classify→assign", "assign→answer", "answer→held", "held→conclude"}


def test_a_link_of_the_chain_that_is_missing_is_bridged() -> None:
    assert order(COLLECT, ANSWER, meeting()) == {"collect→answer", "answer→held"}


@pytest.mark.parametrize("kind", PlanKind)
def test_every_order_of_every_kind_of_plan_says_why(kind: PlanKind) -> None:
    orders = orders_of(kind)
    assert all(link.why for chain in orders.chains for link in chain.links[1:])
    assert all(sequel.why for sequel in orders.sequels)
    assert set(orders.usual) | {StepKind.HOLD_MEETING} == set(StepKind)


def test_every_edge_says_why_in_one_sentence() -> None:
    due = DraftDeadline(DeadlineType.WITHIN_DAYS_AFTER, "10 ngày sau hội nghị", rule=Within(10, Unit.DAY, MEETING))
    report = step("report", StepKind.REPORT_UP, "Báo cáo kết quả hội nghị", deadline=due)
    review = step("check", StepKind.SUPERVISE, "Giám sát việc thực hiện kết luận")
    for each in edges(COLLECT, CLASSIFY, meeting(), CONCLUDE, report, review):
        assert each.why[0].isupper()
        assert each.why.endswith(".")


def test_what_happens_at_the_meeting_comes_with_it() -> None:
    elect = step("elect", StepKind.ELECT, "Bầu Ban Thanh tra nhân dân", in_meeting=True)
    recognise = step("recognise", StepKind.RECOGNISE, "Công nhận Ban Thanh tra nhân dân")
    assert order(elect, meeting(), recognise, kind=PlanKind.CONFERENCE) == {"held→elect", "elect→recognise"}


def test_a_limit_counted_from_a_step_puts_it_after_that_step() -> None:
    due = limit("07 ngày làm việc sau conclude")
    (found,) = (
        each
        for each in edges(CONCLUDE, meeting(), step("reply", StepKind.OTHER, "Trả lời", deadline=due))
        if each.after == "reply"
    )
    assert (found.before, found.reason) == ("conclude", EdgeReason.EVENT)


def test_a_limit_counted_back_from_the_meeting_puts_the_step_before_it() -> None:
    late = step("late", StepKind.REPORT_UP, "Trình báo cáo", "chậm nhất 5 ngày trước meeting")
    assert order(late, meeting()) == {"late→held"}


def test_words_that_name_what_comes_first_are_quoted() -> None:
    assign = step("assign", StepKind.ASSIGN_ANSWERS, "Trên cơ sở Tổng hợp ý kiến của Mặt trận, giao các phòng trả lời")
    found = next(each for each in edges(CLASSIFY, assign, meeting()) if each.after == "assign")
    assert (found.before, found.reason) == ("classify", EdgeReason.WORDING)
    assert found.words is not None
    assert found.words.startswith("Trên cơ sở Tổng hợp ý kiến")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sau hội nghị, tổng hợp báo cáo", "held→x"),
        ("Sau khi kết thúc buổi đối thoại gửi báo cáo", "held→x"),
        ("Báo cáo kết quả tổ chức đối thoại về cấp trên", "held→x"),
        ("Báo cáo lãnh đạo trước khi tổ chức hội nghị", "x→held"),
        ("Báo cáo cấp trên để xin ý kiến chỉ đạo", "x→held"),
    ],
)
def test_its_own_words_tell_the_side_of_a_step(words: str, expected: str) -> None:
    assert order(step("x", StepKind.REPORT_UP, words), meeting()) == {expected}


def test_what_goes_on_before_during_and_after_is_begun_before() -> None:
    spread = step("spread", StepKind.ANNOUNCE, "Tuyên truyền trước, trong và sau hội nghị")
    assert order(spread, meeting()) == {"spread→held"}


def test_guarding_a_meeting_is_not_done_before_it() -> None:
    guard = step("guard", StepKind.PREPARE, "Bảo đảm an ninh trong suốt quá trình tổ chức hội nghị")
    assert order(guard, meeting()) == {"held→guard"}


def test_a_heading_tells_the_side_of_what_stands_under_it() -> None:
    page = document(
        "3.1. Trước khi tổ chức đối thoại", "Theo dõi tình hình", "3.2. Sau hội nghị đối thoại", "Giao việc", "", "Họp"
    )
    watch = step("watch", StepKind.SUPERVISE, "Theo dõi tình hình")
    task = step("task", StepKind.ASSIGN_ANSWERS, "Giao việc")
    assert order(watch, task, meeting(words="Họp"), page=page) == {"watch→held", "held→task"}


def test_a_date_tells_the_side_of_a_step() -> None:
    early = step("early", StepKind.ANSWER_ISSUES, "Gửi câu trả lời", "trước ngày 10/5/2026")
    late = step("late", StepKind.CLASSIFY_ISSUES, "Gom câu hỏi mới", "trước ngày 30/5/2026")
    found = {(each.before, each.after, each.reason) for each in edges(early, late, meeting())}
    assert found == {("early", "held", EdgeReason.DATES), ("held", "late", EdgeReason.DATES)}


def test_a_date_within_the_month_of_the_meeting_tells_nothing() -> None:
    late = step("late", StepKind.REPORT_UP, "Báo cáo", "trước ngày 10/5/2026")
    assert order(late, meeting_in_may(), meeting=DraftMeeting(month=(2026, 5))) == {"held→late"}


def meeting_in_may() -> DraftStep:
    return step("held", StepKind.HOLD_MEETING, "Dự kiến tháng 5", "trong tháng 5/2026", name="Hội nghị")


def test_an_invitation_after_the_meeting_is_a_mistake_and_no_order() -> None:
    late = step("late", StepKind.INVITE, "Gửi giấy mời", "trước ngày 30/5/2026")
    assert order(late, meeting()) == {"late→held"}


def test_a_date_that_does_not_fit_is_left_out_when_another_fits() -> None:
    one = step("one", StepKind.CLASSIFY_ISSUES, "Phân loại ý kiến các trường", "trước ngày 24/4/2026")
    other = step("other", StepKind.CLASSIFY_ISSUES, "Phân loại ý kiến các thôn", "trước ngày 08/5/2026")
    answer = step("answer", StepKind.DRAFT_ANSWERS, "Soạn trả lời", "trước ngày 05/5/2026")
    assert order(one, other, answer, meeting()) == {"one→answer", "answer→held", "other→held"}


def test_a_date_that_does_not_fit_is_kept_when_none_fits() -> None:
    late = step("late", StepKind.CLASSIFY_ISSUES, "Phân loại ý kiến", "trước ngày 08/5/2026")
    answer = step("answer", StepKind.DRAFT_ANSWERS, "Soạn trả lời", "trước ngày 05/5/2026")
    assert "late→answer" in order(late, answer, meeting())


def test_what_is_sent_to_a_unit_comes_before_that_unit_works_on_it() -> None:
    schools = step("schools", StepKind.CLASSIFY_ISSUES, "Tổng hợp ý kiến gửi Phòng Văn hóa", recipient="Phòng Văn hóa")
    office = step("office", StepKind.CLASSIFY_ISSUES, "Phân loại ý kiến", owner="Phòng Văn hóa")
    (found,) = (each for each in edges(schools, office, meeting()) if each.after == "office")
    assert (found.before, found.words) == ("schools", "Phòng Văn hóa")


def test_meetings_of_groups_come_before_the_whole_ones() -> None:
    first = step("first", StepKind.HOLD_MEETING, "Hội nghị trù bị", name="Hội nghị trù bị")
    paper = step("paper", StepKind.SYNTHESIZE_REPORT, "Thủ trưởng chuẩn bị báo cáo năm học")
    groups = step("groups", StepKind.HOLD_MEETING, "Hội nghị cấp tổ chuyên môn", name="Hội nghị cấp tổ")
    gather = step("gather", StepKind.COLLECT_FORMS, "Tập hợp ý kiến các tổ")
    page = document(
        "a) Chuẩn bị",
        "Hội nghị trù bị",
        "Thủ trưởng chuẩn bị báo cáo năm học",
        "b) Tiến trình",
        "Hội nghị cấp tổ chuyên môn",
        "Tập hợp ý kiến các tổ",
        "c) Khác",
        "Họp",
    )
    found = order(first, paper, groups, gather, meeting(words="Họp"), page=page, kind=PlanKind.CONFERENCE)
    assert found == {"first→paper", "paper→groups", "groups→gather", "gather→held"}


def test_an_extraordinary_meeting_stands_aside() -> None:
    extra = step("extra", StepKind.HOLD_MEETING, "Hội nghị bất thường", name="Hội nghị bất thường")
    assert order(extra, meeting()) == set()


def test_a_weaker_reason_gives_way_to_a_stronger_one() -> None:
    """The conclusion usually comes first; here it is said to wait for the answers."""
    conclude = step(
        "conclude",
        StepKind.ISSUE_CONCLUSION,
        "Ra thông báo",
        deadline=DraftDeadline(DeadlineType.WITHIN_DAYS_AFTER, "sau khi trả lời", rule=After("reply")),
    )
    reply = step("reply", StepKind.ANSWER_ISSUES, "Trả lời kiến nghị")
    assert order(conclude, reply, meeting()) == {"held→reply", "reply→conclude"}


def test_a_graph_takes_no_edge_that_closes_a_circle() -> None:
    graph = EdgeGraph("abc")
    assert [graph.add(edge(*pair)) for pair in ("ab", "bc", "ca", "aa", "ax")] == [True, True, False, False, False]


def test_a_graph_leaves_out_what_follows_from_other_edges() -> None:
    graph = EdgeGraph("abcd")
    for pair in ("ad", "ac", "ab", "bc", "cd"):
        graph.add(edge(*pair))
    assert [f"{each.before}{each.after}" for each in graph.reduced()] == ["ab", "bc", "cd"]
    assert all(graph.reaches(*pair) for pair in ("ab", "ac", "ad", "bc", "bd", "cd"))
    assert not graph.reaches("b", "a")
