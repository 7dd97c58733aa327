"""The audit finds what was changed behind the engine's back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from calendars.layers import OwnDay, with_closures
from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import CancelPlan, Command, CompleteStep, SetMeeting
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import PlanDefinition, StepDefinition, StepKind
from workflow.domain.events import StepJudged
from workflow.domain.ladder import Terms
from workflow.services.adopting import adopt
from workflow.services.plans import handle, start_plan
from workflow.services.sweeping import sweep
from workflow.services.verifying import Difference, Verified, verify
from workflow.store import memory_store, migrate, sql_store
from workflow.store.chain import FIRST, Entry, canonical, sealed
from workflow.store.plans import LoggedPlans

TERMS = office_terms()


NEWER = replace(
    TERMS, calendar=with_closures(TERMS.calendar, [OwnDay(date(2026, 5, 22), working=False, name="Nghỉ của đơn vị")])
)
"""Terms with a later version of the calendar, by which the conclusion is due on another day."""


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


def newer_terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return NEWER


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one plan that has lived a little; "announce" ended before it could be judged."""
    path = tmp_path / "doithoai.sqlite3"
    migrate(f"sqlite:///{path}")
    store = sql_store(f"sqlite:///{path}")
    plan = start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="a").plan_id
    handle(store, terms_of, plan, CompleteStep("collect"), at=at("2026-04-22"), actor="a")
    handle(store, terms_of, plan, CompleteStep("announce"), at=at("2026-04-22"), actor="a")
    handle(store, terms_of, plan, SetMeeting(date(2026, 5, 15)), at=at("2026-04-22"), actor="a")
    sweep(store, terms_of, at=at("2026-04-29"))
    return path


def audit(path: Path) -> Verified:
    return verify(sql_store(f"sqlite:///{path}"), terms_of)


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement).rowcount >= 1
    connection.close()


def reseal(path: Path, forge: Callable[[Entry], Entry]) -> None:
    """Forge the log as somebody would who knows how it is chained: every hash is made anew."""
    store = sql_store(f"sqlite:///{path}")
    with store.reading() as uow:
        assert isinstance(uow.plans, LoggedPlans)
        entries = uow.plans.entries(uow.plans.ids()[0])
    previous, forged = FIRST, []
    for entry in entries:
        forged.append(sealed(forge(entry), previous))
        previous = forged[-1].hash
    assert forged != entries
    for entry in forged:
        change(
            path,
            f"UPDATE events SET type = '{entry.type}', payload = '{entry.payload}', hash = '{entry.hash}', "
            f"previous_hash = '{entry.previous_hash}' WHERE version = {entry.version}",
        )


def with_field(entry: Entry, kind: str, step: str, field: str, value: object) -> Entry:
    """The entry with a field of its payload changed, where it is of a kind and about a step."""
    payload = json.loads(entry.payload)
    if entry.type != kind or payload["step"] != step:
        return entry
    return replace(entry, payload=canonical(payload | {field: value}))


def test_a_database_that_nobody_touched_is_as_its_events_say(database: Path) -> None:
    verified = audit(database)
    assert (verified.ok, verified.plans, verified.events > 10) == (True, 1, True)


