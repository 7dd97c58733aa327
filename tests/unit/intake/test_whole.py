"""What a document says of itself: head, meeting, tables, calendars of tasks; and that every place is true."""

from __future__ import annotations

import unicodedata
from datetime import date, time

import pytest

from calendars.rules import SameDay
from tests.unit.intake.papers import HEAD, drawn, paper, tabled, tasks
from workflow.domain.definition import PlanKind, StepKind
from workflow.intake.draft import DeadlineType
from workflow.intake.extracting import extract

MEETING = (
    "II. THỜI GIAN, ĐỊA ĐIỂM\n1. Thời gian: Dự kiến 8h00 ngày 20/4/2026 (Thứ Hai).\n2. Địa điểm: Hội trường UBND xã.\n"
)


# ── the head ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_head_tells_title_issuer_number_and_day() -> None:
    draft = drawn("")
    assert draft.title == "Đối thoại giữa Chủ tịch UBND xã với nông dân năm 2026"
    assert (draft.organization, draft.document_number, draft.issued_on) == (
        "UBND xã Tân Hòa",
        "15/KH-UBND",
        date(2026, 3, 2),
    )


def test_a_number_or_day_left_blank_is_none() -> None:
    draft = drawn(
        "", head="UBND XÃ TÂN HÒA\nSố:      /KH-UBND\nTân Hòa, ngày     tháng 3 năm 2026\nKẾ HOẠCH\nĐối thoại\n"
    )
    assert (draft.document_number, draft.issued_on) == (None, None)


def test_without_a_letterhead_the_opening_sentence_tells_the_issuer() -> None:
    draft = drawn(
        "",
        head="KẾ HOẠCH\nĐối thoại với nông dân\nThực hiện Công văn số 5/UBND ngày 02/01/2026, UBND xã Tân Hòa xây dựng kế hoạch như sau:\n",
    )
    assert draft.organization == "UBND xã Tân Hòa"


def test_two_columns_of_a_letterhead_are_read_apart() -> None:
    head = "UBND HUYỆN AN BÌNH            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nUBND XÃ TÂN HÒA               Độc lập - Tự do - Hạnh phúc\nKẾ HOẠCH\nĐối thoại\n"
    assert drawn("", head=head).organization == "UBND xã Tân Hòa"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (HEAD, PlanKind.DIALOGUE),
        ("UBND XÃ TÂN HÒA\nKẾ HOẠCH\nTổ chức Hội nghị cán bộ, công chức năm 2026\n", PlanKind.CONFERENCE),
        ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN AN BÌNH\nKẾ HOẠCH\nĐối thoại với đoàn viên năm 2026\n", PlanKind.UNION),
        ("CÔNG TY TNHH AN BÌNH\nKẾ HOẠCH\nĐối thoại định kỳ tại nơi làm việc năm 2026\n", PlanKind.WORKPLACE),
    ],
)
def test_title_and_issuer_tell_the_kind_of_plan(head: str, kind: PlanKind) -> None:
    assert drawn("", head=head).kind is kind


# ── the meeting ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_meeting_has_its_day_hour_place_and_words() -> None:
    draft = drawn(MEETING)
    meeting = draft.meeting
    assert (meeting.on, meeting.at, meeting.place, meeting.tentative) == (
        date(2026, 4, 20),
        time(8),
        "Hội trường UBND xã",
        True,
    )
    assert meeting.source is not None
    assert meeting.source.text.startswith("Thời gian:")
    (step,) = draft.steps
    assert (step.kind, step.owner) == (StepKind.HOLD_MEETING, "Chủ tịch UBND xã")


def test_a_meeting_told_in_a_sentence_is_found() -> None:
    draft = drawn(
        "Hội nghị diễn ra từ 7 giờ 30 phút ngày 20/4/2026 tại nhà văn hóa thôn, do Chủ tịch UBND xã chủ trì.\n"
    )
    assert (draft.meeting.on, draft.meeting.at, draft.meeting.place) == (
        date(2026, 4, 20),
        time(7, 30),
        "nhà văn hóa thôn",
    )


def test_a_meeting_with_only_its_month_is_tentative() -> None:
    meeting = drawn("II. THỜI GIAN\nDự kiến trong tháng 5 năm 2026, ngày cụ thể thông báo sau.\n").meeting
    assert (meeting.on, meeting.month, meeting.tentative) == (None, (2026, 5), True)


