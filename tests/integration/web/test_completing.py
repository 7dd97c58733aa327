"""Completing a step on the plan's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest

from tests.builders import at
from tests.integration.web.conftest import NOW, Site, read, send
from workflow.domain.commands import CancelPlan, CompleteStep, SetMeeting
from workflow.domain.cycle import StepStatus
from workflow.ports import Store
from workflow.store.errors import DatabaseBusy

COLLECT = "/plans/{plan}/steps/collect/complete"


@pytest.fixture
def plan(site: Site) -> str:
    return site.start().plan_id


def _address(plan: str) -> str:
    return COLLECT.format(plan=plan)


def test_a_step_is_recorded_with_its_proof_and_the_page_says_so(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, _address(plan))
    told = send(
        client,
        page,
        _address(plan),
        happened_on="21/4/2026",
        document_number="12/BC-MTTQ",
        document_on="21-04-2026",
        note="Đủ 45 phiếu",
    )
    done = site.cycle(plan).steps["collect"].completion
    assert done is not None
    assert (done.document_number, done.document_on, done.note, done.actor) == (
        "12/BC-MTTQ",
        date(2026, 4, 21),
        "Đủ 45 phiếu",
        "lan",
    )
    assert "Đã ghi nhận «Thu phiếu» hoàn thành ngày 21/04/2026: xong đúng hạn." in told.text
    assert site.changes == 1


def test_the_form_offers_today(site: Site, plan: str) -> None:
    fields = read(site.signed_in(), _address(plan)).form(_address(plan)).fields
    assert fields["happened_on"] == f"{NOW:%d/%m/%Y}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"happened_on": ""}, "Cần ghi ngày"),
        ({"happened_on": "hôm qua"}, "«hôm qua» không phải là một ngày"),
        ({"document_on": "30/04/2026"}, "Ngày văn bản 30/04/2026 ở sau ngày ghi nhận 22/04/2026"),
        ({"happened_on": "31/02/2026"}, "«31/02/2026» không phải là một ngày"),
        ({"happened_on": "30/04/2026"}, "Ngày hoàn thành 30/04/2026 ở sau thời điểm ghi nhận 22/04/2026"),
        ({"happened_on": "01/04/2026"}, "ở trước ngày kế hoạch bắt đầu 06/04/2026"),
        ({"document_on": "mai"}, "«mai» không phải là một ngày"),
        ({"document_number": "x" * 101}, "quá 100 ký tự"),
        ({"note": "x" * 2001}, "quá 2000 ký tự"),
    ],
)
def test_a_wrong_field_brings_its_sentence_and_loses_nothing(
    site: Site, plan: str, typed: dict[str, str], sentence: str
) -> None:
    client = site.signed_in()
    filled = {"happened_on": "21/04/2026", "document_number": "7/BC", "note": "Còn thiếu 2 trường"} | typed
    page = send(client, read(client, _address(plan)), _address(plan), **filled)
    assert page.status == 422
    assert sentence in page.text
    assert page.form(_address(plan)).fields.items() >= filled.items()
    assert site.cycle(plan).steps["collect"].status is StepStatus.OPEN
    assert site.changes == 0


def test_a_step_that_asks_for_a_document_is_refused_without_its_number(site: Site, plan: str) -> None:
    for key in ("collect", "answers", "announce"):
        site.do(plan, CompleteStep(key))
    site.do(plan, SetMeeting(date(2026, 4, 22)))
    site.do(plan, CompleteStep("meeting_day"))
    client = site.signed_in()
    address = f"/plans/{plan}/steps/conclusion/complete"
    page = send(client, read(client, address), address, note="giữ lại")
    assert page.status == 422
    assert "cần số văn bản làm minh chứng" in page.text
    assert page.form(address).fields["note"] == "giữ lại"


def test_what_somebody_else_recorded_meanwhile_is_told_and_the_typed_is_kept(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, _address(plan))
    site.do(plan, CompleteStep("collect", date(2026, 4, 20), document_number="9/BC"), actor="minh")
    told = send(client, page, _address(plan), happened_on="21/04/2026", note="Ghi chú của tôi")
    assert told.status == 409
    assert "Trần Văn Minh: Hoàn thành «Thu phiếu»" in told.text
    assert "9/BC" in told.text
    assert told.form(_address(plan)).fields["note"] == "Ghi chú của tôi"
    assert site.cycle(plan).steps["collect"].completion.document_number == "9/BC"  # type: ignore[union-attr]


def test_a_limit_moved_meanwhile_is_told_and_the_form_can_be_sent_again(site: Site, plan: str) -> None:
    client = site.signed_in()
    address = f"/plans/{plan}/steps/announce/complete"
    page = read(client, address)
    site.do(plan, SetMeeting(date(2026, 5, 15)), actor="chu")
    told = send(client, page, address, note="Đã phát loa")
    assert told.status == 409
    assert "Phạm Văn Chủ: Hạn của «Thông báo trên loa»: 08/05/2026" in told.text
    again = send(client, told, address)
    assert again.status == 200
    assert site.cycle(plan).steps["announce"].completion.note == "Đã phát loa"  # type: ignore[union-attr]


def test_a_change_to_another_step_does_not_stand_in_the_way(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, _address(plan))
    site.do(plan, CompleteStep("announce"), actor="minh")
    assert send(client, page, _address(plan)).status == 200
    assert site.cycle(plan).steps["collect"].status is StepStatus.DONE


def test_the_same_form_sent_twice_counts_once(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, _address(plan))
    first, second = send(client, page, _address(plan)), send(client, page, _address(plan))
    assert (first.status, second.status) == (200, 200)
    assert site.cycle(plan).steps["collect"].status is StepStatus.DONE


def test_a_plan_cancelled_meanwhile_is_told(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, _address(plan))
    site.do(plan, CancelPlan("Trùng lịch"), actor="chu")
    told = send(client, page, _address(plan), note="Ghi chú của tôi")
    assert told.status == 409
    assert "Phạm Văn Chủ: Hủy kế hoạch: Trùng lịch" in told.text
    assert told.form(_address(plan)).fields["note"] == "Ghi chú của tôi"


def test_a_step_that_is_not_open_is_refused_with_what_it_waits_for(site: Site, plan: str) -> None:
    client = site.signed_in()
    form = read(client, _address(plan)).form(_address(plan))
    answer = client.post(f"/plans/{plan}/steps/answers/complete", data=form.fields)
    assert answer.status_code == 422
    assert "chưa mở vì còn chờ: Thu phiếu" in answer.text


def test_a_form_without_its_version_is_refused_in_words(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = send(client, read(client, _address(plan)), _address(plan), version="mới")
    assert page.status == 422
    assert "Biểu mẫu gửi lên bị thiếu phần" in page.text


def test_reloading_a_refused_form_shows_it_anew(site: Site, plan: str) -> None:
    page = read(site.signed_in(), _address(plan))
    assert (page.status, page.has_form(_address(plan))) == (200, True)


def test_a_step_is_completed_on_a_page_that_the_step_leads_to(site: Site, plan: str) -> None:
    client = site.signed_in()
    assert _address(plan) in read(client, f"/plans/{plan}/steps/collect").links
    page = send(client, read(client, _address(plan)), _address(plan))
    assert page.status == 200
    assert site.cycle(plan).steps["collect"].status is StepStatus.DONE


class BusyStore:
    """A store that reads as ever but whose database another program is writing to."""

    def __init__(self, store: Store) -> None:
        self.reading = store.reading

    def __call__(self) -> NoReturn:
        raise DatabaseBusy(database="doithoai.sqlite3")


def test_a_busy_database_loses_nothing_that_was_typed(site: Site, plan: str) -> None:
    client = site.signed_in()
    page = read(client, _address(plan))
    site.app.state.application = replace(site.application, store=BusyStore(site.application.store))
    told = send(client, page, _address(plan), happened_on="21/04/2026", note="Ghi chú của tôi")
    assert told.status == 503
    assert "hãy đợi ít giây rồi làm lại" in told.text
    assert told.form(_address(plan)).fields["note"] == "Ghi chú của tôi"


def test_cancelling_asks_for_a_reason(site: Site, plan: str) -> None:
    client = site.signed_in()
    address = f"/plans/{plan}/cancel"
    refused = send(client, read(client, address), address, reason="  ")
    assert (refused.status, "Cần ghi lý do." in refused.text) == (422, True)
    told = send(client, refused, address, reason="Gộp với hội nghị quý III")
    assert "Kế hoạch đã hủy, lý do: Gộp với hội nghị quý III" in told.text


def test_a_late_entry_is_judged_by_the_day_it_happened(site: Site, plan: str) -> None:
    site.clock.set(at("2026-04-27"))
    client = site.signed_in()
    told = send(client, read(client, _address(plan)), _address(plan), happened_on="23/04/2026")
    assert "hoàn thành ngày 23/04/2026: xong đúng hạn" in told.text
    assert "ghi lùi ngày" in told.text