EDITS = [
    "UPDATE steps SET due_on = '2026-06-30' WHERE key = 'conclusion'",
    "UPDATE steps SET due_at = NULL WHERE key = 'conclusion'",
    "UPDATE steps SET safe_on = '2026-06-30' WHERE key = 'conclusion'",
    "UPDATE steps SET projected = 1 WHERE key = 'answers'",
    "UPDATE steps SET provisional = 1 WHERE key = 'answers'",
    "UPDATE steps SET verdict = 'late' WHERE key = 'collect'",
    "UPDATE steps SET late_working_days = 3 WHERE key = 'collect'",
    "UPDATE steps SET back_dated = 1 WHERE key = 'collect'",
    "UPDATE steps SET owner = 'Văn phòng' WHERE key = 'answers'",
    "UPDATE steps SET name = 'Việc khác' WHERE key = 'answers'",
    "UPDATE steps SET opened_at = NULL WHERE key = 'answers'",
    "UPDATE steps SET opened_at = 'hôm qua' WHERE key = 'answers'",
    "UPDATE steps SET status = 'asleep' WHERE key = 'answers'",
    "UPDATE steps SET wake_at = NULL WHERE key = 'answers'",
    "UPDATE steps SET key = 'replies' WHERE key = 'answers'",
    "DELETE FROM steps WHERE key = 'petitions'",
    "UPDATE plans SET status = 'completed'",
    "UPDATE plans SET next_due_on = '2026-06-30'",
    "UPDATE plans SET next_due_at = NULL, next_step = NULL",
    "DELETE FROM plans",
    "DELETE FROM deadline_revisions",
    "DELETE FROM deadline_revisions WHERE version = (SELECT max(version) FROM deadline_revisions)",
    "UPDATE deadline_revisions SET why = 'calendar' WHERE step = 'announce'",
    "UPDATE deadline_revisions SET version = version + 100 WHERE step = 'announce'",
    "UPDATE events SET actor = 'b' WHERE version = 3",
    "UPDATE events SET type = 'PlanCompleted' WHERE version = 2",
    "UPDATE events SET payload = '{' WHERE version = 3",
    "UPDATE events SET recorded_at = 'hôm qua' WHERE version = 3",
    "DELETE FROM events WHERE version = (SELECT max(version) FROM events)",
    "DELETE FROM events WHERE version = 4",
    "DELETE FROM events",
]


@pytest.mark.parametrize("statement", EDITS)
def test_whatever_is_changed_behind_the_engine_is_found(database: Path, statement: str) -> None:
    change(database, statement)
    verified = audit(database)
    assert (verified.ok, verified.plans) == (False, 1)


def test_a_difference_names_its_place_and_says_what_stands_there_and_what_should(database: Path) -> None:
    change(database, "UPDATE steps SET owner = NULL WHERE key = 'answers'")
    change(database, "UPDATE plans SET next_due_on = '2026-06-30'")
    change(database, "DELETE FROM deadline_revisions WHERE step = 'collect'")
    plan = audit(database).differences[0].plan_id
    assert audit(database).differences == (
        Difference(plan, "plan", "next_due_on", "2026-05-04", "2026-06-30"),
        Difference(plan, "step answers", "owner", "Các phòng, ban", "none"),
        Difference(plan, "revision collect/1", "row", "present", "missing"),
    )


@pytest.mark.parametrize(
    ("type_", "payload"), [("step_opened", "{"), ("step_teleported", "{}"), ("step_opened", '{"step": "nowhere"}')]
)
def test_an_event_that_cannot_be_read_is_told_though_its_chain_is_whole(
    database: Path, type_: str, payload: str
) -> None:
    reseal(database, lambda entry: replace(entry, type=type_, payload=payload) if entry.version == 4 else entry)
    assert [(each.where, "sự kiện số 4" in each.found) for each in audit(database).differences] == [("log", True)]


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("verdict", "late", "verdict"),
        ("due_on", "2026-04-24", "due_on"),
        ("due_on", None, "due_on"),
        ("late_working_days", 2, "late_working_days"),
    ],
)
def test_an_end_judged_otherwise_than_its_limit_says_is_found(
    database: Path, field: str, value: object, column: str
) -> None:
    reseal(database, lambda entry: with_field(entry, "step_completed", "collect", field, value))
    assert ("step collect", column) in {(each.where, each.what) for each in audit(database).differences}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due_at", "2026-04-30T17:00:00.000000+00:00"),
        ("due_on", "2026-04-30"),
        ("safe_on", "2026-04-30"),
        ("event_on", "2026-04-30"),
        ("projected", True),
        ("provisional", True),
    ],
)
@pytest.mark.parametrize("step", ["collect", "answers"])
def test_a_limit_recorded_otherwise_than_it_is_counted_is_found(
    database: Path, field: str, value: object, step: str
) -> None:
    reseal(database, lambda entry: with_field(entry, "deadline_set", step, field, value))
    assert (f"step {step}", field) in {(each.where, each.what) for each in audit(database).differences}


