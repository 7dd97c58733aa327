"""`doithoai template`: the plans that are shipped to begin with."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from workflow.cli.moving import read_month
from workflow.cli.speech import Json, echo, emit, read_clock, read_day, say, show, table
from workflow.cli.usage import Command
from workflow.domain.errors import BadInput

Name = Annotated[str, typer.Argument(metavar="NAME", help="doithoai template list")]


class FileAlreadyThere(BadInput):
    template = "Đã có tệp «{file}»; hãy chọn tên khác, hoặc thêm --force để ghi đè."


class FileNotWritten(BadInput):
    template = "Không ghi được tệp «{file}»; hãy kiểm tra thư mục và quyền ghi."


class DayAndMonth(BadInput):
    template = "Hãy ghi ngày họp (--meeting) hoặc tháng họp (--month), không ghi cả hai."


class ClockWithoutDay(BadInput):
    template = "Có giờ họp (--at) thì phải có ngày họp (--meeting)."


def list_templates(json: Json = False) -> None:
    """List the shipped templates."""
    from workflow.planfile.templates import template, template_names

    found = [template(name) for name in template_names()]
    if json:
        emit([{key: value for key, value in asdict(each).items() if key != "text"} for each in found])
        return
    made = table("Mẫu", "Bản", "Để làm gì")
    for each in found:
        made.add_row(each.name, each.version, each.about)
    show(made)
    echo(say("Tạo tệp kế hoạch: doithoai template new MẪU --organization CƠ_QUAN --meeting NGÀY --out TỆP.yaml"))


def show_template(name: Name, json: Json = False) -> None:
    """Show a template with the citation of each limit."""
    from workflow.planfile.templates import template

    found = template(name)
    if json:
        emit(asdict(found))
    else:
        echo(found.text.rstrip())


def new_plan(
    name: Name,
    organization: Annotated[str, typer.Option("--organization", help=say("Cơ quan, đơn vị tổ chức."))],
    meeting: Annotated[str | None, typer.Option("--meeting", metavar="DATE", help=say("Ngày họp."))] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="M", help=say("Tháng họp, khi chưa rõ ngày, như 05/2026."))
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help=say("Giờ họp, như 08:00."))] = None,
    place: Annotated[str | None, typer.Option("--place", help=say("Nơi họp."))] = None,
    title: Annotated[str | None, typer.Option("--title", help=say("Tên kế hoạch."))] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PLAN.yaml", help=say("Ghi vào tệp; bỏ trống thì in ra."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=say("Ghi đè tệp đã có."))] = False,
) -> None:
    """Make a plan file of a template."""
    from workflow.clock import SystemClock
    from workflow.domain.definition import Meeting
    from workflow.domain.zone import day_of
    from workflow.planfile.templates import Filling, filled

    if meeting and month:
        raise DayAndMonth
    if at and not meeting:
        raise ClockWithoutDay
    when = Meeting(
        on=read_day(meeting) if meeting else None,
        at=read_clock(at) if at else None,
        month=read_month(month) if month else None,
        place=place,
    )
    year = day_of(SystemClock().now()).year
    text = filled(name, Filling(organization, year, when, title))
    if out is None:
        echo(text.rstrip())
        return
    _write(out, text, force=force)
    echo(say("Đã ghi {file}; xem lại rồi kiểm tra: doithoai check {file}", file=out))


def _write(path: Path, text: str, *, force: bool) -> None:
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise FileAlreadyThere(file=path) from error
    except OSError as error:
        raise FileNotWritten(file=path) from error


def build(cls: type[TyperGroup]) -> typer.Typer:
    """The group `template`."""
    group = typer.Typer(cls=cls, no_args_is_help=True, help=say("Mẫu kế hoạch có sẵn, kèm căn cứ của từng hạn."))
    group.command("list", cls=Command, help=say("Danh sách mẫu."))(list_templates)
    group.command("show", cls=Command, help=say("Xem một mẫu với căn cứ của từng hạn."))(show_template)
    group.command("new", cls=Command, help=say("Tạo tệp kế hoạch từ mẫu."))(new_plan)
    return group
