"""A new plan from a document, a template or a file: read, corrected beside its words, rehearsed, started."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import COMMUNE, Site, read
from tests.integration.web.reading import Form, Page

DOCUMENT = """ỦY BAN NHÂN DÂN
XÃ BẮC THANH MIỆN
Số: 15/KH-UBND
Bắc Thanh Miện, ngày 02 tháng 4 năm 2026

KẾ HOẠCH
Đối thoại với người dân năm 2026

I. THỜI GIAN, ĐỊA ĐIỂM
Thời gian: 8h00 ngày 15/5/2026. Địa điểm: Nhà văn hóa xã.

II. TỔ CHỨC THỰC HIỆN
1. Ủy ban MTTQ xã
- Tổng hợp ý kiến của nhân dân gửi về Văn phòng trước ngày 24/4/2026 <b>.
2. Văn phòng
- Chậm nhất 10 ngày làm việc sau hội nghị đối thoại, ban hành thông báo kết luận.
"""


def form_to(page: Page, ending: str) -> Form:
    """The form of a page that is sent to an address."""
    return next(form for form in page.forms if form.method == "post" and form.action.endswith(ending))


def submit(client: Browser, form: Form, **changes: str) -> httpx.Response:
    """Send a form with some of its fields typed anew."""
    return client.post(form.action, data={**form.fields, **{name.replace("__", "."): v for name, v in changes.items()}})


def upload(client: Browser, name: str = "kế hoạch.txt", content: bytes = DOCUMENT.encode()) -> Page:
    """Hand in a document and wait for its draft."""
    form = form_to(read(client, "/plans/new"), "/plans/new/document")
    answer = client.upload(form.action, form.fields, {"file": (name, content, "text/plain")})
    for _ in range(100):
        page = read(client, answer.url.raw_path.decode())
        if "Đang chạy" not in page.text:
            return page
        time.sleep(0.1)
    raise AssertionError("the document was not read")


def test_a_document_becomes_a_draft_with_its_words_beside_its_steps(site: Site) -> None:
    page = upload(site.signed_in())
    assert page.status == 200
    assert "Bản nháp từ «kế hoạch.txt»" in page.text
    assert "Tổng hợp ý kiến của nhân dân gửi về Văn phòng trước ngày 24/4/2026" in page.text
    assert "23/04/2026" in page.text


def test_a_corrected_draft_starts_as_a_plan(site: Site) -> None:
    client = site.signed_in()
    page = upload(client)
    here = next(form.action for form in page.forms if form.action.endswith("/start")).removesuffix("/start")
    saved = submit(client, form_to(page, here), **{"1__name": "Hội nghị với nhân dân", "1__owner": "Văn phòng"})
    assert "Đã lưu; hạn và phát hiện đã được tính lại." in saved.text
    assert "Hội nghị với nhân dân" in saved.text
    started = submit(client, form_to(read(client, here), "/start"))
    plan = started.url.path.removeprefix("/plans/")
    assert "Hội nghị với nhân dân" in [step.definition.name for step in site.cycle(plan).steps.values()]
    assert client.get(here).status_code == 404


def test_a_limit_that_cannot_be_read_is_told_by_the_number_of_its_step_and_nothing_is_lost(site: Site) -> None:
    client = site.signed_in()
    page = upload(client)
    here = next(form.action for form in page.forms if form.action.endswith("/start")).removesuffix("/start")
    told = submit(client, form_to(page, here), **{"1__due": "khi nào xong thì xong", "1__name": "Tên vừa gõ"})
    assert told.status_code == 422
    assert "Bước 1: thời hạn «khi nào xong thì xong» không đọc được." in told.text
    assert 'value="Tên vừa gõ"' in told.text


def test_the_second_of_two_who_correct_a_draft_is_told_and_keeps_what_was_typed(site: Site) -> None:
    client = site.signed_in()
    page = upload(client)
    here = next(form.action for form in page.forms if form.action.endswith("/start")).removesuffix("/start")
    form = form_to(page, here)
    submit(client, form, **{"1__name": "Của người thứ nhất"})
    told = submit(client, form, **{"1__name": "Của người thứ hai"})
    assert told.status_code == 409
    assert 'value="Của người thứ hai"' in told.text


def test_a_template_becomes_a_draft_that_rehearses_to_its_end(site: Site) -> None:
    client = site.signed_in()
    form = form_to(read(client, "/plans/new"), "/plans/new/template")
    made = submit(client, form, template="dialogue", organization=COMMUNE, meeting="15/06/2026")
    assert made.status_code == 200
    rehearsed = client.get(f"{made.url.path}/rehearsal?scenario=three_days_late")
    assert rehearsed.status_code == 200
    assert "style-src 'unsafe-inline'" in rehearsed.headers["content-security-policy"]
    assert "script" not in rehearsed.text.lower()


def test_a_plan_file_is_taken_and_given_back(site: Site) -> None:
    client = site.signed_in()
    content = Path("examples/s3-bac-thanh-mien-2026.yaml").read_bytes()
    form = form_to(read(client, "/plans/new"), "/plans/new/file")
    made = client.upload(form.action, form.fields, {"file": ("s3.yaml", content, "text/yaml")})
    given = client.get(f"{made.url.path}/file")
    assert given.headers["content-disposition"].startswith('attachment; filename="s3.yaml"')
    assert "doithoai: 1" in given.text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("trống.docx", b"", "trống"),
        ("anh.png", b"\x89PNG\r\n", "hãy"),
        ("../../etc/passwd.txt", b"\x00\x01\x02", "hãy"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_a_sentence(site: Site, name: str, content: bytes, told: str) -> None:
    page = upload(site.signed_in(), name, content)
    assert told in page.text
    assert "Bản nháp từ" not in page.text


def test_a_document_cannot_put_anything_but_words_on_the_page(site: Site) -> None:
    client = site.signed_in()
    hostile = DOCUMENT.replace("nhân dân", "<script>alert(1)</script>")
    page = upload(client, content=hostile.encode())
    here = next(form.action for form in page.forms if form.action.endswith("/start")).removesuffix("/start")
    for path in (here, f"{here}/page", f"{here}/rehearsal"):
        body = client.get(path).text
        assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in client.get(here).text


@pytest.mark.parametrize("person", ["minh", "sat", "xa"])
def test_a_draft_is_seen_by_nobody_but_those_who_lead_plans_of_its_organization(site: Site, person: str) -> None:
    page = upload(site.signed_in())
    here = next(form.action for form in page.forms if form.action.endswith("/start")).removesuffix("/start")
    client = site.signed_in(person)
    for path in (here, f"{here}/page", f"{here}/file", f"{here}/rehearsal"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("person", ["minh", "sat"])
def test_who_leads_no_plans_begins_none(site: Site, person: str) -> None:
    assert site.signed_in(person).get("/plans/new").status_code == 403


def test_a_plan_of_another_organization_is_not_started_from_here(site: Site) -> None:
    client = site.signed_in()
    form = form_to(read(client, "/plans/new"), "/plans/new/template")
    made = submit(client, form, template="union", organization="UBND xã Khác", meeting="15/06/2026")
    refused = submit(client, form_to(read(client, made.url.path), "/start"))
    assert refused.status_code in (403, 422)
    with site.application.store.reading() as uow:
        assert uow.plans.ids() == []


def test_a_draft_that_is_removed_is_gone(site: Site) -> None:
    client = site.signed_in()
    page = upload(client)
    form = next(form for form in page.forms if form.action.endswith("/remove"))
    submit(client, form)
    assert client.get(form.action.removesuffix("/remove")).status_code == 404
