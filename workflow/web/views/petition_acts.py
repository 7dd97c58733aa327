"""What people can do to a petition: each act with its form and the command that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from textwrap import shorten
from types import MappingProxyType
from typing import TypeVar

from workflow.documents.words import ANSWERED_WHERE, AUTHORITY, RAISED_WHEN, RESULT
from workflow.domain import commands as c
from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.petition import Answer, AnsweredWhere, Authority, Petition, Petitioner, RaisedWhen, Result
from workflow.domain.zone import shown
from workflow.web.blanks import Blank, Kind, Typed
from workflow.web.views.cases import Seat
from workflow.web.words import N_

Value = TypeVar("Value", bound=StrEnum)
GIST = 70
_NOBODY = Petitioner(anonymous=True)


@dataclass(frozen=True, slots=True)
class Plea:
    """The petition that an act is about, in its plan, and who fills the form in."""

    cycle: Cycle
    petition: Petition
    seat: Seat


@dataclass(frozen=True, slots=True)
class PetitionAct:
    """One thing to do to a petition; see `Act`."""

    name: str
    title: str
    lead: str
    button: str
    blanks: Callable[[Plea], tuple[Blank, ...]]
    command: Callable[[Typed, str, str | None], c.Command]
    sample: Callable[[str], c.Command]
    offered: Callable[[Plea], bool]
    moves: bool = False
    done: str = ""


def raising_blanks(seat: Seat, topics: tuple[str, ...]) -> tuple[Blank, ...]:
    """The form that takes a petition down."""
    return (
        Blank("text", N_("Nội dung kiến nghị"), Kind.AREA, wide=True),
        Blank("name", N_("Họ tên người nêu")),
        Blank("unit", N_("Đơn vị của người nêu, hoặc đơn vị nêu")),
        Blank("contact", N_("E-mail để báo kết quả (nếu có)")),
        Blank("anonymous", N_("Người nêu chọn không nêu tên"), Kind.TICK),
        Blank(
            "raised_when", N_("Nêu khi nào"), Kind.CHOICE, choices=_words(RAISED_WHEN), value=RaisedWhen.BEFORE_MEETING
        ),
        Blank("raised_on", N_("Ngày nêu"), Kind.DAY, value=shown(seat.today)),
        *classifying_blanks(seat, topics),
    )


def raised(typed: Typed) -> c.RaisePetition:
    """The command of that form, or of a row of a table. Raises `Refused`."""
    return c.RaisePetition(
        text=typed.words("text", 5000),
        petitioner=Petitioner(
            typed.line("name") or None,
            typed.line("unit") or None,
            typed.line("contact") or None,
            typed.tick("anonymous"),
        ),
        raised_when=typed.one_of("raised_when", RaisedWhen) or RaisedWhen.BEFORE_MEETING,
        raised_on=typed.day("raised_on"),
        topic=typed.line("topic") or None,
        authority=typed.one_of("authority", Authority),
        lead=typed.line("lead") or None,
        coordinating=typed.lines("coordinating"),
    )


def classifying_blanks(seat: Seat, topics: tuple[str, ...], petition: Petition | None = None) -> tuple[Blank, ...]:
    """What a petition is about and who answers it."""
    known = petition or Petition("", "", _NOBODY, RaisedWhen.BEFORE_MEETING, seat.today)
    units = tuple((unit, unit) for unit in seat.units)
    return (
        Blank("topic", N_("Nhóm vấn đề"), Kind.UNIT, choices=tuple((t, t) for t in topics), value=known.topic or ""),
        Blank("authority", N_("Thẩm quyền"), Kind.CHOICE, choices=_words(AUTHORITY), value=known.authority or ""),
        Blank("lead", N_("Đơn vị chủ trì trả lời"), Kind.UNIT, choices=units, value=known.lead or ""),
        Blank(
            "coordinating", N_("Đơn vị phối hợp, mỗi đơn vị một dòng"), Kind.AREA, value="\n".join(known.coordinating)
        ),
    )


def _classify_blanks(plea: Plea) -> tuple[Blank, ...]:
    return classifying_blanks(plea.seat, topics_of(plea.cycle), plea.petition)


def topics_of(cycle: Cycle) -> tuple[str, ...]:
    """The topics that the plan's petitions have, by name."""
    return tuple(sorted({petition.topic for petition in cycle.petitions.values() if petition.topic}))


def _classify(typed: Typed, petition: str, _file: str | None) -> c.Command:
    return c.ClassifyPetition(
        petition,
        typed.line("topic") or None,
        typed.one_of("authority", Authority),
        typed.line("lead") or None,
        typed.lines("coordinating"),
    )


def _merge_blanks(plea: Plea) -> tuple[Blank, ...]:
    others = tuple(
        (each.petition_id, f"{each.petition_id}: {shorten(each.text, GIST, placeholder='…')}")
        for each in plea.cycle.petitions.values()
        if each.petition_id != plea.petition.petition_id and each.duplicate_of is None
    )
    return (Blank("duplicate_of", N_("Trùng với kiến nghị"), Kind.CHOICE, choices=others, wide=True),)


