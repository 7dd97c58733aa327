"""Every test of this folder runs over the store in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.databases import migrated_postgresql, migrated_sqlite
from workflow.ports import Store
from workflow.store.memory import MemoryStore
from workflow.store.sql import SqlStore

MakeStore = Callable[[float], Store]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.real)])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes an empty store whose writers wait so many seconds for each other."""
    with ExitStack() as undo:

        def make(wait_seconds: float) -> Store:
            if request.param == "memory":
                return MemoryStore(wait_seconds=wait_seconds)
            url = migrated_sqlite(tmp_path) if request.param == "sqlite" else undo.enter_context(migrated_postgresql())
            store = SqlStore(url, wait_seconds=wait_seconds)
            undo.callback(store.close)
            return store

        yield make


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    """An empty store."""
    return make_store(30)


@pytest.fixture
def impatient(make_store: MakeStore) -> Store:
    """An empty store whose writers hardly wait for each other."""
    return make_store(0.1)
