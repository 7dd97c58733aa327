"""The first page, its lists and alerts, as a browser gets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.builders import DIALOGUE, at
from tests.integration.web.conftest import Site, read
from workflow.domain.commands import CancelPlan, RaisePetition
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.ports import NoticeStatus
from workflow.services.sweeping import sweep


def test_a_new_installation_says_what_to_do_first(site: Site) -> None:
    page = read(site.signed_in(), "/")
    assert page.status == 200
    assert "Chưa có kế hoạch nào" in page.text
    assert "/plans/new" in page.links


def test_who_cannot_make_plans_is_not_sent_to_make_one(site: Site) -> None:
    page = read(site.signed_in("minh"), "/")
    assert "Chưa có kế hoạch nào" in page.text
    assert "/plans/new" not in page.links


def test_an_overdue_step_stands_first_with_its_unit_and_how_late_it_is(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-28"))
    text = read(site.signed_in(), "/").text
    assert "1 việc quá hạn" in text
    assert "23/04/2026 Thứ Năm Thu phiếu" in text
    assert text.index("Thu phiếu") < text.index("Trả lời bằng văn bản")
    assert "Ủy ban MTTQ xã quá 2 ngày làm việc" in text


def test_steps_due_today_and_soon_have_their_groups(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-23"))
    assert "Đến hạn hôm nay 1 23/04/2026 Thứ Năm Thu phiếu" in read(site.signed_in(), "/").text


def test_a_step_that_waits_for_others_says_so(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-29"))
    assert "Các phòng, ban còn 1 ngày làm việc còn chờ bước trước" in read(site.signed_in(), "/").text


def test_a_projected_date_that_has_passed_waits_for_the_coordinators_decision(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-05-26"))
    page = read(site.signed_in(), "/")
    assert "Ngày dự kiến đã qua, cần định ngày họp" in page.text
    assert "chờ định ngày dự kiến" in page.text
    assert "/steps?due=unsettled" in page.links


def test_a_plan_whose_meeting_has_only_a_month_says_so(site: Site) -> None:
    site.start()
    assert "Tháng 5/2026, chưa chốt ngày" in read(site.signed_in(), "/").text


def test_an_officer_sees_the_needs_of_their_own_unit_and_no_decisions(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-05-11"))
    text = read(site.signed_in("minh"), "/").text
    assert "Việc cần xử lý của Ủy ban MTTQ xã" in text
    assert "Trả lời bằng văn bản" not in text.partition("Kế hoạch đang chạy")[0]
    assert "Đối thoại với giáo viên năm 2026" in text
    assert "Chờ bạn quyết định" not in text


def test_petitions_that_no_unit_leads_wait_for_the_coordinator(site: Site) -> None:
    plan = site.start().plan_id
    for lead in ("Văn phòng", None):
        site.do(plan, RaisePetition("Sửa đường", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING, lead=lead))
    assert "1 kiến nghị chưa giao đơn vị trả lời" in read(site.signed_in(), "/").text


def test_undelivered_and_waiting_notices_are_counted(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-24"))
    sweep(site.application.store, site.application.terms_of, at=site.clock.now())
    with site.application.store() as uow:
        pending = uow.outbox.pending(site.clock.now() + timedelta(days=1), 100)
        uow.outbox.update(replace(pending[0], status=NoticeStatus.DEAD, try_at=None, reason="từ chối"))
        uow.commit()
    text = read(site.signed_in(), "/").text
    assert "1 thông báo không gửi được" in text
    assert f"{len(pending) - 1} thông báo đang chờ gửi" in text


def test_a_coordinator_elsewhere_sees_none_of_it(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, RaisePetition("Sửa đường", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING))
    site.clock.set(at("2026-04-24"))
    sweep(site.application.store, site.application.terms_of, at=site.clock.now())
    client = site.signed_in("xa")
    for path in ("/", "/plans", "/steps", "/alerts", "/search?q=thu phieu", "/plans?org=UBND xã Bắc Thanh Miện"):
        text = read(client, path).text
        assert "Thu phiếu" not in text
        assert "Đối thoại với giáo viên" not in text
        assert "chờ gửi" not in text


def test_a_plan_called_off_needs_nobody(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, CancelPlan("hoãn"))
    site.clock.set(at("2026-05-26"))
    text = read(site.signed_in(), "/").text
    assert "Không có bước nào quá hạn hay đến hạn trong 7 ngày tới" in text
    assert "0 kế hoạch đang chạy" in text


def test_a_list_leads_on_to_all_of_it_in_pages(site: Site) -> None:
    site.clock.set(at("2026-04-22"))
    for _ in range(51):
        site.start(replace(DIALOGUE, steps=DIALOGUE.steps[:1]))
    site.clock.set(at("2026-04-24"))
    client = site.signed_in()
    home = read(client, "/")
    assert "Xem cả 51 việc" in home.text
    assert home.text.count("Thu phiếu Đối thoại") == 10
    first, last = read(client, "/steps?due=overdue"), read(client, "/steps?due=overdue&page=2")
    assert "Trang 1 trên 2" in first.text
    assert (first.text.count("Thu phiếu Đối"), last.text.count("Thu phiếu Đối")) == (50, 1)
    assert "/steps?due=overdue&unit=&org=&page=2" in first.links


def test_a_list_that_is_not_known_is_that_of_what_is_overdue(site: Site) -> None:
    assert "Không có việc nào trong danh sách này" in read(site.signed_in(), "/steps?due=x&page=0").text


def test_alerts_tell_what_will_go_wrong_and_where(site: Site) -> None:
    plan = site.start().plan_id
    page = read(site.signed_in(), "/alerts")
    assert "Danh bạ chưa có ai của Trung tâm dịch vụ" in page.text
    assert f"/plans/{plan}/steps/meeting_day" in page.links
