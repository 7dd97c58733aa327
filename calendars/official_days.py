"""From statutes and decisions to the special days of a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from calendars.day_table import FIVE_DAY_WEEK, WEEKDAYS, Day, DayTable, Week, named
from calendars.decisions import Notice, Tet

ONE_DAY = timedelta(days=1)
SECONDARY = "Căn cứ theo nguồn thứ cấp, chưa đối chiếu với bản gốc."
NOT_YET = "Tạm tính: chưa có quyết định nào ấn định ngày này."

Base = Callable[[int], Mapping[date, str]]
"""The statutory days of a year that no decision has settled: date to name."""


@dataclass(frozen=True)
class Law:
    """All statutes and decisions together."""

    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, notices: Iterable[Notice]) -> Law:
        """The law of the notices that no other notice replaces."""
        notices = tuple(notices)
        replaced = {number for notice in notices for number in notice.replaces}
        return cls(tuple(notice for notice in notices if notice.number not in replaced))

    @property
    def statutes(self) -> Iterator[Notice]:
        """The notices that hold for every year."""
        return (notice for notice in self.notices if notice.kind == "statute")

    @property
    def decisions(self) -> Iterator[Notice]:
        """The notices that hold for the days they name."""
        return (notice for notice in self.notices if notice.kind == "decision")

    def labour_code(self, on: date) -> Notice:
        """The statute in force on the day that says how many days of Tết there are."""
        return next(statute for statute in self.statutes if statute.tet_days and statute.in_force(on))

    def settles(self, year: int) -> bool:
        """Whether Tết, Giỗ Tổ and (where the statute grants one) the day beside 2/9 of the year are all decided."""
        topics = {"tet", "hung_kings"}
        if (self.labour_code(date(year, 9, 2)).national_days or 1) > 1:
            topics.add("national_day")
        return topics <= {topic for topic, _ in self.decided_days(year)}

    def settled_years(self) -> tuple[int, int]:
        """The first and the last year of the unbroken run of settled years."""
        settled = {tet.new_year.year for tet in self.tets() if self.settles(tet.new_year.year)}
        first = last = min(settled)
        while last + 1 in settled:
            last += 1
        return first, last

    def tets(self) -> Iterator[Tet]:
        """The Tết spans that notices name."""
        return (notice.tet for notice in self.notices if notice.tet)

    def decided_days(self, year: int) -> Iterator[tuple[str, Day]]:
        """The days of Tết, Giỗ Tổ and beside 2/9 that notices name for the year, each with its topic."""
        for notice in self.notices:
            if notice.tet and notice.tet.new_year.year == year:
                yield from (("tet", _decided(on, name, notice)) for on, name in notice.tet.days())
            for king in notice.hung_kings:
                if king.on.year == year:
                    yield "hung_kings", self._fixed_day(king.on, "Giỗ Tổ Hùng Vương", self.labour_code(king.on))
            beside = notice.beside_national_day
            if beside and beside.on.year == year:
                side = "trước" if beside.on < date(year, 9, 2) else "sau"
                yield "national_day", _decided(beside.on, f"Quốc khánh (ngày liền kề {side})", notice)

    def fixed_days(self, year: int) -> Iterator[Day]:
        """The days that a statute in force makes holidays every year."""
        for statute in self.statutes:
            for fixed in statute.fixed:
                on = date(year, fixed.month, fixed.day)
                if statute.in_force(on):
                    yield self._fixed_day(on, fixed.name, statute)

    def _fixed_day(self, on: date, name: str, statute: Notice) -> Day:
        note = SECONDARY if statute.confidence == "secondary" else None
        return Day(on, False, "holiday", name, cite(statute, statute.article), provisional=False, note=note)

    @cached_property
    def newest_on(self) -> date | None:
        """When the newest dated decision was issued."""
        return max((notice.issued_on for notice in self.decisions if notice.issued_on), default=None)


def cite(statute: Notice, article: str | None) -> str:
    """A statute's article, as it is cited."""
    return f"{statute.title}, {article}" if article else statute.title


def _decided(on: date, name: str, notice: Notice) -> Day:
    note = SECONDARY if notice.confidence == "secondary" else None
    return Day(on, False, "holiday", name, notice.title, provisional=notice.provisional, note=note)


