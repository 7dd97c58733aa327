"""What goes wrong with a database is told in one sentence, and nothing is half-written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import DIALOGUE, at
from tests.contract.acting import act_in, ask, start, start_in
from tests.contract.databases import empty_sqlite, postgresql_server, postgresql_url, run_on_server
from tests.integration.store.sight import outside, run
from workflow.domain.commands import CompleteStep
from workflow.domain.errors import StaleVersion
from workflow.store import check_version, migrate, sql_store
from workflow.store.errors import (
    DatabaseAddressWrong,
    DatabaseBusy,
    DatabaseOlder,
    DatabaseUnreachable,
    DatabaseUnreadable,
    DatabaseUnwritable,
    NameTooLong,
)
from workflow.store.plans import VersionTaken
from workflow.store.sql import SqlStore
from workflow.store.sql_plans import SqlPlans


def file_of(url: str) -> Path:
    """The file of an SQLite address."""
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def locked(sqlite_url: str) -> Iterator[str]:
    """A file that another program is writing."""
    other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield sqlite_url
    other.close()


def test_a_file_that_another_program_writes_is_busy(locked: str, sqlite_store: SqlStore) -> None:
    with pytest.raises(DatabaseBusy, match=str(file_of(locked))):
        start(sqlite_store)


def test_a_file_that_another_program_writes_can_be_read(locked: str, sqlite_store: SqlStore) -> None:
    check_version(locked)
    assert ask(sqlite_store, lambda uow: uow.plans.ids()) == []


def test_a_full_disk_is_told_and_nothing_is_half_written(sqlite_store: SqlStore) -> None:
    start(sqlite_store, "before")
    with sqlite_store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DatabaseUnwritable, match="dung lượng đĩa"):
        start_many(sqlite_store)
    with sqlite_store.reading() as uow:
        for plan_id in uow.plans.ids():
            assert uow.plans.chain_faults(plan_id) == []
            assert len(uow.plans.steps(plan_id)) == 6


def start_many(store: SqlStore) -> None:
    """Start plan after plan."""
    for number in range(100):
        start(store, f"p{number}")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    for refused in (check_version, migrate):
        with pytest.raises(DatabaseUnreadable, match=r"plan\.docx"):
            refused(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnreadable):
        start(sql_store(f"sqlite:///{file}"))


def test_a_damaged_file_is_told(sqlite_url: str) -> None:
    damaged = bytearray(file_of(sqlite_url).read_bytes())
    damaged[100:] = b"\xff" * (len(damaged) - 100)
    file_of(sqlite_url).write_bytes(damaged)
    with pytest.raises(DatabaseUnreadable, match="khôi phục"):
        check_version(sqlite_url)


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    for refused in (check_version, migrate):
        with pytest.raises(DatabaseUnreachable, match=str(tmp_path)):
            refused(f"sqlite:///{tmp_path}")


def test_a_store_does_not_make_a_file_that_is_missing(tmp_path: Path) -> None:
    url = empty_sqlite(tmp_path)
    with pytest.raises(DatabaseUnreachable):
        start(sql_store(url))
    assert not file_of(url).exists()


def test_a_store_without_its_tables_says_to_migrate(tmp_path: Path) -> None:
    url = empty_sqlite(tmp_path)
    file_of(url).touch()
    store = sql_store(url)
    with pytest.raises(DatabaseOlder, match="doithoai migrate"):
        ask(store, lambda uow: uow.plans.ids())
    store.close()


@pytest.mark.real
def test_a_server_without_the_tables_says_to_migrate() -> None:
    store = sql_store(postgresql_url())
    with pytest.raises(DatabaseOlder, match="doithoai migrate"):
        ask(store, lambda uow: uow.plans.ids())
    store.close()


@pytest.mark.real
def test_a_database_that_the_server_does_not_have_is_told_without_the_password() -> None:
    url = postgresql_url("nowhere").replace("postgres:@", "postgres:bí-mật@")
    for refused in (check_version, migrate):
        with pytest.raises(DatabaseUnreachable, match="nowhere") as refusal:
            refused(url)
        assert "bí-mật" not in str(refusal.value)


@pytest.mark.real
def test_a_server_that_does_not_run_is_told() -> None:
    url = postgresql_server().replace("{name}", "postgres").replace("/doithoai-pg-", "/no-server-")
    with pytest.raises(DatabaseUnreachable, match="máy chủ"):
        check_version(url)


@pytest.mark.real
def test_a_server_that_only_reads_is_told(postgresql_store: SqlStore) -> None:
    name = str(postgresql_store.engine.url.database)
    run_on_server(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(DatabaseUnwritable):
        start(postgresql_store)


@pytest.mark.real
def test_a_row_that_somebody_holds_for_too_long_is_busy(postgresql_url_of_store: str) -> None:
    store = SqlStore(postgresql_url_of_store, wait_seconds=0.1)
    with outside(postgresql_url_of_store).begin() as other:
        other.execute(text("LOCK TABLE events"))
        with pytest.raises(DatabaseBusy):
            start(store)
    start(store)
    store.close()


@pytest.mark.real
def test_connections_that_the_server_has_closed_are_opened_anew(postgresql_store: SqlStore) -> None:
    start(postgresql_store, "p1")
    close_connections(postgresql_store)
    start(postgresql_store, "p2")
    assert ask(postgresql_store, lambda uow: uow.plans.ids()) == ["p1", "p2"]


@pytest.mark.real
def test_a_connection_lost_within_a_unit_keeps_nothing_and_the_next_unit_works(postgresql_store: SqlStore) -> None:
    with pytest.raises(DatabaseUnreachable):
        lose_connection(postgresql_store)
    start(postgresql_store, "p2")
    assert ask(postgresql_store, lambda uow: uow.plans.ids()) == ["p2"]


def lose_connection(store: SqlStore) -> None:
    """Start a plan in a unit whose connection the server closes before the commit."""
    with store() as uow:
        start_in(uow)
        close_connections(store)
        uow.commit()


def close_connections(store: SqlStore) -> None:
    """Let the server close every connection to the store's database."""
    run_on_server(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        f"WHERE datname = '{store.engine.url.database}' AND pid <> pg_backend_pid()"
    )


