"""Checks notices against the week, the statutes and each other; every finding names the file and the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from calendars.day_table import FIVE_DAY_WEEK, Day
from calendars.decisions import Notice, NoticeError, Problem
from calendars.notice_reader import packaged_notices, read_notice
from calendars.official_days import Law, compensations_of, holidays_of, topic_of
from calendars.statutory_days import HUNG_KINGS, NEW_YEAR, statutory_days

_FARTHEST_PAIR_DAYS = 31
_FARTHEST_COMPENSATION_DAYS = 10
_LUNAR_SLACK_DAYS = 1
"""How far two reckonings of one lunar day lie apart where the new moon falls near midnight."""
_YEARS = range(2014, 2100)


def problems_of(notices: Iterable[Notice]) -> list[Problem]:
    """Everything wrong with the notices taken together, in the order of files and lines; empty when all agree."""
    notices = tuple(notices)
    law = Law.of(notices)
    if strange := [*_unknown_numbers(notices), *_strange_years(law)]:
        return strange
    found = {problem for check in _CHECKS for problem in check(law)}
    return sorted(found, key=lambda problem: (problem.file, problem.line, problem.code, problem.values))


def demand_consistent(notices: Iterable[Notice]) -> None:
    """Raises NoticeError when the notices cannot stand together."""
    problems = problems_of(notices)
    if problems:
        raise NoticeError(problems)


def check_notice(path: Path) -> list[Problem]:
    """What is wrong with the notice in the file, by itself and beside the packaged notices; empty when nothing is.

    A packaged notice with the same file name is left out, so that a corrected copy can be checked.
    """
    try:
        notice = read_notice(path)
    except NoticeError as error:
        return list(error.problems)
    others = [other for other in packaged_notices() if other.file != notice.file]
    return problems_of([*others, notice])


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one notice says about one thing; claims about one subject must agree."""

    key: tuple[str, object]
    subject: str
    says: str
    file: str
    line: int


def _claims(notice: Notice) -> Iterator[_Claim]:
    if notice.tet:
        tet = notice.tet
        says = f"{tet.first:%d/%m/%Y} đến {tet.last:%d/%m/%Y}, mùng 1 ngày {tet.new_year:%d/%m/%Y}"
        yield _Claim(("tet", tet.new_year.year), f"kỳ nghỉ Tết năm {tet.new_year.year}", says, notice.file, tet.line)
    if notice.beside_national_day:
        on, line = notice.beside_national_day.on, notice.beside_national_day.line
        yield _Claim(("beside", on.year), f"ngày liền kề 02/9/{on.year}", f"{on:%d/%m/%Y}", notice.file, line)
    for king in notice.hung_kings:
        subject = f"ngày Giỗ Tổ Hùng Vương năm {king.on.year}"
        yield _Claim(("kings", king.on.year), subject, f"{king.on:%d/%m/%Y}", notice.file, king.line)
    for pair in notice.compensations:
        subject = f"ngày nghỉ bù cho {pair.holiday:%d/%m/%Y}"
        yield _Claim(("compensation", pair.holiday), subject, f"{pair.off:%d/%m/%Y}", notice.file, pair.line)
    for swap in notice.swaps:
        off, worked = f"{swap.off:%d/%m/%Y}", f"{swap.worked:%d/%m/%Y}"
        yield _Claim(("off", swap.off), f"ngày làm bù cho {off}", worked, notice.file, swap.line)
        yield _Claim(("worked", swap.worked), f"ngày nghỉ của ngày làm bù {worked}", off, notice.file, swap.line)


def _disagreements(law: Law) -> Iterator[Problem]:
    first: dict[tuple[str, object], _Claim] = {}
    for notice in law.notices:
        for claim in _claims(notice):
            other = first.setdefault(claim.key, claim)
            if other.says != claim.says:
                where = f"{other.file}, dòng {other.line}"
                values = {"other": where, "subject": claim.subject, "theirs": other.says, "ours": claim.says}
                yield Problem.at(claim.file, claim.line, "disagrees", **values)


