"""Who may change what, whatever the page shows."""

from __future__ import annotations

import pytest

from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOW, PEOPLE, Site, read
from workflow.web.security import FORM_TOKEN

MAY_COMPLETE_COLLECT = {"lan": True, "minh": True, "hoa": False, "chu": True, "sat": False, "xa": False}
MAY_SET_THE_MEETING = {"lan": True, "minh": False, "hoa": False, "chu": True, "sat": False, "xa": False}


def _refused(person: str) -> int:
    """What is not allowed is refused; a plan that is not theirs to see is not there."""
    return 404 if person == "xa" else 403


def _token(client: Browser) -> str:
    return read(client, "/").form("/sign-out").fields[FORM_TOKEN]


@pytest.mark.parametrize("person", PEOPLE)
def test_only_those_who_may_complete_a_step_are_led_to_its_form_and_get_through(site: Site, person: str) -> None:
    cycle = site.start()
    client = site.signed_in(person)
    page = read(client, f"/plans/{cycle.plan_id}")
    assert page.status == (404 if person == "xa" else 200)
    address = f"/plans/{cycle.plan_id}/steps/collect/complete"
    allowed = MAY_COMPLETE_COLLECT[person]
    assert (address in page.links, read(client, address).has_form(address)) == (allowed, allowed)
    filled = {FORM_TOKEN: _token(client), "version": str(cycle.version), "happened_on": f"{NOW:%d/%m/%Y}"}
    answer = client.post(address, data=filled, follow=False)
    assert answer.status_code == (303 if allowed else _refused(person))
    assert (site.cycle(cycle.plan_id).steps["collect"].completion is not None) == allowed


@pytest.mark.parametrize("person", PEOPLE)
def test_only_those_who_may_lead_set_the_meeting_or_cancel(site: Site, person: str) -> None:
    cycle = site.start()
    client = site.signed_in(person)
    allowed = MAY_SET_THE_MEETING[person]
    fields = {FORM_TOKEN: _token(client), "version": str(cycle.version)}
    address = f"/plans/{cycle.plan_id}/meeting"
    links = read(client, f"/plans/{cycle.plan_id}").links
    assert (address in links, f"/plans/{cycle.plan_id}/cancel" in links) == (allowed, allowed)
    assert client.get(address).status_code == (200 if allowed else _refused(person))
    assert client.get(f"/plans/{cycle.plan_id}/cancel").status_code == (200 if allowed else _refused(person))
    posted = client.post(address, data=fields | {"on": "15/05/2026"}, follow=False)
    assert posted.status_code == (303 if allowed else _refused(person))
    fields["version"] = str(site.cycle(cycle.plan_id).version)
    cancelled = client.post(f"/plans/{cycle.plan_id}/cancel", data=fields | {"reason": "Thử"}, follow=False)
    assert cancelled.status_code == (303 if allowed else _refused(person))


def test_a_supervisor_is_told_that_they_only_read(site: Site) -> None:
    cycle = site.start()
    client = site.signed_in("sat")
    filled = {FORM_TOKEN: _token(client), "version": "1", "happened_on": f"{NOW:%d/%m/%Y}"}
    answer = client.post(f"/plans/{cycle.plan_id}/steps/collect/complete", data=filled)
    assert "Người giám sát chỉ xem" in answer.text
