"""Forms of real plans: offices listed behind a colon, numbers without a dot, several sessions, acts in one sentence."""

from __future__ import annotations

import pytest

from tests.unit.intake.drafts import limit as due
from tests.unit.intake.drafts import meeting as held
from tests.unit.intake.drafts import order, step
from tests.unit.intake.papers import HEAD, drawn, only, paper, tasks, told
from workflow.domain.definition import StepKind
from workflow.intake.completing.numbering import numbering
from workflow.intake.completing.sections import sections_of


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        (
            "1. Các phòng: Nội vụ, Tài chính - Kế hoạch, Tư pháp\n- Chuẩn bị văn bản trả lời.",
            "Các phòng: Nội vụ, Tài chính - Kế hoạch, Tư pháp",
        ),
        ("1. Phòng Nội vụ\nLà cơ quan đầu mối, có trách nhiệm:\n- Chuẩn bị hội trường.", "Phòng Nội vụ"),
        ("1. Báo Hòa Bình: viết bài về buổi đối thoại.", "Báo Hòa Bình"),
        ("1. Phòng Nội vụ\n- Tiếp nhận câu hỏi do Huyện đoàn chuyển đến.", "Phòng Nội vụ"),
        ("1. Cấp tổ: Tổ trưởng chuyên môn họp tổ trước ngày 10/4/2026.", "Tổ trưởng chuyên môn"),
    ],
)
def test_the_owner_is_read_in_the_forms_of_real_plans(text: str, owner: str) -> None:
    assert only(text).owner == owner


def test_a_heading_needs_no_dot_behind_its_number() -> None:
    text = "II. NỘI DUNG\n1 Thời gian\nDự kiến 8h00 ngày 15/5/2026.\n2 Địa điểm\nNhà văn hóa xã.\n"
    assert str(drawn(text).meeting.on) == "2026-05-15"


def test_a_number_before_other_words_is_no_heading() -> None:
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Chuẩn bị hội trường cho\n120 Đại biểu dự hội nghị.\n"
    assert [each.owner for each in drawn(text).steps] == ["Văn phòng"]


def test_the_days_of_a_meeting_held_in_several_places_are_steps_of_their_own() -> None:
    text = (
        "II. THỜI GIAN, ĐỊA ĐIỂM\n- 12/5, 8h00: Đối thoại tại Nhà văn hóa thôn Đông;\n"
        "- 14/5, 8h00: Đối thoại tại Nhà văn hóa thôn Đoài.\n"
    )
    days = [each.deadline.wording for each in drawn(text).steps if each.deadline is not None]
    assert days == ["12/5, 8h00", "14/5, 8h00"]


def test_a_meeting_held_on_several_days_is_prepared_before_the_first() -> None:
    first = step("first", StepKind.HOLD_MEETING, "Đối thoại tại thôn Đông", deadline=due("ngày 12/5/2026"))
    hall = step("hall", StepKind.PREPARE, "Chuẩn bị hội trường")
    assert {"hall→first", "first→held"} <= order(hall, first, held())


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (
            "1. Văn phòng\n- Ghi biên bản, tham mưu ban hành thông báo kết luận chậm nhất ngày 20/5/2026.",
            ["record_minutes | Văn phòng | ", "issue_conclusion | Văn phòng | by_date 2026-05-20"],
        ),
        (
            "Các bộ phận thực hiện nội dung đã thống nhất, mỗi tháng một lần Phòng Nhân sự báo cáo tiến độ.",
            ["other | Các bộ phận | ", "report_up | Phòng Nhân sự | recurring 1 month"],
        ),
        (
            "1. Thư ký\n- Trong thời hạn 03 ngày sau hội nghị gửi báo cáo kết quả về Phòng Nội vụ.",
            ["report_up | Thư ký | within_days_after 3 calendar_day «hội nghị»"],
        ),
        (
            "1. UBND xã\n- Niêm yết thông báo kết luận ngay sau khi nhận được.",
            ["issue_conclusion | UBND xã | within_days_after «sau khi nhận được thông báo kết luận»"],
        ),
        ("1. Công đoàn\n- Kiểm tra việc thực hiện, mỗi học kỳ một lần.", ["supervise | Công đoàn | recurring 6 month"]),
        ("1. Công đoàn\n- Kiểm tra việc thực hiện, sáu tháng một lần.", ["supervise | Công đoàn | recurring 6 month"]),
    ],
)
def test_each_act_of_a_sentence_has_its_own_owner_and_limit(text: str, steps: list[str]) -> None:
    assert [told(each) for each in tasks(text)] == steps


def test_a_longer_limit_for_hard_cases_is_the_extension() -> None:
    text = "- Văn phòng ban hành thông báo kết luận chậm nhất 07 ngày làm việc sau ngày đối thoại; nội dung phức tạp thì không quá 12 ngày làm việc."
    limit = only(text).deadline
    assert limit is not None
    assert limit.extension is not None
    assert (limit.n, limit.extension.n) == (7, 12)


def test_money_apart_a_task_given_in_the_section_on_funding_is_a_duty() -> None:
    text = "IV. KINH PHÍ\nKinh phí: 10 triệu đồng. Giao Văn phòng UBND xã theo dõi việc thực hiện Kế hoạch này.\n"
    assert [each.owner for each in drawn(text).steps] == ["Văn phòng UBND xã"]


def test_a_part_that_is_numbered_twice_is_told() -> None:
    text = "Phần 1. YÊU CẦU\nI. Chung\nPhần 2. NỘI DUNG\nI. Thời gian\nPhần 2. THỰC HIỆN\n"
    (finding,) = numbering(sections_of(paper(HEAD + text)))
    assert "Phần 2" in finding.message


def test_remarks_come_between_a_draft_that_goes_out_and_the_one_that_is_completed() -> None:
    out = step("out", StepKind.PREPARE, "Dự thảo báo cáo, gửi các phòng lấy ý kiến", owner="Văn phòng")
    back = step("back", StepKind.OTHER, "Thảo luận, góp ý dự thảo", owner="Các phòng")
    done = step("done", StepKind.PREPARE, "Tiếp thu, hoàn thiện dự thảo báo cáo", owner="Văn phòng")
    assert {"out→back", "back→done"} <= order(done, back, out, held())
