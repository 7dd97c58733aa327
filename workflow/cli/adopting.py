"""`doithoai calendar adopt`: count open limits on a new decision on days off, after seeing what it moves."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.plans import actor, application
from workflow.cli.speech import Json, day, echo, emit, say, show, table
from workflow.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.services.adopting import Adopted, PlanMoved, Preview


class StepUnreadable(BadInput):
    template = "«{typed}» không đọc được; hãy ghi KẾ-HOẠCH:BƯỚC, như xa-a-2026:issue_conclusion."


def calendar_adopt(
    notice: Annotated[Path, typer.Argument(metavar="NOTICE.toml", help=say("Tệp văn bản nghỉ lễ, hoán đổi."))],
    preview: Annotated[bool, typer.Option("--preview", help=say("Chỉ xem hạn nào dời, không áp dụng."))] = False,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="PLAN:STEP", help=say("Giữ nguyên hạn của bước này; ghi được nhiều lần.")),
    ] = None,
    json: Json = False,
) -> None:
    """Adopt a decision on days off: every open limit is counted anew, each person told once."""
    from calendars.notice_reader import read_notice
    from workflow.ports import AdoptedNotice
    from workflow.services import adopting

    decision = read_notice(notice)
    app = application()
    at = app.clock.now()
    new_of = app.terms_with(decision)
    seen = adopting.preview(app.store, new_of, app.days_changed_by(decision), at=at)
    if preview:
        _tell_preview(seen, json=json)
        return
    record = AdoptedNotice(decision.file, notice.read_text(encoding="utf-8-sig"), at, actor())
    adopted = adopting.adopt(app.store, new_of, at=at, actor=actor(), notice=record, keep=_kept(keep or []))
    _tell_adopted(adopted, json=json)
    raise typer.Exit(1 if adopted.failed else 0)


def _kept(typed: Sequence[str]) -> dict[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for each in typed:
        plan, colon, step = each.partition(":")
        if not (plan and colon and step):
            raise StepUnreadable(typed=each)
        found[plan].add(step)
    return {plan: frozenset(steps) for plan, steps in found.items()}


def _tell_preview(seen: Preview, *, json: bool) -> None:
    if json:
        days = [
            {"date": new.date, "working": new.working, "kind": new.kind, "name": new.name, "source": new.source}
            for _, new in seen.days
        ]
        emit({"days": days, "plans": [_plan(plan) for plan in seen.plans]})
        return
    for _, new in seen.days:
        what = say("làm việc") if new.working else say("nghỉ")
        echo(say("{day}: {what} ({name})", day=day(new.date), what=what, name=new.name))
    if not seen.days:
        echo(say("Văn bản này không đổi ngày nghỉ, ngày làm việc nào so với lịch đang dùng."))
    _show_moved(seen.plans)
    echo(say("{count} hạn sẽ dời; chạy lại không có --preview để áp dụng.", count=seen.limits))


def _tell_adopted(adopted: Adopted, *, json: bool) -> None:
    if json:
        plans = [_plan(plan) for plan in adopted.plans]
        emit({"plans": plans, "counted": adopted.counted, "failed": list(adopted.failed), "notices": adopted.told})
        return
    _show_moved(adopted.plans)
    echo(
        say(
            "Đã áp dụng cho {counted} kế hoạch đang chạy; {moved} kế hoạch có hạn dời, {told} thông báo.",
            counted=adopted.counted,
            moved=len(adopted.plans),
            told=adopted.told,
        )
    )
    for plan_id in adopted.failed:
        echo(say("Chưa tính lại được kế hoạch «{plan}»; hãy chạy «doithoai verify» để biết vì sao.", plan=plan_id))


def _show_moved(plans: Sequence[PlanMoved]) -> None:
    if not plans:
        return
    made = table("Kế hoạch", "Bước", "Việc", "Hạn cũ", "Hạn mới")
    for plan in plans:
        for change in plan.changes:
            made.add_row(plan.plan_id, change.step, change.name, day(change.old_on), day(change.new_on))
    show(made)


def _plan(plan: PlanMoved) -> dict[str, Any]:
    return {
        "plan": plan.plan_id,
        "title": plan.title,
        "changes": [
            {"step": each.step, "name": each.name, "old_on": each.old_on, "new_on": each.new_on}
            for each in plan.changes
        ],
    }
