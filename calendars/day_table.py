"""DayTable: one byte for each day, with rank and select over it; no date objects but at the edge."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate, compress, count, islice

_BLOCK = 64
_HOT_DAYS = 5479
"""How many of the last settled days (15 years) get tables of date objects."""

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
"""Names of the weekdays, Monday first."""


def named(on: date) -> str:
    """A date within a sentence: "thứ Bảy 10/01/2026"."""
    weekday = WEEKDAYS[on.weekday()]
    return f"{weekday[0].lower()}{weekday[1:]} {on:%d/%m/%Y}"


def ordinal_of(day: date) -> int:
    """The proleptic ordinal of a plain date.

    Raises TypeError for a datetime, whose date depends on a time zone, and for anything that is no date.
    """
    if isinstance(day, datetime):
        raise TypeError(
            f"Cần một ngày (date), không phải thời điểm (datetime): {day!r}; hãy đổi sang ngày giờ Việt Nam."
        )
    if not isinstance(day, date):
        raise TypeError(f"Cần một ngày (date), không phải {type(day).__name__}: {day!r}.")
    return day.toordinal()


_Date = date
"""The type, for a class that has a field of the same name."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day, explained.

    `kind` is one of: working, weekend, holiday, compensatory, swap_off, swap_work, closure, opening.
    `pair` is the other day of a swap, or the holiday that a compensatory day stands for.
    `note` is a remark for the reader, such as a proposal that was not adopted.
    """

    date: date
    working: bool
    kind: str
    name: str
    source: str | None
    provisional: bool
    pair: _Date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The weekdays of rest (0 is Monday) and the provisions that set them, each with its first day, the oldest first.

    Source of the five-day week: Quyết định 188/1999/QĐ-TTg, Điều 1; of the weekly day of rest: the labour code.
    """

    rest: frozenset[int]
    provisions: tuple[tuple[date, str], ...] = ()

    def rests_on(self, day: date) -> bool:
        """Whether the day is a weekly day of rest."""
        return day.weekday() in self.rest

    def source_on(self, day: date) -> str | None:
        """The provision in force on the day, where one is known."""
        return next((cite for since, cite in reversed(self.provisions) if since <= day), None)

    def pattern(self, first: int, days: int) -> bytearray:
        """One byte for each of `days` days from the ordinal `first`: 1 worked, 0 rest."""
        week = bytes((first + i + 6) % 7 not in self.rest for i in range(7))
        return bytearray((week * (days // 7 + 1))[:days])


FIVE_DAY_WEEK = Week(frozenset({5, 6}), ((date.min, "Quyết định 188/1999/QĐ-TTg, Điều 1"),))
SIX_DAY_WEEK = Week(
    frozenset({6}),
    (
        (date.min, "Bộ luật Lao động 10/2012/QH13, Điều 110"),
        (date(2021, 1, 1), "Bộ luật Lao động 45/2019/QH14, Điều 111"),
    ),
)


class DayTable:
    """Days from the ordinal `first` on, worked or not, with what is special about some of them.

    `settled` is the ordinal of the last day that decisions have settled. Nothing here changes after it is built.
    """

    __slots__ = (
        "_blocks", "_digest", "_drafted", "first", "last", "newest_notice_on", "settled", "special", "week", "worked",
    )  # fmt: skip

    def __init__(
        self,
        week: Week,
        first: int,
        last: int,
        special: Mapping[int, Day],
        settled: int,
        newest_notice_on: date | None = None,
    ) -> None:
        self.week = week
        self.first = first
        self.last = last
        self.special = special
        self.settled = settled
        self.newest_notice_on = newest_notice_on
        self._digest = ""
        self._drafted = sorted(at for at, day in special.items() if day.provisional and at <= settled)
        self.worked = self._lay_out()
        blocks = (self.worked.count(1, at, at + _BLOCK) for at in range(0, len(self.worked), _BLOCK))
        self._blocks = array("i", accumulate(blocks, initial=0))

    def _lay_out(self) -> bytes:
        worked = self.week.pattern(self.first, self.last - self.first + 1)
        for at, day in self.special.items():
            if at in self:
                worked[at - self.first] = day.working
        return bytes(worked)

    @property
    def nbytes(self) -> int:
        """How much memory the days take, the special days' own explanations left out."""
        return len(self.worked) + self._blocks.itemsize * len(self._blocks)

    def overlaid(self, days: Iterable[Day]) -> DayTable:
        """The same table with other days in place of some of its own; days outside it are left out."""
        changed = {day.date.toordinal(): day for day in days}
        kept = {at: day for at, day in changed.items() if at in self}
        return DayTable(self.week, self.first, self.last, {**self.special, **kept}, self.settled, self.newest_notice_on)

    def __contains__(self, at: int) -> bool:
        return self.first <= at <= self.last

    def is_working(self, at: int) -> bool:
        """Whether a day of the table is worked."""
        return self.worked[at - self.first] == 1

    def before(self, at: int) -> int:
        """How many days of the table before the ordinal are worked; `at` may be one past the last."""
        i = at - self.first
        block = i // _BLOCK
        return self._blocks[block] + self.worked.count(1, block * _BLOCK, i)

    def nth(self, k: int) -> int | None:
        """The ordinal of the k-th worked day of the table, counted from 0; None where there is none."""
        if not 0 <= k < self._blocks[-1]:
            return None
        block = bisect_right(self._blocks, k) - 1
        start = block * _BLOCK
        worked = compress(count(self.first + start), self.worked[start : start + _BLOCK])
        return next(islice(worked, k - self._blocks[block], None))

    def add(self, at: int, n: int) -> int | None:
        """The ordinal of the n-th worked day after (n < 0: before) a day of the table; None outside."""
        if n > 0:
            return self.nth(self.before(at + 1) + n - 1)
        return self.nth(self.before(at) + n) if n else at

    def is_provisional_within(self, start: int, end: int) -> bool:
        """Whether a day of the table in [start, end) is provisional."""
        i = bisect_left(self._drafted, start)
        if i < len(self._drafted) and self._drafted[i] < end:
            return True
        unsettled = range(max(start, self.settled + 1), end)
        return any(at not in self.special or self.special[at].provisional for at in unsettled)

    def day(self, at: int) -> Day:
        """The day of the table, explained."""
        known = self.special.get(at)
        return known if known is not None else self._plain_day(at)

    def _plain_day(self, at: int) -> Day:
        on = date.fromordinal(at)
        provisional = at > self.settled
        if self.week.rests_on(on):
            return Day(on, False, "weekend", WEEKDAYS[on.weekday()], self.week.source_on(on), provisional)
        return Day(on, True, "working", "Ngày làm việc", None, provisional)

    @property
    def digest(self) -> str:
        """A short digest of what the table says of each settled day; the same on every machine."""
        self._digest = self._digest or self._compute_digest()
        return self._digest

    def _compute_digest(self) -> str:
        from hashlib import sha256

        lines = [f"{self.first} {self.settled} {sorted(self.week.rest)}"]
        lines += [
            f"{at} {day.kind} {day.working:d} {day.provisional:d} {day.source}"
            for at, day in sorted(self.special.items())
        ]
        return sha256("\n".join(lines).encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _dates(first: int, last: int) -> tuple[date, ...]:
    return tuple(map(date.fromordinal, range(first, last + 1)))


@dataclass(frozen=True, slots=True)
class HotTables:
    """Tables of date objects over the last settled years, for answers in a tenth of a microsecond.

    `nth` lists the working days of the window. For n > 0, `nth[after[day] + n]` is the n-th one after the day; for
    n < 0, `nth[until[day] + n]` is the n-th one before it. `until` counts from the end of the list, below 0, so that an
    index which runs off either end of the window is refused instead of wrapping round.
    """

    worked: dict[date, bool]
    after: dict[date, int]
    until: dict[date, int]
    nth: list[date]

    @classmethod
    def of(cls, table: DayTable) -> HotTables:
        """The tables of the last settled years of the table."""
        last = min(table.last, max(table.settled, table.first + _HOT_DAYS - 1))
        first = max(table.first, last - _HOT_DAYS + 1)
        days = _dates(first, last)
        worked = table.worked[first - table.first : last - table.first + 1]
        total = worked.count(1)
        return cls(
            worked=dict(zip(days, map(bool, worked), strict=True)),
            after=dict(zip(days, islice(accumulate(worked, initial=-1), 1, None), strict=True)),
            until=dict(zip(days, accumulate(worked, initial=-total), strict=False)),
            nth=list(compress(days, worked)),
        )
