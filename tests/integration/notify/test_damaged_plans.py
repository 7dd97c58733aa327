"""What keeps a letter from telling of one plan keeps no other plan's notices from being sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from calendars.working_calendar import OutsideCalendar
from tests.builders import DIALOGUE, at, office_terms
from tests.damaging import damage
from tests.integration.notify.servers import Postman, serving
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience, Terms
from workflow.notify.channels import MailChannel
from workflow.ports import Notice, NoticeStatus, Person, Store
from workflow.services.delivering import DOWN_WAIT, Delivered, deliver
from workflow.services.digesting import send_digests
from workflow.services.plans import start_plan
from workflow.services.sweeping import sweep
from workflow.services.terms import TermsOf

ILL = replace(DIALOGUE, title="Kế hoạch hỏng")
WELL = replace(DIALOGUE, title="Kế hoạch lành")
LAN = Person("lan", "Lan", "lan@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, DIALOGUE.organization)
NOW = at("2026-04-20", "08:00")


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


def out_of_reach(definition: PlanDefinition, _version: str | None = None) -> Terms:
    """The terms of a plan, while the one that is ill has a day that its calendar does not cover."""
    terms = office_terms()
    if definition.title == ILL.title:
        raise OutsideCalendar(date(2150, 1, 1), terms.calendar.covered_since, terms.calendar.covered_until)
    return terms


def begin(store: Store) -> tuple[str, str]:
    """Two plans, both of which have to tell Lan of a step."""
    with store() as uow:
        uow.directory.put(LAN)
        uow.commit()
    days = date(2026, 4, 6), at("2026-04-06")
    ill, well = (
        start_plan(store, terms_of, plan, started_on=days[0], at=days[1], actor="test").plan_id for plan in (ILL, WELL)
    )
    sweep(store, terms_of, at=NOW)
    return ill, well


def send(store: Store, terms: TermsOf, when: datetime = NOW) -> tuple[Postman, Delivered]:
    postman = Postman()
    with serving(postman) as port:
        channels = {"email": MailChannel(f"mailto://127.0.0.1:{port}", "doithoai@localhost")}
        done = deliver(store, terms, channels, at=when, base_url="http://localhost:8000")
    return postman, done


def of_lan(store: Store, plan_id: str) -> list[Notice]:
    with store.reading() as uow:
        return [notice for notice in uow.outbox.of_plan(plan_id) if notice.person_id == "lan"]


@pytest.mark.parametrize("how", ["events", "calendar"])
def test_its_notices_wait_together_unharmed_and_the_others_go(
    store: Store, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    ill, well = begin(store)
    if how == "events":
        damage(store, ill)
    postman, done = send(store, out_of_reach if how == "calendar" else terms_of)
    assert postman.recipients == ["lan@example.invalid"]
    assert WELL.title in postman.body()
    assert ILL.title not in postman.body()
    assert {notice.status for notice in of_lan(store, well)} == {NoticeStatus.SENT}
    waiting = of_lan(store, ill)
    assert {(notice.status, notice.attempts) for notice in waiting} == {(NoticeStatus.PENDING, 0)}
    assert all(notice.reason for notice in waiting)
    assert len({notice.try_at for notice in waiting}) == 1
    assert all(notice.try_at and notice.try_at >= NOW + DOWN_WAIT for notice in waiting)
    assert (done.sent, done.dropped) == (2, 0)
    assert [line.getMessage().partition(":")[0] for line in caplog.records] == [ill]


def test_what_waited_is_sent_once_the_plan_can_be_told_of(store: Store) -> None:
    ill, _ = begin(store)
    send(store, out_of_reach)
    postman, done = send(store, terms_of, at("2026-04-20", "09:00"))
    assert ILL.title in postman.body()
    assert done.sent == 2
    assert {notice.status for notice in of_lan(store, ill)} == {NoticeStatus.SENT}


@pytest.mark.parametrize("how", ["events", "calendar"])
def test_a_digest_is_sent_without_it(store: Store, how: str) -> None:
    ill, _ = begin(store)
    send(store, terms_of)
    if how == "events":
        damage(store, ill)
    tomorrow = at("2026-04-21", "07:30")
    assert send_digests(store, office_terms().calendar, at=tomorrow) == 1
    postman, _done = send(store, out_of_reach if how == "calendar" else terms_of, tomorrow)
    assert postman.header("Subject") == "Điểm việc ngày 21/04/2026: 1 việc"
    assert WELL.title in postman.body()
    assert ILL.title not in postman.body()
