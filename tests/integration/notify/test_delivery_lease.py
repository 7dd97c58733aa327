"""One delivery at a time: its lease is short, is renewed while it works, and ends it when it may have been lost."""

from __future__ import annotations

from datetime import date, timedelta

from tests.builders import DIALOGUE, at, office_terms
from tests.integration.notify.servers import Postman, serving
from workflow.clock import ClockSetByHand
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Audience, Terms
from workflow.notify.channels import MailChannel
from workflow.ports import Person, Store
from workflow.services.delivering import LEASE, Delivered, deliver
from workflow.services.plans import start_plan
from workflow.services.sweeping import sweep

NOW = at("2026-04-20", "08:00")
PEOPLE = [
    Person(name, name, f"{name}@example.invalid", "Ủy ban MTTQ xã", Audience.OWNER, DIALOGUE.organization)
    for name in ("an", "binh", "chi")
]
ADDRESSES = [person.email for person in PEOPLE]


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


def begin(store: Store) -> ClockSetByHand:
    """Three officers who are to be told of the same step."""
    with store() as uow:
        for person in PEOPLE:
            uow.directory.put(person)
        uow.commit()
    start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    sweep(store, terms_of, at=NOW)
    return ClockSetByHand(NOW)


def send(store: Store, port: int, clock: ClockSetByHand) -> Delivered:
    channels = {"email": MailChannel(f"mailto://127.0.0.1:{port}", "doithoai@localhost")}
    return deliver(store, terms_of, channels, at=clock.now(), base_url="http://localhost:8000", clock=clock)


def test_a_run_much_longer_than_its_lease_keeps_it(store: Store) -> None:
    clock, others = begin(store), []

    def slowly() -> None:
        clock.set(clock.now() + 0.9 * LEASE)
        others.append(send(store, 1, clock))

    postman = Postman(meanwhile=slowly)
    with serving(postman) as port:
        assert send(store, port, clock).sent == 6
    assert sorted(postman.recipients) == ADDRESSES
    assert others == [Delivered()] * 3


def test_a_run_whose_lease_went_to_another_sends_nothing_more(store: Store) -> None:
    clock, other = begin(store), Postman()
    with serving(other) as others_port:

        def far_too_slowly() -> None:
            clock.set(clock.now() + LEASE)
            send(store, others_port, clock)

        postman = Postman(meanwhile=far_too_slowly)
        with serving(postman) as port:
            send(store, port, clock)
    assert len(postman.recipients) == 1
    assert sorted(other.recipients) == ADDRESSES
    in_flight = other.recipients.index(postman.recipients[0])
    assert postman.mails[0]["Message-ID"] == other.mails[in_flight]["Message-ID"]


def test_a_run_that_was_asleep_for_longer_than_its_lease_leaves_the_rest_to_the_next(store: Store) -> None:
    clock = begin(store)
    postman = Postman(meanwhile=lambda: clock.set(clock.now() + LEASE))
    with serving(postman) as port:
        assert [send(store, port, clock).sent for _ in range(4)] == [2, 2, 2, 0]
    assert sorted(postman.recipients) == ADDRESSES


def test_a_delivery_that_was_killed_keeps_the_next_waiting_for_minutes_only() -> None:
    assert timedelta(minutes=2) <= LEASE <= timedelta(minutes=3)
