"""Real web servers on loopback ports that keep what they are sent and answer as a test tells them to."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


@dataclass
class Desk:
    """What a server answers, and what it was asked."""

    status: int = 200
    answer: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    tunnels: list[str] = field(default_factory=list)
    port: int = 0


@contextmanager
def web(desk: Desk, tls: ssl.SSLContext | None = None) -> Iterator[Desk]:
    """A web server while it runs, over TLS where it has a certificate."""
    with _serving(desk, _handler(desk, None), tls):
        yield desk


@contextmanager
def web_beyond_a_proxy(desk: Desk, tls: ssl.SSLContext) -> Iterator[Desk]:
    """A proxy that leads to one and the same server, whatever host somebody asks to be led to."""
    with _serving(desk, _handler(desk, tls), None):
        yield desk


@contextmanager
def _serving(desk: Desk, handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext | None) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        desk.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _handler(desk: Desk, tls: ssl.SSLContext | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            assert tls is not None
            desk.tunnels.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.connection = tls.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
            self.close_connection = False

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            desk.asked.append(Asked(self.path, dict(self.headers.items()), body))
            self.send_response(desk.status)
            for name, value in desk.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(desk.answer)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(desk.answer)
            self.close_connection = True

        def finish(self) -> None:
            super().finish()
            self.connection.close()

        def log_message(self, *_: object) -> None:
            pass

    return Handler
