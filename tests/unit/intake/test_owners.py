"""Who owes a duty, with whom, and who gets the result."""

from __future__ import annotations

import pytest

from tests.unit.intake.papers import drawn, only, tasks


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("1. Phòng Văn hóa - Xã hội\n- Chuẩn bị hội trường.", "Phòng Văn hóa - Xã hội"),
        ("1. **Trách nhiệm của Thủ trưởng đơn vị.**\n- Chuẩn bị hội trường.", "Thủ trưởng đơn vị"),
        ("1. Trung tâm Dịch vụ tổng hợp: Chuẩn bị hội trường.", "Trung tâm Dịch vụ tổng hợp"),
        ("1. Phòng Giáo dục và Đào tạo\n- Chuẩn bị hội trường.", "Phòng Giáo dục và Đào tạo"),
        ("1. Văn phòng\n- Công an xã bảo đảm an ninh trật tự.", "Công an xã"),
        ("1. Các nội dung\n- Đề nghị Hội Nông dân xã vận động hội viên tham dự.", "Hội Nông dân xã"),
        ("1. Đề nghị Hội Nông dân xã: vận động hội viên tham dự.", "Hội Nông dân xã"),
        ("Sau hội nghị, Văn phòng UBND xã niêm yết kết quả.", "Văn phòng UBND xã"),
        ("Nếu có việc phát sinh thì Trưởng các thôn báo cáo UBND xã.", "Trưởng các thôn"),
        ("Các cơ quan được phân công trả lời ý kiến phải gửi văn bản về Văn phòng.", "Các cơ quan được phân công trả lời ý kiến"),
        ("Buổi tổng duyệt do Đoàn Thanh niên xã tổ chức.", "Đoàn Thanh niên xã"),
    ],
)  # fmt: skip
def test_the_owner_is_the_heading_the_subject_or_who_is_asked(text: str, owner: str) -> None:
    assert only(text).owner == owner


def test_the_channel_is_neither_owner_nor_recipient() -> None:
    step = only("1. Các thôn\n- Gửi danh sách đại biểu về UBND xã (qua Văn phòng UBND xã) trước ngày 10/4/2026.")
    assert (step.owner, step.recipient) == ("Các thôn", "UBND xã")


def test_who_coordinates_is_kept_beside_the_owner() -> None:
    step = only("1. Văn phòng UBND xã\n- Phối hợp với Hội Nông dân xã chuẩn bị hội trường.")
    assert (step.owner, step.coordinating) == ("Văn phòng UBND xã", ("Hội Nông dân xã",))


def test_an_order_of_a_unit_is_its_own_duty_not_that_of_those_who_are_told() -> None:
    step = only("1. Đề nghị UBND huyện\n- Giao các phòng chuẩn bị nội dung trả lời.")
    assert step.owner == "UBND huyện"


def test_a_line_that_leads_to_a_list_names_who_owes_it() -> None:
    steps = tasks(
        "- Người chủ trì phân công cho các cơ quan liên quan thực hiện:\n+ Trả lời kiến nghị.\n+ Theo dõi việc giải quyết."
    )
    assert {step.owner for step in steps} == {"các cơ quan liên quan"}


def test_the_place_of_the_owner_is_kept_when_it_stands_elsewhere() -> None:
    inside, above = tasks("1. Văn phòng\n- Công an xã giữ trật tự.\n2. Các thôn\n- Phát phiếu hỏi.")
    assert inside.owner_source is None
    assert above.owner_source is not None
    assert above.owner_source.text == "Các thôn"


def test_owner_and_time_may_stand_on_lines_below_the_task() -> None:
    draft = drawn(
        "II. CÁC BƯỚC THỰC HIỆN\n1. Lấy ý kiến\nPhát phiếu tới từng hộ.\nThời gian hoàn thành: trước ngày 10/4/2026.\n"
        "Đơn vị chủ trì: Hội Nông dân xã; phối hợp: các thôn.\n2. Phân loại\nPhân loại phiếu theo nhóm.\n"
        "Thời gian hoàn thành: trước ngày 15/4/2026.\nĐơn vị chủ trì: Văn phòng.\n"
    )
    told = [(step.owner, step.coordinating, step.deadline.date if step.deadline else None) for step in draft.steps]
    assert told == [("Hội Nông dân xã", ("các thôn",), "2026-04-10"), ("Văn phòng", (), "2026-04-15")]


def test_a_heading_with_nothing_but_such_lines_is_the_duty_itself() -> None:
    draft = drawn("II. TIẾN ĐỘ\n1. Phát phiếu hỏi\n- Thời gian: 05/4\n- Người thực hiện: Các thôn\n")
    (step,) = draft.steps
    assert (step.name, step.owner) == ("Phát phiếu hỏi", "Các thôn")
    assert step.deadline is not None
    assert step.deadline.date == "2026-04-05"


def test_a_line_of_time_below_a_list_goes_for_the_whole_list() -> None:
    steps = tasks("a) Khảo sát\n- In phiếu hỏi;\n- Phát phiếu hỏi.\n* Thời gian thực hiện: trước ngày 10/4/2026.")
    assert [step.deadline.date for step in steps if step.deadline] == ["2026-04-10", "2026-04-10"]


def test_a_unit_in_brackets_at_the_end_owes_what_nobody_else_does() -> None:
    assert only("Ngày 20/4: Tổng hợp phiếu hỏi (Hội Nông dân xã).").owner == "Hội Nông dân xã"
