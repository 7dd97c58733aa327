"""The pages that are kept open all day, over a city's data, with twenty readers at once. Run: make bench.

One process of the web server answers on this machine; another plays the readers. The time is the server's own: from
the arrival of the request to the answer, waiting for its turn included. Each reader opens a page every two seconds;
«without a pause» is how the same pages fare when every reader asks again at once, which has no limit. Smaller: BENCH_COMMUNES=4.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.benchmarks.city import COMMUNES, NOW, PETITIONS, PLANS_EACH, fill
from tests.contract.databases import migrated_postgresql, migrated_sqlite
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.services.sessions import open_session
from workflow.settings import Settings
from workflow.store.sql import SqlStore
from workflow.web.app import create_app
from workflow.web.cookies import SESSION

READERS = int(os.environ.get("BENCH_READERS", "20"))
LOOKS = int(os.environ.get("BENCH_LOOKS", "6"))
"""How many times each reader opens each page."""

PAUSE_S = float(os.environ.get("BENCH_PAUSE", "2"))
"""How long a reader looks at a page before the next, on average; 0: none."""

LIMIT_MS = 150
LIMIT_BYTES = 150 * 1024
TIME, WORK, STATEMENTS = "x-spent-ms", "x-work-ms", "x-statements"


# ── the server ───────────────────────────────────────────────────────────────────────────────────────────────


class Measured:
    """Says with each answer how long it took: pages are sent in one piece, made before the first byte."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with its time and the statements that ran meanwhile in a header."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, busy, before = time.perf_counter(), time.process_time(), ASKED["all"]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = (time.perf_counter() - began) * 1000
                work = (time.process_time() - busy) * 1000
                told = ((TIME, f"{spent:.3f}"), (WORK, f"{work:.3f}"), (STATEMENTS, str(ASKED["all"] - before)))
                message["headers"] = [*message["headers"], *((name.encode(), value.encode()) for name, value in told)]
            await send(message)

        await self._app(scope, receive, sending)


ASKED: Counter[str] = Counter()
SPENT: Counter[str] = Counter()
"""Microseconds by statement, and how often it ran (in `ASKED`)."""


def _watch(store: SqlStore) -> None:
    engine = store.engine

    @event.listens_for(engine, "before_cursor_execute")
    def _(_c: Any, _k: Any, statement: str, _v: Any, context: Any, _m: bool) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            context.began = time.perf_counter()
            ASKED["all"] += 1

    @event.listens_for(engine, "after_cursor_execute")
    def _(_c: Any, _k: Any, statement: str, _v: Any, context: Any, _m: bool) -> None:
        if hasattr(context, "began"):
            SPENT[statement] += int((time.perf_counter() - context.began) * 1e6)
            ASKED[statement] += 1


def serve(url: str, folder: str, port: int) -> None:
    """Serve the pages until told to stop, then leave the slowest statements in the folder."""
    store = SqlStore(url)
    _watch(store)
    app = create_app(Application(Settings(data=Path(folder)), store, ClockSetByHand(NOW)))
    server = uvicorn.Server(
        uvicorn.Config(Measured(app), host="127.0.0.1", port=port, log_level="error", access_log=False)
    )
    with suppress(KeyboardInterrupt):
        server.run()
    slowest = [(spent / 1000, ASKED[statement], statement) for statement, spent in SPENT.most_common(8)]
    (Path(folder) / "slowest.json").write_text(json.dumps(slowest), "utf-8")


@contextmanager
def served(url: str, folder: Path) -> Iterator[int]:
    """A server process on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with subprocess.Popen([sys.executable, __file__, "serve", url, str(folder), str(port)]) as process:
        try:
            _await(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server did not start"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


# ── the readers ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Look:
    """One page as one reader got it; `work_ms`: what the whole server worked meanwhile."""

    spent_ms: float
    work_ms: float
    size: int
    statements: int


def look(connection: http.client.HTTPConnection, path: str, secret: str) -> Look:
    """Open a page."""
    connection.request("GET", path, headers={"Cookie": f"{SESSION}={secret}"})
    answer = connection.getresponse()
    size = len(answer.read())
    assert answer.status == 200, (path, answer.status)
    return Look(float(answer.headers[TIME]), float(answer.headers[WORK]), size, int(answer.headers[STATEMENTS]))


def read(port: int, secret: str, paths: list[str], number: int, pause_s: float) -> list[tuple[str, Look]]:
    """One reader: every page in turn, each beginning with another."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        time.sleep(pause_s * number / READERS)
        seen = []
        for turn in range(LOOKS * len(paths)):
            path = paths[(turn + number) % len(paths)]
            began = time.perf_counter()
            seen.append((path, look(connection, path, secret)))
            time.sleep(max(0.0, pause_s - (time.perf_counter() - began)))
        return seen


