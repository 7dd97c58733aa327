"""Notices that were given up are listed with their reason and can be tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import DIALOGUE, at, office_terms
from tests.unit.notify.test_composing import notice
from workflow.domain.ladder import Audience
from workflow.ports import Contact, NoticeStatus, Person, Store
from workflow.services.plans import start_plan
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
    [again] = retry(store, GONE.key, at=NOW)
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


def test_one_that_nobody_could_be_found_for_goes_to_whoever_fills_the_place_now(store: Store) -> None:
    plan_id = start_plan(
        store, lambda *_: office_terms(), DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test"
    ).plan_id
    place = f"{plan_id}/collect/1/overdue_1"
    vacant = replace(GONE, key=f"{place}/role:head/email", plan_id=plan_id, person_id="", person_name="Thủ trưởng")
    with store() as uow:
        uow.outbox.add([replace(vacant, address=None)])
        uow.commit()
    assert [each.key for each in retry(store, vacant.key, at=NOW)] == [vacant.key]
    with store() as uow:
        uow.outbox.update(vacant)
        contacts = (Contact("zalo", "1"),)
        uow.directory.put(
            Person(
                "binh", "Bình", "binh@example.invalid", "Ủy ban MTTQ xã", Audience.HEAD, DIALOGUE.organization, contacts
            )
        )
        uow.commit()
    tried = retry(store, vacant.key, at=NOW)
    assert [(each.key, each.address) for each in tried] == [
        (f"{place}/binh/email", "binh@example.invalid"),
        (f"{place}/binh/zalo", "1"),
    ]
    with store.reading() as uow:
        kept = uow.outbox.get(vacant.key)
        assert kept is not None
        assert (kept.status, kept.reason) == (NoticeStatus.DROPPED, "Đã chuyển cho Bình.")
        assert [each.key for each in uow.outbox.pending(NOW, 9) if each.step == "collect"] == [e.key for e in tried]
