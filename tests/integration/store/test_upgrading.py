"""A database that an earlier version made and used is brought to this version whole: its logs as they were, its read
tables as they follow from them.

`database_0001.json` holds all rows of a database of schema 0001 after two plans had been run on it for some weeks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Column, Date, DateTime, MetaData, Table, insert

from tests.builders import at
from tests.contract.acting import TERMS, act, ask
from tests.integration.store.sight import outside, raw_rows, run
from workflow.domain.commands import AdoptCalendar
from workflow.services.verifying import verify
from workflow.store import check_version, migrate, sql_store
from workflow.store.errors import DatabaseOlder
from workflow.store.schema import VERSION_TABLE, alembic_config
from workflow.store.sql import SqlStore

KEPT: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("database_0001.json").read_text(encoding="utf-8")
)
PLAN = "ubnd-xa-bac-thanh-mien-2026"
READERS: dict[type[Any], Callable[[str], object]] = {
    DateTime: lambda text: datetime.fromisoformat(text).astimezone(UTC),
    Date: date.fromisoformat,
}


@pytest.fixture
def old_url(empty_url: str) -> str:
    """A database of schema 0001 that has been used."""
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    with outside(empty_url).begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("DELETE FROM installation")
        for name, rows in KEPT.items():
            table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
            connection.execute(insert(table), [read(table, row) for row in rows])
    return empty_url


def read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row of the file as a table takes it."""
    return {name: value_of(table.c[name], value) for name, value in row.items()}


def value_of(column: Column[Any], value: Any) -> Any:
    """A value of the file as a column takes it."""
    reader = next((each for kind, each in READERS.items() if isinstance(column.type, kind)), None)
    return reader(value) if reader is not None and value is not None else value


@pytest.fixture
def upgraded(old_url: str) -> Iterator[SqlStore]:
    """A store on the same database, brought to this version."""
    migrate(old_url)
    store = sql_store(old_url)
    yield store
    store.close()


def test_an_old_database_is_told_to_be_old_and_then_fits(old_url: str) -> None:
    with pytest.raises(DatabaseOlder, match="doithoai migrate"):
        check_version(old_url)
    migrate(old_url)
    check_version(old_url)


def test_all_that_was_written_is_there_as_it_was(old_url: str) -> None:
    columns = {name: tuple(rows[0]) for name, rows in KEPT.items()}
    before = {name: cells(old_url, name, columns[name]) for name in KEPT}
    migrate(old_url)
    assert {name: cells(old_url, name, columns[name]) for name in KEPT} == before


def cells(url: str, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Some columns of every row as the driver gives them, sorted."""
    with outside(url).connect() as connection:
        found = connection.exec_driver_sql(
            f"SELECT {', '.join(f'{chr(34)}{c}{chr(34)}' for c in columns)} FROM {table}"
        )
        return sorted((tuple(row) for row in found), key=repr)


def test_old_logs_pass_the_audit(upgraded: SqlStore) -> None:
    found = verify(upgraded, lambda *_: TERMS)
    assert (found.plans, found.events, found.differences) == (2, len(KEPT["events"]), ())


def test_newer_columns_of_old_plans_follow_from_their_logs(upgraded: SqlStore, old_url: str) -> None:
    before = raw_rows(old_url, ("plans", "steps", "petitions", "deadline_revisions"))
    steps = {step.key: step for step in ask(upgraded, lambda uow: uow.plans.steps(PLAN))}
    assert steps["issue_conclusion"].event_on == date(2026, 5, 18)
    assert steps["issue_conclusion"].organization == "UBND xã Bắc Thanh Miện"
    assert ask(upgraded, lambda uow: uow.plans.rows())[0].folded.startswith("doi thoai")
    with upgraded() as uow:
        for plan_id in uow.plans.ids():
            uow.plans.rebuild(plan_id, TERMS)
        uow.commit()
    assert raw_rows(old_url, tuple(before)) == before


def test_an_old_plan_goes_on(upgraded: SqlStore) -> None:
    before = ask(upgraded, lambda uow: uow.plans.get(PLAN))
    after = act(upgraded, AdoptCalendar(), at("2026-05-20"), PLAN)
    assert after.version >= before.version
    assert ask(upgraded, lambda uow: uow.plans.chain_faults(PLAN)) == []


def test_a_damaged_plan_does_not_keep_the_database_from_being_upgraded(old_url: str) -> None:
    run(old_url, "UPDATE events SET payload = '{' WHERE version = 2 AND plan_id = :plan", plan=PLAN)
    migrate(old_url)
    check_version(old_url)
    store = sql_store(old_url)
    assert ask(store, lambda uow: uow.plans.chain_faults(PLAN)) == ["nội dung sự kiện số 2 đã bị sửa sau khi ghi"]
    store.close()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(old_url: str) -> None:
    run(old_url, "CREATE TABLE tokens (id INTEGER)")
    with pytest.raises(Exception, match="tokens"):
        migrate(old_url)
    with outside(old_url).connect() as connection:
        assert connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one() == "0001"
    with pytest.raises(DatabaseOlder):
        check_version(old_url)
