"""Delivery of the outbox: read, check again, send outside of any transaction, write down what came of it.

At least once: a crash between sending and writing repeats one message, with the same Message-ID. Never for what is
over: every notice is checked against the present state of its plan right before it is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from workflow.clock import ClockSetByHand
from workflow.domain.cycle import Cycle
from workflow.domain.errors import PlanNotFound
from workflow.language import Language
from workflow.notify.render import render
from workflow.ports import (
    Channel,
    ChannelDown,
    ChannelFailed,
    Clock,
    Notice,
    NoticeStatus,
    Person,
    Store,
    UnitOfWork,
)
from workflow.services.addressing import MAIL
from workflow.services.composing import Case, compose, fault_of
from workflow.services.digesting import DIGEST, Morning, this_morning, undelivered_for
from workflow.services.plans import TermsOf
from workflow.services.reading import FAULTS, Fault, read_plans, tell
from workflow.services.rechecking import why_no_digest, why_not, why_unreachable

JOB = "deliver"
LEASE = timedelta(minutes=3)
"""How long a delivery that died keeps others waiting; renewed before each message, none of which takes as long."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
"""How long to wait after a message's first, second … failure: a grey list takes minutes, a full mailbox days."""

MOST_ATTEMPTS = len(WAITS) + 1
DOWN_WAIT = timedelta(minutes=5)
"""How long to wait for a channel that is down or a plan that is damaged: no fault of the message, and never its end."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery did, counted in notices; `failed` are tried again later, `dead` are given up."""

    sent: int = 0
    dropped: int = 0
    failed: int = 0
    dead: int = 0


def deliver(
    store: Store,
    terms_of: TermsOf,
    channels: Mapping[str, Channel],
    *,
    at: datetime,
    base_url: str,
    language: Language = "vi",
    limit: int = 500,
    clock: Clock | None = None,
) -> Delivered:
    """Send what is pending at `at`, at most `limit` notices; all that is pending for one person is one message.

    `base_url`: the address of the pages, to which the messages link. `clock`: what the run's lease is renewed by; None:
    time stands still at `at`. Notices of a channel that is not configured stay untouched. While another delivery runs,
    nothing is done; a delivery that may have lost its lease to another sends no more.
    """
    if not channels:
        return Delivered()
    lease = _Lease(store, clock or ClockSetByHand(at))
    if not lease.hold():
        return Delivered()
    try:
        return _Delivery(store, terms_of, channels, at, _Wording(base_url, language)).run(lease, limit)
    finally:
        lease.release()


def wait_after(key: str, attempts: int) -> timedelta:
    """How long to wait after so many failures (1 or more): longer each time, spread by the key by up to a quarter."""
    return _spread(WAITS[min(attempts, len(WAITS)) - 1], f"{key}#{attempts}")


def _spread(wait: timedelta, key: str) -> timedelta:
    share = int.from_bytes(sha256(key.encode()).digest()[:2], "big") / 0xFFFF
    return wait * (1 + share / 4)