def holidays_of(law: Law, year: int, base: Base) -> list[Day]:
    """The holidays of the year, rest days included; what no notice decides comes from `base`, marked provisional."""
    decided = list(law.decided_days(year))
    days = {day.date: day for day in law.fixed_days(year)}
    if not law.settles(year):
        topics = {topic for topic, _ in decided}
        code = law.labour_code(date(year, 9, 2))
        for on, name in base(year).items():
            if on not in days and topic_of(on) not in topics:
                days[on] = Day(on, False, "holiday", name, cite(code, code.article), provisional=True, note=NOT_YET)
        days |= {on: replace(day, provisional=True) for on, day in days.items()}
    days |= {day.date: day for _, day in decided}
    return [days[on] for on in sorted(days)]


def topic_of(on: date) -> str:
    """Which decision a movable holiday waits for."""
    if on.month <= 3 - (on.month == 3 and on.day > 20):
        return "tet"
    return "national_day" if on.month >= 8 else "hung_kings"


def compensations_of(law: Law, week: Week, holidays: Iterable[Day]) -> Iterator[Day]:
    """The days off given for holidays on rest days: as decided for the five-day week, else the next free working day."""
    holidays = list(holidays)
    decided = {pair.holiday: (pair.off, notice) for notice in law.decisions for pair in notice.compensations}
    if week.rest != FIVE_DAY_WEEK.rest:
        decided = {}
    taken = {day.date for day in holidays} | {off for off, _ in decided.values()}
    for day in holidays:
        if week.rests_on(day.date):
            code = law.labour_code(day.date)
            source = cite(code, code.compensation_article)
            if day.date in decided:
                off, notice = decided[day.date]
                yield _compensation(off, day, f"{source}; {notice.title}", notice.provisional)
            else:
                off = _next_free(day.date, week, taken)
                taken.add(off)
                yield _compensation(off, day, source, day.provisional)


def _compensation(off: date, holiday: Day, source: str, provisional: bool) -> Day:
    return Day(
        off, False, "compensatory", f"Nghỉ bù {holiday.name}", source, provisional, pair=holiday.date, note=holiday.note
    )


def _next_free(on: date, week: Week, taken: set[date]) -> date:
    while week.rests_on(on) or on in taken:
        on += ONE_DAY
    return on


def swap_days(law: Law, week: Week) -> Iterator[Day]:
    """Both halves of each swap; a week in which the day to be worked is worked anyhow knows no swap."""
    for notice in law.decisions:
        note = SECONDARY if notice.confidence == "secondary" else None
        for swap in notice.swaps:
            if week.rests_on(swap.worked):
                off, worked, common = swap.off, swap.worked, (notice.title, notice.provisional)
                yield Day(off, False, "swap_off", f"Nghỉ hoán đổi, làm bù {named(worked)}", *common, worked, note)
                yield Day(worked, True, "swap_work", f"Làm bù cho {named(off)}", *common, off, note)


def rejected_days(law: Law, week: Week) -> Iterator[Day]:
    """Both halves of each swap that was proposed and not adopted: ordinary days with a remark."""
    for notice in law.decisions:
        for swap in notice.rejected:
            yield _remark(swap.off, swap.worked, notice, week)
            yield _remark(swap.worked, swap.off, notice, week)


def _remark(on: date, other: date, notice: Notice, week: Week) -> Day:
    note = f"Đề nghị hoán đổi với {named(other)} không được chấp thuận."
    if week.rests_on(on):
        return Day(on, False, "weekend", WEEKDAYS[on.weekday()], notice.title, provisional=False, note=note)
    return Day(on, True, "working", "Ngày làm việc", notice.title, provisional=False, note=note)


def official_table(law: Law, week: Week, first: int, last: int, base: Base) -> DayTable:
    """The table of the years `first` to `last` (both included)."""
    holidays = [day for year in range(first, last + 1) for day in holidays_of(law, year, base)]
    found = [*rejected_days(law, week), *holidays, *compensations_of(law, week, holidays), *swap_days(law, week)]
    start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    special = {day.date.toordinal(): day for day in found if first <= day.date.year <= last}
    settled = min(end, date(law.settled_years()[1], 12, 31).toordinal())
    return DayTable(week, start, end, special, settled, law.newest_on)
