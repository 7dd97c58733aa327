"""The words of the screens for values of the domain: Vietnamese, the source; other languages from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from workflow.documents import words as papers
from workflow.domain.definition import ForEach
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Standing
from workflow.language import Language, translate


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a text for the catalogues."""
    return text


STANDING = papers.STANDING
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
PLAN_STATUS = papers.PLAN_STATUS
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
NOTICE_STATUS = papers.NOTICE_STATUS
RUNG = papers.RUNG
CELL = papers.CELL
rung = papers.rung
standing = papers.standing
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
WEEKDAYS = papers.WEEKDAYS


def weekday(day: date, language: Language) -> str:
    """The day's name: "Thứ Hai" … "Chủ nhật"."""
    return translate(WEEKDAYS[day.weekday()], language)


def why(cause: str, names: Mapping[str, str], language: Language) -> str:
    """Why a limit changed; `names` gives the steps' names for a cause such as "step:<key>"."""
    kind, _, key = cause.partition(":")
    if kind in WHY_OF_A_STEP:
        return translate(WHY_OF_A_STEP[kind], language).format(step=names.get(key, key))
    return translate(WHY[kind], language) if kind in WHY else cause
