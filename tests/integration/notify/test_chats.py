"""Chats at real servers: what the services are asked, and what a refusal means.

Telegram's own name is reached through a proxy of ours, which leads to a server of ours; so is whatever host Teams gives.
What Telegram, Teams and Zalo make of it is not provable here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.notify.servers import certified, free_port
from tests.integration.notify.test_channels import MESSAGE
from tests.integration.notify.web_servers import Desk, web, web_beyond_a_proxy
from workflow.notify.channels import AppriseChannel
from workflow.notify.chats import TeamsChannel, telegram
from workflow.notify.zalo import LONGEST_TEXT, ZaloChannel
from workflow.ports import ChannelFailed, Message

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
def telegrams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """What stands in for Telegram, with the proxy set as an office would set one."""
    desk = Desk(answer=b'{"ok": true, "result": {}}')
    monkeypatch.setenv("NO_PROXY", "")
    return desk


def failing(channel: AppriseChannel, address: str, message: Message = MESSAGE) -> ChannelFailed:
    with pytest.raises(ChannelFailed) as caught:
        channel.send(replace(message, to_address=address))
    return caught.value


def telegram_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AppriseChannel:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{desk.port}")
    channel = telegram(TOKEN)
    channel._url += "&verify=no"
    return channel


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_telegram_is_asked_to_write_to_the_persons_chat_as_plain_text(
    telegrams: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_beyond_a_proxy(telegrams, certified(tmp_path)):
        telegram_over(telegrams, monkeypatch).send(replace(MESSAGE, to_address="-1001234567"))
    assert telegrams.tunnels == ["api.telegram.org:443"]
    [asked] = telegrams.asked
    assert asked.path == f"/bot{TOKEN}/sendMessage"
    assert str(asked.json["chat_id"]) == "-1001234567"
    assert MESSAGE.subject in asked.json["text"]
    assert "Việc đã quá hạn." in asked.json["text"]


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_long_text_reaches_telegram_in_pieces_that_it_takes(
    telegrams: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_beyond_a_proxy(telegrams, certified(tmp_path)):
        channel = telegram_over(telegrams, monkeypatch)
        channel.send(replace(MESSAGE, to_address="7", text="Một việc đã quá hạn.\n" * 300))
    assert len(telegrams.asked) > 1
    assert max(len(asked.json["text"]) for asked in telegrams.asked) <= 4096


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_refusal_of_telegram_is_told_without_the_token(
    telegrams: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegrams.status, telegrams.answer = 403, b'{"ok": false, "description": "bot was blocked by the user"}'
    with web_beyond_a_proxy(telegrams, certified(tmp_path)):
        failure = failing(telegram_over(telegrams, monkeypatch), "7")
    assert failure.reason.startswith("Kênh «telegram» không gửi được: ")
    assert "403" in failure.reason
    assert TOKEN not in failure.reason


@pytest.mark.parametrize("address", ["", "chat của Lan", "1/2", "1?x=2"])
def test_what_is_no_chat_of_telegram_and_no_user_of_zalo_fails_for_good_without_a_call(address: str) -> None:
    assert failing(telegram(TOKEN), address).permanent
    assert failing(zalo(Desk(port=free_port())), address).permanent


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_teams_gets_a_card_at_the_address_that_it_gave(tmp_path: Path) -> None:
    with web(Desk(status=202), certified(tmp_path)) as desk:
        address = f"workflows://localhost:{desk.port}/abc123/s1gnature?verify=no"
        TeamsChannel(["localhost"]).send(replace(MESSAGE, to_address=address))
    [asked] = desk.asked
    place = urlsplit(asked.path)
    assert place.path == "/workflows/abc123/triggers/manual/paths/invoke"
    assert parse_qs(place.query)["sig"] == ["s1gnature"]
    assert MESSAGE.subject in str(asked.json)
    assert "Việc đã quá hạn." in str(asked.json)


def test_the_address_that_teams_gives_is_taken_as_it_is(tmp_path: Path) -> None:
    with web(Desk(status=202), certified(tmp_path)) as desk:
        given = (
            f"https://localhost:{desk.port}/workflows/643e69f83c89/triggers/manual/paths/invoke"
            "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODuebWbDGYFr0z0eu"
        )
        failure = failing(TeamsChannel(["localhost"]), given)
    assert "A Connection error occurred sending Workflows notification" in failure.reason  # the certificate is ours
    assert not failure.permanent


@pytest.mark.parametrize(
    "address",
    [
        "https://localhost/workflows/a/triggers/manual/paths/invoke?sig=b",
        "https://127.0.0.1/x",
        "http://example.com/x",
        "?",
    ],
)
def test_teams_is_no_way_into_the_offices_own_network(address: str) -> None:
    failure = failing(TeamsChannel(), address)
    assert failure.permanent
    assert failure.reason.startswith("Không gọi webhook này: ")


def test_an_address_of_another_service_is_no_address_of_teams() -> None:
    failure = failing(TeamsChannel(["localhost"]), "https://localhost/api/webhooks/1/abc")
    assert failure.permanent
    assert "không hiểu địa chỉ" in failure.reason


def zalo(desk: Desk, token: str = "A-b_c/+=&?%41") -> ZaloChannel:
    return ZaloChannel(token, f"http://127.0.0.1:{desk.port}")


def test_zalo_is_asked_as_its_documents_say() -> None:
    with web(Desk(answer=b'{"error": 0, "message": "Success", "data": {}}')) as desk:
        zalo(desk).send(replace(MESSAGE, to_address="2468458835296197922"))
    [asked] = desk.asked
    assert asked.path == "/v3.0/oa/message/cs"
    assert asked.headers["access_token"] == "A-b_c/+=&?%41"
    assert asked.json["recipient"] == {"user_id": "2468458835296197922"}
    assert asked.json["message"]["text"].startswith(f"{MESSAGE.subject}\n\nKính gửi ông/bà,")


def test_a_text_is_cut_to_what_zalo_takes() -> None:
    with web(Desk(answer=b'{"error": 0}')) as desk:
        zalo(desk).send(replace(MESSAGE, to_address="1", text="đ" * 5000))
    text = desk.asked[0].json["message"]["text"]
    assert (len(text), text[-1]) == (LONGEST_TEXT, "…")


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (200, b'{"error": -216, "message": "Access token has expired"}', "-216 Access token has expired"),
        (200, b"<html>", "200"),
        (200, b"[]", "200"),
        (500, b'{"error": 0}', "500"),
        (302, b'{"error": 0}', "302"),
    ],
)
def test_what_zalo_refuses_is_told_and_tried_again(status: int, answer: bytes, said: str) -> None:
    with web(Desk(status=status, answer=answer)) as desk:
        failure = failing(zalo(desk, "token-1"), "1")
    assert (failure.permanent, said in failure.reason, "token-1" in failure.reason) == (False, True, False)


def test_a_zalo_that_does_not_answer_may_come_back() -> None:
    failure = failing(zalo(Desk(port=free_port())), "1")
    assert failure.reason.startswith("Kênh «zalo» không gửi được: ")
    assert not failure.permanent
