"""Commands on plans: start, list, show, meeting, done, cancel."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.speech import Json, day, echo, emit, read_clock, read_day, say, show, table
from workflow.domain.zone import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.bootstrap import Application
    from workflow.domain.commands import CompleteStep
    from workflow.domain.cycle import Cycle
    from workflow.domain.definition import PlanDefinition
    from workflow.ports import PlanRow

PROOFS = "proofs"
PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="doithoai list")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN.yaml", help="docs/reference/plan-file.md")]


def application(*, new: bool = False) -> Application:
    """The application of this installation. `new`: a database that is not there yet is made, an older one brought up."""
    from workflow.bootstrap import build_application, prepare_data, refuse_without_data
    from workflow.settings import read_settings

    settings = read_settings()
    if new:
        prepare_data(settings)
    else:
        refuse_without_data(settings)
    return build_application(settings)


def actor() -> str:
    """Who the log names for a fact recorded from the command line: the person of this session of the machine.

    Where the machine has no name for that person, as in a container, it is the number.
    """
    import getpass
    import os

    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # the first of Python up to 3.12, the second of later ones
        return f"cli:{os.getuid()}"


def start(
    path: PlanFile,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày kế hoạch bắt đầu, nếu không phải hôm nay."))
    ] = None,
    json: Json = False,
) -> None:
    """Start the plan of a file today, or on a past day."""
    from workflow.planfile import read_plan
    from workflow.services.plans import start_plan

    definition = read_plan(path)
    app = application(new=True)
    at = app.clock.now()
    started_on = read_day(on) if on else day_of(at)
    twins = _running_twins(app, definition)
    cycle = start_plan(app.store, app.terms_of, definition, started_on=started_on, at=at, actor=actor())
    _tell(cycle, at, json, say("Đã bắt đầu kế hoạch {plan}.", plan=cycle.plan_id))
    if not json:
        for twin in twins:
            echo(say("Lưu ý: kế hoạch cùng tên {plan} cũng đang chạy.", plan=twin))
        _warn_of_findings(path, definition, app, at)


def _running_twins(app: Application, definition: PlanDefinition) -> list[str]:
    """Ids of running plans with the same title and organization."""
    from workflow.domain.cycle import PlanStatus

    with app.store.reading() as uow:
        rows = uow.plans.rows()
    same = (definition.title, definition.organization)
    return [r.plan_id for r in rows if r.status is PlanStatus.RUNNING and (r.title, r.organization) == same]


def _warn_of_findings(path: Path, definition: PlanDefinition, app: Application, at: datetime) -> None:
    from workflow.domain.lint import lint

    findings = lint(definition, app.terms_of(definition).calendar, today=day_of(at))
    doubtful = [finding for finding in findings if finding.severity != "info"]
    if doubtful:
        echo(
            say(
                "Lưu ý: tệp kế hoạch có {count} chỗ cần xem; đọc bằng: doithoai check {path}",
                count=len(doubtful),
                path=path,
            )
        )


def list_plans(json: Json = False) -> None:
    """List every plan with its next limit."""
    app = application()
    with app.store.reading() as uow:
        rows = uow.plans.rows()
    if json:
        emit([_plan_row(row) for row in rows])
    elif not rows:
        echo(say("Chưa có kế hoạch nào. Bắt đầu một kế hoạch bằng lệnh: doithoai start TỆP.yaml"))
    else:
        made = table("Mã", "Kế hoạch", "Xong", "Hạn kế tiếp", "Bước")
        for row in rows:
            made.add_row(row.plan_id, row.title, f"{row.done}/{row.steps}", day(row.next_due_on), row.next_step or "–")
        show(made)


def show_plan(plan: PlanId, json: Json = False) -> None:
    """Show a plan with its steps and limits."""
    app = application()
    with app.store.reading() as uow:
        cycle = uow.plans.get(plan)
    _tell(cycle, app.clock.now(), json)


def meeting(
    plan: PlanId,
    on: Annotated[str, typer.Argument(metavar="DATE", help=say("Ngày họp, như 15/05/2026."))],
    at: Annotated[str | None, typer.Argument(metavar="[TIME]", help=say("Giờ họp, như 08:00."))] = None,
    place: Annotated[str | None, typer.Option("--place", help=say("Nơi họp."))] = None,
    preview: Annotated[bool, typer.Option("--preview", help=say("Chỉ xem các hạn sẽ dời, không ghi."))] = False,
    json: Json = False,
) -> None:
    """Give the meeting its day, or move it; the limits that hang on it move with it."""
    from workflow.domain.commands import SetMeeting
    from workflow.services import plans

    clock: time | None = read_clock(at) if at else None
    command = SetMeeting(read_day(on), clock, place)
    app = application()
    now = app.clock.now()
    changes = plans.preview(app.store, app.terms_of, plan, command, at=now, actor=actor())
    if not preview:
        plans.handle(app.store, app.terms_of, plan, command, at=now, actor=actor())
    if json:
        emit({"applied": not preview, "changes": [_change(change) for change in changes]})
        return
    made = table("Bước", "Hạn cũ", "Hạn mới")
    for change in changes:
        made.add_row(
            change.name, _dated(change.old_on, change.old_projected), _dated(change.new_on, change.new_projected)
        )
    show(made)
    echo(say("Chưa ghi gì: đây chỉ là bản xem trước.") if preview else say("Đã ghi ngày họp {on}.", on=day(command.on)))


def done(
    plan: PlanId,
    step: Annotated[str, typer.Argument(metavar="STEP", help=say("Mã bước, xem bằng lệnh show."))],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày việc thực sự xong, nếu không phải hôm nay."))
    ] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="NO", help=say("Số văn bản."))] = None,
    document_on: Annotated[
        str | None, typer.Option("--document-date", metavar="DATE", help=say("Ngày văn bản."))
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="F", help=say("Tệp minh chứng."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=say("Ghi chú."))] = None,
    json: Json = False,
) -> None:
    """Record that a step is done, today or on a past day, with its document."""
    from workflow.domain.commands import CompleteStep

    command = CompleteStep(
        step=step,
        happened_on=read_day(on) if on else None,
        document_number=document,
        document_on=read_day(document_on) if document_on else None,
        file=str(file) if file else None,
        note=note,
    )
    app = application()
    at = app.clock.now()
    cycle = _complete(app, plan, command, file, at)
    state = cycle.steps[step]
    _tell(
        cycle,
        at,
        json,
        say("Đã ghi nhận: {step} – {standing}.", step=state.definition.name, standing=_word(state.standing(at))),
    )


def _complete(app: Application, plan: str, command: CompleteStep, file: Path | None, at: datetime) -> Cycle:
    """Carry out a completion; the file given as proof is kept only once the rest has been found right."""
    from dataclasses import replace

    from workflow.services import evidence, plans

    if file is not None:
        plans.preview(app.store, app.terms_of, plan, command, at=at, actor=actor())
        command = replace(command, file=evidence.keep(app.settings.data / PROOFS, file))
    return plans.handle(app.store, app.terms_of, plan, command, at=at, actor=actor())


def cancel(
    plan: PlanId,
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=say("Lý do hủy."))],
    json: Json = False,
) -> None:
    """Call a plan off, with the reason."""
    from workflow.domain.commands import CancelPlan
    from workflow.services.plans import handle

    app = application()
    at = app.clock.now()
    cycle = handle(app.store, app.terms_of, plan, CancelPlan(reason), at=at, actor=actor())
    _tell(cycle, at, json, say("Đã hủy kế hoạch {plan}.", plan=plan))


def _tell(cycle: Cycle, at: datetime, as_json: bool, headline: str | None = None) -> None:
    if as_json:
        emit(plan_json(cycle, at))
        return
    echo(headline or cycle.definition.title)
    held = cycle.meeting
    if held.on is not None:
        echo(say("Hội nghị: {on}", on=day(held.on)))
    elif held.month is not None:
        echo(say("Hội nghị: tháng {month:02}/{year}, chưa chốt ngày", month=held.month[1], year=held.month[0]))
    made = table("Bước", "Việc", "Chủ trì", "Hạn", "Tình trạng")
    for key, step in cycle.steps.items():
        limit = step.deadline
        due = _dated(limit.due_on, limit.projected) if limit is not None else "–"
        made.add_row(key, step.definition.name, step.definition.owner or "–", due, _word(step.standing(at)))
    show(made)


def plan_json(cycle: Cycle, at: datetime) -> dict[str, Any]:
    """A plan with its steps, as `show --json` prints it."""
    return {
        "plan": cycle.plan_id,
        "title": cycle.definition.title,
        "organization": cycle.definition.organization,
        "status": cycle.status,
        "started_at": cycle.started_at,
        "meeting_on": cycle.meeting.on,
        "version": cycle.version,
        "steps": [
            {
                "key": key,
                "name": step.definition.name,
                "owner": step.definition.owner,
                "after": list(step.definition.after),
                "standing": step.standing(at),
                "opened_at": step.opened_at,
                "due_on": step.deadline.due_on if step.deadline else None,
                "safe_on": step.deadline.safe_on if step.deadline else None,
                "projected": step.deadline.projected if step.deadline else None,
                "provisional": step.deadline.provisional if step.deadline else None,
                "done_at": step.completion.happened_at if step.completion else None,
                "recorded_at": step.completion.recorded_at if step.completion else None,
                "verdict": step.completion.verdict if step.completion else None,
                "document_number": step.completion.document_number if step.completion else None,
                "document_on": step.completion.document_on if step.completion else None,
            }
            for key, step in cycle.steps.items()
        ],
    }


def _plan_row(row: PlanRow) -> dict[str, Any]:
    return {
        "plan": row.plan_id,
        "title": row.title,
        "organization": row.organization,
        "status": row.status,
        "meeting_on": row.meeting_on,
        "steps": row.steps,
        "done": row.done,
        "next_step": row.next_step,
        "next_due_on": row.next_due_on,
    }


def _change(change: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(change)


def _dated(on: Any, projected: bool) -> str:
    return f"{day(on)} ({say('dự kiến')})" if projected and on is not None else day(on)


def _word(standing: str) -> str:
    return say(STANDING_WORDS[standing])


STANDING_WORDS = {
    "waiting": "chờ bước trước",
    "done_on_time": "xong đúng hạn",
    "done_late": "xong quá hạn",
    "running_in_time": "đang làm, trong hạn",
    "running_overdue": "QUÁ HẠN",
    "done_no_limit": "xong",
    "cancelled": "đã hủy",
}

COMMANDS = (
    ("start", "Bắt đầu kế hoạch của một tệp.", start),
    ("list", "Danh sách kế hoạch và hạn kế tiếp.", list_plans),
    ("show", "Xem một kế hoạch: các bước, thời hạn.", show_plan),
    ("meeting", "Định hoặc dời ngày họp; các hạn dời theo.", meeting),
    ("done", "Ghi nhận một bước đã xong, kèm văn bản.", done),
    ("cancel", "Hủy một kế hoạch, kèm lý do.", cancel),
)
