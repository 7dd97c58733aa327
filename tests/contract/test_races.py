"""Two at once on one plan, in chosen order, on every store: one of them wins, the other is told, nothing is told twice.

`overlapping` opens a first unit of work, lets the other act while it is open, then lets the first go on: SQLite makes the
second wait for the first, PostgreSQL finds out at the insert into the log.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.builders import FULL, at, office_terms
from tests.contract.acting import at_once, start
from workflow.domain.commands import Command, CompleteStep, ExtendStep, SetMeeting, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import DoithoaiError, StaleVersion
from workflow.domain.ladder import Audience, Terms
from workflow.domain.verdict import Standing, Tally
from workflow.domain.zone import day_of
from workflow.ports import Person, Store
from workflow.services.plans import handle
from workflow.services.sweeping import sweep
from workflow.services.verifying import verify

TERMS = office_terms()
PEOPLE = (
    Person("minh", "Minh", "minh@x.vn", "MTTQ", Audience.OWNER, FULL.organization),
    Person("lan", "Lan", "lan@x.vn", "VP", Audience.COORDINATOR, FULL.organization),
    Person("chu", "Bà Chủ", "chu@x.vn", "UBND", Audience.CHAIR, FULL.organization),
)


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


def seat(store: Store) -> None:
    with store() as uow:
        for person in PEOPLE:
            uow.directory.put(person)
        uow.commit()


def do(store: Store, command: Command, when: datetime) -> Callable[[], Cycle]:
    return lambda: handle(store, terms_of, "p1", command, at=when, actor="x")


def cycle(store: Store) -> Cycle:
    with store.reading() as uow:
        return uow.plans.get("p1")


def keys(store: Store, step: str) -> list[str]:
    with store.reading() as uow:
        return [notice.key for notice in uow.outbox.of_plan("p1") if notice.step == step]


def morning_after(due_at: datetime) -> datetime:
    """Two hours into the first working day after a limit."""
    return TERMS.hours.opening(TERMS.calendar.next_working(day_of(due_at))) + timedelta(hours=2)


def first_step(plan: Cycle) -> str:
    """The first open step that has a firm limit."""
    return next(
        key
        for key, step in plan.steps.items()
        if step.opened_at and step.deadline and not step.deadline.projected and not step.definition.evidence
    )


@pytest.fixture
def running(store: Store) -> tuple[Store, str, datetime]:
    """A plan whose first step has just passed its limit."""
    seat(store)
    step = first_step(start(store, "p1", FULL))
    limit = cycle(store).steps[step].deadline
    assert limit is not None
    return store, step, limit.due_at


def whole(store: Store) -> None:
    """Everything can be computed again, and nothing is owed twice."""
    audit = verify(store, terms_of)
    assert audit.ok, audit.differences


@pytest.mark.parametrize("completed_first", [True, False])
def test_completing_and_escalating_end_alike_in_either_order(
    running: tuple[Store, str, datetime], completed_first: bool
) -> None:
    store, step, due_at = running
    late = morning_after(due_at)
    acts = [do(store, CompleteStep(step), late), do(store, Sweep(until=late), late)]
    for act in acts if completed_first else reversed(acts):
        act()
    sweep(store, terms_of, at=late)
    assert cycle(store).steps[step].standing(late) is Standing.DONE_LATE
    assert len(keys(store, step)) == len(set(keys(store, step)))
    whole(store)


def test_completing_while_the_sweep_runs_loses_neither(running: tuple[Store, str, datetime]) -> None:
    store, step, due_at = running
    late = morning_after(due_at)
    outcomes = at_once(do(store, CompleteStep(step), late), do(store, Sweep(until=late), late))
    failed = [each for each in outcomes if isinstance(each, DoithoaiError)]
    assert all(isinstance(each, StaleVersion) for each in failed)
    if failed and cycle(store).steps[step].completion is None:
        do(store, CompleteStep(step), late)()
    sweep(store, terms_of, at=late)
    assert cycle(store).steps[step].completion is not None
    whole(store)


def test_of_two_who_complete_a_step_one_is_told_that_it_is_done(running: tuple[Store, str, datetime]) -> None:
    store, step, due_at = running
    early = due_at - timedelta(hours=9)
    outcomes = at_once(*(do(store, CompleteStep(step), early) for _ in range(2)))
    assert sum(isinstance(each, DoithoaiError) for each in outcomes) == 1
    assert cycle(store).steps[step].completion is not None
    whole(store)


@pytest.fixture
def held(store: Store) -> tuple[Store, str, datetime]:
    """A plan whose meeting was held, so that the conclusion, which may be extended, has a firm limit."""
    seat(store)
    start(store, "p1", FULL)
    do(store, SetMeeting(at("2026-05-15").date()), at("2026-04-22"))()
    while (step := _unfinished_before_meeting(cycle(store))) is not None:
        do(store, _completion(cycle(store), step), at("2026-05-15", "16:00"))()
    extendable = next(key for key, s in cycle(store).steps.items() if s.definition.extend is not None)
    limit = cycle(store).steps[extendable].deadline
    assert limit is not None
    assert not limit.projected
    return store, extendable, limit.due_at


def _unfinished_before_meeting(plan: Cycle) -> str | None:
    meeting = plan.plan.meeting_step
    assert meeting is not None
    if plan.steps[meeting.key].completion is not None:
        return None
    return next(key for key, step in plan.steps.items() if step.status.value == "open" and key not in plan.fanned)


def _completion(plan: Cycle, key: str) -> CompleteStep:
    step = plan.steps[key].definition
    return CompleteStep(
        key,
        document_number="1/VB" if step.evidence else None,
        file="a.pdf" if step.evidence else None,
        tally=Tally(10, 10, 10) if step.quorum or step.majority else None,
    )


def extension(step: str, plan: Cycle) -> ExtendStep:
    reasons = plan.steps[step].definition.extend_reasons
    return ExtendStep(step, reasons[0] if reasons else "Phức tạp", "Cần thêm thời gian", "Bà Chủ")


@pytest.mark.parametrize("seconds", [-1, 0])
def test_an_extension_and_the_breach_meet_at_midnight_and_only_one_of_them_counts(
    held: tuple[Store, str, datetime], seconds: int
) -> None:
    store, step, due_at = held
    when = due_at + timedelta(seconds=seconds)
    outcomes = at_once(do(store, extension(step, cycle(store)), when), do(store, Sweep(until=when), when))
    if (
        any(isinstance(each, StaleVersion) for each in outcomes)
        and not cycle(store).steps[step].extended
        and seconds < 0
    ):
        do(store, extension(step, cycle(store)), when)()
    assert (cycle(store).steps[step].extended is not None) is (seconds < 0)
    next_morning = morning_after(due_at)
    sweep(store, terms_of, at=next_morning)
    breached = [key for key in keys(store, step) if "/overdue/" in key]
    assert bool(breached) is (seconds == 0)
    whole(store)
