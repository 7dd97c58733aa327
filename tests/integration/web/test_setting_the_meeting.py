"""Setting and moving the meeting, with its preview."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import at
from tests.integration.web.conftest import Site, read
from workflow.domain.commands import CompleteStep, SetMeeting


@pytest.fixture
def plan(site: Site) -> str:
    return site.start().plan_id


def test_the_preview_shows_each_limit_old_and_new_and_changes_nothing(site: Site, plan: str) -> None:
    page = read(site.signed_in(), f"/plans/{plan}/meeting?on=15/05/2026&at=8h30&place=Nhà văn hóa")
    assert page.status == 200
    assert "Nếu họp Thứ Sáu, 15/05/2026, 08:30" in page.text
    assert "Thông báo kết luận 12/06/2026 Thứ Sáu dự kiến 29/05/2026 Thứ Sáu" in page.text
    assert site.cycle(plan).meeting.on is None


def test_confirming_the_preview_sets_the_meeting(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, f"/plans/{plan}/meeting?on=15/05/2026&at=8h30&place=Nhà văn hóa")
    post = next(form for form in page.forms if form.method == "post" and form.action.endswith("/meeting"))
    told = client.post(post.action, data=post.fields)
    meeting = site.cycle(plan).meeting
    assert (f"{meeting.on}", f"{meeting.at:%H:%M}", meeting.place) == ("2026-05-15", "08:30", "Nhà văn hóa")
    assert "Đã định ngày họp: Thứ Sáu, 15/05/2026, 08:30" in told.text
    assert site.changes == 1


def test_a_plan_that_moved_since_the_preview_is_previewed_again(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, f"/plans/{plan}/meeting?on=15/05/2026")
    site.do(plan, SetMeeting(date(2026, 5, 20)), actor="chu")
    post = next(form for form in page.forms if form.method == "post" and form.action.endswith("/meeting"))
    told = client.post(post.action, data=post.fields)
    assert told.status_code == 409
    assert "đã có thay đổi" in told.text
    assert "Nếu họp Thứ Sáu, 15/05/2026" in told.text
    assert site.cycle(plan).meeting.on == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("on=", "Cần ghi ngày"),
        ("on=15/13/2026", "«15/13/2026» không phải là một ngày"),
        ("on=15/05/2026&at=25:00", "«25:00» không phải là giờ"),
        ("on=01/04/2026", "ở trước ngày kế hoạch bắt đầu"),
        ("on=20/04/2026", "Ngày họp 20/04/2026 đã qua"),
        ("on=15/05/2999", "lịch làm việc"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(site: Site, plan: str, query: str, sentence: str) -> None:
    page = read(site.signed_in(), f"/plans/{plan}/meeting?{query}")
    assert page.status == 422
    assert sentence in page.text


def test_a_day_off_is_pointed_out_but_not_refused(site: Site, plan: str) -> None:
    page = read(site.signed_in(), f"/plans/{plan}/meeting?on=17/05/2026")
    assert page.status == 200
    assert "17/05/2026 không phải ngày làm việc" in page.text


def test_a_meeting_that_was_held_cannot_be_moved(site: Site, plan: str) -> None:
    site.do(plan, SetMeeting(date(2026, 4, 22)))
    for key in ("collect", "answers", "announce", "meeting_day"):
        site.do(plan, CompleteStep(key))
    site.clock.set(at("2026-04-23"))
    client = site.signed_in()
    assert f"/plans/{plan}/meeting" not in read(client, f"/plans/{plan}").links
    page = read(client, f"/plans/{plan}/meeting?on=15/05/2026")
    assert (page.status, "Hội nghị đã họp ngày 22/04/2026" in page.text) == (409, True)
