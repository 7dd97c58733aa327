"""Views of plans for the tests of the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import at
from workflow.domain.cycle import PlanStatus
from workflow.domain.verdict import Standing
from workflow.ports import PlanView, StepView

COLLECT = StepView(
    key="collect",
    name="Thu phiếu",
    owner="Ủy ban MTTQ xã",
    after=(),
    standing=Standing.DONE_LATE,
    due_on=date(2026, 4, 23),
    projected=False,
    opened_at=at("2026-04-06", "00:00"),
    ended_at=at("2026-04-27", "16:30"),
    late_working_days=1,
)
ANSWER = StepView(
    key="answer",
    name="Trả lời bằng văn bản",
    owner=None,
    after=("collect",),
    standing=Standing.RUNNING_OVERDUE,
    due_on=date(2026, 5, 4),
    projected=False,
    opened_at=at("2026-04-27", "16:30"),
    ended_at=None,
    late_working_days=0,
)
CONCLUDE = StepView(
    key="conclude",
    name="Thông báo kết luận",
    owner="Văn phòng",
    after=("collect", "answer"),
    standing=Standing.WAITING,
    due_on=date(2026, 6, 12),
    projected=True,
    opened_at=None,
    ended_at=None,
    late_working_days=0,
)
PLAN = PlanView(
    plan_id="xa-bac-thanh-mien-2026",
    title="Đối thoại của Chủ tịch UBND xã với giáo viên năm 2026",
    organization="UBND xã Bắc Thanh Miện",
    status=PlanStatus.RUNNING,
    started_at=at("2026-04-06", "00:00"),
    ended_at=None,
    steps=(COLLECT, ANSWER, CONCLUDE),
)


def with_step(plan: PlanView, step: StepView) -> PlanView:
    """The plan with the step of the same key replaced."""
    return replace(plan, steps=tuple(step if step.key == each.key else each for each in plan.steps))
