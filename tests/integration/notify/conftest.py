"""Delivery over the store in memory and over SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.databases import migrated_sqlite
from workflow.ports import Store
from workflow.store.memory import MemoryStore
from workflow.store.sql import SqlStore


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty SQLite database."""
    return migrated_sqlite(tmp_path)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[SqlStore]:
    """The store in that database."""
    store = SqlStore(sqlite_url)
    yield store
    store.close()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of either kind."""
    if request.param == "memory":
        return MemoryStore()
    made: SqlStore = request.getfixturevalue("sqlite")
    return made
