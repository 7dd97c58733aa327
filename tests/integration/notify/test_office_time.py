"""When messages go out: in working time only, and after an outage once to each person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from calendars.rules import Before
from tests.builders import DIALOGUE, at, office_terms
from tests.integration.notify.servers import Postman, serving
from tests.integration.notify.test_delivering import HA, LAN, PLAN, SENT, begin, notices, send, sweep, terms_of
from workflow.domain.ladder import Audience
from workflow.notify.channels import MailChannel
from workflow.ports import Absence, Contact, NoticeStatus, Person, Store
from workflow.services.delivering import UNKNOWN_WAIT, Delivered, deliver
from workflow.services.digesting import send_digests
from workflow.services.plans import start_plan
from workflow.services.sweeping import sweep as sweep_all

HOURS = office_terms().hours


def deliver_digests(store: Store, port: int, when: datetime) -> Delivered:
    channels = {"email": MailChannel(f"mailto://127.0.0.1:{port}", "doithoai@localhost")}
    return deliver(store, terms_of, channels, at=when, base_url="http://localhost:8000", hours=HOURS)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        (at("2026-04-24", "02:00"), at("2026-04-24", "07:30")),
        (at("2026-04-24", "11:45"), at("2026-04-24", "13:30")),
        (at("2026-04-24", "17:00"), at("2026-04-28", "07:30")),  # a weekend, then a day in lieu of Giỗ Tổ
        (at("2026-04-25", "09:00"), at("2026-04-28", "07:30")),
        (at("2026-04-30", "09:00"), at("2026-05-04", "07:30")),
    ],
)
def test_what_falls_outside_office_hours_waits_for_the_next_opening(
    store: Store, asked: datetime, opens: datetime
) -> None:
    begin(store, LAN)
    sweep(store, asked)
    postman = Postman()
    with serving(postman) as port:
        put_off = send(store, port, asked)
        assert (put_off.sent, put_off.failed, postman.mails) == (0, 0, [])
        assert {n.try_at for n in notices(store) if n.address} == {opens}
        assert {n.attempts for n in notices(store)} == {0}
        assert send(store, port, opens - timedelta(seconds=1)) == Delivered()
        done = send(store, port, opens)
    assert done.sent + done.dead == put_off.waiting
    assert postman.recipients == ["lan@example.invalid"]


def test_a_breach_is_told_no_later_than_the_next_working_morning(store: Store) -> None:
    """Collected until 23 April; every minute of a night and a morning, as the program runs."""
    begin(store)
    postman = Postman()
    with serving(postman) as port:
        now = at("2026-04-23", "23:58")
        while now <= at("2026-04-24", "07:31"):
            sweep(store, now)
            send(store, port, now)
            now += timedelta(minutes=11)
        send(store, port, at("2026-04-24", "07:31"))
        sweep(store, at("2026-04-24", "07:31"))
        send(store, port, at("2026-04-24", "07:31"))
    told = {n.person_id: n.sent_at for n in notices(store) if n.rung == "overdue" and n.step == "collect"}
    assert told.keys() == {"lan", "ha"}
    assert max(sent for sent in told.values() if sent is not None) <= at("2026-04-24", "07:31")


OUTAGES = [
    ("25 hours", at("2026-04-22", "08:00"), at("2026-04-23", "09:00")),
    ("over a weekend and a holiday", at("2026-04-22", "08:00"), at("2026-04-28", "08:00")),
]


@pytest.mark.parametrize(("since", "until"), [case[1:] for case in OUTAGES], ids=[case[0] for case in OUTAGES])
def test_an_outage_is_caught_up_with_by_one_message_to_each_person(
    store: Store, since: datetime, until: datetime
) -> None:
    begin(store)
    sweep(store, since)
    with serving(Postman()) as port:
        send(store, port, since)
    sweep(store, until)
    send_digests(store, office_terms().calendar, at=until, terms_of=terms_of)
    postman = Postman()
    with serving(postman) as port:
        send(store, port, until)
        send(store, port, until + timedelta(minutes=1))
    assert sorted(postman.recipients) == ["ha@example.invalid", "lan@example.invalid"]


def test_the_whole_of_tet_is_caught_up_with_by_one_message_to_each_person(store: Store) -> None:
    """Forms are due by 20 January 2025; the office is closed from 25 January to 2 February."""
    steps = (replace(DIALOGUE.steps[0], due=Before(date(2025, 1, 21))), *DIALOGUE.steps[1:])
    plan = replace(DIALOGUE, steps=steps, meeting=replace(DIALOGUE.meeting, month=(2025, 3)))
    with store() as uow:
        for person in (LAN, HA):
            uow.directory.put(person)
        uow.commit()
    start_plan(store, terms_of, plan, started_on=date(2025, 1, 6), at=at("2025-01-06"), actor="test")
    back = at("2025-02-03", "07:30")
    sweep_all(store, terms_of, at=back)
    send_digests(store, office_terms().calendar, at=back, terms_of=terms_of)
    postman = Postman()
    with serving(postman) as port:
        deliver_digests(store, port, at("2025-01-29", "03:00"))
        deliver_digests(store, port, back)
    assert sorted(postman.recipients) == ["ha@example.invalid", "lan@example.invalid"]
    place = postman.recipients.index("lan@example.invalid")
    assert postman.header("Subject", place).startswith("Điểm việc ngày 03/02/2025")


def test_a_digest_may_go_before_the_office_opens_but_not_after_it_has_closed(store: Store) -> None:
    begin(store)
    sweep(store, at("2026-04-20"))
    with serving(Postman()) as port:
        send(store, port, at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        send_digests(store, office_terms().calendar, at=at("2026-04-21", "06:45"))
        assert deliver_digests(store, port, at("2026-04-21", "06:45")).sent == 2
        send_digests(store, office_terms().calendar, at=at("2026-04-22", "06:45"))
        assert deliver_digests(store, port, at("2026-04-22", "17:00")).waiting == 2
        assert deliver_digests(store, port, at("2026-04-23", "07:30")).dropped == 2
    assert len(postman.mails) == 2


def test_a_channel_that_is_not_set_up_keeps_nothing_else_waiting_and_its_notices_wait_for_it(store: Store) -> None:
    begin(store, replace(LAN, contacts=(Contact("telegram", "7"),)))
    sweep(store, at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        done = send(store, port, at("2026-04-20"))
    assert postman.recipients == ["lan@example.invalid"]
    waiting = [n for n in notices(store) if n.channel == "telegram"]
    assert done.waiting == len(waiting) == 2
    assert {(n.status, n.attempts, n.reason) for n in waiting} == {
        (NoticeStatus.PENDING, 0, "Kênh «telegram» chưa được thiết lập.")
    }
    assert all(n.try_at is not None and n.try_at >= at("2026-04-20") + UNKNOWN_WAIT for n in waiting)


def test_a_substitute_reads_in_whose_place_and_until_when(store: Store) -> None:
    minh = Person("minh", "Minh", "minh@example.invalid", "Phòng Kinh tế", Audience.OWNER, DIALOGUE.organization)
    with store() as uow:
        uow.directory.put(minh)
        uow.absences.put(Absence("a", "lan", date(2026, 4, 18), date(2026, 4, 25), "minh"))
        uow.commit()
    begin(store, LAN, HA)
    sweep(store, at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    text = postman.body(place=postman.recipients.index("minh@example.invalid"))
    assert (
        "ông/bà được cử thay Lan (cán bộ phụ trách của Ủy ban MTTQ xã) vắng mặt đến hết ngày 24/04/2026; "
        "đây là thư nhắc trước hạn 3 ngày làm việc" in text
    )
    assert {n.status for n in notices(store) if n.plan_id == PLAN and n.person_id == "minh"} == {SENT}
