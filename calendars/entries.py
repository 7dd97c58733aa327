"""Entries of imported files: the days that one gives, or what is wrong with it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.layers import OwnDay

LONGEST_RANGE_DAYS = 366
REASONS = {
    "unreadable": "không đọc được tệp; hãy lưu tệp dưới dạng CSV (UTF-8) hoặc iCalendar (.ics)",
    "too_large": "tệp quá lớn",
    "no_date_column": "không thấy cột «ngày»; dòng đầu phải là tên các cột: ngày, đến ngày, tên, loại",
    "no_date": "thiếu ngày",
    "bad_date": "không đọc được ngày «{text}»; hãy viết dd/mm/yyyy",
    "bad_event": "không đọc được ngày của sự kiện",
    "bad_kind": "không hiểu loại «{text}»; hãy ghi «nghỉ» hoặc «làm việc»",
    "reversed": "ngày cuối đứng trước ngày đầu",
    "too_long": "khoảng ngày dài quá {days} ngày",
    "outside": "ngày nằm ngoài lịch làm việc",
    "bad_quotes": "dấu ngoặc kép không khớp, nên không đọc được dòng này; hãy kiểm tra lại, mỗi mục viết trên một dòng",
    "long_row": "dòng này quá dài, không phải một ngày nghỉ",
    "unknown_zone": "không rõ múi giờ «{text}»; hãy ghi sự kiện cả ngày, hoặc giờ Việt Nam",
    "timed": "sự kiện chỉ chiếm một phần của ngày, không phải nghỉ cả ngày",
    "cancelled": "sự kiện đã bị hủy",
    "repeats": "không hiểu cách lặp lại của sự kiện",
    "already_off": "ngày này vốn đã nghỉ",
    "already_worked": "ngày này vốn đã làm việc",
    "repeated": "ngày này đã có trong tệp",
}
"""Why an entry was not taken; the words in braces are filled from the entry's values."""


class Unusable(ValueError):
    """An entry of an imported file that cannot be used; `code` is a key of REASONS."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = tuple((key, str(value)) for key, value in values.items())
        super().__init__(code, self.values)


@dataclass(frozen=True, slots=True)
class Found:
    """One entry as it was read: its place in the file, and its days or what is wrong with it."""

    place: str
    days: tuple[OwnDay, ...] = ()
    fault: Unusable | None = None


def days_between(first: date, last: date) -> list[date]:
    """Each day from `first` to `last`, both included. Raises Unusable when that is no sensible range."""
    if last < first:
        raise Unusable("reversed")
    if (last - first).days >= LONGEST_RANGE_DAYS:
        raise Unusable("too_long", days=LONGEST_RANGE_DAYS)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def default_name(working: bool) -> str:
    """What a unit's own day is called when the file does not say."""
    return "Ngày làm việc của đơn vị" if working else "Ngày nghỉ của đơn vị"


def fold(text: str) -> str:
    """The text in lower case without accents and with single blanks: "Đến  ngày" gives "den ngay"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(mark for mark in plain if not unicodedata.combining(mark)).split())
