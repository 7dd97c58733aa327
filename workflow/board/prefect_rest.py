"""The flow board in Prefect: one flow run per plan, one task run per step, made and moved over REST.

A projection and nothing more: it reads what Prefect shows, compares it with how the plan should look, and changes
what differs. So it may be repeated, lost, raced, or run after somebody cancelled or deleted things on Prefect's own
pages, or after Prefect's whole database is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from workflow.board.looks import (
    OVERDUE,
    RunLook,
    State,
    StepLook,
    artifact_key,
    plan_tag,
    run_look,
    step_looks,
    table,
)
from workflow.board.rest import Moved, PrefectApi
from workflow.ports import BoardRefused, BoardUnreachable, PlanView

FLOW = "plan_cycle"
ADVANCE_FLOW = "advance_plan"
TASK_KEY = "plan_cycle.step"
_ATTEMPTS = 5
_BATCH = 100

Row = Mapping[str, Any]


class PrefectBoard:
    """Shows plans in one Prefect server. `installation_id` keeps the runs of two installations apart."""

    def __init__(self, api_url: str, ui_url: str, installation_id: str, *, patience: float = 20.0) -> None:
        self._api = PrefectApi(api_url, patience=patience)
        self._ui = ui_url.rstrip("/")
        self._installation_id = installation_id

    def close(self) -> None:
        """Give back the connections; the board is of no use afterwards."""
        self._api.close()

    def show(self, plan: PlanView, flow_run_id: str | None) -> str:
        """Make the board look like the plan; the id of its flow run. Raises `BoardUnreachable` and `BoardRefused`."""
        for _ in range(_ATTEMPTS):
            try:
                return self._show(plan, flow_run_id)
            except Moved:
                continue
        raise BoardRefused(f"the run of plan {plan.plan_id} changes faster than it can be read")

    def intact(self, runs: Mapping[str, PlanView]) -> set[str]:
        """Which of the runs (by flow run id) are still there and look like their plan. Raises `BoardUnreachable`.

        As long as nothing is wrong it costs one count per state name, however many runs there are.
        """
        ids = list(runs)
        batches = (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
        return {found for batch in batches for found in self._intact({run: runs[run] for run in batch})}

    def address(self, flow_run_id: str) -> str:
        """The page of a plan's run, with its steps."""
        return f"{self._ui}/v2/runs/flow-run/{flow_run_id}?tab=TaskRuns"

    def runs_page(self) -> str:
        """The page of all plans' runs; of all runs, while Prefect does not answer."""
        page = f"{self._ui}/v2/runs"
        with suppress(BoardUnreachable):
            page += f"?flows={self._flow_id()}"
        return page

    def ask_to_advance(self, plan_id: str) -> bool:
        """Ask a worker or runner to advance a plan soon; whether one listens. Raises `BoardUnreachable`.

        A hint that saves waiting for the next sweep: losing it loses nothing.
        """
        criteria = {"flows": {"name": {"any_": [ADVANCE_FLOW]}}}
        rows = self._api.post("deployments/filter", criteria)
        listening = [row for row in rows if row["status"] == "READY" and not row["paused"]]
        if not listening:
            return False
        latest = max(listening, key=lambda row: str(row["last_polled"]))
        body = {"parameters": {"plan_id": plan_id}, "tags": [plan_tag(plan_id)]}
        self._api.post(f"deployments/{latest['id']}/create_flow_run", body)
        return True

    def _show(self, plan: PlanView, flow_run_id: str | None) -> str:
        look = run_look(plan)
        run = self._known(flow_run_id) or self._made(plan, look)
        self._show_steps(plan, run["id"])
        self._show_run(run, look)
        self._show_table(plan, run["id"])
        return str(run["id"])

    def _known(self, flow_run_id: str | None) -> Row | None:
        return self._api.find(f"flow_runs/{flow_run_id}") if flow_run_id is not None else None

    def _flow_id(self) -> str:
        """The flow of all plans; made when Prefect does not know it yet."""
        return str(self._api.post("flows/", {"name": FLOW})["id"])

    def _made(self, plan: PlanView, look: RunLook) -> Row:
        body = {
            "flow_id": self._flow_id(),
            "name": look.name,
            "tags": look.tags,
            "parameters": {"plan_id": plan.plan_id},
            "idempotency_key": f"{self._installation_id}:{plan.plan_id}",
            "state": _sent(look.state),
        }
        run: Row = self._api.post("flow_runs/", body)
        return run

    def _show_run(self, run: Row, look: RunLook) -> None:
        if (run["name"], sorted(run["tags"])) != (look.name, list(look.tags)):
            self._api.patch(f"flow_runs/{run['id']}", {"name": look.name, "tags": look.tags})
        if not _is_in(run, look.state):
            self._api.post(f"flow_runs/{run['id']}/set_state", {"state": _sent(look.state), "force": True})

    def _show_steps(self, plan: PlanView, run_id: str) -> None:
        looks = step_looks(plan, run_id)
        ours = {look.task_run_id: look for look in looks}
        rows = {row["id"]: row for row in self._task_runs([run_id])}
        for row in rows.values():
            if row["id"] not in ours or not _has_edges(row, ours[row["id"]]):
                self._api.delete(f"task_runs/{row['id']}")
        kept = {key: row for key, row in rows.items() if key in ours and _has_edges(row, ours[key])}
        self._tell(plan, run_id, looks, kept)
        for look in looks:  # in this order: Prefect draws a predecessor before what follows only if it was made before
            self._show_step(plan, run_id, look, kept.get(look.task_run_id))

    def _show_step(self, plan: PlanView, run_id: str, look: StepLook, row: Row | None) -> None:
        row = row or self._api.post("task_runs/", _new_task_run(plan, run_id, look))
        if row["name"] != look.name:
            self._api.patch(f"task_runs/{row['id']}", {"name": look.name})
        if not _is_in(row, look.state):
            self._api.post(f"task_runs/{row['id']}/set_state", {"state": _sent(look.state), "force": True})

    def _tell(self, plan: PlanView, run_id: str, looks: Sequence[StepLook], rows: Mapping[str, Row]) -> None:
        """Emit an event for each step that becomes overdue or completed, before it is shown so.

        Told again after a failure in between, with the same id, which Prefect takes for the same event.
        """
        told = [(look, name) for look in looks if (name := _event_name(look, rows.get(look.task_run_id))) is not None]
        if told:
            occurred = self._api.now().isoformat()
            events = [_event(plan, run_id, look, name) for look, name in told]
            self._api.post("events", [{**event, "id": self._event_id(event), "occurred": occurred} for event in events])

    def _event_id(self, event: Mapping[str, Any]) -> str:
        told = f"{event['resource']['prefect.resource.id']} {event['event']} {event['payload']['due_on']}"
        return str(uuid5(NAMESPACE_URL, f"{self._installation_id} {told}"))

    def _show_table(self, plan: PlanView, run_id: str) -> None:
        key, rows = artifact_key(plan.plan_id), table(plan)
        criteria = {"artifacts": {"key": {"any_": [key]}, "flow_run_id": {"any_": [run_id]}}}
        kept = next(iter(self._api.post("artifacts/filter", criteria)), None)
        if kept is None:
            body = {"key": key, "type": "table", "flow_run_id": run_id, "description": plan.title, "data": rows}
            self._api.post("artifacts/", body)
        elif kept["data"] != rows:
            self._api.patch(f"artifacts/{kept['id']}", {"data": rows})

    def _intact(self, runs: Mapping[str, PlanView]) -> Iterable[str]:
        run_looks = {run_id: run_look(plan) for run_id, plan in runs.items()}
        steps = {look.task_run_id: look for run_id, plan in runs.items() for look in step_looks(plan, run_id)}
        if self._all_counted("flow_runs", {run_id: look.state for run_id, look in run_looks.items()}) and (
            self._all_counted("task_runs", {task_id: look.state for task_id, look in steps.items()})
        ):
            return runs.keys()
        found = {row["id"]: row for row in self._api.rows("flow_runs/filter", _with_ids("flow_runs", runs))}
        right = {row["id"] for row in self._task_runs(list(runs)) if _is_right(row, steps.get(row["id"]))}
        return {
            run_id
            for run_id, plan in runs.items()
            if run_id in found and _is_in(found[run_id], run_looks[run_id].state) and _tasks_of(plan, run_id) <= right
        }

    def _all_counted(self, kind: str, states: Mapping[str, State]) -> bool:
        """Whether every run of a kind, by id, is in the state with the name expected."""
        expected: dict[str, list[str]] = defaultdict(list)
        for run_id, state in states.items():
            expected[state.name].append(run_id)
        return all(self._count(kind, name, ids) == len(ids) for name, ids in expected.items())

    def _count(self, kind: str, name: str, ids: Sequence[str]) -> int:
        criteria = {kind: {"id": {"any_": ids}, "state": {"name": {"any_": [name]}}}}
        return int(self._api.post(f"{kind}/count", criteria))

    def _task_runs(self, run_ids: Sequence[str]) -> list[Row]:
        rows = self._api.rows("task_runs/filter", _with_ids("flow_runs", run_ids))
        return [row for row in rows if row["task_key"] == TASK_KEY]


