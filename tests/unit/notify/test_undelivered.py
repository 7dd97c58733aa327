"""Notices that were given up are listed with their reason and can be tried again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import at
from tests.unit.notify.test_composing import notice
from workflow.ports import NoticeStatus, Store
from workflow.services.undelivered import NoticeNotDead, NoticeUnknown, retry, retry_all, undelivered
from workflow.store import memory_store

NOW = at("2026-04-21")
GONE = replace(notice("warn_3"), status=NoticeStatus.DEAD, attempts=8, try_at=None, reason="Hộp thư không còn.")
LATER = replace(GONE, key="later", owed_at=at("2026-04-20", "13:00"))
SENT = replace(notice("opened"), status=NoticeStatus.SENT)


@pytest.fixture
def store() -> Store:
    made = memory_store()
    with made() as uow:
        uow.outbox.add([GONE, LATER, SENT])
        uow.commit()
    return made


def test_the_given_up_are_listed_with_their_reason_the_latest_first(store: Store) -> None:
    assert undelivered(store) == [LATER, GONE]


def test_one_is_tried_again_with_all_its_attempts_and_leaves_the_list(store: Store) -> None:
    again = retry(store, GONE.key, at=NOW)
    assert (again.status, again.attempts, again.try_at, again.reason) == (NoticeStatus.PENDING, 0, NOW, None)
    assert undelivered(store) == [LATER]
    with store.reading() as uow:
        assert uow.outbox.pending(NOW, 10) == [again]


def test_all_are_tried_again(store: Store) -> None:
    assert retry_all(store, at=NOW) == 2
    assert undelivered(store) == []
    assert retry_all(store, at=NOW) == 0


def test_what_is_unknown_or_was_not_given_up_is_refused_with_what_to_do(store: Store) -> None:
    with pytest.raises(NoticeUnknown, match="doithoai undelivered"):
        retry(store, "nothing", at=NOW)
    with pytest.raises(NoticeNotDead, match="không cần gửi lại"):
        retry(store, SENT.key, at=NOW)
