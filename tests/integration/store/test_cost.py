"""What the store costs: statements, transactions, rows written, and the indexes that its queries use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, insert, text

from tests.builders import DIALOGUE, at
from tests.contract.acting import TERMS, act, ask, happen, notice, petition, start
from tests.integration.store.sight import watched
from workflow.domain.commands import CompleteStep
from workflow.domain.cycle import StepStatus
from workflow.domain.events import PetitionRaised
from workflow.domain.verdict import Verdict
from workflow.ports import Cell, GroupBy, NoticeStatus, PetitionFilter, PlanFilter, StepFilter, UnitOfWork
from workflow.services.plans import handle, start_plan
from workflow.store.sql import SqlStore
from workflow.store.sql_lists import on_time_queries, petitions_query, steps_query
from workflow.store.sql_plans import counting_query, waking_query
from workflow.store.sql_records import latest_query, pending_query
from workflow.store.tables import NOTICES, PETITIONS, PLANS, STEPS

NOW = datetime(2026, 4, 6, tzinfo=UTC)
PLANS_THERE, STEPS_EACH, NOTICES_THERE = 500, 20, 10_000

ONE = frozenset({"UBND xã 7"})
OVERDUE = StepFilter(cells=frozenset({Cell.RUNNING_OVERDUE}))
MAY = StepFilter(organizations=ONE, due_since=date(2026, 5, 1), due_until=date(2026, 6, 1), undated=True)

READINGS: dict[str, Callable[[UnitOfWork], object]] = {
    "rows": lambda uow: uow.plans.rows(),
    "all steps": lambda uow: uow.plans.steps(),
    "steps of a plan": lambda uow: uow.plans.steps("p1"),
    "waking": lambda uow: uow.plans.waking(at("2030-01-01"), 100),
    "ids": lambda uow: uow.plans.ids(),
    "get and log": lambda uow: (uow.plans.get("p1"), uow.plans.log("p1")),
    "revisions": lambda uow: uow.plans.revisions("p1"),
    "pending": lambda uow: uow.outbox.pending(NOW, 100),
    "notices of a plan": lambda uow: uow.outbox.of_plan("p1"),
    "notices with a status": lambda uow: uow.outbox.with_status(NoticeStatus.DEAD, 10),
    "petitions of a plan": lambda uow: uow.plans.petitions("p1"),
    "plans chosen": lambda uow: uow.plans.rows(PlanFilter(owner="Văn phòng", text="đối thoại"), limit=9),
    "steps chosen": lambda uow: uow.plans.steps_where(OVERDUE, NOW, limit=9),
    "petitions chosen": lambda uow: uow.plans.petitions_where(PetitionFilter(text="cổng"), limit=9),
    "counts": lambda uow: uow.plans.count_steps(OVERDUE, NOW),
    "on time": lambda uow: uow.plans.on_time(StepFilter(organizations=ONE), NOW, GroupBy.OWNER),
    "counting over": lambda uow: uow.plans.counting_over(date(2026, 4, 29), date(2026, 5, 3)),
    "heads": lambda uow: uow.plans.heads(),
    "heads that are lost": lambda uow: uow.plans.lost_heads([("p1", 1, "x"), ("p2", 2, "y")]),
    "people": lambda uow: uow.directory.all(),
    "absences": lambda uow: uow.absences.on(date(2026, 4, 6)),
}


@pytest.mark.parametrize("name", READINGS)
def test_whatever_is_read_takes_one_statement(store: SqlStore, name: str) -> None:
    for number in range(3):
        start(store, f"p{number}")
    with watched(store.engine) as seen:
        ask(store, READINGS[name])
    assert len(seen.statements) == 1


def test_starting_a_plan_takes_one_transaction(store: SqlStore) -> None:
    with watched(store.engine) as seen:
        start_plan(store, lambda *_: TERMS, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="lan")
    assert (seen.begins, seen.commits) == (1, 1)


def test_completing_a_step_takes_one_transaction_and_reads_the_log_once(store: SqlStore) -> None:
    start(store)
    with watched(store.engine) as seen:
        handle(store, lambda *_: TERMS, "p1", CompleteStep("collect"), at=at("2026-04-10"), actor="lan")
    assert (seen.begins, seen.commits) == (1, 1)
    assert sum("FROM events" in statement for statement in seen.statements) == 1


def test_completing_a_step_writes_only_the_steps_that_it_changes(store: SqlStore) -> None:
    start(store)
    before = ask(store, lambda uow: uow.plans.steps("p1"))
    with watched(store.engine) as seen:
        act(store, CompleteStep("collect"), at("2026-04-10"))
    changed = [row for row in ask(store, lambda uow: uow.plans.steps("p1")) if row not in before]
    assert seen.written["steps"] == len(changed) < len(before)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A store of many plans and notices, of which few are due."""
    start(store, "p")
    plan = asdict(ask(store, lambda uow: uow.plans.rows()[0]))
    step = asdict(ask(store, lambda uow: uow.plans.steps()[0]))
    happen(store, PetitionRaised(petition()), plan_id="p")
    row = ask(store, lambda uow: uow.plans.petitions()[0])
    sent = asdict(replace(notice("n"), status=NoticeStatus.SENT, try_at=None))
    plans = [plan | {"plan_id": f"p{number}"} for number in range(PLANS_THERE)]
    steps = [step | step_of(number) for number in range(PLANS_THERE * STEPS_EACH)]
    petitions = [
        asdict(row) | {"petition_id": f"p{number}", "organization": f"UBND xã {number % 50}"}
        for number in range(2, 3000)
    ]
    notices = [sent | {"key": f"n{number}"} for number in range(NOTICES_THERE)]
    with store.engine.begin() as connection:
        connection.execute(insert(PLANS), plans)
        connection.execute(insert(STEPS), steps)
        connection.execute(insert(NOTICES), notices)
        connection.execute(insert(PETITIONS), petitions)
        connection.execute(text("ANALYZE"))
    return store


