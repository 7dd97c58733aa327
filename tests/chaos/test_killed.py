"""A process killed at any moment leaves a database that is whole: events, tables and notices commit together."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.builders import at, office_terms
from workflow.domain.definition import PlanDefinition
from workflow.domain.events import RungReached
from workflow.domain.ladder import Terms
from workflow.ports import Store
from workflow.services.sweeping import sweep
from workflow.services.verifying import verify
from workflow.store import migrate, sql_store

ROOT = Path(__file__).parent.parent.parent
TERMS = office_terms()


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


def killed_after(seconds: float, url: str) -> None:
    """Let a busy office work for a while, then kill it without a word."""
    command = [sys.executable, "-m", "tests.chaos.busy_office", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as office:
        assert office.stdout is not None
        assert office.stdout.readline()
        time.sleep(seconds)
        office.kill()


def rungs_and_notices(store: Store) -> tuple[set[tuple[str, str, int, str]], set[tuple[str, str, int, str]]]:
    """What the logs owe and what the outbox holds, as (plan, step, revision, rung)."""
    owed, written = set(), set()
    with store.reading() as uow:
        for plan_id in uow.plans.ids():
            for recorded in uow.plans.log(plan_id):
                if isinstance(recorded.event, RungReached):
                    owed.add((plan_id, recorded.event.step, recorded.event.revision, recorded.event.rung))
            written |= {(n.plan_id, n.step, n.revision, n.rung) for n in uow.outbox.of_plan(plan_id)}
    return owed, written


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.45])
def test_nothing_is_half_written(tmp_path: Path, seconds: float) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    migrate(url)
    killed_after(seconds, url)
    store = sql_store(url)
    assert verify(store, terms_of).differences == ()
    owed, written = rungs_and_notices(store)
    assert owed == written
    sweep(store, terms_of, at=at("2026-05-04"))
    with store.reading() as uow:
        keys = Counter(notice.key for plan_id in uow.plans.ids() for notice in uow.outbox.of_plan(plan_id))
    assert keys
    assert set(keys.values()) == {1}


def test_a_second_kill_on_the_same_database_harms_no_more_than_the_first(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    migrate(url)
    for seconds in (0.1, 0.15):
        killed_after(seconds, url)
    assert verify(sql_store(url), terms_of).ok