class _Lease:
    """The right to deliver, for a short time at once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._owner = uuid4().hex
        self._until: datetime | None = None

    def hold(self) -> bool:
        """Take or renew it; False when somebody else holds it, or may have held it since ours ran out."""
        now = self._clock.now()
        if self._until is not None and now >= self._until:
            return False
        with self._store() as uow:
            held = uow.leases.take(JOB, self._owner, now, now + LEASE)
            uow.commit()
        self._until = now + LEASE
        return held

    def release(self) -> None:
        """Give it back."""
        with self._store() as uow:
            uow.leases.release(JOB, self._owner)
            uow.commit()


@dataclass(frozen=True, slots=True)
class _Wording:
    base_url: str
    language: Language


class _Delivery:
    """One run, which goes on as long as its lease is held."""

    def __init__(
        self, store: Store, terms_of: TermsOf, channels: Mapping[str, Channel], at: datetime, wording: _Wording
    ) -> None:
        self._store = store
        self._terms_of = terms_of
        self._channels = dict(channels)
        self._at = at
        self._wording = wording
        self._known_morning: Morning | None = None
        self._faults: dict[str, Fault] = {}

    def run(self, lease: _Lease, limit: int) -> Delivered:
        """Settle what is pending, message by message."""
        with self._store.reading() as uow:
            pending = uow.outbox.pending(self._at, limit)
        became: Counter[NoticeStatus] = Counter()
        for group in _by_person(pending):
            if not lease.hold():
                break
            settled = self._settle(group)
            if settled:
                self._write(settled)
            became.update(notice.status for notice in settled)
        return Delivered(
            sent=became[NoticeStatus.SENT],
            dropped=became[NoticeStatus.DROPPED],
            failed=became[NoticeStatus.PENDING],
            dead=became[NoticeStatus.DEAD],
        )

    def _settle(self, group: Sequence[Notice]) -> list[Notice]:
        """What becomes of the notices of one person over one channel; nothing where the channel is not to be used."""
        channel = self._channels.get(group[0].channel)
        if channel is None:
            return []
        settled, case = self._checked(group)
        if not case.notices:
            return settled
        address = _address(case)
        if address is None:
            return settled + [_dead(n, why_unreachable(n, case.person)) for n in case.notices]
        return settled + self._send(case, address, channel)

    def _checked(self, group: Sequence[Notice]) -> tuple[list[Notice], Case]:
        """Those owed no more or not to be told now, and the case of the rest; read in one short unit of work."""
        person_id = group[0].person_id
        with self._store.reading() as uow:
            person = uow.directory.get(person_id) if person_id else None
            cycles = self._read(uow, group)
            morning = self._morning(uow) if any(notice.rung == DIGEST for notice in group) else Morning()
        duties = morning.duties_of(person_id, at=self._at, fresher=cycles)
        cycles = {**morning.cycles, **cycles}
        duties = [duty for duty in duties if self._tellable(cycles[duty.plan_id], duty.step)]
        undelivered = undelivered_for(person, morning.undelivered) if person is not None else None
        owed, settled = [], []
        for notice in group:
            if notice.rung == DIGEST:
                reason = why_no_digest(notice, person, self._at, anything_to_read=bool(duties or undelivered))
            else:
                reason = self._why_not(notice, cycles.get(notice.plan_id))
            if notice.plan_id in self._faults:
                settled.append(self._waiting(notice, str(self._faults[notice.plan_id]), group[0].key))
            elif reason is not None:
                settled.append(replace(notice, status=NoticeStatus.DROPPED, try_at=None, reason=reason))
            else:
                owed.append(notice)
        return settled, Case(owed, cycles, person, duties, undelivered, self._at)

    def _read(self, uow: UnitOfWork, group: Sequence[Notice]) -> dict[str, Cycle]:
        """The plans of a group's notices, without those that are gone or damaged."""
        wanted = {notice.plan_id for notice in group if notice.plan_id}
        cycles, faults = read_plans(uow, sorted(wanted - self._faults.keys()))
        self._faults |= {plan_id: fault for plan_id, fault in faults.items() if not isinstance(fault, PlanNotFound)}
        return dict(cycles)

    def _why_not(self, notice: Notice, cycle: Cycle | None) -> str | None:
        """Why the notice of a step is owed no more; what is owed still is tried to be told, and its plan noted if not."""
        reason = why_not(notice, cycle)
        if reason is None and cycle is not None:
            self._tellable(cycle, notice.step)
        return reason

    def _tellable(self, cycle: Cycle, step: str) -> bool:
        """Whether a letter can tell of a step; the plan of one of which it cannot is left out of the whole run."""
        if cycle.plan_id in self._faults:
            return False
        fault = fault_of(cycle, step, self._at, self._terms_of)
        if fault is None:
            return True
        tell(cycle.plan_id, fault)
        self._faults[cycle.plan_id] = fault
        return False

    def _waiting(self, notice: Notice, reason: str, together: str) -> Notice:
        """A notice left for later through no fault of its own; those with the same `together` wait equally long."""
        return replace(notice, try_at=self._at + _spread(DOWN_WAIT, together), reason=reason)

    def _send(self, case: Case, address: str, channel: Channel) -> list[Notice]:
        try:
            letter = compose(case, address, self._terms_of)
            channel.send(render(letter, base_url=self._wording.base_url, language=self._wording.language))
        except ChannelDown as failure:
            del self._channels[case.notices[0].channel]
            return [self._waiting(notice, failure.reason, case.notices[0].key) for notice in case.notices]
        except ChannelFailed as failure:
            return _failed(case, failure)
        except FAULTS as error:
            return _failed(case, ChannelFailed(str(error)))
        return [_sent(notice, self._at) for notice in case.notices]

    def _morning(self, uow: UnitOfWork) -> Morning:
        """Everybody's duties, gathered once in a run: a digest may be older than its sending by as much."""
        if self._known_morning is None:
            self._known_morning = this_morning(uow, self._at)
        return self._known_morning

    def _write(self, settled: Iterable[Notice]) -> None:
        with self._store() as uow:
            for notice in settled:
                uow.outbox.update(notice)
            uow.commit()


def _by_person(pending: Iterable[Notice]) -> list[list[Notice]]:
    """Notices that go into one message, in the order of the first of each."""
    groups: dict[tuple[str, str, str | None], list[Notice]] = {}
    for notice in pending:
        who = (notice.channel, notice.person_id, None) if notice.person_id else (notice.channel, "", notice.key)
        groups.setdefault(who, []).append(notice)
    return list(groups.values())


def _address(case: Case) -> str | None:
    """Where to send: the person's address of today, else the one noted when the notice was written."""
    first: Notice = case.notices[0]
    person: Person | None = case.person
    if first.channel == MAIL and person is not None:
        return (person.email or "").strip() or None
    return first.address


def _sent(notice: Notice, at: datetime) -> Notice:
    attempts = notice.attempts + 1
    return replace(notice, status=NoticeStatus.SENT, attempts=attempts, try_at=None, sent_at=at, reason=None)


def _dead(notice: Notice, reason: str) -> Notice:
    return replace(notice, status=NoticeStatus.DEAD, try_at=None, reason=reason)


def _failed(case: Case, failure: ChannelFailed) -> list[Notice]:
    """One more failure for each; what goes on waiting waits together, so that it stays one message."""
    together = case.notices[0].key
    settled = []
    for notice in case.notices:
        tried = replace(notice, attempts=notice.attempts + 1, reason=failure.reason)
        if failure.permanent or tried.attempts >= MOST_ATTEMPTS:
            settled.append(_dead(tried, failure.reason))
        else:
            settled.append(replace(tried, try_at=case.at + wait_after(together, tried.attempts)))
    return settled
