"""Lists under headings: who owes an item is told by how the lines are laid out."""

from __future__ import annotations

import pytest

from tests.unit.intake.papers import drawn, tasks, told

OFFICE = ["invite | Văn phòng UBND xã | before_date 2026-04-10", "prepare | Văn phòng UBND xã | "]
POLICE = "prepare | Công an xã | "


@pytest.mark.parametrize(
    "text",
    [
        "1. Văn phòng UBND xã\n1. Soạn giấy mời trước ngày 10/4/2026\n2. Chuẩn bị hội trường\n2. Công an xã\n1. Giữ trật tự\n",
        "- Văn phòng UBND xã:\n- Soạn giấy mời trước ngày 10/4/2026.\n- Chuẩn bị hội trường.\n- Công an xã:\n- Giữ trật tự.\n",
        "* Văn phòng UBND xã:\n+ Soạn giấy mời trước ngày 10/4/2026.\n+ Chuẩn bị hội trường.\n* Công an xã:\n+ Giữ trật tự.\n",
        "Văn phòng UBND xã:\nSoạn giấy mời trước ngày 10/4/2026.\nChuẩn bị hội trường.\nCông an xã:\nGiữ trật tự.\n",
        "Văn phòng UBND xã\n- Soạn giấy mời trước ngày 10/4/2026.\n- Chuẩn bị hội trường.\nCông an xã\n- Giữ trật tự.\n",
        "2.1. Văn phòng UBND xã có trách nhiệm:\na) Soạn giấy mời trước ngày 10/4/2026\nb) Chuẩn bị hội trường\n2.2. Công an xã:\na) Giữ trật tự\n",
        "I. Văn phòng UBND xã\n(1) Soạn giấy mời trước ngày 10/4/2026;\n(2) Chuẩn bị hội trường.\nII. Công an xã\n(1) Giữ trật tự.\n",
    ],
)
def test_a_heading_owns_the_list_below_whatever_their_marks(text: str) -> None:
    assert [told(step) for step in tasks(text)] == [*OFFICE, POLICE]


def test_a_heading_over_acts_names_who_owes_them_though_no_list_knows_the_unit() -> None:
    (step,) = tasks("3. Nhà máy Thủy điện Suối Vàng\n- Cử 05 công nhân dự đối thoại.\n")
    (other,) = tasks("3. Quỹ Tín dụng Suối Vàng\n- Cử 05 thành viên dự đối thoại.\n")
    assert (step.owner, other.owner) == ("Nhà máy Thủy điện Suối Vàng", "Quỹ Tín dụng Suối Vàng")


def test_a_heading_that_tells_of_a_matter_names_nobody() -> None:
    (step,) = tasks("3. Công tác hậu cần\n- Chuẩn bị hội trường.\n")
    assert step.owner is None


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Trưởng thôn loan tin đến từng hộ trước ngày 10/4/2026.", "Trưởng thôn"),
        ("Hội Nông dân xã lùng sục các ý kiến của bà con trước ngày 10/4/2026.", "Hội Nông dân xã"),
        ("Các xã biên giới báo cáo kết quả trước ngày 10/4/2026.", "Các xã biên giới"),
        ("Thu phiếu hỏi ngày 10/4/2026 - Hội Phụ nữ xã", "Hội Phụ nữ xã"),
        ("Một là, Công an xã giữ trật tự.", "Công an xã"),
        ("Mỗi tháng một lần đôn đốc các đơn vị.", None),
    ],
)
def test_a_name_ends_where_the_act_begins(text: str, owner: str | None) -> None:
    (step,) = tasks(text)
    assert step.owner == owner


def test_two_units_in_one_sentence_owe_an_act_each() -> None:
    assert [step.owner for step in tasks("Công an xã canh gác cổng, Đoàn Thanh niên xã trông xe cho đại biểu.")] == [
        "Công an xã",
        "Đoàn Thanh niên xã",
    ]


def test_a_limit_set_off_at_the_end_belongs_to_the_acts_before_it() -> None:
    first, second = tasks("1. Văn phòng: Soạn giấy mời; chuẩn bị hội trường; hoàn thành trước ngày 10/4/2026.")
    assert [told(step).rsplit(" | ", 1)[1] for step in (first, second)] == ["before_date 2026-04-10"] * 2


def test_duties_that_differ_by_a_number_are_two() -> None:
    text = "- Lần 1: Phát 100 phiếu tại thôn Đông trước ngày 05/4/2026.\n- Lần 2: Phát 150 phiếu tại thôn Tây trước ngày 05/4/2026."
    assert len(tasks(text)) == 2


def test_facts_of_the_past_and_topics_are_no_duties() -> None:
    draft = drawn(
        "I. ĐẶC ĐIỂM\n- Giá lúa đạt 8.000 đồng/kg vào tháng 8/2025.\nNăm qua xã nhận 12 đơn, nhiều nhất vào tháng 9/2025.\n"
        "II. NỘI DUNG ĐỐI THOẠI\n- Tình hình đất đai từ năm 2024 đến ngày 31/12/2025.\n"
        "III. THÀNH PHẦN\n- Đại diện Hội Nông dân: 30 người, có mặt trước 7h30.\n"
    )
    assert draft.steps == ()


def test_money_is_a_duty_where_somebody_is_told_to_see_to_it() -> None:
    (step,) = drawn("4. Kinh phí: Phòng Tài chính - Kế hoạch thẩm định, cấp kinh phí theo quy định.\n").steps
    assert (step.owner, step.reference) == ("Phòng Tài chính - Kế hoạch", "theo quy định")
