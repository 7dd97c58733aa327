"""The anchor of a day finds what no chain of a single plan can: a plan cut short or gone, with its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import CompleteStep
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms
from workflow.services.anchoring import AnchorUnreadable, drop_anchor
from workflow.services.plans import handle, start_plan
from workflow.services.verifying import Difference, verify
from workflow.store import migrate, sql_store

TERMS = office_terms()


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one plan and the anchors of two days."""
    path = tmp_path / "doithoai.sqlite3"
    migrate(f"sqlite:///{path}")
    store = sql_store(f"sqlite:///{path}")
    plan = start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="a").plan_id
    drop_anchor(store, at=at("2026-04-06", "17:00"))
    handle(store, terms_of, plan, CompleteStep("collect"), at=at("2026-04-22"), actor="a")
    drop_anchor(store, at=at("2026-04-22", "17:00"))
    return path


def differences(path: Path, carried: str | None = None) -> list[Difference]:
    return list(verify(sql_store(f"sqlite:///{path}"), terms_of, carried=carried).differences)


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)


def line(path: Path, day: str = "2026-04-22") -> str:
    with sqlite3.connect(path) as connection:
        digest = connection.execute("SELECT digest FROM anchors WHERE day = ?", (day,)).fetchone()[0]
    return f"Mốc niêm phong nhật ký ngày {day}: {digest}"


def test_an_untouched_database_has_no_differences_and_fits_the_line_of_a_mail(database: Path) -> None:
    assert differences(database, line(database)) == []


def test_there_is_one_anchor_a_day_and_it_keeps_only_what_has_moved(database: Path) -> None:
    store = sql_store(f"sqlite:///{database}")
    assert drop_anchor(store, at=at("2026-04-22", "23:59")) is None
    third = drop_anchor(store, at=at("2026-04-23"))
    assert third is not None
    assert third.heads == ()


def cut_the_tail(path: Path) -> None:
    """Drop the last events of the log and let the plan's row agree with what is left."""
    change(
        path,
        "DELETE FROM events WHERE version > 3",
        "UPDATE plans SET version = 3",
    )


def remove_the_plan(path: Path) -> None:
    """Drop everything that is kept of the plan."""
    tables = ("deadline_revisions", "steps", "plans", "events", "notices")
    change(path, *(f"DELETE FROM {table}" for table in tables))


@pytest.mark.parametrize("harm", [cut_the_tail, remove_the_plan])
def test_a_log_that_was_cut_or_removed_with_its_rows_is_missed_by_its_anchor(
    database: Path, harm: Callable[[Path], None]
) -> None:
    harm(database)
    assert "anchor 2026-04-22" in {each.where for each in differences(database)}


def test_an_anchor_that_was_altered_is_found(database: Path) -> None:
    change(database, "UPDATE anchors SET digest = replace(digest, 'a', 'b') WHERE day = '2026-04-06'")
    assert differences(database)[0].where == "anchor 2026-04-06"


def test_a_database_rewritten_with_its_anchors_differs_from_the_line_in_a_mailbox(database: Path) -> None:
    carried = line(database)
    change(database, "DELETE FROM anchors")
    drop_anchor(sql_store(f"sqlite:///{database}"), at=at("2026-04-22", "17:00"))
    assert [each.where for each in differences(database, carried)] == ["anchor 2026-04-22"]


def test_a_line_that_is_no_anchor_is_refused_in_one_sentence(database: Path) -> None:
    with pytest.raises(AnchorUnreadable, match="không phải mốc niêm phong"):
        differences(database, "ngày 22/04/2026: chào buổi sáng")
