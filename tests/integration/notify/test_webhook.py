"""Webhooks at a real server: signed, whole, and never a way into a network that nobody opened."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import at
from tests.integration.notify.servers import certified, free_port
from tests.integration.notify.test_channels import MESSAGE
from tests.integration.notify.web_servers import Desk, web
from workflow.clock import ClockSetByHand
from workflow.notify.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW, genuine
from workflow.notify.webhook import WebhookChannel
from workflow.ports import ChannelFailed

NOW = at("2026-05-11", "07:31")
SECRET = "bí mật của xã"


def send(url: str, *allowed: str) -> None:
    WebhookChannel(SECRET, ClockSetByHand(NOW), allowed).send(replace(MESSAGE, to_address=url))


def refused(url: str, *allowed: str) -> ChannelFailed:
    with pytest.raises(ChannelFailed) as caught:
        send(url, *allowed)
    return caught.value


def test_a_message_arrives_as_json_under_its_own_id() -> None:
    with web(Desk()) as desk:
        send(f"http://localhost:{desk.port}/hook?unit=1", "localhost")
    [asked] = desk.asked
    assert asked.path == "/hook?unit=1"
    assert asked.headers["Host"] == f"localhost:{desk.port}"
    assert asked.headers["X-Doithoai-Message-Id"] == MESSAGE.message_id
    assert asked.json == {
        "id": MESSAGE.message_id,
        "keys": list(MESSAGE.keys),
        "at": "2026-05-11T07:30:00+07:00",
        "to": MESSAGE.to_name,
        "subject": MESSAGE.subject,
        "text": MESSAGE.text,
    }


def test_the_signature_is_an_hmac_over_time_and_body_that_anybody_with_the_secret_can_check() -> None:
    with web(Desk()) as desk:
        send(f"http://localhost:{desk.port}/", "localhost")
    [asked] = desk.asked
    timestamp = asked.headers[TIMESTAMP_HEADER]
    assert timestamp == str(int(NOW.timestamp()))
    expected = hmac.new(SECRET.encode(), timestamp.encode() + b"." + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers[SIGNATURE_HEADER] == f"sha256={expected}"
    assert genuine(SECRET, asked.headers, asked.body, at=NOW)


def test_what_was_changed_kept_too_long_or_signed_by_another_is_not_genuine() -> None:
    with web(Desk()) as desk:
        send(f"http://localhost:{desk.port}/", "localhost")
    [asked] = desk.asked
    later = {**asked.headers, TIMESTAMP_HEADER: str(int(NOW.timestamp()) + 60)}
    assert genuine(SECRET, asked.headers, asked.body, at=NOW + WINDOW)
    assert not genuine(SECRET, asked.headers, asked.body, at=NOW + WINDOW + timedelta(seconds=1))
    assert not genuine(SECRET, asked.headers, asked.body, at=NOW - WINDOW - timedelta(seconds=1))
    assert not genuine(SECRET, later, asked.body, at=NOW)
    assert not genuine(SECRET, asked.headers, asked.body + b" ", at=NOW)
    assert not genuine("khác", asked.headers, asked.body, at=NOW)
    assert not genuine(SECRET, {}, asked.body, at=NOW)
    assert not genuine(SECRET, {**asked.headers, TIMESTAMP_HEADER: "²"}, asked.body, at=NOW)


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, True),
        (401, True),
        (404, True),
        (410, True),
        (302, True),
        (408, False),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_what_a_status_means_for_trying_again(status: int, permanent: bool) -> None:
    with web(Desk(status=status)) as desk:
        failure = refused(f"http://localhost:{desk.port}/", "localhost")
    assert failure.permanent is permanent
    assert failure.reason == f"Webhook ở localhost từ chối với mã {status}."


def test_a_redirect_is_not_followed() -> None:
    with web(Desk()) as inner, web(Desk(status=307)) as outer:
        outer.headers["Location"] = f"http://127.0.0.1:{inner.port}/"
        refused(f"http://localhost:{outer.port}/", "localhost")
    assert (len(outer.asked), inner.asked) == (1, [])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://vanphong.example/x", "bắt đầu bằng https://"),
        ("ftp://localhost/x", "bắt đầu bằng https://"),
        ("file:///etc/passwd", "không đọc được"),
        ("https://localhost/x", "trong mạng nội bộ"),
        ("https://127.0.0.1/x", "trong mạng nội bộ"),
        ("https://[::1]/x", "trong mạng nội bộ"),
        ("https://[::ffff:10.0.0.1]/x", "trong mạng nội bộ"),
        ("https://10.1.2.3/x", "trong mạng nội bộ"),
        ("https://169.254.169.254/latest/meta-data", "trong mạng nội bộ"),
        ("https://2130706433/x", "trong mạng nội bộ"),
        ("https://ten:mat-khau@127.0.0.1/x", "không được kèm tên"),
        ("https://", "không đọc được"),
        ("https://a b/x", "không đọc được"),
        ("https://localhost:0/x", "không đọc được"),
        ("https://[rubbish/x", "không đọc được"),
    ],
)
def test_an_address_that_is_not_safe_is_refused_for_good_without_a_call(url: str, said: str) -> None:
    failure = refused(url)
    assert failure.permanent
    assert said in failure.reason


def test_a_host_is_allowed_by_name_or_with_its_port_and_no_other() -> None:
    with web(Desk()) as desk:
        send(f"http://localhost:{desk.port}/", f"localhost:{desk.port}")
        assert refused(f"http://localhost:{desk.port}/", "localhost:1").permanent
        assert refused(f"http://127.0.0.1:{desk.port}/", "localhost").permanent
    assert len(desk.asked) == 1


def test_a_server_that_is_not_there_or_has_no_name_may_come_back() -> None:
    failure = refused(f"http://localhost:{free_port()}/", "localhost")
    assert (failure.permanent, failure.reason.startswith("Webhook ở localhost không trả lời: ")) == (False, True)
    nameless = refused("https://khong-co.invalid/x")
    assert (nameless.permanent, nameless.reason.startswith("Không tìm thấy máy của webhook: ")) == (False, True)


def test_a_certificate_that_nobody_trusts_is_refused(tmp_path: Path) -> None:
    with web(Desk(), certified(tmp_path)) as desk:
        failure = refused(f"https://localhost:{desk.port}/", "localhost")
    assert "certificate" in failure.reason.lower()
    assert desk.asked == []
