"""What makes a rule sound: the checks that every rule runs when it is built, and the errors that they raise."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, time
from typing import Final

from calendars.grammar.lexer import clean, cut
from calendars.working_calendar import CalendarError

_MOST: Final = 9999  # units: four digits, more is a slip of the pen
_LEAP_YEAR: Final = 2024


class RuleError(CalendarError, ValueError):
    """A rule cannot be built, or cannot be turned into a date."""

    def __init__(self, message: str = "", /, **values: object) -> None:
        self.values = {
            name: f"{value:%d/%m/%Y}" if isinstance(value, date) else cut(str(value)) for name, value in values.items()
        }
        super().__init__(message, *self.values.values())

    @property
    def fields(self) -> Mapping[str, str]:
        """What the sentence names."""
        return self.values

    def __str__(self) -> str:
        return super().__str__() if self.template else str(self.args[0])


class NumberOutOfRange(RuleError):
    """A limit of nothing, or of more than anybody counts."""

    template = "Số lượng trong thời hạn phải từ 1 đến 9999, không phải {n}."


class WindowReversed(RuleError):
    """A window that ends before it begins."""

    template = "Khoảng thời gian kết thúc ({until}) trước khi bắt đầu ({since})."


class HoursReversed(RuleError):
    """A window of one day whose hours run backwards."""

    template = "Giờ kết thúc phải sau giờ bắt đầu."


class NoSuchDay(RuleError):
    """A month, a quarter, a week or a day of the month that no year has."""

    template = "Không có {what} trong lịch."


class WordsUnfit(RuleError):
    """The name of an event, or a vague wording, that no wording can hold."""

    template = "Tên «{text}» phải viết trên một dòng, không thừa dấu cách và không dùng cả ba loại ngoặc kép."


def check_count(n: int) -> None:
    """Demand a number that people count."""
    if not 1 <= n <= _MOST:
        raise NumberOutOfRange(n=n)


def check_month(month: int) -> None:
    """Demand a month of the year."""
    if not 1 <= month <= 12:
        raise NoSuchDay(what=f"tháng {month}")


def check_year(year: int) -> None:
    """Demand a year that a date can have."""
    if not 1 <= year <= _MOST:
        raise NoSuchDay(what=f"năm {year}")


def check_clocks(*clocks: time | None) -> None:
    """Demand hours and minutes, nothing finer and without a zone."""
    if any(clock is not None and clock != time(clock.hour, clock.minute) for clock in clocks):
        raise RuleError("Giờ của thời hạn chỉ ghi giờ và phút, không kèm giây hay múi giờ.")


def check_words(text: object) -> None:
    """Demand words that a wording can hold: on one line, cleaned, and not with every kind of quotation mark."""
    if isinstance(text, str) and (text != clean(text) or all(mark in text for mark in '»”"')):
        raise WordsUnfit(text=text)


def check_day(month: int, day: int) -> None:
    """Demand a day that some year has, 29 February among them."""
    check_month(month)
    if not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        raise NoSuchDay(what=f"ngày {day} tháng {month}")
