"""`doithoai due`: what a deadline wording means, with the account of the date."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.calendar import Chosen, named_calendar
from workflow.cli.speech import Json, day, echo, emit, language, moment, read_clock, read_day, say, show, table, told
from workflow.domain.zone import ZONE
from workflow.language import worded

if TYPE_CHECKING:
    from calendars.rules import Due, Moment, Rule, TraceDay

_READINGS = {
    "before_date: excluded": "«trước ngày»: không tính ngày được nêu",
    "before_date: included": "«trước ngày»: tính cả ngày được nêu",
    "fixed_date_on_rest_day: keep": "ngày ấn định rơi vào ngày nghỉ: giữ nguyên",
    "fixed_date_on_rest_day: roll": "ngày ấn định rơi vào ngày nghỉ: chuyển sang ngày làm việc tiếp theo",
    "period_on_worked_saturday: keep": "thời hạn kết thúc vào thứ Bảy làm bù: giữ nguyên",
    "period_on_worked_saturday: roll": "thời hạn kết thúc vào thứ Bảy làm bù: chuyển sang ngày làm việc tiếp theo",
}

_MOST_DAYS = 400  # more rows nobody reads: the first and the last of them are shown
_HEAD_DAYS = 30
_TAIL_DAYS = 60


def due(
    wording: Annotated[str, typer.Argument(help="Cách viết thời hạn, ví dụ «10 ngày làm việc sau hội nghị».")],
    event: Annotated[
        str, typer.Option("--event", help="Ngày của sự kiện làm mốc: 24/04/2026, 2026-04-24, có thể kèm giờ 08:00.")
    ] = "",
    calendar: Chosen = "office",
    as_json: Json = False,
) -> None:
    """Tính thời hạn của một cách viết, kể từng ngày."""
    from calendars.wording import format_rule

    known = _moment(event) if event else None
    rule, longest, part = _read(wording, known.on.year if known else None)
    found = _due_of(rule, calendar, known)
    extended = None if longest is None else _due_of(longest, calendar, known)
    if as_json:
        data = as_data(format_rule(rule, language()), found)
        emit(data | {"extended_due_on": extended.due_on if extended else None, "read": part or wording})
        return
    if part:
        echo(say("Đọc phần «{part}».", part=part))
    _tell(worded(rule, language()), found)
    if extended:
        echo(say("Nếu được kéo dài thì chậm nhất là: {day}", day=_weekday(extended.due_on)))


def _read(wording: str, year: int | None) -> tuple[Rule, Rule | None, str | None]:
    """The rule, the longer limit, and the part of a sentence that was read, None when all of it was."""
    from calendars.wording import WordingError, limit_within, parse_with_extension

    try:
        return *parse_with_extension(wording, default_year=year), None
    except WordingError as error:
        found = limit_within(wording, default_year=year) if error.code == "unreadable" else None
        if found is None:
            raise
        return found.rule, found.cap, found.text


def _due_of(rule: Rule, calendar: str, known: Moment | None) -> Due:
    from calendars.rules import Readings, due

    return due(rule, named_calendar(calendar), dict.fromkeys(_names(rule), known) if known else {}, Readings())


def _names(rule: Rule) -> frozenset[str]:
    """Every event that a date given with `--event` stands for: the rule's own, and the plan's start."""
    from calendars.rules import PLAN_START, events_of

    return events_of(rule) | {PLAN_START}


def _moment(text: str) -> Moment:
    from calendars.rules import Moment

    first, *rest = text.replace("T", " ").split() or [text]
    on = read_day(first)
    return Moment(on, datetime.combine(on, read_clock(" ".join(rest)), ZONE) if rest else None)


def as_data(rule: str, found: Due) -> dict[str, Any]:
    """The due date as JSON has it."""
    return {
        "rule": rule,
        "event_on": found.event_on,
        "opens_on": found.opens_on,
        "due_on": found.due_on,
        "safe_on": found.safe_on,
        "due_at": found.due_at,
        "rolled": found.rolled,
        "provisional": found.provisional,
        "floor": found.floor,
        "readings": [{"name": each.name, "due_on": each.due_on, "chosen": each.chosen} for each in found.readings],
        "trace": [
            {
                "date": each.day,
                "counts": each.counts,
                "ordinal": each.ordinal,
                "reason": told(each.reason),
                "source": each.source,
            }
            for each in found.trace
        ],
        "basis": list(found.basis),
    }


def _tell(rule: str, found: Due) -> None:
    echo(say("Cách viết: {rule}", rule=rule))
    if found.event_on:
        echo(say("Ngày của sự kiện: {day}", day=_weekday(found.event_on)))
    if found.opens_on and found.opens_on != found.due_on:
        echo(say("Bắt đầu từ: {day}", day=_weekday(found.opens_on)))
    heading = "Sớm nhất là hết ngày: {day}" if found.floor else "Hạn cuối: {day}"
    echo(say(heading, day=_weekday(found.due_on)) + _until(found))
    for remark in _remarks(found):
        echo(say("Lưu ý: {remark}", remark=remark))
    echo()
    _account(found)
    if found.basis:
        echo(say("Căn cứ: {basis}", basis="; ".join(found.basis)))


def _until(found: Due) -> str:
    if found.due_at.astimezone(ZONE).time() == time():
        return say(" (hết 24 giờ)")
    return say(" (trước {moment})", moment=moment(found.due_at))


def _remarks(found: Due) -> list[str]:
    remarks = []
    if found.safe_on != found.due_on:
        remarks.append(say("ngày này là ngày nghỉ; để an toàn nên xong trong ngày {day}.", day=_weekday(found.safe_on)))
    if found.rolled:
        remarks.append(say("ngày cuối rơi vào ngày nghỉ nên thời hạn kết thúc vào ngày làm việc tiếp theo."))
    if found.provisional:
        remarks.append(say("lịch nghỉ của năm này chưa được quyết định, ngày tính được là tạm tính."))
    if len({each.due_on for each in found.readings}) > 1:
        remarks.extend(_reading(each.name, each.chosen) + ": " + _weekday(each.due_on) for each in found.readings)
    return remarks


def _reading(name: str, chosen: bool) -> str:
    kind, _, number = name.partition(": ")
    text = say("thời hạn thứ {number}", number=number) if kind == "part" else say(_READINGS[name])
    return say("{reading} (đang áp dụng)", reading=text) if chosen else text


def _weekday(value: Any) -> str:
    from calendars.day_table import WEEKDAYS

    return f"{say(WEEKDAYS[value.weekday()])} {day(value)}"


def _account(found: Due) -> None:
    made = table("Ngày", "Thứ", "Tính", "Lý do", "Nguồn")
    trace = found.trace
    left_out = len(trace) - _HEAD_DAYS - _TAIL_DAYS if len(trace) > _MOST_DAYS else 0
    for each in trace[:_HEAD_DAYS] if left_out else trace:
        made.add_row(*_row(each))
    if left_out:
        made.add_row("…", "", "", say("… {count} ngày …", count=left_out), "")
        for each in trace[-_TAIL_DAYS:]:
            made.add_row(*_row(each))
    show(made)


def _row(each: TraceDay) -> tuple[str, str, str, str, str]:
    from calendars.day_table import WEEKDAYS

    counted = str(each.ordinal) if each.ordinal is not None else ("✓" if each.counts else "–")
    return day(each.day), say(WEEKDAYS[each.day.weekday()]), counted, told(each.reason), each.source or ""
