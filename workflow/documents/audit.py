"""What an audit found, in words: where, what, what was expected and what was found. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from workflow.language import Language, retell, translate


class Found(Protocol):
    """One thing that is not as the events say, in codes; days and instants in ISO form."""

    @property
    def where(self) -> str:
        """The place: "log", "plan", "step <key>", "notice <key>", "revision <step>/<n>", "anchor <day>"."""
        ...

    @property
    def what(self) -> str:
        """What differs there."""
        ...

    @property
    def expected(self) -> str:
        """What follows from the events."""
        ...

    @property
    def found(self) -> str:
        """What is there."""
        ...


def difference_words(each: Found, language: Language) -> tuple[str, str, str, str]:
    """Where, what, what was expected and what was found."""
    return (
        place_words(each.where, language),
        translate(THINGS.get(each.what, each.what), language),
        value_words(each.expected, language),
        value_words(each.found, language),
    )


def place_words(where: str, language: Language) -> str:
    """A place of an audit."""
    kind, _, key = where.partition(" ")
    if kind == "revision":
        step, _, number = key.rpartition("/")
        return translate("bước {key}, hạn lần {number}", language).format(key=step, number=number)
    if kind == "anchor":
        return translate("mốc niêm phong ngày {day}", language).format(day=value_words(key, language))
    if kind in _PLACES:
        return translate(_PLACES[kind], language).format(key=key)
    return translate("nhật ký", language)


def value_words(text: str, language: Language) -> str:
    """What was expected or found: days as dd/mm/yyyy, instants to the second or finer."""
    if text in VALUES:
        return translate(VALUES[text], language)
    dated = _DAY_AND_TIME.fullmatch(text)
    return f"{dated[3]}/{dated[2]}/{dated[1]} {dated[4] or ''}".rstrip() if dated else retell(text, language)


_DAY_AND_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T([\d:.]+)\+07:00)?")
_PLACES = {"notice": "thông báo {key}", "step": "bước {key}", "plan": "bảng kế hoạch"}
THINGS: Mapping[str, str] = MappingProxyType(
    {
        "hash chain": "chuỗi băm",
        "row": "dòng trong bảng",
        "plan_id": "mã kế hoạch",
        "title": "tên kế hoạch",
        "kind": "loại",
        "organization": "cơ quan",
        "calendar": "lịch làm việc",
        "status": "trạng thái",
        "started_at": "thời điểm bắt đầu",
        "meeting_on": "ngày họp",
        "meeting_month": "tháng họp",
        "version": "phiên bản",
        "steps": "số bước",
        "done": "số bước đã xong",
        "next_step": "bước sắp đến hạn",
        "next_due_on": "ngày hết hạn sắp tới",
        "next_due_at": "thời điểm hết hạn sắp tới",
        "key": "mã bước",
        "place": "thứ tự",
        "name": "tên bước",
        "owner": "đơn vị chủ trì",
        "opened_at": "thời điểm đến lượt",
        "revision": "lần điều chỉnh",
        "due_on": "ngày hết hạn",
        "due_at": "thời điểm hết hạn",
        "safe_on": "ngày an toàn",
        "event_on": "ngày của mốc tính",
        "projected": "hạn dự kiến",
        "provisional": "hạn tạm tính",
        "done_at": "thời điểm xong",
        "verdict": "kết luận",
        "late_working_days": "số ngày làm việc quá hạn",
        "back_dated": "ghi nhận muộn",
        "stopped": "đang tạm dừng tính hạn",
        "extended": "đã kéo dài hạn",
        "part_of": "bước có phần việc này",
        "parts": "số phần việc",
        "owner_key": "tên đơn vị để tìm",
        "folded": "chữ để tìm",
        "counts_since": "ngày đầu có thể làm dời hạn",
        "counts_until": "sau ngày cuối có thể làm dời hạn",
        "wake_at": "lần xét tới",
        "step": "bước",
        "why": "lý do",
        "recorded_at": "thời điểm ghi nhận",
        "actor": "người ghi",
    }
)
VALUES: Mapping[str, str] = MappingProxyType(
    {
        "none": "không có",
        "yes": "có",
        "no": "không",
        "whole": "nguyên vẹn",
        "readable": "đọc được",
        "present": "có dòng này",
        "missing": "không có dòng này",
        "on_time": "đúng hạn",
        "late": "quá hạn",
        "no_limit": "không có hạn",
        "running": "đang chạy",
        "completed": "đã kết thúc",
        "waiting": "chưa đến lượt",
        "open": "đang làm",
        "done": "đã xong",
        "cancelled": "đã hủy",
    }
)
