"""Whether a notice is still owed when its turn to be sent has come; the reasons are shown to coordinators."""

from __future__ import annotations

from datetime import datetime

from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.zone import day_of, shown
from workflow.ports import Notice, Person

_ENDED = {PlanStatus.COMPLETED: "đã kết thúc", PlanStatus.CANCELLED: "đã hủy"}


def why_not(notice: Notice, cycle: Cycle | None) -> str | None:
    """Why a notice about a step is owed no more, as a sentence; None while it is. `cycle` None: no such plan.

    A notice of a limit is owed as long as that revision of the limit is in force, one of the opening (revision 0) as
    long as the step has not ended.
    """
    if cycle is None:
        return "Kế hoạch không còn trong hệ thống."
    step = cycle.steps.get(notice.step)
    if step is None:
        return "Bước không còn trong kế hoạch."
    if step.completion is not None:
        return f"Bước đã hoàn thành ngày {shown(day_of(step.completion.happened_at))}."
    if cycle.status is not PlanStatus.RUNNING:
        return f"Kế hoạch {_ENDED[cycle.status]}."
    if step.status is StepStatus.CANCELLED:
        return "Bước đã hủy."
    limit = step.deadline
    if notice.revision and (limit is None or limit.projected or limit.ladder_revision != notice.revision):
        return "Hạn của bước đã thay đổi sau khi lập thông báo này."
    return None


def why_no_digest(notice: Notice, person: Person | None, at: datetime, *, anything_to_read: bool) -> str | None:
    """Why a digest is owed no more, as a sentence; None while it is: on its own day and with something to read."""
    if person is None:
        return "Người nhận không còn trong danh bạ."
    if day_of(notice.owed_at) != day_of(at):
        return f"Bản điểm việc ngày {shown(day_of(notice.owed_at))} đã qua ngày."
    return None if anything_to_read else "Không còn việc nào để điểm."


def why_unreachable(notice: Notice, person: Person | None) -> str:
    """What to do about a notice that has nowhere to go, as a sentence."""
    if notice.person_id:
        unit = f" ({person.unit})" if person is not None and person.unit else ""
        return f"{notice.person_name}{unit} chưa có địa chỉ thư; hãy bổ sung địa chỉ của người này trong danh bạ."
    return f"Danh bạ chưa có ai là «{notice.person_name}»; hãy thêm người này cùng địa chỉ thư."
