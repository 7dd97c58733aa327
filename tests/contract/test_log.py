"""The log: what is appended comes back as it was, in order, once, and one writer only gets a version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.builders import DIALOGUE, at
from tests.contract.acting import STARTED_AT, TERMS, act, ask, at_once, start
from workflow.domain.commands import CancelPlan, CompleteStep, SetMeeting, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.errors import PlanNotFound, StaleVersion
from workflow.domain.events import Event, Happened, MeetingSet, PlanStarted, StepCompleted
from workflow.domain.evolving import fold
from workflow.domain.verdict import Verdict
from workflow.ports import Store

COLLECTED = StepCompleted("collect", Verdict.NO_LIMIT, due_on=None, late_working_days=0)


@pytest.mark.parametrize("method", ["get", "log", "chain_faults"])
def test_a_plan_that_is_not_there_is_named(store: Store, method: str) -> None:
    with store.reading() as uow, pytest.raises(PlanNotFound, match="p9"):
        getattr(uow.plans, method)("p9")


def test_rebuilding_a_plan_that_is_not_there_is_refused(store: Store) -> None:
    with store() as uow, pytest.raises(PlanNotFound, match="p9"):
        uow.plans.rebuild("p9", TERMS)


def test_append_returns_the_state_that_get_folds_from_the_log(store: Store) -> None:
    started = start(store)
    assert ask(store, lambda uow: uow.plans.get("p1")) == started
    moved = act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    assert ask(store, lambda uow: uow.plans.get("p1")) == moved
    assert ask(store, lambda uow: fold(uow.plans.log("p1"))) == moved


def test_the_log_holds_what_happened_when_and_by_whom(store: Store) -> None:
    start(store)
    before = ask(store, lambda uow: len(uow.plans.log("p1")))
    act(store, CompleteStep("collect", date(2026, 4, 8), document_number="12/BC"), at("2026-04-10"))
    log = ask(store, lambda uow: uow.plans.log("p1"))
    done = log[before]
    assert [recorded.version for recorded in log] == list(range(1, len(log) + 1))
    assert isinstance(log[0].event, PlanStarted)
    assert log[0].event.definition == DIALOGUE
    assert isinstance(done.event, StepCompleted)
    assert done.event.document_number == "12/BC"
    assert (done.happened_at, done.recorded_at) == (at("2026-04-08", "17:00"), at("2026-04-10"))
    assert (done.plan_id, done.actor) == ("p1", "minh")


def test_instants_come_back_aware_whatever_zone_they_came_in(store: Store) -> None:
    zones = (timezone(timedelta(hours=7)), UTC, timezone(-timedelta(hours=9, minutes=30)))
    instants = [datetime(2026, 4, 6, 2, 3, 4, 567891, UTC).astimezone(zone) for zone in zones]
    for number, instant in enumerate(instants):
        start(store, f"p{number}", when=instant)
    with store.reading() as uow:
        found = [uow.plans.log(f"p{number}")[0].recorded_at for number in range(len(zones))]
    assert found == instants
    assert all(each.utcoffset() is not None for each in found)


@pytest.mark.parametrize("ahead", [-1, 1])
def test_appending_after_another_version_is_refused_and_leaves_nothing(store: Store, ahead: int) -> None:
    cycle = start(store)
    with pytest.raises(StaleVersion, match=DIALOGUE.title):
        append(store, cycle.version + ahead, COLLECTED)
    assert ask(store, lambda uow: uow.plans.get("p1")) == cycle


def test_starting_a_plan_under_a_taken_id_is_refused(store: Store) -> None:
    cycle = start(store)
    with pytest.raises(StaleVersion):
        start(store)
    assert ask(store, lambda uow: uow.plans.get("p1")) == cycle


def test_continuing_a_plan_that_never_began_is_refused(store: Store) -> None:
    with pytest.raises(StaleVersion, match="p1"):
        append(store, 3, COLLECTED)


def test_appending_no_event_changes_nothing(store: Store) -> None:
    cycle = start(store)
    rows = ask(store, lambda uow: (uow.plans.rows(), uow.plans.steps(), uow.plans.revisions("p1")))
    with store() as uow:
        assert uow.plans.append("p1", cycle.version, (), at=at("2026-04-20"), actor="x", terms=TERMS) == cycle
        uow.commit()
    assert ask(store, lambda uow: (uow.plans.rows(), uow.plans.steps(), uow.plans.revisions("p1"))) == rows


def test_of_two_who_append_at_once_exactly_one_wins(store: Store) -> None:
    before = start(store)
    answers = at_once(ending(store, before, "collect"), ending(store, before, "announce"))
    assert sorted(type(answer).__name__ for answer in answers) == ["Cycle", "StaleVersion"]
    won = next(answer for answer in answers if isinstance(answer, Cycle))
    assert ask(store, lambda uow: uow.plans.get("p1")) == won
    assert ask(store, lambda uow: uow.plans.rows()[0].version) == won.version
    assert ask(store, lambda uow: uow.plans.chain_faults("p1")) == []


def test_of_many_who_start_a_plan_at_once_exactly_one_wins(store: Store) -> None:
    answers = at_once(*[lambda: start(store)] * 4)
    assert sum(isinstance(answer, Cycle) for answer in answers) == 1
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == 3


def test_two_who_change_different_plans_at_once_both_win(store: Store) -> None:
    answers = at_once(lambda: start(store, "p1"), lambda: start(store, "p2"))
    assert all(isinstance(answer, Cycle) for answer in answers)
    assert ask(store, lambda uow: uow.plans.ids()) == ["p1", "p2"]


def test_many_who_try_again_when_refused_all_get_their_turn(store: Store) -> None:
    start(store)
    answers = at_once(*(moving(store, day) for day in range(15, 19)))
    assert all(isinstance(answer, Cycle) for answer in answers)
    log = ask(store, lambda uow: uow.plans.log("p1"))
    assert [recorded.version for recorded in log] == list(range(1, len(log) + 1))
    assert {each.event.on.day for each in log if isinstance(each.event, MeetingSet)} == {15, 16, 17, 18}
    assert ask(store, lambda uow: uow.plans.chain_faults("p1")) == []


def test_a_refused_append_spoils_only_its_own_unit(store: Store) -> None:
    start(store)
    with pytest.raises(StaleVersion):
        start(store)
    assert act(store, CancelPlan("hoãn"), at("2026-04-10")).cancel_reason == "hoãn"


def test_a_whole_chain_has_no_faults(store: Store) -> None:
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    act(store, Sweep(at("2026-05-20")), at("2026-05-20"))
    assert ask(store, lambda uow: uow.plans.chain_faults("p1")) == []


def append(store: Store, expected: int, event: Event) -> None:
    """Append one event after a version in one transaction."""
    with store() as uow:
        uow.plans.append("p1", expected, [Happened(event, STARTED_AT)], at=STARTED_AT, actor="lan", terms=TERMS)
        uow.commit()


def ending(store: Store, before: Cycle, step: str) -> Callable[[], Cycle]:
    """Completes a step as decided on a state seen before."""
    happened = decide(CompleteStep(step), before, at=at("2026-04-10"), actor="lan", terms=TERMS)

    def run() -> Cycle:
        with store() as uow:
            cycle = uow.plans.append("p1", before.version, happened, at=at("2026-04-10"), actor="lan", terms=TERMS)
            uow.commit()
        return cycle

    return run


def moving(store: Store, day: int) -> Callable[[], Cycle]:
    """Moves the meeting, trying again when somebody else was quicker."""

    def run() -> Cycle:
        while True:
            try:
                return act(store, SetMeeting(date(2026, 5, day)), at("2026-04-20"))
            except StaleVersion:
                continue

    return run
