"""The words of papers and pages for values of plans: Vietnamese, the source; other languages from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.lint_findings import Severity

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
