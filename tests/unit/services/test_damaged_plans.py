"""A plan that is damaged, or that no calendar reaches, keeps the clock from no other plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendars.working_calendar import OutsideCalendar
from tests.builders import DIALOGUE, at, office_terms
from tests.damaging import damage
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience, Terms
from workflow.ports import Person, Store
from workflow.services.digesting import Duty, send_digests, this_morning
from workflow.services.plans import start_plan
from workflow.services.sweeping import Swept, sweep
from workflow.services.terms import TermsOf
from workflow.store import memory_store
from workflow.store.errors import DatabaseBusy
from workflow.store.memory import MemoryStore

TERMS = office_terms()
ILL, WELL = "UBND xã Ốm", "UBND xã Khỏe"
WARNED = at("2026-04-20", "08:00")


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


def out_of_reach(definition: PlanDefinition, _version: str | None = None) -> Terms:
    """The terms of a plan, while the one that is ill has a day that its calendar does not cover."""
    if definition.organization == ILL:
        raise OutsideCalendar(date(2150, 1, 1), TERMS.calendar.covered_since, TERMS.calendar.covered_since)
    return TERMS


def started(store: Store, organization: str) -> str:
    plan = replace(DIALOGUE, organization=organization)
    return start_plan(store, terms_of, plan, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test").plan_id


@pytest.fixture
def store() -> MemoryStore:
    return memory_store()


def spoil_events(store: Store, plan_id: str) -> TermsOf:
    damage(store, plan_id)
    return terms_of


def spoil_terms(_store: Store, _plan_id: str) -> TermsOf:
    return out_of_reach


@pytest.mark.parametrize("spoil", [spoil_events, spoil_terms])
def test_a_sweep_leaves_it_out_with_one_line_and_does_the_others(
    store: MemoryStore, spoil: Callable[[Store, str], TermsOf], caplog: pytest.LogCaptureFixture
) -> None:
    ill, well = started(store, ILL), started(store, WELL)
    terms = spoil(store, ill)
    assert sweep(store, terms, at=WARNED) == Swept((well,), (ill,))
    assert [line.getMessage().partition(":")[0] for line in caplog.records] == [ill]
    assert sweep(store, terms, at=WARNED) == Swept((), (ill,))


def test_a_database_that_is_busy_is_no_plans_fault() -> None:
    store = MemoryStore(wait_seconds=0.01)
    started(store, WELL)
    with store(), pytest.raises(DatabaseBusy):
        sweep(store, terms_of, at=WARNED)


def test_a_digest_tells_the_duties_of_the_others(store: MemoryStore, caplog: pytest.LogCaptureFixture) -> None:
    ill, well = started(store, ILL), started(store, WELL)
    sweep(store, terms_of, at=WARNED)
    people = [Person(o, "Hà", "ha@example.invalid", "Văn phòng", Audience.COORDINATOR, o) for o in (ILL, WELL)]
    with store() as uow:
        for person in people:
            uow.directory.put(person)
        uow.commit()
    damage(store, ill)
    with store.reading() as uow:
        duties = this_morning(uow, WARNED).duties
    assert duties == {WELL: [Duty(well, "collect"), Duty(well, "announce")]}
    caplog.clear()
    assert send_digests(store, TERMS.calendar, at=WARNED + timedelta(days=1)) == 1
    assert [line.getMessage().partition(":")[0] for line in caplog.records] == [ill]