def _unknown_numbers(notices: Iterable[Notice]) -> Iterator[Problem]:
    known = {notice.number for notice in notices}
    for notice in notices:
        for number in notice.replaces:
            if number not in known:
                yield Problem.at(notice.file, 0, "replaces_unknown", number=number)


def _strange_years(law: Law) -> Iterator[Problem]:
    for notice in law.notices:
        for on, line in _dates(notice):
            if on.year not in _YEARS:
                yield Problem.at(notice.file, line, "far_date", on=f"{on:%d/%m/%Y}")


def _dates(notice: Notice) -> Iterator[tuple[date, int]]:
    for pair in (*notice.swaps, *notice.rejected):
        yield from ((pair.off, pair.line), (pair.worked, pair.line))
    for compensation in notice.compensations:
        yield from ((compensation.off, compensation.line), (compensation.holiday, compensation.line))
    if notice.tet:
        yield from ((on, notice.tet.line) for on in (notice.tet.first, notice.tet.last, notice.tet.new_year))
    for marked in (*notice.hung_kings, notice.beside_national_day):
        if marked:
            yield marked.on, marked.line


def _tet_lengths(law: Law) -> Iterator[Problem]:
    for notice in law.decisions:
        if notice.tet:
            days = len(list(notice.tet.days()))
            granted = law.labour_code(notice.tet.new_year).tet_days
            if days != granted:
                yield Problem.at(notice.file, notice.tet.line, "tet_length", days=days, granted=granted)


def _beside(law: Law) -> Iterator[Problem]:
    for notice in law.decisions:
        beside = notice.beside_national_day
        if beside and (beside.on.month, beside.on.day) not in {(9, 1), (9, 3)}:
            yield Problem.at(notice.file, beside.line, "not_beside", on=beside.on)


def _swaps(law: Law) -> Iterator[Problem]:
    holidays, in_lieu = _holidays(law), _in_lieu(law)
    for notice in law.decisions:
        for swap in notice.swaps:
            yield from _days_off(notice, swap.off, swap.line, holidays)
            if swap.off in in_lieu:
                other = in_lieu[swap.off]
                yield Problem.at(notice.file, swap.line, "off_is_compensatory", on=swap.off, other=other)
            if not FIVE_DAY_WEEK.rests_on(swap.worked):
                yield Problem.at(notice.file, swap.line, "worked_is_no_rest", on=swap.worked)
            if swap.worked in holidays:
                name = holidays[swap.worked]
                yield Problem.at(notice.file, swap.line, "worked_is_holiday", on=swap.worked, name=name)
            if abs((swap.off - swap.worked).days) > _FARTHEST_PAIR_DAYS:
                values = {"on": swap.off, "other": swap.worked, "days": _FARTHEST_PAIR_DAYS}
                yield Problem.at(notice.file, swap.line, "far_pair", **values)


def _compensations(law: Law) -> Iterator[Problem]:
    holidays = _holidays(law)
    for notice in law.decisions:
        for pair in notice.compensations:
            yield from _days_off(notice, pair.off, pair.line, holidays)
            if pair.holiday not in holidays:
                yield Problem.at(notice.file, pair.line, "no_holiday", on=pair.holiday)
            elif not FIVE_DAY_WEEK.rests_on(pair.holiday):
                yield Problem.at(notice.file, pair.line, "holiday_no_rest", on=pair.holiday)
            if not 0 < (pair.off - pair.holiday).days <= _FARTHEST_COMPENSATION_DAYS:
                values = {"on": pair.off, "other": pair.holiday, "days": _FARTHEST_COMPENSATION_DAYS}
                yield Problem.at(notice.file, pair.line, "far_compensation", **values)


def _days_off(notice: Notice, off: date, line: int, holidays: Mapping[date, str]) -> Iterator[Problem]:
    if off in holidays:
        yield Problem.at(notice.file, line, "off_is_holiday", on=off, name=holidays[off])
    elif FIVE_DAY_WEEK.rests_on(off):
        yield Problem.at(notice.file, line, "off_is_rest", on=off)


