"""Whoever changes the log behind the program's back is found out; the read tables can be made anew from it."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import Column
from sqlmodel import UTCDateTime

from tests.builders import DIALOGUE, at
from tests.contract.acting import ANSWER, TERMS, act, ask, happen, petition, start
from tests.integration.store.sight import READ_TABLES, outside, raw_rows, run
from workflow.domain.commands import CompleteStep, SetMeeting, Sweep
from workflow.domain.definition import StepDefinition, StepKind
from workflow.domain.errors import PlanNotFound
from workflow.domain.events import PetitionAnswered, PetitionRaised
from workflow.store.errors import DatabaseUnreadable, EventNewer, EventUnreadable
from workflow.store.sql import SqlStore
from workflow.store.tables import METADATA


@pytest.fixture
def lived(store: SqlStore) -> SqlStore:
    """A store with a plan that has come some way."""
    live(store)
    return store


def live(store: SqlStore) -> None:
    """Let a plan come some way: petitions are raised, one of them answered."""
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    act(store, CompleteStep("collect", date(2026, 4, 24)), at("2026-04-27"))
    happen(store, *(PetitionRaised(petition(f"p{n}")) for n in (1, 2)), PetitionAnswered("p1", ANSWER))
    act(store, Sweep(at("2026-05-20")), at("2026-05-20"))


ONE_STEP = replace(DIALOGUE, steps=(StepDefinition("only", StepKind.OTHER, "Việc duy nhất"),))
TEXTS = ("plan_id", "type", "payload", "actor", "previous_hash", "hash")
INSTANTS = ("happened_at", "recorded_at")


def flipped(text: str, place: int, mask: int) -> bytes:
    """The bytes of a text, one of them changed: in the first, the middle or the last place."""
    octets = bytearray(text.encode())
    octets[(0, len(octets) // 2, len(octets) - 1)[place]] ^= mask
    return bytes(octets)


@pytest.mark.parametrize("column", [*TEXTS, *INSTANTS])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize("mask", [0x01, 0x10, 0x80])
def test_a_flipped_byte_in_any_column_of_a_file_is_found_and_the_event_named(
    sqlite_url: str, sqlite_store: SqlStore, column: str, place: int, mask: int
) -> None:
    live(sqlite_store)
    with outside(sqlite_url).connect() as connection:
        found = connection.exec_driver_sql(f"SELECT {column} FROM events WHERE version = 3").scalar_one()
    spoilt = flipped(found, place, mask)
    run(sqlite_url, f"UPDATE events SET {column} = CAST(:cell AS TEXT) WHERE version = 3", cell=spoilt)
    assert third_is_named(sqlite_store)


@pytest.mark.parametrize("column", [*TEXTS[1:], *INSTANTS, "version"])
@pytest.mark.parametrize("cell", ["x'00ff'", "'3 '", "3.5", "'2026-04-20T02:00:00.000000'", "'2026-04-20 02:00:00'"])
def test_a_cell_that_the_program_cannot_have_written_is_found_and_the_event_named(
    sqlite_url: str, sqlite_store: SqlStore, column: str, cell: str
) -> None:
    live(sqlite_store)
    run(sqlite_url, f"UPDATE events SET {column} = {cell} WHERE version = 3")
    if (column, cell) != ("version", "'3 '"):  # which is 3 to a column of numbers
        assert third_is_named(sqlite_store)


CHANGES = {
    "happened_at": "happened_at - interval '1 microsecond'",
    "recorded_at": "'infinity'",
    "version": "99",
    **{column: f"overlay({column} placing 'ễ' from 2 for 1)" for column in TEXTS},
}


@pytest.mark.real
@pytest.mark.parametrize("column", CHANGES)
def test_a_change_to_any_column_on_a_server_is_found_and_the_event_named(
    postgresql_url_of_store: str, postgresql_store: SqlStore, column: str
) -> None:
    live(postgresql_store)
    run(postgresql_url_of_store, f"UPDATE events SET {column} = {CHANGES[column]} WHERE version = 3")
    assert third_is_named(postgresql_store)


def third_is_named(store: SqlStore) -> bool:
    """Whether the first fault told is that of the third event, and only a plain sentence comes of reading the plan."""
    first = ask(store, lambda uow: uow.plans.chain_faults("p1"))[0]
    with suppress(EventUnreadable, EventNewer):
        ask(store, lambda uow: uow.plans.get("p1"))
    return "số 3" in first or "số 2 là số 4" in first or "sau sự kiện số 2 có một dòng" in first


def test_two_events_exchanged_are_found_and_the_first_named(lived: SqlStore, url: str) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        run(url, f"UPDATE events SET version = {new} WHERE version = {old}")
    assert "số 3" in ask(lived, lambda uow: uow.plans.chain_faults("p1"))[0]


def test_an_event_removed_from_within_is_found_and_named(lived: SqlStore, url: str) -> None:
    run(url, "DELETE FROM events WHERE version = 3")
    assert "sau sự kiện số 2 là số 4" in ask(lived, lambda uow: uow.plans.chain_faults("p1"))[0]


def test_an_event_put_into_another_log_is_found_in_both(lived: SqlStore, url: str) -> None:
    run(url, "UPDATE events SET plan_id = 'p9' WHERE version = 3")
    assert ask(lived, lambda uow: uow.plans.logged_ids()) == ["p1", "p9"]
    assert ask(lived, lambda uow: uow.plans.chain_faults("p1"))
    assert ask(lived, lambda uow: uow.plans.chain_faults("p9"))


def test_a_tail_cut_off_with_all_its_traces_is_missed_by_an_earlier_anchor(lived: SqlStore, url: str) -> None:
    start(lived, "p2")
    heads = ask(lived, lambda uow: uow.plans.heads())
    run(url, "DELETE FROM events WHERE version > 5 AND plan_id = 'p1'")
    with lived() as uow:
        uow.plans.rebuild("p1", TERMS)
        uow.commit()
    assert ask(lived, lambda uow: (uow.plans.chain_faults("p1"), uow.plans.table_faults("p1", TERMS))) == ([], [])
    assert ask(lived, lambda uow: uow.plans.lost_heads(heads)) == heads[:1]


def test_a_plan_removed_with_all_its_traces_is_missed_by_an_earlier_anchor(lived: SqlStore, url: str) -> None:
    heads = ask(lived, lambda uow: uow.plans.heads())
    for table in ("events", *READ_TABLES[1:], "plans"):
        run(url, f"DELETE FROM {table}")
    assert ask(lived, lambda uow: uow.plans.logged_ids()) == []
    assert ask(lived, lambda uow: uow.plans.lost_heads(heads)) == heads


def test_events_cut_from_the_end_are_found(lived: SqlStore, url: str) -> None:
    run(url, "DELETE FROM events WHERE version > 5")
    assert "kết thúc ở sự kiện số 5" in ask(lived, lambda uow: uow.plans.chain_faults("p1"))[0]


def test_a_log_that_is_gone_altogether_is_found(lived: SqlStore, url: str) -> None:
    run(url, "DELETE FROM events")
    assert ask(lived, lambda uow: uow.plans.chain_faults("p1"))


def test_a_plan_that_is_gone_with_its_log_is_not_there(lived: SqlStore, url: str) -> None:
    for table in ("events", *READ_TABLES[1:], "plans"):
        run(url, f"DELETE FROM {table}")
    with pytest.raises(PlanNotFound):
        ask(lived, lambda uow: uow.plans.chain_faults("p1"))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("UPDATE events SET type = 'step_teleported' WHERE version = 3", EventNewer),
        ("UPDATE events SET payload = '{' WHERE version = 3", EventUnreadable),
        ("UPDATE events SET payload = REPLACE(payload, 'collect', 'nowhere') WHERE version > 1", EventUnreadable),
        ("DELETE FROM events WHERE version = 1", EventUnreadable),
    ],
)
def test_a_log_that_cannot_be_read_is_told_to_whoever_reads_it(
    lived: SqlStore, url: str, change: str, error: type[Exception]
) -> None:
    run(url, change)
    with closing(SqlStore(url)) as fresh, pytest.raises(error, match="kế hoạch «p1»"):
        ask(fresh, lambda uow: uow.plans.get("p1"))
    assert ask(lived, lambda uow: uow.plans.chain_faults("p1"))  # the audit reads anew what was read before


def test_read_tables_made_anew_are_the_same_to_the_byte(lived: SqlStore, url: str) -> None:
    start(lived, "p2")
    before = raw_rows(url, READ_TABLES)
    for plan_id in ("p1", "p2"):
        with lived() as uow:
            uow.plans.rebuild(plan_id, TERMS)
            uow.commit()
    assert raw_rows(url, READ_TABLES) == before


def test_read_tables_that_were_lost_or_spoiled_are_made_anew(lived: SqlStore, url: str) -> None:
    before = raw_rows(url, READ_TABLES)
    run(url, "DELETE FROM deadline_revisions")
    run(url, "UPDATE steps SET due_on = NULL, wake_at = NULL, name = 'khác'")
    run(url, "DELETE FROM steps WHERE key = 'answers'")
    run(url, "UPDATE plans SET done = 99")
    with lived() as uow:
        uow.plans.rebuild("p1", TERMS)
        uow.commit()
    assert raw_rows(url, READ_TABLES) == before


def columns_read() -> list[tuple[str, str]]:
    """Every column of the read tables, but the key of the plan, on which other rows hang."""
    return [(name, column.name) for name in READ_TABLES for column in METADATA.tables[name].columns][1:]


@pytest.mark.parametrize(("table", "column"), columns_read())
def test_an_edit_of_any_cell_of_the_read_tables_is_found(lived: SqlStore, url: str, table: str, column: str) -> None:
    start(lived, "p2", ONE_STEP)
    run(url, f"UPDATE {table} SET {column} = {other(METADATA.tables[table].c[column])} WHERE {ONE_OF[table]}")
    found = [ask(lived, lambda uow: uow.plans.table_faults(plan_id, TERMS)) for plan_id in ("p1", "p2")]  # noqa: B023
    assert any(found)


ONE_OF = {
    "plans": "plan_id = 'p1'",
    "steps": "plan_id = 'p1' AND key = 'answers'",
    "petitions": "plan_id = 'p1' AND petition_id = 'p1'",
    "deadline_revisions": "plan_id = 'p1' AND version = 3",
}


def other(column: Column[Any]) -> str:
    """What a cell could be changed to, as SQL."""
    if column.name == "plan_id":
        return "'p2'"
    kind: type[Any] = datetime if isinstance(column.type, UTCDateTime) else column.type.python_type
    if issubclass(kind, Enum):
        words = [repr(word.value) for word in kind]
        return f"CASE WHEN {column.name} = {words[0]} THEN {words[1]} ELSE {words[0]} END"
    changes = {bool: f"NOT {column.name}", int: f"{column.name} + 60", str: f"COALESCE({column.name}, '') || 'đ'"}
    return changes.get(kind, "'2031-01-02 03:04:05.000000'" if kind is datetime else "'2031-01-02'")


@pytest.mark.parametrize(
    "change",
    [
        "steps SET projected = 2",
        "steps SET due_at = REPLACE(due_at, ' ', 'T')",
        "steps SET wake_at = CAST(x'ff' AS TEXT)",
        "steps SET due_on = '2026-13-01'",
        "steps SET kind = 'dance'",
        "plans SET title = CAST(title AS BLOB)",
        "petitions SET anonymous = 'no'",
        "deadline_revisions SET recorded_at = SUBSTR(recorded_at, 1, 19)",
    ],
)
def test_a_cell_of_the_read_tables_that_reads_the_same_or_not_at_all_is_found(
    sqlite_url: str, sqlite_store: SqlStore, change: str
) -> None:
    live(sqlite_store)
    run(sqlite_url, f"UPDATE {change}")
    assert ask(sqlite_store, lambda uow: uow.plans.table_faults("p1", TERMS))


@pytest.mark.real
def test_an_instant_that_python_does_not_know_is_found_in_the_read_tables(
    postgresql_url_of_store: str, postgresql_store: SqlStore
) -> None:
    live(postgresql_store)
    run(postgresql_url_of_store, "UPDATE steps SET due_at = 'infinity'")
    assert ask(postgresql_store, lambda uow: uow.plans.table_faults("p1", TERMS))
    with pytest.raises(DatabaseUnreadable):
        ask(postgresql_store, lambda uow: uow.plans.steps())
