"""When the recurring jobs run, and that no part of a turn keeps another from its work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

import pytest

from calendars import vietnam_office
from tests.builders import DIALOGUE, at, office_terms
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.ladder import Audience
from workflow.ports import Message, Person, PlanView
from workflow.services.plans import start_plan
from workflow.settings import Settings
from workflow.store.memory import MemoryStore
from workflow.ticking import WorkingDayTrigger, catch_up_at, tick

TRIGGER = WorkingDayTrigger(vietnam_office(), time(7, 30))


@pytest.mark.parametrize(
    ("now", "fires"),
    [
        (at("2026-04-24", "07:29"), at("2026-04-24", "07:30")),
        (at("2026-04-24", "07:30"), at("2026-04-24", "07:30")),
        (at("2026-04-24", "07:31"), at("2026-04-28", "07:30")),  # weekend, then 27 April in lieu of Giỗ Tổ
        (at("2026-02-13", "08:00"), at("2026-02-23", "07:30")),  # Tết
        (at("2026-01-01", "08:00"), at("2026-01-05", "07:30")),  # 2 January was swapped off
        (at("2026-01-09", "08:00"), at("2026-01-10", "07:30")),  # for this Saturday
        (at("2026-08-21", "08:00"), at("2026-08-22", "07:30")),
    ],
)
def test_it_fires_at_half_past_seven_of_each_working_day(now: datetime, fires: datetime) -> None:
    assert TRIGGER.get_next_fire_time(None, now) == fires


def test_it_fires_once_a_day() -> None:
    first = at("2026-04-22", "07:30")
    assert TRIGGER.get_next_fire_time(first, first) == at("2026-04-23", "07:30")


@pytest.mark.parametrize(
    ("now", "caught_up"),
    [
        (at("2026-04-20", "07:29"), None),  # the digest is still to come
        (at("2026-04-20", "08:00"), at("2026-04-20", "08:00")),
        (at("2026-04-20", "12:00"), at("2026-04-20", "13:30")),  # lunch
        (at("2026-04-20", "16:59"), at("2026-04-20", "16:59")),
        (at("2026-04-20", "17:00"), None),  # the working day is over
        (at("2026-04-19", "09:00"), None),  # a Sunday
        (at("2026-01-10", "09:00"), at("2026-01-10", "09:00")),  # a Saturday that is worked
    ],
)
def test_a_digest_that_was_missed_is_made_up_for_while_people_are_at_work(
    now: datetime, caught_up: datetime | None
) -> None:
    assert catch_up_at(office_terms().hours, now, time(7, 30)) == caught_up


class Slate:
    """A flow board that takes everything."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def show(self, plan: PlanView, flow_run_id: str | None) -> str:
        self.shown.append(plan.plan_id)
        return flow_run_id or "run"

    def intact(self, runs: Mapping[str, PlanView]) -> set[str]:
        return set(runs)

    def address(self, flow_run_id: str) -> str:
        return flow_run_id

    def runs_page(self) -> str:
        return ""

    def ask_to_advance(self, plan_id: str) -> bool:
        return False


class Breaking:
    """A channel that breaks in a way that nobody foresaw."""

    name = "email"

    def send(self, message: Message) -> None:
        raise RuntimeError(message.to_address)


def started() -> tuple[Application, Slate]:
    """An application whose one plan owes somebody a notice."""
    store, board, clock = MemoryStore(wait_seconds=0.01), Slate(), ClockSetByHand(at("2026-04-20"))
    application = Application(Settings(), store, clock, {"email": Breaking()}, board)
    with store() as uow:
        person = Person("lan", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, DIALOGUE.organization)
        uow.directory.put(person)
        uow.commit()
    start_plan(store, application.terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    return application, board


def test_what_keeps_the_sweep_and_the_delivery_from_their_work_is_one_line_each_and_the_plans_are_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    application, board = started()
    with application.store():  # somebody else writes, so that nobody can
        tick(application)
    assert [line.getMessage().partition(":")[0] for line in caplog.records] == ["sweep", "deliver", "show"]
    assert len(board.shown) == 1


def test_what_nobody_foresaw_in_one_part_is_told_after_the_others_have_run() -> None:
    application, board = started()
    with pytest.raises(RuntimeError, match="lan@"):
        tick(application)
    assert len(board.shown) == 1
    with application.store.reading() as uow:
        assert any(notice.rung == "warn_3" for notice in uow.outbox.pending(at("2026-04-20"), 100))
