"""`doithoai calendar`: the days off and worked of a year, and the check of a decision's file."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.speech import Json, day, echo, emit, language, say, show, table, told

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from calendars import Day, WorkingCalendar
    from calendars.coverage import CoverageWarning

_KINDS = {
    "working": "Ngày làm việc",
    "weekend": "Nghỉ hằng tuần",
    "holiday": "Nghỉ lễ",
    "compensatory": "Nghỉ bù",
    "swap_off": "Nghỉ hoán đổi",
    "swap_work": "Làm bù",
    "closure": "Đơn vị nghỉ",
    "opening": "Đơn vị làm việc",
}
_OFF = frozenset({"holiday", "compensatory", "swap_off", "closure"})
_WORKED = frozenset({"swap_work", "opening"})
_MONTHS_ABREAST = 3

Chosen = Annotated[
    str, typer.Option("--calendar", help="Lịch làm việc: office (5 ngày/tuần) hoặc six-day (6 ngày/tuần).")
]


def named_calendar(name: str) -> WorkingCalendar:
    """The calendar of that name, "six-day" being "six_day". Raises `UnknownCalendar`."""
    from calendars import calendar_named

    return calendar_named(name.replace("-", "_"))


def calendar_year(
    year: Annotated[int, typer.Argument(help="Năm, ví dụ 2026.", min=1, max=9998)],
    calendar: Chosen = "office",
    as_json: Json = False,
) -> None:
    """Các ngày đặc biệt của một năm."""
    chosen = named_calendar(calendar)
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    working_days, special = chosen.count(since, until), chosen.special_days(since, until)
    warnings, remarked = _warnings(chosen, year), chosen.remarked_days(since, until)
    if as_json:
        days, remarks = ([_as_data(each) for each in listed] for listed in (special, remarked))
        spoken = [{"code": each.code, "message": calendar_warning(each)} for each in warnings]
        emit({"year": year, "working_days": working_days, "days": days, "remarks": remarks, "warnings": spoken})
        return
    echo(say("Năm {year}: {count} ngày làm việc", year=year, count=working_days))
    for each in warnings:
        echo(calendar_warning(each))
    _show_months(year, chosen)
    echo(say("Chú giải: · ngày nghỉ hằng tuần   * nghỉ lễ, nghỉ bù, nghỉ hoán đổi   + ngày nghỉ phải đi làm"))
    echo()
    _list(sorted((*special, *remarked), key=lambda each: each.date))


def _warnings(chosen: WorkingCalendar, year: int) -> list[CoverageWarning]:
    from calendars.coverage import year_warnings
    from workflow.clock import SystemClock

    return year_warnings(chosen, year, SystemClock().now())


def calendar_warning(warning: CoverageWarning) -> str:
    """A warning about the calendar as its sentence."""
    return say(warning.template, **dict(warning.values))


def _as_data(each: Day) -> dict[str, Any]:
    return {
        "date": each.date,
        "kind": each.kind,
        "name": told(each.name),
        "working": each.working,
        "source": each.source,
        "provisional": each.provisional,
        "note": told(each.note) if each.note is not None else None,
    }


def _list(special: list[Day]) -> None:
    from calendars.day_table import WEEKDAYS

    made = table("Ngày", "Thứ", "Loại", "Tên", "Căn cứ")
    for each in special:
        kind = say(_KINDS[each.kind]) + (say(" (tạm tính)") if each.provisional else "")
        name = told(each.name) if each.note is None else f"{told(each.name)} ({told(each.note)})"
        made.add_row(day(each.date), say(WEEKDAYS[each.date.weekday()]), kind, name, told(each.source or ""))
    show(made)


def _show_months(year: int, chosen: WorkingCalendar) -> None:
    from rich.table import Table

    grid = Table.grid(padding=(1, 3))
    months = [_month(year, month, chosen) for month in range(1, 13)]
    for first in range(0, 12, _MONTHS_ABREAST):
        grid.add_row(*months[first : first + _MONTHS_ABREAST])
    show(grid)


def _month(year: int, month: int, chosen: WorkingCalendar) -> Table:
    """One month, Monday first, each day with the mark of its kind."""
    from rich import box
    from rich.table import Table

    made = Table(title=say("Tháng {month}", month=month), box=box.SIMPLE_HEAD, padding=(0, 0), title_style="bold")
    for heading in ("T2", "T3", "T4", "T5", "T6", "T7", "CN"):
        made.add_column(say(heading), justify="right", min_width=3)
    for week in monthcalendar(year, month):
        made.add_row(*_week(year, month, week, chosen))
    return made


def _week(year: int, month: int, week: list[int], chosen: WorkingCalendar) -> Iterator[Text | str]:
    for number in week:
        yield _cell(chosen.explain(date(year, month, number))) if number else ""


def _cell(each: Day) -> Text:
    from rich.text import Text

    if each.kind in _WORKED:
        return Text(f"{each.date.day}+", "bold green")
    if each.kind in _OFF:
        return Text(f"{each.date.day}*", "bold red")
    return Text(f"{each.date.day} " if each.working else f"{each.date.day}·", "" if each.working else "dim")


def calendar_check(
    notice: Annotated[Path, typer.Argument(help="Tệp quyết định nghỉ lễ, ví dụ 2028.toml.")],
    as_json: Json = False,
) -> None:
    """Kiểm tra một tệp quyết định nghỉ lễ."""
    from calendars.consistency import check_notice
    from calendars.decisions import NoticeError
    from workflow.language import problem_message, problem_sentence

    problems = check_notice(notice)
    if any(problem.code == "unreadable" for problem in problems):
        raise NoticeError(problems)
    if as_json:
        emit(
            {
                "findings": [
                    {
                        "file": each.file,
                        "line": each.line,
                        "code": each.code,
                        "message": problem_message(each, language()),
                    }
                    for each in problems
                ]
            }
        )
    elif problems:
        for problem in problems:
            echo(problem_sentence(problem, language()))
    else:
        echo(say("{file}: không có lỗi, khớp với các quyết định khác.", file=notice.name))
    raise typer.Exit(1 if problems else 0)