def _holidays(law: Law) -> dict[date, str]:
    """The statutory days of every year that a decision speaks of: what is decided, else what is certain."""
    return {day.date: day.name for day in _days_off_by_law(law)}


def _in_lieu(law: Law) -> dict[date, date]:
    """The days in lieu that follow from the statute without being named by a notice, each with its holiday."""
    named = {pair.off for notice in law.decisions for pair in notice.compensations}
    found = compensations_of(law, FIVE_DAY_WEEK, _days_off_by_law(law))
    return {day.date: day.pair for day in found if day.pair and day.date not in named}


def _days_off_by_law(law: Law) -> list[Day]:
    years = sorted({on.year for notice in law.decisions for on, _ in _dates(notice)})
    settled_since, _ = law.settled_years()
    return [day for year in years for day in holidays_of(law, year, _certain_days if year > settled_since else _none)]


def _certain_days(year: int) -> Mapping[date, str]:
    """The statutory days of a year not yet settled that no decision can move."""
    known = statutory_days(year)
    return {on: name for on, name in known.items() if topic_of(on) != "national_day" and "mùng 4" not in name}


def _none(_: int) -> Mapping[date, str]:
    return {}


def _lunar_days(law: Law) -> Iterator[Problem]:
    """Tết and Giỗ Tổ beside the lunar calendar; what is packaged was compared when it was packaged."""
    packaged = packaged_notices()
    for notice in law.notices:
        if notice not in packaged:
            yield from unlikely_lunar_days(notice)


def unlikely_lunar_days(notice: Notice) -> Iterator[Problem]:
    """Each Tết and each Giỗ Tổ of the notice that lies where the lunar calendar has none."""
    if notice.tet:
        on = notice.tet.new_year
        expected = _lunar_day(on.year, NEW_YEAR)
        if abs((on - expected).days) > _LUNAR_SLACK_DAYS:
            yield Problem.at(notice.file, notice.tet.line, "far_tet", on=on, other=expected)
    for king in notice.hung_kings:
        expected = _lunar_day(king.on.year, HUNG_KINGS)
        if abs((king.on - expected).days) > _LUNAR_SLACK_DAYS:
            yield Problem.at(notice.file, king.line, "far_kings", on=king.on, other=expected)


def _lunar_day(year: int, name: str) -> date:
    return next(on for on, known in statutory_days(year).items() if known == name)


def _double_use(law: Law) -> Iterator[Problem]:
    """A day that one pair takes off and another makes worked, or that stands for two things at once."""
    first: dict[date, tuple[str, str]] = {}
    for notice in law.decisions:
        for role, on, line in _uses(notice):
            known, where = first.setdefault(on, (role, f"{notice.file}, dòng {line}"))
            if known != role:
                yield Problem.at(notice.file, line, "used_twice", on=on, other=where)


def _uses(notice: Notice) -> Iterator[tuple[str, date, int]]:
    yield from (("swap_off", swap.off, swap.line) for swap in notice.swaps)
    yield from (("swap_work", swap.worked, swap.line) for swap in notice.swaps)
    yield from (("compensatory", pair.off, pair.line) for pair in notice.compensations)


def _rejected(law: Law) -> Iterator[Problem]:
    rejected = {swap: f"{notice.file}, dòng {swap.line}" for notice in law.decisions for swap in notice.rejected}
    for notice in law.decisions:
        for swap in notice.swaps:
            if swap in rejected:
                yield Problem.at(notice.file, swap.line, "rejected_elsewhere", other=rejected[swap])


_CHECKS: tuple[Callable[[Law], Iterator[Problem]], ...] = (
    _disagreements,
    _tet_lengths,
    _lunar_days,
    _beside,
    _swaps,
    _compensations,
    _double_use,
    _rejected,
)
