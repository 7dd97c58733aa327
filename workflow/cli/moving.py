"""Commands that move limits or owners: meeting, postpone, extend, stop, restart, correct, skip, reopen, hand-over, share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.plans import PROOFS, PlanId, actor, application
from workflow.cli.showing import dated
from workflow.cli.speech import Json, day, echo, emit, read_clock, read_day, say, show, table

if TYPE_CHECKING:
    from datetime import date

    from workflow.domain.commands import Command
    from workflow.services.plans import DueChange

StepKey = Annotated[str, typer.Argument(metavar="STEP", help=say("Mã bước, xem bằng lệnh show."))]
Reason = Annotated[str, typer.Option("--reason", metavar="R", help=say("Lý do."))]
Preview = Annotated[bool, typer.Option("--preview", help=say("Chỉ xem các hạn sẽ dời, không ghi."))]


@dataclass(frozen=True, slots=True)
class ProofGiven:
    """A file given with a command, and the command once the file is kept under a name of ours."""

    file: Path
    with_file: Callable[[str], Command]


def carry_out(
    plan: str, command: Command, done: str, *, preview: bool = False, as_json: bool, proof: ProofGiven | None = None
) -> None:
    """Carry a command out, or only preview it, and list the limits that move: old and new.

    A file given as proof is kept only once the rest has been found right.
    """
    from dataclasses import asdict

    from workflow.services import evidence, plans

    app = application()
    at = app.clock.now()
    changes = plans.preview(app.store, app.terms_of, plan, command, at=at, actor=actor())
    if not preview:
        if proof is not None:
            command = proof.with_file(evidence.keep(app.settings.data / PROOFS, proof.file))
        plans.handle(app.store, app.terms_of, plan, command, at=at, actor=actor())
    if as_json:
        emit({"applied": not preview, "changes": [asdict(change) for change in changes]})
        return
    if changes:
        _show_changes(changes)
    elif preview:
        echo(say("Không hạn nào dời."))
    echo(say("Chưa ghi gì: đây chỉ là bản xem trước.") if preview else done)


def _show_changes(changes: list[DueChange]) -> None:
    made = table("Bước", "Hạn cũ", "Hạn mới")
    for change in changes:
        made.add_row(
            change.name, dated(change.old_on, change.old_projected), dated(change.new_on, change.new_projected)
        )
    show(made)


def optional_day(text: str | None) -> date | None:
    """A day, where one is written."""
    return read_day(text) if text else None


def read_month(text: str) -> tuple[int, int]:
    """A month written 05/2026 or 2026-05, as (year, month). Raises `typer.BadParameter`."""
    for pattern, place in ((r"(\d{1,2})/(\d{4})", (2, 1)), (r"(\d{4})-(\d{1,2})", (1, 2))):
        found = re.fullmatch(pattern, text.strip())
        if found and 1 <= int(found[place[1]]) <= 12:
            return int(found[place[0]]), int(found[place[1]])
    from calendars.grammar.lexer import cut

    written = cut(text)
    raise typer.BadParameter(say("Không đọc được tháng «{text}»; hãy viết như 05/2026 hoặc 2026-05.", text=written))


def meeting(
    plan: PlanId,
    on: Annotated[str, typer.Argument(metavar="DATE", help=say("Ngày họp, như 15/05/2026."))],
    at: Annotated[str | None, typer.Argument(metavar="[TIME]", help=say("Giờ họp, như 08:00."))] = None,
    place: Annotated[str | None, typer.Option("--place", help=say("Nơi họp."))] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Give the meeting its day, or move it; the limits that hang on it move with it."""
    from workflow.domain.commands import SetMeeting

    command = SetMeeting(read_day(on), read_clock(at) if at else None, place)
    carry_out(plan, command, say("Đã ghi ngày họp {on}.", on=day(command.on)), preview=preview, as_json=json)


