"""Tables of tasks, whatever their heads are called and wherever they stand."""

from __future__ import annotations

from tests.unit.intake.papers import tabled, told


def test_heads_are_known_by_what_they_are_put_together_of() -> None:
    draft = tabled(
        [
            ["TT", "Hạng mục", "Cơ quan/đơn vị, cá nhân chủ trì", "Đơn vị phối hợp", "Thời hạn hoàn thành", "Kết quả/sản phẩm"],
            ["1", "Xây dựng kế hoạch", "Văn phòng", "Phòng Văn hóa", "05/3/2026", "Kế hoạch"],
        ]
    )  # fmt: skip
    (step,) = draft.steps
    assert told(step) == "prepare | Văn phòng | on_date 2026-03-05"
    assert (step.coordinating, step.product) == (("Phòng Văn hóa",), "Kế hoạch")


def test_short_heads_and_a_name_that_stands_for_several_rows_are_read() -> None:
    draft = tabled(
        [
            ["STT", "Công việc", "ĐVCT", "Thời gian hoàn thành"],
            ["1", "Soạn giấy mời", "Phòng Tổ chức", "Trước 10/4"],
            ["2", "Gửi giấy mời", "", "12/4/2026"],
        ],
        merged=((1, 2, 2, 1),),
    )
    assert [told(step) for step in draft.steps] == [
        "invite | Phòng Tổ chức | before_date 2026-04-10",
        "invite | Phòng Tổ chức | on_date 2026-04-12",
    ]


def test_a_table_whose_heads_stand_in_its_first_column_is_turned() -> None:
    draft = tabled(
        [
            ["Nội dung", "Phát phiếu lấy ý kiến", "Tổng hợp ý kiến"],
            ["Người phụ trách", "Công đoàn", "Phòng Nhân sự"],
            ["Thời gian", "02/3/2026", "06/3/2026"],
        ]
    )
    assert [told(step) for step in draft.steps] == [
        "distribute_forms | Công đoàn | on_date 2026-03-02",
        "classify_issues | Phòng Nhân sự | on_date 2026-03-06",
    ]


def test_a_table_without_heads_is_known_by_its_cells() -> None:
    draft = tabled(
        [
            ["05/3/2026", "Phát phiếu lấy ý kiến", "Hội Nông dân xã"],
            ["Trước ngày 10/3/2026", "Thu phiếu, tổng hợp ý kiến", "Hội Nông dân xã"],
            ["12/3/2026", "Chuẩn bị hội trường", "Văn phòng"],
        ]
    )
    assert [told(step).split(" | ", 1)[1] for step in draft.steps] == [
        "Hội Nông dân xã | on_date 2026-03-05",
        "Hội Nông dân xã | before_date 2026-03-10",
        "Văn phòng | on_date 2026-03-12",
    ]


def test_a_row_of_one_cell_names_the_phase_or_the_owner_of_those_below() -> None:
    draft = tabled(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
            ["I", "Sau đối thoại", "", ""],
            ["1", "Trả lời kiến nghị", "Phòng Kinh tế", "Quý II/2026"],
            ["II", "Hội Nông dân xã", "", ""],
            ["1", "Tuyên truyền kết quả", "", "Tháng 5/2026"],
        ]
    )
    assert [told(step) for step in draft.steps] == [
        "answer_issues | Phòng Kinh tế | window 2026-04-01 2026-06-30",
        "announce | Hội Nông dân xã | month 2026-05",
    ]


def test_rows_with_hours_are_the_programme_of_the_meeting() -> None:
    draft = tabled(
        [
            ["Thời gian", "Nội dung", "Người thực hiện"],
            ["7h30 - 8h00", "Đón tiếp đại biểu", "Văn phòng"],
            ["8h00 - 10h30", "Trả lời ý kiến của đại biểu", "Chủ tịch UBND xã"],
            ["10h30 - 11h00", "Kết luận hội nghị", "Chủ tịch UBND xã"],
        ]
    )
    assert [(str(step.kind), step.in_meeting, step.deadline) for step in draft.steps] == [
        ("answer_issues", True, None),
        ("issue_conclusion", True, None),
    ]


def test_the_row_of_the_meeting_keeps_the_words_of_its_own_cell_of_time() -> None:
    draft = tabled(
        [
            ["Nội dung", "Đơn vị", "Thời gian"],
            ["Tổ chức hội nghị đối thoại với nông dân toàn xã", "UBND xã", "8h00 ngày 20/3/2026"],
        ]
    )
    (meeting,) = draft.steps
    assert meeting.deadline is not None
    assert meeting.deadline.source is not None
    assert meeting.deadline.source.text.endswith("ngày 20/3/2026")
