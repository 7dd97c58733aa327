"""A plan's page and the pages of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tests.builders import DIALOGUE, at
from tests.integration.web.conftest import Site, read
from workflow.domain.commands import CompleteStep, SetMeeting
from workflow.domain.definition import StepDefinition, StepKind
from workflow.ports import PlanView
from workflow.services.sweeping import sweep
from workflow.web.app import create_app


def test_every_step_stands_with_its_owner_its_standing_and_its_due_date(site: Site) -> None:
    plan = site.start().plan_id
    text = read(site.signed_in(), f"/plans/{plan}").text
    assert "1 Thu phiếu Ủy ban MTTQ xã 23/04/2026 Thứ Năm Đang trong hạn còn 1 ngày làm việc" in text
    assert "Chưa mở còn 5 ngày làm việc còn chờ: Thu phiếu" in text
    assert "dự kiến" in text


def test_every_box_of_the_picture_leads_to_the_row_of_its_step(site: Site) -> None:
    page = read(site.signed_in(), f"/plans/{site.start().plan_id}")
    rows = {f"#{step.key}" for step in DIALOGUE.steps}
    assert rows <= set(page.links)
    assert {row[1:] for row in rows} <= page.ids


def test_a_step_done_late_and_entered_later_shows_both(site: Site) -> None:
    plan = site.start().plan_id
    site.clock.set(at("2026-04-28"))
    site.do(plan, CompleteStep("collect", date(2026, 4, 24), document_number="12/BC-MTTQ", note="Gửi qua trục"))
    text = read(site.signed_in(), f"/plans/{plan}").text
    assert "Xong quá hạn chậm 1 ngày làm việc xong 24/04/2026 Số 12/BC-MTTQ" in text
    assert "ghi lùi ngày, nhập 28/04/2026 09:00 Gửi qua trục" in text


def test_a_firm_meeting_takes_the_mark_of_projection_away(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, SetMeeting(date(2026, 5, 15)))
    text = read(site.signed_in(), f"/plans/{plan}").text
    assert "Hội nghị Thứ Sáu, 15/05/2026" in text
    assert "15/05/2026 Thứ Sáu Chưa mở" in text


def test_an_open_step_without_a_limit_is_under_way_not_in_time(site: Site) -> None:
    step = StepDefinition("prepare", StepKind.PREPARE, "Chuẩn bị", owner="Văn phòng")
    plan = site.start(replace(DIALOGUE, steps=(step,))).plan_id
    text = read(site.signed_in(), f"/plans/{plan}").text
    assert "không đặt hạn Đang thực hiện" in text
    assert "Đang trong hạn" not in text


def test_an_unknown_plan_is_one_sentence(site: Site) -> None:
    page = read(site.signed_in(), "/plans/khong-co")
    assert page.status == 404
    assert "Không có kế hoạch «khong-co»" in page.text


def test_the_notices_of_a_plan_are_listed_with_their_time_and_addressee(site: Site) -> None:
    plan = site.start().plan_id
    site.clock.set(at("2026-04-24"))
    sweep(site.application.store, site.application.terms_of, at=site.clock.now())
    text = read(site.signed_in(), f"/plans/{plan}").text
    assert "24/04/2026 07:30 Trần Văn Minh minh@example.invalid Báo quá hạn Thu phiếu Chờ gửi" in text


class BoardOfTests:
    """A flow board that only knows addresses; a real one is tried in the acceptance tests."""

    def show(self, _plan: PlanView, _flow_run_id: str | None) -> str:
        raise NotImplementedError

    def intact(self, _runs: Mapping[str, PlanView]) -> set[str]:
        raise NotImplementedError

    def address(self, flow_run_id: str) -> str:
        return f"http://flows.test/runs/{flow_run_id}"

    def runs_page(self) -> str:
        return "http://flows.test/runs"

    def ask_to_advance(self, _plan_id: str) -> bool:
        raise NotImplementedError


def test_the_run_is_linked_once_the_board_has_shown_the_plan(site: Site) -> None:
    plan = site.start().plan_id
    site.app = create_app(replace(site.application, board=BoardOfTests()))
    client = site.signed_in()
    before = read(client, f"/plans/{plan}").links
    with site.application.store() as uow:
        uow.links.remember(plan, "run-1", "f")
        uow.commit()
    assert "http://flows.test/runs/run-1" not in before
    assert "http://flows.test/runs/run-1" in read(client, f"/plans/{plan}").links


def test_a_steps_page_accounts_for_its_limit_day_by_day(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, SetMeeting(date(2026, 5, 15)))
    text = read(site.signed_in(), f"/plans/{plan}/steps/conclusion").text
    assert "Kế hoạch ghi: 10 ngày làm việc sau “Hội nghị đối thoại”" in text
    assert "18/05/2026 Thứ Hai 1 Ngày làm việc" in text
    assert "23/05/2026 Thứ Bảy không tính" in text
    assert "29/05/2026 Thứ Sáu 10 Ngày làm việc · hạn" in text
    assert "Điều 148" in text


def test_a_steps_page_keeps_every_limit_it_has_had_and_why(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, SetMeeting(date(2026, 5, 15)))
    text = read(site.signed_in(), f"/plans/{plan}/steps/conclusion").text
    assert "2 29/05/2026 Thứ Sáu Định hoặc đổi ngày họp 22/04/2026 09:00 Nguyễn Thị Lan" in text
    assert "1 12/06/2026 Thứ Sáu dự kiến Kế hoạch bắt đầu" in text


def test_an_unknown_step_is_one_sentence(site: Site) -> None:
    page = read(site.signed_in(), f"/plans/{site.start().plan_id}/steps/khong-co")
    assert page.status == 404
    assert "Kế hoạch không có bước «khong-co»" in page.text
