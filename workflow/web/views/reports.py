"""The reports as their pages show them: what is asked by an address, and every number with the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from workflow.documents.lists import group_words, rate
from workflow.documents.words import CELL
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.zone import shown
from workflow.language import Language, translate
from workflow.ports import Cell, GroupBy, OnTime
from workflow.services.reporting import Asked, Report, days_of, in_doubt_first
from workflow.services.scopes import Scope
from workflow.web.forms import DateUnreadable, clean, day
from workflow.web.pictures.bars import Bars, Column, Part, bars
from workflow.web.pictures.heatmap import LONGEST, DayCount, HeatMap, heat_map
from workflow.web.pictures.lines import Lines, Share, lines
from workflow.web.words import N_

ROWS = "/reports/steps"
CELL_LOOK: Mapping[Cell, str] = {cell: cell.value.replace("_", "-") for cell in Cell}
DRAWN = (Cell.DONE_ON_TIME, Cell.DONE_LATE, Cell.RUNNING_OVERDUE, Cell.RUNNING_IN_TIME, Cell.WAITING)
"""The cells in a column of the picture, from the ground up; what has no limit falls in no month."""

GROUPINGS: Mapping[GroupBy, str] = {
    GroupBy.OWNER: N_("đơn vị"),
    GroupBy.KIND: N_("loại việc"),
    GroupBy.ORGANIZATION: N_("cơ quan"),
    GroupBy.MONTH: N_("tháng"),
}
MOST_MONTHS = 24
_LONGEST_NAME = 300
Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks of the reports. `since` … `until`: days of limits, both included, None open.

    `unit` None: any; "": steps of nobody. `problem`: what of it could not be read, then the year stands in its place.
    """

    year: int
    since: date | None
    until: date | None
    organization: str = ""
    unit: str | None = None
    plan_kind: PlanKind | None = None
    step_kind: StepKind | None = None
    by: GroupBy = GroupBy.OWNER
    cell: Cell | None = None
    limited: bool | None = None
    back_dated: bool = False
    problem: DateUnreadable | None = None

    def asked(self, scope: Scope) -> Asked:
        """The same as the services take it, within what somebody may see."""
        return Asked(
            organizations=scope.narrowed(self.organization),
            since=self.since,
            until=self.until + timedelta(days=1) if self.until is not None else None,
            unit=self.unit,
            plan_kind=self.plan_kind,
            step_kind=self.step_kind,
        )

    @property
    def is_year(self) -> bool:
        """Whether the period is the year that stands where none is asked for."""
        return (self.since, self.until) == (date(self.year, 1, 1), date(self.year, 12, 31))

    def query(self) -> dict[str, str]:
        """The fields of an address that asks this, those that it would stand for anyway left out."""
        found = {} if self.is_year else {"since": _typed(self.since), "until": _typed(self.until)}
        if self.unit == "":
            found["unowned"] = "1"
        found |= {
            name: value
            for name, value in (
                ("organization", self.organization),
                ("unit", self.unit or ""),
                ("plan_kind", self.plan_kind or ""),
                ("kind", self.step_kind or ""),
                ("by", self.by if self.by is not GroupBy.OWNER else ""),
                ("cell", self.cell or ""),
                ("limited", {None: "", True: "yes", False: "no"}[self.limited]),
                ("back_dated", "1" if self.back_dated else ""),
            )
            if value
        }
        return found

    def at(self, path: str) -> str:
        """The address of a page that asks this."""
        query = urlencode(self.query())
        return f"{path}?{query}" if query else path

    def of_group(self, group: str | None, by: GroupBy) -> Choice:
        """The same about one group of the report."""
        if by is GroupBy.OWNER:
            return replace(self, unit=group or "")
        if by is GroupBy.KIND and group is not None:
            return replace(self, step_kind=StepKind(group))
        if by is GroupBy.ORGANIZATION and group is not None:
            return replace(self, organization=group)
        if by in (GroupBy.MONTH, GroupBy.DAY):
            return self._of_days(group)
        return self

    def _of_days(self, group: str | None) -> Choice:
        if group is None:
            return replace(self, limited=False)
        first, end = days_of(group)
        last = end - timedelta(days=1)
        since = max(first, self.since) if self.since is not None else first
        return replace(self, since=since, until=min(last, self.until) if self.until is not None else last, limited=True)


