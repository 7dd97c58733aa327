"""Using a store as the services do: load, decide, append, commit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time
from threading import Barrier
from typing import Any, TypeVar

from calendars.office_hours import OfficeHours, Shift
from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import Command, StartPlan
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import DoithoaiError
from workflow.domain.events import Event, Happened
from workflow.domain.petition import Answer, AnsweredWhere, Petition, Petitioner, RaisedWhen, Result
from workflow.ports import Notice, Store, UnitOfWork

Told = TypeVar("Told")

TERMS = office_terms()
LATE_HOURS = replace(TERMS, hours=OfficeHours(TERMS.calendar, dict.fromkeys(range(5), (Shift(time(10), time(16)),))))
"""The same terms at an office that opens later."""
STARTED_AT = at("2026-04-06")


def start_in(
    uow: UnitOfWork, plan_id: str = "p1", definition: PlanDefinition = DIALOGUE, when: datetime = STARTED_AT
) -> Cycle:
    """Start a plan within a unit of work."""
    command = StartPlan(plan_id, definition, date(2026, 4, 6))
    happened = decide(command, None, at=when, actor="lan", terms=TERMS)
    return uow.plans.append(plan_id, 0, happened, at=when, actor="lan", terms=TERMS)


def start(
    store: Store, plan_id: str = "p1", definition: PlanDefinition = DIALOGUE, when: datetime = STARTED_AT
) -> Cycle:
    """Start a plan in one transaction."""
    with store() as uow:
        cycle = start_in(uow, plan_id, definition, when)
        uow.commit()
    return cycle


def act_in(uow: UnitOfWork, command: Command, when: datetime, plan_id: str = "p1") -> Cycle:
    """Carry out a command within a unit of work."""
    cycle = uow.plans.get(plan_id)
    happened = decide(command, cycle, at=when, actor="minh", terms=TERMS)
    return uow.plans.append(plan_id, cycle.version, happened, at=when, actor="minh", terms=TERMS)


def act(store: Store, command: Command, when: datetime, plan_id: str = "p1") -> Cycle:
    """Carry out a command in one transaction."""
    with store() as uow:
        cycle = act_in(uow, command, when, plan_id)
        uow.commit()
    return cycle


def happen(store: Store, *events: Event, when: datetime = STARTED_AT, plan_id: str = "p1") -> Cycle:
    """Append events that nobody decided, in one transaction."""
    with store() as uow:
        happened = [Happened(event, when) for event in events]
        version = uow.plans.get(plan_id).version
        cycle = uow.plans.append(plan_id, version, happened, at=when, actor="lan", terms=TERMS)
        uow.commit()
    return cycle


def petition(petition_id: str = "p1", **changes: Any) -> Petition:
    """A petition of a teacher, raised before the meeting."""
    who = Petitioner("Nguyễn Thị Lan", "Trường Tiểu học Đoàn Tùng", "lan@example.vn")
    made = Petition(petition_id, "Sửa cổng trường", who, RaisedWhen.BEFORE_MEETING, date(2026, 4, 20))
    return replace(made, **changes)


ANSWER = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, date(2026, 5, 4), "12/UBND-VP", "Đã sửa", "12.pdf")


def ask(store: Store, question: Callable[[UnitOfWork], Told]) -> Told:
    """What a unit that only reads answers."""
    with store.reading() as uow:
        return question(uow)


def at_once(*acts: Callable[[], Told]) -> list[Told | DoithoaiError]:
    """What each act, all begun at the same moment, returned or was refused with."""
    begun = Barrier(len(acts))

    def run(act: Callable[[], Told]) -> Told | DoithoaiError:
        begun.wait()
        try:
            return act()
        except DoithoaiError as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def notice(
    key: str, *, owed_at: datetime = STARTED_AT, try_at: datetime | None = STARTED_AT, plan_id: str = "p1"
) -> Notice:
    """A notice to somebody about a step."""
    return Notice(
        key=key,
        plan_id=plan_id,
        step="collect",
        revision=1,
        rung="warn_1",
        person_id="lan",
        person_name="Nguyễn Thị Lan",
        address="lan@example.vn",
        channel="email",
        owed_at=owed_at,
        try_at=try_at,
    )
