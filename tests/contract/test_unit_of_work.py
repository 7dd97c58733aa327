"""A unit of work is one transaction: all of it is kept, by a commit that comes last, or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import InvalidRequestError

from tests.builders import at
from tests.contract.acting import STARTED_AT, act_in, ask, notice, start, start_in
from workflow.domain.commands import CompleteStep
from workflow.domain.definition import PlanKind
from workflow.domain.errors import PlanNotFound
from workflow.domain.ladder import DEFAULT_LADDER, Audience
from workflow.ports import (
    Absence,
    AdoptedNotice,
    Anchor,
    Answered,
    NoticeStatus,
    Person,
    SavedView,
    Session,
    Store,
    Token,
    UnitOfWork,
)
from workflow.store.errors import DatabaseBusy, DatabaseUnwritable

REFUSED = (RuntimeError, InvalidRequestError, DatabaseUnwritable)

LAN = Person("lan", "Nguyễn Thị Lan", None, "Văn phòng", Audience.OWNER, "UBND xã")


def write_everywhere(uow: UnitOfWork) -> None:
    """Leave a mark in every repository."""
    start_in(uow)
    uow.outbox.add([notice("n1")])
    uow.directory.put(LAN)
    uow.links.remember("p1", "run", "looks")
    uow.leases.take("sweep", "a", STARTED_AT, at("2026-04-07"))
    uow.sign_ins.add("digest", "lan", at("2026-04-07"))
    uow.absences.put(Absence("a", "lan", date(2026, 4, 6), date(2026, 4, 7), None))
    uow.ladders.put(PlanKind.UNION, DEFAULT_LADDER, at=STARTED_AT, actor="lan")
    uow.decisions.add(AdoptedNotice("tet", "", STARTED_AT, "lan"))
    uow.anchors.add(Anchor(date(2026, 4, 6), "d", "", (), STARTED_AT))
    uow.heartbeats.beat("sweep", STARTED_AT)
    uow.sessions.add(Session("s", "lan", STARTED_AT, STARTED_AT, at("2026-04-07")))
    uow.passwords.put("lan", "hash", STARTED_AT)
    uow.tokens.add(Token("t", "d", "lan", "", (), STARTED_AT))
    uow.idempotency.add(Answered("k", "r", 200, "", at("2026-04-07")), STARTED_AT)
    uow.saved_views.put(SavedView("lan", "v", "/"))


def marks(store: Store) -> list[object]:
    """Which of the marks are there."""
    with store() as uow:
        return [
            uow.plans.ids(),
            uow.plans.rows(),
            uow.plans.steps(),
            uow.plans.revisions("p1"),
            uow.outbox.count(NoticeStatus.PENDING),
            uow.directory.all(),
            uow.links.shown("p1"),
            not uow.leases.take("sweep", "b", STARTED_AT, at("2026-04-07")),
            uow.sign_ins.use("digest", STARTED_AT),
            uow.absences.of_person("lan"),
            uow.ladders.get(PlanKind.UNION),
            uow.decisions.all(),
            uow.anchors.all(),
            uow.heartbeats.last("sweep"),
            uow.sessions.get("s"),
            uow.passwords.get("lan"),
            uow.tokens.by_digest("d"),
            uow.idempotency.get("k", STARTED_AT),
            uow.saved_views.of_person("lan"),
        ]


NOTHING: list[object] = [[], [], [], [], 0, [], None, False, None, [], None, [], [], *[None] * 5, []]


def test_everything_done_before_the_commit_is_kept(store: Store) -> None:
    with store() as uow:
        write_everywhere(uow)
        uow.commit()
    assert all(marks(store))


def test_without_a_commit_nothing_is_kept(store: Store) -> None:
    with store() as uow:
        write_everywhere(uow)
    assert marks(store) == NOTHING


def test_a_state_that_was_not_kept_is_not_remembered(store: Store) -> None:
    before = start(store)
    with store() as uow:
        act_in(uow, CompleteStep("collect"), at("2026-04-10"))
    assert ask(store, lambda uow: uow.plans.get("p1")) == before


def test_an_exception_inside_the_unit_leaves_nothing_and_goes_on_its_way(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_fail(store, commit=False)
    assert marks(store) == NOTHING


def test_an_exception_after_the_commit_takes_nothing_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_fail(store, commit=True)
    assert all(marks(store))


def write_and_fail(store: Store, *, commit: bool) -> None:
    """Leave a mark in every repository, then stumble within the unit."""
    with store() as uow:
        write_everywhere(uow)
        if commit:
            uow.commit()
        raise ZeroDivisionError


def test_a_unit_sees_what_it_has_done_itself(store: Store) -> None:
    with store() as uow:
        cycle = start_in(uow)
        assert uow.plans.get("p1") == cycle
        assert act_in(uow, CompleteStep("collect"), at("2026-04-10")).version > cycle.version
        assert uow.plans.rows()[0].done == 1


def test_after_its_commit_a_unit_refuses_everything(store: Store) -> None:
    with store() as uow:
        uow.commit()
        with pytest.raises(REFUSED):
            uow.commit()
        with pytest.raises(REFUSED):
            uow.plans.ids()
        with pytest.raises(REFUSED):
            uow.directory.put(LAN)


def test_after_it_was_left_a_unit_refuses_everything(store: Store) -> None:
    with store() as uow:
        pass
    with pytest.raises(REFUSED):
        uow.commit()
    with pytest.raises(REFUSED):
        uow.plans.ids()


def test_a_unit_that_only_reads_refuses_to_write(store: Store) -> None:
    with pytest.raises(REFUSED), store.reading() as uow:
        uow.directory.put(LAN)
    with pytest.raises(REFUSED), store.reading() as uow:
        uow.commit()
    assert ask(store, lambda uow: uow.directory.all()) == []


def test_after_a_refused_write_the_next_unit_writes(store: Store) -> None:
    with pytest.raises(REFUSED), store.reading() as uow:
        uow.directory.put(LAN)
    with store() as uow:
        uow.directory.put(LAN)
        uow.commit()
    assert ask(store, lambda uow: uow.directory.all()) == [LAN]


def test_a_reader_sees_one_moment_and_does_not_hold_up_a_writer(store: Store) -> None:
    with store.reading() as reader:
        assert reader.plans.ids() == []
        start(store)
        assert reader.plans.ids() == []
        with pytest.raises(PlanNotFound):
            reader.plans.get("p1")
    assert ask(store, lambda uow: uow.plans.ids()) == ["p1"]


def test_a_writer_does_not_hold_up_readers(store: Store) -> None:
    with store() as writer:
        start_in(writer)
        assert ask(store, lambda uow: uow.plans.ids()) == []
        writer.commit()
    assert ask(store, lambda uow: uow.plans.ids()) == ["p1"]


def test_a_writer_that_waits_too_long_for_another_is_told_so(impatient: Store) -> None:
    with impatient() as first:
        start_in(first)
        with pytest.raises(DatabaseBusy), impatient() as second:
            start_in(second)
        first.commit()
    assert ask(impatient, lambda uow: uow.plans.ids()) == ["p1"]
