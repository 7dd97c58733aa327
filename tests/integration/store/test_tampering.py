"""Whoever changes the log behind the program's back is found out; the read tables can be made anew from it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import at
from tests.contract.acting import TERMS, act, ask, start
from tests.integration.store.sight import READ_TABLES, raw_rows, run
from workflow.domain.commands import CompleteStep, SetMeeting, Sweep
from workflow.domain.errors import PlanNotFound
from workflow.store.errors import EventNewer, EventUnreadable
from workflow.store.sql import SqlStore


@pytest.fixture
def lived(store: SqlStore) -> SqlStore:
    """A store with a plan that has come some way."""
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    act(store, CompleteStep("collect", date(2026, 4, 24)), at("2026-04-27"))
    act(store, Sweep(at("2026-05-20")), at("2026-05-20"))
    return store


CHANGES = {
    "payload": "UPDATE events SET payload = REPLACE(payload, '2026', '2027') WHERE version = 3",
    "actor": "UPDATE events SET actor = 'minh tuấn' WHERE version = 3",
    "happened_at": "UPDATE events SET happened_at = recorded_at, recorded_at = '2026-04-01 00:00:00.000000' WHERE version = 3",
    "type": "UPDATE events SET type = 'plan_completed' WHERE version = 3",
    "hash": "UPDATE events SET hash = previous_hash WHERE version = 3",
    "gone": "DELETE FROM events WHERE version = 3",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_to_one_event_is_found_and_the_event_named(lived: SqlStore, url: str, change: str) -> None:
    run(url, CHANGES[change])
    faults = ask(lived, lambda uow: uow.plans.chain_faults("p1"))
    assert faults
    assert "số 3" in faults[0] or "số 2 là số 4" in faults[0]


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
def test_a_log_that_cannot_be_read_is_told(lived: SqlStore, url: str, change: str, error: type[Exception]) -> None:
    run(url, change)
    with pytest.raises(error, match="kế hoạch «p1»"):
        ask(lived, lambda uow: uow.plans.get("p1"))


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
