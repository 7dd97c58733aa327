"""Stores on real databases, with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.databases import empty_postgresql, empty_sqlite, migrated_postgresql, migrated_sqlite
from workflow.store.sql import SqlStore

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.real)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    with ExitStack() as undo:
        yield empty_sqlite(tmp_path) if request.param == "sqlite" else undo.enter_context(empty_postgresql())


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with this version's schema."""
    with ExitStack() as undo:
        yield migrated_sqlite(tmp_path) if request.param == "sqlite" else undo.enter_context(migrated_postgresql())


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store on a database of its own."""
    store = SqlStore(url, wait_seconds=20)
    yield store
    store.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file with this version's schema."""
    return migrated_sqlite(tmp_path)


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[SqlStore]:
    """A store on an SQLite file; its writers hardly wait for each other."""
    store = SqlStore(sqlite_url, wait_seconds=0.1)
    yield store
    store.close()


@pytest.fixture
def postgresql_url_of_store() -> Iterator[str]:
    """The address of a PostgreSQL database with this version's schema."""
    with migrated_postgresql() as url:
        yield url


@pytest.fixture
def postgresql_store(postgresql_url_of_store: str) -> Iterator[SqlStore]:
    """A store on PostgreSQL."""
    store = SqlStore(postgresql_url_of_store, wait_seconds=20)
    yield store
    store.close()
