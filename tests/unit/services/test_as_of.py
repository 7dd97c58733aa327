"""The state as it was known on a past day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import CompleteStep
from workflow.domain.cycle import StepStatus
from workflow.domain.verdict import Standing
from workflow.ports import Store
from workflow.services.as_of import DayToCome, NotStartedThen, instant_of, known_at
from workflow.services.plans import handle, start_plan
from workflow.store import memory_store

TERMS = office_terms()


@pytest.fixture
def store() -> Store:
    """A plan started on 6/4; "collect" ended on 22/4, which was recorded on 28/4."""
    made = memory_store()
    plan = start_plan(made, lambda *_: TERMS, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="a")
    late = CompleteStep("collect", happened_on=date(2026, 4, 22))
    handle(made, lambda *_: TERMS, plan.plan_id, late, at=at("2026-04-28"), actor="a")
    return made


def standing(store: Store, day: str) -> Standing:
    at_ = instant_of(date.fromisoformat(day), at("2026-06-01"))
    with store.reading() as uow:
        return known_at(uow, uow.plans.ids()[0], at_).steps["collect"].standing(at_)


def test_a_fact_is_not_known_before_it_was_recorded_though_it_had_happened(store: Store) -> None:
    assert standing(store, "2026-04-23") is Standing.RUNNING_IN_TIME
    assert standing(store, "2026-04-27") is Standing.RUNNING_OVERDUE
    assert standing(store, "2026-04-28") is Standing.DONE_ON_TIME


def test_the_state_of_today_is_that_of_now(store: Store) -> None:
    now = at("2026-04-28", "08:00")
    with store.reading() as uow:
        cycle = known_at(uow, uow.plans.ids()[0], instant_of(date(2026, 4, 28), now))
    assert cycle.steps["collect"].status is StepStatus.OPEN


def test_a_day_before_the_plan_was_recorded_is_refused_with_the_day_it_was(store: Store) -> None:
    with pytest.raises(NotStartedThen, match="được ghi ngày 06/04/2026"):
        standing(store, "2026-04-05")


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(DayToCome, match="02/06/2026 chưa tới"):
        instant_of(date(2026, 6, 2), at("2026-06-01"))
