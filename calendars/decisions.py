"""Official decisions on days off and days worked, as values, and what can be wrong with them.

A notice is either a statute (which days are off every year) or a decision (what one year's Tết, the day beside 2/9 and
the swaps are). `calendars.notice_reader` reads them from TOML, `calendars.consistency` checks them against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from calendars.day_table import named
from calendars.working_calendar import CalendarError

PROBLEMS = {
    "unreadable": "không đọc được tệp; hãy kiểm tra đường dẫn và lưu tệp dưới dạng văn bản UTF-8.",
    "too_large": "tệp quá lớn, không phải một quyết định về ngày nghỉ.",
    "syntax": "viết sai cú pháp TOML; hãy xem lại dấu ngoặc kép, ngoặc vuông và dạng ngày (2026-09-02).",
    "unknown_key": "không có mục nào tên «{key}»; hãy xem lại cách viết.",
    "missing": "thiếu mục «{key}».",
    "wrong_type": "mục «{key}» phải là {needed}.",
    "half_pair": "cặp này thiếu ngày «{key}»; mỗi cặp phải có đủ cả hai ngày.",
    "tet_order": "kỳ nghỉ Tết phải bắt đầu trước mùng 1 và kết thúc từ mùng 1 trở đi.",
    "tet_length": "kỳ nghỉ Tết có {days} ngày, nhưng luật định {granted} ngày (chưa kể ngày nghỉ bù).",
    "far_tet": "mùng 1 Tết ngày {on} không hợp với âm lịch, vì mùng 1 năm ấy vào khoảng {other}; hãy kiểm tra lại.",
    "far_kings": "Giỗ Tổ Hùng Vương ngày {on} không hợp với âm lịch, vì mùng 10 tháng Ba năm ấy vào khoảng {other}; hãy kiểm tra lại.",
    "far_date": "ngày {on} nằm ngoài khoảng năm 2014 đến 2099; hãy kiểm tra lại năm.",
    "not_beside": "ngày nghỉ liền kề Quốc khánh phải là 01/9 hoặc 03/9, không phải {on}.",
    "off_is_rest": "{on} vốn là ngày nghỉ hằng tuần, không thể là ngày nghỉ hoán đổi hay nghỉ bù.",
    "worked_is_no_rest": "{on} vốn là ngày làm việc, không thể là ngày làm bù; ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
    "off_is_holiday": "{on} đã là ngày nghỉ ({name}), không thể là ngày nghỉ hoán đổi hay nghỉ bù.",
    "off_is_compensatory": "{on} đã là ngày nghỉ bù cho ngày lễ {other}, không thể là ngày nghỉ hoán đổi.",
    "worked_is_holiday": "{on} là ngày nghỉ lễ ({name}), không thể là ngày làm bù.",
    "far_pair": "hai ngày {on} và {other} cách nhau quá {days} ngày; hãy kiểm tra lại.",
    "far_compensation": "ngày nghỉ bù {on} phải ở sau ngày lễ {other}, cách không quá {days} ngày.",
    "no_holiday": "{on} không phải ngày nghỉ lễ nào, nên không có ngày nghỉ bù cho ngày này.",
    "holiday_no_rest": "ngày lễ {on} không trùng ngày nghỉ hằng tuần, nên không được nghỉ bù.",
    "disagrees": "trái với {other}: {subject} ở đó là {theirs}, ở đây là {ours}.",
    "used_twice": "{on} đã được dùng cho một ngày nghỉ hoặc ngày làm bù khác ở {other}.",
    "replaces_unknown": "không có văn bản nào số {number} để thay thế.",
    "rejected_elsewhere": "cặp hoán đổi này đã bị {other} ghi là không được chấp thuận.",
}
"""What each code says; the words in braces are filled from the problem's values."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a notice: `code` is stable, `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, file: str, line: int, code: str, **values: object) -> Problem:
        """A problem with its values; dates are shown as dd/mm/yyyy with the weekday."""
        shown = {key: named(value) if isinstance(value, date) else str(value) for key, value in values.items()}
        return cls(file, line, code, tuple(shown.items()))

    @property
    def template(self) -> str:
        """The Vietnamese sentence with names in braces, which `values` fill."""
        return PROBLEMS[self.code]

    @property
    def message(self) -> str:
        """What is wrong, without the place."""
        return self.template.format_map(dict(self.values))

    def __str__(self) -> str:
        where = f"{self.file}, dòng {self.line}" if self.line else self.file
        return f"{where}: {self.message}"


class NoticeError(CalendarError, ValueError):
    """A notice cannot be used; `problems` says why, each with its file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@dataclass(frozen=True, slots=True)
class Swap:
    """A weekday off for a rest day worked. Neither half can stand alone."""

    off: date
    worked: date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compensation:
    """The working day given off for a holiday that falls on a rest day."""

    off: date
    holiday: date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Tet:
    """The statutory Tết days, `first` and `last` included.

    `new_year` is mùng 1; `eve` is the number, 29 or 30, of the last day of tháng Chạp.
    """

    first: date
    last: date
    new_year: date
    eve: int
    line: int = field(default=0, compare=False)

    def days(self) -> Iterator[tuple[date, str]]:
        """Each day of the span with its name in the lunar calendar."""
        for offset in range((self.first - self.new_year).days, (self.last - self.new_year).days + 1):
            lunar = f"mùng {offset + 1}" if offset >= 0 else f"{self.eve + offset + 1} Chạp"
            yield self.new_year + timedelta(days=offset), f"Tết Âm lịch ({lunar})"


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A holiday on the same day of every year."""

    month: int
    day: int
    name: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A date with the line it stands on."""

    on: date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """One statute or decision.

    `valid_from` and `valid_until` (both included, None: open) bound a statute; a decision speaks for the days it names.
    `tet_days` and `national_days` are how many days of Tết and of 2/9 a statute grants.
    `also` names papers that pass the same decision on; `confidence` is "secondary" when no original was read.
    `replaces` holds the numbers of earlier notices that no longer count.
    """

    file: str
    form: str
    issuer: str
    settles: str
    kind: str = "decision"
    number: str | None = None
    issued_on: date | None = None
    sources: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    approval: str | None = None
    confidence: str = "confirmed"
    provisional: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    article: str | None = None
    compensation_article: str | None = None
    tet_days: int | None = None
    national_days: int | None = None
    fixed: tuple[FixedDay, ...] = ()
    hung_kings: tuple[Marked, ...] = ()
    tet: Tet | None = None
    beside_national_day: Marked | None = None
    compensations: tuple[Compensation, ...] = ()
    swaps: tuple[Swap, ...] = ()
    rejected: tuple[Swap, ...] = ()

    @property
    def title(self) -> str:
        """How the notice is cited: form and number; a decision with its date and who approved it."""
        parts = [self.form, self.number]
        if self.kind == "decision":
            parts.append(f"ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else None)
            parts.append(f"({self.approval})" if self.approval else None)
        return " ".join(filter(None, parts))

    def in_force(self, on: date) -> bool:
        """Whether a statute is in force on the day."""
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)
