"""A plan, the board it is shown on, and what somebody on Prefect's own pages can see and do there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import httpx

from tests.builders import DIALOGUE, at, office_terms
from workflow.board.prefect_rest import PrefectBoard
from workflow.domain.commands import Command
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms
from workflow.ports import PlanView, Store
from workflow.services.plans import handle, start_plan
from workflow.services.showing import Shown, plan_view, show_plans

NOW = at("2026-04-10")
TERMS = office_terms()
STARTED_ON = date(2026, 4, 6)

Row = Mapping[str, Any]


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    """The office's terms for every plan."""
    return TERMS


def unique_plan() -> PlanDefinition:
    """The dialogue plan with an organization of its own, so that nothing of another test is found with it."""
    return replace(DIALOGUE, organization=f"UBND xã {uuid4().hex[:8]}")


class Place:
    """One plan, started; `api` speaks to Prefect as its own pages do."""

    def __init__(self, store: Store, board: PrefectBoard, api_url: str) -> None:
        self.store = store
        self.board = board
        self.api = httpx.Client(base_url=f"{api_url}/", timeout=30)
        started = start_plan(store, terms_of, unique_plan(), started_on=STARTED_ON, at=at("2026-04-06"), actor="test")
        self.plan_id = started.plan_id

    def show(self, when: datetime = NOW) -> Shown:
        """One sweep's worth of showing."""
        return show_plans(self.store, self.board, at=when)

    def handle(self, command: Command, when: datetime = NOW) -> None:
        """Change the plan."""
        handle(self.store, terms_of, self.plan_id, command, at=when, actor="test")

    def view(self, when: datetime = NOW) -> PlanView:
        """What should be seen."""
        with self.store.reading() as uow:
            return plan_view(uow.plans.get(self.plan_id), when)

    @property
    def run_id(self) -> str:
        """The flow run noted for the plan."""
        with self.store.reading() as uow:
            shown = uow.links.shown(self.plan_id)
        assert shown is not None
        return shown[0]

    def runs(self) -> list[Row]:
        """Every flow run that carries the plan's tag."""
        found: list[Row] = self.post("flow_runs/filter", {"flow_runs": {"tags": {"all_": [f"plan:{self.plan_id}"]}}})
        return found

    def run(self) -> Row:
        """The one flow run of the plan."""
        (run,) = self.runs()
        return run

    def steps(self) -> dict[str, Row]:
        """The task runs of the plan's run, by the key of their step."""
        rows = self.post("task_runs/filter", {"flow_runs": {"id": {"any_": [self.run()["id"]]}}})
        assert len({row["dynamic_key"] for row in rows}) == len(rows)
        return {row["dynamic_key"]: row for row in rows}

    def looks(self) -> dict[str, str]:
        """The name of each step's state."""
        return {key: row["state"]["name"] for key, row in self.steps().items()}

    def post(self, path: str, body: object) -> Any:
        """Ask Prefect, trying again while its database is busy."""
        for _ in range(20):
            answer = self.api.post(path, json=body)
            if answer.status_code != 503:
                break
        answer.raise_for_status()
        return answer.json()

    def delete(self, path: str) -> None:
        """Delete, as the bin on a page does."""
        for _ in range(20):
            if self.api.delete(path).status_code != 503:
                return
        raise AssertionError(f"{path} could not be deleted")

    def set_state(self, path: str, state_type: str) -> None:
        """Change a state, as the menu on a page does."""
        self.post(f"{path}/set_state", {"state": {"type": state_type}, "force": True})