@pytest.mark.real
def test_of_two_units_open_at_once_on_a_server_the_second_to_append_is_refused(postgresql_store: SqlStore) -> None:
    start(postgresql_store)
    with postgresql_store() as first, postgresql_store() as second:
        first.plans.get("p1")
        second.plans.get("p1")
        act_in(first, CompleteStep("collect"), at("2026-04-10"))
        first.commit()
        with pytest.raises(StaleVersion):
            act_in(second, CompleteStep("announce"), at("2026-04-10"))
    assert ask(postgresql_store, lambda uow: uow.plans.rows()[0].done) == 1


@pytest.mark.real
def test_a_name_too_long_for_the_indexes_of_a_server_is_told_and_nothing_is_kept(postgresql_store: SqlStore) -> None:
    name = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(2000))
    with pytest.raises(NameTooLong, match="rút ngắn"):
        start(postgresql_store, "p1", replace(DIALOGUE, organization=name))
    assert ask(postgresql_store, lambda uow: uow.plans.logged_ids()) == []


def test_a_version_written_twice_is_known_as_such_on_both_databases(store: SqlStore) -> None:
    start(store)
    with store() as uow:
        assert isinstance(uow.plans, SqlPlans)
        entries = uow.plans.entries("p1")
        with pytest.raises(VersionTaken):
            uow.plans.insert(entries[-1:])


def test_a_step_of_no_plan_is_refused_by_the_database_itself(store: SqlStore, url: str) -> None:
    start(store)
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.engine.begin() as connection:
        connection.execute(text("UPDATE steps SET plan_id = 'p9'"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "data/doithoai.sqlite3",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://root@localhost/doithoai",
        "postgresql+asyncpg://x/y",
    ],
)
def test_an_address_that_cannot_be_one_is_refused(address: str) -> None:
    for refused in (sql_store, migrate, check_version):
        with pytest.raises(DatabaseAddressWrong, match="sqlite:///"):
            refused(address)


def test_a_password_in_a_wrong_address_is_not_shown() -> None:
    for address in ("mysql://root:bi-mat@localhost/x", "postgresql://root:bi-mat@host:port/x"):
        with pytest.raises(DatabaseAddressWrong) as refusal:
            sql_store(address)
        assert "bi-mat" not in str(refusal.value)


def test_a_file_is_kept_in_the_mode_in_which_readers_do_not_wait(sqlite_store: SqlStore) -> None:
    with sqlite_store.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    assert found == ["wal", 1, 2]


def test_a_commit_survives_the_death_of_the_process(sqlite_url: str, sqlite_store: SqlStore) -> None:
    start(sqlite_store)
    run(sqlite_url, "SELECT 1")
    copy = file_of(sqlite_url).with_name("copy.sqlite3")
    for suffix in ("", "-wal"):
        copy.with_name(copy.name + suffix).write_bytes(Path(f"{file_of(sqlite_url)}{suffix}").read_bytes())
    other = sql_store(f"sqlite:///{copy}")
    assert ask(other, lambda uow: uow.plans.chain_faults("p1")) == []
    other.close()
