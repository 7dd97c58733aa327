"""The words of papers and pages for values of plans: Vietnamese, the source; other languages from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.lint_findings import Severity
from workflow.domain.petition import AnsweredWhere, Authority, RaisedWhen, Result
from workflow.domain.verdict import Standing
from workflow.language import Language, translate
from workflow.ports import Cell, NoticeStatus

PLAN_KIND: Mapping[PlanKind, str] = MappingProxyType(
    {
        PlanKind.DIALOGUE: "Đối thoại với Nhân dân, ngành, giới",
        PlanKind.CONFERENCE: "Hội nghị cán bộ, công chức, viên chức",
        PlanKind.UNION: "Đối thoại của công đoàn",
        PlanKind.WORKPLACE: "Đối thoại tại nơi làm việc",
    }
)
STEP_KIND: Mapping[StepKind, str] = MappingProxyType(
    {
        StepKind.PREPARE: "chuẩn bị",
        StepKind.ANNOUNCE: "thông báo trước",
        StepKind.DISTRIBUTE_FORMS: "phát phiếu",
        StepKind.COLLECT_FORMS: "thu phiếu",
        StepKind.CLASSIFY_ISSUES: "phân loại ý kiến",
        StepKind.ASSIGN_ANSWERS: "giao trả lời",
        StepKind.DRAFT_ANSWERS: "soạn trả lời",
        StepKind.SYNTHESIZE_REPORT: "tổng hợp báo cáo",
        StepKind.REGISTER_SPEAKERS: "đăng ký phát biểu",
        StepKind.INVITE: "mời dự",
        StepKind.HOLD_MEETING: "hội nghị",
        StepKind.RECORD_MINUTES: "ghi biên bản",
        StepKind.ELECT: "bầu cử",
        StepKind.RECOGNISE: "công nhận",
        StepKind.DRAFT_CONCLUSION: "soạn kết luận",
        StepKind.ISSUE_CONCLUSION: "thông báo kết luận",
        StepKind.ANSWER_ISSUES: "trả lời kiến nghị",
        StepKind.REPORT_UP: "báo cáo cấp trên",
        StepKind.SUPERVISE: "giám sát",
        StepKind.REVIEW: "kiểm điểm",
        StepKind.OTHER: "việc khác",
    }
)
SEVERITY: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo", Severity.INFO: "Lưu ý"}
)
READING: Mapping[str, str] = MappingProxyType(
    {
        "before_date: excluded": "«trước ngày» không tính ngày được nêu",
        "before_date: included": "«trước ngày» tính cả ngày được nêu",
        "fixed_date_on_rest_day: keep": "ngày ấn định rơi vào ngày nghỉ thì giữ nguyên",
        "fixed_date_on_rest_day: roll": "ngày ấn định rơi vào ngày nghỉ thì sang ngày làm việc tiếp theo",
        "period_on_worked_saturday: keep": "hạn rơi vào thứ Bảy làm bù thì giữ nguyên",
        "period_on_worked_saturday: roll": "hạn rơi vào thứ Bảy làm bù thì sang ngày làm việc tiếp theo",
    }
)
STANDING: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.WAITING: "Chưa mở",
        Standing.DONE_ON_TIME: "Xong đúng hạn",
        Standing.DONE_LATE: "Xong quá hạn",
        Standing.RUNNING_IN_TIME: "Đang trong hạn",
        Standing.RUNNING_OVERDUE: "Đang quá hạn",
        Standing.DONE_NO_LIMIT: "Đã xong",
        Standing.CANCELLED: "Đã hủy",
        Standing.SKIPPED: "Không áp dụng",
    }
)
PLAN_STATUS: Mapping[PlanStatus, str] = MappingProxyType(
    {
        PlanStatus.RUNNING: "Đang chạy",
        PlanStatus.COMPLETED: "Đã kết thúc",
        PlanStatus.CANCELLED: "Đã hủy",
    }
)
NOTICE_STATUS: Mapping[NoticeStatus, str] = MappingProxyType(
    {
        NoticeStatus.PENDING: "Chờ gửi",
        NoticeStatus.SENT: "Đã gửi",
        NoticeStatus.DROPPED: "Không cần gửi nữa",
        NoticeStatus.DEAD: "Không gửi được",
    }
)
RUNG: Mapping[str, str] = MappingProxyType(
    {
        "opened": "Báo việc đến lượt thực hiện",
        "warn_3": "Nhắc trước hạn 3 ngày làm việc",
        "warn_1": "Nhắc trước hạn 1 ngày làm việc",
        "overdue": "Báo quá hạn",
        "overdue_1": "Báo tiếp sau 1 ngày làm việc",
        "overdue_3": "Báo tiếp sau 3 ngày làm việc",
        "overdue_again": "Nhắc lại quá hạn",
    }
)
WEEKDAYS = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
CELL: Mapping[Cell, str] = MappingProxyType(
    {
        Cell.DONE_ON_TIME: "Xong đúng hạn",
        Cell.DONE_LATE: "Xong quá hạn",
        Cell.RUNNING_IN_TIME: "Đang trong hạn",
        Cell.RUNNING_OVERDUE: "Đang quá hạn",
        Cell.NO_LIMIT: "Không có hạn",
        Cell.WAITING: "Chưa mở",
    }
)
"""The cells of the on-time report."""
RESULT: Mapping[Result, str] = MappingProxyType(
    {
        Result.SETTLED: "Đã giải quyết",
        Result.IN_PROGRESS: "Đang giải quyết, có lộ trình",
        Result.EXPLAINED: "Đã giải trình",
        Result.REFERRED: "Vượt thẩm quyền, đã chuyển",
    }
)
AUTHORITY: Mapping[Authority, str] = MappingProxyType(
    {Authority.COMMUNE: "Cấp xã", Authority.CITY: "Cấp thành phố", Authority.OTHER: "Cơ quan khác"}
)
RAISED_WHEN: Mapping[RaisedWhen, str] = MappingProxyType(
    {
        RaisedWhen.BEFORE_MEETING: "Trước hội nghị",
        RaisedWhen.AT_MEETING: "Tại hội nghị",
        RaisedWhen.AFTER_MEETING: "Sau hội nghị",
    }
)
ANSWERED_WHERE: Mapping[AnsweredWhere, str] = MappingProxyType(
    {AnsweredWhere.AT_MEETING: "Trả lời tại hội nghị", AnsweredWhere.IN_WRITING: "Trả lời bằng văn bản"}
)


def rung(name: str, language: Language) -> str:
    """A rung of the ladder in words; a repeat ("overdue_again#2") by its number, counted from 1."""
    base, _, ordinal = name.partition("#")
    words = translate(RUNG[base], language) if base in RUNG else base
    return f"{words} ({int(ordinal) + 1})" if ordinal.isdigit() else words


def standing(value: Standing, due_on: date | None, language: Language) -> str:
    """A standing in words; a step under way without a limit is under way, not in time."""
    if value is Standing.RUNNING_IN_TIME and due_on is None:
        return translate("Đang thực hiện", language)
    return translate(STANDING[value], language)
