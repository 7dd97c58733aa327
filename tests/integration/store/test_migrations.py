"""The schema: made and brought up by `migrate`, looked at by `check_version`, the same as the tables say."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests.contract.acting import ask, start
from tests.integration.store.sight import outside, raw_rows, run, table_names
from workflow.store import check_version, migrate, sql_store
from workflow.store.errors import DatabaseForeign, DatabaseNewer, DatabaseOlder, DatabaseUnwritable
from workflow.store.schema import REVISIONS, VERSION_TABLE, alembic_config
from workflow.store.tables import METADATA


def test_the_revisions_named_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_the_migrations_make_what_the_tables_say(url: str) -> None:
    with outside(url).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_keys_and_names_are_those_of_the_tables(url: str) -> None:
    seen = inspect(outside(url))
    for table in METADATA.sorted_tables:
        assert seen.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
        if not url.startswith("sqlite"):
            assert seen.get_pk_constraint(table.name)["name"] == table.primary_key.name


@pytest.mark.real
def test_identifiers_are_sorted_by_code_points_on_postgresql(postgresql_url_of_store: str) -> None:
    query = (
        "SELECT table_name || '.' || column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND collation_name = 'C'"
    )
    with outside(postgresql_url_of_store).connect() as connection:
        sorted_so = set(connection.scalars(text(query)))
    assert {"plans.plan_id", "steps.plan_id", "steps.key", "events.plan_id", "notices.key"} <= sorted_so


def test_a_new_database_is_made_and_fits(empty_url: str) -> None:
    migrate(empty_url)
    check_version(empty_url)
    assert table_names(empty_url) == {*METADATA.tables, VERSION_TABLE}


def test_migrating_again_changes_nothing(url: str) -> None:
    store = sql_store(url)
    start(store)
    store.close()
    before = raw_rows(url, tuple(METADATA.tables))
    migrate(url)
    assert raw_rows(url, tuple(METADATA.tables)) == before


def test_every_database_has_an_id_of_its_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("a", "b"):
        migrate(f"sqlite:///{tmp_path / name}")
        store = sql_store(f"sqlite:///{tmp_path / name}")
        ids.add(ask(store, lambda uow: uow.links.installation_id()))
        store.close()
    assert len(ids) == 2


def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(url: str) -> None:
    run(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    before = contents(url)
    for refused in (migrate, check_version):
        with pytest.raises(DatabaseNewer, match="phiên bản mới hơn"):
            refused(url)
    assert contents(url) == before


def test_a_database_without_a_schema_is_older_and_left_as_it_is(empty_url: str) -> None:
    if not empty_url.startswith("sqlite"):
        with pytest.raises(DatabaseOlder, match="doithoai migrate"):
            check_version(empty_url)
        assert table_names(empty_url) == set()


def test_looking_at_an_sqlite_file_that_is_missing_does_not_make_it(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite3"
    with pytest.raises(DatabaseOlder, match="doithoai migrate"):
        check_version(f"sqlite:///{file}")
    assert not file.exists()


def test_an_empty_sqlite_file_is_older_and_left_empty(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite3"
    file.touch()
    with pytest.raises(DatabaseOlder):
        check_version(f"sqlite:///{file}")
    assert file.stat().st_size == 0


def test_a_database_of_another_program_is_refused_and_left_as_it_is(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    run(empty_url, "CREATE TABLE events (id INTEGER)")
    with pytest.raises(DatabaseForeign, match="chương trình khác"):
        migrate(empty_url)
    assert table_names(empty_url) == {"events"}


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    file = tmp_path / "dữ liệu" / "năm 2026 #?%20" / "a.sqlite3"
    url = f"sqlite:///{file}"
    migrate(url)
    check_version(url)
    assert file.is_file()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnwritable, match=str(tmp_path)):
        migrate(f"sqlite:///{tmp_path / 'file' / 'a.sqlite3'}")


def test_several_who_migrate_at_once_do_no_harm(empty_url: str) -> None:
    assert in_processes(3, migrate_when_all_are_ready, empty_url) == [0, 0, 0]
    check_version(empty_url)
    assert len(raw_rows(empty_url, ("installation",))["installation"]) == 1


def test_several_who_first_use_a_new_database_at_once_do_no_harm(empty_url: str) -> None:
    migrate(empty_url)
    assert in_processes(3, start_when_all_are_ready, empty_url) == [0, 0, 0]
    store = sql_store(empty_url)
    assert len(ask(store, lambda uow: uow.plans.ids())) == 3
    store.close()


def in_processes(number: int, act: Callable[[Barrier, str], None], url: str) -> list[int | None]:
    """The exit codes of processes that do the same at the same moment."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(number)
    processes = [context.Process(target=act, args=(ready, url)) for _ in range(number)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def migrate_when_all_are_ready(ready: Barrier, url: str) -> None:
    """Make the database, in a process of its own."""
    ScriptDirectory.from_config(alembic_config())
    ready.wait()
    migrate(url)


def start_when_all_are_ready(ready: Barrier, url: str) -> None:
    """Start a plan, in a process of its own."""
    store = sql_store(url)
    ready.wait()
    start(store, f"p{os.getpid()}")
    store.close()


def contents(url: str) -> object:
    """All of a database: the bytes of a file, the rows of a server."""
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).read_bytes()
    return raw_rows(url, tuple(METADATA.tables)), table_names(url)