def _with_ids(kind: str, ids: Iterable[str]) -> dict[str, object]:
    return {kind: {"id": {"any_": list(ids)}}}


def _tasks_of(plan: PlanView, run_id: str) -> set[str]:
    return {look.task_run_id for look in step_looks(plan, run_id)}


def _sent(state: State) -> dict[str, str]:
    return {"type": state.type, "name": state.name, "message": state.message}


def _is_in(row: Row, state: State) -> bool:
    now = row["state"] or {}
    return (now.get("type"), now.get("name"), now.get("message")) == (state.type, state.name, state.message)


def _is_right(row: Row, look: StepLook | None) -> bool:
    return look is not None and _is_in(row, look.state) and _has_edges(row, look)


def _has_edges(row: Row, look: StepLook) -> bool:
    return {edge["id"] for edge in row["task_inputs"].get("after", [])} == set(look.after)


def _new_task_run(plan: PlanView, run_id: str, look: StepLook) -> dict[str, object]:
    return {
        "id": look.task_run_id,
        "flow_run_id": run_id,
        "task_key": TASK_KEY,
        "dynamic_key": look.key,
        "name": look.name,
        "tags": [plan_tag(plan.plan_id)],
        "task_inputs": {"after": [{"input_type": "task_run", "id": before} for before in look.after]},
        "state": _sent(look.state),
    }


