"""What the first page shows, computed from rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from calendars import vietnam_office
from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.ladder import Audience
from workflow.ports import Person, Store
from workflow.services.plans import start_plan
from workflow.store import memory_store
from workflow.web.views.board import Decisions, Group, Need, Pile, Today, asked_of, needs, unit_of, working_days_left

CALENDAR = vietnam_office()
LAN = Person("lan", "Lan", None, "Văn phòng", Audience.COORDINATOR, "UBND xã Bắc Thanh Miện")


@pytest.fixture(scope="module")
def store() -> Store:
    """One plan, started."""
    store, terms = memory_store(), office_terms()
    start_plan(store, lambda *_: terms, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    return store


def _needs(store: Store, when: str, unit: str | None = None) -> Mapping[Group, tuple[Need, ...]]:
    moment = at(when)
    with store.reading() as uow:
        plans = {row.plan_id: row for row in uow.plans.rows()}
        found = {group: uow.plans.steps_where(asked_of(group, moment, None, unit), moment) for group in Group}
    return {group: needs(group, steps, plans, moment, lambda _: CALENDAR) for group, steps in found.items()}


@pytest.mark.parametrize(
    ("when", "group", "step"),
    [
        ("2026-04-24", Group.OVERDUE, "collect"),
        ("2026-04-23", Group.TODAY, "collect"),
        ("2026-04-16", Group.NEAR, "collect"),
        ("2026-05-25", Group.UNSETTLED, "announce"),
    ],
)
def test_a_step_stands_in_the_group_of_its_limit_and_in_no_other(
    store: Store, when: str, group: Group, step: str
) -> None:
    holding = [each for each, found in _needs(store, when).items() if step in {need.step for need in found}]
    assert holding == [group]


def test_a_limit_more_than_a_week_away_is_not_pressing(store: Store) -> None:
    assert not any(_needs(store, "2026-04-15").values())


def test_an_officer_and_a_head_see_what_their_unit_owes(store: Store) -> None:
    for role in (Audience.OWNER, Audience.HEAD):
        unit = unit_of(replace(LAN, role=role, unit="CÁC phòng, ban"))
        assert {need.step for need in _needs(store, "2026-05-06", unit)[Group.OVERDUE]} == {"answers"}


def test_everybody_else_sees_what_anybody_owes(store: Store) -> None:
    for role in (Audience.COORDINATOR, Audience.SUPERVISOR, Audience.CHAIR):
        assert len(_needs(store, "2026-05-06", unit_of(replace(LAN, role=role)))[Group.OVERDUE]) == 2


def test_how_late_is_counted_in_working_days(store: Store) -> None:
    assert [need.working_days for need in _needs(store, "2026-04-28")[Group.OVERDUE]] == [2]


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (date(2026, 4, 22), date(2026, 4, 23), 1),
        (date(2026, 4, 23), date(2026, 4, 23), 0),
        (date(2026, 4, 24), date(2026, 4, 23), 0),
        (date(2026, 4, 24), date(2026, 4, 28), 1),
    ],
)
def test_working_days_left_do_not_count_today_and_count_the_last_day(today: date, due: date, left: int) -> None:
    assert working_days_left(today, due, CALENDAR) == left


def test_the_page_is_calm_only_when_every_pile_is_empty() -> None:
    piles = {group: Pile(group, 0, ()) for group in Group}
    today = Today(date(2026, 4, 22), None, piles, 1, 1, Decisions(0, 0, 0))
    assert today.calm
    assert not replace(today, piles=piles | {Group.NEAR: Pile(Group.NEAR, 3, ())}).calm
