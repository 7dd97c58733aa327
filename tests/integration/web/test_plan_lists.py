"""What a plan's page tells beside its steps: as of a past day, live, papers, notices, petitions, history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import DIALOGUE, at
from tests.integration.web.conftest import Site, read
from workflow.domain.commands import CompleteStep, RaisePetition
from workflow.domain.definition import ForEach, StepDefinition, StepKind
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.services.sweeping import sweep

PROOF = f"{'a' * 64}-Biên bản họp.pdf"
ANSWERS = StepDefinition(
    "answers", StepKind.ANSWER_ISSUES, "Trả lời", owner="Văn phòng", after=("collect",), for_each=ForEach.OPEN_PETITION
)


def test_a_past_day_shows_what_was_recorded_by_then_with_a_banner_and_nothing_to_change(site: Site) -> None:
    plan = site.start().plan_id
    site.clock.set(at("2026-04-28"))
    site.do(plan, CompleteStep("collect", date(2026, 4, 23)))
    page = read(site.signed_in(), f"/plans/{plan}?as_of=24/4/2026")
    assert "Kế hoạch như đã ghi nhận đến hết ngày 24/04/2026; chỉ để xem" in page.text
    assert "Thu phiếu Ủy ban MTTQ xã 23/04/2026 Thứ Năm Đang quá hạn quá 1 ngày làm việc" in page.text
    assert not any(form.method == "post" and form.action != "/sign-out" for form in page.forms)
    assert not [link for link in page.links if link.endswith(("/complete", "/meeting", "/cancel"))]
    assert "data-version" not in page.html
    assert "«Thu phiếu», đúng hạn" not in page.text


def test_the_present_day_as_a_past_one_shows_what_is_known_now(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, CompleteStep("collect"))
    assert "xong 22/04/2026" in read(site.signed_in(), f"/plans/{plan}?as_of=22/04/2026").text


def test_a_day_that_cannot_be_shown_is_told_and_the_present_is_shown(site: Site) -> None:
    plan = site.start().plan_id
    client = site.signed_in()
    for typed, words in (
        ("1/1/2026", "chưa được ghi vào hệ thống"),
        ("23/4/2026", "chưa tới"),
        ("hôm qua", "không phải là một ngày"),
    ):
        page = read(client, f"/plans/{plan}?as_of={typed}")
        assert page.status == 200
        assert words in page.text
        assert "chỉ để xem" not in page.text


def test_the_page_knows_its_version_and_can_be_asked_for_it_alone(site: Site) -> None:
    plan = site.start().plan_id
    client = site.signed_in()
    version = client.get(f"/plans/{plan}/version").json()["version"]
    assert f'data-version="{version}"' in read(client, f"/plans/{plan}").html
    site.do(plan, CompleteStep("collect"))
    assert client.get(f"/plans/{plan}/version").json()["version"] != version
    assert site.signed_in("xa").get(f"/plans/{plan}/version").status_code == 404


def test_papers_are_listed_and_files_lead_to_their_download(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, CompleteStep("collect", document_number="12/BC", document_on=date(2026, 4, 22), file=PROOF))
    page = read(site.signed_in(), f"/plans/{plan}")
    assert "Thu phiếu Số 12/BC, 22/04/2026 · Tải tệp Biên bản họp.pdf" in page.text
    assert any(link.startswith(f"/proofs/{plan}/{'a' * 64}-") for link in page.links)


def test_notices_to_come_say_when_about_what_and_to_whom(site: Site) -> None:
    plan = site.start().plan_id
    sweep(site.application.store, site.application.terms_of, at=site.clock.now())
    text = read(site.signed_in(), f"/plans/{plan}").text
    assert "24/04/2026 07:30 Báo quá hạn Thu phiếu cán bộ phụ trách, người điều phối" in text


def test_the_history_tells_events_in_words_the_latest_first(site: Site) -> None:
    plan = site.start().plan_id
    site.do(plan, CompleteStep("collect", document_number="12/BC"))
    text = read(site.signed_in(), f"/plans/{plan}").text.rpartition("Diễn biến")[2]
    assert "«Thu phiếu», đúng hạn, văn bản số 12/BC. Nguyễn Thị Lan" in text
    assert text.index("«Thu phiếu», đúng hạn") < text.index("Kế hoạch bắt đầu")


def test_petitions_are_told_in_numbers_and_lead_to_their_page(site: Site) -> None:
    plan = site.start().plan_id
    for lead in ("Văn phòng", None):
        site.do(plan, RaisePetition("Sửa đường", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING, lead=lead))
    page = read(site.signed_in(), f"/plans/{plan}")
    assert "Chưa trả lời 2 Quá hạn trả lời 0 Đã trả lời 0 Trùng kiến nghị khác 0 Chưa giao đơn vị 1" in page.text
    assert f"/plans/{plan}/petitions" in page.links


def test_sixty_steps_and_many_petitions_stay_within_the_weight_of_a_page(site: Site) -> None:
    steps = [replace(DIALOGUE.steps[0], key=f"s{n}", name=f"Việc thứ {n} của kế hoạch rất dài") for n in range(58)]
    plan = site.start(replace(DIALOGUE, steps=(*DIALOGUE.steps[:1], ANSWERS, *steps))).plan_id
    for n in range(40):
        site.do(plan, RaisePetition(f"Kiến nghị số {n}", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING))
    site.do(plan, CompleteStep("collect"))
    page = read(site.signed_in(), f"/plans/{plan}")
    assert "Xong 0 trên 40 phần việc" in page.text
    without_pictures = page.html.partition('<svg class="gantt-chart')[0] + page.html.rpartition("</svg>")[2]
    for picture in page.html.split("<svg class=")[1:]:
        without_pictures += picture.partition("</svg>")[2]
    assert len(without_pictures.encode()) < 150 * 1024
    parts = read(site.signed_in(), f"/plans/{plan}/steps/answers")
    assert "Các phần việc 40" in parts.text


def test_a_steps_page_tells_the_rungs_reached_and_to_come(site: Site) -> None:
    plan = site.start().plan_id
    site.clock.set(at("2026-04-24"))
    sweep(site.application.store, site.application.terms_of, at=site.clock.now())
    text = read(site.signed_in(), f"/plans/{plan}/steps/collect").text
    assert "Bậc nhắc việc" in text
    assert "Báo quá hạn" in text
    assert "28/04/2026 07:30 : Báo tiếp sau 1 ngày làm việc → thủ trưởng đơn vị" in text
