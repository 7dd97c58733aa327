"""A real Prefect server for each test process, and a store and a board for each test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.integration.prefect.place import Place
from workflow.board.prefect_rest import PrefectBoard
from workflow.board.server import PrefectServer
from workflow.store import memory_store


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A Prefect server that answers."""
    server = PrefectServer(tmp_path_factory.mktemp("prefect"), free_port())
    server.start()
    assert server.wait_healthy(120), server.log.read_text()
    yield server
    server.stop()


@pytest.fixture
def board(server: PrefectServer) -> Iterator[PrefectBoard]:
    """A board of an installation of its own."""
    board = PrefectBoard(server.api_url, server.ui_url, uuid4().hex)
    yield board
    board.close()


@pytest.fixture
def place(server: PrefectServer, board: PrefectBoard) -> Iterator[Place]:
    """A running plan in a store, its board, and Prefect's API to look and to meddle with."""
    place = Place(memory_store(), board, server.api_url)
    yield place
    place.api.close()
