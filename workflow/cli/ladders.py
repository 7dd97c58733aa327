"""`doithoai ladder`: which notices a step owes, to whom and when, for each kind of plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from workflow.cli.plans import PlanId, actor, application
from workflow.cli.speech import Json, echo, emit, say, show, table
from workflow.cli.usage import Command

if TYPE_CHECKING:
    from workflow.domain.ladder import Ladder, Rung

BASES = {
    "opening": "khi bước đến lượt",
    "before_due": "trước hạn {days} ngày làm việc",
    "after_due": "sau khi hết hạn {days} ngày làm việc",
}
Kind = Annotated[str, typer.Argument(metavar="KIND", help="dialogue | conference | union | workplace")]
LadderFile = Annotated[Path, typer.Argument(metavar="FILE.toml", help="docs/reference/ladder-file.md")]


def show_ladder(
    kind: Kind = "dialogue",
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="PLAN", help=say("Bậc thang của một kế hoạch đang chạy."))
    ] = None,
    toml: Annotated[bool, typer.Option("--toml", help=say("In thành tệp TOML để sửa rồi đặt lại."))] = False,
    json: Json = False,
) -> None:
    """Show the ladder of a kind of plan, or of a plan."""
    from workflow.planfile.ladder_file import write_ladder
    from workflow.services.ladders import kind_named, ladder_of

    chosen = kind_named(kind)
    app = application()
    if plan is None:
        found = ladder_of(app.store, chosen)
        ladder, own = found.ladder, found.own
    else:
        with app.store.reading() as uow:
            cycle = uow.plans.get(plan)
        kind, ladder, own = cycle.definition.kind.value, cycle.ladder, True
    if json:
        emit({"kind": kind, "own": own, "rungs": [_rung_json(rung) for rung in ladder]})
    elif toml:
        echo(write_ladder(ladder).rstrip())
    else:
        _print(ladder)
        if not own:
            echo(
                say("Đây là bậc thang có sẵn; đặt bậc thang riêng bằng: doithoai ladder set {kind} TỆP.toml", kind=kind)
            )


def _rung_json(rung: Rung) -> dict[str, Any]:
    return {
        "name": rung.name,
        "base": rung.base,
        "working_days": rung.working_days,
        "to": list(rung.audience),
        "repeat_every": rung.repeat_every,
        "reassign_to": rung.reassign_to,
    }


def _print(ladder: Ladder) -> None:
    from workflow.services.addressing import TITLES

    made = table("Bậc", "Khi nào", "Ai nhận", "Nhắc lại", "Giao lại cho")
    for rung in ladder:
        made.add_row(
            rung.name,
            say(BASES[rung.base], days=rung.working_days),
            ", ".join(say(TITLES[each]) for each in rung.audience),
            say("mỗi {days} ngày làm việc", days=rung.repeat_every) if rung.repeat_every else "–",
            rung.reassign_to or "–",
        )
    show(made)


def set_ladder(kind: Kind, path: LadderFile) -> None:
    """Let plans of a kind that start from now on have the ladder of a file."""
    from workflow.planfile.ladder_file import read_ladder
    from workflow.services import ladders

    chosen, ladder = ladders.kind_named(kind), read_ladder(path)
    app = application(new=True)
    ladders.set_ladder(app.store, chosen, ladder, at=app.clock.now(), actor=actor())
    echo(
        say(
            "Đã đặt bậc thang {count} bậc cho kế hoạch loại {kind} bắt đầu từ nay; "
            "kế hoạch đang chạy thì dùng lệnh «doithoai ladder apply».",
            count=len(ladder),
            kind=kind,
        )
    )


def reset_ladder(kind: Kind) -> None:
    """Let plans of a kind that start from now on have the shipped ladder again."""
    from workflow.services import ladders

    chosen = ladders.kind_named(kind)
    app = application(new=True)
    ladders.set_ladder(app.store, chosen, None, at=app.clock.now(), actor=actor())
    echo(say("Kế hoạch loại {kind} bắt đầu từ nay lại dùng bậc thang có sẵn.", kind=kind))


def apply_ladder(
    plan: PlanId,
    path: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE.toml", help=say("Bậc thang riêng; bỏ trống thì theo loại kế hoạch.")),
    ] = None,
    json: Json = False,
) -> None:
    """Let a running plan climb its kind's ladder, or one of its own, from now on."""
    from workflow.planfile.ladder_file import read_ladder
    from workflow.services.ladders import adopt_in_plan

    ladder = read_ladder(path) if path is not None else None
    app = application()
    cycle = adopt_in_plan(app.store, app.terms_of, plan, ladder, at=app.clock.now(), actor=actor())
    if json:
        emit({"plan": plan, "rungs": [_rung_json(rung) for rung in cycle.ladder]})
    else:
        echo(say("Từ nay kế hoạch {plan} theo bậc thang {count} bậc.", plan=plan, count=len(cycle.ladder)))


def build(cls: type[TyperGroup]) -> typer.Typer:
    """The group `ladder`."""
    group = typer.Typer(cls=cls, no_args_is_help=True, help=say("Bậc thang nhắc việc: xem, đặt theo loại kế hoạch."))
    group.command("show", cls=Command, help=say("Xem bậc thang của một loại, hoặc của một kế hoạch."))(show_ladder)
    group.command("set", cls=Command, help=say("Đặt bậc thang của một loại kế hoạch từ tệp TOML."))(set_ladder)
    group.command("reset", cls=Command, help=say("Dùng lại bậc thang có sẵn."))(reset_ladder)
    group.command("apply", cls=Command, help=say("Cho kế hoạch đang chạy theo bậc thang mới."))(apply_ladder)
    return group
