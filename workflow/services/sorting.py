"""Sorting one person's notices when their turn has come: what is owed no more, what waits, and what one message tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from calendars.office_hours import OfficeHours
from calendars.working_calendar import CalendarError
from workflow.domain.cycle import Cycle
from workflow.domain.errors import PlanNotFound
from workflow.domain.zone import day_of
from workflow.letter import Alert, Seat
from workflow.ports import Notice, NoticeStatus, Person, Store, UnitOfWork
from workflow.services.addressing import People
from workflow.services.alerting import alerts_for
from workflow.services.announcing import CHANGED, PETITIONER
from workflow.services.changes import Log, Told, changes_told, news_of, plans_of, stretches_of
from workflow.services.composing import Case, fault_of, of_a_rung, seat_of
from workflow.services.digesting import DIGEST, Duty, Morning, this_morning, undelivered_for
from workflow.services.reading import Fault, read_plans, tell
from workflow.services.rechecking import why_no_change, why_no_digest, why_no_news, why_not
from workflow.services.terms import TermsOf, terms_for

DOWN_WAIT = timedelta(minutes=5)
"""How long to wait for a channel that is down or a plan that is damaged: no fault of the message, and never its end."""


@dataclass(frozen=True, slots=True)
class Office:
    """Under what is delivered: the terms of each plan, and when a digest may be sent; None: at any time of its day."""

    terms_of: TermsOf
    hours: OfficeHours | None

    def opens_at(self, notice: Notice, cycle: Cycle | None, at: datetime) -> datetime:
        """When a notice may be sent, at the earliest: `at` itself within the hours that it goes by.

        A digest may go out before the office opens, so that it is there in the morning, but not after it has closed.
        """
        hours = terms_for(self.terms_of, cycle).hours if cycle is not None else self.hours
        if hours is None:
            return at
        try:
            if notice.rung == DIGEST and hours.shifts_on(day_of(at)) and at < hours.closing(day_of(at)):
                return at
            return hours.next_working_instant(at)
        except CalendarError:
            return at


@dataclass(slots=True)
class Read:
    """What one person's notices are checked against, read in one short unit of work."""

    person: Person | None
    cycles: Mapping[str, Cycle]
    logs: Mapping[str, Log]
    morning: Morning
    seats: dict[str, Seat] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What becomes of some notices: those settled without a message, those put off, and the case of the others."""

    settled: list[Notice]
    put_off: list[Notice]
    case: Case


class Sorter:
    """Sorts the notices of one run; what ails a plan is noted, and its notices left for later, through all of it."""

    def __init__(self, store: Store, office: Office, at: datetime) -> None:
        self._store = store
        self._office = office
        self._at = at
        self._known_morning: Morning | None = None
        self._faults: dict[str, Fault] = {}

    def sort(self, group: Sequence[Notice]) -> Sorted:
        """Sort the notices of one person over one channel, by the state of their plans now."""
        with self._store.reading() as uow:
            read = self._read(uow, group)
        settled, owed = self._recheck(group, read)
        put_off = [later for notice in owed if (later := self._put_off(notice, read)) is not None]
        kept = {notice.key for notice in put_off}
        return Sorted(settled, put_off, self._case([notice for notice in owed if notice.key not in kept], read))

    def _read(self, uow: UnitOfWork, group: Sequence[Notice]) -> Read:
        """All that a group's notices are about, without plans that are gone or damaged."""
        person_id = group[0].person_id
        person = uow.directory.get(person_id) if person_id else None
        wanted = {plan_id for notice in group for plan_id in plans_of(notice)}
        cycles, faults = read_plans(uow, sorted(wanted - self._faults.keys()))
        self._faults |= {plan_id: fault for plan_id, fault in faults.items() if not isinstance(fault, PlanNotFound)}
        told = {plan_id for notice in group if not of_a_rung(notice) for plan_id in plans_of(notice)}
        logs = {plan_id: uow.plans.log(plan_id) for plan_id in told if plan_id in cycles}
        morning = self._morning(uow) if any(notice.rung == DIGEST for notice in group) else Morning()
        read = Read(person, cycles, logs, morning)
        for notice in group if person is not None else ():
            cycle = cycles.get(notice.plan_id)
            if person is not None and cycle is not None and of_a_rung(notice):
                people = People(cycle.definition.organization, uow.directory, uow.absences, day_of(self._at))
                seat = seat_of(notice, cycle, person, people)
                read.seats |= {notice.key: seat} if seat is not None else {}
        return read

    def _recheck(self, group: Sequence[Notice], read: Read) -> tuple[list[Notice], list[Notice]]:
        """Those that are owed no more or cannot be told now, and those that are owed."""
        changes = self._changes(group, read)
        anything = bool(self._duties(group, read) or self._undelivered(read) or self._alerts(read))
        settled, owed = [], []
        for notice in group:
            reason = self._why_not(notice, read, changes, anything_to_read=anything)
            fault = next((self._faults[plan_id] for plan_id in plans_of(notice) if plan_id in self._faults), None)
            if fault is not None:
                settled.append(left(notice, str(fault), group[0].key, self._at))
            elif reason is not None:
                settled.append(replace(notice, status=NoticeStatus.DROPPED, try_at=None, reason=reason))
            else:
                owed.append(notice)
        return settled, owed

    def _why_not(self, notice: Notice, read: Read, changes: Told, *, anything_to_read: bool) -> str | None:
        """Why a notice is owed no more. What is owed of a step is tried to be told, and its plan noted if it cannot be."""
        cycle = read.cycles.get(notice.plan_id)
        if notice.rung == DIGEST:
            return why_no_digest(notice, read.person, self._at, anything_to_read=anything_to_read)
        if notice.rung == CHANGED:
            told = changes.stretches.intersection(stretches_of(notice))
            return None if told else why_no_change(read.cycles.get(plans_of(notice)[0]))
        if notice.rung == PETITIONER:
            news = news_of(notice, cycle, read.logs[notice.plan_id]) if cycle is not None else None
            return None if news is not None else why_no_news(notice, cycle)
        reason = why_not(notice, cycle, self._at, read.person)
        if reason is None and cycle is not None:
            self._tellable(cycle, notice.step)
        return reason

    def _case(self, owed: Sequence[Notice], read: Read) -> Case:
        """What the message of some notices is made from."""
        news = [news_of(n, read.cycles[n.plan_id], read.logs[n.plan_id]) for n in owed if n.rung == PETITIONER]
        return Case(
            notices=owed,
            cycles={**read.morning.cycles, **read.cycles},
            person=read.person,
            duties=self._duties(owed, read),
            undelivered=self._undelivered(read),
            at=self._at,
            changes=self._changes(owed, read).changes,
            alerts=self._alerts(read),
            seal=read.morning.seal,
            news=news[0] if news else None,
            seats=read.seats,
        )

    def _changes(self, notices: Sequence[Notice], read: Read) -> Told:
        return changes_told(notices, read.logs, read.cycles, read.person)

    def _duties(self, notices: Sequence[Notice], read: Read) -> list[Duty]:
        """What a digest among the notices tells that can be told."""
        if not any(notice.rung == DIGEST for notice in notices):
            return []
        cycles = {**read.morning.cycles, **read.cycles}
        duties = read.morning.duties_of(notices[0].person_id, at=self._at, fresher=read.cycles)
        return [duty for duty in duties if self._tellable(cycles[duty.plan_id], duty.step)]

    def _undelivered(self, read: Read) -> int | None:
        return undelivered_for(read.person, read.morning.undelivered) if read.person is not None else None

    def _alerts(self, read: Read) -> tuple[Alert, ...]:
        """The alerts of a digest; what reached nobody has a line of its own there."""
        found = alerts_for(read.person, read.morning.alerts) if read.person is not None else ()
        return tuple(alert for alert in found if alert.code != "undelivered")

    def _tellable(self, cycle: Cycle, step: str) -> bool:
        """Whether a letter can tell of a step; the plan of one of which it cannot is left out of the whole run."""
        if cycle.plan_id in self._faults:
            return False
        fault = fault_of(cycle, step, self._at, self._office.terms_of)
        if fault is None:
            return True
        tell(cycle.plan_id, fault)
        self._faults[cycle.plan_id] = fault
        return False

    def _put_off(self, notice: Notice, read: Read) -> Notice | None:
        """The notice put off until the office opens; None when it may go now."""
        cycle = next((read.cycles[plan_id] for plan_id in plans_of(notice) if plan_id in read.cycles), None)
        opens_at = self._office.opens_at(notice, cycle, self._at)
        return replace(notice, try_at=opens_at) if opens_at > self._at else None

    def _morning(self, uow: UnitOfWork) -> Morning:
        """Everybody's duties, gathered once in a run: a digest may be older than its sending by as much."""
        if self._known_morning is None:
            self._known_morning = this_morning(uow, self._at, self._office.terms_of)
        return self._known_morning


def case_of(uow: UnitOfWork, notice: Notice, cycle: Cycle) -> Case:
    """What the message of a single notice is made from at the instant at which it is owed, for a rehearsal."""
    person = uow.directory.get(notice.person_id) if notice.person_id else None
    log = () if of_a_rung(notice) else uow.plans.log(cycle.plan_id)
    cycles = {cycle.plan_id: cycle}
    changes = changes_told([notice], {cycle.plan_id: log}, cycles, person).changes
    news = news_of(notice, cycle, log)
    return Case([notice], cycles, person, (), None, notice.owed_at, changes=changes, news=news)


def left(notice: Notice, reason: str, together: str, at: datetime, wait: timedelta = DOWN_WAIT) -> Notice:
    """A notice left for later through no fault of its own; those with the same `together` wait equally long."""
    return replace(notice, try_at=at + spread(wait, together), reason=reason)


def spread(wait: timedelta, key: str) -> timedelta:
    """A wait made longer by up to a quarter, by the key, so that not everything is tried again at once."""
    share = int.from_bytes(sha256(key.encode()).digest()[:2], "big") / 0xFFFF
    return wait * (1 + share / 4)
