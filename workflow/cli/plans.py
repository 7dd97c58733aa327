"""Commands on plans: start, list, show, done, cancel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.showing import standing_word, tell
from workflow.cli.speech import Json, day, echo, emit, read_day, say, show, table
from workflow.domain.errors import BadInput
from workflow.domain.zone import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.bootstrap import Application
    from workflow.domain.commands import CompleteStep
    from workflow.domain.cycle import Cycle, StepState
    from workflow.domain.definition import PlanDefinition
    from workflow.domain.verdict import Tally
    from workflow.ports import PlanRow

PROOFS = "proofs"
MOST_PEOPLE = 1_000_000
PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="doithoai list")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN.yaml", help="docs/reference/plan-file.md")]


class TallyIncomplete(BadInput):
    template = "Ghi số người thì phải có cả số triệu tập (--summoned) và số có mặt (--present)."


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
    tell(cycle, at, json, say("Đã bắt đầu kế hoạch {plan}.", plan=cycle.plan_id))
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


def show_plan(
    plan: PlanId,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=say("Kế hoạch như đã ghi đến hết ngày này."))
    ] = None,
    json: Json = False,
) -> None:
    """Show a plan with its steps and limits, as it is or as it was known on a past day."""
    from workflow.services.as_of import instant_of, known_at

    app = application()
    at = app.clock.now()
    with app.store.reading() as uow:
        if as_of is None:
            cycle = uow.plans.get(plan)
        else:
            at = instant_of(read_day(as_of), at)
            cycle = known_at(uow, plan, at)
    tell(cycle, at, json)


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
    summoned: Annotated[
        int | None,
        typer.Option("--summoned", metavar="N", min=1, max=MOST_PEOPLE, help=say("Số người được triệu tập.")),
    ] = None,
    present: Annotated[
        int | None, typer.Option("--present", metavar="N", min=0, max=MOST_PEOPLE, help=say("Số người có mặt."))
    ] = None,
    in_favour: Annotated[
        int | None, typer.Option("--in-favour", metavar="N", min=0, max=MOST_PEOPLE, help=say("Số người tán thành."))
    ] = None,
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
        tally=_tally(summoned, present, in_favour),
    )
    app = application()
    at = app.clock.now()
    cycle = _complete(app, plan, command, file, at)
    tell(cycle, at, json, _recorded(cycle.steps[step], at))


def _recorded(state: StepState, at: datetime) -> str:
    standing = standing_word(state.standing(at))
    return say("Đã ghi nhận: {step} – {standing}.", step=state.definition.name, standing=standing)


def _tally(summoned: int | None, present: int | None, in_favour: int | None) -> Tally | None:
    from workflow.domain.verdict import Tally

    if summoned is None and present is None and in_favour is None:
        return None
    if summoned is None or present is None:
        raise TallyIncomplete
    return Tally(summoned, present, in_favour)


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
    tell(cycle, at, json, say("Đã hủy kế hoạch {plan}.", plan=plan))


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


COMMANDS = (
    ("start", "Bắt đầu kế hoạch của một tệp.", start),
    ("list", "Danh sách kế hoạch và hạn kế tiếp.", list_plans),
    ("show", "Xem một kế hoạch: các bước, thời hạn.", show_plan),
    ("done", "Ghi nhận một bước đã xong, kèm văn bản.", done),
    ("cancel", "Hủy một kế hoạch, kèm lý do.", cancel),
)
