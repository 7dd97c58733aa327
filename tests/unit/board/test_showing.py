"""What is shown on the flow board, when, and what happens when the board is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.builders import DIALOGUE, at, office_terms
from tests.damaging import damage
from workflow.domain.commands import CancelPlan, CompleteStep
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms
from workflow.ports import BoardRefused, BoardUnreachable, PlanView, Store
from workflow.services.plans import handle, start_plan
from workflow.services.showing import RECENT, Known, Shown, fingerprint, plan_view, show_plans
from workflow.store import memory_store

TERMS = office_terms()
NOW = at("2026-04-10")


class PaperBoard:
    """A flow board on paper: runs by id, a switch to go silent, a list of plans it does not take."""

    def __init__(self, store: Store) -> None:
        self.runs: dict[str, PlanView] = {}
        self.shown: list[str] = []
        self.silent = False
        self.refused: set[str] = set()
        self._store = store

    def show(self, plan: PlanView, flow_run_id: str | None) -> str:
        self._answer()
        if plan.plan_id in self.refused:
            raise BoardRefused(plan.plan_id)
        self.shown.append(plan.plan_id)
        run_id = flow_run_id if flow_run_id in self.runs else f"run-{len(self.shown)}"
        assert run_id is not None
        self.runs[run_id] = plan
        return run_id

    def intact(self, runs: Mapping[str, PlanView]) -> set[str]:
        self._answer()
        return {run_id for run_id, plan in runs.items() if self.runs.get(run_id) == plan}

    def address(self, flow_run_id: str) -> str:
        return f"paper:{flow_run_id}"

    def runs_page(self) -> str:
        return "paper:"

    def ask_to_advance(self, plan_id: str) -> bool:
        self._answer()
        return plan_id in self.shown

    def _answer(self) -> None:
        with self._store():  # would wait for ever if a transaction were open while the board is spoken to
            pass
        if self.silent:
            raise BoardUnreachable("silent")


@pytest.fixture
def store() -> Store:
    return memory_store()


@pytest.fixture
def board(store: Store) -> PaperBoard:
    return PaperBoard(store)


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


def start(store: Store, organization: str = "UBND xã Bắc Thanh Miện") -> str:
    plan = replace(DIALOGUE, organization=organization)
    return start_plan(store, terms_of, plan, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test").plan_id


def complete(store: Store, plan_id: str, step: str, when: datetime) -> None:
    handle(store, terms_of, plan_id, CompleteStep(step), at=when, actor="test")


def noted(store: Store, plan_id: str) -> tuple[str, str] | None:
    with store.reading() as uow:
        return uow.links.shown(plan_id)


def test_a_plan_is_shown_once_and_again_only_when_it_changed(store: Store, board: PaperBoard) -> None:
    plan_id = start(store)
    assert show_plans(store, board, at=NOW) == Shown(1, unreachable=False)
    assert show_plans(store, board, at=NOW) == Shown(0, unreachable=False)
    complete(store, plan_id, "collect", NOW)
    assert show_plans(store, board, at=NOW, plan_ids=[plan_id]) == Shown(1, unreachable=False)
    assert len(board.runs) == 1


def test_a_limit_that_passes_changes_the_look_without_any_event(store: Store, board: PaperBoard) -> None:
    start(store)
    show_plans(store, board, at=at("2026-04-23", "23:59"))
    assert show_plans(store, board, at=at("2026-04-24", "00:00")).count == 1


def test_only_the_plans_named_are_shown(store: Store, board: PaperBoard) -> None:
    start(store)
    second = start(store, "UBND phường Thạch Khôi")
    show_plans(store, board, at=NOW, plan_ids=[second])
    assert board.shown == [second]


def test_what_was_spoiled_on_the_board_is_shown_again(store: Store, board: PaperBoard) -> None:
    plan_id = start(store)
    show_plans(store, board, at=NOW)
    board.runs.clear()
    assert show_plans(store, board, at=NOW).count == 1
    assert [plan.plan_id for plan in board.runs.values()] == [plan_id]


def test_a_silent_board_raises_nothing_and_is_shown_everything_on_its_return(store: Store, board: PaperBoard) -> None:
    plan_id = start(store)
    board.silent = True
    assert show_plans(store, board, at=NOW) == Shown(0, unreachable=True)
    assert noted(store, plan_id) is None
    board.silent = False
    assert show_plans(store, board, at=NOW) == Shown(1, unreachable=False)


def test_a_board_that_falls_silent_over_a_repair_is_repaired_on_its_return(store: Store, board: PaperBoard) -> None:
    plan_id = start(store)
    show_plans(store, board, at=NOW)
    board.runs.clear()
    board.refused = {plan_id}
    assert show_plans(store, board, at=NOW).count == 0
    board.refused = set()
    assert show_plans(store, board, at=NOW, plan_ids=[plan_id]).count == 1


def test_a_plan_that_the_board_refuses_does_not_hold_up_the_others(store: Store, board: PaperBoard) -> None:
    refused, taken = start(store), start(store, "UBND phường Thạch Khôi")
    board.refused = {refused}
    assert show_plans(store, board, at=NOW) == Shown(1, unreachable=False)
    assert board.shown == [taken]


def test_a_plan_that_cannot_be_read_does_not_hold_up_the_others(
    store: Store, board: PaperBoard, caplog: pytest.LogCaptureFixture
) -> None:
    damaged, whole = start(store), start(store, "UBND phường Thạch Khôi")
    damage(store, damaged)
    assert show_plans(store, board, at=NOW) == Shown(1, unreachable=False)
    assert show_plans(store, board, at=NOW, plan_ids=[damaged]) == Shown(0, unreachable=False)
    assert board.shown == [whole]
    assert {line.getMessage().partition(":")[0] for line in caplog.records} == {damaged}


def test_the_end_of_a_plan_is_shown_and_looked_after_for_a_while_only(store: Store, board: PaperBoard) -> None:
    plan_id = start(store)
    show_plans(store, board, at=NOW)
    handle(store, terms_of, plan_id, CancelPlan("Hoãn"), at=NOW, actor="test")
    assert show_plans(store, board, at=NOW).count == 1
    board.runs.clear()
    assert show_plans(store, board, at=NOW + RECENT).count == 1
    board.runs.clear()
    assert show_plans(store, board, at=at("2026-06-30")).count == 0


def test_a_plan_whose_end_was_never_shown_is_shown_however_old_it_is(store: Store, board: PaperBoard) -> None:
    plan_id = start(store)
    handle(store, terms_of, plan_id, CancelPlan("Hoãn"), at=NOW, actor="test")
    assert show_plans(store, board, at=at("2027-01-04")).count == 1


def test_predecessors_come_first_in_a_view(store: Store) -> None:
    plan_id = start(store)
    with store.reading() as uow:
        view = plan_view(uow.plans.get(plan_id), NOW)
    seen: set[str] = set()
    for step in view.steps:
        assert set(step.after) <= seen
        seen.add(step.key)


def test_equal_views_have_equal_fingerprints_and_others_differ(store: Store) -> None:
    plan_id = start(store)
    with store.reading() as uow:
        cycle = uow.plans.get(plan_id)
    assert fingerprint(plan_view(cycle, NOW)) == fingerprint(plan_view(cycle, at("2026-04-11")))
    assert fingerprint(plan_view(cycle, NOW)) != fingerprint(plan_view(cycle, at("2026-04-24")))


def test_whoever_shows_often_reads_the_log_of_a_plan_again_only_when_it_has_changed(
    store: Store, board: PaperBoard, caplog: pytest.LogCaptureFixture
) -> None:
    plan_id, known = start(store), Known()
    assert show_plans(store, board, at=NOW, known=known).count == 1
    damage(store, plan_id)  # a log that cannot be read
    assert show_plans(store, board, at=at("2026-04-24"), known=known).count == 1
    board.runs.clear()
    assert show_plans(store, board, at=at("2026-04-24"), known=known).count == 1
    assert not caplog.records
    assert show_plans(store, board, at=at("2026-04-24"), known=Known()).count == 0
    assert caplog.records


def test_what_is_known_of_a_plan_never_outlives_a_change_nor_its_being_looked_after(
    store: Store, board: PaperBoard
) -> None:
    plan_id, known = start(store), Known()
    show_plans(store, board, at=NOW, known=known)
    complete(store, plan_id, "collect", NOW)
    assert show_plans(store, board, at=NOW, known=known).count == 1
    handle(store, terms_of, plan_id, CancelPlan("Hoãn"), at=NOW, actor="test")
    assert show_plans(store, board, at=NOW, known=known).count == 1
    assert known.plans.keys() == {plan_id}
    assert show_plans(store, board, at=at("2026-06-30"), known=known).count == 0
    assert (known.plans, known.settled) == ({}, {plan_id})