def step_of(number: int) -> dict[str, Any]:
    """What differs from step to step: one in a hundred is open with a limit, the others ended over the years."""
    changes: dict[str, Any] = {"plan_id": f"p{number % PLANS_THERE}", "key": f"s{number}", "wake_at": wake_of(number)}
    changes |= {
        "organization": f"UBND xã {number % 50}",
        "owner": f"Phòng {number % 70}",
        "owner_key": f"phòng {number % 70}",
    }
    due_on = date(2024, 1, 1) + timedelta(days=number % 900)
    changes |= {"due_on": due_on, "due_at": at(str(due_on)), "counts_since": due_on - timedelta(days=10)}
    if number % 100:
        return changes | {"status": StepStatus.DONE, "verdict": Verdict.LATE, "counts_until": None}
    return changes | {"counts_until": due_on + timedelta(days=1)}


def wake_of(number: int) -> datetime | None:
    """One step in a hundred is due, one in three never is, the others later."""
    if number % 100 == 0:
        return NOW - timedelta(minutes=number + 1)
    return None if number % 3 == 0 else NOW + timedelta(minutes=number)


def explained(store: SqlStore, query: Select[Any]) -> str:
    """How the database would answer a query."""
    literal = query.compile(store.engine, compile_kwargs={"literal_binds": True})
    words = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.engine.connect() as connection:
        return "\n".join(str(row) for row in connection.exec_driver_sql(f"{words} {literal}"))


QUERIES: dict[str, tuple[Select[Any], str]] = {
    "due steps": (waking_query(NOW, 100), "ix_steps_waking"),
    "due notices": (pending_query(NOW, 100), "ix_notices_status_owed_at"),
    "notices of a status": (latest_query(NoticeStatus.DEAD, 100), "ix_notices_status_owed_at"),
    "limits that count over days": (counting_query(date(2026, 4, 29), date(2026, 5, 3)), "ix_steps_counting"),
    "steps that are overdue": (steps_query(OVERDUE, NOW).limit(50), "ix_steps_limits"),
    "steps of a unit": (steps_query(StepFilter(owners=frozenset({"Phòng 7"})), NOW), "ix_steps_owner"),
    "steps of a period": (steps_query(replace(MAY, undated=False), NOW), "ix_steps_report"),
    "report, steps with a limit": (on_time_queries(MAY, NOW, GroupBy.KIND)[0], "ix_steps_report"),
    "report, steps without one": (on_time_queries(MAY, NOW, GroupBy.KIND)[1], "ix_steps_report"),
    "petitions of an organization": (
        petitions_query(PetitionFilter(organizations=ONE), "sqlite").limit(50),
        "ix_petitions_organization",
    ),
}


@pytest.mark.parametrize(("query", "index"), QUERIES.values(), ids=list(QUERIES))
def test_what_is_due_is_found_by_its_index_not_by_looking_at_everything(
    filled: SqlStore, query: Select[Any], index: str
) -> None:
    how = explained(filled, query)
    assert index in how
    assert not any(words in how for words in ("Seq Scan", "SCAN steps", "SCAN notices", "SCAN petitions"))


def test_what_is_due_among_much_is_found_in_order(filled: SqlStore) -> None:
    found = ask(filled, lambda uow: uow.plans.waking(NOW, 1000))
    assert found == [f"p{number}" for number in (400, 300, 200, 100, 0)]
    assert ask(filled, lambda uow: uow.plans.waking(NOW, 2)) == ["p400", "p300"]
