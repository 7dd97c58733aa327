"""The clock of the embedded default: whose the recurring jobs are, and what is made up for at the start."""

from __future__ import annotations

import logging
from datetime import date, datetime

import pytest

from calendars.working_calendar import OutsideCalendar
from tests.builders import DIALOGUE, at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.ladder import Audience
from workflow.ports import Person, Store
from workflow.services.alerting import SWEEP_EVERY
from workflow.services.plans import start_plan
from workflow.settings import Settings
from workflow.store import memory_store
from workflow.ticking import DIGEST, LEASE, Job, Ticker, job_table

MONDAY = at("2040-04-16", "08:00")
"""So far off that the scheduler, which goes by the machine's own clock, starts nothing by itself."""

HERE, ELSEWHERE = "http://127.0.0.1:8000", "http://127.0.0.1:8001"


@pytest.fixture
def clock() -> ClockSetByHand:
    return ClockSetByHand(MONDAY)


@pytest.fixture
def store() -> Store:
    return memory_store()


def ticker(store: Store, clock: ClockSetByHand, address: str = HERE) -> Ticker:
    return Ticker(Application(Settings(base_url=address), store, clock))


def runs(ticker: Ticker) -> bool:
    """Whether the ticker does the sweep when its time has come."""
    done: list[Application] = []
    sweep = job_table(ticker._application)[0]
    ticker._run(Job(sweep.name, sweep.trigger, done.append))
    return bool(done)


def test_a_restart_after_a_kill_goes_on_at_once(store: Store, clock: ClockSetByHand) -> None:
    assert runs(ticker(store, clock))
    assert runs(ticker(store, clock))


def test_a_second_program_at_another_address_waits_until_the_lease_of_the_first_runs_out(
    store: Store, clock: ClockSetByHand
) -> None:
    first, second = ticker(store, clock), ticker(store, clock, ELSEWHERE)
    for _ in range(3):
        assert runs(first)
        assert not runs(second)
        clock.set(clock.now() + SWEEP_EVERY)
    clock.set(clock.now() + LEASE - SWEEP_EVERY)
    assert runs(second)


def test_a_program_that_stops_gives_its_jobs_to_others_at_once(store: Store, clock: ClockSetByHand) -> None:
    first, second = ticker(store, clock), ticker(store, clock, ELSEWHERE)
    assert runs(first)
    first.start()
    assert not runs(second)
    first.stop()
    assert runs(second)


def test_a_day_that_no_calendar_covers_is_one_line_and_does_not_end_the_job(
    store: Store, clock: ClockSetByHand, caplog: pytest.LogCaptureFixture
) -> None:
    def reach_too_far(_application: Application) -> None:
        raise OutsideCalendar(date(2150, 1, 1), date(2015, 1, 1), date(2050, 12, 31))

    asked = ticker(store, clock)
    asked._run(Job("digest", job_table(asked._application)[1].trigger, reach_too_far))
    (line,) = caplog.records
    assert (line.levelno, line.getMessage().partition(":")[0]) == (logging.WARNING, "digest")


def test_a_program_started_during_office_hours_writes_the_digest_that_it_missed(
    store: Store, clock: ClockSetByHand
) -> None:
    started = ticker(store, clock)
    with store() as uow:
        lan = Person("lan", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, DIALOGUE.organization)
        uow.directory.put(lan)
        uow.commit()
    terms_of = started._application.terms_of
    start_plan(store, terms_of, DIALOGUE, started_on=date(2040, 4, 2), at=at("2040-04-02"), actor="test")
    started.start()
    job = started._scheduler.get_job(DIGEST)
    assert job.next_run_time == MONDAY
    job.func(*job.args)
    started.stop()
    with store.reading() as uow:
        written = [notice.key for notice in uow.outbox.pending(MONDAY, 100) if notice.rung == DIGEST]
    assert written == ["digest/lan/2040-04-16"]


@pytest.mark.parametrize("now", [at("2040-04-16", "06:00"), at("2040-04-16", "20:00"), at("2040-04-15", "09:00")])
def test_a_program_started_at_another_time_writes_the_next_digest_in_its_time(store: Store, now: datetime) -> None:
    started = ticker(store, ClockSetByHand(now))
    started.start()
    coming = started._scheduler.get_job(DIGEST).next_run_time
    started.stop()
    assert (coming.hour, coming.minute) == (7, 30)
