"""Each role's main path in a real browser, on an office PC and on a phone, with and without JavaScript."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PLAN_ID, Site, let_in
from workflow.domain.commands import AskExtension
from workflow.services.plans import handle

YOUTH_ID = "ubnd-xa-bac-thanh-mien-2026-2"


def _enter(window: Page, site: Site, person_id: str, path: str) -> None:
    let_in(window, site, person_id)
    window.goto(site.address + path)


def test_an_officer_completes_a_step_with_proof(window: Page, site: Site, tmp_path: Path) -> None:
    proof = tmp_path / "tra-loi.pdf"
    proof.write_bytes(b"%PDF-1.4\n%%EOF\n")
    _enter(window, site, "minh", "/mine")
    window.locator("li", has_text="Văn bản trả lời thanh niên").get_by_role("link", name="Ghi nhận hoàn thành").click()
    window.get_by_label("Ngày việc thực sự xong").fill("30/04/2026")
    window.get_by_label("Số văn bản (bắt buộc)").fill("12/MTTQ")
    window.get_by_label("Tệp minh chứng").set_input_files(proof)
    window.get_by_label("Ghi chú").fill("Gửi kèm bảng tổng hợp")
    window.get_by_role("button", name="Ghi nhận hoàn thành").click()
    expect(window.get_by_text("Ngày hoàn thành 30/04/2026 ở sau thời điểm ghi nhận 27/04/2026")).to_be_in_viewport()
    expect(window.get_by_label("Ghi chú")).to_have_value("Gửi kèm bảng tổng hợp")
    window.get_by_label("Ngày việc thực sự xong").fill("24/4/2026")
    window.get_by_role("button", name="Ghi nhận hoàn thành").click()
    expect(window.locator(".alert-good")).to_contain_text("Đã ghi nhận «Văn bản trả lời thanh niên» hoàn thành ngày")
    window.goto(f"{site.address}/plans/{YOUTH_ID}/steps/answer")
    with window.expect_download() as taken:
        window.get_by_role("link", name="Tải tệp minh chứng").click()
    assert taken.value.path().read_bytes() == proof.read_bytes()


def test_the_coordinator_is_led_to_the_late_step_and_its_account(window: Page, site: Site) -> None:
    window.goto(site.way_in())
    window.get_by_role("button", name="Vào hệ thống").click()
    overdue = window.locator(".need-overdue").filter(has_text="Thu, phân loại và tổng hợp phiếu")
    expect(overdue).to_contain_text("còn chờ bước trước")
    overdue.get_by_role("link", name="Đối thoại của Chủ tịch UBND xã").click()
    expect(window.locator("#collect_forms")).to_contain_text("Đang quá hạn")
    window.locator("#collect_forms .due a").click()
    expect(window.get_by_role("heading", name="Cách tính hạn")).to_be_in_viewport()
    expect(window.locator("#account")).to_contain_text("trước ngày 24/04/2026")
    window.get_by_role("button", name="Đăng xuất").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_the_coordinator_sets_the_meeting_after_a_preview(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/plans/{PLAN_ID}")
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
    expect(page.locator(".alert-good")).to_contain_text("Đã định ngày họp: Thứ Sáu, 15/05/2026, 08:00")
    expect(page.locator("#issue_conclusion")).to_contain_text("29/05/2026")


def test_the_coordinator_extends_a_limit_that_the_chair_approved(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/plans/{YOUTH_ID}/steps/answer")
    page.get_by_role("link", name="Kéo dài hạn").click()
    page.get_by_label("Lý do kéo dài").fill("Vụ việc phức tạp")
    page.get_by_label("Vụ việc cụ thể").fill("Phải xác minh tại ba thôn")
    page.get_by_label("Người chủ trì đã duyệt").select_option("Phạm Văn Chủ")
    page.get_by_role("button", name="Xem trước các hạn sẽ đổi").click()
    expect(page.get_by_role("row", name="Văn bản trả lời thanh niên")).to_contain_text("14/05/2026")
    page.get_by_role("button", name="Xác nhận kéo dài").click()
    expect(page.locator(".alert-good")).to_contain_text("Đã ghi kéo dài hạn.")
    expect(page.locator("#main")).to_contain_text("14/05/2026")


def test_the_chair_approves_what_a_unit_asks_for(window: Page, site: Site) -> None:
    application = site.application
    asked = AskExtension("answer", "Vụ việc phức tạp", "Phải xác minh tại ba thôn", 15)
    handle(application.store, application.terms_of, YOUTH_ID, asked, at=application.clock.now(), actor="minh")
    _enter(window, site, "chu", "/chair")
    plea = window.get_by_role("listitem").filter(has_text="Phải xác minh tại ba thôn")
    expect(plea).to_contain_text("Trần Văn Minh đề nghị ngày 27/04/2026")
    expect(window.get_by_role("row", name="Đối thoại với thanh niên năm 2026")).to_contain_text("0/2 việc xong")
    plea.get_by_role("link", name="Xem và duyệt").click()
    expect(window.get_by_label("Vụ việc cụ thể")).to_have_value("Phải xác minh tại ba thôn")
    window.get_by_role("button", name="Xem trước các hạn sẽ đổi").click()
    window.get_by_role("button", name="Xác nhận kéo dài").click()
    expect(window.locator(".alert-good")).to_contain_text("Đã ghi kéo dài hạn.")
    window.goto(site.address + "/chair")
    expect(window.locator("#main")).to_contain_text("Không có đề nghị nào chờ duyệt.")


def test_a_supervisor_opens_the_rows_behind_a_number_and_can_change_nothing(window: Page, site: Site) -> None:
    _enter(window, site, "sat", "/reports")
    tile = window.locator(".tile-running-overdue a")
    count = int(tile.locator("b").inner_text())
    tile.click()
    expect(window.locator("table tbody tr")).to_have_count(count)
    window.get_by_role("link", name="Thu, phân loại và tổng hợp phiếu").first.click()
    expect(window.get_by_role("heading", name="Cách tính hạn")).to_be_visible()
    expect(window.locator("#main form[method=post]")).to_have_count(0)
    expect(window.get_by_role("link", name="Ghi nhận hoàn thành")).to_have_count(0)


def test_an_administrator_adds_a_person_who_can_sign_in(window: Page, site: Site) -> None:
    _enter(window, site, "quan", "/admin/people")
    window.get_by_role("link", name="Thêm người dùng").click()
    window.get_by_label("Họ và tên").fill("Đặng Thị Đào")
    window.get_by_label("Vai trò").select_option("owner")
    window.get_by_label("Cơ quan", exact=True).fill("UBND xã Bắc Thanh Miện")
    window.get_by_label("Đơn vị, phòng ban").fill("Văn phòng")
    window.get_by_label("E-mail").fill("dao@example.invalid")
    window.get_by_role("button", name="Thêm").click()
    expect(window.locator("#main")).to_contain_text("Đặng Thị Đào")
    window.goto(site.address + "/admin/people?q=dang+dao")
    expect(window.get_by_role("row", name="Đặng Thị Đào")).to_contain_text("dao@example.invalid")


def test_anybody_works_out_a_limit(window: Page, site: Site) -> None:
    window.goto(site.address + "/what-if")
    window.get_by_label("Cách viết thời hạn").fill("10 ngày làm việc sau hội nghị")
    window.get_by_label("Ngày làm mốc").fill("15/05/2026")
    window.get_by_role("button", name="Tính").click()
    expect(window.locator(".main-answer")).to_contain_text("29/05/2026")
    window.get_by_role("link", name="Xem lịch làm việc năm 2026").click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("2026")
