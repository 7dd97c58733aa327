"""Days, months, quarters and years in all their forms, as stretches of days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from calendars.grammar.amounts import UNITS
from calendars.grammar.clocks import WEEKDAY_NAMES, clock, session, weekday
from calendars.grammar.cursor import Cursor, Phrases, first_of, grammar, words
from calendars.grammar.lexer import Kind, fold

_LAST: Final = -1  # for a day: the last that the month has
DAY: Final = words("ngày", "hôm", "ngày mùng", "ngày mồng", "mùng", "mồng")
_LEADING: Final = frozenset(map(fold, ("trước", "nhất", "hết", "hơn", "từ", "chót", "cuối")))
_GOES_ON: Final = words("đến", "tới", "để", "và", "hằng năm", "hàng năm", "gửi", "xong", "nhằm", "báo cáo", "trình")
_FIRST_TEN: Final = Phrases(
    {
        "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    }
)  # fmt: skip
_MONTH_IN_WORDS: Final = Phrases(
    {
        "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
        "mười một": 11, "mười hai": 12,
    }
)  # fmt: skip
_TIMES: Final = words("lần")
_MONTH: Final = words("tháng")
_YEAR: Final = words("năm", ", năm")
_QUARTER: Final = words("quý", "quí")
_ROMAN: Final = Phrases({"i": 1, "ii": 2, "iii": 3, "iv": 4})
_ENGLISH_QUARTER: Final = Phrases({"q1": 1, "q2": 2, "q3": 3, "q4": 4})
_PART: Final = Phrases({"đầu": 1, "giữa": 15, "cuối": _LAST})  # Bộ luật Dân sự 2015, Điều 146 khoản 2
_PART_OF_YEAR: Final = Phrases({"đầu": (1, 1), "giữa": (6, _LAST), "cuối": (12, _LAST)})  # … khoản 3
_AND: Final = words("và", ",", "-", "và quý", "và quí", "+")
_HALF: Final = Phrases({"đầu": (1, 6), "cuối": (7, 12)})
_BLANK: Final = words("…", ". . .", "...", ". . . .", "....", "…..", "......", "…………")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ENGLISH_MONTH: Final = Phrases({name: number for number, name in enumerate(MONTHS, start=1)})
ON_AT: Final = words("on", "at", ", on", ", at", "vào", "vào ngày", ",", "lúc", ", lúc")


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the months `month` to `until_month` of a year, as far as the wording says.

    `day` None: no day was named. `year` None: no year was. `clock` `time.max` is 24:00.
    """

    month: int | None
    day: int | None = None
    year: int | None = None
    until_month: int | None = None
    clock: time | None = None
    token: int = 0  # where it stands, for errors
    quarters: bool = False

    @property
    def is_day(self) -> bool:
        """Whether a day was named."""
        return self.day is not None

    @property
    def named(self) -> bool:
        """A day, a month or a quarter; whole and half years are seldom a limit in running text."""
        return self.is_day or self.quarters or (self.until_month or self.month or 0) - (self.month or 0) < 3

    def first(self) -> date:
        """Its first day; the year must be known."""
        assert self.year is not None
        assert self.month is not None
        return date(self.year, self.month, self.clamped(self.month) if self.day is not None else 1)

    def last(self) -> date:
        """Its last day; the year must be known."""
        assert self.year is not None
        assert self.month is not None
        month = self.until_month or self.month
        return date(self.year, month, monthrange(self.year, month)[1]) if self.day is None else self.first()

    def clamped(self, month: int) -> int:
        """The day's number in that month."""
        assert self.year is not None
        assert self.day is not None
        return monthrange(self.year, month)[1] if self.day == _LAST else self.day


@grammar
def point(at: Cursor) -> Point | None:
    """A stretch of days, a clock time before or after it: "17 giờ 00 ngày 30/01/2026", "tháng 5/2026", "quý IV/2025"."""
    first = at.pos
    before = clock(at)
    if before is not None:
        at.take(ON_AT)
    else:
        session(at)
    named = weekday(at)
    if named is not None:
        at.skip(",")
    found = first_of(at, _FORMS)
    if found is None:
        at.want("ngày tháng, ví dụ «ngày 24/4/2026»")
        return None
    found = replace(found, token=first)
    if found.is_day:
        found = replace(found, clock=_surroundings(at, found, named, before))
    return None if before is not None and not found.is_day else found


