"""Petitions on the screens: taking down, finding, classifying several, answering with a file, importing a table."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from tests.builders import DIALOGUE
from tests.integration.web.conftest import Site, read, send
from tests.integration.web.sending import send_files
from workflow.domain.commands import ClassifyPetition, CompleteStep, MergePetition, RaisePetition, SetMeeting
from workflow.domain.definition import ForEach
from workflow.domain.petition import Petitioner, RaisedWhen, Result

SHARED = replace(
    DIALOGUE,
    steps=tuple(replace(s, for_each=ForEach.OPEN_PETITION) if s.key == "petitions" else s for s in DIALOGUE.steps),
)


@pytest.fixture
def plan(site: Site) -> str:
    return site.start(SHARED).plan_id


def raise_some(site: Site, plan: str, *texts: str) -> None:
    for text in texts:
        site.do(plan, RaisePetition(text, Petitioner("Lê Thị Hoa", "Trường Tiểu học"), RaisedWhen.BEFORE_MEETING))


def test_a_petition_is_taken_down_and_shown_as_written(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/petitions/new"
    text = '=HYPERLINK("http://x")<script>alert(1)</script> Xin sửa mái tôn'
    told = send(client, read(client, address), address, text=text, name="Lê Thị Hoa", lead="Phòng Kinh tế")
    assert "Đã ghi kiến nghị p1." in told.text
    assert site.cycle(plan).petitions["p1"].text == text
    assert "<script>alert" not in told.html
    assert text.replace("<script>", "").split("</script>")[1].strip() in told.text


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/petitions/new"
    told = send(client, read(client, address), address, text="Sửa đường", raised_on="31/02/2026", topic="Giao thông")
    assert (told.status, "raised_on-wrong" in told.ids) == (422, True)
    assert told.form(address).fields.items() >= {"text": "Sửa đường", "topic": "Giao thông"}.items()
    assert not site.cycle(plan).petitions


def test_the_same_petition_sent_twice_is_taken_down_once(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/petitions/new"
    page = read(client, address)
    for _ in range(2):
        send(client, page, address, text="Sửa đường", unit="Thôn Đông")
    assert list(site.cycle(plan).petitions) == ["p1"]


def test_petitions_are_found_without_accents_and_by_state(site: Site, plan: str) -> None:
    raise_some(site, plan, "Sửa đường thôn Đông", "Thêm giáo viên")
    page = read(site.signed_in(), f"/plans/{plan}/petitions?q=duong+thon")
    assert "Sửa đường thôn Đông" in page.text
    assert "Thêm giáo viên" not in page.text
    assert "Không có kiến nghị nào khớp" in read(site.signed_in(), f"/plans/{plan}/petitions?state=answered").text


def test_a_long_list_has_pages(site: Site, plan: str) -> None:
    raise_some(site, plan, *(f"Kiến nghị số {n}" for n in range(1, 53)))
    first, second = (read(site.signed_in(), f"/plans/{plan}/petitions?page={n}") for n in (1, 2))
    assert "Trang 1/2, 52 kiến nghị" in first.text
    assert "Kiến nghị số 51" not in first.text
    assert "Kiến nghị số 52" in second.text


def test_several_petitions_are_classified_at_once(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một", "Hai", "Ba")
    client, here = site.signed_in(), f"/plans/{plan}/petitions"
    page = read(client, here)
    fields = page.form(f"{here}/classify").fields | {"topic": "Lương", "lead": "Phòng Tài chính"}
    data = [(name, value) for name, value in fields.items() if name != "petition"]
    answer = send_files(client, f"{here}/classify", [*data, ("petition", "p1"), ("petition", "p3")])
    assert "Đã phân loại 2 kiến nghị." in answer.text
    petitions = site.cycle(plan).petitions
    assert [petitions[p].lead for p in ("p1", "p2", "p3")] == ["Phòng Tài chính", None, "Phòng Tài chính"]


def test_one_that_another_classified_meanwhile_is_told_and_the_rest_are_done(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một", "Hai")
    client, here = site.signed_in(), f"/plans/{plan}/petitions"
    form = read(client, here).form(f"{here}/classify")
    site.do(plan, ClassifyPetition("p1", "Đất đai", None, None), actor="chu")
    data = [*((n, v) for n, v in form.fields.items() if n != "petition"), ("lead", "Phòng Kinh tế")]
    answer = send_files(client, f"{here}/classify", [*data, ("petition", "p1"), ("petition", "p2")])
    assert answer.status == 409
    assert "đã có thay đổi" in answer.text
    petitions = site.cycle(plan).petitions
    assert (petitions["p1"].lead, petitions["p2"].lead) == (None, "Phòng Kinh tế")


def test_nothing_picked_is_told(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một")
    client, here = site.signed_in(), f"/plans/{plan}/petitions"
    fields = {n: v for n, v in read(client, here).form(f"{here}/classify").fields.items() if n != "petition"}
    answer = send_files(client, f"{here}/classify", [*fields.items(), ("topic", "Lương")])
    assert (answer.status, "Chưa chọn kiến nghị nào" in answer.text) == (422, True)
    assert answer.form(f"{here}/classify").fields["topic"] == "Lương"


def test_an_answer_with_its_file_ends_the_petitions_part(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một")
    for key in ("collect", "answers", "announce"):
        site.do(plan, CompleteStep(key))
    site.do(plan, SetMeeting(date(2026, 4, 22)))
    site.do(plan, CompleteStep("meeting_day"))
    site.do(plan, CompleteStep("conclusion", document_number="1/TB"))
    client, address = site.signed_in(), f"/plans/{plan}/petitions/p1/answer"
    fields = read(client, address).form(address).fields
    sent = fields | {"where": "in_writing", "result": "settled", "document_number": "5/UBND", "told_on": "22/04/2026"}
    told = send_files(client, address, sent, file=("trả lời.pdf", b"%PDF-1.7 ok"))
    assert "Đã ghi trả lời kiến nghị." in told.text
    petition = site.cycle(plan).petitions["p1"]
    assert petition.answer is not None
    assert (petition.answer.result, petition.told_on) == (Result.SETTLED, date(2026, 4, 22))
    assert site.cycle(plan).steps["petitions.p1"].ended
    proof = next(link for link in told.links if link.startswith("/proofs/"))
    assert client.get(proof).content == b"%PDF-1.7 ok"


def test_a_petition_that_repeats_another_is_merged_and_leads_to_it(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một", "Một lần nữa")
    client, address = site.signed_in(), f"/plans/{plan}/petitions/p2/merge"
    told = send(client, read(client, address), address, duplicate_of="p1")
    assert "đã gộp vào p1" in told.text
    assert f"/plans/{plan}/petitions/p2" in read(client, f"/plans/{plan}/petitions/p1").links


def test_passing_a_petition_on_is_previewed_first(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một")
    client, address = site.signed_in(), f"/plans/{plan}/petitions/p1/transfer"
    typed = {"authority": "city", "lead": "Sở Giáo dục", "reason": "Vượt thẩm quyền"}
    page = send(client, read(client, address), address, **typed)
    assert not site.cycle(plan).petitions["p1"].transfers
    confirm = next(form for form in page.forms if form.fields.get("stage") == "confirm")
    assert send_files(client, address, confirm.fields).status == 200
    assert site.cycle(plan).petitions["p1"].lead == "Sở Giáo dục"


def test_two_who_merge_and_answer_at_once_the_second_is_told(site: Site, plan: str) -> None:
    raise_some(site, plan, "Một", "Hai")
    client, address = site.signed_in(), f"/plans/{plan}/petitions/p2/answer"
    page = read(client, address)
    site.do(plan, MergePetition("p2", "p1"), actor="chu")
    told = send(client, page, address, result="settled", document_number="5/UBND", summary="Đã làm")
    assert (told.status, "Phạm Văn Chủ" in told.text) == (409, True)
    assert told.form(address).fields["summary"] == "Đã làm"


def _workbook(*rows: tuple[object, ...]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(place, column, value)
    return made.getvalue()


HEADINGS = ("STT", "Họ và tên", "Đơn vị", "Nội dung kiến nghị", "Lĩnh vực", "Đơn vị trả lời", "Ngày nêu")


def test_a_table_is_previewed_with_its_faults_and_the_good_rows_are_taken_down(site: Site, plan: str) -> None:
    content = _workbook(
        ("DANH SÁCH KIẾN NGHỊ",),
        HEADINGS,
        (1, "Lê Thị Hoa", "Trường Mầm non", "=1+1 xin thêm lớp", "Giáo dục", "Phòng Văn hóa", date(2026, 4, 20)),
        (2, "Ngô Văn Ba", "", "", "", "", ""),
        (3, "", "", "Sửa mái tôn", "", "", "31/12/2026"),
        (4, "", "", "Cấp nước sạch", "", "", ""),
    )
    client, address = site.signed_in(), f"/plans/{plan}/petitions/import"
    fields = read(client, address).form(address).fields
    page = send_files(client, address, fields, file=("ds.xlsx", content))
    assert "Tệp có 4 dòng, nhập được 2" in page.text
    assert "Cần ghi nội dung kiến nghị." in page.text
    assert "Ngày nêu kiến nghị 31/12/2026 ở sau hôm nay" in page.text
    assert not site.cycle(plan).petitions
    confirm = next(form for form in page.forms if "rows" in form.fields)
    told = send_files(client, address, confirm.fields)
    assert "Đã nhập 2 kiến nghị." in told.text
    petitions = site.cycle(plan).petitions
    assert [petition.text for petition in petitions.values()] == ["=1+1 xin thêm lớp", "Cấp nước sạch"]
    assert (petitions["p1"].raised_on, petitions["p1"].lead) == (date(2026, 4, 20), "Phòng Văn hóa")
    assert petitions["p2"].petitioner.anonymous


def test_confirming_a_table_twice_takes_it_down_once(site: Site, plan: str) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/petitions/import"
    fields = read(client, address).form(address).fields
    page = send_files(client, address, fields, file=("ds.csv", "Nội dung;Người nêu\nMột;Hoa\n".encode()))
    confirm = next(form for form in page.forms if "rows" in form.fields)
    for _ in range(2):
        send_files(client, address, confirm.fields)
    assert list(site.cycle(plan).petitions) == ["p1"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ds.pdf", b"%PDF-1.7", "Không đọc được tệp «ds.pdf»"),
        ("ds.xlsx", b"PK\x03\x04 nothing", "Không đọc được bảng trong tệp «ds.xlsx»"),
        ("ds.csv", b"", "không có dòng nào"),
        ("ds.csv", "Tên;Tuổi\nHoa;30\n".encode(), "Không thấy cột «Nội dung kiến nghị»"),
        ("ds.csv", b"\xff\x00\x81", "Không đọc được bảng"),
        ("ds.csv", b"x" * (5 * 1024 * 1024 + 1), "quá lớn"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    site: Site, plan: str, name: str, content: bytes, sentence: str
) -> None:
    client, address = site.signed_in(), f"/plans/{plan}/petitions/import"
    fields = read(client, address).form(address).fields
    page = send_files(client, address, fields, file=(name, content))
    assert (page.status, sentence in page.text) == (422, True), page.text


def test_all_plans_petitions_in_scope_are_listed_and_no_others(site: Site, plan: str) -> None:
    raise_some(site, plan, "Sửa đường thôn Đông")
    assert "Sửa đường thôn Đông" in read(site.signed_in(), "/petitions").text
    assert "Sửa đường thôn Đông" not in read(site.signed_in("xa"), "/petitions").text
