"""Whether a notice is still owed when its turn to be sent has come; the reasons are shown to coordinators."""

from __future__ import annotations

from datetime import datetime

from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.ladder import Audience
from workflow.domain.names import same_unit
from workflow.domain.zone import day_of, shown
from workflow.ports import Notice, Person
from workflow.services.addressing import MAIL

_ENDED = {PlanStatus.COMPLETED: "đã kết thúc", PlanStatus.CANCELLED: "đã hủy"}


LEFT = "Người nhận đã thôi làm việc; tài khoản đã khóa."


def why_not(
    notice: Notice, cycle: Cycle | None, at: datetime | None = None, person: Person | None = None
) -> str | None:
    """Why a notice about a step is owed no more, as a sentence; None while it is. `cycle` None: no such plan.

    A notice of a limit is owed as long as that revision of the limit is in force, one of the opening (revision 0) as
    long as the step has not ended; a repeat, as long as nobody has acknowledged it or put it off beyond `at`. People of
    a unit to which the step does not belong any more are not told, unless the rung itself gave it away.
    """
    if cycle is None:
        return "Kế hoạch không còn trong hệ thống."
    step = cycle.steps.get(notice.step)
    if step is None:
        return "Bước không còn trong kế hoạch."
    if over := _why_over(step, cycle):
        return over
    if person is not None and not person.active:
        return LEFT
    if person is not None and _gave_away(notice, cycle, person):
        return f"Bước đã giao lại cho {step.definition.owner}."
    if at is not None and _is_hushed(notice, step, at):
        return "Người phụ trách đã ghi «đã rõ» hoặc hẹn nhắc lại sau."
    limit = step.deadline
    if notice.revision and (limit is None or limit.projected or limit.ladder_revision != notice.revision):
        return "Hạn của bước đã thay đổi sau khi lập thông báo này."
    return None


def _why_over(step: StepState, cycle: Cycle) -> str | None:
    """Why nothing at all is owed for a step now."""
    if step.completion is not None:
        return f"Bước đã hoàn thành ngày {shown(day_of(step.completion.happened_at))}."
    if cycle.status is not PlanStatus.RUNNING:
        return f"Kế hoạch {_ENDED[cycle.status]}."
    if step.skipped is not None:
        return "Bước không áp dụng cho kế hoạch này."
    if step.status is StepStatus.CANCELLED:
        return "Bước đã hủy."
    return "Bước đang tạm dừng tính hạn." if step.stopped else None


def _gave_away(notice: Notice, cycle: Cycle, person: Person) -> bool:
    """Whether a person's own unit had the step when the plan started, and has it no more."""
    first, now = cycle.definition.by_key.get(notice.step), cycle.steps[notice.step].definition.owner
    if first is None or not now or same_unit(first.owner, now) or not same_unit(first.owner, person.unit):
        return False
    rung = next((rung for rung in cycle.ladder if rung.name == notice.rung.partition("#")[0]), None)
    of_the_unit = rung is None or set(rung.audience) <= {Audience.OWNER, Audience.HEAD}
    return of_the_unit and not (rung is not None and same_unit(rung.reassign_to, now))


def _is_hushed(notice: Notice, step: StepState, at: datetime) -> bool:
    """Whether a repeat of a rung is not wanted now; its first time, which has the ordinal 0, always is."""
    if int(notice.rung.partition("#")[2] or 0) == 0:
        return False
    snoozed = step.snoozed is not None and step.snoozed[0] == notice.revision and day_of(at) < step.snoozed[1]
    return notice.revision in step.acknowledged or snoozed


def why_no_change(cycle: Cycle | None) -> str:
    """Why a notice of change tells nothing any more, as a sentence."""
    if cycle is None:
        return "Kế hoạch không còn trong hệ thống."
    if cycle.status is not PlanStatus.RUNNING:
        return f"Kế hoạch {_ENDED[cycle.status]}."
    return "Không còn thay đổi nào phải báo: hạn đã đổi tiếp, trở lại như cũ, hoặc việc đã xong."


def why_no_news(notice: Notice, cycle: Cycle | None) -> str:
    """Why a petitioner is told nothing any more, as a sentence."""
    petition = cycle.petitions.get(notice.about.rpartition("#")[2]) if cycle is not None else None
    if petition is not None and petition.told_on is not None:
        return f"Người nêu kiến nghị đã được báo ngày {shown(petition.told_on)}."
    return "Kiến nghị không còn gì phải báo theo thông báo này."


def why_no_digest(notice: Notice, person: Person | None, at: datetime, *, anything_to_read: bool) -> str | None:
    """Why a digest is owed no more, as a sentence; None while it is: on its own day and with something to read."""
    if person is None:
        return "Người nhận không còn trong danh bạ."
    if not person.active:
        return LEFT
    if day_of(notice.owed_at) != day_of(at):
        return f"Bản điểm việc ngày {shown(day_of(notice.owed_at))} đã qua ngày."
    return None if anything_to_read else "Không còn việc nào để điểm."


def why_unreachable(notice: Notice, person: Person | None) -> str:
    """What to do about a notice that has nowhere to go, as a sentence."""
    if notice.person_id:
        unit = f" ({person.unit})" if person is not None and person.unit else ""
        if notice.channel != MAIL:
            return f"{notice.person_name}{unit} không còn địa chỉ ở kênh «{notice.channel}»; hãy bổ sung trong danh bạ."
        return f"{notice.person_name}{unit} chưa có địa chỉ thư; hãy bổ sung địa chỉ của người này trong danh bạ."
    return f"Danh bạ chưa có ai là «{notice.person_name}»; hãy thêm người này cùng địa chỉ thư."