def _surroundings(at: Cursor, found: Point, named: int | None, before: time | None) -> time | None:
    """The clock beside a day; a weekday beside it is checked."""
    after = weekday(at)
    late = before or _clock_after(at)
    for told in (named, after if after is not None else weekday(at)):
        if told is not None and found.year is not None and found.first().weekday() != told:
            actual = WEEKDAY_NAMES[found.first().weekday()]
            message = f"Ngày {found.first():%d/%m/%Y} là {actual}, không phải {WEEKDAY_NAMES[told]}."
            at.remark("weekday_mismatch", found.token, message)
    session(at)
    return late


@grammar
def _clock_after(at: Cursor) -> time | None:
    at.take(ON_AT)
    return clock(at)


# ── the forms ─────────────────────────────────────────────────────────────────────────────────────────────────


@grammar
def _iso(at: Cursor) -> Point | None:
    """2026-04-24, or the month 2026-04."""
    at.take(DAY)
    year = at.digits(4, 4)
    if year is None or not at.skip("-") or not at.adjacent():
        return None
    month = at.digits(2, 2)
    if month is None:
        return None
    if not (at.token.key == "-" and at.ahead().kind is Kind.NUMBER and at.adjacent(1)):
        return checked(at, Point(month, None, year))
    at.skip("-")
    day = at.digits(2, 2)
    return None if day is None else checked(at, Point(month, day, year))


@grammar
def _numeric(at: Cursor) -> Point | None:
    """24/4/2026, 24-04-2026, 24.4.2026; 24/4 without a year."""
    first = at.pos
    named = at.take(DAY)
    day = at.digits(most=2)
    separator = at.token.key
    if day is None or separator not in ("/", "-", ".") or not at.skip(separator):
        return None
    month = at.digits(most=2)
    if month is None or not (separator == "/" or at.adjacent(-1)):
        return None
    if at.token.key == separator and at.ahead().kind is Kind.NUMBER and (separator == "/" or at.adjacent(1)):
        at.skip(separator)
        return checked(at, Point(month, day, _year(at)))
    led = named or (_looks_like_date(day, month) and not at.sees(UNITS) and (not at.prose or _led(at, first)))
    if separator == "/" and led:
        return checked(at, Point(month, day, _year_after(at)))
    return None


def _led(at: Cursor, first: int) -> bool:
    """Whether day and month alone are a day in running text: behind "trước" or "chậm nhất", and nothing counted behind."""
    before = at.tokens[first - 1].key if first else ""
    return (
        before in _LEADING
        and at.token.kind is not Kind.NUMBER
        and (at.token.kind is not Kind.WORD or at.sees(_GOES_ON))
    )


