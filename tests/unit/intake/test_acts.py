"""Clauses that are duties: which there are, when each is due, and who owes it."""

from __future__ import annotations

from datetime import date

import pytest

from calendars.rules import Before, DaysBefore, Recurring, Unit, Within
from tests.unit.intake.papers import drawn, only, tasks
from workflow.domain.definition import StepKind
from workflow.intake.draft import DeadlineType


def due(text: str) -> list[tuple[str, str | None]]:
    return [(step.sources[0].text, step.deadline.date if step.deadline else None) for step in tasks(text)]


# ── whose limit ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_limit_goes_to_the_clause_that_states_it() -> None:
    assert due("1. Văn phòng\n- Phân loại câu hỏi; gửi các ngành phần trả lời trước ngày 10/4/2026; in tài liệu cho đại biểu.") == [
        ("Phân loại câu hỏi;", None),
        ("gửi các ngành phần trả lời trước ngày 10/4/2026;", "2026-04-10"),
        ("in tài liệu cho đại biểu.", None),
    ]  # fmt: skip


def test_two_limits_in_one_clause_part_it_where_the_second_verb_stands() -> None:
    assert [
        day for _, day in due("1. Văn phòng\n- Gửi phiếu trước ngày 10/4/2026, tổng hợp ý kiến trước ngày 15/4/2026.")
    ] == [
        "2026-04-10",
        "2026-04-15",
    ]


def test_a_limit_at_the_front_goes_for_every_clause_of_the_sentence_and_says_so() -> None:
    first, second = tasks(
        "1. Công đoàn\n- Chậm nhất 05 ngày kể từ ngày hội nghị, bầu trưởng ban tại phiên họp đầu; ra văn bản công nhận kết quả."
    )
    assert first.deadline is not None
    assert second.deadline is not None
    assert first.deadline.inherited_from is None
    assert second.deadline.inherited_from is not None


def test_the_clause_that_only_tells_who_gets_the_result_is_part_of_the_duty_before_it() -> None:
    step = only("1. Văn phòng\n- Phân loại câu hỏi theo nhóm; báo cáo UBND xã (qua Tổ một cửa) trước ngày 10/4/2026.")
    assert step.deadline is not None
    assert (step.kind, step.recipient) == (StepKind.CLASSIFY_ISSUES, "UBND xã")


def test_days_of_cited_papers_are_no_limits() -> None:
    step = only("1. Văn phòng\n- Thực hiện nội dung theo Công văn số 12/SNV ngày 05/01/2026.")
    assert step.deadline is None


def test_a_day_that_closes_the_clause_of_a_task_is_its_day() -> None:
    step = only("1. Văn phòng\n- Trình Chủ tịch UBND xã duyệt báo cáo ngày 20/3.")
    assert step.deadline is not None
    assert (step.deadline.type, step.deadline.date) == (DeadlineType.ON_DATE, "2026-03-20")


def test_vague_words_leave_the_step_undated_with_a_reference() -> None:
    step = only("1. Văn phòng\n- Báo cáo kết quả đối thoại về UBND huyện theo quy định.")
    assert (step.deadline, step.reference) == (None, "theo quy định")


def test_an_order_counts_only_from_something_that_the_plan_knows() -> None:
    known, unknown = tasks(
        "1. Văn phòng\n- Niêm yết kết quả sau khi kết thúc hội nghị.\n- Cất phiếu vào tủ, khóa tủ sau khi trời tạnh."
    )
    assert known.deadline is not None
    assert (known.deadline.n, known.deadline.type) == (None, DeadlineType.WITHIN_DAYS_AFTER)
    assert unknown.deadline is None


# ── years ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_without_a_year_takes_that_of_the_plan() -> None:
    assert only("1. Văn phòng\n- Gửi báo cáo trước ngày 15/4.").deadline.rule == Before(date(2026, 4, 15))  # type: ignore[union-attr]


def test_a_day_long_before_the_plan_was_issued_is_one_of_the_next_year() -> None:
    head = "UBND XÃ TÂN HÒA\nTân Hòa, ngày 20 tháng 11 năm 2025\nKẾ HOẠCH\nĐối thoại với nông dân\n"
    (step,) = tasks("1. Văn phòng\n- Gửi báo cáo trước ngày 10/01.", head=head)
    assert step.deadline is not None
    assert step.deadline.date == "2026-01-10"


def test_a_school_year_begins_in_its_first_year() -> None:
    head = "TRƯỜNG TIỂU HỌC TÂN HÒA\nKẾ HOẠCH\nHội nghị viên chức năm học 2024-2025\n"
    steps = tasks("1. Văn phòng\n- Gửi dự thảo trước ngày 20/9.\n- Sơ kết việc thực hiện trước ngày 15/01.", head=head)
    assert [step.deadline.date for step in steps if step.deadline] == ["2024-09-20", "2025-01-15"]


def test_a_limit_of_every_year_is_that_of_this_plan_and_comes_back() -> None:
    step = only("1. Văn phòng\n- Gửi báo cáo trước ngày 30/11 hằng năm.")
    assert step.deadline is not None
    assert (step.deadline.date, step.deadline.yearly) == ("2026-11-30", True)


