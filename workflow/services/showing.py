"""Showing plans on the flow board: what changed, and what somebody or something spoiled there.

The database decides and the board shows, so nothing here can harm a plan: no transaction is open while the board is
spoken to, what was shown is noted afterwards, and a board that does not answer is shown the same things next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

import structlog

from workflow.domain.cycle import Cycle, PlanStatus, StepState
from workflow.domain.graph import order
from workflow.domain.zone import day_of
from workflow.ports import BoardRefused, BoardUnreachable, FlowBoard, PlanRow, PlanView, StepView, Store, UnitOfWork
from workflow.services.reading import read_plans

RECENT = timedelta(days=14)
"""How long after its end a plan is still looked after on the board."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How many plans were shown anew, and whether the board stopped answering before the end."""

    count: int
    unreachable: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A plan that may have to be shown; `noted` is the fingerprint of what was shown, None when nothing was."""

    view: PlanView
    flow_run_id: str | None
    noted: str | None

    @property
    def changed(self) -> bool:
        return self.noted != fingerprint(self.view)


@dataclass(frozen=True, slots=True)
class Known:
    """What a process that shows again and again has read before: plans by their row, and those settled for good."""

    plans: dict[str, tuple[PlanRow, Cycle]] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)


def show_plans(
    store: Store, board: FlowBoard, *, at: datetime, plan_ids: Sequence[str] | None = None, known: Known | None = None
) -> Shown:
    """Make the board look like the plans at an instant (aware); never raises because of the board or a damaged plan.

    `plan_ids`: show these if they changed. None: every plan that changed, and every running or lately ended one
    that does not look right on the board any more. `known`: kept by whoever shows often, so that only plans that have
    changed since are read from their logs.
    """
    count = 0
    try:
        for candidate in _to_show(store, board, at, plan_ids, known or Known()):
            count += _show_one(store, board, candidate)
    except (BoardUnreachable, BoardRefused):
        return Shown(count, unreachable=True)
    return Shown(count, unreachable=False)


def plan_view(cycle: Cycle, at: datetime) -> PlanView:
    """A plan as the flow board shows it at an instant, predecessors first."""
    return PlanView(
        plan_id=cycle.plan_id,
        title=cycle.definition.title,
        organization=cycle.definition.organization,
        status=cycle.status,
        started_at=cycle.started_at,
        ended_at=cycle.ended_at,
        steps=tuple(_step_view(cycle.steps[key], at) for key in order(cycle.plan)),
    )


def fingerprint(view: PlanView) -> str:
    """A short text that differs when the view does; it begins with the day on which the plan ended, if it has."""
    ended_on = day_of(view.ended_at).isoformat() if view.ended_at is not None else "running"
    return f"{ended_on} {sha256(repr(view).encode()).hexdigest()[:32]}"


def _step_view(step: StepState, at: datetime) -> StepView:
    limit, done = step.deadline, step.completion
    return StepView(
        key=step.definition.key,
        name=step.definition.name,
        owner=step.definition.owner,
        after=step.definition.after,
        standing=step.standing(at),
        due_on=done.due_on if done is not None else limit.due_on if limit is not None else None,
        projected=done is None and limit is not None and limit.projected,
        opened_at=step.opened_at,
        ended_at=step.ended_at,
        late_working_days=done.late_working_days if done is not None else 0,
    )


def _to_show(
    store: Store, board: FlowBoard, at: datetime, plan_ids: Sequence[str] | None, known: Known
) -> Iterable[_Candidate]:
    with store.reading() as uow:
        candidates = _candidates(uow, at, plan_ids, known)
    yield from (candidate for candidate in candidates if candidate.changed)
    if plan_ids is None:
        yield from _spoiled(store, board, [candidate for candidate in candidates if not candidate.changed])


def _candidates(uow: UnitOfWork, at: datetime, plan_ids: Sequence[str] | None, known: Known) -> list[_Candidate]:
    ids = plan_ids if plan_ids is not None else [*uow.plans.ids(PlanStatus.RUNNING), *_ended(uow, at, known)]
    found = []
    for plan_id, cycle in _cycles(uow, ids, known).items():
        flow_run_id, noted = uow.links.shown(plan_id) or (None, None)
        found.append(_Candidate(plan_view(cycle, at), flow_run_id, noted))
    return found


def _cycles(uow: UnitOfWork, ids: Sequence[str], known: Known) -> Mapping[str, Cycle]:
    """The plans that can be read; from their logs only those whose rows are not as they were. Others are forgotten."""
    rows = {row.plan_id: row for row in uow.plans.rows()}
    same = {plan_id: cycle for plan_id, (row, cycle) in known.plans.items() if rows.get(plan_id) == row}
    read = read_plans(uow, [plan_id for plan_id in ids if plan_id not in same]).cycles
    readable = {**same, **read}
    cycles = {plan_id: readable[plan_id] for plan_id in ids if plan_id in readable}
    known.plans.clear()
    known.plans.update({plan_id: (rows[plan_id], cycle) for plan_id, cycle in cycles.items() if plan_id in rows})
    return cycles


def _ended(uow: UnitOfWork, at: datetime, known: Known) -> list[str]:
    """Ended plans, without those whose end was shown and lies back more than `RECENT`."""
    ended = {*uow.plans.ids(PlanStatus.COMPLETED), *uow.plans.ids(PlanStatus.CANCELLED)} - known.settled
    known.settled.update(plan_id for plan_id in ended if _is_settled(uow.links.shown(plan_id), at))
    return sorted(ended - known.settled)


def _is_settled(shown: tuple[str, str] | None, at: datetime) -> bool:
    ended_on = shown[1].partition(" ")[0] if shown is not None else "running"
    return ended_on != "running" and date.fromisoformat(ended_on) < day_of(at - RECENT)


def _spoiled(store: Store, board: FlowBoard, candidates: Sequence[_Candidate]) -> Iterable[_Candidate]:
    """Those whose run has gone or looks wrong; forgotten first, so that they are shown whatever happens now."""
    by_run = {candidate.flow_run_id: candidate for candidate in candidates if candidate.flow_run_id is not None}
    intact = board.intact({run_id: candidate.view for run_id, candidate in by_run.items()})
    spoiled = [candidate for run_id, candidate in by_run.items() if run_id not in intact]
    if spoiled:
        with store() as uow:
            for candidate in spoiled:
                uow.links.forget(candidate.view.plan_id)
            uow.commit()
    yield from spoiled


def _show_one(store: Store, board: FlowBoard, candidate: _Candidate) -> bool:
    view = candidate.view
    try:
        flow_run_id = board.show(view, candidate.flow_run_id)
    except BoardRefused as refusal:
        structlog.get_logger().warning("plan_refused_by_board", plan=view.plan_id, reason=str(refusal))
        return False
    _note(store, view, flow_run_id)
    return True


def _note(store: Store, view: PlanView, flow_run_id: str) -> None:
    with store() as uow:
        uow.links.remember(view.plan_id, flow_run_id, fingerprint(view))
        uow.commit()
