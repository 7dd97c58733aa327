"""The outbox: one notice for each key, tried when it is time, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import at
from tests.contract.acting import STARTED_AT, ask, at_once, notice
from workflow.ports import Notice, NoticeStatus, Store

LATER = STARTED_AT + timedelta(hours=1)


def add(store: Store, *notices: Notice) -> int:
    """Add notices in one transaction; how many were new."""
    with store() as uow:
        new = uow.outbox.add(notices)
        uow.commit()
    return new


def test_a_notice_comes_back_as_it_was(store: Store) -> None:
    whole = replace(notice("n1"), attempts=2, sent_at=LATER, reason="đã gửi", status=NoticeStatus.SENT, about="p1@3-5")
    bare = replace(notice("n2"), person_id="", address=None, try_at=None)
    assert add(store, whole, bare) == 2
    assert ask(store, lambda uow: uow.outbox.of_plan("p1")) == [whole, bare]


def test_a_key_already_present_is_left_as_it_is_and_not_counted(store: Store) -> None:
    add(store, notice("n1"))
    assert add(store, replace(notice("n1"), person_name="Người khác"), notice("n2")) == 1
    assert ask(store, lambda uow: uow.outbox.of_plan("p1")) == [notice("n1"), notice("n2")]


def test_a_key_given_twice_at_once_is_written_once(store: Store) -> None:
    assert add(store, notice("n1"), replace(notice("n1"), person_name="Người khác")) == 1
    assert ask(store, lambda uow: uow.outbox.of_plan("p1")) == [notice("n1")]


def test_adding_nothing_adds_nothing(store: Store) -> None:
    assert add(store) == 0


def test_many_notices_are_counted_and_kept(store: Store) -> None:
    assert add(store, *(notice(f"n{number:04}") for number in range(3000))) == 3000
    assert ask(store, lambda uow: uow.outbox.count(NoticeStatus.PENDING)) == 3000


def test_of_two_who_add_a_notice_at_once_one_adds_it(store: Store) -> None:
    answers = at_once(lambda: add(store, notice("n1")), lambda: add(store, notice("n1")))
    assert sorted(answers, key=str) == [0, 1]


def test_pending_notices_come_when_their_time_has_come_in_order(store: Store) -> None:
    add(
        store,
        notice("b", owed_at=STARTED_AT, try_at=LATER),
        notice("a", owed_at=STARTED_AT, try_at=STARTED_AT),
        notice("early", owed_at=STARTED_AT - timedelta(days=1), try_at=STARTED_AT),
        notice("future", try_at=LATER + timedelta(microseconds=1)),
        notice("never", try_at=None),
        replace(notice("sent"), status=NoticeStatus.SENT),
        replace(notice("dead"), status=NoticeStatus.DEAD),
        replace(notice("dropped"), status=NoticeStatus.DROPPED),
    )
    assert ask(store, lambda uow: [each.key for each in uow.outbox.pending(LATER, 10)]) == ["early", "a", "b"]
    assert ask(store, lambda uow: [each.key for each in uow.outbox.pending(LATER, 2)]) == ["early", "a"]
    assert ask(store, lambda uow: [each.key for each in uow.outbox.pending(STARTED_AT, 10)]) == ["early", "a"]


def test_notices_of_a_plan_stand_in_order_of_when_they_were_owed_then_by_key(store: Store) -> None:
    add(store, notice("b"), notice("a"), notice("c", owed_at=at("2026-04-01")), notice("other", plan_id="p2"))
    assert ask(store, lambda uow: [each.key for each in uow.outbox.of_plan("p1")]) == ["c", "a", "b"]
    assert ask(store, lambda uow: uow.outbox.of_plan("p9")) == []


def test_update_writes_status_attempts_times_and_reason_and_nothing_else(store: Store) -> None:
    add(store, notice("n1"), notice("n2"))
    changed = replace(
        notice("n1"), status=NoticeStatus.DEAD, attempts=5, try_at=None, sent_at=LATER, reason="hộp thư không tồn tại"
    )
    with store() as uow:
        uow.outbox.update(replace(changed, person_name="Người khác", rung="overdue", owed_at=LATER))
        uow.commit()
    assert ask(store, lambda uow: uow.outbox.of_plan("p1")) == [changed, notice("n2")]


def test_updating_a_notice_that_is_not_there_is_refused(store: Store) -> None:
    with store() as uow, pytest.raises(KeyError):
        uow.outbox.update(notice("n9"))


def test_notices_are_counted_by_status(store: Store) -> None:
    add(store, notice("n1"), notice("n2"), replace(notice("n3"), status=NoticeStatus.SENT))
    counts = ask(store, lambda uow: [uow.outbox.count(status) for status in NoticeStatus])
    assert dict(zip(NoticeStatus, counts, strict=True)) == {
        NoticeStatus.PENDING: 2,
        NoticeStatus.SENT: 1,
        NoticeStatus.DROPPED: 0,
        NoticeStatus.DEAD: 0,
    }


def test_a_notice_is_found_by_its_key(store: Store) -> None:
    add(store, notice("n1"))
    assert ask(store, lambda uow: uow.outbox.get("n1")) == notice("n1")
    assert ask(store, lambda uow: uow.outbox.get("n9")) is None


def test_notices_with_a_status_stand_with_the_latest_owed_first_and_no_more_than_asked_for(store: Store) -> None:
    dead = [replace(notice(key), status=NoticeStatus.DEAD, try_at=None) for key in ("a", "b", "c")]
    add(store, notice("n1"), dead[0], dead[1], replace(dead[2], owed_at=STARTED_AT - timedelta(days=1)))
    found = ask(store, lambda uow: uow.outbox.with_status(NoticeStatus.DEAD, 10))
    assert [each.key for each in found] == ["b", "a", "c"]
    assert [each.key for each in ask(store, lambda uow: uow.outbox.with_status(NoticeStatus.DEAD, 2))] == ["b", "a"]
    assert ask(store, lambda uow: uow.outbox.with_status(NoticeStatus.SENT, 10)) == []
