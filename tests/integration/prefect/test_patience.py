"""How the board bears with a server that is busy, silent, or not Prefect at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from workflow.board.rest import Moved, PrefectApi
from workflow.ports import BoardRefused, BoardUnreachable

Answer = tuple[int, str]


class Scripted(ThreadingHTTPServer):
    """Gives the answers of a script one after another, the last one again and again; counts what it was asked."""

    def __init__(self, script: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Reader)
        self.script = script
        self.asked = 0

    def next_answer(self) -> Answer:
        self.asked += 1
        return self.script[min(self.asked, len(self.script)) - 1]


class Reader(BaseHTTPRequestHandler):
    """Reads the request and answers from the script."""

    server: Scripted

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        status, text = self.server.next_answer()
        self.send_response(status)
        self.send_header("content-length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST  # noqa: N815 - the names that http.server looks for
    do_DELETE = do_POST  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@pytest.fixture
def server() -> Iterator[Scripted]:
    """A server whose script the test writes."""
    server = Scripted([])
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def api(server: Scripted) -> Iterator[PrefectApi]:
    """The API at that server, with little patience."""
    api = PrefectApi(f"http://127.0.0.1:{server.server_address[1]}/api", patience=0.3, patience_when_silent=0.1)
    yield api
    api.close()


BUSY = (503, '{"exception_message": "Service Unavailable"}')


def test_a_busy_server_is_asked_again(server: Scripted, api: PrefectApi) -> None:
    server.script = [BUSY, BUSY, (200, json.dumps([1]))]
    assert api.post("flow_runs/count", {}) == [1]
    assert server.asked == 3


def test_a_server_that_stays_busy_is_given_up(server: Scripted, api: PrefectApi) -> None:
    server.script = [BUSY]
    with pytest.raises(BoardUnreachable, match="503"):
        api.post("flow_runs/count", {})


def test_a_closed_port_is_given_up(server: Scripted) -> None:
    silent = PrefectApi("http://127.0.0.1:1/api", patience_when_silent=0.1)
    with pytest.raises(BoardUnreachable, match="ConnectError"):
        silent.post("flow_runs/count", {})
    silent.close()


def test_what_is_gone_or_made_by_somebody_else_is_read_again(server: Scripted, api: PrefectApi) -> None:
    server.script = [(404, "{}"), (409, "{}"), (404, "{}"), (404, "{}")]
    with pytest.raises(Moved):
        api.post("task_runs/x/set_state", {})
    with pytest.raises(Moved):
        api.post("task_runs/", {})
    assert api.find("flow_runs/x") is None
    api.delete("task_runs/x")


def test_a_request_that_is_not_taken_is_refused_at_once(server: Scripted, api: PrefectApi) -> None:
    server.script = [(422, '{"exception_detail": "name"}')]
    with pytest.raises(BoardRefused, match="422"):
        api.post("flow_runs/", {})
    assert server.asked == 1


def test_another_program_on_the_port_is_not_taken_for_prefect(server: Scripted, api: PrefectApi) -> None:
    server.script = [(200, "<html>Xin chào</html>")]
    with pytest.raises(BoardUnreachable, match="as Prefect answers"):
        api.post("flow_runs/count", {})


def test_rows_come_page_by_page_until_a_page_is_not_full(server: Scripted, api: PrefectApi) -> None:
    server.script = [(200, json.dumps([{"id": n} for n in range(200)])), (200, json.dumps([{"id": 200}]))]
    assert len(list(api.rows("flow_runs/filter", {}))) == 201
    assert server.asked == 2
