"""Numbers and units: "05 (năm) ngày làm việc", "mười ngày", "nửa tháng", "10 working days"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from calendars.grammar.cursor import Cursor, Phrases, grammar, words
from calendars.periods import Unit

_MOST_DIGITS: Final = 4

UNITS: Final = Phrases(
    {
        "ngày làm việc": Unit.WORKING_DAY,
        "ngày": Unit.DAY,
        "ngày liên tục": Unit.DAY,
        "ngày theo lịch": Unit.DAY,
        "ngày lịch": Unit.DAY,
        "giờ": Unit.HOUR,
        "tiếng": Unit.HOUR,
        "giờ đồng hồ": Unit.HOUR,
        "tuần": Unit.WEEK,
        "tuần lễ": Unit.WEEK,
        "tháng": Unit.MONTH,
        "quý": Unit.QUARTER,
        "quí": Unit.QUARTER,
        "năm": Unit.YEAR,
        "working day": Unit.WORKING_DAY,
        "working days": Unit.WORKING_DAY,
        "business day": Unit.WORKING_DAY,
        "business days": Unit.WORKING_DAY,
        "calendar day": Unit.DAY,
        "calendar days": Unit.DAY,
        "consecutive days": Unit.DAY,
        "day": Unit.DAY,
        "days": Unit.DAY,
        "hour": Unit.HOUR,
        "hours": Unit.HOUR,
        "week": Unit.WEEK,
        "weeks": Unit.WEEK,
        "month": Unit.MONTH,
        "months": Unit.MONTH,
        "quarter": Unit.QUARTER,
        "quarters": Unit.QUARTER,
        "year": Unit.YEAR,
        "years": Unit.YEAR,
    }
)
_HALVES: Final = Phrases(
    {
        "nửa tháng": (15, Unit.DAY),  # Bộ luật Dân sự 2015, Điều 146 khoản 1
        "nửa năm": (6, Unit.MONTH),
        "half a year": (6, Unit.MONTH),
    }
)
_ONES: Final = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TEN: Final = {**_ONES, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_ENGLISH: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "once": 1, "twice": 2,
}  # fmt: skip
_ONE: Final = Phrases(_ONES)
_TAIL: Final = Phrases(_AFTER_TEN)
_ENGLISH_NUMBER: Final = Phrases(_ENGLISH)
_TEN: Final = words("mười")
_TENS: Final = words("mươi")
_HUNDRED: Final = words("trăm")
_ODD: Final = words("lẻ", "linh")
NUMBER_KEYS: Final = _HALVES.first_keys | _ONE.first_keys | _ENGLISH_NUMBER.first_keys | _TEN.first_keys


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of a unit."""

    n: int
    unit: Unit


@grammar
def amount(at: Cursor) -> Amount | None:
    """A number and its unit, "07 ngày làm việc"."""
    half = at.take(_HALVES)
    if half is not None:
        return Amount(*half)
    n = number(at)
    if n is None:
        at.want("số lượng và đơn vị, ví dụ «10 ngày làm việc»")
        return None
    unit = at.take(UNITS)
    if unit is None:
        at.want("đơn vị: ngày làm việc, ngày, giờ, tuần, tháng, quý hoặc năm")
        return None
    return Amount(n, unit)


@grammar
def number(at: Cursor) -> int | None:
    """Digits or words, or digits with the words in brackets; a contradiction between the two is remarked."""
    first = at.pos
    spelled = number_in_words(at)
    if spelled is not None:
        return spelled
    n = at.digits(most=_MOST_DIGITS)
    if n is None:
        return None
    in_words = _in_brackets(at)
    if in_words is not None and in_words != n:
        at.remark("number_word_mismatch", first, f"Số {n} và chữ trong ngoặc ({in_words}) không khớp nhau.")
    return n


@grammar
def _in_brackets(at: Cursor) -> int | None:
    if not at.skip("("):
        return None
    n = number_in_words(at)
    return n if n is not None and at.skip(")") else None


@grammar
def number_in_words(at: Cursor) -> int | None:
    """A number below a thousand in Vietnamese words, or a small one in English."""
    english = at.take(_ENGLISH_NUMBER)
    if english is not None:
        return english
    hundreds = _hundreds(at)
    if hundreds is None:
        return _below_hundred(at)
    if at.take(_ODD):
        ones = at.take(_ONE)
        return None if ones is None else hundreds + ones
    return hundreds + (_below_hundred(at) or 0)


@grammar
def _hundreds(at: Cursor) -> int | None:
    ones = at.take(_ONE)
    return ones * 100 if ones and at.take(_HUNDRED) else None


@grammar
def _below_hundred(at: Cursor) -> int | None:
    if at.take(_TEN):
        return 10 + _ones_after_ten(at)
    ones = at.take(_ONE)
    if ones is None:
        return None
    return ones * 10 + _ones_after_ten(at) if ones > 1 and at.take(_TENS) else ones


def _ones_after_ten(at: Cursor) -> int:
    """The ones after "mười" or "mươi"; "năm" there is the unit year, five being "lăm"."""
    if at.reads("năm"):
        return 0
    return at.take(_TAIL) or 0
