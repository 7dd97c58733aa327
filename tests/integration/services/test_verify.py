"""The audit finds what was changed behind the engine's back."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import CompleteStep, SetMeeting
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms
from workflow.services.plans import handle, start_plan
from workflow.services.sweeping import sweep
from workflow.services.verifying import Verified, verify
from workflow.store import migrate, sql_store

TERMS = office_terms()


def terms_of(_definition: PlanDefinition) -> Terms:
    return TERMS


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one plan that has lived a little."""
    path = tmp_path / "doithoai.sqlite3"
    migrate(f"sqlite:///{path}")
    store = sql_store(f"sqlite:///{path}")
    plan = start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="a").plan_id
    handle(store, terms_of, plan, CompleteStep("collect"), at=at("2026-04-22"), actor="a")
    handle(store, terms_of, plan, SetMeeting(date(2026, 5, 15)), at=at("2026-04-22"), actor="a")
    sweep(store, terms_of, at=at("2026-04-29"))
    return path


def audit(path: Path) -> Verified:
    return verify(sql_store(f"sqlite:///{path}"), terms_of)


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement).rowcount >= 1
    connection.close()


def test_a_database_that_nobody_touched_is_as_its_events_say(database: Path) -> None:
    verified = audit(database)
    assert (verified.ok, verified.plans, verified.events > 10) == (True, 1, True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE steps SET due_on = '2026-06-30' WHERE key = 'conclusion'",
        "UPDATE steps SET verdict = 'late' WHERE key = 'collect'",
        "UPDATE steps SET wake_at = NULL WHERE key = 'answers'",
        "DELETE FROM steps WHERE key = 'petitions'",
        "UPDATE events SET actor = 'b' WHERE version = 3",
        "UPDATE events SET type = 'PlanCompleted' WHERE version = 2",
        "DELETE FROM events WHERE version = (SELECT max(version) FROM events)",
        "DELETE FROM events WHERE version = 4",
    ],
)
def test_whatever_is_changed_behind_the_engine_is_found(database: Path, statement: str) -> None:
    change(database, statement)
    assert not audit(database).ok