def postpone(
    plan: PlanId,
    reason: Reason,
    month: Annotated[
        str | None, typer.Option("--month", metavar="M", help=say("Tháng họp mới, nếu đã biết, như 06/2026."))
    ] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Take the meeting's day away until another is set."""
    from workflow.domain.commands import PostponeMeeting

    command = PostponeMeeting(reason, read_month(month) if month else None)
    carry_out(plan, command, say("Đã ghi hoãn hội nghị."), preview=preview, as_json=json)


def extend(
    plan: PlanId,
    step: StepKey,
    reason: Annotated[
        str, typer.Option("--reason", metavar="R", help=say("Lý do, đúng như kế hoạch liệt kê (nếu có)."))
    ],
    approved_by: Annotated[
        str, typer.Option("--approved-by", metavar="WHO", help=say("Người chủ trì đã duyệt: họ tên hoặc mã."))
    ],
    words: Annotated[
        str | None, typer.Option("--words", metavar="W", help=say("Nêu cụ thể vụ việc; bỏ trống thì lấy lý do."))
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", min=1, help=say("Tổng số ngày từ cùng mốc; bỏ trống thì đến mức tối đa.")),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày duyệt, nếu không phải hôm nay."))
    ] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="NO", help=say("Số văn bản cho phép."))] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Use the longer limit that the plan allows, once, before the first limit ends."""
    from workflow.domain.commands import ExtendStep

    command = ExtendStep(
        step=step,
        reason=reason,
        words=reason if words is None else words,
        approved_by=approved_by,
        n=days,
        approved_on=optional_day(on),
        document_number=document,
    )
    carry_out(plan, command, say("Đã ghi kéo dài hạn của bước {step}.", step=step), preview=preview, as_json=json)


def ask_extension(
    plan: PlanId,
    step: StepKey,
    reason: Annotated[
        str, typer.Option("--reason", metavar="R", help=say("Lý do, đúng như kế hoạch liệt kê (nếu có)."))
    ],
    words: Annotated[
        str | None, typer.Option("--words", metavar="W", help=say("Nêu cụ thể vụ việc; bỏ trống thì lấy lý do."))
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", min=1, help=say("Tổng số ngày từ cùng mốc; bỏ trống thì đến mức tối đa.")),
    ] = None,
    json: Json = False,
) -> None:
    """Ask the chair for the longer limit that the plan allows."""
    from workflow.domain.commands import AskExtension

    command = AskExtension(step, reason, reason if words is None else words, days)
    carry_out(plan, command, say("Đã ghi đề nghị kéo dài hạn của bước {step}.", step=step), as_json=json)


def decline_extension(plan: PlanId, step: StepKey, reason: Reason, json: Json = False) -> None:
    """Say no to a longer limit that was asked for."""
    from workflow.domain.commands import DeclineExtension

    done = say("Đã ghi không đồng ý kéo dài hạn của bước {step}.", step=step)
    carry_out(plan, DeclineExtension(step, reason), done, as_json=json)


def stop(
    plan: PlanId,
    step: StepKey,
    reason: Reason,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày dừng, nếu không phải hôm nay."))
    ] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Stop the clock of a step while it waits for somebody else."""
    from workflow.domain.commands import StopClock

    command = StopClock(step, reason, optional_day(on))
    carry_out(plan, command, say("Đã dừng tính hạn của bước {step}.", step=step), preview=preview, as_json=json)


def restart(
    plan: PlanId,
    step: StepKey,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày tính tiếp, nếu không phải hôm nay."))
    ] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Let a stopped clock run again; the time stopped is added to the limit."""
    from workflow.domain.commands import RestartClock

    command = RestartClock(step, optional_day(on))
    carry_out(plan, command, say("Đã tính tiếp hạn của bước {step}.", step=step), preview=preview, as_json=json)


def correct(
    plan: PlanId,
    step: StepKey,
    reason: Reason,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=say("Ngày việc thực sự xong; bỏ trống thì giữ nguyên."))
    ] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="NO", help=say("Số văn bản đúng."))] = None,
    document_on: Annotated[
        str | None, typer.Option("--document-date", metavar="DATE", help=say("Ngày văn bản đúng."))
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="F", help=say("Tệp minh chứng đúng."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=say("Ghi chú đúng."))] = None,
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Put right what was recorded of a step's end; the log keeps both."""
    from workflow.domain.commands import CorrectCompletion

    command = CorrectCompletion(
        step=step,
        reason=reason,
        happened_on=optional_day(on),
        document_number=document,
        document_on=optional_day(document_on),
        file=str(file) if file is not None else None,
        note=note,
    )
    proof = ProofGiven(file, lambda kept: replace(command, file=kept)) if file is not None else None
    told = say("Đã sửa ghi nhận của bước {step}.", step=step)
    carry_out(plan, command, told, preview=preview, as_json=json, proof=proof)


