"""How a plan should look on the flow board: a pure function of its view.

State types are Prefect's, so that its colours and counts are right; names are what a coordinator filters on;
messages, for people, are Vietnamese and hold the due date and the real instants, since Prefect stamps each state
with the moment at which it was told.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from types import MappingProxyType
from uuid import UUID, uuid5

from workflow.domain.cycle import PlanStatus
from workflow.domain.verdict import Standing
from workflow.domain.zone import ZONE, shown
from workflow.ports import PlanView, StepView

OVERDUE = "Overdue"
ENDED = frozenset({Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_NO_LIMIT, Standing.SKIPPED})
_TITLE_LENGTH = 50
"""Prefect's lists put the run's name before each step's, and cut what does not fit."""


@dataclass(frozen=True, slots=True)
class State:
    """A state as Prefect keeps it: its type, the name of our own, the message."""

    type: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class RunLook:
    """How the flow run of a plan should look; `tags` in order of the alphabet."""

    name: str
    tags: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class StepLook:
    """How the task run of a step should look. `after` holds the ids of the task runs of its predecessors."""

    task_run_id: str
    key: str
    name: str
    after: tuple[str, ...]
    state: State
    view: StepView


def run_look(plan: PlanView) -> RunLook:
    """The flow run of a plan."""
    title = textwrap.shorten(plan.title, _TITLE_LENGTH, placeholder="…")
    return RunLook(f"{title} · {plan.plan_id}", tuple(sorted({plan_tag(plan.plan_id), plan.organization})), _of(plan))


def step_looks(plan: PlanView, flow_run_id: str) -> tuple[StepLook, ...]:
    """The task runs of a plan, predecessors first."""
    names = {step.key: step for step in plan.steps}
    return tuple(
        StepLook(
            task_run_id=task_run_id(flow_run_id, step.key),
            key=step.key,
            name=step.name,
            after=tuple(task_run_id(flow_run_id, key) for key in step.after if key in names),
            state=_of_step(step, names),
            view=step,
        )
        for step in plan.steps
    )


def plan_tag(plan_id: str) -> str:
    """The tag that every run about a plan carries."""
    return f"plan:{plan_id}"


def task_run_id(flow_run_id: str, key: str) -> str:
    """The id of a step's task run: always the same within a flow run, so that edges hold and races end as one."""
    return str(uuid5(UUID(flow_run_id), key))


def artifact_key(plan_id: str) -> str:
    """The key of a plan's table: Prefect takes lower-case letters, digits and dashes only."""
    return "plan-" + re.sub(r"[^a-z0-9-]+", "-", plan_id.lower())


def table(plan: PlanView) -> str:
    """The steps as Prefect's table artifact keeps them: JSON, one object a row, columns in order."""
    rows = [
        {
            "Bước": step.name,
            "Phụ trách": step.owner or "",
            "Tình trạng": _WORDS[step.standing],
            "Hạn": _due(step),
            "Mở": _when(step.opened_at),
            "Xong": _when(step.ended_at),
        }
        for step in plan.steps
    ]
    return json.dumps(rows, ensure_ascii=False)


_NAMES: Mapping[Standing, tuple[str, str]] = MappingProxyType(
    {
        Standing.WAITING: ("PENDING", "Not yet open"),
        Standing.RUNNING_IN_TIME: ("RUNNING", "Open"),
        Standing.RUNNING_OVERDUE: ("RUNNING", OVERDUE),
        Standing.DONE_ON_TIME: ("COMPLETED", "On time"),
        Standing.DONE_LATE: ("COMPLETED", "Late"),
        Standing.DONE_NO_LIMIT: ("COMPLETED", "Done"),
        Standing.CANCELLED: ("CANCELLED", "Cancelled"),
        Standing.SKIPPED: ("COMPLETED", "Not applicable"),
    }
)
_WORDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.WAITING: "Chưa mở",
        Standing.RUNNING_IN_TIME: "Đang trong hạn",
        Standing.RUNNING_OVERDUE: "Đang quá hạn",
        Standing.DONE_ON_TIME: "Xong đúng hạn",
        Standing.DONE_LATE: "Xong quá hạn",
        Standing.DONE_NO_LIMIT: "Xong không có hạn",
        Standing.CANCELLED: "Đã hủy",
        Standing.SKIPPED: "Không áp dụng",
    }
)


