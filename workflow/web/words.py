"""The words of the screens for values of the domain: Vietnamese, the source; other languages from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from workflow.documents import words as papers
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import ForEach
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Standing
from workflow.language import Language, translate
from workflow.ports import NoticeStatus


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a text for the catalogues."""
    return text


STANDING: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.WAITING: N_("Chưa mở"),
        Standing.DONE_ON_TIME: N_("Xong đúng hạn"),
        Standing.DONE_LATE: N_("Xong quá hạn"),
        Standing.RUNNING_IN_TIME: N_("Đang trong hạn"),
        Standing.RUNNING_OVERDUE: N_("Đang quá hạn"),
        Standing.DONE_NO_LIMIT: N_("Đã xong"),
        Standing.CANCELLED: N_("Đã hủy"),
        Standing.SKIPPED: N_("Không áp dụng"),
    }
)
ICON: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.WAITING: "waiting",
        Standing.DONE_ON_TIME: "done",
        Standing.DONE_LATE: "done-late",
        Standing.RUNNING_IN_TIME: "running",
        Standing.RUNNING_OVERDUE: "overdue",
        Standing.DONE_NO_LIMIT: "done",
        Standing.CANCELLED: "cancelled",
        Standing.SKIPPED: "cancelled",
    }
)
PLAN_STATUS: Mapping[PlanStatus, str] = MappingProxyType(
    {
        PlanStatus.RUNNING: N_("Đang chạy"),
        PlanStatus.COMPLETED: N_("Đã kết thúc"),
        PlanStatus.CANCELLED: N_("Đã hủy"),
    }
)
PLAN_KIND = papers.PLAN_KIND
READING = papers.READING
ROLE: Mapping[Audience, str] = MappingProxyType(
    {
        Audience.OWNER: N_("cán bộ phụ trách"),
        Audience.COORDINATOR: N_("người điều phối"),
        Audience.HEAD: N_("thủ trưởng đơn vị"),
        Audience.CHAIR: N_("người chủ trì"),
        Audience.SUPERVISOR: N_("người giám sát"),
    }
)
NOTICE_STATUS: Mapping[NoticeStatus, str] = MappingProxyType(
    {
        NoticeStatus.PENDING: N_("Chờ gửi"),
        NoticeStatus.SENT: N_("Đã gửi"),
        NoticeStatus.DROPPED: N_("Không cần gửi nữa"),
        NoticeStatus.DEAD: N_("Không gửi được"),
    }
)
RUNG: Mapping[str, str] = MappingProxyType(
    {
        "opened": N_("Báo việc đến lượt thực hiện"),
        "warn_3": N_("Nhắc trước hạn 3 ngày làm việc"),
        "warn_1": N_("Nhắc trước hạn 1 ngày làm việc"),
        "overdue": N_("Báo quá hạn"),
        "overdue_1": N_("Báo tiếp sau 1 ngày làm việc"),
        "overdue_3": N_("Báo tiếp sau 3 ngày làm việc"),
        "overdue_again": N_("Nhắc lại quá hạn"),
    }
)
FOR_EACH: Mapping[ForEach, str] = MappingProxyType(
    {
        ForEach.AGENCY: N_("từng cơ quan"),
        ForEach.UNIT: N_("từng đơn vị"),
        ForEach.OPEN_PETITION: N_("từng kiến nghị còn mở"),
    }
)
WHY: Mapping[str, str] = MappingProxyType(
    {
        "start": N_("Kế hoạch bắt đầu"),
        "meeting": N_("Định hoặc đổi ngày họp"),
        "calendar": N_("Lịch làm việc thay đổi"),
        "part": N_("Tách thành từng phần việc"),
        "extension": N_("Kéo dài hạn"),
        "stop": N_("Dừng tính thời hạn"),
        "restart": N_("Tính tiếp thời hạn"),
    }
)
WHY_OF_A_STEP: Mapping[str, str] = MappingProxyType(
    {
        "step": N_("Hoàn thành «{step}»"),
        "correct": N_("Sửa ngày xong của «{step}»"),
        "reopen": N_("Mở lại «{step}»"),
        "skip": N_("«{step}» không áp dụng"),
        "transfer": N_("Chuyển kiến nghị {step}"),
    }
)
"""Causes that name a step, or a petition: "step:<key>"."""
WEEKDAYS = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)


def weekday(day: date, language: Language) -> str:
    """The day's name: "Thứ Hai" … "Chủ nhật"."""
    return translate(WEEKDAYS[day.weekday()], language)


def standing(value: Standing, due_on: date | None, language: Language) -> str:
    """A standing in words; a step under way without a limit is under way, not in time."""
    if value is Standing.RUNNING_IN_TIME and due_on is None:
        return translate(N_("Đang thực hiện"), language)
    return translate(STANDING[value], language)


def rung(name: str, language: Language) -> str:
    """A rung of the ladder in words; a repeat ("overdue_again#2") by its number, counted from 1."""
    base, _, ordinal = name.partition("#")
    words = translate(RUNG[base], language) if base in RUNG else base
    return f"{words} ({int(ordinal) + 1})" if ordinal.isdigit() else words


def why(cause: str, names: Mapping[str, str], language: Language) -> str:
    """Why a limit changed; `names` gives the steps' names for a cause such as "step:<key>"."""
    kind, _, key = cause.partition(":")
    if kind in WHY_OF_A_STEP:
        return translate(WHY_OF_A_STEP[kind], language).format(step=names.get(key, key))
    return translate(WHY[kind], language) if kind in WHY else cause
