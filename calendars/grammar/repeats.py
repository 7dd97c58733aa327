"""Duties that come back: "06 tháng một lần", "mỗi năm tổ chức một lần", "hằng quý", "Thứ 5 tuần cuối trong tháng"."""

from __future__ import annotations

from typing import Final

from calendars.grammar.amounts import UNITS, Amount, amount, number
from calendars.grammar.clocks import WEEKDAYS
from calendars.grammar.cursor import Cursor, Phrases, first_of, grammar, words
from calendars.grammar.events import event_after
from calendars.periods import FirstOf, MonthlyWeekday, Recurring, Rule, Unit

EVERY_YEAR: Final = words(
    "hằng năm", "hàng năm", "mỗi năm", "các năm", "của mỗi năm", "every year", "each year", "yearly", "annually",
)  # fmt: skip
_PERIODIC: Final = words("định kỳ", "định kì", "cứ", "periodically", "at least", "ít nhất", "tối thiểu")
_EACH: Final = words("mỗi", "hằng", "hàng", "từng", "theo từng", "every", "each", "once a", "once every", "once each")
_ONCE: Final = words("một lần", "1 lần", "01 lần", "/ lần", "/ 1 lần", "/ 01 lần", "once")
_TERM: Final = words("học kỳ", "học kì", "kỳ học", "kì học", "school term", "semester")  # two in a school year
_TIMES: Final = words("lần", "times")
_PER: Final = words("/", "mỗi", "một", "trong một", "trong", "a", "per", "every")
_ADVERB: Final = Phrases(
    {"yearly": Unit.YEAR, "annually": Unit.YEAR, "quarterly": Unit.QUARTER, "monthly": Unit.MONTH, "weekly": Unit.WEEK}
)
_JOIN: Final = words(",", "và", ", và")
_MONTHS: Final = {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}
_WEEK_OF: Final = Phrases(
    {
        "tuần cuối": -1, "tuần cuối cùng": -1, "tuần đầu": 1, "tuần đầu tiên": 1, "tuần thứ nhất": 1, "tuần thứ hai": 2,
        "tuần thứ ba": 3, "tuần thứ tư": 4, "tuần 1": 1, "tuần 2": 2, "tuần 3": 3, "tuần 4": 4,
        "tuần thứ 1": 1, "tuần thứ 2": 2, "tuần thứ 3": 3, "tuần thứ 4": 4,
    }
)  # fmt: skip
_THE: Final = words("the", "on the", "on")
_ENGLISH_WEEK: Final = Phrases({"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1})
_OF_MONTH: Final = words(
    "trong tháng", "của tháng", "hằng tháng", "hàng tháng", "mỗi tháng", "của mỗi tháng", "of every month",
    "of each month", "of the month",
)  # fmt: skip
_EVERY_MONTH: Final = words("hằng tháng", "hàng tháng", "mỗi tháng", "của mỗi tháng", "of every month", "of each month")
_BEFORE_DAY: Final = words(
    "trước", "vào", "đến", "đến hết", "từ", "ngày", "mùng", "mồng", "before", "by", "on", "the",
)  # fmt: skip
_WORDS_OF_DAYS: Final = 6  # "từ ngày 5 đến ngày 10"
_WORDS_BETWEEN: Final = 4  # "mỗi năm tổ chức một lần", "mỗi tháng họp 1 lần"


@grammar
def recurring(at: Cursor) -> Rule | None:
    """A duty that comes back, with the event it counts from where one is named."""
    weekly = _monthly_weekday(at)
    if weekly is not None:
        return weekly
    found = _period(at)
    if found is None:
        return None
    listed = _listed(at, found)
    if len(listed) > 1:
        return FirstOf(tuple(Recurring(each.n, each.unit) for each in listed))
    return Recurring(found.n, found.unit, event_after(at))


@grammar
def _period(at: Cursor) -> Amount | None:
    periodic = False
    while at.take(_PERIODIC):
        periodic = True
    found = first_of(at, (_each, _so_often, _adverb))
    if found is not None:
        return found
    return amount(at) if periodic and at.reads("kỳ", "kì", "cứ", ahead=-1) else None


@grammar
def _so_often(at: Cursor) -> Amount | None:
    """06 tháng một lần; hai lần mỗi năm."""
    found = amount(at)
    if found is not None:
        return found if at.take(_ONCE) else None
    times = _so_many_times(at)
    unit = at.take(UNITS) if times is not None and at.take(_PER) else None
    return None if times is None or unit is None else _divided(at, times, Amount(1, unit))


@grammar
def _each(at: Cursor) -> Amount | None:
    """hằng quý, mỗi năm tổ chức một lần, mỗi năm họp hai lần, mỗi 6 tháng."""
    if not at.take(_EACH):
        return None
    found = amount(at)
    if found is None:
        unit = at.take(UNITS)
        found = Amount(6, Unit.MONTH) if at.take(_TERM) else None if unit is None else Amount(1, unit)
    if found is None:
        return None
    times = _times(at)
    return found if times is None or times == 1 else _divided(at, times, found)


@grammar
def _times(at: Cursor) -> int | None:
    """The "một lần" after "mỗi năm", with a few words between."""
    for _ in range(_WORDS_BETWEEN):
        if at.take(_ONCE):
            return 1
        several = _so_many_times(at)
        if several is not None:
            return several
        if at.done or at.token.key in (",", ".", ";", "(", ")"):
            return None
        at.pos += 1
    return None


@grammar
def _so_many_times(at: Cursor) -> int | None:
    times = number(at)
    return times if times is not None and at.take(_TIMES) else None


def _divided(at: Cursor, times: int, whole: Amount) -> Amount:
    """The time between two, when there are so many in the whole."""
    months = whole.n * _MONTHS.get(whole.unit, 0)
    if times == 1:
        return whole
    if times < 1 or months % times or not months:
        raise at.error("Hãy ghi khoảng cách giữa hai lần, ví dụ «06 tháng một lần».", at=at.pos - 1)
    return Amount(months // times, Unit.MONTH)


@grammar
def _adverb(at: Cursor) -> Amount | None:
    unit = at.take(_ADVERB)
    return None if unit is None else Amount(1, unit)


def _listed(at: Cursor, found: Amount) -> list[Amount]:
    """theo từng quý, 06 tháng và hằng năm; after "một lần" the duty is told and no list follows."""
    listed = [found]
    if at.reads("lần", ahead=-1):
        return listed
    while (more := _another(at)) is not None:
        listed.append(more)
    return listed


@grammar
def _another(at: Cursor) -> Amount | None:
    if not at.take(_JOIN):
        return None
    found = _each(at)
    if found is not None:
        return found
    found = amount(at)
    return found if found is not None and (at.done or at.sees(_JOIN)) else None


def refuse_monthly_day(at: Cursor) -> None:
    """Raise `WordingError` (monthly_day) for "trước ngày 15 hằng tháng", which no rule says."""
    first = at.pos
    with at.peek():
        number = _days_named(at)
        if number is None or not at.take(_EVERY_MONTH):
            return
        end = at.pos
    at.pos = end
    raise at.error(
        "Chưa tính được «ngày {day} hằng tháng»; hãy ghi từng ngày, ví dụ «ngày 15/5/2026», hoặc «mỗi tháng một lần».",
        "monthly_day",
        at=first,
        day=number,
    )


def _days_named(at: Cursor) -> int | None:
    """Step over "trước ngày 15" or "từ ngày 5 đến ngày 10"; the last number."""
    number = None
    for _ in range(_WORDS_OF_DAYS):
        day = at.digits(most=2)
        if day is not None:
            number = day
        elif not at.take(_BEFORE_DAY):
            break
    return number


@grammar
def _monthly_weekday(at: Cursor) -> MonthlyWeekday | None:
    at.take(_THE)
    week = at.take(_ENGLISH_WEEK)
    weekday = at.take(WEEKDAYS)
    if weekday is None:
        return None
    if week is None:
        at.skip(",")
        week = at.take(_WEEK_OF)
    if week is None or not at.take(_OF_MONTH):
        return None
    return MonthlyWeekday(weekday, week)
