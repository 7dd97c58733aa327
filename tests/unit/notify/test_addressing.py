"""Whom a rung is told to: from the directory's seats to the notices of the outbox."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import DIALOGUE, after, at, started
from workflow.domain.commands import CompleteStep
from workflow.domain.events import Happened, RungReached, StepHandedOver, StepOpened
from workflow.domain.ladder import DEFAULT_LADDER, Audience, Base, Rung
from workflow.ports import Absence, Contact, Notice, NoticeStatus, Person, Store, UnitOfWork
from workflow.services.addressing import People, notices_for
from workflow.store import memory_store

OFFICE = DIALOGUE.organization
FRONT = "Ủy ban MTTQ xã"

OFFICER = Person("officer", "Nguyễn Thị Lan", "lan@example.invalid", FRONT, Audience.OWNER, OFFICE)
HEAD = Person("head", "Trần Văn Bình", "binh@example.invalid", FRONT, Audience.HEAD, OFFICE)
COORDINATOR = Person("coord", "Lê Hà", "ha@example.invalid", "Văn phòng", Audience.COORDINATOR, OFFICE)
STRANGER = Person("far", "Phạm Xa", "xa@example.invalid", FRONT, Audience.OWNER, "UBND xã khác")

CYCLE = started()


def seated(*people: Person) -> Store:
    store = memory_store()
    with store() as uow:
        for person in people:
            uow.directory.put(person)
        uow.commit()
    return store


def seen(uow: UnitOfWork, day: str = "2026-04-20") -> People:
    return People(OFFICE, uow.directory, uow.absences, date.fromisoformat(day))


def reached(rung: str, step: str = "collect", revision: int = 1) -> Happened:
    return Happened(RungReached(step, revision, rung), at("2026-04-20", "07:30"))


def told(*people: Person, rung: str = "warn_3", step: str = "collect") -> list[Notice]:
    with seated(*people).reading() as uow:
        return notices_for(CYCLE, [reached(rung, step)], seen(uow))


def test_a_warning_goes_to_the_officers_of_the_owning_unit_alone() -> None:
    second = replace(OFFICER, person_id="officer2")
    assert [n.person_id for n in told(OFFICER, second, HEAD, COORDINATOR, STRANGER)] == ["officer", "officer2"]


def test_without_an_officer_the_head_is_told_and_without_a_head_the_coordinators() -> None:
    assert [n.person_id for n in told(HEAD, COORDINATOR)] == ["head"]
    assert [n.person_id for n in told(COORDINATOR, STRANGER)] == ["coord"]


def test_a_step_without_an_owner_is_told_to_the_coordinators() -> None:
    assert [n.person_id for n in told(OFFICER, HEAD, COORDINATOR, step="meeting_day")] == ["coord"]


def test_a_breach_is_told_to_owner_and_coordinator_each_once_even_where_one_stands_in_for_the_other() -> None:
    assert [n.person_id for n in told(OFFICER, COORDINATOR, rung="overdue")] == ["officer", "coord"]
    assert [n.person_id for n in told(COORDINATOR, rung="overdue")] == ["coord"]


@pytest.mark.parametrize(
    ("rung", "role", "name"),
    [
        ("overdue_1", Audience.HEAD, "Thủ trưởng đơn vị (Ủy ban MTTQ xã)"),
        ("warn_3", Audience.OWNER, "Cán bộ phụ trách (Ủy ban MTTQ xã)"),
        ("overdue", Audience.COORDINATOR, "Người điều phối"),
    ],
)
def test_a_seat_that_nobody_fills_makes_one_notice_without_an_address_that_names_the_seat(
    rung: str, role: Audience, name: str
) -> None:
    people = (OFFICER,) if role is Audience.COORDINATOR else (STRANGER,)
    found = [n for n in told(*people, rung=rung) if not n.person_id and n.person_name == name]
    assert [(n.address, n.key) for n in found] == [(None, f"p1/collect/1/{rung}/role:{role}/email")]


def test_units_compare_without_regard_to_capitals_blanks_and_unicode_form() -> None:
    written = unicodedata.normalize("NFD", "  ủy ban  mttq XÃ ")
    assert [n.person_id for n in told(replace(OFFICER, unit=written), COORDINATOR)] == ["officer"]


def test_a_notice_is_pending_from_the_instant_of_its_rung_under_a_key_made_of_what_makes_it_unique() -> None:
    [notice] = told(OFFICER)
    assert notice == Notice(
        key="p1/collect/1/warn_3/officer/email",
        plan_id="p1",
        step="collect",
        revision=1,
        rung="warn_3",
        person_id="officer",
        person_name="Nguyễn Thị Lan",
        address="lan@example.invalid",
        channel="email",
        owed_at=at("2026-04-20", "07:30"),
        status=NoticeStatus.PENDING,
        try_at=at("2026-04-20", "07:30"),
    )


def test_repeats_of_a_rung_have_keys_of_their_own() -> None:
    keys = [told(OFFICER, HEAD, COORDINATOR, rung=f"overdue_again#{n}")[0].key for n in (0, 1)]
    assert keys == ["p1/collect/1/overdue_again#0/officer/email", "p1/collect/1/overdue_again#1/officer/email"]


@pytest.mark.parametrize("email", [None, "", "  "])
def test_a_person_without_mail_is_noted_without_an_address(email: str | None) -> None:
    assert [n.address for n in told(replace(OFFICER, email=email))] == [None]


def test_only_rungs_owe_notices() -> None:
    done = after(CYCLE, CompleteStep("collect"), at("2026-04-10"))
    with seated(OFFICER).reading() as uow:
        facts = [Happened(StepOpened("answers", at("2026-04-10")), at("2026-04-10")), reached("opened", revision=0)]
        notices = notices_for(done, facts, seen(uow))
    assert [n.rung for n in notices] == ["opened"]


def test_a_rung_that_the_ladder_does_not_have_is_refused() -> None:
    with seated(OFFICER).reading() as uow, pytest.raises(LookupError, match="warn_3"):
        notices_for(replace(CYCLE, ladder=DEFAULT_LADDER[:1]), [reached("warn_3")], seen(uow))


def away(person_id: str, substitute_id: str | None, since: str = "2026-04-20", until: str = "2026-04-25") -> Absence:
    return Absence(f"a-{person_id}", person_id, date.fromisoformat(since), date.fromisoformat(until), substitute_id)


def told_while(absences: list[Absence], *people: Person, rung: str = "warn_3", day: str = "2026-04-20") -> list[Notice]:
    store = seated(*people)
    with store() as uow:
        for absence in absences:
            uow.absences.put(absence)
        uow.commit()
    with store.reading() as uow:
        return notices_for(CYCLE, [reached(rung)], seen(uow, day))


SECOND = replace(OFFICER, person_id="second", name="Vũ Thị Hai")
ELSEWHERE = Person("else", "Ngô Văn Ba", "ba@example.invalid", "Phòng Kinh tế", Audience.OWNER, OFFICE)


def test_whoever_is_away_that_day_is_stood_for_by_their_substitute_whatever_unit_that_is_from() -> None:
    absent = [away("officer", "else")]
    assert [n.person_id for n in told_while(absent, OFFICER, ELSEWHERE)] == ["else"]
    assert [n.person_id for n in told_while(absent, OFFICER, ELSEWHERE, day="2026-04-19")] == ["officer"]
    assert [n.person_id for n in told_while(absent, OFFICER, ELSEWHERE, day="2026-04-25")] == ["officer"]


def test_a_substitute_who_is_away_is_stood_for_in_turn() -> None:
    absent = [away("officer", "second"), away("second", "else")]
    assert [n.person_id for n in told_while(absent, OFFICER, SECOND, ELSEWHERE)] == ["else"]


@pytest.mark.parametrize(
    "absent",
    [
        [away("officer", None)],
        [away("officer", "nobody")],
        [away("officer", "officer")],
        [away("officer", "second"), away("second", "officer")],
    ],
    ids=["without a substitute", "unknown substitute", "their own substitute", "in a circle"],
)
def test_where_nobody_stands_in_the_next_in_line_is_told_and_else_the_seat_is_named(absent: list[Absence]) -> None:
    people = (OFFICER, replace(SECOND, unit="Nơi khác"))
    assert [n.person_id for n in told_while(absent, *people, HEAD)] == ["head"]
    [vacant] = told_while(absent, *people)
    assert (vacant.person_name, vacant.address) == (f"Cán bộ phụ trách ({FRONT})", None)


def test_a_colleague_who_is_there_and_stands_in_as_well_is_told_once() -> None:
    assert [n.person_id for n in told_while([away("officer", "second")], OFFICER, SECOND)] == ["second"]


def test_each_channel_of_a_person_gets_a_notice_of_its_own() -> None:
    contacts = (Contact("telegram", "77"), Contact("webhook", " https://x.example/h "), Contact("telegram", "78"))
    found = told(replace(OFFICER, contacts=contacts))
    assert [(n.channel, n.address, n.key.rpartition("/")[2]) for n in found] == [
        ("email", "lan@example.invalid", "email"),
        ("telegram", "77", "telegram"),
        ("webhook", "https://x.example/h", "webhook"),
    ]
    without_mail = told(replace(OFFICER, email=None, contacts=contacts))
    assert [n.channel for n in without_mail] == ["telegram", "webhook"]


GIVEN = replace(
    CYCLE.plan,
    steps=tuple(replace(s, owner="Phòng Kinh tế") if s.key == "collect" else s for s in CYCLE.plan.steps),
)
GIVING = (Rung("warn_3", Base.BEFORE_DUE, 3, (Audience.HEAD,), reassign_to="Phòng Kinh tế"),)


def test_a_rung_that_gives_the_step_away_tells_both_units() -> None:
    handed = Happened(StepHandedOver("collect", "Phòng Kinh tế", FRONT, "rung:warn_3"), at("2026-04-20", "07:30"))
    cycle = replace(CYCLE, ladder=GIVING, plan=GIVEN)
    with seated(OFFICER, HEAD, ELSEWHERE).reading() as uow:
        found = notices_for(cycle, [reached("warn_3"), handed], seen(uow))
    assert [n.person_id for n in found] == ["head", "else"]


def test_a_step_given_away_after_the_rung_is_told_to_those_who_had_it_then() -> None:
    handed = Happened(StepHandedOver("collect", "Phòng Kinh tế", FRONT, "rung:overdue"), at("2026-04-24", "07:30"))
    cycle = replace(CYCLE, plan=GIVEN)
    with seated(OFFICER, ELSEWHERE).reading() as uow:
        assert [n.person_id for n in notices_for(cycle, [reached("warn_3"), handed], seen(uow))] == ["officer"]
        assert [n.person_id for n in notices_for(cycle, [handed, reached("warn_3")], seen(uow))] == ["else"]
