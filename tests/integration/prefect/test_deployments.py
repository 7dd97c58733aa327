"""The flows as deployments: on a real work pool with a real worker, and by the runner of the embedded default."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.prefect.place import terms_of, unique_plan
from workflow.board.prefect_rest import PrefectBoard
from workflow.board.server import PrefectRunner, PrefectServer
from workflow.bootstrap import Application, build_application, prepare_data
from workflow.domain.zone import day_of
from workflow.services.plans import start_plan
from workflow.settings import Settings

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

ROOT = Path(__file__).parents[3]
PREFECT = Path(sys.executable).with_name("prefect")


class Installation:
    """A data folder with a plan that has just started, and the environment in which Prefect's commands see it."""

    def __init__(self, folder: Path, server: PrefectServer) -> None:
        self.settings = Settings(
            data=folder / "data", prefect_api=server.api_url, prefect_ui=server.ui_url, recurring_jobs="prefect"
        )
        prepare_data(self.settings)
        self.application: Application = build_application(self.settings)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DOITHOAI_"))},
            "DO_NOT_TRACK": "1",
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": server.api_url,
            "DOITHOAI_DATA": str(self.settings.data),
            "DOITHOAI_PREFECT_API": server.api_url,
            "DOITHOAI_RECURRING_JOBS": "prefect",
        }
        self._api = httpx.Client(base_url=f"{server.api_url}/", timeout=30)

    def start_plan(self) -> str:
        """Start a plan some days ago, so that a sweep has something to do."""
        at = self.application.clock.now()
        started_on = day_of(at - timedelta(days=3))
        store = self.application.store
        return start_plan(store, terms_of, unique_plan(), started_on=started_on, at=at, actor="test").plan_id

    def prefect(self, *words: str) -> str:
        """Run Prefect's own command; what it printed."""
        done = subprocess.run(
            [str(PREFECT), "--no-prompt", *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ask(self, path: str, body: object | None = None) -> Any:
        """Ask Prefect, trying again while its database is busy."""
        for _ in range(20):
            answer = self._api.get(path) if body is None else self._api.post(path, json=body)
            if answer.status_code != 503:
                break
        assert answer.is_success, answer.text
        return answer.json()

    def close(self) -> None:
        self._api.close()


@pytest.fixture
def installation(tmp_path: Path, server: PrefectServer) -> Iterator[Installation]:
    """An installation whose recurring jobs belong to Prefect."""
    made = Installation(tmp_path, server)
    yield made
    made.close()


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something becomes true soon."""
    for _ in range(int(seconds * 4)):
        if true():
            return True
        time.sleep(0.25)
    return False


def test_nobody_is_asked_to_advance_a_plan_when_nobody_listens(board: PrefectBoard) -> None:
    assert not board.ask_to_advance("any")


def test_the_deployments_deploy_and_a_worker_sweeps(installation: Installation) -> None:
    plan_id = installation.start_plan()
    installation.prefect("work-pool", "create", "doithoai", "--type", "process", "--overwrite")
    installation.prefect("deploy", "--all", "--prefect-file", "deployments/prefect.yaml")
    sweep = installation.ask("deployments/name/sweep/workers")
    assert [each["schedule"].get("interval") for each in sweep["schedules"]] == [60.0]
    ours = {"deployments": {"id": {"any_": [sweep["id"]]}}}
    assert until(lambda: "SCHEDULED" in _states(installation, ours)), "the schedule makes no runs"
    installation.ask(f"deployments/{sweep['id']}/create_flow_run", {})
    log = installation.prefect("worker", "start", "--pool", "doithoai", "--run-once")
    assert "COMPLETED" in _states(installation, ours), log
    tagged = {"flow_runs": {"tags": {"all_": [f"plan:{plan_id}"]}}}
    assert _states(installation, tagged) == ["RUNNING"], log


def test_the_runner_of_the_embedded_default_advances_a_plan_and_audits(
    installation: Installation, board: PrefectBoard
) -> None:
    plan_id = installation.start_plan()
    runner = PrefectRunner(installation.settings, installation.environment["PREFECT_API_URL"])
    runner.start()
    try:
        assert until(lambda: _listens(installation)), runner.log.read_text()
        assert board.ask_to_advance(plan_id)
        asked = {"flows": {"name": {"any_": ["advance_plan"]}}, "flow_runs": {"tags": {"all_": [f"plan:{plan_id}"]}}}
        assert until(lambda: _states(installation, asked) == ["COMPLETED"]), runner.log.read_text()
        shown = {"flows": {"name": {"any_": ["plan_cycle"]}}, "flow_runs": {"tags": {"all_": [f"plan:{plan_id}"]}}}
        assert _states(installation, shown) == ["RUNNING"]
        _forge_a_limit(installation)
        audit = installation.ask("deployments/name/nightly_audit/embedded")
        run = installation.ask(f"deployments/{audit['id']}/create_flow_run", {})
        audited = {"flow_runs": {"id": {"any_": [run["id"]]}}}
        assert until(lambda: _states(installation, audited) == ["FAILED"]), runner.log.read_text()
    finally:
        runner.stop()
    (differences,) = installation.ask("artifacts/filter", audited)
    assert (differences["key"], plan_id in differences["data"]) == ("nightly-audit", True)


def _forge_a_limit(installation: Installation) -> None:
    """Change a limit in the read tables, behind the back of the log."""
    with closing(sqlite3.connect(installation.settings.data / "doithoai.sqlite3")) as connection:
        connection.execute("UPDATE steps SET due_on = '2030-01-01' WHERE due_on IS NOT NULL")
        connection.commit()


def _listens(installation: Installation) -> bool:
    found = installation.ask("deployments/filter", {"deployments": {"name": {"any_": ["embedded"]}}})
    return len(found) == 4 and all(each["status"] == "READY" for each in found)


def _states(installation: Installation, criteria: object) -> list[str]:
    return [run["state"]["type"] for run in installation.ask("flow_runs/filter", criteria)]