# ── longer limits ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        (
            "{limit}. Nếu việc khó thì thời hạn có thể kéo dài nhưng không quá 15 ngày làm việc sau hội nghị.",
            "việc khó",
        ),
        ("{limit}; trường hợp việc khó thì thời hạn này là 15 ngày làm việc.", "việc khó"),
        ("{limit} (15 ngày làm việc đối với việc khó).", "việc khó"),
    ],
)
def test_a_longer_limit_is_a_new_total_from_the_same_event(words: str, condition: str) -> None:
    limit = "1. Văn phòng\n- Ban hành thông báo kết luận trong thời hạn 10 ngày làm việc sau hội nghị"
    step = tasks(words.format(limit=limit))[0]
    assert step.deadline is not None
    longer = step.deadline.extension
    assert longer is not None
    assert (step.deadline.n, longer.n, longer.unit, longer.condition) == (10, 15, "working_day", condition)
    assert longer.rule == Within(15, Unit.WORKING_DAY, "meeting")


def test_the_longer_limit_of_another_duty_is_not_taken_for_it() -> None:
    first, second = tasks(
        "1. Văn phòng\n- Ban hành thông báo kết luận trong vòng 5 ngày sau hội nghị. Giải quyết kiến nghị trong thời hạn "
        "30 ngày kể từ ngày có thông báo kết luận; việc khó thì thời hạn có thể kéo dài nhưng không quá 45 ngày."
    )
    assert first.deadline is not None
    assert second.deadline is not None
    assert (first.deadline.extension, second.deadline.extension and second.deadline.extension.n) == (None, 45)


# ── events ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_becomes_the_meeting_or_the_key_of_the_step_it_means() -> None:
    first, second, third = tasks(
        "1. Văn phòng\n- Niêm yết thông báo chậm nhất 07 ngày trước ngày đối thoại.\n"
        "- Ban hành thông báo kết luận trong thời hạn 05 ngày làm việc kể từ ngày đối thoại.\n"
        "- Trả lời kiến nghị trong thời hạn 10 ngày kể từ ngày có thông báo kết luận."
    )
    rules = [step.deadline.rule for step in (first, second, third) if step.deadline]
    assert rules == [
        DaysBefore(7, Unit.DAY, "meeting"),
        Within(5, Unit.WORKING_DAY, "meeting"),
        Within(10, Unit.DAY, "issue_conclusion"),
    ]


def test_an_event_that_no_step_is_leaves_the_limit_without_a_rule() -> None:
    step = only("1. Văn phòng\n- Trả lời đơn trong thời hạn 10 ngày kể từ ngày nhận được đơn.")
    assert step.deadline is not None
    assert (step.deadline.n, step.deadline.anchor, step.deadline.rule) == (10, "ngày nhận được đơn", None)


def test_a_duty_that_comes_back_tells_how_often() -> None:
    step = only("1. Văn phòng\n- Định kỳ 03 tháng một lần kiểm tra việc thực hiện kết luận.")
    assert step.deadline is not None
    assert (step.deadline.type, step.deadline.n, step.deadline.unit) == (DeadlineType.RECURRING, 3, "month")
    assert step.deadline.rule == Recurring(3, Unit.MONTH)


# ── which clauses ─────────────────────────────────────────────────────────────────────────────────────────────


def test_purposes_people_funding_and_the_end_of_the_document_tell_no_duties() -> None:
    draft = drawn(
        "I. MỤC ĐÍCH, YÊU CẦU\n- Phát huy dân chủ, giải quyết kịp thời kiến nghị.\n"
        "II. THÀNH PHẦN\n- Đại diện các ban, ngành của xã dự hội nghị;\n"
        "III. KINH PHÍ\nVăn phòng thanh toán từ ngân sách xã.\n"
        "Trên đây là Kế hoạch đối thoại, các đơn vị thường xuyên báo cáo UBND xã.\n"
        "Nơi nhận:\n- Gửi các thôn;\n- Lưu: VT.\n"
    )
    assert draft.steps == ()


def test_of_the_meetings_programme_only_what_is_worth_tracking_is_kept() -> None:
    draft = drawn(
        "II. CHƯƠNG TRÌNH HỘI NGHỊ\n1. Tuyên bố lý do, giới thiệu đại biểu.\n2. Các ngành trả lời kiến nghị.\n"
        "3. Ký giao ước thi đua;\n4. Tặng hoa, văn nghệ.\n"
    )
    assert [(step.kind, step.in_meeting) for step in draft.steps] == [
        (StepKind.ANSWER_ISSUES, True),
        (StepKind.OTHER, True),
    ]


def test_the_same_duty_told_twice_is_one_step_in_two_places() -> None:
    draft = drawn(
        "II. CÁC BƯỚC THỰC HIỆN\n1. Lấy ý kiến\nHội Nông dân xã thu phiếu, gửi về Văn phòng trước ngày 10/4/2026.\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Hội Nông dân xã\n- Thu phiếu của hội viên, gửi Văn phòng trước ngày 10/4/2026.\n"
    )
    (step,) = draft.steps
    assert [source.restates for source in step.sources] == [False, True]


def test_the_same_day_for_two_units_is_two_steps() -> None:
    steps = tasks(
        "1. Hội Nông dân xã\n- Thu phiếu gửi Văn phòng trước ngày 10/4/2026.\n"
        "2. Đoàn Thanh niên xã\n- Thu phiếu gửi Văn phòng trước ngày 10/4/2026."
    )
    assert [step.owner for step in steps] == ["Hội Nông dân xã", "Đoàn Thanh niên xã"]
    assert [step.key for step in steps] == ["collect_forms", "collect_forms_2"]


def test_the_name_of_an_event_ends_where_the_next_act_begins() -> None:
    step = only("1. Văn phòng\n- Niêm yết kết quả trong 07 ngày kể từ ngày kết thúc hội nghị và lưu hồ sơ vào kho.")
    assert step.deadline is not None
    assert step.deadline.anchor == "ngày kết thúc hội nghị"