def skip(plan: PlanId, step: StepKey, reason: Reason, preview: Preview = False, json: Json = False) -> None:
    """Say that a step does not apply to this plan; what waits for it goes on."""
    from workflow.domain.commands import SkipStep

    done = say("Đã ghi bước {step} không áp dụng.", step=step)
    carry_out(plan, SkipStep(step, reason), done, preview=preview, as_json=json)


def reopen(plan: PlanId, step: StepKey, reason: Reason, preview: Preview = False, json: Json = False) -> None:
    """Take back the end, or the skipping, of a step."""
    from workflow.domain.commands import ReopenStep

    done = say("Đã mở lại bước {step}.", step=step)
    carry_out(plan, ReopenStep(step, reason), done, preview=preview, as_json=json)


def hand_over(
    plan: PlanId,
    step: StepKey,
    to: Annotated[str, typer.Option("--to", metavar="UNIT", help=say("Đơn vị nhận việc."))],
    reason: Reason,
    json: Json = False,
) -> None:
    """Give an unfinished step to another unit."""
    from workflow.domain.commands import HandOver

    done = say("Đã giao bước {step} cho {unit}.", step=step, unit=to)
    carry_out(plan, HandOver(step, to, reason), done, as_json=json)


def share(
    plan: PlanId,
    step: StepKey,
    units: Annotated[
        list[str], typer.Option("--units", metavar="UNIT", help=say("Đơn vị nhận một phần việc; ghi nhiều lần."))
    ],
    json: Json = False,
) -> None:
    """Share a step among units, each with its own part and clock."""
    from workflow.domain.commands import FanOut

    carry_out(plan, FanOut(step, tuple(units)), say("Đã chia phần việc của bước {step}.", step=step), as_json=json)


def acknowledge(plan: PlanId, step: StepKey, json: Json = False) -> None:
    """Say "seen": repeats stop, the next rung does not."""
    from workflow.domain.commands import Acknowledge

    done = say("Đã ghi «đã rõ» cho bước {step}; không nhắc lại nữa, nhưng bậc sau vẫn đến.", step=step)
    carry_out(plan, Acknowledge(step), done, as_json=json)


def snooze(
    plan: PlanId,
    step: StepKey,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=say("Ngày nhắc lại."))],
    json: Json = False,
) -> None:
    """No repeats before a day; the next rung comes all the same."""
    from workflow.domain.commands import Snooze

    command = Snooze(step, read_day(until))
    done = say("Không nhắc lại bước {step} trước ngày {until}; bậc sau vẫn đến.", step=step, until=day(command.until))
    carry_out(plan, command, done, as_json=json)


COMMANDS = (
    ("meeting", "Định hoặc dời ngày họp; các hạn dời theo.", meeting),
    ("postpone", "Hoãn hội nghị khi chưa có ngày mới.", postpone),
    ("extend", "Kéo dài hạn của một bước, một lần, có người duyệt.", extend),
    ("ask-extension", "Đề nghị người chủ trì cho kéo dài hạn của một bước.", ask_extension),
    ("decline-extension", "Không đồng ý một đề nghị kéo dài hạn.", decline_extension),
    ("stop", "Dừng tính hạn của một bước khi phải chờ nơi khác.", stop),
    ("restart", "Tính tiếp hạn của bước đang dừng.", restart),
    ("correct", "Sửa ghi nhận hoàn thành của một bước.", correct),
    ("skip", "Ghi một bước không áp dụng, kèm lý do.", skip),
    ("reopen", "Mở lại một bước đã xong hoặc không áp dụng.", reopen),
    ("hand-over", "Giao một bước cho đơn vị khác.", hand_over),
    ("share", "Chia một bước cho nhiều đơn vị, mỗi đơn vị một hạn.", share),
    ("ack", "Báo «đã rõ»: thôi nhắc lại, bậc sau vẫn đến.", acknowledge),
    ("snooze", "Nhắc lại sau, từ một ngày.", snooze),
)
