"""What is said about the prose of a document, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendars.rules import By, DaysBefore, FirstOf, Unit, Within
from tests.unit.intake.drafts import document, limit, meeting, step, told, whole
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.lint_findings import Finding
from workflow.intake.completing.sentences import SENTENCES
from workflow.intake.draft import DeadlineType, Draft, DraftDeadline, DraftMeeting, Source


def about(*lines: str, codes: str, **more: Any) -> list[Finding]:
    """The findings with a code about a text without steps but the meeting."""
    page = document(*lines, "Thời gian: 8h00 ngày 15/5/2026")
    found = whole(meeting(), page=page, **more)
    return [each for each in found.findings if each.code.value in codes.split()]


def only(*lines: str, codes: str, **more: Any) -> Finding:
    (found,) = about(*lines, codes=codes, **more)
    return found


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "Họp ngày 25/7/2023 (Thứ Tư)",
        "Họp thứ Hai, ngày 25/7/2023",
        "Họp 8h00 ngày 25 tháng 7 năm 2023 (sáng thứ 4)",
        "25-7-2023, Chủ nhật",
    ],
)
def test_a_weekday_that_is_not_the_dates(line: str) -> None:
    found = only(line, codes="weekday_mismatch")
    assert "25/07/2023 là thứ Ba" in found.message
    assert found.words is not None


@pytest.mark.parametrize(
    "line",
    [
        "Họp ngày 25/7/2023 (Thứ Ba)",
        "Sáng Chủ nhật, ngày 02/11/2025",
        "lần thứ hai, 25/7/2023",
        "thứ Bảy, ngày 10/01/2026 làm bù",
    ],
)
def test_a_weekday_that_is_right_or_none(line: str) -> None:
    assert about(line, codes="weekday_mismatch") == []


def test_a_weekday_beside_a_date_without_a_year_is_looked_up_in_the_year_of_the_meeting() -> None:
    assert "15/05/2026 là thứ Sáu" in only("Khai mạc ngày 15/5 (thứ Hai)", codes="weekday_mismatch").message


@pytest.mark.parametrize(
    "line", ["xong trước 31/4/2026", "ngày 30 tháng 02 năm 2026", "từ ngày 31/6", "ngày 12/13/2026"]
)
def test_a_date_that_no_calendar_has(line: str) -> None:
    assert only(line, codes="invalid_date").severity == "error"


@pytest.mark.parametrize(
    "line",
    [
        "Nghị định 59/2023/NĐ-CP",
        "29/02/2024",
        "2/3 số cán bộ",
        "công ty CP 19-9",
        "Nghị quyết 28/2026/QH16",
        "Đt: 0225.3.742.019",
    ],
)
def test_what_is_no_date_is_no_wrong_date(line: str) -> None:
    assert about(line, codes="invalid_date weekday_mismatch") == []


def test_a_blank_day_of_issue() -> None:
    assert (
        "Hải An, ngày tháng 4 năm 2026"
        in only(
            "Hải An, ngày    tháng 4 năm 2026", codes="missing_date", kind=PlanKind.UNION, title="Biểu dương"
        ).message
    )


def test_a_day_of_issue_that_is_there() -> None:
    assert (
        about("Hải An, ngày 13 tháng 4 năm 2026", codes="missing_date", kind=PlanKind.UNION, title="Biểu dương") == []
    )


def test_a_document_cited_with_a_later_date_than_the_plans() -> None:
    lines = ("An Bình, ngày 02 tháng 4 năm 2026", "Căn cứ Công văn số 12/SNV-XD ngày 10/5/2026 của Sở Nội vụ")
    assert "12/SNV-XD" in only(*lines, codes="contradictory_dates").message


@pytest.mark.parametrize("issued", ["An Bình, ngày 02 tháng 4 năm 2026", "An Bình, ngày    tháng 4 năm 2026", ""])
def test_a_document_cited_with_an_earlier_date(issued: str) -> None:
    assert about(issued, "Căn cứ Công văn số 12/SNV-XD ngày 30/3/2026", codes="contradictory_dates") == []


def test_a_banner_with_another_day_than_the_meetings() -> None:
    lines = ("An Bình, ngày 02 tháng 4 năm 2026", *["…"] * 2000, "An Bình, ngày 16 tháng 5 năm 2026")
    assert "thời gian họp là 15/05/2026" in only(*lines, codes="contradictory_dates").message


@pytest.mark.parametrize("banner", ["An Bình, ngày 15 tháng 5 năm 2026", "An Bình, ngày    tháng 5 năm 2026"])
def test_a_banner_that_agrees_with_the_meeting(banner: str) -> None:
    assert about("An Bình, ngày 02 tháng 4 năm 2026", *["…"] * 2000, banner, codes="contradictory_dates") == []


def test_a_decree_that_was_replaced_before_the_plan() -> None:
    found = only("Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09/01/2015", codes="unresolved_reference")
    assert "59/2023/NĐ-CP" in found.message
    assert found.source == "Nghị định số 04/2015/NĐ-CP"


def test_a_decree_that_was_in_force_then() -> None:
    day = DraftMeeting(on=date(2020, 5, 15))
    assert about("Căn cứ Nghị định số 04/2015/NĐ-CP", codes="unresolved_reference", meeting=day) == []


# ── numbering ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("1. Văn phòng", "2. Phòng Nội vụ", "2. Công an"), "Hai mục cùng mang một số"),
        (("I. Mục đích", "II. Nội dung", "IV. Tổ chức"), "«II. Nội dung» là ngay mục «IV. Tổ chức»"),
        (("1. Tiêu đề", "2. Phân công", "3.1. Phòng Văn hóa", "3.2. Văn phòng"), "nằm trong mục «2. Phân công»"),
        (("a) Thu phiếu", "b) Phân loại", "b) Trả lời"), "Hai mục cùng mang một số"),
    ],
)
def test_numbers_that_are_wrong(lines: tuple[str, ...], says: str) -> None:
    assert says in only(*lines, codes="numbering_error").message


@pytest.mark.parametrize(
    "lines",
    [
        ("I. Mục đích", "1. Một", "2. Hai", "II. Nội dung", "1. Một", "2. Hai"),
        ("1. Một", "a) A", "b) B", "2. Hai", "a) A", "b) B"),
        ("c) C", "d) D", "e) E"),
        ("c) C", "d) D", "đ) Đ", "e) E"),
        ("1. Một", "1.1. Một", "1.2. Hai", "2. Hai", "2.1. Một"),
        ("1. Một", "2. Hai", "3. Ba", "1. Một", "2. Hai"),
        ("trước ngày", "15/11/2025. Sau đó", "tháng 10", "2025. Kế hoạch"),
        ("(1) Một", "(2) Hai", "(1) Một"),
    ],
)
def test_numbers_that_are_right(lines: tuple[str, ...]) -> None:
    assert about(*lines, codes="numbering_error") == []


# ── limits ────────────────────────────────────────────────────────────────────────────────────────────────────


def of_step(words: str, kind: StepKind = StepKind.OTHER, deadline: DraftDeadline | None = None, **more: Any) -> Draft:
    """The findings on one step beside the meeting."""
    return whole(step("x", kind, words, deadline=deadline), meeting(), **more)


def test_a_number_and_its_words_that_differ() -> None:
    words = "Trả lời trong thời hạn 05 (sáu) ngày làm việc kể từ ngày họp"
    assert told(of_step(words), "number_word_mismatch") == [("number_word_mismatch", ("x",))]


def test_a_number_and_its_words_that_agree() -> None:
    words = "Trả lời trong thời hạn 05 (năm) ngày làm việc kể từ ngày họp"
    assert told(of_step(words), "number_word_mismatch") == []


def test_a_date_without_a_year_and_the_year_that_is_understood() -> None:
    due = DraftDeadline(DeadlineType.BEFORE_DATE, "trước ngày 24/4", "2026-04-24")
    (found,) = (
        each for each in of_step("Gửi phiếu trước ngày 24/4", deadline=due).findings if each.code == "missing_year"
    )
    assert "24/04/2026" in found.message


def test_a_date_with_its_year_lacks_nothing() -> None:
    assert told(of_step("Gửi phiếu trước ngày 24/4/2026", deadline=limit("trước ngày 24/4/2026")), "missing_year") == []


def twice(first: str, second: str) -> Draft:
    """A step said twice, and what is found."""
    said = step("x", StepKind.COLLECT_FORMS, first, deadline=limit("trước ngày 20/4/2026"))
    said = replace(said, sources=(*said.sources, Source(0, 0, second, restates=True)))
    return whole(said, meeting(), page=document(first, "Mục khác", second, "Thời gian: 8h00 ngày 15/5/2026"))


def test_one_duty_said_twice_with_two_dates() -> None:
    found = twice("Thu phiếu xong trước ngày 20/4/2026", "Gửi phiếu về văn phòng trước ngày 25/4/2026")
    assert told(found, "contradictory_dates") == [("contradictory_dates", ("x",))]


@pytest.mark.parametrize(
    "second", ["Gửi phiếu chậm nhất ngày 19/4/2026", "Gửi phiếu trước ngày 20/4/2026", "Gửi phiếu sớm"]
)
def test_one_duty_said_twice_with_one_date(second: str) -> None:
    assert told(twice("Thu phiếu xong trước ngày 20/4/2026", second), "contradictory_dates") == []


def test_two_steps_with_one_duty_and_two_dates() -> None:
    one = step(
        "one",
        StepKind.COLLECT_FORMS,
        "Thu phiếu hỏi ý kiến giáo viên các trường gửi về",
        "trước ngày 20/4/2026",
        owner="Mặt trận",
    )
    other = step(
        "other",
        StepKind.COLLECT_FORMS,
        "Thu phiếu hỏi ý kiến giáo viên các trường gửi",
        "trước ngày 25/4/2026",
        owner="Mặt trận",
    )
    assert ("contradictory_dates", ("one", "other")) in told(whole(one, other, meeting()), "contradictory_dates")


def test_rounds_of_one_duty_are_no_contradiction() -> None:
    one = step(
        "one", StepKind.COLLECT_FORMS, "Đợt 1 thu phiếu hỏi ý kiến giáo viên", "trước ngày 20/4/2026", owner="Mặt trận"
    )
    other = step(
        "other",
        StepKind.COLLECT_FORMS,
        "Đợt 2 thu phiếu hỏi ý kiến giáo viên",
        "trước ngày 25/4/2026",
        owner="Mặt trận",
    )
    assert told(whole(one, other, meeting()), "contradictory_dates") == []


def test_days_before_that_do_not_come_to_the_date_beside_them() -> None:
    rule = FirstOf((By(date(2026, 5, 8)), DaysBefore(10, Unit.DAY, "hội nghị")))
    due = DraftDeadline(DeadlineType.BY_DATE, "chậm nhất", "2026-05-08", rule=rule)
    words = "Niêm yết chậm nhất ngày 08/5/2026 (trước ngày hội nghị 10 ngày)"
    found = of_step(words, deadline=due)
    assert told(found, "contradictory_dates") == [("contradictory_dates", ("x",))]
    assert "05/05/2026" in next(each.message for each in found.findings if each.code == "contradictory_dates")


def test_days_before_that_come_to_the_date_beside_them() -> None:
    words = "Niêm yết chậm nhất ngày 08/5/2026 (trước ngày hội nghị 7 ngày)"
    assert told(of_step(words, deadline=limit("chậm nhất ngày 08/5/2026")), "contradictory_dates") == []


@pytest.mark.parametrize(("day", "expected"), [("18/02/2026", 1), ("23/02/2026", 0)])
def test_days_before_an_event_whose_day_the_document_tells(day: str, expected: int) -> None:
    words = f"Niêm yết chậm nhất ngày {day} (trước ngày bầu cử 20 ngày)"
    page = document("Ngày bầu cử: Chủ nhật, ngày 15/3/2026.", words)
    listed = step("x", StepKind.ANNOUNCE, words, deadline=limit(f"chậm nhất ngày {day}"))
    assert len(told(whole(listed, page=page, meeting=DraftMeeting()), "contradictory_dates")) == expected


def phase(due: str) -> Draft:
    page = document(
        "1. Giai đoạn 1 (từ ngày 01/4/2026 đến ngày 15/4/2026)",
        "Phát phiếu hỏi",
        "2. Giai đoạn 2",
        "Thời gian: 8h00 ngày 15/5/2026",
    )
    return whole(step("x", StepKind.DISTRIBUTE_FORMS, "Phát phiếu hỏi", due), meeting(), page=page)


def test_an_item_dated_outside_its_phase() -> None:
    assert told(phase("trước ngày 25/4/2026"), "contradictory_dates") == [("contradictory_dates", ("x",))]


def test_an_item_dated_inside_its_phase() -> None:
    assert told(phase("trước ngày 16/4/2026"), "contradictory_dates") == []


def test_a_limit_counted_from_what_is_no_step() -> None:
    due = DraftDeadline(
        DeadlineType.WITHIN_DAYS_AFTER,
        "15 ngày kể từ ngày nhận yêu cầu",
        n=15,
        anchor="ngày nhận yêu cầu",
        rule=Within(15, Unit.DAY, "nhận yêu cầu"),
    )
    found = of_step("Triệu tập trong 15 ngày kể từ ngày nhận yêu cầu", deadline=due)
    assert told(found, "unresolved_reference") == [("unresolved_reference", ("x",))]


def test_days_before_written_as_days_since() -> None:
    words = "Triệu tập ít nhất trước 15 ngày kể từ ngày khai mạc hội nghị"
    found = of_step(words, deadline=limit("chậm nhất 15 ngày trước meeting"))
    assert told(found, "unresolved_reference") == [("unresolved_reference", ("x",))]


def test_a_reference_stays_undated_and_is_told() -> None:
    found = whole(step("x", StepKind.REPORT_UP, "Báo cáo theo quy định", reference="theo quy định"), meeting())
    assert told(found, "unresolved_reference") == [("unresolved_reference", ("x",))]


# ── owners ────────────────────────────────────────────────────────────────────────────────────────────────────


def two(kind: StepKind, first: str, second: str, **more: str) -> list[tuple[str, tuple[str, ...]]]:
    one = step("one", kind, first, owner=more.get("one", "Phòng Văn hóa"))
    other = step("other", kind, second, owner=more.get("other", "Văn phòng"))
    return told(whole(one, other, meeting()), "contradictory_owner")


def test_one_duty_with_two_owners() -> None:
    said = "Cử người làm thư ký hội nghị"
    assert two(StepKind.RECORD_MINUTES, f"{said}; lưu hồ sơ", f"{said}.") == [("contradictory_owner", ("one", "other"))]


def test_a_duty_of_every_unit_is_no_contradiction() -> None:
    said = "Cử đại biểu tham dự hội nghị đúng thành phần"
    assert two(StepKind.OTHER, said, said) == []


def test_two_units_that_each_leave_it_to_the_other() -> None:
    first, second = "Phối hợp với Văn phòng giám sát kết luận", "Phối hợp với Phòng Văn hóa đôn đốc kết luận"
    assert two(StepKind.SUPERVISE, first, second) == [("contradictory_owner", ("one", "other"))]


def test_a_unit_that_assists_the_one_that_leads() -> None:
    first, second = "Phối hợp với Văn phòng tổng hợp báo cáo trả lời", "Tổng hợp báo cáo trả lời"
    assert two(StepKind.SYNTHESIZE_REPORT, first, second) == []


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_findings_stand_in_the_order_of_the_document_each_on_its_words() -> None:
    late = step("late", StepKind.DRAFT_ANSWERS, "Trả lời trước ngày 10/5/2026", "trước ngày 10/5/2026")
    page = document("2. Một", "2. Hai", "Trả lời trước ngày 10/5/2026", "Họp ngày 15/5/2026 (thứ Hai)")
    found = whole(late, page=page, meeting=DraftMeeting(on=date(2026, 5, 15)))
    starts = [each.words.start for each in found.findings if each.words is not None]
    assert starts == sorted(starts)
    for each in found.findings:
        if each.words is not None:
            assert page.words(each.words.start, each.words.end) == each.words.text


def test_a_thing_is_said_once() -> None:
    found = whole(step("x", StepKind.OTHER, "Xong trước ngày 31/4/2026"), meeting())
    assert len(told(found, "invalid_date")) == 1


def test_undated_steps_before_a_dated_meeting_are_told_their_latest_day() -> None:
    invite = step("invite", StepKind.INVITE, "Gửi giấy mời")
    dated = step("dated", StepKind.COLLECT_FORMS, "Thu phiếu", "trước ngày 24/4/2026")
    (found,) = (each for each in whole(invite, dated, meeting()).findings if each.steps == ("invite",))
    assert "12/05/2026" in found.message


def test_a_plan_with_one_date_only_gets_a_latest_day_for_each_step() -> None:
    """The critical ones are those with the least slack."""
    collect = step("collect", StepKind.COLLECT_FORMS, "Tập hợp ý kiến")
    answer = step("answer", StepKind.DRAFT_ANSWERS, "Soạn trả lời")
    found = whole(collect, answer, step("hall", StepKind.PREPARE, "Trang trí"), meeting(), issued_on=date(2026, 5, 4))
    latest = {each.step: (each.on, each.slack, each.critical) for each in found.schedule}
    assert latest == {
        "collect": (date(2026, 5, 7), 0, True),
        "answer": (date(2026, 5, 14), 0, True),
        "hall": (date(2026, 5, 14), 8, False),
    }


def test_what_goes_on_past_the_meeting_is_not_told_a_last_day_before_it() -> None:
    spread = step("spread", StepKind.ANNOUNCE, "Tuyên truyền trước, trong và sau hội nghị")
    dated = step("dated", StepKind.COLLECT_FORMS, "Thu phiếu", "trước ngày 24/4/2026")
    assert [each for each in whole(spread, dated, meeting()).findings if each.steps == ("spread",)] == []


def test_each_law_that_applies_is_told() -> None:
    public = step("public", StepKind.ANNOUNCE, "Niêm yết công khai kế hoạch")
    found = whole(public, meeting(), organization="UBND xã A", title="Đối thoại với thanh niên")
    assert [each.source for each in found.findings if each.steps == ("public",) and each.source is not None] == [
        "Luật Tổ chức chính quyền địa phương 72/2025/QH15, Điều 43",
        "Nghị định 13/2021/NĐ-CP",
    ]


def test_a_step_with_a_limit_of_its_own_needs_no_latest_day() -> None:
    dated = step("dated", StepKind.COLLECT_FORMS, "Thu phiếu", "trước ngày 24/4/2026")
    assert whole(dated, meeting()).schedule == ()


def test_a_meeting_that_only_the_head_of_the_document_tells_becomes_a_step() -> None:
    words = Source(0, 30, "Thời gian: 8h00 ngày 15/5/2026")
    found = whole(step("x", StepKind.PREPARE, "Trang trí"), meeting=DraftMeeting(on=date(2026, 5, 15), source=words))
    held = next(each for each in found.steps if each.kind is StepKind.HOLD_MEETING)
    assert held.sources == (words,)
    assert held.proposed is None


def test_a_dated_limit_without_a_rule_is_given_one() -> None:
    due = DraftDeadline(DeadlineType.BEFORE_DATE, "trước ngày 10/5", "2026-05-10")
    (found, *_) = of_step("Xong trước 10/5", deadline=due).steps
    assert found.deadline is not None
    assert found.deadline.rule == limit("trước ngày 10/5/2026").rule


def test_what_has_passed_is_told_of_a_day() -> None:
    dated = step("dated", StepKind.COLLECT_FORMS, "Thu phiếu", "trước ngày 24/4/2026")
    assert told(whole(dated, meeting(), today=date(2026, 4, 25)), "date_in_past") == [("date_in_past", ("dated",))]
    assert told(whole(dated, meeting(), today=date(2026, 4, 23)), "date_in_past") == []


def test_a_swapped_saturday_is_no_rest_day() -> None:
    dated = step("dated", StepKind.COLLECT_FORMS, "Thu phiếu", "chậm nhất ngày 22/8/2026")
    found = whole(dated, meeting(), meeting=DraftMeeting(on=date(2026, 9, 15)))
    assert told(found, "due_on_non_working_day") == []


def test_every_sentence_says_what_to_do() -> None:
    assert all("hãy" in each.template.lower() for each in SENTENCES)


def test_a_document_may_be_empty() -> None:
    found = whole(page=document(""), meeting=DraftMeeting())
    assert (found.steps, found.edges, found.schedule) == ((), (), ())
