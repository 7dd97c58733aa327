"""Lists of the notices of any plans, over every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import DIALOGUE
from tests.contract.acting import STARTED_AT, ask, notice, start
from workflow.ports import ALL_NOTICES, NoticeFilter, NoticeStatus, Store

OTHER = "UBND xã Đoàn Tùng"
LATER = STARTED_AT + timedelta(days=3)
NOTICES = (
    notice("a"),
    replace(notice("b", owed_at=LATER), rung="overdue"),
    replace(notice("c", owed_at=LATER), rung="overdue_again#2", status=NoticeStatus.SENT),
    replace(notice("d", plan_id="p2"), rung="overdue"),
    notice("e", plan_id="gone"),
)


@pytest.fixture
def told(store: Store) -> Store:
    """A store with plans of two communes and notices of theirs, and one of a plan that is not there."""
    start(store, "p1")
    start(store, "p2", replace(DIALOGUE, organization=OTHER))
    with store() as uow:
        uow.outbox.add(NOTICES)
        uow.commit()
    return store


def keys(store: Store, chosen: NoticeFilter, **page: int) -> str:
    """The keys of what is found, once it is clear that as many are counted."""
    found = ask(store, lambda uow: uow.plans.notices_where(chosen, **page))
    if not page:
        assert ask(store, lambda uow: uow.plans.count_notices(chosen)) == len(found)
    return "".join(each.key for each in found)


def test_notices_stand_with_the_latest_owed_first(told: Store) -> None:
    assert keys(told, ALL_NOTICES) == "cbeda"
    assert keys(told, ALL_NOTICES, limit=2, offset=1) == "be"


def test_notices_are_chosen_by_the_organization_of_their_plan(told: Store) -> None:
    assert keys(told, NoticeFilter(organizations=frozenset({OTHER}))) == "d"
    assert keys(told, NoticeFilter(organizations=frozenset())) == ""


def test_a_repeat_is_of_its_rung_and_a_longer_name_is_not(told: Store) -> None:
    assert keys(told, NoticeFilter(rungs=frozenset({"overdue_again"}))) == "c"
    assert keys(told, NoticeFilter(rungs=frozenset({"overdue"}))) == "bd"


def test_notices_are_chosen_by_status_plan_and_period(told: Store) -> None:
    assert keys(told, NoticeFilter(statuses=frozenset({NoticeStatus.SENT}))) == "c"
    assert keys(told, NoticeFilter(plan_ids=frozenset({"p2", "gone"}))) == "ed"
    assert keys(told, NoticeFilter(owed_since=LATER)) == "cb"
    assert keys(told, NoticeFilter(owed_until=LATER)) == "eda"