def read_choice(fields: Mapping[str, str], today: date) -> Choice:
    """What the fields of an address ask; without a period it is the year of `today`."""
    year = Choice(today.year, date(today.year, 1, 1), date(today.year, 12, 31))
    try:
        since, until = (_day(fields.get(name, "")) for name in ("since", "until"))
        period = replace(year, since=since, until=until) if {"since", "until"} & fields.keys() else year
    except DateUnreadable as problem:
        period = replace(year, problem=problem)
    return replace(
        period,
        organization=clean(fields.get("organization", ""))[:_LONGEST_NAME],
        unit="" if fields.get("unowned") else clean(fields.get("unit", ""))[:_LONGEST_NAME] or None,
        plan_kind=_one_of(PlanKind, fields.get("plan_kind", "")),
        step_kind=_one_of(StepKind, fields.get("kind", "")),
        by=next((by for by in GROUPINGS if by == fields.get("by")), GroupBy.OWNER),
        cell=_one_of(Cell, fields.get("cell", "")),
        limited={"yes": True, "no": False}.get(fields.get("limited", "")),
        back_dated=bool(fields.get("back_dated")),
    )


def _day(typed: str) -> date | None:
    found = day(typed.strip())
    if found is not None and found.year == MAXYEAR:
        raise DateUnreadable(typed=typed[:40])  # no day comes after its last
    return found


def _one_of(kind: type[Value], value: str) -> Value | None:
    return next((each for each in kind if each.value == value), None)


def _typed(value: date | None) -> str:
    return shown(value) if value is not None else ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the report; `href`: the rows behind it, "" where there are none."""

    cell: Cell
    count: int
    href: str
    look: str


@dataclass(frozen=True, slots=True)
class Line:
    """A group in the table: its words, the report on it alone, its numbers, and its share on time (None: undecided)."""

    words: str
    href: str
    numbers: tuple[Number, ...]
    total: int
    total_href: str
    rate: float | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report as its page shows it. `months`: the table that says what the pictures show."""

    choice: Choice
    total: Line
    lines: Sequence[Line]
    months: Sequence[Line]
    days: Sequence[Line]
    bars: Bars
    trend: Lines
    heat: HeatMap | None


def report_page(
    found: Report, choice: Choice, language: Language, *, rest_days: Callable[[date, date], frozenset[date]]
) -> ReportPage:
    """The page of a report; `rest_days` gives those of a period [since, until)."""
    ordered = found.groups if found.by is GroupBy.MONTH else in_doubt_first(found.groups)
    months = [month for month in found.months if month.group is not None][-MOST_MONTHS:]
    days = [each for each in found.days if each.group is not None]
    return ReportPage(
        choice=choice,
        total=line_of(found.total, choice, GroupBy.NOTHING, language),
        lines=[line_of(each, choice, found.by, language) for each in ordered],
        months=[line_of(each, choice, GroupBy.MONTH, language) for each in months],
        days=[line_of(each, choice, GroupBy.DAY, language) for each in _last_year(days)],
        bars=bars([_column(each, choice, language) for each in _every_month(months)]),
        trend=lines([_share(each, choice, language) for each in _every_month(months)]),
        heat=_heat(days, choice, language, rest_days),
    )


def line_of(line: OnTime, choice: Choice, by: GroupBy, language: Language) -> Line:
    """A line of the report, its numbers leading to their rows."""
    theirs = choice.of_group(line.group, by)
    total = sum(line.count(cell) for cell in Cell)
    return Line(
        words=group_words(line.group, by, language),
        href="" if by in (GroupBy.MONTH, GroupBy.DAY, GroupBy.NOTHING) else theirs.at("/reports"),
        numbers=tuple(
            Number(
                cell,
                line.count(cell),
                replace(theirs, cell=cell, by=GroupBy.OWNER).at(ROWS) if line.count(cell) else "",
                CELL_LOOK[cell],
            )
            for cell in Cell
        ),
        total=total,
        total_href=replace(theirs, cell=None, by=GroupBy.OWNER).at(ROWS) if total else "",
        rate=rate(line),
    )


