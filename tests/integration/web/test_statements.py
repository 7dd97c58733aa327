"""How often pages ask the database: as often for many plans as for few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.builders import DIALOGUE, at
from tests.integration.web.conftest import Site
from workflow.domain.commands import RaisePetition
from workflow.domain.definition import ForEach
from workflow.domain.petition import Petitioner, RaisedWhen
from workflow.services.sweeping import sweep
from workflow.store import migrate, sql_store
from workflow.store.sql import SqlStore

FANNED = replace(DIALOGUE, steps=(*DIALOGUE.steps[:1], replace(DIALOGUE.steps[1], for_each=ForEach.OPEN_PETITION)))


@pytest.fixture
def counted(tmp_path: Path) -> SqlStore:
    """A database whose statements can be counted."""
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


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 30),
        ("/plans", 16),
        ("/plans?q=doi+thoai&state=running&unit=V%C4%83n+ph%C3%B2ng", 16),
        ("/steps?due=overdue", 12),
        ("/search?q=thu+phieu", 18),
        ("/version", 10),
    ],
)
def test_lists_ask_as_often_for_many_plans_as_for_few(counted: SqlStore, tmp_path: Path, path: str, most: int) -> None:
    site = Site(counted, tmp_path)
    for _ in range(2):
        site.start()
    site.clock.set(at("2026-05-11"))
    few = _statements(site, counted, path)
    for _ in range(6):
        site.start()
    many = _statements(site, counted, path)
    assert 0 < many <= most
    assert many <= few + 1  # a list that is full is counted as well


@pytest.mark.parametrize("page", ["", "/version", "/steps/answers", "?as_of=22/4/2026"])
def test_a_plans_page_asks_as_often_for_many_petitions_as_for_one(counted: SqlStore, tmp_path: Path, page: str) -> None:
    site = Site(counted, tmp_path)
    plan = site.start(FANNED).plan_id
    found = []
    for count in (1, 12):
        for _ in range(count):
            said = RaisePetition("Sửa đường", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING, lead="Văn phòng")
            site.do(plan, said)
        sweep(site.application.store, site.application.terms_of, at=site.clock.now())
        found.append(_statements(site, counted, f"/plans/{plan}{page}"))
    assert found[0] == found[1] <= 22
