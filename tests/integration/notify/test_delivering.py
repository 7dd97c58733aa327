"""From the outbox to a real mail server: each notice once, nothing that is over, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import DIALOGUE, at, office_terms
from tests.integration.notify.servers import Postman, free_port, serving
from workflow.domain.commands import CancelPlan, Command, CompleteStep, SetMeeting, Sweep
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience, Terms
from workflow.notify.channels import MailChannel
from workflow.ports import Notice, NoticeStatus, Person, Store
from workflow.services.delivering import DOWN_WAIT, LEASE, MOST_ATTEMPTS, Delivered, deliver, wait_after
from workflow.services.digesting import send_digests
from workflow.services.plans import handle, start_plan
from workflow.store.sql import SqlStore

PLAN = "ubnd-xa-bac-thanh-mien-2026"
OFFICE = DIALOGUE.organization
LAN = Person("lan", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, OFFICE)
HA = Person("ha", "Hà", "ha@example.invalid", "Văn phòng", Audience.COORDINATOR, OFFICE)
SENT, PENDING, DEAD, DROPPED = NoticeStatus.SENT, NoticeStatus.PENDING, NoticeStatus.DEAD, NoticeStatus.DROPPED


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


def seat(store: Store, *people: Person) -> None:
    with store() as uow:
        for person in people:
            uow.directory.put(person)
        uow.commit()


def act(store: Store, command: Command, when: datetime) -> None:
    handle(store, terms_of, PLAN, command, at=when, actor="test")


def sweep(store: Store, when: datetime) -> None:
    act(store, Sweep(when), when)


def begin(store: Store, *people: Person) -> None:
    seat(store, *(people or (LAN, HA)))
    start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")


def send(store: Store, port: int | None, when: datetime, limit: int = 500) -> Delivered:
    channels = {} if port is None else {"email": MailChannel(f"mailto://127.0.0.1:{port}", "doithoai@localhost")}
    return deliver(store, terms_of, channels, at=when, base_url="http://localhost:8000", limit=limit)


def notices(store: Store) -> list[Notice]:
    with store.reading() as uow:
        return uow.outbox.of_plan(PLAN)


def of(store: Store, rung: str, person_id: str = "lan") -> Notice:
    return next(n for n in notices(store) if (n.step, n.rung, n.person_id) == ("collect", rung, person_id))


WARNED = at("2026-04-20", "07:30")
BREACHED = at("2026-04-24", "09:00")


def test_a_notice_is_sent_once_and_noted_as_sent(store: Store) -> None:
    begin(store)
    sweep(store, at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        assert send(store, port, at("2026-04-20")).sent == 3
        assert send(store, port, at("2026-04-20", "09:05")) == Delivered()
    assert sorted(postman.recipients) == ["ha@example.invalid", "lan@example.invalid"]
    warned = of(store, "warn_3")
    assert (warned.status, warned.attempts, warned.try_at, warned.sent_at) == (SENT, 1, None, at("2026-04-20"))


def test_all_that_is_pending_for_a_person_is_one_message_that_tells_the_highest_rung_of_each_step(store: Store) -> None:
    begin(store)
    sweep(store, BREACHED)
    postman = Postman()
    with serving(postman) as port:
        send(store, port, BREACHED)
    told = postman.recipients.index("lan@example.invalid")
    assert postman.recipients.count("lan@example.invalid") == 1
    assert postman.header("Subject", told).startswith("[Quá hạn 1 ngày làm việc] Thu phiếu")
    assert "đây là thư báo quá hạn" in postman.body(place=told)
    theirs = [n for n in notices(store) if n.person_id == "lan"]
    assert {n.rung for n in theirs} == {"opened", "warn_3", "warn_1", "overdue"}
    assert {n.status for n in theirs} == {SENT}
    assert set(postman.header("X-Doithoai-Keys", told).split(", ")) == {n.key for n in theirs}


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (CompleteStep("collect"), "Bước đã hoàn thành ngày 20/04/2026."),
        (CancelPlan("hoãn"), "Kế hoạch đã hủy."),
    ],
)
def test_what_is_over_between_the_sweep_and_the_sending_is_dropped(store: Store, command: Command, reason: str) -> None:
    begin(store, LAN)
    sweep(store, at("2026-04-20"))
    act(store, command, at("2026-04-20"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    assert "lan@example.invalid" not in postman.recipients
    warned = of(store, "warn_3")
    assert (warned.status, warned.reason, warned.try_at) == (DROPPED, reason, None)


def test_a_notice_of_a_limit_that_has_moved_is_dropped(store: Store) -> None:
    begin(store, replace(LAN, unit="Trung tâm dịch vụ"))
    act(store, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    sweep(store, at("2026-05-12"))
    act(store, SetMeeting(date(2026, 5, 29)), at("2026-05-12"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-05-12"))
    theirs = {n.rung: n.status for n in notices(store) if n.step == "announce"}
    assert theirs == {"opened": SENT, "warn_3": DROPPED, "warn_1": DROPPED}
    assert "22/05/2026" in postman.body()


def test_a_server_that_is_down_kills_no_notice_and_is_asked_once_a_run(store: Store) -> None:
    begin(store)
    sweep(store, BREACHED)
    port = free_port()
    for minute in range(2 * MOST_ATTEMPTS):
        tried = send(store, port, BREACHED + timedelta(minutes=8 * minute))
        assert (tried.sent, tried.dead) == (0, 0)
        assert tried.failed > 0
        assert minute or len({n.person_id for n in notices(store) if n.reason}) == 1
        assert all(n.try_at and n.try_at >= BREACHED + DOWN_WAIT for n in notices(store) if n.reason)
    assert {n.status for n in notices(store) if n.address} == {PENDING}
    assert any("Không kết nối được máy chủ thư" in (n.reason or "") for n in notices(store))
    postman = Postman()
    with serving(postman, port):
        send(store, port, at("2026-04-28"))
    assert sorted(postman.recipients) == ["ha@example.invalid", "lan@example.invalid"]
    assert {n.status for n in notices(store) if n.address} == {SENT}


def test_a_recipient_refused_for_good_is_dead_at_once_with_the_reason_and_others_get_theirs(store: Store) -> None:
    begin(store)
    sweep(store, BREACHED)
    postman = Postman(to={"lan@example.invalid": "550 5.1.1 no such user"})
    with serving(postman) as port:
        done = send(store, port, BREACHED)
        assert done.dead == 4
        assert send(store, port, BREACHED + timedelta(days=1)).dead == 0
    assert postman.recipients == ["ha@example.invalid"]
    overdue = of(store, "overdue")
    assert (overdue.status, overdue.attempts, overdue.try_at) == (DEAD, 1, None)
    assert overdue.reason == "Máy chủ thư không nhận địa chỉ lan@example.invalid: 550 5.1.1 no such user."


def test_a_refusal_that_may_pass_is_tried_again_later_and_later_and_given_up_after_eight_times(store: Store) -> None:
    begin(store, LAN)
    sweep(store, WARNED + timedelta(minutes=1))
    postman = Postman(to={"lan@example.invalid": "450 4.2.1 try later"})
    waits, now = [], at("2026-04-20")
    with serving(postman) as port:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            send(store, port, now)
            warned = of(store, "warn_3")
            assert warned.attempts == attempt
            if warned.try_at is not None:
                assert send(store, port, warned.try_at - timedelta(seconds=1)) == Delivered()
                waits.append(warned.try_at - now)
                now = office_terms().hours.next_working_instant(warned.try_at)
    assert (warned.status, warned.try_at) == (DEAD, None)
    assert "450 4.2.1 try later" in (warned.reason or "")
    assert waits == sorted(waits)
    assert waits in [[wait_after(n.key, k) for k in range(1, MOST_ATTEMPTS)] for n in notices(store)]


def test_notices_that_failed_together_are_tried_again_together(store: Store) -> None:
    begin(store, LAN)
    sweep(store, at("2026-04-20"))
    with serving(Postman(data="451 4.3.0 later")) as port:
        send(store, port, at("2026-04-20"))
    assert len({n.try_at for n in notices(store) if n.step == "collect"}) == 1
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20", "11:00"))
    assert postman.recipients == ["lan@example.invalid"]


def test_nobody_to_tell_is_dead_at_once_and_says_whom_to_give_an_address(store: Store) -> None:
    begin(store, replace(LAN, email=None), HA)
    sweep(store, at("2026-04-28"))
    with serving(Postman()) as port:
        done = send(store, port, at("2026-04-28"))
    assert done.dead == 5
    without, vacant = of(store, "overdue"), of(store, "overdue_1", "")
    assert (without.status, vacant.status) == (DEAD, DEAD)
    assert (
        without.reason == "Lan (Ủy ban MTTQ xã) chưa có địa chỉ thư; hãy bổ sung địa chỉ của người này trong danh bạ."
    )
    assert vacant.reason == (
        "Danh bạ chưa có ai là «Thủ trưởng đơn vị (Ủy ban MTTQ xã)»; hãy thêm người này cùng địa chỉ thư."
    )


def test_a_person_is_reached_at_the_address_of_today(store: Store) -> None:
    begin(store, replace(LAN, email=None), HA)
    sweep(store, at("2026-04-20"))
    seat(store, replace(LAN, email="new@example.invalid"))
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    assert "new@example.invalid" in postman.recipients


def test_without_a_channel_notices_stay_as_they_are(store: Store) -> None:
    begin(store, replace(LAN, email=None))
    sweep(store, BREACHED)
    before = notices(store)
    assert send(store, None, BREACHED) == Delivered()
    assert notices(store) == before


def test_no_more_notices_are_read_than_the_limit_and_the_rest_next_time(store: Store) -> None:
    begin(store)
    sweep(store, BREACHED)
    with serving(Postman()) as port:
        settled = [send(store, port, BREACHED, limit=2) for _ in range(4)]
        assert send(store, port, BREACHED, limit=2) == Delivered()
    assert [each.sent + each.dead for each in settled] == [2, 2, 2, 1]


def test_two_deliveries_at_once_send_each_message_once(store: Store) -> None:
    begin(store)
    sweep(store, BREACHED)
    postman = Postman(seconds=0.3)
    with serving(postman) as port, ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: send(store, port, BREACHED), range(2)))
    assert sorted(postman.recipients) == ["ha@example.invalid", "lan@example.invalid"]
    assert Delivered() in done


def test_the_next_delivery_may_run_at_once(store: Store) -> None:
    begin(store)
    with serving(Postman()) as port:
        send(store, port, at("2026-04-06"))
        sweep(store, at("2026-04-20"))
        assert send(store, port, at("2026-04-20")).sent == 3


def test_while_a_message_is_on_its_way_others_can_write(store: Store) -> None:
    begin(store, LAN)
    sweep(store, at("2026-04-20"))
    postman = Postman(meanwhile=lambda: seat(store, HA))
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
    with store.reading() as uow:
        assert uow.directory.get("ha") == HA
    assert postman.recipients == ["lan@example.invalid"]


CRASHING = """
import os, sys
from datetime import datetime
from tests.integration.notify.test_delivering import MailChannel, SqlStore, deliver, terms_of

