"""Prefect as our own children: its server, and the runner that serves our short flows beside it.

Both keep to one folder, talk to nobody outside this machine, log to files, and end with the process that started
them, however that ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import httpx

_ROOT = Path(__file__).parents[2]
_LOOK_EVERY_SECONDS = 0.2
_STOP_SECONDS = 10.0
_QUIET: Mapping[str, str] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}


class RunnerSettings(Protocol):
    """What the runner hands on to the flows: our settings, as the parent resolved them."""

    data: Path

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """Every setting by its name, as plain values."""
        ...


class Child:
    """A Python module run as a child in a process group of its own, its output in a file.

    `environment` is added to ours, of which every `PREFECT_…` setting is left out.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = [sys.executable, "-m", "workflow.board.child", *command]
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self.log = log

    def start(self) -> None:
        """Start it, or start it again when it has died; nothing happens while it is alive."""
        if self.alive():
            return
        self.stop()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a command of our own
                self._command,
                env=_environment(self._environment),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def alive(self) -> bool:
        """Whether it was started and runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it and everything it started, gently first; nothing of it is left afterwards."""
        process, self._process = self._process, None
        if process is None:
            return
        _signal_group(process.pid, signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdin is not None:
                process.stdin.close()


class PrefectServer(Child):
    """A Prefect server on 127.0.0.1 that keeps its SQLite and its log in the folder `data`."""

    def __init__(self, data: Path, port: int) -> None:
        home = data.resolve()
        self.ui_url = f"http://127.0.0.1:{port}"
        self.api_url = f"{self.ui_url}/api"
        environment = {
            **_QUIET,
            "PREFECT_HOME": str(home),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
            "PREFECT_SERVER_UI_API_URL": self.api_url,
        }
        super().__init__(_server_command(port), environment, home / "server.log")

    def wait_healthy(
        self,
        timeout: float,
        on_progress: Callable[[float], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Wait until it answers; False when it ends instead, or does not answer within `timeout` seconds.

        `on_progress` is told the seconds waited so far, about once a second. `stop` is asked before each look whether
        to give up the wait.
        """
        began, told = time.monotonic(), 0
        while not stop():
            if self.healthy():
                return True
            waited = time.monotonic() - began
            if waited > timeout or not self.alive():
                return False
            if on_progress is not None and int(waited) > told:
                told = int(waited)
                on_progress(waited)
            time.sleep(_LOOK_EVERY_SECONDS)
        return False

    def healthy(self) -> bool:
        """Whether it is alive and answers now."""
        try:
            return self.alive() and httpx.get(f"{self.api_url}/health", timeout=2.0).is_success
        except httpx.TransportError:
            return False


class PrefectRunner(Child):
    """Serves the flows of the embedded default: the audit, a plan's advance, a calendar's adoption.

    The flows see the same settings as the parent, with the address of this server.
    """

    def __init__(self, settings: RunnerSettings, api_url: str) -> None:
        home = Path(settings.data).resolve() / "prefect"
        environment = {
            **_QUIET,
            **_as_environment(settings),
            "DOITHOAI_DATA": str(Path(settings.data).resolve()),
            "DOITHOAI_PREFECT_API": api_url,
            "PREFECT_API_URL": api_url,
            "PREFECT_HOME": str(home / "runner"),
            "PREFECT_RUNNER_POLL_FREQUENCY": "5",
        }
        super().__init__(["flows.serve"], environment, home / "runner.log")


def _as_environment(settings: RunnerSettings) -> dict[str, str]:
    values = settings.model_dump(mode="json")
    return {f"DOITHOAI_{name.upper()}": str(value) for name, value in values.items() if value is not None}


def _server_command(port: int) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", str(port)]
    limits = ["--timeout-keep-alive", "5", "--timeout-graceful-shutdown", "3", "--log-level", "warning"]
    return ["uvicorn", "--factory", "prefect.server.api.server:create_app", *where, *limits]


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    paths = [str(_ROOT), *filter(None, [inherited.get("PYTHONPATH")])]
    return {**inherited, "PYTHONPATH": os.pathsep.join(paths), **ours}


def _signal_group(group: int, signal_number: signal.Signals) -> None:
    try:
        os.killpg(group, signal_number)
    except (ProcessLookupError, PermissionError):  # macOS answers the second for a group that has just ended
        return