def together(port: int, secret: str, paths: list[str], pause_s: float) -> dict[str, list[Look]]:
    """All readers at once."""
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read, port, secret, paths, number, pause_s) for number in range(READERS)]
        seen: dict[str, list[Look]] = {path: [] for path in paths}
        for reader in readers:
            for path, found in reader.result():
                seen[path].append(found)
    return seen


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────


def say(what: str, measured: str, limit: str, verdict: str = "") -> None:
    """One row of the table."""
    sys.stdout.write(f"{what:<66} {measured:>22} {limit:>16} {verdict:>7}\n")
    sys.stdout.flush()


def p95(looks: list[Look]) -> float:
    """The time within which 95 of 100 answers came."""
    times = sorted(each.spent_ms for each in looks)
    return times[max(0, -(-len(times) * 95 // 100) - 1)]


def pages(plans: list[str]) -> dict[str, str]:
    """What is measured: name and address."""
    made = {"home": "/", "board": "/plans", "report": "/reports"}
    return made | {"plan, young": f"/plans/{plans[0]}", "plan, old": f"/plans/{plans[-1]}"}


def measure(name: str, url: str, folder: Path, plans: list[str]) -> None:
    """Every page of a reader of the city and of one of a commune."""
    with closing(SqlStore(url)) as store:
        people = {"city": "pho", "commune": "lan0"}
        secrets = {who: open_session(store, person, at=NOW) for who, person in people.items()}
    with served(url, folder) as port:
        for who, secret in secrets.items():
            _measure_pages(f"{name}, {who}", port, secret, pages(plans))
    if os.environ.get("BENCH_SLOWEST"):
        for spent, times, statement in json.loads((folder / "slowest.json").read_text("utf-8")):
            sys.stdout.write(f"  {spent / times:8.2f} ms × {times}: {' '.join(statement.split())[:1500]}\n")


def _measure_pages(name: str, port: int, secret: str, asked: dict[str, str]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        alone = {path: [look(connection, path, secret) for _ in range(6)][1:] for path in asked.values()}
    paths = list(asked.values())
    for how, pause_s in ((f"{READERS} readers", PAUSE_S), (f"{READERS} without a pause", 0.0)):
        seen = together(port, secret, paths, pause_s)
        for page, path in asked.items():
            spent = p95(seen[path])
            verdict = ("ok" if spent < LIMIT_MS else "MISSED") if pause_s else ""
            one = min(each.work_ms for each in alone[path])
            say(
                f"{name}: {page}, {how}, p95 ({one:.0f} ms of work)",
                f"{spent:.0f} ms",
                f"< {LIMIT_MS} ms" if pause_s else "",
                verdict,
            )
    for page, path in asked.items():
        size, statements = alone[path][-1].size, alone[path][-1].statements
        verdict = "ok" if size < LIMIT_BYTES else "MISSED"
        note = f"{name}: {page}, weight ({statements} statements)"
        say(note, f"{size / 1024:.0f} KiB", f"< {LIMIT_BYTES // 1024} KiB", verdict)


def main() -> None:
    """Print each figure beside its limit."""
    what = f"{COMMUNES} communes × {PLANS_EACH} plans × 14 steps, {PETITIONS} petitions a plan"
    say(f"city: {what}", "measured", "limit")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = migrated_sqlite(folder)
        measure("SQLite", url, folder, fill(url))
    with tempfile.TemporaryDirectory() as name, migrated_postgresql() as url:
        measure("PostgreSQL", url, Path(name), fill(url))


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