def test_a_new_calendar_that_the_plan_has_not_adopted_is_no_difference(database: Path) -> None:
    store = sql_store(f"sqlite:///{database}")
    assert verify(store, newer_terms_of).ok
    adopt(store, newer_terms_of, at=at("2026-04-30"), actor="a")
    assert verify(store, newer_terms_of).ok
    assert verify(store, terms_of).ok


def test_an_ended_plan_is_checked_for_waking_whatever_its_calendar(database: Path) -> None:
    store = sql_store(f"sqlite:///{database}")
    with store.reading() as uow:
        plan = uow.plans.ids()[0]
    handle(store, terms_of, plan, CancelPlan("hoãn"), at=at("2026-04-30"), actor="a")
    assert verify(store, newer_terms_of).ok
    change(database, "UPDATE steps SET wake_at = '2026-05-01 00:00:00.000000' WHERE key = 'answers'")
    assert [each.what for each in verify(store, newer_terms_of).differences] == ["wake_at"]


ELECT = StepDefinition("elect", StepKind.ELECT, "Bầu ban", after=("answers",), in_meeting=True)
HELD: list[tuple[Command, str]] = [
    (CompleteStep("announce"), "2026-04-20"),
    (CompleteStep("collect"), "2026-04-21"),
    (CompleteStep("answers"), "2026-05-06"),
    (CompleteStep("meeting_day"), "2026-05-14"),
]
LIVES: dict[str, list[tuple[Command, str]]] = {
    "cancelled": [(CompleteStep("collect"), "2026-04-20"), (CancelPlan("hoãn"), "2026-04-21")],
    "held": [(SetMeeting(date(2026, 5, 15)), "2026-04-17"), *HELD],
    "held on a day that was never set": HELD,
    "completed": [
        *HELD,
        (CompleteStep("conclusion", document_number="1/TB"), "2026-06-10"),
        (CompleteStep("petitions"), "2026-06-12"),
    ],
}


@pytest.mark.parametrize(
    ("life", "status", "judged"),
    [
        ("cancelled", PlanStatus.CANCELLED, False),
        ("held", PlanStatus.RUNNING, False),
        ("held on a day that was never set", PlanStatus.RUNNING, True),
        ("completed", PlanStatus.COMPLETED, True),
    ],
)
def test_whatever_a_plan_lives_through_it_is_as_its_events_say(life: str, status: PlanStatus, judged: bool) -> None:
    store = memory_store()
    definition = replace(DIALOGUE, steps=(*DIALOGUE.steps, ELECT))
    plan = start_plan(store, terms_of, definition, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="a").plan_id
    for command, day in LIVES[life]:
        handle(store, terms_of, plan, command, at=at(day), actor="a")
        sweep(store, terms_of, at=at(day, "18:00"))
    with store.reading() as uow:
        assert uow.plans.get(plan).status is status
        assert any(isinstance(each.event, StepJudged) for each in uow.plans.log(plan)) is judged
    assert verify(store, terms_of).differences == ()


@pytest.mark.parametrize(("field", "value"), [("verdict", "late"), ("due_on", "2026-05-09"), ("late_working_days", 9)])
def test_a_step_judged_later_otherwise_than_its_limit_says_is_found(database: Path, field: str, value: object) -> None:
    reseal(database, lambda entry: with_field(entry, "step_judged", "announce", field, value))
    assert ("step announce", field) in {(each.where, each.what) for each in audit(database).differences}