def _last_year(days: Sequence[OnTime]) -> Sequence[OnTime]:
    """Those of the days that the picture shows, too."""
    last = days_of(str(days[-1].group))[1] if days else date.min
    return [each for each in days if days_of(str(each.group))[0] >= last - LONGEST] if days else days


def _every_month(months: Sequence[OnTime]) -> list[OnTime]:
    """The months from the first to the last without a gap, at most `MOST_MONTHS` of them."""
    known = {str(month.group): month for month in months}
    if not known:
        return []
    found, (day_in, _), (last, _) = [], days_of(min(known)), days_of(max(known))
    while day_in <= last:
        name = f"{day_in:%Y-%m}"
        found.append(known.get(name, OnTime(name)))
        day_in = days_of(name)[1]
    return found[-MOST_MONTHS:]


def _month_label(group: str) -> str:
    return f"{int(group[5:])}/{group[2:4]}"


def _column(month: OnTime, choice: Choice, language: Language) -> Column:
    group = str(month.group)
    words = group_words(group, GroupBy.MONTH, language)
    theirs = choice.of_group(group, GroupBy.MONTH)
    parts = (
        Part(
            CELL_LOOK[cell],
            month.count(cell),
            f"{words}: {translate(CELL[cell], language).lower()} {month.count(cell)}",
            replace(theirs, cell=cell, by=GroupBy.OWNER).at(ROWS),
        )
        for cell in DRAWN
    )
    return Column(_month_label(group), tuple(part for part in parts if part.count))


def _share(month: OnTime, choice: Choice, language: Language) -> Share:
    group, share = str(month.group), rate(month)
    words = group_words(group, GroupBy.MONTH, language)
    title = f"{words}: {share:.0%}" if share is not None else words
    href = replace(choice.of_group(group, GroupBy.MONTH), by=GroupBy.OWNER).at(ROWS)
    return Share(_month_label(group), share, title, href)


def _heat(
    days: Sequence[OnTime], choice: Choice, language: Language, rest_days: Callable[[date, date], frozenset[date]]
) -> HeatMap | None:
    """The field of days: of the period as asked, where it is open from the first limit to the last."""
    if not days:
        return None
    first, last = (date.fromisoformat(str(each.group)) for each in (days[0], days[-1]))
    since = choice.since if choice.since is not None else first
    until = (choice.until if choice.until is not None else last) + timedelta(days=1)
    if until - since > LONGEST:
        since, until = max(first, last - LONGEST), last + timedelta(days=1)
    counts = {date.fromisoformat(str(each.group)): _day_count(each, choice, language) for each in days}
    names = [
        translate(name, language) for name in (N_("T2"), N_("T3"), N_("T4"), N_("T5"), N_("T6"), N_("T7"), N_("CN"))
    ]
    return heat_map(since, until, counts, rest_days(since, until), names)


def _day_count(line: OnTime, choice: Choice, language: Language) -> DayCount:
    group, missed = str(line.group), line.done_late + line.running_overdue
    limits = sum(line.count(cell) for cell in Cell)
    told = translate(N_("{day}: {limits} hạn, {missed} quá hạn"), language)
    words = told.format(day=group_words(group, GroupBy.DAY, language), limits=limits, missed=missed)
    return DayCount(limits, missed, words, replace(choice.of_group(group, GroupBy.DAY), by=GroupBy.OWNER).at(ROWS))


def remark_of(choice: Choice, language: Language) -> str:
    """What a report was chosen by, in words, for the head of its files."""
    said: list[Any] = []
    if choice.since is not None or choice.until is not None:
        ends = {"since": _typed(choice.since) or "…", "until": _typed(choice.until) or "…"}
        said.append(translate(N_("Hạn từ {since} đến {until}"), language).format(**ends))
    said += [choice.organization, choice.unit or "", translate(CELL[choice.cell], language) if choice.cell else ""]
    return " · ".join(part for part in said if part)
