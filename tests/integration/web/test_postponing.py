"""Postponing the meeting from its page."""

from __future__ import annotations

from datetime import date

from tests.integration.web.conftest import Site, read, send
from workflow.domain.commands import SetMeeting


def test_postponing_is_previewed_then_confirmed(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, SetMeeting(date(2026, 5, 15)))
    client, address = site.signed_in(), f"/plans/{plan}/meeting/postpone"
    assert address in read(client, f"/plans/{plan}/meeting").links
    page = send(client, read(client, address), address, reason="Bão số 3", month="6/2026")
    assert "Thông báo trên loa" in page.text
    assert site.cycle(plan).meeting.on == date(2026, 5, 15)
    confirm = next(form for form in page.forms if form.fields.get("stage") == "confirm")
    client.post(address, data=confirm.fields)
    assert (site.cycle(plan).meeting.on, site.cycle(plan).meeting.month) == (None, (2026, 6))


def test_what_is_wrong_with_postponing_stands_beside_its_field(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, SetMeeting(date(2026, 5, 15)))
    client, address = site.signed_in(), f"/plans/{plan}/meeting/postpone"
    for typed, field in (({"reason": ""}, "reason"), ({"reason": "Bão", "month": "13/2026"}, "month")):
        page = send(client, read(client, address), address, **typed)
        assert (page.status, f"{field}-wrong" in page.ids) == (422, True)
