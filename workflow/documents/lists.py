"""The tables that people take away: plans, steps, petitions, notices, the on-time report, the history of a plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from workflow.documents import words
from workflow.documents.sheets import Column, Sheet, sheet_of
from workflow.domain.definition import StepKind
from workflow.domain.events import Recorded
from workflow.domain.zone import day_of
from workflow.language import Language, translate
from workflow.ports import Cell, GroupBy, Notice, OnTime, PetitionRow, PlanRow, StepRow

Titles = Mapping[str, str]
"""Titles of plans by id."""

YES = "có"


def plans_sheet(rows: Iterable[PlanRow], language: Language, remark: str = "") -> Sheet:
    """Plans, one in a line."""
    columns: list[Column[PlanRow]] = [
        Column("Kế hoạch", lambda row: row.title, 50),
        Column("Cơ quan", lambda row: row.organization, 30),
        Column("Loại", lambda row: translate(words.PLAN_KIND[row.kind], language), 28),
        Column("Trạng thái", lambda row: translate(words.PLAN_STATUS[row.status], language)),
        Column("Bắt đầu", lambda row: day_of(row.started_at)),
        Column("Ngày họp", lambda row: row.meeting_on or _month(row.meeting_month)),
        Column("Số bước", lambda row: row.steps, 9),
        Column("Đã xong", lambda row: row.done, 9),
        Column("Hạn tới", lambda row: row.next_due_on),
        Column("Mã kế hoạch", lambda row: row.plan_id, 24),
    ]
    return sheet_of("Kế hoạch", columns, rows, language, remark)


def steps_sheet(rows: Iterable[StepRow], titles: Titles, at: datetime, language: Language, remark: str = "") -> Sheet:
    """Steps as they stand at an instant, one in a line; `titles` of their plans."""
    columns: list[Column[StepRow]] = [
        Column("Bước", lambda row: row.name, 45),
        Column("Đơn vị thực hiện", lambda row: row.owner, 28),
        Column("Kế hoạch", lambda row: titles.get(row.plan_id, row.plan_id), 45),
        Column("Cơ quan", lambda row: row.organization, 28),
        Column("Loại việc", lambda row: translate(words.STEP_KIND[row.kind], language), 20),
        Column("Hạn", lambda row: row.due_on),
        Column("Hạn dự kiến", lambda row: _yes(row.projected, language), 9),
        Column("Tình trạng", lambda row: words.standing(row.standing(at), row.due_on, language), 18),
        Column("Ngày xong", lambda row: day_of(row.done_at) if row.done_at else None),
        Column("Chậm (ngày làm việc)", lambda row: row.late_working_days or None, 10),
        Column("Ghi lùi ngày", lambda row: _yes(row.back_dated, language), 9),
        Column("Mã kế hoạch", lambda row: row.plan_id, 24),
        Column("Mã bước", lambda row: row.key, 20),
    ]
    return sheet_of("Các bước", columns, rows, language, remark)


def petitions_sheet(rows: Iterable[PetitionRow], titles: Titles, language: Language, remark: str = "") -> Sheet:
    """Petitions, one in a line; `titles` of their plans."""
    columns: list[Column[PetitionRow]] = [
        Column("Số", lambda row: row.petition_id, 7),
        Column("Nội dung kiến nghị", lambda row: row.text, 60),
        Column("Người kiến nghị", lambda row: _petitioner(row, language), 26),
        Column("Nêu khi", lambda row: translate(words.RAISED_WHEN[row.raised_when], language), 16),
        Column("Ngày nêu", lambda row: row.raised_on),
        Column("Lĩnh vực", lambda row: row.topic, 18),
        Column("Thẩm quyền", lambda row: translate(words.AUTHORITY[row.authority], language) if row.authority else ""),
        Column("Đơn vị trả lời", lambda row: row.lead, 26),
        Column("Trùng với", lambda row: row.duplicate_of, 10),
        Column("Kết quả", lambda row: translate(words.RESULT[row.result], language) if row.result else "", 24),
        Column("Ngày trả lời", lambda row: row.answered_on),
        Column("Số văn bản", lambda row: row.document_number, 18),
        Column("Ngày báo người kiến nghị", lambda row: row.told_on),
        Column("Kế hoạch", lambda row: titles.get(row.plan_id, row.plan_id), 45),
        Column("Cơ quan", lambda row: row.organization, 28),
    ]
    return sheet_of("Kiến nghị", columns, rows, language, remark)


def notices_sheet(
    rows: Iterable[Notice], titles: Titles, names: Mapping[tuple[str, str], str], language: Language, remark: str = ""
) -> Sheet:
    """Notices, one in a line; `titles` of their plans, `names` of their steps by (plan, step)."""
    columns: list[Column[Notice]] = [
        Column("Thời điểm", lambda row: row.owed_at, 17),
        Column("Bậc nhắc việc", lambda row: words.rung(row.rung, language), 32),
        Column("Bước", lambda row: names.get((row.plan_id, row.step), row.step), 45),
        Column("Kế hoạch", lambda row: titles.get(row.plan_id, row.plan_id), 45),
        Column("Người nhận", lambda row: row.person_name, 24),
        Column("Kênh", lambda row: row.channel, 10),
        Column("Tình trạng", lambda row: translate(words.NOTICE_STATUS[row.status], language), 18),
        Column("Gửi lúc", lambda row: row.sent_at, 17),
        Column("Ghi chú", lambda row: row.reason, 40),
    ]
    return sheet_of("Thông báo", columns, rows, language, remark)


def report_sheet(lines: Iterable[OnTime], by: GroupBy, language: Language, remark: str = "") -> Sheet:
    """The on-time report, one group in a line."""
    counts: list[Column[OnTime]] = [
        Column(words.CELL[cell], lambda line, cell=cell: line.count(cell), 13)  # type: ignore[misc]
        for cell in Cell
    ]
    columns: list[Column[OnTime]] = [
        Column(GROUPED[by], lambda line: group_words(line.group, by, language), 36),
        *counts,
        Column("Tổng số", lambda line: sum(line.count(cell) for cell in Cell), 10),
        Column("Tỷ lệ xong đúng hạn", rate, 12),
    ]
    return sheet_of("Báo cáo đúng hạn", columns, lines, language, remark)


def history_sheet(
    told: Iterable[tuple[Recorded, str]], people: Mapping[str, str], language: Language, remark: str = ""
) -> Sheet:
    """The events of a plan with their sentences, one in a line; `people`: names by id."""
    columns: list[Column[tuple[Recorded, str]]] = [
        Column("Số", lambda each: each[0].version, 7),
        Column("Ngày xảy ra", lambda each: each[0].happened_at, 17),
        Column("Ghi nhận lúc", lambda each: each[0].recorded_at, 17),
        Column("Ghi lùi ngày", lambda each: _yes(is_back_dated(each[0]), language), 9),
        Column("Người ghi", lambda each: people.get(each[0].actor, each[0].actor), 24),
        Column("Việc", lambda each: each[1], 90),
    ]
    return sheet_of("Lịch sử", columns, told, language, remark)


GROUPED: Mapping[GroupBy, str] = {
    GroupBy.NOTHING: "Tất cả",
    GroupBy.OWNER: "Đơn vị thực hiện",
    GroupBy.KIND: "Loại việc",
    GroupBy.ORGANIZATION: "Cơ quan",
    GroupBy.MONTH: "Tháng đến hạn",
    GroupBy.DAY: "Ngày đến hạn",
}
"""What the report is grouped by, in words."""


def group_words(group: str | None, by: GroupBy, language: Language) -> str:
    """A group of the report in words."""
    if group is None:
        return translate(_NO_GROUP.get(by, "Tất cả"), language)
    if by is GroupBy.KIND:
        words_of_kind = translate(words.STEP_KIND[StepKind(group)], language)
        return words_of_kind[:1].upper() + words_of_kind[1:]
    if by in (GroupBy.MONTH, GroupBy.DAY):
        return "/".join(reversed(group.split("-")))
    return group


_NO_GROUP: Mapping[GroupBy, str] = {
    GroupBy.OWNER: "Chưa giao đơn vị",
    GroupBy.MONTH: "Không có hạn",
    GroupBy.DAY: "Không có hạn",
}


def rate(line: OnTime) -> float | None:
    """The share, 0 to 1, of steps on time among those whose limit has been decided: done with a limit, or overdue.

    None where nothing has been decided.
    """
    decided = line.done_on_time + line.done_late + line.running_overdue
    return line.done_on_time / decided if decided else None


def is_back_dated(recorded: Recorded) -> bool:
    """Whether a fact was recorded after the day on which it happened."""
    return day_of(recorded.recorded_at) > day_of(recorded.happened_at)


def _petitioner(row: PetitionRow, language: Language) -> str:
    if row.anonymous:
        return translate("Không nêu tên", language)
    return ", ".join(part for part in (row.petitioner_name, row.petitioner_unit) if part)


def _yes(whether: bool, language: Language) -> str:
    return translate(YES, language) if whether else ""


def _month(text: str | None) -> str:
    """ "2026-05" as 05/2026."""
    return "/".join(reversed(text.split("-"))) if text else ""
