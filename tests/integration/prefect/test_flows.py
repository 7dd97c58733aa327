"""Flows run in this process, without a server: who owns a recurring job, and what a run tells."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import at
from tests.integration.prefect.place import terms_of, unique_plan
from workflow.bootstrap import Application, build_application, prepare_data
from workflow.services.plans import start_plan
from workflow.settings import Settings

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Application:
    """An installation whose recurring jobs belong to Prefect, found by the flows in their environment."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("DOITHOAI_DATA", str(tmp_path))
    monkeypatch.setenv("DOITHOAI_RECURRING_JOBS", "prefect")
    prepare_data(Settings())
    return build_application()


def start(application: Application) -> str:
    store, started_at = application.store, at("2026-04-06")
    plan = unique_plan()
    return start_plan(store, terms_of, plan, started_on=date(2026, 4, 6), at=started_at, actor="test").plan_id


def run_sweep() -> State[str]:
    from flows.sweep import sweep

    return sweep.fn()


def test_a_sweep_tells_what_it_did(application: Application) -> None:
    start(application)
    assert run_sweep().message == "1 kế hoạch thay đổi, 0 kế hoạch được hiện lại."
    assert run_sweep().message == "0 kế hoạch thay đổi, 0 kế hoạch được hiện lại."


def test_a_sweep_leaves_the_job_to_whoever_holds_its_lease(application: Application) -> None:
    start(application)
    now = application.clock.now()
    with application.store() as uow:
        assert uow.leases.take("sweep", "another", now, now + timedelta(minutes=2))
        uow.commit()
    assert run_sweep().name == "Skipped"


@pytest.mark.usefixtures("application")
def test_recurring_flows_do_nothing_where_the_embedded_process_owns_the_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.daily_digest import daily_digest
    from flows.deliver_notices import deliver_notices

    monkeypatch.setenv("DOITHOAI_RECURRING_JOBS", "embedded")
    assert [run_sweep().name, daily_digest.fn().name, deliver_notices.fn().name] == ["Skipped"] * 3


def test_the_morning_and_delivery_tell_what_they_did(application: Application) -> None:
    from flows.daily_digest import daily_digest
    from flows.deliver_notices import deliver_notices

    start(application)
    assert (daily_digest.fn().message or "").startswith("Đã ghi 0 ")
    assert (deliver_notices.fn().message or "").startswith("Đã gửi 0, ")


def test_the_audit_tells_how_much_it_checked(application: Application) -> None:
    from flows.nightly_audit import nightly_audit

    start(application)
    state = nightly_audit.fn()
    assert (state.is_completed(), (state.message or "").startswith("1 kế hoạch, ")) == (True, True)


def test_a_calendar_in_force_already_moves_nothing(application: Application) -> None:
    from flows.apply_calendar import apply_calendar

    start(application)
    assert apply_calendar.fn().message == "0 kế hoạch có hạn được tính lại."


DOCUMENT = """KẾ HOẠCH
Đối thoại của Chủ tịch UBND xã Hòa Lạc với hộ nuôi tôm năm 2026
1. Thời gian: 8h00 ngày 22/5/2026, tại Nhà văn hóa xã.
2. Ủy ban MTTQ xã thu phiếu hỏi, gửi về Văn phòng HĐND&UBND xã trước ngày 24/4/2026.
"""


def test_a_document_that_was_handed_in_becomes_a_plan_file_beside_it(application: Application) -> None:
    from flows.read_plan_document import read_plan_document
    from workflow.planfile import read_plan

    folder = application.settings.data / "documents"
    folder.mkdir()
    (folder / "kh.txt").write_text(DOCUMENT, encoding="utf-8")
    for _ in range(2):  # doing it again replaces what was written
        state = read_plan_document.fn("kh.txt", on="2026-04-06")
        assert (state.is_completed(), "kh.txt.yaml" in (state.message or "")) == (True, True)
    assert read_plan(folder / "kh.txt.yaml").meeting.on == date(2026, 5, 22)
    assert sorted(path.name for path in folder.iterdir()) == ["kh.txt", "kh.txt.json", "kh.txt.yaml"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("không có.docx", "không có.docx"), ("../doithoai.sqlite3", "kho văn bản"), ("rỗng.docx", "rỗng")],
)
def test_a_document_that_cannot_be_read_fails_in_one_sentence(application: Application, name: str, said: str) -> None:
    from flows.read_plan_document import read_plan_document

    folder = application.settings.data / "documents"
    folder.mkdir()
    (folder / "rỗng.docx").touch()
    state = read_plan_document.fn(name)
    assert (state.is_failed(), said in (state.message or ""), list(folder.iterdir())) == (
        True,
        True,
        [folder / "rỗng.docx"],
    )
