"""A small document and the plan read out of it, made by hand: overlapping words, a table, a proposal, a doubt."""

from __future__ import annotations

from datetime import date, time

from calendars.rules import After, Before, DaysBefore, On, Unit, Within
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.lint_findings import NO_OWNER, ONLY_MEETING_DATED
from workflow.intake.document import Block, BlockKind, Cell, Document
from workflow.intake.draft import (
    DeadlineType,
    Draft,
    DraftDeadline,
    DraftExtension,
    DraftMeeting,
    DraftStep,
    Edge,
    EdgeReason,
    LatestSafe,
    Proposal,
    Source,
)
from workflow.intake.draft import (
    Unit as NamedUnit,
)

LINES = (
    "KẾ HOẠCH đối thoại với hộ nuôi tôm năm 2026",
    "1. Ủy ban MTTQ xã phát và thu phiếu hỏi, xong trước ngày 24/4/2026.",
    "2. Hội nghị dự kiến 8h00 ngày 15/5/2026 tại Nhà văn hóa xã.",
    "3. Văn phòng thông báo kết luận trong 10 ngày làm việc sau hội nghị, việc phức tạp không quá 15 ngày làm việc.",
    "4. Các ấp báo cáo theo quy định.",
)
CELLS = (("Việc", "Đơn vị"), ("Trả lời kiến nghị sau khi có kết luận", "Phòng Kinh tế"))


def _document() -> Document:
    text, blocks = "", []
    for line in LINES:
        blocks.append(Block(len(text), len(text) + len(line), BlockKind.LINE))
        text += f"{line}\n"
    for row, cells in enumerate(CELLS):
        for column, words in enumerate(cells):
            place = Cell(0, row, column)
            blocks.append(Block(len(text), len(text) + len(words), BlockKind.CELL, cell=place))
            text += f"{words}\n"
    return Document(text, tuple(blocks), "txt")


DOCUMENT = _document()


def source(words: str, *, restates: bool = False) -> Source:
    """The words of the document, found in it."""
    start = DOCUMENT.text.index(words)
    return Source(start, start + len(words), words, restates)


MEETING_SOURCE = source("Hội nghị dự kiến 8h00 ngày 15/5/2026 tại Nhà văn hóa xã.")
STEPS = (
    DraftStep(
        "distribute_forms",
        StepKind.DISTRIBUTE_FORMS,
        "Phát phiếu hỏi",
        "Ủy ban MTTQ xã",
        (source("Ủy ban MTTQ xã phát và thu phiếu hỏi"),),
        coordinating=("các ấp",),
    ),
    DraftStep(
        "collect_forms",
        StepKind.COLLECT_FORMS,
        "Thu phiếu hỏi",
        "Ủy ban MTTQ xã",
        (source("thu phiếu hỏi, xong trước ngày 24/4/2026"),),
        DraftDeadline(
            DeadlineType.BEFORE_DATE, "trước ngày 24/4/2026", date="2026-04-24", rule=Before(date(2026, 4, 24))
        ),
    ),
    DraftStep(
        "hold_meeting",
        StepKind.HOLD_MEETING,
        "Hội nghị đối thoại",
        None,
        (MEETING_SOURCE,),
        DraftDeadline(
            DeadlineType.ON_DATE,
            "8h00 ngày 15/5/2026",
            date="2026-05-15",
            time=time(8),
            tentative=True,
            rule=On(date(2026, 5, 15), time(8), tentative=True),
        ),
    ),
    DraftStep(
        "issue_conclusion",
        StepKind.ISSUE_CONCLUSION,
        "Thông báo kết luận",
        "Văn phòng",
        (source(LINES[3][3:]),),
        DraftDeadline(
            DeadlineType.WITHIN_DAYS_AFTER,
            "10 ngày làm việc sau hội nghị",
            n=10,
            unit="working_day",
            anchor="hội nghị",
            extension=DraftExtension(
                15,
                "working_day",
                "hội nghị",
                "việc phức tạp",
                Within(15, Unit.WORKING_DAY, "hold_meeting"),
                source("không quá 15 ngày làm việc"),
            ),
            rule=Within(10, Unit.WORKING_DAY, "hold_meeting"),
        ),
        recipient="Thường trực Đảng ủy xã",
    ),
    DraftStep(
        "answer_issues",
        StepKind.ANSWER_ISSUES,
        "Trả lời kiến nghị",
        "Phòng Kinh tế",
        (source("Trả lời kiến nghị sau khi có kết luận"),),
        DraftDeadline(
            DeadlineType.WITHIN_DAYS_AFTER,
            "sau khi có kết luận",
            anchor="có kết luận",
            rule=After("issue_conclusion"),
        ),
        owner_source=source("Phòng Kinh tế"),
    ),
    DraftStep(
        "report_up",
        StepKind.REPORT_UP,
        "Các ấp báo cáo",
        "Các ấp",
        (source("Các ấp báo cáo theo quy định"),),
        reference="theo quy định",
    ),
    DraftStep(
        "announce",
        StepKind.ANNOUNCE,
        "Thông báo trước cho Nhân dân",
        None,
        (),
        DraftDeadline(
            DeadlineType.DAYS_BEFORE,
            "chậm nhất 7 ngày trước hội nghị",
            n=7,
            unit="calendar_day",
            anchor="hội nghị",
            minimum=True,
            rule=DaysBefore(7, Unit.DAY, "hold_meeting"),
        ),
        proposed=Proposal(
            "báo trước ít nhất 7 ngày",
            "Luật Tổ chức chính quyền địa phương 72/2025/QH15, Điều 43",
            "đối thoại của UBND cấp xã với Nhân dân",
        ),
    ),
)
EDGES = (
    Edge("distribute_forms", "collect_forms", EdgeReason.KINDS, "phát phiếu rồi mới thu phiếu"),
    Edge("collect_forms", "hold_meeting", EdgeReason.DATES, "24/04/2026 trước 15/05/2026"),
    Edge("hold_meeting", "issue_conclusion", EdgeReason.EVENT, "hạn tính từ hội nghị", "sau hội nghị"),
    Edge("issue_conclusion", "answer_issues", EdgeReason.WORDING, "văn bản ghi thứ tự", "sau khi có kết luận"),
    Edge("announce", "hold_meeting", EdgeReason.LAW, "luật đặt trước hội nghị"),
)
DRAFT = Draft(
    title="Đối thoại với hộ nuôi tôm năm 2026",
    kind=PlanKind.DIALOGUE,
    organization="UBND xã Hòa Lạc",
    steps=STEPS,
    meeting=DraftMeeting(
        on=date(2026, 5, 15), at=time(8), place="Nhà văn hóa xã", tentative=True, source=MEETING_SOURCE
    ),
    document_number="12/KH-UBND",
    issued_on=date(2026, 4, 1),
    chair="Chủ tịch UBND xã",
    units=(NamedUnit("Ủy ban Mặt trận Tổ quốc xã", ("Ủy ban MTTQ xã",)),),
    edges=EDGES,
    schedule=(LatestSafe("distribute_forms", date(2026, 4, 22), 0, critical=True),),
    findings=(
        NO_OWNER.found("announce", step="Thông báo trước cho Nhân dân"),
        ONLY_MEETING_DATED.found(on="15/05/2026", count=1, steps="«Phát phiếu hỏi»"),
    ),
)