class Crashing(MailChannel):
    def send(self, message):
        super().send(message)
        os._exit(9)

url, port, when = sys.argv[1:]
channel = Crashing(f"mailto://127.0.0.1:{port}", "doithoai@localhost")
at = datetime.fromisoformat(when)
deliver(SqlStore(url), terms_of, {"email": channel}, at=at, base_url="http://localhost:8000")
"""


def test_a_crash_after_sending_repeats_the_message_under_the_same_message_id(sqlite: SqlStore, sqlite_url: str) -> None:
    begin(sqlite, LAN)
    sweep(sqlite, at("2026-04-20"))
    postman = Postman()
    root = Path(__file__).parents[3]
    with serving(postman) as port:
        words = [sys.executable, "-c", CRASHING, sqlite_url, str(port), at("2026-04-20").isoformat()]
        assert subprocess.run(words, cwd=root, check=False, timeout=60).returncode == 9
        assert send(sqlite, port, at("2026-04-20") + timedelta(minutes=1)) == Delivered()
        send(sqlite, port, at("2026-04-20") + LEASE)
    first, second = (mail["Message-ID"] for mail in postman.mails)
    assert first == second
    assert of(sqlite, "warn_3").status is SENT


def test_a_digest_is_delivered_with_what_is_owed_now_and_not_on_another_day(store: Store) -> None:
    begin(store)
    sweep(store, at("2026-04-20"))
    morning = at("2026-04-21", "07:30")
    postman = Postman()
    with serving(postman) as port:
        send(store, port, at("2026-04-20"))
        send_digests(store, office_terms().calendar, at=morning)
        act(store, CompleteStep("collect"), at("2026-04-21", "07:31"))
        done = send(store, port, at("2026-04-21", "07:40"))
        assert (done.sent, done.dropped) == (1, 1)
        assert postman.header("Subject") == "Điểm việc ngày 21/04/2026: 2 việc"
        assert "Thu phiếu" not in postman.body()
        send_digests(store, office_terms().calendar, at=at("2026-04-22", "07:30"))
        assert send(store, port, at("2026-04-23", "07:30")).dropped == 1
