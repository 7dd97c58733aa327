"""The recurring jobs of the embedded default, driven by APScheduler; the only module that knows it.

Late runs are run once, never dropped and never twice at a time; each job holds a lease, so that a second process
on the same database is harmless.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from calendars.office_hours import OfficeHours
from calendars.working_calendar import CalendarError, WorkingCalendar
from workflow.bootstrap import Application
from workflow.domain.errors import DoithoaiError
from workflow.domain.zone import ZONE, day_of, instant
from workflow.ports import BoardUnreachable
from workflow.services.alerting import SWEEP, SWEEP_EVERY
from workflow.services.digesting import send_digests
from workflow.services.showing import Known, show_plans
from workflow.services.sweeping import sweep

LOG = logging.getLogger(__name__)
LEASE = timedelta(seconds=90)
"""Renewed by each turn of the sweep; how long another place waits before it takes over from one that has died."""

DIGEST = "digest"
DELIVER = "deliver"


class WorkingDayTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 ships no types
    """Fires at a clock time of each working day of a calendar (Asia/Ho_Chi_Minh)."""

    def __init__(self, calendar: WorkingCalendar, clock_time: time) -> None:
        self.calendar = calendar
        self.clock_time = clock_time

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first instant after the previous one, and not before now, that falls on a working day."""
        after = now if previous_fire_time is None else max(now, previous_fire_time + timedelta(seconds=1))
        day = self.calendar.next_working(day_of(after))
        if instant(day, self.clock_time) < after:
            day = self.calendar.next_working(day + timedelta(days=1))
        return instant(day, self.clock_time)


@dataclass(frozen=True, slots=True)
class Job:
    """A recurring job: its name (and lease), when it runs, what it does."""

    name: str
    trigger: BaseTrigger
    work: Callable[[Application], object]


def tick(application: Application, known: Known | None = None) -> None:
    """One turn of the clock: sweep, deliver what is owed, show what changed; none is kept from its work by another.

    `known`: what earlier turns have read for the showing.
    """
    at = application.clock.now()
    with ExitStack() as turn:  # last in, first out; whatever one part raises, the rest is run before it goes on its way
        turn.callback(_attempt, "show", partial(_show, application, at, known))
        turn.callback(_attempt, DELIVER, partial(_deliver, application, at))
        turn.callback(_attempt, SWEEP, partial(_sweep, application, at))


def _sweep(application: Application, at: datetime) -> None:
    sweep(application.store, application.terms_of, at=at)
    application.beat(SWEEP)


def _deliver(application: Application, at: datetime) -> None:
    application.deliver(at=at)
    application.beat(DELIVER)


def _show(application: Application, at: datetime, known: Known | None) -> None:
    if application.board is not None:
        show_plans(application.store, application.board, at=at, known=known)


def _attempt(name: str, work: Callable[[], object]) -> None:
    """Do something; what keeps it from being done is one line in the log, and the next turn tries again."""
    try:
        work()
    except (DoithoaiError, CalendarError) as error:
        LOG.warning("%s: %s", name, error)


def digest(application: Application) -> None:
    """Write today's digests to the outbox; the next tick delivers them."""
    calendar = application.terms_named(application.settings.calendar).calendar
    send_digests(application.store, calendar, at=application.clock.now(), terms_of=application.terms_of)
    application.beat(DIGEST)


def job_table(application: Application) -> tuple[Job, ...]:
    """Every recurring job that this process owns; none when Prefect drives them."""
    if application.settings.recurring_jobs != "embedded":
        return ()
    calendar = application.terms_named(application.settings.calendar).calendar
    turn = partial(tick, known=Known())
    return (
        Job(SWEEP, IntervalTrigger(seconds=int(SWEEP_EVERY.total_seconds()), timezone=ZONE), turn),
        Job(DIGEST, WorkingDayTrigger(calendar, application.settings.digest_at), digest),
    )


def catch_up_at(hours: OfficeHours, now: datetime, digest_at: time) -> datetime | None:
    """When a program started now writes the digest of a morning that it missed: as soon as people are at work today.

    None: the digest is still to come, or the working day is over, or there is none today.
    """
    day = day_of(now)
    if now < instant(day, digest_at) or not hours.shifts_on(day) or now >= hours.closing(day):
        return None
    return hours.next_working_instant(now)


class Ticker:
    """Runs the job table in the background, and the sweep at once whenever somebody asks for it.

    Its leases are those of the installation on this machine: a program that was killed and is started again goes on at
    once, while one at another address waits until they run out.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._owner = f"{socket.gethostname()} {application.settings.base_url}"
        self._asked = Event()
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a turn skipped while one runs is nothing to tell
        self._scheduler = BackgroundScheduler(
            timezone=ZONE, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Do at once what was missed, the morning's digest too while people are at work; then every job in its time."""
        for job in job_table(self._application):
            self._scheduler.add_job(self._run, job.trigger, args=[job], id=job.name, replace_existing=True)
        self._scheduler.start()
        self._catch_up()
        self.nudge()

    def stop(self) -> None:
        """Let the running job end, then stop and let others have the jobs."""
        self._scheduler.shutdown(wait=True)
        _attempt("stop", self._give_back)

    def _catch_up(self) -> None:
        """A digest that is written already is not written again, so that it does not matter how often this is done."""
        hours = self._application.terms_named(self._application.settings.calendar).hours
        missed = catch_up_at(hours, self._application.clock.now(), self._application.settings.digest_at)
        if missed is not None and self._scheduler.get_job(DIGEST) is not None:
            self._scheduler.modify_job(DIGEST, next_run_time=missed)

    def _give_back(self) -> None:
        with self._application.store() as uow:
            for job in job_table(self._application):
                uow.leases.release(job.name, self._owner)
            uow.commit()

    def nudge(self, plan_id: str | None = None) -> None:
        """Have what has just changed seen to now: by our own sweep, or by Prefect's workers where they own it.

        A hint: losing one loses nothing, and many before the sweep make one.
        """
        if self._scheduler.get_job(SWEEP) is not None:
            self._asked.set()
            self._scheduler.modify_job(SWEEP, next_run_time=self._application.clock.now())
        elif plan_id is not None:
            self._scheduler.add_job(self._hand_on, args=[plan_id], id=f"advance:{plan_id}", replace_existing=True)

    def _hand_on(self, plan_id: str) -> None:
        if self._application.board is not None:
            with suppress(BoardUnreachable):
                self._application.board.ask_to_advance(plan_id)

    def every(self, seconds: int, name: str, work: Callable[[], object]) -> None:
        """Run something of this process alone, such as watching its children, every so many seconds."""
        trigger = IntervalTrigger(seconds=seconds, timezone=ZONE)
        self._scheduler.add_job(work, trigger, id=name, replace_existing=True)

    def _run(self, job: Job) -> None:
        """Do a job while its lease is ours; the sweep again at once when somebody asked for it while it ran."""
        if job.name == SWEEP:
            self._asked.clear()
        _attempt(job.name, lambda: self._ours(job) and job.work(self._application))
        if job.name == SWEEP and self._asked.is_set():
            self.nudge()

    def _ours(self, job: Job) -> bool:
        at = self._application.clock.now()
        with self._application.store() as uow:
            held = uow.leases.take(job.name, self._owner, at, at + LEASE)
            uow.commit()
        return held
