"""Under what a command is decided: the plan's own version of the calendar, its ladder, and who may approve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.layers import OwnDay, with_closures
from tests.builders import FULL, at, office_terms
from workflow.domain.commands import AdoptCalendar, CompleteStep, ExtendStep, SetMeeting
from workflow.domain.definition import PlanDefinition, PlanKind
from workflow.domain.ladder import DEFAULT_LADDER, Audience, Terms
from workflow.ports import Person, Store
from workflow.services.plans import NoChair, NotTheChair, handle, preview, start_plan
from workflow.store import memory_store

OLD = office_terms()
CLOSED = OwnDay(date(2026, 5, 21), working=False, name="Nghỉ thêm")
NEW = replace(OLD, calendar=with_closures(OLD.calendar, [CLOSED]))
PLAN = "ubnd-xa-bac-thanh-mien-2026"
CHAIR = Person("chu", "Nguyễn Văn Chủ", None, "UBND", Audience.CHAIR, FULL.organization)
EXTENSION = ExtendStep("conclusion", "phức tạp", "nhiều cơ quan", "nguyễn văn  CHỦ")


def knows_both(_definition: PlanDefinition, version: str | None = None) -> Terms:
    """An installation in which the newer calendar is in force and the older one still known."""
    return OLD if version == OLD.calendar.version else NEW


def knows_new(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    """One that has forgotten the older."""
    return NEW


def only_old(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    """One in which the older is in force."""
    return OLD


def store_with(*people: Person) -> Store:
    """A store with one plan, started on the older calendar, its meeting on 15 May 2026."""
    made = memory_store()
    with made() as uow:
        for person in people:
            uow.directory.put(person)
        uow.commit()
    start_plan(made, only_old, FULL, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="a")
    handle(made, only_old, PLAN, SetMeeting(date(2026, 5, 15)), at=at("2026-04-20"), actor="a")
    return made


def due_on(store: Store, key: str = "conclusion") -> date | None:
    with store.reading() as uow:
        limit = uow.plans.get(PLAN).steps[key].deadline
    return limit.due_on if limit is not None else None


def test_a_plan_counts_on_its_own_version_until_it_adopts_another() -> None:
    store = store_with()
    handle(store, knows_both, PLAN, CompleteStep("collect"), at=at("2026-04-22"), actor="a")
    assert due_on(store) == date(2026, 5, 29)
    moved = preview(store, knows_both, PLAN, AdoptCalendar(), at=at("2026-04-23"), actor="a")
    assert {change.step: change.new_on for change in moved}["conclusion"] == date(2026, 6, 1)
    handle(store, knows_both, PLAN, AdoptCalendar(), at=at("2026-04-23"), actor="a")
    assert due_on(store) == date(2026, 6, 1)


def test_a_plan_whose_version_nobody_knows_goes_on_with_the_one_in_force() -> None:
    store = store_with()
    handle(store, knows_new, PLAN, CompleteStep("collect"), at=at("2026-04-22"), actor="a")
    assert due_on(store) == date(2026, 6, 1)


def test_a_plan_starts_with_the_ladder_of_its_kind_and_keeps_it() -> None:
    store = store_with()
    with store() as uow:
        uow.ladders.put(PlanKind.DIALOGUE, DEFAULT_LADDER[:4], at=at("2026-04-07"), actor="a")
        uow.commit()
    later = start_plan(store, only_old, FULL, started_on=date(2026, 4, 8), at=at("2026-04-08"), actor="a")
    with store.reading() as uow:
        assert (later.ladder, uow.plans.get(PLAN).ladder) == (DEFAULT_LADDER[:4], DEFAULT_LADDER)


@pytest.mark.parametrize("approver", ["nguyễn văn  CHỦ", "chu"])
def test_an_extension_is_approved_by_whoever_holds_the_chair(approver: str) -> None:
    store = store_with(CHAIR)
    handle(store, only_old, PLAN, replace(EXTENSION, approved_by=approver), at=at("2026-05-18"), actor="a")
    assert due_on(store) == date(2026, 6, 5)


def test_nobody_else_approves_an_extension_not_even_in_a_preview() -> None:
    store = store_with(CHAIR, replace(CHAIR, person_id="lan", name="Lan", role=Audience.COORDINATOR))
    other = replace(EXTENSION, approved_by="Lan")
    with pytest.raises(NotTheChair, match="người duyệt phải là: Nguyễn Văn Chủ"):
        handle(store, only_old, PLAN, other, at=at("2026-05-18"), actor="a")
    with pytest.raises(NotTheChair):
        preview(store, only_old, PLAN, other, at=at("2026-05-18"), actor="a")


def test_without_a_chair_in_the_directory_there_is_nobody_to_approve() -> None:
    elsewhere = replace(CHAIR, organization="UBND xã khác")
    with pytest.raises(NoChair, match="Bắc Thanh Miện"):
        handle(store_with(elsewhere), only_old, PLAN, EXTENSION, at=at("2026-05-18"), actor="a")
