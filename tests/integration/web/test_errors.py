"""Errors as people see them: one sentence, what to do, the right status, no traceback."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOW, Site, read
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.settings import Settings
from workflow.store.errors import DatabaseBusy, DatabaseUnreachable
from workflow.web.app import create_app


class BrokenStore:
    """A store whose database fails in one way; the real thing cannot be made to at will."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self) -> NoReturn:
        raise self.error

    def reading(self) -> NoReturn:
        raise self.error


def _browser(error: Exception, folder: Path) -> Browser:
    return Browser(create_app(Application(Settings(data=folder), BrokenStore(error), ClockSetByHand(NOW))))


def test_an_address_that_is_not_there_is_told(site: Site) -> None:
    page = read(site.signed_in(), "/khong-co")
    assert (page.status, "Không tìm thấy" in page.text, "Về bảng việc" in page.text) == (404, True, True)
    assert "Nguyễn Thị Lan" in page.text


def test_a_wrong_method_is_told(site: Site) -> None:
    answer = site.signed_in().ask("DELETE", "/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert "Thao tác không dùng được ở đây" in answer.text


def test_an_error_nobody_foresaw_is_told_without_its_inside(tmp_path: Path) -> None:
    answer = _browser(RuntimeError("bí mật bên trong"), tmp_path).get("/sign-in?token=x")
    assert answer.status_code == 500
    assert "Chương trình gặp lỗi chưa lường trước" in answer.text
    assert "bí mật" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("error", [DatabaseBusy(database="x"), DatabaseUnreachable(database="x")])
def test_a_database_that_does_not_answer_is_a_503_in_words(tmp_path: Path, error: Exception) -> None:
    answer = _browser(error, tmp_path).get("/sign-in?token=x")
    assert (answer.status_code, "Cơ sở dữ liệu" in answer.text or "cơ sở dữ liệu" in answer.text) == (503, True)


def test_health_tells_machines_whether_the_database_answers(site: Site, tmp_path: Path) -> None:
    well, ill = site.visitor().get("/healthz"), _browser(DatabaseBusy(database="x"), tmp_path).get("/healthz")
    assert (well.status_code, well.json()) == (200, {"status": "ok", "database": "ok"})
    assert (ill.status_code, ill.json()) == (503, {"status": "degraded", "database": "down"})


@pytest.mark.parametrize("year", ["1999", "2999", "nay", "02026", "-1"])
def test_a_year_without_a_calendar_is_told(site: Site, year: str) -> None:
    page = read(site.visitor(), f"/calendar/{year}")
    assert (page.status, "Lịch làm việc chỉ có từ năm 2015" in page.text) == (404, True)
