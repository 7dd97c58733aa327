"""`doithoai report` and `doithoai export`: who was on time, and whole lists as files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.plans import application
from workflow.cli.speech import Json, echo, emit, language, read_day, say, show, table
from workflow.domain.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.documents.sheets import Sheet
    from workflow.ports import GroupBy, OnTime, UnitOfWork

_BY = ("unit", "kind", "month", "organization")
_WHAT = ("plans", "steps", "petitions", "notices", "history")


class GroupingUnknown(BadInput):
    template = "Không lập báo cáo theo «{by}» được; hãy chọn một trong: {known}."


class ListUnknown(BadInput):
    template = "Không có danh sách «{name}»; hãy chọn một trong: {known}."


class FileFormUnknown(BadInput):
    template = "Không ghi được tệp «{file}»; tên tệp phải kết thúc bằng .xlsx hoặc .csv."


class FileUnwritable(BadInput):
    template = "Không ghi được tệp «{file}» ({why}); hãy chọn chỗ khác."


class HistoryOfWhich(BadInput):
    template = "Lịch sử là của từng kế hoạch; hãy thêm --plan MÃ."


def report(
    since: Annotated[str, typer.Option("--from", metavar="DATE", help=say("Từ ngày của hạn này."))] = "",
    until: Annotated[str, typer.Option("--to", metavar="DATE", help=say("Đến hết ngày của hạn này."))] = "",
    by: Annotated[str, typer.Option("--by", help=say("Theo unit, kind, month hay organization."))] = "unit",
    json: Json = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help=say("Ghi ra tệp .xlsx."))] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help=say("Ghi ra tệp .csv."))] = None,
) -> None:
    """Tell who was on time."""
    from workflow.documents.lists import report_sheet
    from workflow.ports import GroupBy
    from workflow.services.reporting import Asked
    from workflow.services.reporting import report as report_of

    if by not in _BY:
        raise GroupingUnknown(by=by, known=", ".join(_BY))
    grouped = GroupBy.OWNER if by == "unit" else GroupBy(by)
    app = application()
    at = app.clock.now()
    first, last = _day(since), _day(until)
    asked = Asked(since=first, until=last + timedelta(days=1) if last is not None else None)
    with app.store.reading() as uow:
        found = report_of(uow, asked, grouped, at)
    for path in (xlsx, csv):
        if path is not None:
            _write(path, report_sheet(found.groups, grouped, language(), " – ".join(filter(None, (since, until)))), at)
    if json:
        emit({"at": at, "by": by, "total": _line_json(found.total), "groups": [_line_json(g) for g in found.groups]})
    elif xlsx is None and csv is None:
        _tell(found.groups, found.total, grouped)


def _day(text: str) -> date | None:
    return read_day(text) if text else None


def _line_json(line: OnTime) -> dict[str, Any]:
    from dataclasses import asdict

    from workflow.documents.lists import rate

    return asdict(line) | {"rate": rate(line)}


def _tell(groups: Any, total: OnTime, by: GroupBy) -> None:
    from workflow.documents.lists import GROUPED, group_words
    from workflow.documents.words import CELL
    from workflow.ports import Cell

    made = table(GROUPED[by], *(CELL[cell] for cell in Cell), "Tỷ lệ xong đúng hạn")
    for line in groups:
        made.add_row(group_words(line.group, by, language()), *_numbers(line))
    made.add_row(say("Tổng số"), *_numbers(total))
    show(made)


def _numbers(line: OnTime) -> list[str]:
    from workflow.documents.lists import rate
    from workflow.ports import Cell

    share = rate(line)
    return [*(str(line.count(cell)) for cell in Cell), f"{share:.1%}" if share is not None else "–"]


def export(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="plans | steps | petitions | notices | history")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("Tệp .xlsx hoặc .csv để ghi."))],
    plan: Annotated[str, typer.Option("--plan", metavar="PLAN", help=say("Chỉ của kế hoạch này."))] = "",
) -> None:
    """Write a whole list into a file."""
    if what not in _WHAT:
        raise ListUnknown(name=what, known=", ".join(_WHAT))
    if what == "history" and not plan:
        raise HistoryOfWhich
    app = application()
    at = app.clock.now()
    with app.store.reading() as uow:
        if plan:
            uow.plans.get(plan)
        sheet = _sheet(uow, what, frozenset({plan}) if plan else None, at)
    _write(file, sheet, at)
    echo(say("Đã ghi {count} dòng vào «{file}».", count=len(sheet.rows), file=file))


def _sheet(uow: UnitOfWork, what: str, plans: frozenset[str] | None, at: datetime) -> Sheet:
    from workflow.documents import lists
    from workflow.ports import NoticeFilter, PetitionFilter, PlanFilter, StepFilter

    rows = uow.plans.rows(PlanFilter(plan_ids=plans))
    titles = {row.plan_id: row.title for row in rows}
    if what == "plans":
        return lists.plans_sheet(rows, language())
    if what == "petitions":
        return lists.petitions_sheet(uow.plans.petitions_where(PetitionFilter(plan_ids=plans)), titles, language())
    steps = uow.plans.steps_where(StepFilter(plan_ids=plans), at)
    if what == "steps":
        return lists.steps_sheet(steps, titles, at, language())
    if what == "notices":
        names = {(step.plan_id, step.key): step.name for step in steps}
        found = uow.plans.notices_where(NoticeFilter(plan_ids=plans))
        return lists.notices_sheet(found, titles, names, language())
    return _history(uow, next(iter(plans or ())))


def _history(uow: UnitOfWork, plan: str) -> Sheet:
    from workflow.documents.lists import history_sheet
    from workflow.services.history import history_of

    cycle, log = uow.plans.get(plan), tuple(uow.plans.log(plan))
    people = {person.person_id: person.name for person in uow.directory.all()}
    return history_sheet(history_of(log, cycle, language()), people, language(), cycle.definition.title)


def _write(path: Path, sheet: Sheet, at: datetime) -> None:
    """Write a table into a file of the form that its name ends in. Raises `FileFormUnknown`, `FileUnwritable`."""
    from workflow.documents.sheets import FORMS, as_file

    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise FileFormUnknown(file=path.name)
    try:
        path.write_bytes(as_file(form, sheet, made_at=at))
    except OSError as error:
        raise FileUnwritable(file=path, why=error.strerror or type(error).__name__) from error


COMMANDS = (
    ("report", "Báo cáo đúng hạn theo đơn vị, loại việc, tháng hoặc cơ quan.", report),
    ("export", "Ghi kế hoạch, bước, kiến nghị, thông báo hoặc lịch sử ra tệp .xlsx, .csv.", export),
)
