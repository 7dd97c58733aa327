"""Administration: people, what they belong to, lists of them, links and tokens."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
import xlsxwriter

from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import COMMUNE, PEOPLE, Site, read, send
from tests.integration.web.reading import Page
from workflow.domain.ladder import Audience
from workflow.ports import Organization, Person
from workflow.services.signing_in import digest

OTHER = "UBND xã Khác"
QUAN = Person("quan", "Hồ Văn Quản", "quan@example.invalid", "Văn phòng", Audience.OWNER, COMMUNE, administrator=True)
TONG = replace(QUAN, person_id="tong", name="Bùi Thị Tổng", email="tong@example.invalid", organization="", unit="")


@pytest.fixture
def office(site: Site) -> Site:
    """A site with a tree, an administrator of the commune and one of the whole installation."""
    with site.application.store() as uow:
        uow.organizations.put(Organization("hp", "UBND thành phố"))
        uow.organizations.put(Organization("btm", COMMUNE, "hp"))
        uow.organizations.put(Organization("khac", OTHER, "hp"))
        uow.directory.put(QUAN)
        uow.directory.put(TONG)
        uow.commit()
    return site


def _person(site: Site, person_id: str) -> Person:
    with site.application.store.reading() as uow:
        person = uow.directory.get(person_id)
    assert person is not None
    return person


def test_people_are_searched_without_accents_within_reach(office: Site) -> None:
    client = office.signed_in("quan")
    page = read(client, "/admin/people?q=tran van")
    assert "Trần Văn Minh" in page.text
    assert "Nguyễn Thị Lan" not in page.text
    assert "Vũ Văn Xa" not in read(client, "/admin/people?state=all").text
    assert "Vũ Văn Xa" in read(office.signed_in("tong"), "/admin/people").text
    assert "Không có ai khớp" in read(client, "/admin/people?q=khong co").text


def test_people_come_a_page_at_a_time(office: Site) -> None:
    with office.application.store() as uow:
        for number in range(120):
            uow.directory.put(replace(QUAN, person_id=f"n{number}", name=f"Người {number:03}", email=None))
        uow.commit()
    client = office.signed_in("quan")
    page = read(client, "/admin/people?q=nguoi&page=3")
    assert "120 người · trang 3 trên 3" in page.text
    assert "Người 119" in page.text
    assert "Người 099" not in page.text


def test_a_person_is_added_and_gets_a_link_that_sets_the_first_password(office: Site) -> None:
    client = office.signed_in("quan")
    fields = {"name": "Đặng Thị Mới", "role": "owner", "unit": "Văn phòng", "email": "moi@example.invalid"}
    added = send(client, read(client, "/admin/people/new"), "/admin/people/new", **fields)
    assert "Hãy cấp liên kết" in added.text
    person = _person(office, "dang-thi-moi-ubnd-xa-bac-thanh-mien")
    assert (person.organization, person.role, person.administrator) == (COMMUNE, Audience.OWNER, False)
    made = send(client, added, f"/admin/people/{person.person_id}/link")
    link = re.search(r"/set-password\?token=[\w-]+", made.html)
    assert link is not None
    newcomer = office.visitor()
    page = read(newcomer, link[0])
    done = send(newcomer, page, "/set-password", new="bốn con trâu xanh", again="bốn con trâu xanh")
    assert "Đặng Thị Mới" in done.text


def test_a_person_is_changed_and_what_is_wrong_is_told_beside_what_was_typed(office: Site) -> None:
    client = office.signed_in("quan")
    page = read(client, "/admin/people/minh")
    wrong = send(client, page, "/admin/people/minh", name="Trần Minh", email="khong-phai")
    assert (wrong.status, "không phải địa chỉ e-mail" in wrong.text, "Trần Minh" in wrong.html) == (422, True, True)
    taken = send(client, page, "/admin/people/minh", email="LAN@example.invalid", role="owner")
    assert "đã là của Nguyễn Thị Lan" in taken.text
    send(client, page, "/admin/people/minh", name="Trần Minh", role="coordinator", contact_telegram="42")
    person = _person(office, "minh")
    assert (person.name, person.role, person.contacts[0].address) == ("Trần Minh", Audience.COORDINATOR, "42")


def test_nobody_is_moved_out_of_an_administrators_reach_nor_above_it(office: Site) -> None:
    client = office.signed_in("quan")
    page = read(client, "/admin/people/minh")
    for organization in (OTHER, "", "UBND thành phố"):
        refused = send(client, page, "/admin/people/minh", organization=organization, role="owner")
        assert refused.status == 403
    assert _person(office, "minh") == PEOPLE["minh"]


def test_a_supervisor_never_administers_and_nobody_gives_up_their_own_office(office: Site) -> None:
    client = office.signed_in("quan")
    both = send(client, read(client, "/admin/people/sat"), "/admin/people/sat", role="supervisor", administrator="1")
    assert "không thể đồng thời là quản trị" in both.text
    page = read(client, "/admin/people/quan")
    form = page.form("/admin/people/quan")
    fields = {name: value for name, value in form.fields.items() if name != "administrator"} | {"role": "owner"}
    assert client.post("/admin/people/quan", data=fields).status_code == 422
    assert client.post("/admin/people/quan/leave", data={"csrf": form.fields["csrf"]}).status_code == 422


def test_who_leaves_is_out_at_once_and_may_come_back(office: Site) -> None:
    client, theirs = office.signed_in("quan"), office.signed_in("minh")
    page = read(client, "/admin/people/minh")
    made = send(client, page, "/admin/people/minh/tokens", name="Báo cáo", allows="read")
    secret = re.search(r"doithoai_[\w-]+", made.text)
    assert secret is not None
    left = send(client, page, "/admin/people/minh/leave")
    assert "Đã khóa tài khoản" in left.text
    assert theirs.get("/").status_code == 401
    with office.application.store.reading() as uow:
        token = uow.tokens.by_digest(digest(secret[0]))
    assert token is not None
    assert not token.is_valid(office.clock.now())
    assert not left.has_form("/admin/people/minh/link")
    send(client, left, "/admin/people/minh/return")
    assert _person(office, "minh").active


def test_the_sessions_of_a_person_are_ended_from_afar(office: Site) -> None:
    client, theirs = office.signed_in("quan"), office.signed_in("minh")
    send(client, read(client, "/admin/people/minh"), "/admin/people/minh/sessions")
    assert theirs.get("/").status_code == 401


def test_a_token_is_shown_once_kept_as_a_digest_and_revoked(office: Site) -> None:
    client = office.signed_in("quan")
    page = read(client, "/admin/people/lan")
    fields = {"name": "Bảng điện tử", "allows": "read", "expires_on": "31/12/2026"}
    made = send(client, page, "/admin/people/lan/tokens", **fields)
    secret = re.search(r"doithoai_[\w-]+", made.text)
    assert secret is not None
    again = read(client, "/admin/people/lan")
    assert secret[0] not in again.html
    assert "31/12/2026" in again.text
    with office.application.store.reading() as uow:
        token = uow.tokens.by_digest(digest(secret[0]))
    assert token is not None
    assert token.scopes == ("read",)
    send(client, again, "/admin/people/lan/revoke")
    assert "đã thu hồi" in read(client, "/admin/people/lan").text
    assert "sau hôm nay" in send(client, page, "/admin/people/lan/tokens", **fields | {"expires_on": "1/1/2026"}).text
    assert "dùng để làm gì" in send(client, page, "/admin/people/lan/tokens", **fields | {"name": " "}).text


def _upload(client: Browser, content: bytes, name: str) -> Page:
    form = read(client, "/admin/import").form("/admin/import")
    return Page(client.upload(form.action, form.fields, {"file": (name, content, "application/octet-stream")}))


LIST = """Họ tên;Cơ quan;Đơn vị;Vai trò;E-mail
Đỗ Văn Một;ubnd xã bắc thanh miện;Văn phòng;Cán bộ phụ trách;mot@example.invalid
Trần Văn Minh;;Ủy ban MTTQ xã;thủ trưởng;minh@example.invalid
Lạ Lẫm;;;giáo sư;
;;Văn phòng;;
Người Ngoài;UBND xã Khác;;;

