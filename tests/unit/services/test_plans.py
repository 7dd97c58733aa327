"""Starting and changing plans through the services, over the store in memory."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import DIALOGUE, at, office_terms
from workflow.domain import errors
from workflow.domain.commands import CompleteStep, SetMeeting, Sweep
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms
from workflow.domain.names import slug
from workflow.ports import Store
from workflow.services.plans import StartBeforeCalendar, handle, preview, start_plan
from workflow.services.rehearsing import seat_everyone
from workflow.services.sweeping import sweep
from workflow.store import memory_store

TERMS = office_terms()


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


@pytest.fixture
def store() -> Store:
    """A store with everybody seated and one plan, started on 6 April 2026."""
    made = memory_store()
    seat_everyone(made, DIALOGUE)
    start_plan(made, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    return made


PLAN = "ubnd-xa-bac-thanh-mien-2026"


def notices(store: Store) -> list[str]:
    with store.reading() as uow:
        return [notice.key for notice in uow.outbox.of_plan(PLAN)]


def test_a_plan_gets_an_id_that_a_person_can_read_and_the_next_one_another(store: Store) -> None:
    second = start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-07"), actor="test")
    assert second.plan_id == f"{PLAN}-2"


@pytest.mark.parametrize("started_on", [date.min, date(1900, 1, 1), date(2014, 12, 31)])
def test_a_plan_does_not_start_before_the_first_year_with_an_official_calendar(store: Store, started_on: date) -> None:
    with pytest.raises(StartBeforeCalendar, match="trước năm 2015 không có lịch chính thức"):
        start_plan(store, terms_of, DIALOGUE, started_on=started_on, at=at("2026-04-06"), actor="test")
    first = start_plan(store, terms_of, DIALOGUE, started_on=date(2015, 1, 1), at=at("2026-04-06"), actor="test")
    assert first.started_at == at("2015-01-01", "00:00")


@pytest.mark.parametrize(
    ("text", "slugged"), [("Xã Bắc Thanh Miện", "xa-bac-thanh-mien"), ("Đảng ủy – P.1", "dang-uy-p-1"), ("…", "plan")]
)
def test_a_slug_is_plain_letters(text: str, slugged: str) -> None:
    assert slug(text) == slugged


def test_a_command_on_an_older_version_than_the_present_is_stale(store: Store) -> None:
    seen = handle(store, terms_of, PLAN, SetMeeting(date(2026, 5, 15)), at=at("2026-04-07"), actor="a").version
    handle(store, terms_of, PLAN, CompleteStep("collect"), at=at("2026-04-08"), actor="b")
    with pytest.raises(errors.StaleVersion):
        handle(store, terms_of, PLAN, CompleteStep("announce"), at=at("2026-04-08"), actor="a", expected=seen)


def test_a_preview_tells_old_and_new_and_writes_nothing(store: Store) -> None:
    with store.reading() as uow:
        before = uow.plans.get(PLAN)
    changes = preview(store, terms_of, PLAN, SetMeeting(date(2026, 5, 15)), at=at("2026-04-07"), actor="a")
    told = {
        change.step: (change.old_on, change.old_projected, change.new_on, change.new_projected) for change in changes
    }
    assert told["conclusion"] == (date(2026, 6, 12), True, date(2026, 5, 29), False)
    with store.reading() as uow:
        assert uow.plans.get(PLAN) == before


def test_a_refused_command_writes_nothing(store: Store) -> None:
    with pytest.raises(errors.HappenedInFuture):
        handle(store, terms_of, PLAN, CompleteStep("collect", date(2027, 1, 1)), at=at("2026-04-07"), actor="a")
    with store.reading() as uow:
        assert uow.plans.get(PLAN).steps["collect"].completion is None


def test_the_sweep_writes_the_notices_of_the_rungs_it_reaches_once(store: Store) -> None:
    sweep(store, terms_of, at=at("2026-04-24", "08:00"))
    once = notices(store)
    sweep(store, terms_of, at=at("2026-04-24", "08:00"))
    handle(store, terms_of, PLAN, Sweep(at("2026-04-24", "08:00")), at=at("2026-04-24", "08:01"), actor="other")
    assert notices(store) == once
    overdue = [key for key in once if "/collect/" in key and "/overdue/" in key]
    assert len(overdue) == 2  # the owner's and the coordinator's


def test_an_outage_of_weeks_owes_the_same_notices_as_a_sweep_every_day(store: Store) -> None:
    other = memory_store()
    seat_everyone(other, DIALOGUE)
    start_plan(other, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    for day in range(7, 31):
        sweep(other, terms_of, at=at(f"2026-04-{day:02}", "18:00"))
    sweep(store, terms_of, at=at("2026-04-30", "18:00"))
    assert notices(store) == notices(other)


def test_a_plan_on_another_version_of_the_calendar_says_so_before_its_limits_change(store: Store) -> None:
    from dataclasses import replace

    from calendars.layers import OwnDay, with_closures
    from workflow.domain.commands import AdoptCalendar
    from workflow.domain.events import CalendarAdopted, DeadlineSet

    closed = with_closures(TERMS.calendar, [OwnDay(date(2026, 5, 29), working=False, name="Nghỉ của đơn vị")])
    handle(store, terms_of, PLAN, SetMeeting(date(2026, 5, 15)), at=at("2026-04-07"), actor="a")
    cycle = handle(
        store, lambda *_: replace(TERMS, calendar=closed), PLAN, AdoptCalendar(), at=at("2026-04-08"), actor="a"
    )
    with store.reading() as uow:
        added = [each.event for each in uow.plans.log(PLAN)][-3:]
    assert isinstance(added[0], CalendarAdopted)
    assert all(isinstance(event, DeadlineSet) and event.why == "calendar" for event in added[1:])
    limit = cycle.steps["conclusion"].deadline
    assert limit is not None
    assert limit.due_on == date(2026, 6, 1)