def test_the_meeting_told_again_in_a_calendar_of_tasks_is_the_same_step() -> None:
    draft = drawn(f"{MEETING}III. TIẾN ĐỘ\nNgày 20/4: Tổ chức đối thoại.\n")
    (step,) = draft.steps
    assert len(step.sources) == 2


def test_a_share_of_people_is_no_day_of_the_meeting() -> None:
    draft = drawn("II. HÌNH THỨC\n- Hội nghị được tổ chức khi có ít nhất 2/3 số người được mời có mặt.\n")
    assert draft.meeting.on is None
    assert draft.steps == ()


# ── calendars and tables of tasks ─────────────────────────────────────────────────────────────────────────────


def test_days_before_a_colon_date_what_follows() -> None:
    steps = tasks(
        "Ngày 20/3: Văn phòng phát phiếu hỏi.\nTừ 01/4 đến 05/4: Các thôn thu phiếu.\nTuần 2 tháng 4: Văn phòng phân loại phiếu."
    )
    told = [
        (step.owner, step.deadline.type, step.deadline.date, step.deadline.end_date) for step in steps if step.deadline
    ]
    assert told == [
        ("Văn phòng", DeadlineType.ON_DATE, "2026-03-20", None),
        ("Các thôn", DeadlineType.WINDOW, "2026-04-01", "2026-04-05"),
        ("Văn phòng", DeadlineType.WINDOW, "2026-04-08", "2026-04-14"),
    ]


ROWS = [
    ["STT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
    ["1", "Phát phiếu hỏi", "Hội Nông dân xã", "Các thôn", "Trước ngày 10/4/2026", "Phiếu"],
    ["2", "Phân loại phiếu", "", "", "12/4 - 15/4/2026", "Bảng tổng hợp"],
    ["A", "Sau hội nghị", "", "", "", ""],
    ["3", "Trả lời kiến nghị", "Các ngành", "", "Trong 10 ngày sau hội nghị", "Văn bản"],
]


def test_a_table_of_tasks_is_read_by_the_heads_of_its_columns() -> None:
    draft = tabled(ROWS, merged=((1, 2, 2, 1), (3, 1, 1, 5)))
    first, second, third = draft.steps
    assert (first.owner, first.coordinating, first.product) == ("Hội Nông dân xã", ("Các thôn",), "Phiếu")
    assert first.deadline is not None
    assert first.deadline.date == "2026-04-10"
    assert (second.owner, second.deadline and second.deadline.end_date) == ("Hội Nông dân xã", "2026-04-15")
    assert third.kind is StepKind.ANSWER_ISSUES


def test_a_table_drawn_with_bars_is_read_alike() -> None:
    lines = "\n".join(f"| {' | '.join(row)} |" for row in (ROWS[0], ["---"] * 6, ROWS[1]))
    (step,) = drawn(f"III. PHÂN CÔNG\n{lines}\n").steps
    assert (step.owner, step.name) == ("Hội Nông dân xã", "Phát phiếu hỏi")


# ── places ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_source_is_the_words_at_its_place(form: str, line_end: str) -> None:
    raw = f"{HEAD}{MEETING}III. TỔ CHỨC THỰC HIỆN\n1. **Các thôn**\n- Thu phiếu, gửi về **Văn\n phòng trước ngày 10/4/2026**; in\u00a0tài liệu.\n"
    document = paper(unicodedata.normalize(form, raw).replace("\n", line_end))  # type: ignore[arg-type]
    draft = extract(document)
    sources = [source for step in draft.steps for source in step.sources]
    assert len(sources) == 3
    assert all(document.words(source.start, source.end) == source.text for source in sources)
    assert unicodedata.normalize("NFC", sources[1].text) == "Thu phiếu, gửi về **Văn phòng trước ngày 10/4/2026**;"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "...", "KẾ HOẠCH", "1. ", "- ", "|||", "Đây là một bức thư không có việc gì."]
)
def test_a_text_that_is_no_plan_gives_a_draft_without_steps(text: str) -> None:
    assert extract(paper(text)).steps == ()


def test_the_same_document_always_gives_the_same_draft() -> None:
    document = paper(HEAD + MEETING)
    assert extract(document) == extract(document)


def test_the_meeting_is_due_on_the_day_of_the_meeting() -> None:
    (step,) = drawn(MEETING).steps
    assert step.deadline is not None
    assert step.deadline.rule == SameDay("meeting")
