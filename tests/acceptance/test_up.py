"""`doithoai up`, whole: the pages, the recurring jobs and a real Prefect server, started and stopped for real."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import COMMAND, ROOT

pytestmark = [pytest.mark.real, pytest.mark.timeout(300), pytest.mark.xdist_group("up")]


COMPLETION = r'href="(/plans/[^"#]+/steps/draft_answers/complete)"'
COMPLETION_FORM = r'<form[^>]*action="(/plans/[^"#]+/steps/draft_answers/complete)[^"]*".*?</form>'


class Running:
    """One run of `doithoai up` with what it printed."""

    def __init__(self, environment: dict[str, str], log: Path, *words: str) -> None:
        self.port, self.prefect_port = free_port(), free_port()
        self.log = log
        self.clients: list[httpx.Client] = []
        options = ["--port", str(self.port), "--prefect-port", str(self.prefect_port), *words]
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [str(COMMAND), "up", *options], env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT
            )

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def prefect(self) -> str:
        return f"http://127.0.0.1:{self.prefect_port}/api"

    def said(self) -> str:
        return self.log.read_text()

    def await_line(self, pattern: str, seconds: float = 120) -> str:
        for _ in range(int(seconds * 5)):
            found = re.search(pattern, self.said())
            if found:
                return found.group(0)
            assert self.process.poll() is None, self.said()
            time.sleep(0.2)
        raise AssertionError(f"{pattern} not in:\n{self.said()}")

    def sign_in(self) -> httpx.Client:
        link = self.await_line(r"http://\S+/sign-in\?token=\S+")
        client = httpx.Client(base_url=self.base, follow_redirects=True)
        self.clients.append(client)
        fields = dict(
            re.findall(r'name="(csrf|token)" value="([^"]+)"', client.get(link).text.partition("/sign-in/link")[2])
        )
        assert client.post("/sign-in/link", data=fields).status_code == 200
        return client

    def stop(self, number: int = signal.SIGINT) -> int:
        while self.clients:
            self.clients.pop().close()
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(true: Any, seconds: float = 30) -> bool:
    for _ in range(int(seconds * 5)):
        if true():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def running(environment: dict[str, str], tmp_path: Path) -> Iterator[Running]:
    """The demo with its Prefect server."""
    run = Running(environment, tmp_path / "up.log", "--demo")
    yield run
    run.stop(signal.SIGKILL)


def ask_prefect(run: Running, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
    """One request to Prefect, again while its SQLite is busy: it answers 503 then, and its own clients retry too."""
    for _ in range(50):
        answer = httpx.request(method, run.prefect + path, json=body, timeout=30)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.2)
    return answer.raise_for_status()


def plan_runs(run: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask_prefect(
        run, "POST", "/flow_runs/filter", {"flows": {"name": {"any_": ["plan_cycle"]}}}
    ).json()
    return found


def test_the_demo_from_the_first_line_to_the_last(
    running: Running, environment: dict[str, str], tmp_path: Path
) -> None:
    """Board, completion, Prefect, recovery, stop and resume: one run, because starting is what costs."""
    client = running.sign_in()
    assert "Bắc Thanh Miện" in client.get("/").text
    assert 'href="/plans/ubnd-phuong-thach-khoi-' in client.get("/plans?state=completed").text
    assert until(lambda: len(plan_runs(running)) == 2)

    complete_the_overdue_step(client)
    assert until(lambda: "Late" in task_states(running)), task_states(running)

    lost = next(each for each in plan_runs(running) if each["state"]["type"] == "RUNNING")
    ask_prefect(running, "DELETE", f"/flow_runs/{lost['id']}")
    assert lost["id"] not in {each["id"] for each in plan_runs(running)}
    assert until(lambda: any(r["state"]["type"] == "RUNNING" for r in plan_runs(running)), 90)

    assert running.stop() == 0
    assert "Đã dừng" in running.said()
    assert not listens(running.port)
    assert until(lambda: not listens(running.prefect_port))

    again = Running(environment, tmp_path / "again.log", "--demo", "--no-prefect")
    try:
        assert "Bắc Thanh Miện" in again.sign_in().get("/").text
    finally:
        again.stop()


def complete_the_overdue_step(client: httpx.Client) -> None:
    """Follow the link to the form of the overdue step, fill it in and send it, as a browser would."""
    board = client.get("/").text
    pages = (client.get(path).text for path in re.findall(r'href="(/plans/[^"#?/]+)"', board))
    link = next(found.group(1) for page in pages if (found := re.search(COMPLETION, page)))
    form = re.search(COMPLETION_FORM, client.get(link).text, re.DOTALL)
    assert form
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.group(0)))
    answer = client.post(
        form.group(1), data={**hidden, "happened_on": today(form.group(0)), "document_number": "31/BC"}
    )
    assert answer.status_code == 200, answer.text


def today(form: str) -> str:
    """The day that the form proposes."""
    found = re.search(r'name="happened_on" value="([^"]+)"', form)
    assert found
    return found.group(1)


def task_states(run: Running) -> set[str]:
    return {each["state"]["name"] for each in ask_prefect(run, "POST", "/task_runs/filter", {"limit": 200}).json()}


def test_a_killed_process_leaves_no_child_behind_and_no_harm(environment: dict[str, str], tmp_path: Path) -> None:
    run = Running(environment, tmp_path / "up.log", "--demo")
    run.await_line(r"Ctrl-C", 150)
    run.stop(signal.SIGKILL)
    assert until(lambda: not listens(run.prefect_port))
    verified = subprocess.run([str(COMMAND), "verify"], env=environment, capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout


def sweeper(data: Path) -> list[tuple[str]]:
    """Who holds the lease of the sweep, if anybody has taken it."""
    with closing(sqlite3.connect(data / "doithoai.sqlite3")) as database:
        return database.execute("SELECT owner FROM leases WHERE job = 'sweep'").fetchall()


def test_while_prefect_starts_the_clock_acts_and_one_interrupt_is_heeded(
    environment: dict[str, str], tmp_path: Path
) -> None:
    run = Running(environment, tmp_path / "up.log")
    try:
        assert until(lambda: listens(run.port))
        assert until(lambda: sweeper(tmp_path / "data"))
        assert not listens(run.prefect_port)
        assert run.stop() == 0
        assert "Đã dừng" in run.said()
        assert "sign-in" not in run.said()
        assert not (tmp_path / "data" / "prefect" / "runner.log").exists()
    finally:
        run.stop(signal.SIGKILL)


def test_a_taken_port_is_one_clear_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = [str(COMMAND), "up", "--port", port, "--no-prefect"]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert port in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_without_prefect_everything_else_runs(environment: dict[str, str], tmp_path: Path) -> None:
    run = Running(environment, tmp_path / "up.log", "--demo", "--no-prefect")
    try:
        client = run.sign_in()
        assert client.get("/mailbox").status_code == 200
        assert httpx.get(f"{run.base}/healthz", timeout=10).status_code == 200
        assert any((tmp_path / "data" / "mailbox" / "new").iterdir())
    finally:
        assert run.stop(signal.SIGTERM) == 0
