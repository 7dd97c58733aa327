"""Notices that were given up: what they are, why, and another try once the reason is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflow.domain.errors import Conflict, NotFound
from workflow.ports import Notice, NoticeStatus, Store

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


def retry(store: Store, key: str, *, at: datetime) -> Notice:
    """Let the next delivery try one again, with all its attempts; it is checked again whether it is owed at all.

    Raises `NoticeUnknown` and `NoticeNotDead`.
    """
    with store() as uow:
        notice = uow.outbox.get(key)
        if notice is None:
            raise NoticeUnknown(key=key)
        if notice.status is not NoticeStatus.DEAD:
            raise NoticeNotDead(key=key)
        again = _again(notice, at)
        uow.outbox.update(again)
        uow.commit()
    return again


def retry_all(store: Store, *, at: datetime) -> int:
    """Let the next delivery try all of them again; how many there were."""
    with store() as uow:
        found = uow.outbox.with_status(NoticeStatus.DEAD, MOST)
        for notice in found:
            uow.outbox.update(_again(notice, at))
        uow.commit()
    return len(found)


def _again(notice: Notice, at: datetime) -> Notice:
    return replace(notice, status=NoticeStatus.PENDING, attempts=0, try_at=at, reason=None)
