"""What needs somebody's attention, on the command line: notices that reached nobody, and alerts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Doithoai
from tests.builders import at
from workflow.bootstrap import prepare_data
from workflow.ports import Notice, NoticeStatus
from workflow.settings import Settings
from workflow.store import sql_store

S3 = "examples/s3-bac-thanh-mien-2026.yaml"
Ask = Callable[..., Any]
GONE = Notice(
    key="xa/collect/1/overdue/role:head/email",
    plan_id="xa",
    step="collect",
    revision=1,
    rung="overdue",
    person_id="",
    person_name="Thủ trưởng đơn vị (Văn phòng)",
    address=None,
    channel="email",
    owed_at=at("2026-04-24", "07:30"),
    status=NoticeStatus.DEAD,
    attempts=1,
    reason="Danh bạ chưa có ai là «Thủ trưởng đơn vị (Văn phòng)»; hãy thêm người này cùng địa chỉ thư.",
)


@pytest.fixture
def given_up(tmp_path: Path) -> None:
    """A database with two notices that were given up."""
    settings = Settings(data=tmp_path / "data")
    prepare_data(settings)
    with sql_store(settings.database_url)() as uow:
        uow.outbox.add([GONE, replace(GONE, key="other")])
        uow.commit()


def test_given_up_notices_are_listed_with_the_reason_and_tried_again_by_key_or_all(
    given_up: None, answer: Ask, doithoai: Doithoai
) -> None:
    assert {(row["key"], row["reason"]) for row in answer("undelivered")} == {
        (GONE.key, GONE.reason),
        ("other", GONE.reason),
    }
    shown = doithoai("undelivered", "--lang", "en")
    assert "The directory has nobody called" in shown.stdout or "Head of the unit" in shown.stdout
    assert GONE.key in doithoai("undelivered", "--retry", GONE.key).stdout
    assert [row["key"] for row in answer("undelivered")] == ["other"]
    assert "1" in doithoai("undelivered", "--all").stdout
    assert answer("undelivered") == []
    assert doithoai("undelivered").stdout == "Mọi thông báo đều đã tới người nhận hoặc còn đang chờ gửi.\n"


def test_a_notice_that_is_not_there_is_one_sentence(given_up: None, doithoai: Doithoai) -> None:
    refused = doithoai("undelivered", "--retry", "nothing")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "doithoai undelivered" in refused.stderr


def test_alerts_are_told_with_exit_code_1_until_there_are_none(answer: Ask, doithoai: Doithoai) -> None:
    answer("start", S3, "--on", "2026-04-06")
    told = doithoai("alerts", "--json")
    assert told.returncode == 1
    assert '"code": "sweep_never"' in told.stdout
    assert "doithoai up" in doithoai("alerts").stdout
    answer("sweep")
    after = doithoai("alerts", "--json", "--lang", "en")
    assert "sweep_never" not in after.stdout
    assert "The directory has nobody of" in after.stdout


def test_without_anything_to_see_to_alerts_say_so_with_exit_code_0(given_up: None, doithoai: Doithoai) -> None:
    doithoai("undelivered", "--all")
    quiet = doithoai("alerts")
    assert (quiet.returncode, quiet.stdout) == (0, "Không có gì cần xem xét.\n")


def test_people_have_contacts_and_are_away_with_a_substitute(answer: Ask, doithoai: Doithoai) -> None:
    for name, words in (("Lan", ("--contact", "telegram=12", "--contact", "zalo=3")), ("Minh", ())):
        assert doithoai("user", "add", name, "--organization", "X", *words).returncode == 0
    people = {person["person_id"]: person for person in answer("user", "list")}
    assert [contact["channel"] for contact in people["lan-x"]["contacts"]] == ["telegram", "zalo"]
    gone = doithoai("user", "absent", "Lan", "--from", "20/04/2030", "--to", "24/04/2030", "--substitute", "Minh")
    assert gone.stdout == "Đã ghi Lan vắng mặt từ 20/04/2030 đến hết 24/04/2030.\n"
    assert doithoai("user", "back", "lan-x").stdout == "Đã kết thúc 1 lần vắng mặt của Lan.\n"
    assert doithoai("user", "absent", "nobody", "--from", "20/04/2030", "--to", "24/04/2030").returncode == 2
    assert doithoai("user", "contact", "lan-x", "telegram=77").stdout == "Lan: e-mail –; kênh khác: telegram=77.\n"
