"""The digest of a working morning: who gets one, about what, and never two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from calendars import vietnam_office
from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import CompleteStep, Sweep
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience, Terms
from workflow.ports import Notice, NoticeStatus, Person, Store
from workflow.services.digesting import Duty, Morning, send_digests, this_morning
from workflow.services.plans import handle, start_plan
from workflow.store import memory_store

OFFICE = DIALOGUE.organization
PLAN = "ubnd-xa-bac-thanh-mien-2026"
LAN = Person("lan", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, OFFICE)
HA = Person("ha", "Hà", "ha@example.invalid", "Văn phòng", Audience.COORDINATOR, OFFICE)
CHAIR = Person("chair", "Chủ tịch", "chair@example.invalid", "UBND", Audience.CHAIR, OFFICE)
CALENDAR = vietnam_office()


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


@pytest.fixture
def store() -> Store:
    made = memory_store()
    with made() as uow:
        for person in (LAN, HA, CHAIR):
            uow.directory.put(person)
        uow.commit()
    start_plan(made, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    handle(made, terms_of, PLAN, Sweep(at("2026-04-06")), at=at("2026-04-06"), actor="test")
    return made


def digests(store: Store, when: datetime) -> list[str]:
    with store.reading() as uow:
        return [notice.key for notice in uow.outbox.pending(when, 100) if notice.rung == "digest"]


def morning(store: Store, when: datetime) -> Morning:
    with store.reading() as uow:
        return this_morning(uow, when)


def test_everybody_who_owes_something_gets_one_digest_a_day_however_often_it_is_asked_for(store: Store) -> None:
    monday = at("2026-04-20", "07:30")
    assert send_digests(store, CALENDAR, at=monday) == 2
    assert send_digests(store, CALENDAR, at=monday.replace(hour=11)) == 0
    assert digests(store, monday) == ["digest/ha/2026-04-20", "digest/lan/2026-04-20"]
    assert send_digests(store, CALENDAR, at=at("2026-04-21", "07:30")) == 2


@pytest.mark.parametrize("day", ["2026-04-18", "2026-04-19", "2026-04-27", "2026-04-30"])
def test_no_digest_on_a_day_of_rest(store: Store, day: str) -> None:
    assert send_digests(store, CALENDAR, at=at(day, "07:30")) == 0


def test_a_digest_belongs_to_no_plan_and_is_pending_at_once(store: Store) -> None:
    send_digests(store, CALENDAR, at=at("2026-04-20", "07:30"))
    with store.reading() as uow:
        notice = next(n for n in uow.outbox.pending(at("2026-04-20", "07:30"), 9) if n.key == "digest/lan/2026-04-20")
    assert (notice.plan_id, notice.step, notice.rung, notice.status) == ("", "", "digest", NoticeStatus.PENDING)


def test_open_steps_are_told_to_their_owners_and_overdue_ones_to_coordinators_too(store: Store) -> None:
    collect, announce = Duty(PLAN, "collect"), Duty(PLAN, "announce")
    assert morning(store, at("2026-04-20")).duties == {"lan": [collect], "ha": [announce]}
    assert morning(store, at("2026-04-24")).duties == {"lan": [collect], "ha": [collect, announce]}


def test_a_step_that_is_not_open_is_told_once_its_limit_has_passed(store: Store) -> None:
    answers = Duty(PLAN, "answers")
    assert answers not in morning(store, at("2026-05-04")).duties["ha"]
    assert answers in morning(store, at("2026-05-05")).duties["ha"]


def test_what_is_done_is_told_no_more(store: Store) -> None:
    handle(store, terms_of, PLAN, CompleteStep("collect"), at=at("2026-04-20"), actor="test")
    assert "lan" not in morning(store, at("2026-04-21")).duties


def test_a_fresher_state_takes_away_what_has_ended_since(store: Store) -> None:
    early = morning(store, at("2026-04-20"))
    fresher = handle(store, terms_of, PLAN, CompleteStep("collect"), at=at("2026-04-20"), actor="test")
    assert early.duties_of("lan", at=at("2026-04-20"), fresher={}) == [Duty(PLAN, "collect")]
    assert early.duties_of("lan", at=at("2026-04-20"), fresher={PLAN: fresher}) == []


def test_nobody_without_an_address_gets_a_digest(store: Store) -> None:
    with store() as uow:
        uow.directory.put(replace(LAN, email=None))
        uow.commit()
    send_digests(store, CALENDAR, at=at("2026-04-20", "07:30"))
    assert digests(store, at("2026-04-20")) == ["digest/ha/2026-04-20"]


def test_a_coordinator_with_nothing_but_undelivered_notices_is_told_of_them() -> None:
    store = memory_store()
    dead = Notice("k", "p", "s", 1, "warn_3", "", "Không ai", None, "email", at("2026-04-20"), NoticeStatus.DEAD)
    with store() as uow:
        for person in (LAN, HA):
            uow.directory.put(person)
        uow.commit()
    assert send_digests(store, CALENDAR, at=at("2026-04-20", "07:30")) == 0
    with store() as uow:
        uow.outbox.add([dead])
        uow.commit()
    assert send_digests(store, CALENDAR, at=at("2026-04-20", "07:30")) == 1
    assert digests(store, at("2026-04-20")) == ["digest/ha/2026-04-20"]
