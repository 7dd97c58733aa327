"""What is said of read tables that are not as the log says: each cell, each row missing and each in excess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from calendars.layers import OwnDay, with_closures
from tests.builders import DIALOGUE, at
from tests.contract.acting import LATE_HOURS, TERMS, act, ask, start
from workflow.domain.commands import CancelPlan, CompleteStep, SetMeeting
from workflow.domain.errors import PlanNotFound
from workflow.ports import Store, TableFault
from workflow.store.plans import LoggedPlans
from workflow.store.rows import Rows, rows_of

OTHER = replace(
    TERMS, calendar=with_closures(TERMS.calendar, [OwnDay(date(2026, 4, 29), working=False, name="Nghỉ của đơn vị")])
)


@pytest.fixture
def lived(store: Store) -> Store:
    """A store with a plan that has come some way."""
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    act(store, CompleteStep("collect"), at("2026-04-21"))
    return store


def faults(store: Store) -> list[TableFault]:
    """What is said of the plan's read tables."""
    return ask(store, lambda uow: uow.plans.table_faults("p1", TERMS))


def rewrite(store: Store, change: Callable[[Rows], Rows]) -> None:
    """Replace the plan's read tables by others than follow from its log."""
    with store() as uow:
        plans = uow.plans
        assert isinstance(plans, LoggedPlans)
        rows = rows_of(plans.get("p1"), plans.log("p1"), TERMS)
        plans.erase("p1")
        plans.write(change(rows))
        uow.commit()


def erase(store: Store, plan_id: str = "p1") -> None:
    """Empty a plan's read tables."""
    with store() as uow:
        assert isinstance(uow.plans, LoggedPlans)
        uow.plans.erase(plan_id)
        uow.commit()


def test_every_plan_that_has_a_log_or_a_row_is_listed(store: Store) -> None:
    assert ask(store, lambda uow: uow.plans.logged_ids()) == []
    for plan_id in ("p2", "p1", "đ"):
        start(store, plan_id)
    erase(store, "p1")
    assert ask(store, lambda uow: uow.plans.logged_ids()) == ["p1", "p2", "đ"]
    assert ask(store, lambda uow: uow.plans.ids()) == ["p2", "đ"]


def test_tables_that_the_engine_wrote_have_no_faults(lived: Store) -> None:
    assert faults(lived) == []
    act(lived, CancelPlan("hoãn"), at("2026-04-22"))
    assert faults(lived) == []


def test_every_cell_that_differs_is_named(lived: Store) -> None:
    def change(rows: Rows) -> Rows:
        first, *others = rows.steps
        plan = replace(rows.plan, title="Kế hoạch khác", done=6)
        return replace(rows, plan=plan, steps=(replace(first, late_working_days=2, owner=None), *others))

    rewrite(lived, change)
    assert faults(lived) == [
        TableFault("plan", "title", DIALOGUE.title, "Kế hoạch khác"),
        TableFault("plan", "done", 1, 6),
        TableFault("step collect", "owner", "Ủy ban MTTQ xã", None),
        TableFault("step collect", "late_working_days", 0, 2),
    ]


def test_rows_missing_and_in_excess_are_faults(lived: Store) -> None:
    def change(rows: Rows) -> Rows:
        (_, first), *others = rows.revisions
        more = replace(rows.steps[-1], key="more")
        return replace(rows, steps=(*rows.steps[:-1], more), revisions=(*others, (99, replace(first, revision=2))))

    rewrite(lived, change)
    assert faults(lived) == [
        TableFault("step petitions", "row", "present", "missing"),
        TableFault("revision collect/1", "row", "present", "missing"),
        TableFault("step more", "row", "missing", "present"),
        TableFault("revision collect/2", "row", "missing", "present"),
    ]


def test_of_a_plan_without_rows_every_row_is_missing(lived: Store) -> None:
    rows = ask(lived, lambda uow: 1 + len(uow.plans.steps("p1")) + len(uow.plans.revisions("p1")))
    erase(lived)
    assert [(fault.column, fault.found) for fault in faults(lived)] == [("row", "missing")] * rows


def test_the_instant_of_waking_is_compared_only_on_the_plans_own_version_of_the_calendar(lived: Store) -> None:
    with lived() as uow:
        uow.plans.rebuild("p1", LATE_HOURS)
        uow.commit()
    assert {fault.column for fault in faults(lived)} == {"wake_at"}
    assert ask(lived, lambda uow: uow.plans.table_faults("p1", OTHER)) == []


def test_tables_of_a_plan_without_a_log_cannot_be_checked(store: Store) -> None:
    with pytest.raises(PlanNotFound, match="p9"):
        ask(store, lambda uow: uow.plans.table_faults("p9", TERMS))
