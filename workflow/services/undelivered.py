"""Notices that were given up: what they are, why, and another try once the reason is gone.

One that reached nobody because nobody filled a place is tried with whoever fills it now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflow.domain.errors import Conflict, NotFound
from workflow.domain.ladder import Audience
from workflow.domain.zone import day_of
from workflow.ports import Notice, NoticeStatus, Store, UnitOfWork
from workflow.services.addressing import VACANT, Addressee, People, Way, filling
from workflow.services.reading import read_plans

MOST = 10_000
"""How many are read at once, at most."""


class NoticeUnknown(NotFound):
    template = "Không có thông báo «{key}»; xem danh sách bằng lệnh «doithoai undelivered»."


class NoticeNotDead(Conflict):
    template = "Thông báo «{key}» không nằm trong số không gửi được, nên không cần gửi lại."


def undelivered(store: Store, limit: int = MOST) -> list[Notice]:
    """The notices that were given up, each with its reason, the latest owed first."""
    with store.reading() as uow:
        return uow.outbox.with_status(NoticeStatus.DEAD, limit)


def retry(store: Store, key: str, *, at: datetime) -> list[Notice]:
    """Let the next delivery try one again, with all its attempts; it is checked again whether it is owed at all.

    What is tried: the notice itself, or one for each person who now fills the place that it was meant for. Raises
    `NoticeUnknown` and `NoticeNotDead`.
    """
    with store() as uow:
        notice = uow.outbox.get(key)
        if notice is None:
            raise NoticeUnknown(key=key)
        if notice.status is not NoticeStatus.DEAD:
            raise NoticeNotDead(key=key)
        tried = _try_again(uow, notice, at)
        uow.commit()
    return tried


def retry_all(store: Store, *, at: datetime) -> int:
    """Let the next delivery try all of them again; how many there were."""
    with store() as uow:
        found = uow.outbox.with_status(NoticeStatus.DEAD, MOST)
        for notice in found:
            _try_again(uow, notice, at)
        uow.commit()
    return len(found)


def _try_again(uow: UnitOfWork, notice: Notice, at: datetime) -> list[Notice]:
    again = replace(notice, status=NoticeStatus.PENDING, attempts=0, try_at=at, reason=None)
    meant = [_for(again, one, way) for one in _filling_now(uow, notice, at) for way in one.ways]
    if not meant:
        uow.outbox.update(again)
        return [again]
    names = ", ".join(dict.fromkeys(each.person_name for each in meant))
    uow.outbox.add(meant)
    uow.outbox.update(replace(notice, status=NoticeStatus.DROPPED, try_at=None, reason=f"Đã chuyển cho {names}."))
    return meant


def _filling_now(uow: UnitOfWork, notice: Notice, at: datetime) -> list[Addressee]:
    """Who fills the place that a notice was meant for, by its key; nobody for one that was meant for a person."""
    token = notice.key.rpartition("/")[0].rpartition("/")[2]
    role = token.removeprefix(VACANT).partition("@")[0]
    if notice.person_id or not token.startswith(VACANT):
        return []
    cycle = read_plans(uow, [notice.plan_id] if notice.plan_id else []).cycles.get(notice.plan_id)
    if cycle is None:
        return []
    step = cycle.steps.get(notice.step)
    people = People(cycle.definition.organization, uow.directory, uow.absences, day_of(at))
    found = filling(Audience(role), step.definition.owner if step is not None else None, people)
    return [one for one in found if one.person_id]


def _for(notice: Notice, one: Addressee, way: Way) -> Notice:
    """The notice as it is owed to a person over a channel."""
    place = notice.key.rpartition("/")[0].rpartition("/")[0]
    channel, address = way
    return replace(
        notice,
        key=f"{place}/{one.token}/{channel}",
        person_id=one.person_id,
        person_name=one.name,
        address=address,
        channel=channel,
    )
