"""The board, as a browser gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.builders import DIALOGUE, at
from tests.integration.web.conftest import Site, read
from workflow.domain.commands import CompleteStep
from workflow.services.sweeping import sweep
from workflow.store import migrate, sql_store
from workflow.store.sql import SqlStore


def test_an_empty_board_says_what_to_do(site: Site) -> None:
    page = read(site.signed_in(), "/")
    assert page.status == 200
    assert "Chưa có kế hoạch nào" in page.text
    assert "doithoai start examples/" in page.text


def test_an_overdue_step_stands_first_with_its_unit_and_how_late_it_is(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-28"))
    text = read(site.signed_in(), "/").text
    assert "1 bước quá hạn" in text
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


def test_a_projected_date_that_has_passed_asks_for_the_meetings_day(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-05-26"))
    text = read(site.signed_in(), "/").text
    assert "Ngày dự kiến đã qua, cần định ngày họp" in text
    assert "chờ định ngày dự kiến" in text


def test_a_plan_whose_meeting_has_only_a_month_says_so(site: Site) -> None:
    site.start()
    assert "Tháng 5/2026, chưa chốt ngày" in read(site.signed_in(), "/").text


def test_an_officer_sees_the_needs_of_their_own_unit_and_every_plan(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-05-11"))
    text = read(site.signed_in("minh"), "/").text
    assert "Việc cần xử lý của Ủy ban MTTQ xã" in text
    assert "Trả lời bằng văn bản" not in text.partition("Kế hoạch đang chạy")[0]
    assert "Đối thoại với giáo viên năm 2026" in text


def test_undelivered_and_waiting_notices_are_counted(site: Site) -> None:
    site.start()
    site.clock.set(at("2026-04-24"))
    sweep(site.application.store, site.application.terms_of, at=site.clock.now())
    with site.application.store.reading() as uow:
        pending = len(uow.outbox.pending(site.clock.now() + timedelta(days=1), 100))
    assert pending > 0
    assert f"({pending} chờ gửi)" in read(site.signed_in(), "/").text


def test_an_ended_plan_moves_below_the_running_ones(site: Site) -> None:
    only = replace(DIALOGUE, title="Kế hoạch một bước", steps=DIALOGUE.steps[:1])
    cycle = site.start(only)
    site.start()
    site.do(cycle.plan_id, CompleteStep("collect"))
    text = read(site.signed_in(), "/").text
    assert text.index("Đối thoại với giáo viên") < text.index("Kế hoạch đã kết thúc") < text.index("Kế hoạch một bước")


@pytest.fixture
def counted(tmp_path: Path) -> SqlStore:
    url = f"sqlite:///{tmp_path / 'counted.sqlite3'}"
    migrate(url)
    return sql_store(url)


def _statements(site: Site, counted: SqlStore, path: str) -> int:
    client, found = site.signed_in(), []

    def count(*_: object) -> None:
        found.append(1)

    event.listen(counted.engine, "before_cursor_execute", count)
    assert client.get(path).status_code == 200
    event.remove(counted.engine, "before_cursor_execute", count)
    return len(found)


def test_the_board_asks_the_database_as_often_for_many_plans_as_for_one(counted: SqlStore, tmp_path: Path) -> None:
    site = Site(counted, tmp_path)
    site.start()
    site.clock.set(at("2026-05-11"))
    with_one = _statements(site, counted, "/")
    for _ in range(5):
        site.start()
    assert 0 < _statements(site, counted, "/") == with_one
