"""What offices set and what binds the logs: absences, ladders, decisions, anchors, heartbeats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

import pytest

from tests.builders import at
from tests.contract.acting import STARTED_AT, act, ask, start
from workflow.domain.commands import CancelPlan
from workflow.domain.definition import PlanKind
from workflow.domain.ladder import DEFAULT_LADDER, Audience, Base, Ladder, Rung
from workflow.ports import Absence, AdoptedNotice, Anchor, Store, UnitOfWork

OWN_LADDER = (
    *DEFAULT_LADDER[:2],
    Rung("taken_over", Base.AFTER_DUE, 2, (Audience.CHAIR,), repeat_every=3, reassign_to="Văn phòng"),
)
AWAY = Absence("a1", "lan", date(2026, 4, 6), date(2026, 4, 9), "minh")
DECISION = AdoptedNotice("2026-tet", "number = '1/QĐ'\nđ = 1\n", STARTED_AT, "lan")
ANCHOR = Anchor(date(2026, 4, 6), "d1", "", ("p1 3 abc", "đ 1 def"), STARTED_AT)

Told = TypeVar("Told")


def do(store: Store, *acts: Callable[[UnitOfWork], Told]) -> list[Told]:
    """Do some things in one transaction; what each returned."""
    with store() as uow:
        told = [act(uow) for act in acts]
        uow.commit()
    return told


def test_an_absence_covers_its_first_day_and_not_its_end(store: Store) -> None:
    do(store, lambda uow: uow.absences.put(AWAY))
    days = [date(2026, 4, day) for day in (5, 6, 8, 9)]
    assert ask(store, lambda uow: [uow.absences.on(day) for day in days]) == [[], [AWAY], [AWAY], []]


def put(absence: Absence, uow: UnitOfWork) -> None:
    """Keep an absence."""
    uow.absences.put(absence)


def test_absences_of_a_day_stand_by_person_and_those_of_a_person_the_latest_first(store: Store) -> None:
    longer = replace(AWAY, absence_id="a2", since=date(2026, 4, 1), substitute_id=None)
    other = replace(AWAY, absence_id="a0", person_id="anh")
    do(store, *(partial(put, absence) for absence in (AWAY, longer, other)))
    assert ask(store, lambda uow: uow.absences.on(date(2026, 4, 6))) == [other, longer, AWAY]
    assert ask(store, lambda uow: uow.absences.of_person("lan")) == [AWAY, longer]
    assert ask(store, lambda uow: uow.absences.of_person("minh")) == []


def test_an_absence_is_replaced_and_taken_back(store: Store) -> None:
    shorter = replace(AWAY, until=date(2026, 4, 7))
    do(store, lambda uow: uow.absences.put(AWAY), lambda uow: uow.absences.put(shorter))
    assert ask(store, lambda uow: uow.absences.of_person("lan")) == [shorter]
    do(store, lambda uow: uow.absences.remove("a1"), lambda uow: uow.absences.remove("a9"))
    assert ask(store, lambda uow: uow.absences.of_person("lan")) == []


def test_each_kind_of_plan_has_a_ladder_of_its_own_or_the_one_that_is_shipped(store: Store) -> None:
    do(store, lambda uow: uow.ladders.put(PlanKind.DIALOGUE, OWN_LADDER, at=STARTED_AT, actor="lan"))
    assert ask(store, lambda uow: uow.ladders.get(PlanKind.DIALOGUE)) == OWN_LADDER
    assert ask(store, lambda uow: uow.ladders.get(PlanKind.UNION)) is None


def set_ladder(ladder: Ladder | None, uow: UnitOfWork) -> None:
    """Set the ladder of a kind of plan."""
    uow.ladders.put(PlanKind.UNION, ladder, at=STARTED_AT, actor="lan")


def test_a_ladder_is_replaced_and_given_up(store: Store) -> None:
    for ladder in (OWN_LADDER, (), DEFAULT_LADDER, None):
        do(store, partial(set_ladder, ladder))
        assert ask(store, lambda uow: uow.ladders.get(PlanKind.UNION)) == ladder


def test_decisions_stand_in_order_of_adoption_and_one_of_the_same_name_is_replaced(store: Store) -> None:
    second = replace(DECISION, name="2026-le", adopted_at=STARTED_AT + timedelta(days=1))
    again = replace(DECISION, text="khác", adopted_at=STARTED_AT + timedelta(days=2))
    do(store, lambda uow: uow.decisions.add(second), lambda uow: uow.decisions.add(DECISION))
    assert ask(store, lambda uow: uow.decisions.all()) == [DECISION, second]
    do(store, lambda uow: uow.decisions.add(again))
    assert ask(store, lambda uow: uow.decisions.all()) == [second, again]


def test_a_day_has_one_anchor_which_stays(store: Store) -> None:
    before = replace(ANCHOR, day=date(2026, 4, 5), heads=())
    assert do(store, lambda uow: uow.anchors.add(ANCHOR), lambda uow: uow.anchors.add(before)) == [True, True]
    assert do(store, lambda uow: uow.anchors.add(replace(ANCHOR, digest="other"))) == [False]
    assert ask(store, lambda uow: uow.anchors.all()) == [before, ANCHOR]


def test_the_heads_are_the_last_events_of_all_logs(store: Store) -> None:
    assert ask(store, lambda uow: uow.plans.heads()) == []
    versions = [start(store, plan_id).version for plan_id in ("p2", "p1")]
    heads = ask(store, lambda uow: uow.plans.heads())
    assert [(plan_id, version) for plan_id, version, _ in heads] == [("p1", versions[1]), ("p2", versions[0])]
    assert all(len(digest) == 64 for _, _, digest in heads)


def test_a_head_seen_earlier_stays_in_the_log_and_one_that_never_was_is_lost(store: Store) -> None:
    start(store)
    heads = ask(store, lambda uow: uow.plans.heads())
    act(store, CancelPlan("hoãn"), at("2026-04-20"))
    (plan_id, version, digest) = heads[0]
    strange = [("p9", 1, digest), (plan_id, version, "0" * 64), (plan_id, 99, digest)]
    assert ask(store, lambda uow: uow.plans.heads()) != heads
    assert ask(store, lambda uow: uow.plans.lost_heads(heads)) == []
    assert ask(store, lambda uow: uow.plans.lost_heads([*strange, *heads])) == strange
    assert ask(store, lambda uow: uow.plans.lost_heads([])) == []


@pytest.mark.parametrize("minutes", [[0], [0, 5], [5, 0]])
def test_the_last_beat_of_a_job_is_its_latest(store: Store, minutes: list[int]) -> None:
    beats = [STARTED_AT + timedelta(minutes=minute) for minute in minutes]
    assert ask(store, lambda uow: uow.heartbeats.last("sweep")) is None
    for beat in beats:
        with store() as uow:
            uow.heartbeats.beat("sweep", beat)
            uow.commit()
    assert ask(store, lambda uow: uow.heartbeats.last("sweep")) == max(beats)
    assert ask(store, lambda uow: uow.heartbeats.last("deliver")) is None
