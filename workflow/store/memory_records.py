"""Outbox, settings, board links, leases and heartbeats in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from workflow.domain.definition import PlanKind
from workflow.domain.ladder import Ladder
from workflow.ports import AdoptedNotice, Anchor, Notice, NoticeStatus
from workflow.store.memory_contents import Repository, Unit


def _place_in_outbox(notice: Notice) -> tuple[datetime, str]:
    return notice.owed_at, notice.key


class MemoryOutbox(Repository):
    """`Outbox` in memory."""

    def add(self, notices: Iterable[Notice]) -> int:
        """Write the notices whose key is new; how many were. A key already present is left as it is."""
        kept = self._unit.changing.notices
        before = len(kept)
        for notice in notices:
            kept.setdefault(notice.key, notice)
        return len(kept) - before

    def pending(self, at: datetime, limit: int) -> list[Notice]:
        """Pending notices whose `try_at` is not after `at`, in order of `owed_at`, then key."""
        return self._where(lambda n: n.status is NoticeStatus.PENDING and n.try_at is not None and n.try_at <= at)[
            :limit
        ]

    def update(self, notice: Notice) -> None:
        """Write the notice's status, attempts, times and reason. Raises KeyError when there is no such notice."""
        kept = self._unit.changing.notices
        kept[notice.key] = replace(
            kept[notice.key],
            status=notice.status,
            attempts=notice.attempts,
            try_at=notice.try_at,
            sent_at=notice.sent_at,
            reason=notice.reason,
        )

    def of_plan(self, plan_id: str) -> list[Notice]:
        """Every notice of a plan, in order of `owed_at`, then key."""
        return self._where(lambda notice: notice.plan_id == plan_id)

    def count(self, status: NoticeStatus) -> int:
        """How many notices have a status."""
        return len(self._where(lambda notice: notice.status is status))

    def get(self, key: str) -> Notice | None:
        """The notice with a key, or None."""
        return self._unit.contents.notices.get(key)

    def with_status(self, status: NoticeStatus, limit: int) -> list[Notice]:
        """The notices with a status, the latest owed first, then by key backwards."""
        return self._where(lambda notice: notice.status is status)[::-1][:limit]

    def _where(self, chosen: Callable[[Notice], bool]) -> list[Notice]:
        return sorted(filter(chosen, self._unit.contents.notices.values()), key=_place_in_outbox)


class MemoryLadders(Repository):
    """`Ladders` in memory."""

    def get(self, kind: PlanKind) -> Ladder | None:
        """The ladder set for a kind; None: the one that is shipped."""
        return self._unit.contents.ladders.get(kind)

    def put(self, kind: PlanKind, ladder: Ladder | None, *, at: datetime, actor: str) -> None:  # noqa: ARG002
        """Set a kind's ladder; None: the one that is shipped again."""
        ladders = self._unit.changing.ladders
        ladders.pop(kind, None)
        if ladder is not None:
            ladders[kind] = ladder


class MemoryDecisions(Repository):
    """`Decisions` in memory."""

    def add(self, notice: AdoptedNotice) -> None:
        """Keep a decision; one of the same name is replaced."""
        self._unit.changing.decisions[notice.name] = notice

    def all(self) -> list[AdoptedNotice]:
        """All of them, in order of adoption, then by name."""
        return sorted(self._unit.contents.decisions.values(), key=lambda each: (each.adopted_at, each.name))


class MemoryAnchors(Repository):
    """`Anchors` in memory."""

    def add(self, anchor: Anchor) -> bool:
        """Keep an anchor; False when its day has one already."""
        anchors = self._unit.changing.anchors
        new = anchor.day not in anchors
        anchors.setdefault(anchor.day, anchor)
        return new

    def all(self) -> list[Anchor]:
        """All of them by day."""
        return sorted(self._unit.contents.anchors.values(), key=lambda each: each.day)


class MemoryHeartbeats(Repository):
    """`Heartbeats` in memory."""

    def beat(self, job: str, at: datetime) -> None:
        """Note that a job has come to its end; an earlier end told later is left out."""
        beats = self._unit.changing.heartbeats
        beats[job] = max(at, beats.get(job, at))

    def last(self, job: str) -> datetime | None:
        """When it last did; None when it never has."""
        return self._unit.contents.heartbeats.get(job)


class MemoryLinks(Repository):
    """`Links` in memory."""

    def __init__(self, unit: Unit, installation_id: str) -> None:
        super().__init__(unit)
        self._installation_id = installation_id

    def installation_id(self) -> str:
        """A random id made once for this store, when it was made."""
        return self._installation_id

    def shown(self, plan_id: str) -> tuple[str, str] | None:
        """(flow run id, fingerprint of what was shown) or None."""
        return self._unit.contents.links.get(plan_id)

    def remember(self, plan_id: str, flow_run_id: str, fingerprint: str) -> None:
        """Keep what was shown."""
        self._unit.changing.links[plan_id] = (flow_run_id, fingerprint)

    def forget(self, plan_id: str) -> None:
        """Drop what was shown, so that it is shown whole next time."""
        self._unit.changing.links.pop(plan_id, None)


class MemoryLeases(Repository):
    """`Leases` in memory."""

    def take(self, job: str, owner: str, at: datetime, until: datetime) -> bool:
        """Take or renew the lease of a job until `until` (exclusive); False when another owner holds it at `at`."""
        leases = self._unit.changing.leases
        holder, held_until = leases.get(job, (owner, at))
        if holder != owner and held_until > at:
            return False
        leases[job] = (owner, until)
        return True

    def release(self, job: str, owner: str) -> None:
        """Give the lease back; nothing happens when another owner holds it."""
        leases = self._unit.changing.leases
        if job in leases and leases[job][0] == owner:
            del leases[job]
