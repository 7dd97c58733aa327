"""`doithoai petition`: take petitions down, classify, merge, pass on, answer, tell who raised them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from workflow.cli.moving import Preview, ProofGiven, carry_out, optional_day
from workflow.cli.plans import PlanId, actor, application
from workflow.cli.showing import AUTHORITIES, RAISED, RESULTS, petition_json, petitioner_word, result_word
from workflow.cli.showing import show_petitions as show_all
from workflow.cli.speech import Json, day, echo, emit, read_day, say
from workflow.cli.usage import Command
from workflow.domain.errors import BadInput

if TYPE_CHECKING:
    from workflow.domain.cycle import Cycle
    from workflow.domain.petition import Petition

LONGEST_TEXT = 10_000
PetitionId = Annotated[str, typer.Argument(metavar="PETITION", help=say("Mã kiến nghị, như p3."))]
WhoseBusiness = Annotated[
    str | None, typer.Option("--authority", help=say("Thẩm quyền: commune (cấp xã), city (thành phố), other (khác)."))
]
Topic = Annotated[str | None, typer.Option("--topic", help=say("Nhóm vấn đề."))]
Lead = Annotated[str | None, typer.Option("--lead", metavar="UNIT", help=say("Cơ quan chủ trì trả lời."))]
Coordinating = Annotated[
    list[str] | None,
    typer.Option("--coordinating", metavar="UNIT", help=say("Cơ quan phối hợp; có thể ghi nhiều lần.")),
]


class ChoiceUnknown(BadInput):
    template = "Không có lựa chọn «{value}» cho {option}; hãy chọn một trong: {known}."


class PetitionTooLong(BadInput):
    template = "Nội dung kiến nghị dài quá {longest} ký tự; hãy ghi tóm tắt và gửi kèm văn bản sau."


class PetitionNotThere(BadInput):
    template = "Kế hoạch không có kiến nghị «{petition}»; xem danh sách bằng lệnh «doithoai petition list»."


Kind = TypeVar("Kind")


def _chosen(kind: type[Kind], value: str, option: str) -> Kind:
    values = [str(each.value) for each in kind]  # type: ignore[attr-defined]
    if value not in values:
        raise ChoiceUnknown(value=value, option=option, known=", ".join(values))
    return kind(value)  # type: ignore[call-arg]


def add(
    plan: PlanId,
    text: Annotated[str, typer.Option("--text", metavar="T", help=say("Nội dung kiến nghị."))],
    name: Annotated[str | None, typer.Option("--by", metavar="NAME", help=say("Họ tên người nêu."))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=say("Đơn vị của người nêu, hoặc đơn vị nêu."))] = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar="EMAIL", help=say("E-mail để báo tin."))] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=say("Người nêu chọn không nêu tên."))] = False,
    when: Annotated[
        str, typer.Option("--when", help=say("Nêu khi nào: before_meeting, at_meeting, after_meeting."))
    ] = "before_meeting",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày nêu, nếu không phải hôm nay."))
    ] = None,
    topic: Topic = None,
    authority: WhoseBusiness = None,
    lead: Lead = None,
    coordinating: Coordinating = None,
    json: Json = False,
) -> None:
    """Take a petition down."""
    from workflow.domain.commands import RaisePetition
    from workflow.domain.petition import Authority, Petitioner, RaisedWhen
    from workflow.services.plans import handle

    if len(text) > LONGEST_TEXT:
        raise PetitionTooLong(longest=LONGEST_TEXT)
    command = RaisePetition(
        text=text,
        petitioner=Petitioner(name, unit, contact, anonymous),
        raised_when=_chosen(RaisedWhen, when, "--when"),
        raised_on=optional_day(on),
        topic=topic,
        authority=_chosen(Authority, authority, "--authority") if authority else None,
        lead=lead,
        coordinating=tuple(coordinating or ()),
    )
    app = application()
    cycle = handle(app.store, app.terms_of, plan, command, at=app.clock.now(), actor=actor())
    petition = list(cycle.petitions.values())[-1]
    if json:
        emit(petition_json(petition, cycle))
    else:
        echo(say("Đã ghi kiến nghị {petition}.", petition=petition.petition_id))


def list_petitions(
    plan: PlanId,
    only_open: Annotated[bool, typer.Option("--open", help=say("Chỉ những kiến nghị chưa trả lời."))] = False,
    json: Json = False,
) -> None:
    """List the petitions of a plan."""
    cycle = _cycle(plan)
    found = [each for each in cycle.petitions.values() if each.is_open or not only_open]
    if json:
        emit([petition_json(petition, cycle) for petition in found])
    elif found:
        show_all(found, cycle)
    else:
        echo(say("Không có kiến nghị nào."))


def show_petition(plan: PlanId, petition: PetitionId, json: Json = False) -> None:
    """Show one petition with its answer and where it was passed on."""
    cycle = _cycle(plan)
    if petition not in cycle.petitions:
        raise PetitionNotThere(petition=petition)
    found = cycle.petitions[petition]
    if json:
        emit(petition_json(found, cycle))
        return
    for label, value in _lines(found, petition_json(found, cycle)):
        if value:
            echo(f"{label}: {value}")


def _cycle(plan: str) -> Cycle:
    app = application()
    with app.store.reading() as uow:
        return uow.plans.get(plan)


def _lines(petition: Petition, owed: dict[str, Any]) -> list[tuple[str, str | None]]:
    answer = petition.answer
    raised = f"{day(petition.raised_on)}, {say(RAISED[petition.raised_when])}"
    lines: list[tuple[str, str | None]] = [
        (say("Nội dung"), petition.text),
        (say("Người nêu"), petitioner_word(petition)),
        (say("Nêu ngày"), raised),
        (say("Nhóm vấn đề"), petition.topic),
        (say("Thẩm quyền"), say(AUTHORITIES[petition.authority]) if petition.authority else None),
        (say("Chủ trì"), petition.lead),
        (say("Phối hợp"), ", ".join(petition.coordinating)),
        (say("Phần việc"), owed["step"]),
        (say("Hạn"), day(owed["due_on"]) if owed["due_on"] else None),
    ]
    for each in petition.transfers:
        moved = f"{each.previous_lead or '–'} → {each.lead}, {day(each.transferred_on)}: {each.reason}"
        lines.append((say("Chuyển"), moved))
    lines.append((say("Kết quả"), result_word(petition)))
    if answer is not None:
        lines += [(say("Số văn bản"), answer.document_number), (say("Tóm tắt"), answer.summary)]
    lines.append((say("Đã báo người nêu"), day(petition.told_on) if petition.told_on else None))
    return lines


def classify(
    plan: PlanId,
    petition: PetitionId,
    topic: Topic = None,
    authority: WhoseBusiness = None,
    lead: Lead = None,
    coordinating: Coordinating = None,
    json: Json = False,
) -> None:
    """Say what a petition is about and who answers it; what is not given stays as it was."""
    from workflow.domain.commands import ClassifyPetition
    from workflow.domain.petition import Authority

    known = _cycle(plan).petitions.get(petition)
    if known is None:
        raise PetitionNotThere(petition=petition)
    command = ClassifyPetition(
        petition=petition,
        topic=known.topic if topic is None else topic,
        authority=_chosen(Authority, authority, "--authority") if authority else known.authority,
        lead=known.lead if lead is None else lead,
        coordinating=known.coordinating if coordinating is None else tuple(coordinating),
    )
    carry_out(plan, command, say("Đã phân loại kiến nghị {petition}.", petition=petition), as_json=json)


def merge(
    plan: PlanId,
    petition: PetitionId,
    other: Annotated[str, typer.Option("--into", metavar="PETITION", help=say("Kiến nghị được trả lời cho cả hai."))],
    json: Json = False,
) -> None:
    """Say that a petition repeats another, which is answered for both."""
    from workflow.domain.commands import MergePetition

    done = say("Đã gộp kiến nghị {petition} vào {other}.", petition=petition, other=other)
    carry_out(plan, MergePetition(petition, other), done, as_json=json)


def answer(
    plan: PlanId,
    petition: PetitionId,
    result: Annotated[
        str,
        typer.Option(
            "--result", help=say("Kết quả: settled (đã giải quyết), in_progress, explained (giải trình), referred.")
        ),
    ],
    document: Annotated[str | None, typer.Option("--document", metavar="NO", help=say("Số văn bản trả lời."))] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày trả lời, nếu không phải hôm nay."))
    ] = None,
    at_meeting: Annotated[bool, typer.Option("--at-meeting", help=say("Đã trả lời ngay tại hội nghị."))] = False,
    summary: Annotated[str | None, typer.Option("--summary", help=say("Tóm tắt nội dung trả lời."))] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="F", help=say("Tệp văn bản trả lời."))] = None,
    told: Annotated[
        str | None, typer.Option("--told", metavar="DATE", help=say("Ngày đã báo cho người nêu, nếu có."))
    ] = None,
    json: Json = False,
) -> None:
    """Record the answer to a petition; the part of the plan that owed it ends with it."""
    from workflow.domain.commands import AnswerPetition
    from workflow.domain.petition import Answer, AnsweredWhere, Result
    from workflow.domain.zone import day_of

    where = AnsweredWhere.AT_MEETING if at_meeting else AnsweredWhere.IN_WRITING
    answered_on = read_day(on) if on else day_of(application().clock.now())
    found = _chosen(Result, result, "--result")
    given = Answer(where, found, answered_on, document, summary, str(file) if file is not None else None)
    command = AnswerPetition(petition, given, optional_day(told))
    proof = (
        ProofGiven(file, lambda kept: replace(command, answer=replace(given, file=kept))) if file is not None else None
    )
    done = say("Đã ghi trả lời kiến nghị {petition}: {result}.", petition=petition, result=say(RESULTS[found]))
    carry_out(plan, command, done, as_json=json, proof=proof)


def tell(
    plan: PlanId,
    petition: PetitionId,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày báo, nếu không phải hôm nay."))
    ] = None,
    json: Json = False,
) -> None:
    """Record the day on which the petitioner was told of the answer."""
    from workflow.domain.commands import TellPetitioner
    from workflow.domain.zone import day_of

    told_on = read_day(on) if on else day_of(application().clock.now())
    done = say("Đã ghi ngày báo người nêu kiến nghị {petition}: {on}.", petition=petition, on=day(told_on))
    carry_out(plan, TellPetitioner(petition, told_on), done, as_json=json)


def transfer(
    plan: PlanId,
    petition: PetitionId,
    to: Annotated[str, typer.Option("--to", metavar="UNIT", help=say("Cơ quan nhận kiến nghị."))],
    reason: Annotated[str, typer.Option("--reason", metavar="R", help=say("Lý do chuyển."))],
    authority: Annotated[
        str, typer.Option("--authority", help=say("Thẩm quyền: commune (cấp xã), city (thành phố), other (khác)."))
    ] = "city",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày chuyển, nếu không phải hôm nay."))
    ] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Pass a petition on to another authority: its clock starts anew from that day."""
    from workflow.domain.commands import TransferPetition
    from workflow.domain.petition import Authority

    whose = _chosen(Authority, authority, "--authority")
    command = TransferPetition(petition, whose, to, reason, optional_day(on))
    done = say("Đã chuyển kiến nghị {petition} đến {unit}.", petition=petition, unit=to)
    carry_out(plan, command, done, preview=preview, as_json=json)


def build(cls: type[TyperGroup]) -> typer.Typer:
    """The group `petition`."""
    group = typer.Typer(cls=cls, no_args_is_help=True, help=say("Kiến nghị: ghi, phân loại, chuyển, trả lời, báo lại."))
    group.command("add", cls=Command, help=say("Ghi một kiến nghị."))(add)
    group.command("list", cls=Command, help=say("Danh sách kiến nghị, cơ quan trả lời, hạn, kết quả."))(list_petitions)
    group.command("show", cls=Command, help=say("Xem một kiến nghị."))(show_petition)
    group.command("classify", cls=Command, help=say("Phân loại, giao cơ quan trả lời."))(classify)
    group.command("merge", cls=Command, help=say("Gộp kiến nghị trùng."))(merge)
    group.command("transfer", cls=Command, help=say("Chuyển đến cơ quan có thẩm quyền; hạn tính lại từ ngày chuyển."))(
        transfer
    )
    group.command("answer", cls=Command, help=say("Ghi nhận trả lời."))(answer)
    group.command("tell", cls=Command, help=say("Ghi ngày báo cho người nêu."))(tell)
    return group