Đỗ Văn Một;UBND xã Bắc Thanh Miện;Văn phòng;;
"""


def test_a_list_is_looked_over_row_by_row_and_only_what_is_right_is_kept(office: Site) -> None:
    client = office.signed_in("quan")
    before = len(_everybody(office))
    page = _upload(client, LIST.encode("utf-8-sig"), "ds.csv")
    assert "1 người mới, 1 người cập nhật, 4 dòng cần sửa" in page.text
    for row, why in (
        (4, "Không rõ vai trò «giáo sư»"),
        (5, "Cần ghi họ tên"),
        (6, "dành cho người quản trị"),
        (8, "Trùng với dòng 2"),
    ):
        assert re.search(rf"Dòng {row} \([^)]*\): [^.]*{why}", page.text), (row, page.text)
    assert len(_everybody(office)) == before
    done = send(client, page, "/admin/import/keep")
    assert "Đã nhập 2 người" in done.text
    assert len(_everybody(office)) == before + 1
    assert _person(office, "minh").role is Audience.HEAD
    assert _person(office, "do-van-mot-ubnd-xa-bac-thanh-mien").organization == COMMUNE


def _everybody(site: Site) -> list[Person]:
    with site.application.store.reading() as uow:
        return uow.directory.all()


def test_a_list_is_read_from_a_spreadsheet(office: Site) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([["Họ và tên", "Email"], ["Đỗ Văn Một", "mot@example.invalid"]]):
            sheet.write_row(place, 0, row)
    page = _upload(office.signed_in("quan"), file.getvalue(), "ds.xlsx")
    assert "1 người mới, 0 người cập nhật, 0 dòng cần sửa" in page.text


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"PK broken", "ds.xlsx", "Không đọc được tệp"),
        ("Họ tên\nLan".encode("utf-16"), "ds.csv", "Không đọc được tệp"),
        (b"a,b\n1,2", "ds.csv", "thiếu cột «Họ tên»"),
        ("Họ tên\n".encode(), "ds.csv", "không có dòng nào"),
        (b"", "", "Hãy chọn tệp"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(office: Site, content: bytes, name: str, why: str) -> None:
    page = _upload(office.signed_in("quan"), content, name)
    assert (page.status, why in page.text) == (422, True)


def test_a_list_that_is_too_large_is_refused_before_it_is_read(office: Site) -> None:
    assert _upload(office.signed_in("quan"), b"x" * (5 * 1024 * 1024 + 1), "ds.csv").status == 413


def test_the_tree_grows_is_renamed_and_rearranged(office: Site) -> None:
    client = office.signed_in("tong")
    page = read(client, "/admin/organizations")
    csrf = page.form("/sign-out").fields["csrf"]
    client.post("/admin/organizations", data={"csrf": csrf, "name": "Trường TH Bắc Thanh Miện", "parent": "btm"})
    send(client, page, "/admin/organizations/btm/rename", name="UBND phường Thanh Miện")
    circle = send(client, page, "/admin/organizations/hp/move", parent="btm")
    assert "không thể trực thuộc chính mình" in circle.text
    with office.application.store.reading() as uow:
        tree = {each.organization_id: each for each in uow.organizations.all()}
    assert tree["truong-th-bac-thanh-mien"].parent_id == "btm"
    assert (tree["btm"].name, tree["btm"].former) == ("UBND phường Thanh Miện", (COMMUNE,))
    assert _person(office, "minh").organization == "UBND phường Thanh Miện"
    assert tree["hp"].parent_id is None


def test_an_organization_with_running_plans_keeps_its_name(office: Site) -> None:
    office.start()
    client = office.signed_in("tong")
    page = send(client, read(client, "/admin/organizations"), "/admin/organizations/btm/rename", name="Tên khác")
    assert "Còn 1 kế hoạch đang chạy" in page.text


def test_names_that_only_plans_bear_are_offered_a_place(office: Site) -> None:
    office.start()
    with office.application.store() as uow:
        uow.organizations.remove("btm")
        uow.commit()
    client = office.signed_in("tong")
    page = read(client, "/admin/organizations")
    assert "chưa có trong cây" in page.text
    form = next(form for form in page.forms if form.fields.get("name") == COMMUNE)
    client.post(form.action, data=form.fields | {"parent": "hp"})
    assert "chưa có trong cây" not in read(client, "/admin/organizations").text


def test_units_tell_where_work_is_owed_and_nobody_is(office: Site) -> None:
    office.start()
    page = read(office.signed_in("quan"), "/admin/units")
    assert "Ủy ban MTTQ xã" in page.text
    assert "chưa có ai" in page.text


def test_only_administrators_are_shown_the_way(office: Site) -> None:
    assert "/admin/people" in read(office.signed_in("quan"), "/").links
    assert "/admin/people" not in read(office.signed_in("lan"), "/").links
