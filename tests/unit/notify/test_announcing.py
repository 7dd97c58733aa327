"""Who is told, once, that a command moved limits, and what it says when it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from calendars.rules import Unit, Within
from tests.builders import FULL, at, office_terms
from workflow.domain.commands import (
    AnswerPetition,
    CancelPlan,
    Command,
    CompleteStep,
    CorrectCompletion,
    ExtendStep,
    HandOver,
    MergePetition,
    PostponeMeeting,
    RaisePetition,
    SetMeeting,
    TellPetitioner,
)
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience, Terms
from workflow.domain.petition import Answer, AnsweredWhere, Petitioner, RaisedWhen, Result
from workflow.letter import CauseKind, Change, NewsKind, PetitionNews
from workflow.ports import Contact, Notice, Person, Store
from workflow.services.announcing import CHANGED, PETITIONER, notices_of_adoption
from workflow.services.changes import changes_told, news_of, stretches_of
from workflow.services.plans import handle, start_plan
from workflow.store import memory_store

OFFICE = FULL.organization
PLAN = "ubnd-xa-bac-thanh-mien-2026"
RADIO = Person("radio", "Vũ Đài", "dai@example.invalid", "Trung tâm dịch vụ", Audience.OWNER, OFFICE)
CLERK = Person("clerk", "Ngô Văn", "van@example.invalid", "Văn phòng", Audience.OWNER, OFFICE)
FRONT = Person("front", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, OFFICE)
COORDINATOR = Person("coord", "Hà", "ha@example.invalid", "Văn phòng", Audience.COORDINATOR, OFFICE)
CHAIR = Person("chair", "Chủ tịch", "ct@example.invalid", "UBND", Audience.CHAIR, OFFICE)
APRIL, NOW = at("2026-04-20"), at("2026-04-21")


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


@pytest.fixture
def store() -> Store:
    """A plan whose meeting is on 20 May, with somebody in every seat that matters."""
    made = memory_store()
    with made() as uow:
        for person in (RADIO, CLERK, FRONT, COORDINATOR, CHAIR):
            uow.directory.put(person)
        uow.commit()
    start_plan(made, terms_of, FULL, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    act(made, SetMeeting(date(2026, 5, 20)), APRIL)
    return made


def act(store: Store, command: Command, when: datetime = NOW) -> None:
    handle(store, terms_of, PLAN, command, at=when, actor="test")


def hold(store: Store) -> None:
    """The meeting is held on 20 May, all before it done."""
    for step, day in (("collect", "2026-04-22"), ("announce", "2026-05-12"), ("answers", "2026-05-04")):
        act(store, CompleteStep(step, date.fromisoformat(day)), at("2026-05-19"))
    act(store, CompleteStep("meeting_day"), at("2026-05-20", "11:30"))


def owed(store: Store, rung: str = CHANGED) -> list[Notice]:
    with store.reading() as uow:
        return [notice for notice in uow.outbox.of_plan(PLAN) if notice.rung == rung]


def told(store: Store, person: Person, *notices: Notice) -> tuple[Change, ...]:
    """What a person is told by their notices of change now, or by some of them."""
    mine = notices or tuple(notice for notice in owed(store) if notice.person_id == person.person_id)
    with store.reading() as uow:
        logs, cycles = {PLAN: uow.plans.log(PLAN)}, {PLAN: uow.plans.get(PLAN)}
    return changes_told(mine, logs, cycles, person).changes


def news(store: Store, notice: Notice) -> PetitionNews | None:
    with store.reading() as uow:
        return news_of(notice, uow.plans.get(PLAN), uow.plans.log(PLAN))


def days(change: Change) -> list[tuple[str, date | None, date | None]]:
    return [(move.step, move.old_on, move.new_on) for move in change.moves]


def test_the_first_day_of_a_meeting_is_no_change(store: Store) -> None:
    assert owed(store) == []


def test_a_moved_meeting_is_told_once_to_the_owners_of_what_moved_and_to_coordinators(store: Store) -> None:
    act(store, SetMeeting(date(2026, 5, 27)))
    found = owed(store)
    assert sorted(n.person_id for n in found) == ["clerk", "coord", "radio"]
    with store.reading() as uow:
        version = uow.plans.get(PLAN).version
    radio = next(n for n in found if n.person_id == "radio")
    assert radio.key == f"{PLAN}/changed/{version}/radio/email"
    assert (radio.about, radio.owed_at, radio.try_at) == (f"{PLAN}@{stretches_of(radio)[0].since}-{version}", NOW, NOW)


def test_an_owner_reads_the_limits_of_their_own_unit_and_the_coordinator_all_old_and_new(store: Store) -> None:
    act(store, SetMeeting(date(2026, 5, 27)))
    [change] = told(store, RADIO)
    assert days(change) == [("announce", date(2026, 5, 13), date(2026, 5, 20))]
    [cause] = change.causes
    assert (cause.kind, cause.old, cause.new) == (CauseKind.MEETING_MOVED, date(2026, 5, 20), date(2026, 5, 27))
    [whole] = told(store, COORDINATOR)
    assert [move.step for move in whole.moves] == ["announce", "meeting_day", "conclusion"]


def test_two_moves_make_one_line_from_the_first_day_to_the_present_one(store: Store) -> None:
    act(store, SetMeeting(date(2026, 5, 27)))
    act(store, SetMeeting(date(2026, 6, 3)))
    [change] = told(store, RADIO)
    assert days(change) == [("announce", date(2026, 5, 13), date(2026, 5, 27))]
    assert len(change.causes) == 2


def test_an_older_notice_alone_tells_nothing_once_a_newer_change_has_its_own(store: Store) -> None:
    act(store, SetMeeting(date(2026, 5, 27)))
    older = next(n for n in owed(store) if n.person_id == "radio")
    act(store, SetMeeting(date(2026, 6, 3)))
    assert told(store, RADIO, older) == ()


def test_a_limit_that_came_back_to_its_old_day_is_not_told(store: Store) -> None:
    act(store, SetMeeting(date(2026, 5, 27)))
    act(store, SetMeeting(date(2026, 5, 20)))
    assert told(store, RADIO) == ()


def test_what_is_done_since_is_told_no_more_and_a_plan_that_is_off_tells_nothing(store: Store) -> None:
    act(store, SetMeeting(date(2026, 5, 27)))
    act(store, CompleteStep("announce"))
    assert told(store, RADIO) == ()
    assert "announce" not in [move.step for move in told(store, COORDINATOR)[0].moves]
    act(store, CancelPlan("hoãn"))
    assert told(store, COORDINATOR) == ()


def test_a_postponed_meeting_leaves_limits_to_come(store: Store) -> None:
    act(store, PostponeMeeting("chờ lịch của Chủ tịch.", month=(2026, 6)))
    [change] = told(store, RADIO)
    [move] = change.moves
    assert (move.old_on, move.new_on, move.to_come, move.moved) == (date(2026, 5, 13), None, True, True)
    [cause] = change.causes
    assert (cause.kind, cause.month, cause.reason) == (CauseKind.MEETING_POSTPONED, (2026, 6), "chờ lịch của Chủ tịch")


def test_an_extension_is_told_to_the_owner_and_the_coordinator_with_its_reason(store: Store) -> None:
    hold(store)
    before = {n.key for n in owed(store)}
    act(store, ExtendStep("conclusion", "phức tạp", "cần ý kiến sở", "Chủ tịch"), at("2026-05-25"))
    found = [n for n in owed(store) if n.key not in before]
    assert sorted(n.person_id for n in found) == ["clerk", "coord"]
    [change] = told(store, CLERK, *(n for n in found if n.person_id == "clerk"))
    assert days(change) == [("conclusion", date(2026, 6, 3), date(2026, 6, 10))]
    assert (change.causes[0].kind, change.causes[0].reason) == (CauseKind.EXTENDED, "phức tạp; cần ý kiến sở")


def test_a_step_handed_over_is_told_to_both_units_though_its_limit_stays(store: Store) -> None:
    act(store, HandOver("announce", "Văn phòng", "đổi phân công"))
    assert sorted(n.person_id for n in owed(store)) == ["clerk", "coord", "radio"]
    for person in (RADIO, CLERK):
        [change] = told(store, person)
        [move] = change.moves
        assert (move.step, move.owner, move.moved, move.new_on) == ("announce", "Văn phòng", False, date(2026, 5, 13))
        assert (change.causes[0].old, change.causes[0].new) == ("Trung tâm dịch vụ", "Văn phòng")


def test_a_corrected_end_that_moves_limits_is_told(store: Store) -> None:
    hold(store)
    before = {n.key for n in owed(store)}
    act(store, CorrectCompletion("meeting_day", "ghi nhầm ngày", happened_on=date(2026, 5, 19)), at("2026-05-21"))
    found = [n for n in owed(store) if n.key not in before]
    assert sorted(n.person_id for n in found) == ["clerk", "coord"]
    [change] = told(store, CLERK, *(n for n in found if n.person_id == "clerk"))
    assert days(change) == [("conclusion", date(2026, 6, 3), date(2026, 6, 2))]
    assert change.causes[0].kind is CauseKind.CORRECTED


def test_what_moves_no_firm_limit_is_told_to_nobody(store: Store) -> None:
    act(store, CompleteStep("collect"))
    assert owed(store) == []


def test_a_change_goes_over_every_channel_of_a_person(store: Store) -> None:
    with store() as uow:
        uow.directory.put(replace(RADIO, contacts=(Contact("telegram", "7"),)))
        uow.commit()
    act(store, SetMeeting(date(2026, 5, 27)))
    assert [n.channel for n in owed(store) if n.person_id == "radio"] == ["email", "telegram"]


def test_the_adoption_of_a_calendar_is_one_notice_for_each_person_over_all_their_plans(store: Store) -> None:
    """Both plans' states differ by a meeting moved, which stands in for the days of a calendar."""
    start_plan(store, terms_of, FULL, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    ids, pairs = [PLAN, f"{PLAN}-2"], []
    for plan_id in ids:
        handle(store, terms_of, plan_id, SetMeeting(date(2026, 5, 20)), at=APRIL, actor="test")
    with store() as uow:
        for plan_id in ids:
            before = uow.plans.get(plan_id)
            pairs.append((before, before))
        assert notices_of_adoption(uow, pairs, at=NOW) == []
        moved = []
        for before, _ in pairs:
            steps = dict(before.steps)
            limit = steps["announce"].deadline
            assert limit is not None
            later = replace(limit, due_on=date(2026, 5, 14), due_at=at("2026-05-15", "00:00"), revision=9)
            steps["announce"] = replace(steps["announce"], deadline=later, revision=9)
            moved.append((before, replace(before, steps=steps, version=before.version + 2, calendar_version="v2")))
        found = notices_of_adoption(uow, moved, at=NOW)
    assert [n.key for n in found] == ["calendar/v2/radio/email", "calendar/v2/coord/email"]
    assert [(s.plan_id, s.until - s.since) for s in stretches_of(found[0])] == [(ids[0], 2), (ids[1], 2)]
    assert found[0].plan_id == ""


# ── petitioners ──────────────────────────────────────────────────────────────────────────────────────────────────


TEACHER = Petitioner("Nguyễn Thị Mai", "Trường Tiểu học", "mai@example.invalid")
EXTENDABLE = replace(
    FULL,
    steps=tuple(
        replace(s, extend=Within(15, Unit.WORKING_DAY, "conclusion")) if s.key == "petitions" else s for s in FULL.steps
    ),
)


@pytest.fixture
def asked() -> Store:
    """A plan that owes three petitioners an answer: one with an address, one without, one who says the same."""
    made = memory_store()
    with made() as uow:
        for person in (CLERK, COORDINATOR, CHAIR):
            uow.directory.put(person)
        uow.commit()
    start_plan(made, terms_of, EXTENDABLE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    act(made, SetMeeting(date(2026, 5, 20)), APRIL)
    hold(made)
    for who in (TEACHER, Petitioner("Ông Ba"), replace(TEACHER, name=None, contact="hai@example.invalid")):
        act(made, RaisePetition("Sửa đường", who, RaisedWhen.AT_MEETING, topic="giao thông"), at("2026-05-20", "14:00"))
    act(made, MergePetition("p3", "p1"), at("2026-05-20", "15:00"))
    act(made, CompleteStep("conclusion", document_number="1/TB"), at("2026-05-25"))
    return made


def answer(petition: str = "p1") -> AnswerPetition:
    given = Answer(AnsweredWhere.IN_WRITING, Result.SETTLED, date(2026, 6, 1), "21/UBND", "Đã sửa xong.")
    return AnswerPetition(petition, given)


def test_petitioners_with_an_address_are_told_of_the_answer_and_so_is_who_said_the_same(asked: Store) -> None:
    act(asked, answer(), at("2026-06-01"))
    act(asked, answer("p2"), at("2026-06-01"))
    found = owed(asked, PETITIONER)
    assert [(n.person_id, n.person_name, n.address) for n in found] == [
        ("", "Nguyễn Thị Mai", "mai@example.invalid"),
        ("", "", "hai@example.invalid"),
    ]
    assert found[0].key.startswith(f"{PLAN}/petitioner/p1/")
    assert found[0].about == f"{PLAN}#p1"
    for notice in found:
        said = news(asked, notice)
        assert said is not None
        assert (said.kind, said.document_number, said.summary) == (NewsKind.ANSWERED, "21/UBND", "Đã sửa xong")


def test_petitioners_are_told_of_more_time_with_the_day_before_and_after(asked: Store) -> None:
    act(asked, ExtendStep("petitions.p1", "phức tạp", "cần khảo sát.", "Chủ tịch"), at("2026-06-01"))
    [notice] = owed(asked, PETITIONER)
    said = news(asked, notice)
    assert said is not None
    assert (said.kind, said.old_on, said.new_on) == (NewsKind.EXTENDED, date(2026, 6, 3), date(2026, 6, 15))
    assert said.reason == "phức tạp; cần khảo sát"
    act(asked, answer(), at("2026-06-02"))
    assert news(asked, notice) is None


def test_whoever_was_told_in_person_is_not_written_to(asked: Store) -> None:
    act(asked, replace(answer(), told_on=date(2026, 6, 1)), at("2026-06-01"))
    assert [n.about for n in owed(asked, PETITIONER)] == [f"{PLAN}#p3"]
    [notice] = owed(asked, PETITIONER)
    act(asked, TellPetitioner("p3", date(2026, 6, 1)), at("2026-06-01"))
    assert news(asked, notice) is None


def test_nobody_who_wishes_to_be_anonymous_is_written_to(asked: Store) -> None:
    act(asked, RaisePetition("Khác", Petitioner(anonymous=True), RaisedWhen.AFTER_MEETING), at("2026-05-26"))
    act(asked, answer("p4"), at("2026-06-01"))
    assert owed(asked, PETITIONER) == []
