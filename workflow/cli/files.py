"""Commands on plan files: check, rehearse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.calendar import calendar_warning
from workflow.cli.plans import PlanFile
from workflow.cli.showing import STANDING_WORDS
from workflow.cli.speech import Json, day, echo, emit, language, moment, read_day, say, show, table, told
from workflow.language import finding_sentence

if TYPE_CHECKING:
    from calendars.working_calendar import WorkingCalendar
    from workflow.domain.lint import Finding
    from workflow.letter import Letter
    from workflow.services.rehearsing import Rehearsed


def check(path: PlanFile, json: Json = False) -> None:
    """Look for what is wrong or doubtful in a plan file."""
    from workflow.clock import SystemClock
    from workflow.services.checking import examine

    findings, remarks = examine(path, at=SystemClock().now())
    spoken = [{"code": each.code, "message": calendar_warning(each)} for each in remarks]
    if json:
        emit({"findings": [_finding(finding) for finding in findings], "calendar": spoken})
    elif not findings:
        echo(say("Không có phát hiện nào: tệp kế hoạch đọc được và nhất quán."))
    else:
        marks = {"error": say("LỖI"), "warning": say("CẢNH BÁO"), "info": say("LƯU Ý")}
        for finding in findings:
            echo(f"{marks[finding.severity]} [{finding.code}] {finding_sentence(finding, language())}")
    for each in [] if json else spoken:
        echo(f"{say('LƯU Ý')} {each['message']}")
    raise typer.Exit(1 if findings else 0)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding_sentence(finding, language()),
        "steps": list(finding.steps),
        "source": finding.source,
    }


def rehearse(
    path: PlanFile,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help=say("Ngày bắt đầu diễn tập."))] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="NAME", help=say("Kịch bản: on_time hoặc three_days_late."))
    ] = "on_time",
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="OUT.html", help=say("Ghi thêm một trang HTML: biểu đồ, các bước, mọi thông báo.")
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("Ghi đè tệp đã có."))] = False,
    json: Json = False,
) -> None:
    """Run a plan's whole cycle against a virtual clock: what opens, is due and ends when, and every notice."""
    from workflow.bootstrap import OWN_CALENDAR, empty_store, terms_named
    from workflow.cli.reading import AlreadyThere
    from workflow.planfile import read_plan
    from workflow.services import rehearsing
    from workflow.settings import read_settings

    if html is not None and html.exists() and not force:
        raise AlreadyThere(file=html)
    definition = read_plan(path)
    own = read_settings().data / OWN_CALENDAR
    first: date | None = read_day(since) if since else None
    terms = terms_named(definition.calendar, own)
    rehearsed = rehearsing.rehearse(empty_store(), terms, definition, since=first, scenario=scenario)
    if html is not None:
        _write_page(html, rehearsed, terms.calendar, scenario)
    if json:
        emit(_rehearsed_json(rehearsed))
        return
    _print(rehearsed)
    if html is not None:
        echo(say("Đã ghi {file}", file=html))


def _write_page(path: Path, rehearsed: Rehearsed, calendar: WorkingCalendar, scenario: str) -> None:
    from workflow.documents.rehearsal import Rehearsal, rehearsal_page
    from workflow.services.drafting import replace_file

    told = Rehearsal(rehearsed.cycle, rehearsed.told, rehearsed.sent_at, rehearsed.outage, scenario)
    replace_file(path, rehearsal_page(told, calendar, language()))


def _rehearsed_json(rehearsed: Rehearsed) -> dict[str, Any]:
    return {
        "steps": [
            {
                "key": key,
                "opened_at": step.opened_at,
                "due_on": step.deadline.due_on if step.deadline else None,
                "done_at": step.completion.happened_at if step.completion else None,
                "verdict": step.completion.verdict if step.completion else None,
            }
            for key, step in rehearsed.cycle.steps.items()
        ],
        "notices": [
            {
                "at": notice.owed_at,
                "rung": notice.rung,
                "step": notice.step,
                "to": told(notice.person_name),
                "channel": notice.channel,
                "subject": _subject(letter),
            }
            for notice, letter in rehearsed.told
        ],
    }


def _subject(letter: Letter) -> str:
    from workflow.notify.render import render

    return render(letter, base_url="", language=language()).subject


def _print(rehearsed: Rehearsed) -> None:
    cycle = rehearsed.cycle
    echo(cycle.definition.title)
    steps = table("Việc", "Chủ trì", "Mở", "Hạn", "Xong", "Kết quả")
    for step in cycle.steps.values():
        done = step.completion
        steps.add_row(
            step.definition.name,
            step.definition.owner or "–",
            moment(step.opened_at),
            day(step.deadline.due_on if step.deadline else None),
            moment(done.happened_at if done else None),
            say(STANDING_WORDS[step.standing(cycle.ended_at or cycle.started_at)]),
        )
    show(steps)
    notices = table("Lúc", "Gửi", "Qua", "Nội dung")
    for notice, letter in rehearsed.told:
        notices.add_row(moment(notice.owed_at), told(notice.person_name), notice.channel, _subject(letter))
    show(notices)
    echo(say("{steps} bước, {notices} thông báo.", steps=len(cycle.steps), notices=len(rehearsed.told)))


COMMANDS = (
    ("check", "Kiểm tra một tệp kế hoạch.", check),
    ("rehearse", "Diễn tập trọn kế hoạch với đồng hồ ảo: mọi bước, mọi thông báo.", rehearse),
)