def _looks_like_date(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _year(at: Cursor) -> int:
    year = at.digits(4, 4)
    if year is None or year < 1:
        raise at.error("Hãy viết năm đủ bốn chữ số, ví dụ 24/4/2026.", "missing_year")
    return year


@grammar
def _in_words(at: Cursor) -> Point | None:
    """ngày 30 tháng 11 năm 2025, ngày 30 tháng 11, mùng 5 tháng tư."""
    named = at.take(DAY)
    first_days = named and at.reads("mùng", "mồng", ahead=-1)
    day = at.digits(most=2) or (at.take(_FIRST_TEN) if first_days else None)
    if day is None or not at.take(_MONTH):
        return None
    in_words = at.token.kind is Kind.WORD
    month = at.take(_MONTH_IN_WORDS) if in_words else at.digits(most=2)
    if month is None or at.sees(_TIMES):
        return None
    year = _year_after(at)
    if in_words and not named and year is None and (at.prose or not at.done):
        return None
    return checked(at, Point(month, day, year))


@grammar
def _blank_day(at: Cursor) -> Point | None:
    """ngày … tháng 5 năm 2026: the day was left open, the month is known."""
    if not at.take(DAY):
        return None
    at.take(_BLANK)
    if not (at.take(_MONTH) or at.skip("/")):
        return None
    month = at.digits(most=2)
    return None if month is None else checked(at, Point(month, None, _year_after(at)))


@grammar
def _month(at: Cursor) -> Point | None:
    """tháng 5/2026, tháng 05 năm 2026, đầu tháng 5/2026, giữa tháng 5; in words with its year only: tháng tư năm 2026."""
    day = at.take(_PART)
    if not at.take(_MONTH):
        return None
    in_words = at.take(_MONTH_IN_WORDS)
    month = in_words or at.digits(most=2)
    if month is None:
        return None
    year = _year_after(at)
    return None if in_words and year is None else checked(at, Point(month, day, year))


@grammar
def _quarter(at: Cursor) -> Point | None:
    """quý IV/2025, quý 4 năm 2025, quý III và IV năm 2026, Q4 2025."""
    english = at.take(_ENGLISH_QUARTER)
    first = english
    if english is None and at.take(_QUARTER):
        first = _quarter_number(at)
    if first is None:
        return None
    last = first if english else _second_quarter(at, first) or first
    year = at.digits(4, 4) if english else _year_after(at)
    if not 1 <= first <= 4 or last > 4:
        raise at.error("Quý phải từ I đến IV.", "invalid_date", at=at.pos - 1)
    return Point(first * 3 - 2, None, year, last * 3, quarters=True)


@grammar
def _quarter_number(at: Cursor) -> int | None:
    roman = at.take(_ROMAN)
    return at.digits(most=1) if roman is None else roman


@grammar
def _second_quarter(at: Cursor, first: int) -> int | None:
    """The IV of "quý III và IV năm 2026", the next quarter of the same year."""
    second = _quarter_number(at) if at.take(_AND) else None
    return second if second == first + 1 and (at.sees(_YEAR) or at.token.key == "/") else None


@grammar
def _year_form(at: Cursor) -> Point | None:
    """năm 2026, đầu năm 2026, giữa năm 2026, cuối năm 2026."""
    part = at.take(_PART_OF_YEAR)
    if not at.take(_YEAR):
        return None
    year = at.digits(4, 4)
    if year is None or year < 1:
        return None
    return Point(1, None, year, 12) if part is None else Point(part[0], part[1], year)


@grammar
def _half_year(at: Cursor) -> Point | None:
    """6 tháng đầu năm 2026, 06 tháng cuối năm 2026."""
    if at.digits(most=2) != 6 or not at.take(_MONTH):
        return None
    half = at.take(_HALF)
    if half is None or not at.take(_YEAR):
        return None
    year = at.digits(4, 4)
    return None if year is None or year < 1 else Point(half[0], None, year, half[1])


@grammar
def _english(at: Cursor) -> Point | None:
    """15 October 2026, October 2026, 15 October."""
    day = at.digits(most=2)
    month = at.take(_ENGLISH_MONTH)
    if month is None:
        return None
    return checked(at, Point(month, day, at.digits(4, 4)))


@grammar
def _bare_month(at: Cursor) -> Point | None:
    """11/2025."""
    month = at.digits(most=2)
    if month is None or not at.skip("/"):
        return None
    year = at.digits(4, 4)
    return None if year is None else checked(at, Point(month, None, year))


def _year_after(at: Cursor) -> int | None:
    """The year after a month or a quarter, if one is written."""
    return _named_year(at) or None


@grammar
def _named_year(at: Cursor) -> int | None:
    if at.token.key == "-" and at.ahead().kind is Kind.NUMBER and len(at.ahead().key) < 4:
        return None  # the second day of "27/9 - 02/10/2025"
    if at.token.key in ("/", "-") and at.ahead().kind is Kind.NUMBER:
        at.skip("/", "-")
        return _year(at)
    if not at.take(_YEAR):
        return None
    return at.digits(4, 4) or None


def checked(at: Cursor, found: Point) -> Point:
    """The point, if the calendar has it. Raises `WordingError` (invalid_date) otherwise."""
    month, day, year = found.month or 0, found.day, found.year
    if not 1 <= month <= 12:
        raise at.error("Không có tháng {month}.", "invalid_date", at=at.pos - 1, month=month)
    if day is not None and day != _LAST and not 1 <= day <= monthrange(year or 2024, month)[1]:
        shown = f"{day}/{month}" if year is None else f"{day}/{month}/{year}"
        raise at.error("Không có ngày {day} trong lịch.", "invalid_date", at=at.pos - 1, day=shown)
    return found


_FORMS: Final = (
    _iso,
    _numeric,
    _in_words,
    _blank_day,
    _half_year,
    _month,
    _quarter,
    _year_form,
    _english,
    _bare_month,
)