def _answer_blanks(plea: Plea) -> tuple[Blank, ...]:
    return (
        Blank(
            "where", N_("Trả lời ở đâu"), Kind.CHOICE, choices=_words(ANSWERED_WHERE), value=AnsweredWhere.IN_WRITING
        ),
        Blank("result", N_("Kết quả"), Kind.CHOICE, choices=_words(RESULT)),
        Blank("answered_on", N_("Ngày trả lời"), Kind.DAY, value=shown(plea.seat.today)),
        Blank("document_number", N_("Số văn bản"), hint=N_("Bắt buộc khi trả lời bằng văn bản.")),
        Blank("summary", N_("Tóm tắt nội dung trả lời"), Kind.AREA, wide=True),
        Blank(
            "file",
            N_("Tệp văn bản trả lời (nếu có)"),
            Kind.FILE,
            hint=N_("PDF, Word, Excel, ảnh hoặc .zip; tối đa 25 MB."),
            wide=True,
        ),
        Blank("told_on", N_("Ngày đã báo người nêu"), Kind.DAY, hint=N_("Để trống nếu chưa báo.")),
    )


def _answer(typed: Typed, petition: str, file: str | None) -> c.Command:
    given = Answer(
        where=typed.needed("where", AnsweredWhere),
        result=typed.needed("result", Result),
        answered_on=typed.needed_day("answered_on"),
        document_number=typed.line("document_number", 100) or None,
        summary=typed.words("summary", 5000) or None,
        file=file,
    )
    return c.AnswerPetition(petition, given, typed.day("told_on"))


def _transfer_blanks(plea: Plea) -> tuple[Blank, ...]:
    return (
        Blank("authority", N_("Thẩm quyền"), Kind.CHOICE, choices=_words(AUTHORITY), value=Authority.CITY),
        Blank("lead", N_("Cơ quan nhận kiến nghị"), Kind.UNIT, choices=tuple((u, u) for u in plea.seat.units)),
        Blank("on", N_("Ngày chuyển"), Kind.DAY, value=shown(plea.seat.today)),
        Blank("reason", N_("Lý do (bắt buộc)"), Kind.AREA, wide=True),
    )


def _transfer(typed: Typed, petition: str, _file: str | None) -> c.Command:
    authority = typed.needed("authority", Authority)
    return c.TransferPetition(petition, authority, typed.line("lead"), typed.words("reason"), typed.day("on"))


def _tell_blanks(plea: Plea) -> tuple[Blank, ...]:
    return (Blank("told_on", N_("Ngày báo người nêu"), Kind.DAY, value=shown(plea.seat.today)),)


def _words(table: Mapping[Value, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), words) for value, words in table.items())


def _open(plea: Plea) -> bool:
    return plea.cycle.status is PlanStatus.RUNNING and plea.petition.is_open


def _to_be_told(plea: Plea) -> bool:
    whole = plea.cycle.petitions.get(plea.petition.duplicate_of or "", plea.petition)
    return plea.cycle.status is not PlanStatus.CANCELLED and whole.answer is not None and plea.petition.told_on is None


_NEVER = date.max
_ALL = (
    PetitionAct(
        name="answer",
        title=N_("Ghi trả lời"),
        lead=N_("Ghi câu trả lời đã có; phần việc trả lời kiến nghị này kết thúc theo ngày trả lời."),
        button=N_("Ghi trả lời"),
        blanks=_answer_blanks,
        command=_answer,
        sample=lambda petition: c.AnswerPetition(petition, Answer(AnsweredWhere.AT_MEETING, Result.SETTLED, _NEVER)),
        offered=_open,
        done=N_("Đã ghi trả lời kiến nghị."),
    ),
    PetitionAct(
        name="tell",
        title=N_("Ghi đã báo người nêu"),
        lead=N_("Ghi ngày người nêu kiến nghị được báo kết quả."),
        button=N_("Ghi ngày báo"),
        blanks=_tell_blanks,
        command=lambda typed, petition, _file: c.TellPetitioner(petition, typed.needed_day("told_on")),
        sample=lambda petition: c.TellPetitioner(petition, _NEVER),
        offered=_to_be_told,
        done=N_("Đã ghi ngày báo người nêu."),
    ),
    PetitionAct(
        name="classify",
        title=N_("Phân loại, giao trả lời"),
        lead=N_("Đơn vị chủ trì nợ câu trả lời; đổi đơn vị thì phần việc đang mở được giao lại, hạn không đổi."),
        button=N_("Ghi phân loại"),
        blanks=_classify_blanks,
        command=_classify,
        sample=lambda petition: c.ClassifyPetition(petition, None, None, None),
        offered=lambda plea: plea.cycle.status is PlanStatus.RUNNING,
        done=N_("Đã ghi phân loại."),
    ),
    PetitionAct(
        name="merge",
        title=N_("Gộp vào kiến nghị trùng"),
        lead=N_("Kiến nghị này không cần trả lời riêng; người nêu được báo kết quả của kiến nghị kia."),
        button=N_("Gộp"),
        blanks=_merge_blanks,
        command=lambda typed, petition, _file: c.MergePetition(petition, typed.chosen("duplicate_of")),
        sample=lambda petition: c.MergePetition(petition, ""),
        offered=_open,
        done=N_("Đã gộp kiến nghị."),
    ),
    PetitionAct(
        name="transfer",
        title=N_("Chuyển cơ quan khác"),
        lead=N_("Dùng khi vượt thẩm quyền: cơ quan nhận nợ câu trả lời, hạn tính lại từ ngày chuyển."),
        button=N_("Xác nhận chuyển"),
        blanks=_transfer_blanks,
        command=_transfer,
        sample=lambda petition: c.TransferPetition(petition, Authority.CITY, "", ""),
        offered=_open,
        moves=True,
        done=N_("Đã chuyển kiến nghị."),
    ),
)
PETITION_ACTS: Mapping[str, PetitionAct] = MappingProxyType({act.name: act for act in _ALL})
