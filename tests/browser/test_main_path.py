"""The coordinator's main path in a real browser, on an office PC and on a phone, with and without JavaScript."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from calendars.rules import Before
from tests.browser.conftest import PLAN_ID, Site
from workflow.domain.definition import PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.services.plans import start_plan


def _open_plan(page: Page) -> None:
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đối thoại của Chủ tịch UBND xã Bắc Thanh Miện")


def _open_form(page: Page, step: str) -> None:
    page.locator(f"#{step} + tr summary").click()


def test_the_board_leads_to_the_plan_and_its_late_step(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc hôm nay")
    overdue = page.locator(".need-overdue").filter(has_text="Thu, phân loại và tổng hợp phiếu")
    expect(overdue).to_contain_text("còn chờ bước trước")
    _open_plan(page)
    expect(page.locator("#collect_forms")).to_contain_text("Đang quá hạn")


def test_a_step_is_completed_and_the_next_one_opens(page: Page) -> None:
    _open_plan(page)
    _open_form(page, "send_forms")
    form = page.locator("#send_forms + tr form")
    expect(form.get_by_label("Ngày việc thực sự xong")).to_have_value("27/04/2026")
    form.get_by_label("Ngày việc thực sự xong").fill("22/4/2026")
    form.get_by_label("Ghi chú").fill("Phát đủ 45 phiếu")
    form.get_by_role("button", name="Ghi nhận hoàn thành").click()
    told = page.get_by_role("status")
    expect(told).to_contain_text(
        "Đã ghi nhận «Phát phiếu hỏi ý kiến nhà giáo» hoàn thành ngày 22/04/2026: xong đúng hạn."
    )
    expect(told).to_be_in_viewport()
    expect(page.locator("#send_forms")).to_contain_text("Phát đủ 45 phiếu")
    expect(page.locator("#send_forms")).to_contain_text("ghi lùi ngày")
    expect(page.locator("#collect_forms + tr summary")).to_be_visible()


def test_a_wrong_date_shows_its_sentence_in_sight_and_keeps_what_was_typed(page: Page) -> None:
    _open_plan(page)
    _open_form(page, "send_forms")
    form = page.locator("#send_forms + tr form")
    form.get_by_label("Ngày việc thực sự xong").fill("30/04/2026")
    form.get_by_label("Ghi chú").fill("Còn hai trường")
    form.get_by_role("button", name="Ghi nhận hoàn thành").click()
    sentence = form.get_by_text("Ngày hoàn thành 30/04/2026 ở sau thời điểm ghi nhận 27/04/2026")
    expect(sentence).to_be_in_viewport()
    field = form.get_by_label("Ngày việc thực sự xong")
    expect(field).to_have_value("30/04/2026")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Ghi chú")).to_have_value("Còn hai trường")


def test_the_meeting_is_set_after_a_preview(page: Page, site: Site) -> None:
    _open_plan(page)
    page.get_by_role("link", name="Định ngày họp").click()
    page.get_by_label("Ngày họp").fill("15/05/2026")
    page.get_by_label("Giờ họp").fill("8h")
    page.get_by_role("button", name="Xem trước các hạn sẽ đổi").click()
    row = page.get_by_role("row", name="Thông báo kết luận hội nghị")
    expect(row).to_contain_text("12/06/2026")
    expect(row).to_contain_text("29/05/2026")
    with site.application.store.reading() as uow:
        assert uow.plans.get(PLAN_ID).meeting.on is None
    page.get_by_role("button", name="Xác nhận ngày họp này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã định ngày họp: Thứ Sáu, 15/05/2026, 08:00")
    expect(page.locator("#issue_conclusion")).to_contain_text("29/05/2026")


def test_a_box_of_the_picture_leads_to_its_row(page: Page) -> None:
    _open_plan(page)
    page.locator("svg.dag a[href='#hold_meeting']").click()
    expect(page.locator("tr#hold_meeting")).to_be_in_viewport()


def test_a_due_date_opens_its_account(page: Page) -> None:
    _open_plan(page)
    page.locator("#collect_forms .due a").click()
    expect(page.get_by_role("heading", name="Cách tính hạn")).to_be_in_viewport()
    expect(page.locator("#account")).to_contain_text("trước ngày 24/04/2026")


def test_no_page_is_wider_than_the_window(page: Page, site: Site) -> None:
    for path in (
        "/",
        f"/plans/{PLAN_ID}",
        f"/plans/{PLAN_ID}/steps/issue_conclusion",
        f"/plans/{PLAN_ID}/meeting?on=15/05/2026",
        f"/plans/{PLAN_ID}/cancel",
        "/calendar/2026",
        "/khong-co",
    ):
        page.goto(site.address + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path


def test_long_names_widen_nothing(page: Page, site: Site) -> None:
    endless, many = "x" * 120, "Đối thoại với giáo viên, " * 12
    steps = (
        StepDefinition("endless", StepKind.PREPARE, endless, owner=endless, due=Before(date(2026, 4, 27))),
        StepDefinition("many", StepKind.PREPARE, many, owner=many, after=("endless",)),
    )
    application = site.application
    plan = start_plan(
        application.store,
        application.terms_of,
        PlanDefinition(endless, PlanKind.DIALOGUE, many, steps),
        started_on=date(2026, 4, 20),
        at=application.clock.now(),
        actor="lan",
    ).plan_id
    for path in ("/", f"/plans/{plan}", f"/plans/{plan}/steps/endless"):
        page.goto(site.address + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path


def test_the_keyboard_reaches_the_content_and_the_form(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    _open_plan(page)
    page.locator("#send_forms + tr summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#send_forms-on")).to_be_focused()


def test_signing_out_leads_to_the_way_in(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page.get_by_text("Chưa có hoặc quên mật khẩu?").click()
    expect(page.get_by_text("doithoai user sign-in")).to_be_visible()