def _event_name(look: StepLook, row: Row | None) -> str | None:
    """What is to be told of a step; a step that was over before it was first shown is history, not news."""
    if row is not None and row["state_name"] == look.state.name:
        return None
    if look.state.name == OVERDUE:
        return "dialogue.step.overdue"
    return "dialogue.step.completed" if look.state.type == "COMPLETED" and row is not None else None


def _event(plan: PlanView, run_id: str, look: StepLook, name: str) -> dict[str, Any]:
    step = look.view
    return {
        "event": name,
        "resource": {
            "prefect.resource.id": f"dialogue.plan.{plan.plan_id}.step.{look.key}",
            "prefect.resource.name": look.name,
        },
        "related": [
            {"prefect.resource.id": f"prefect.flow-run.{run_id}", "prefect.resource.role": "flow-run"},
            {"prefect.resource.id": f"prefect.task-run.{look.task_run_id}", "prefect.resource.role": "task-run"},
        ],
        "payload": {
            "plan": plan.plan_id,
            "title": plan.title,
            "organization": plan.organization,
            "step": look.key,
            "owner": step.owner,
            "due_on": step.due_on.isoformat() if step.due_on else None,
            "ended_at": step.ended_at.isoformat() if step.ended_at else None,
            "late_working_days": step.late_working_days,
            "state": look.state.name,
        },
    }
