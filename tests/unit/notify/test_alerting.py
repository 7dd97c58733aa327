"""What a coordinator is alerted to, and that nothing is told that needs nobody's attention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendars.rules import Unit, Within
from tests.builders import DIALOGUE, after, at, office_terms, started
from workflow.domain.commands import CancelPlan, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanDefinition
from workflow.domain.errors import PlanNotFound
from workflow.domain.ladder import Audience, Terms
from workflow.letter import Alert
from workflow.notify.render import alert_sentence
from workflow.ports import Contact, Notice, NoticeStatus, Person
from workflow.services.alerting import MISSED_SWEEPS, SENTENCES, SWEEP_EVERY, Observed, alerts, alerts_for, observe
from workflow.services.digesting import send_digests, this_morning
from workflow.services.plans import start_plan
from workflow.store import memory_store

NOW = at("2026-04-20")
OFFICE = DIALOGUE.organization
OWNERS = ("Ủy ban MTTQ xã", "Các phòng, ban", "Trung tâm dịch vụ", "Văn phòng")
EVERYBODY = tuple(
    Person(f"p{n}", f"Người {n}", f"p{n}@example.invalid", unit, Audience.OWNER, OFFICE)
    for n, unit in enumerate(OWNERS)
)
HA = Person("ha", "Hà", "ha@example.invalid", "Văn phòng", Audience.COORDINATOR, OFFICE)
OWNED = replace(DIALOGUE, steps=tuple(replace(step, owner=step.owner or "Văn phòng") for step in DIALOGUE.steps))


def observed(*cycles: Cycle, terms: Terms | None = None, **changes: object) -> Observed:
    """Everything in order, but for what a test changes."""
    found = {cycle.plan_id: cycle for cycle in cycles}
    fine = Observed(
        cycles=found,
        faults={},
        terms=dict.fromkeys(found, terms or office_terms()),
        people=(*EVERYBODY, HA),
        undelivered=0,
        swept_at=NOW - SWEEP_EVERY,
        at=NOW,
    )
    return replace(fine, **changes)  # type: ignore[arg-type]


def codes(seen: Observed) -> list[str]:
    return [alert.code for alert in alerts(seen)]


def test_where_everything_is_in_order_there_is_no_alert() -> None:
    assert alerts(observed(started(OWNED))) == ()


def test_a_sweep_that_has_missed_two_turns_is_told_and_one_that_is_late_is_not() -> None:
    longest = MISSED_SWEEPS * SWEEP_EVERY
    assert codes(observed(started(OWNED), swept_at=NOW - longest)) == []
    [alert] = alerts(observed(started(OWNED), swept_at=NOW - longest - timedelta(minutes=8)))
    assert str(alert).startswith("Lượt quét gần nhất là 08:50 20/04/2026, quá 10 phút trước;")
    assert codes(observed(started(OWNED), swept_at=None)) == ["sweep_never"]
    assert codes(observed(swept_at=None)) == []


def test_a_step_without_an_owner_is_told_until_it_ends() -> None:
    [alert] = alerts(observed(started()))
    assert (alert.code, alert.plan_id, alert.step) == ("step_without_owner", "p1", "meeting_day")
    assert alerts(observed(after(started(), CancelPlan("hoãn"), NOW))) == ()


def test_a_unit_that_has_something_to_do_and_nobody_in_the_directory_is_told_once() -> None:
    plan = replace(OWNED, steps=(*OWNED.steps, replace(OWNED.steps[0], key="again")))
    [alert] = alerts(observed(started(plan), people=(*EVERYBODY[1:], HA)))
    assert str(alert).startswith("Danh bạ chưa có ai của Ủy ban MTTQ xã, đơn vị đang có việc phải làm;")
    assert codes(observed(started(plan), people=(EVERYBODY[0], *EVERYBODY[2:], HA))) == []  # waits for its turn


def test_a_person_without_any_address_is_told_and_one_with_a_chat_is_not() -> None:
    mute = replace(EVERYBODY[0], email=" ")
    [alert] = alerts(observed(started(OWNED), people=(mute, *EVERYBODY[1:], HA)))
    assert (alert.code, alert.person_id) == ("person_without_address", "p0")
    chatting = replace(mute, contacts=(Contact("zalo", "1"),))
    assert codes(observed(started(OWNED), people=(chatting, *EVERYBODY[1:], HA))) == []


def test_an_open_step_whose_limit_cannot_be_computed_is_told() -> None:
    first = replace(OWNED.steps[0], due=Within(5, Unit.WORKING_DAY, "nothing_of_the_kind"))
    [alert] = alerts(observed(started(replace(OWNED, steps=(first, *OWNED.steps[1:])))))
    assert (alert.code, alert.step) == ("limit_not_computed", "collect")


def test_a_plan_that_cannot_be_read_is_told_with_its_fault() -> None:
    [alert] = alerts(observed(faults={"p9": PlanNotFound(plan="p9")}))
    assert (alert.code, alert.plan_id) == ("plan_not_computed", "p9")
    assert "Không có kế hoạch «p9»" in str(alert)


def test_a_calendar_that_ends_too_soon_for_a_plan_is_told_with_the_plan() -> None:
    far = after(started(OWNED), SetMeeting(date(2027, 12, 20)), NOW)
    [alert] = alerts(observed(far))
    assert (alert.code, alert.plan_id) == ("calendar_ends_soon", "p1")
    assert "tạm tính" in str(alert) or "bổ sung lịch" in str(alert)


def test_a_calendar_without_a_decision_for_over_a_year_is_told_once_however_many_plans_there_are() -> None:
    cycle = started(OWNED)
    late = at("2029-04-20")
    seen = observed(cycle, replace(cycle, plan_id="p2"), at=late, swept_at=late)
    assert [code for code in codes(seen) if code.startswith("calendar")] == ["calendar_stale"]


def test_what_reached_nobody_is_told() -> None:
    assert codes(observed(undelivered=3)) == ["undelivered"]


def test_alerts_are_for_the_coordinators_of_the_organization_or_of_the_whole_installation() -> None:
    found = alerts(observed(started(), undelivered=1))
    assert [a.code for a in alerts_for(HA, found)] == ["undelivered", "step_without_owner"]
    assert [a.code for a in alerts_for(replace(HA, organization="UBND xã khác"), found)] == ["undelivered"]
    assert len(alerts_for(replace(HA, organization=""), found)) == 2
    assert alerts_for(EVERYBODY[0], found) == ()


@pytest.mark.parametrize("code", SENTENCES)
def test_every_alert_has_an_english_sentence_with_the_same_fields(code: str) -> None:
    from workflow.domain.lint_findings import Severity

    fields = dict.fromkeys(("step", "plan", "unit", "person", "fault", "swept_at", "minutes", "count"), "7")
    alert = Alert(code, Severity.WARNING, SENTENCES[code], fields)
    assert alert_sentence(alert, "en") != alert_sentence(alert, "vi")


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return office_terms()


def test_alerts_are_read_from_the_store_and_make_a_digest_for_the_coordinator_alone() -> None:
    store = memory_store()
    dead = Notice("k", "p", "s", 1, "warn_3", "", "Không ai", None, "email", NOW, NoticeStatus.DEAD)
    with store() as uow:
        for person in (*EVERYBODY, HA):
            uow.directory.put(person)
        uow.outbox.add([dead])
        uow.commit()
    start_plan(store, terms_of, OWNED, started_on=date(2026, 4, 6), at=at("2026-04-06"), actor="test")
    with store() as uow:
        uow.heartbeats.beat("sweep", NOW)
        uow.commit()
    with store.reading() as uow:
        assert codes(observe(uow, terms_of, NOW)) == ["undelivered"]
        assert [a.code for a in this_morning(uow, NOW, terms_of).alerts] == ["undelivered"]
    assert send_digests(store, office_terms().calendar, at=NOW, terms_of=terms_of) == 3
