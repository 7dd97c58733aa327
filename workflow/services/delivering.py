"""Delivery of the outbox: read, check again, send outside of any transaction, write down what came of it.

In working time only: what falls outside it waits for the next opening of the office.

At least once: a crash between sending and writing repeats one message, with the same Message-ID. Never for what is
over: every notice is checked against the present state of its plan right before it is sent.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from calendars.office_hours import OfficeHours
from workflow.clock import ClockSetByHand
from workflow.language import Language
from workflow.letter import Letter
from workflow.notify.render import TemplateFaulty, render
from workflow.ports import Channel, ChannelDown, ChannelFailed, Clock, Message, Notice, NoticeStatus, Store
from workflow.services.addressing import ways_to
from workflow.services.composing import Case, compose
from workflow.services.reading import FAULTS
from workflow.services.rechecking import why_unreachable
from workflow.services.sorting import DOWN_WAIT, Office, Sorter, left, spread
from workflow.services.terms import TermsOf

__all__ = ["DOWN_WAIT", "JOB", "LEASE", "MOST_ATTEMPTS", "WAITS", "Delivered", "Wording", "deliver", "wait_after"]

LOG = logging.getLogger(__name__)
JOB = "deliver"
LEASE = timedelta(minutes=3)
"""How long a delivery that died keeps others waiting; renewed before each message, none of which takes as long."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
"""How long to wait after a message's first, second … failure: a grey list takes minutes, a full mailbox days."""

MOST_ATTEMPTS = len(WAITS) + 1
UNKNOWN_WAIT = timedelta(hours=1)
"""How long to wait for a channel that is not set up here, while others are."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery did, counted in notices; `failed` are tried again later, `dead` are given up.

    `waiting`: left for when the office opens, or until their channel is set up.
    """

    sent: int = 0
    dropped: int = 0
    failed: int = 0
    dead: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """How messages are worded: the address of the pages, to which they link, the language, and templates of one's own."""

    base_url: str
    language: Language = "vi"
    own: Path | None = None

    def message(self, letter: Letter) -> Message:
        """The message that a letter makes. Where a template of one's own fails, the one that is shipped is used."""
        if self.own is not None:
            try:
                return render(letter, base_url=self.base_url, language=self.language, own=self.own)
            except TemplateFaulty as fault:
                LOG.warning("%s", fault)
        return render(letter, base_url=self.base_url, language=self.language)


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
    hours: OfficeHours | None = None,
    own_templates: Path | None = None,
) -> Delivered:
    """Send what is pending at `at`, at most `limit` notices; all that is pending for one person is one message.

    `base_url`: the address of the pages, to which the messages link. `clock`: what the run's lease is renewed by; None:
    time stands still at `at`. `hours`: when digests may be sent, None: at any time of their day; notices of plans go by
    the hours of their plan. `own_templates`: see `render`. Without any channel nothing is touched; notices of a channel
    that is not set up wait for it. While another delivery runs, nothing is done; a delivery that may have lost its
    lease to another sends no more.
    """
    if not channels:
        return Delivered()
    lease = _Lease(store, clock or ClockSetByHand(at))
    if not lease.hold():
        return Delivered()
    try:
        wording = Wording(base_url, language, own_templates)
        return _Delivery(store, Office(terms_of, hours), wording, channels, at).run(lease, limit)
    finally:
        lease.release()


def wait_after(key: str, attempts: int) -> timedelta:
    """How long to wait after so many failures (1 or more): longer each time, spread by the key by up to a quarter."""
    return spread(WAITS[min(attempts, len(WAITS)) - 1], f"{key}#{attempts}")


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


class _Delivery:
    """One run, which goes on as long as its lease is held."""

    def __init__(
        self, store: Store, office: Office, wording: Wording, channels: Mapping[str, Channel], at: datetime
    ) -> None:
        self._store = store
        self._terms_of = office.terms_of
        self._sorter = Sorter(store, office, at)
        self._wording = wording
        self._channels = channels
        self._down: set[str] = set()
        self._at = at

    def run(self, lease: _Lease, limit: int) -> Delivered:
        """Settle what is pending, message by message."""
        with self._store.reading() as uow:
            pending = uow.outbox.pending(self._at, limit)
        became: Counter[NoticeStatus] = Counter()
        waiting = 0
        for group in _by_person(pending):
            if not lease.hold():
                break
            settled, put_off = self._settle(group)
            if settled or put_off:
                self._write([*settled, *put_off])
            became.update(notice.status for notice in settled)
            waiting += len(put_off)
        return Delivered(
            sent=became[NoticeStatus.SENT],
            dropped=became[NoticeStatus.DROPPED],
            failed=became[NoticeStatus.PENDING],
            dead=became[NoticeStatus.DEAD],
            waiting=waiting,
        )

    def _settle(self, group: Sequence[Notice]) -> tuple[list[Notice], list[Notice]]:
        """What becomes of the notices of one person over one channel, and those put off; none while it is down."""
        name = group[0].channel
        if name in self._down:
            return [], []
        if name not in self._channels:
            reason = f"Kênh «{name}» chưa được thiết lập."
            return [], [left(notice, reason, group[0].key, self._at, UNKNOWN_WAIT) for notice in group]
        found = self._sorter.sort(group)
        case = found.case
        if not case.notices:
            return found.settled, found.put_off
        address = _address(case)
        if address is None:
            dead = [_dead(notice, why_unreachable(notice, case.person)) for notice in case.notices]
            return found.settled + dead, found.put_off
        return found.settled + self._send(case, address, self._channels[name]), found.put_off

    def _send(self, case: Case, address: str, channel: Channel) -> list[Notice]:
        try:
            channel.send(self._wording.message(compose(case, address, self._terms_of)))
        except ChannelDown as failure:
            self._down.add(case.notices[0].channel)
            together = case.notices[0].key
            return [left(notice, failure.reason, together, self._at) for notice in case.notices]
        except ChannelFailed as failure:
            return _failed(case, failure)
        except FAULTS as error:
            return _failed(case, ChannelFailed(str(error)))
        return [_sent(notice, self._at) for notice in case.notices]

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
    """Where to send: the person's address of today on that channel, else the one noted when the notice was written."""
    first: Notice = case.notices[0]
    if case.person is not None:
        return dict(ways_to(case.person)).get(first.channel)
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