def _of(plan: PlanView) -> State:
    if plan.status is PlanStatus.CANCELLED:
        return State("CANCELLED", "Cancelled", f"Kế hoạch đã hủy {_when(plan.ended_at)}.")
    if plan.status is PlanStatus.COMPLETED:
        counts = _counts(plan, tuple(each for each in Standing if each in ENDED))
        return State("COMPLETED", "Completed", f"Mọi bước đã xong {_when(plan.ended_at)}: {counts}.")
    overdue = any(step.standing is Standing.RUNNING_OVERDUE for step in plan.steps)
    return State("RUNNING", OVERDUE if overdue else "Running", _progress(plan))


def _progress(plan: PlanView) -> str:
    done = sum(step.standing in ENDED for step in plan.steps)
    counts = _counts(plan, (Standing.RUNNING_OVERDUE, Standing.RUNNING_IN_TIME, Standing.WAITING))
    sentences = [f"Đã xong {done}/{len(plan.steps)} bước" + (f"; {counts}." if counts else ".")]
    coming = [step for step in plan.steps if step.standing in (Standing.RUNNING_IN_TIME, Standing.WAITING)]
    nearest = min(((step.due_on, place) for place, step in enumerate(coming) if step.due_on), default=None)
    if nearest is not None:
        step = coming[nearest[1]]
        sentences.append(f"Hạn gần nhất: {_due(step)} – {step.name}.")
    return " ".join(sentences)


def _counts(plan: PlanView, standings: Iterable[Standing]) -> str:
    counted = ((sum(step.standing is standing for step in plan.steps), standing) for standing in standings)
    return ", ".join(f"{count} {_WORDS[standing].lower()}" for count, standing in counted if count)


def _of_step(step: StepView, steps: Mapping[str, StepView]) -> State:
    type_, name = _NAMES[step.standing]
    sentences = [_told(step, steps)]
    if step.owner:
        sentences.append(f"Phụ trách: {step.owner}.")
    return State(type_, name, " ".join(sentences))


def _told(step: StepView, steps: Mapping[str, StepView]) -> str:
    due, ended = _due(step), _when(step.ended_at)
    match step.standing:
        case Standing.DONE_ON_TIME:
            return f"Xong {ended}, đúng hạn {due}."
        case Standing.DONE_LATE:
            return f"Xong {ended}, chậm {step.late_working_days} ngày làm việc so với hạn {due}."
        case Standing.DONE_NO_LIMIT:
            return f"Xong {ended}, không có hạn."
        case Standing.CANCELLED:
            return "Đã hủy cùng kế hoạch."
        case Standing.SKIPPED:
            return f"Không áp dụng, ghi {ended}."
        case Standing.RUNNING_OVERDUE:
            return f"Đã quá hạn {due}. {_opening(step, steps)}."
        case _:
            return f"{_opening(step, steps)}. " + (f"Hạn {due}." if due else "Không có hạn.")


def _opening(step: StepView, steps: Mapping[str, StepView]) -> str:
    if step.opened_at is not None:
        return f"Mở {_when(step.opened_at)}"
    waiting = [steps[key].name for key in step.after if key in steps and steps[key].standing not in ENDED]
    return "Chưa mở, chờ: " + "; ".join(waiting) if waiting else "Chưa mở"


def _due(step: StepView) -> str:
    if step.due_on is None:
        return ""
    return shown(step.due_on) + (" (dự kiến)" if step.projected else "")


def _when(at: datetime | None) -> str:
    """A moment, or the day alone where only the day is known."""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return f"{local:%d/%m/%Y}" if local.time() == time() else f"{local:%H:%M %d/%m/%Y}"
