"""Handing messages to real servers: what arrives, and what each refusal means."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.builders import at
from tests.integration.notify.servers import Postman, certified, free_port, only, serving
from workflow.notify.channels import AppriseChannel, MailChannel, MailServerUnreadable
from workflow.ports import Attachment, ChannelDown, ChannelFailed, Message

TO = "lan@example.invalid"
MESSAGE = Message(
    message_id="<0123456789abcdef@doithoai.local>",
    to_name="Điều phối viên UBND xã Bắc Thanh Miện, thành phố Hải Phòng",
    to_address=TO,
    subject="[Quá hạn 2 ngày làm việc] Thông báo kết luận – Đối thoại của Chủ tịch UBND xã với giáo viên năm 2026",
    text="Kính gửi ông/bà,\n\nViệc đã quá hạn.\n.\n-- \nThư tự động\n",
    html="<p>Việc đã quá hạn.</p>",
    keys=("xa-2026/conclusion/1/overdue/lan/email", "xa-2026/conclusion/1/warn_1/lan/email"),
    at=at("2026-05-11", "07:30"),
)


def channel(port: int, how: str = "mailto://127.0.0.1:{port}") -> MailChannel:
    return MailChannel(how.format(port=port), "Hệ thống đối thoại <doithoai@example.invalid>")


def refused(postman: Postman, message: Message = MESSAGE) -> ChannelFailed:
    with serving(postman) as port, pytest.raises(ChannelFailed) as caught:
        channel(port).send(message)
    assert postman.mails == []
    return caught.value


def test_a_message_arrives_whole_with_its_own_id() -> None:
    postman = Postman()
    with serving(postman) as port:
        channel(port).send(MESSAGE)
    assert postman.recipients == [TO]
    assert postman.mails[0].get_all("Message-ID") == ["<0123456789abcdef@doithoai.local>"]
    assert postman.header("Subject") == MESSAGE.subject
    assert postman.header("To") == f"{MESSAGE.to_name} <{TO}>"
    assert postman.header("From") == "Hệ thống đối thoại <doithoai@example.invalid>"
    assert postman.header("Date") == "Mon, 11 May 2026 07:30:00 +0700"
    assert postman.header("Auto-Submitted") == "auto-generated"
    assert postman.header("X-Doithoai-Keys").split(", ") == list(MESSAGE.keys)
    assert postman.body() == MESSAGE.text
    assert postman.body("text/html") == MESSAGE.html


def test_an_attachment_arrives_beside_the_text() -> None:
    postman = Postman()
    file = Attachment("hạn.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")
    with serving(postman) as port:
        channel(port).send(replace(MESSAGE, attachments=(file,)))
    [part] = [part for part in postman.mails[0].walk() if part.get_filename()]
    assert (part.get_filename(), part.get_payload(decode=True)) == (file.name, file.body)
    assert postman.body() == MESSAGE.text


def test_every_line_on_the_way_is_short_enough_and_plain_ascii() -> None:
    postman = Postman()
    with serving(postman) as port:
        channel(port).send(replace(MESSAGE, text="đ" * 5000, keys=tuple(f"kế-hoạch/{n}" for n in range(99))))
    lines = postman.mails[0].as_bytes().splitlines()
    assert max(len(line) for line in lines) <= 998
    assert all(line.isascii() for line in lines)


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 5.1.1 no such user", True), ("553 5.1.3 bad", True), ("450 4.2.1 busy", False), ("452 4.2.2 full", False)],
)
def test_a_refused_recipient_is_a_failure_of_the_message_for_good_with_5xx(answer: str, permanent: bool) -> None:
    failure = refused(Postman(to={TO: answer}))
    assert (type(failure), failure.permanent) == (ChannelFailed, permanent)
    assert failure.reason == f"Máy chủ thư không nhận địa chỉ {TO}: {answer}."


@pytest.mark.parametrize(("answer", "permanent"), [("554 5.7.1 spam", True), ("451 4.3.0 later", False)])
def test_a_refused_content_is_a_failure_of_the_message(answer: str, permanent: bool) -> None:
    failure = refused(Postman(data=answer))
    assert (type(failure), failure.permanent) == (ChannelFailed, permanent)


def test_a_message_that_is_too_big_never_goes() -> None:
    failure = refused(Postman(sender="552 5.3.4 too big"))
    assert (type(failure), failure.permanent) == (ChannelFailed, True)


@pytest.mark.parametrize(
    "postman",
    [
        Postman(sender="530 5.7.0 log in first"),
        Postman(to={TO: "421 4.3.2 closing"}),
        Postman(data="421 4.3.2 closing"),
    ],
    ids=["sender", "closing at the recipient", "closing at the content"],
)
def test_a_server_that_takes_no_mail_at_all_is_down(postman: Postman) -> None:
    failure = refused(postman)
    assert (type(failure), failure.permanent) == (ChannelDown, False)


def test_a_server_that_is_not_there_is_down() -> None:
    port = free_port()
    with pytest.raises(ChannelDown, match=rf"Không kết nối được máy chủ thư 127\.0\.0\.1:{port}"):
        channel(port).send(MESSAGE)


@pytest.mark.parametrize(
    "address", ["người@xa.vn", "lan", "lan@xa.vn, minh@xa.vn", "a b@xa.vn", "x@y.vn\r\nBcc: z@y.vn"]
)
def test_an_address_that_mail_cannot_go_to_is_refused_for_good_without_asking_the_server(address: str) -> None:
    with pytest.raises(ChannelFailed, match="địa chỉ thư phải có dạng") as caught:
        channel(free_port()).send(replace(MESSAGE, to_address=address))
    assert caught.value.permanent


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_a_server_that_wants_a_password_gets_it_and_a_wrong_one_is_no_fault_of_the_message() -> None:
    postman = Postman()
    lock = only(b"lan", b"p@ss")
    with serving(postman, authenticator=lock, auth_required=True, auth_require_tls=False) as port:
        channel(port, "mailto://lan:p%40ss@127.0.0.1:{port}").send(MESSAGE)
        with pytest.raises(ChannelDown, match="không cho đăng nhập"):
            channel(port, "mailto://lan:wrong@127.0.0.1:{port}").send(MESSAGE)
    assert len(postman.mails) == 1


@pytest.mark.parametrize("mode", ["starttls", "ssl"])
def test_a_certificate_that_nobody_trusts_is_refused_unless_the_address_says_otherwise(
    mode: str, tmp_path: Path
) -> None:
    postman = Postman()
    context = certified(tmp_path)
    contexts: dict[str, Any] = {"tls_context" if mode == "starttls" else "ssl_context": context}
    with serving(postman, **contexts) as port:
        url = f"mailtos://127.0.0.1:{{port}}?mode={mode}"
        with pytest.raises(ChannelDown, match="certificate"):
            channel(port, url).send(MESSAGE)
        channel(port, f"{url}&verify=no").send(MESSAGE)
    assert len(postman.mails) == 1


@pytest.mark.parametrize("url", ["rubbish", "mailto://", "json://localhost", "mailtos://lan:secret@"])
def test_an_unreadable_server_address_is_told_at_start_up_without_its_password(url: str) -> None:
    with pytest.raises(MailServerUnreadable, match="mailtos://") as caught:
        MailChannel(url, "a@b.vn").check()
    assert "secret" not in str(caught.value)
    with pytest.raises(ChannelDown):
        MailChannel(url, "a@b.vn").send(MESSAGE)


def test_a_readable_server_address_passes() -> None:
    assert MailChannel("mailtos://lan:x@mail.xa.vn", "a@b.vn").check() is None  # type: ignore[func-returns-value]


def test_apprise_is_not_loaded_before_the_first_message() -> None:
    code = "import sys, workflow.notify.channels as c; c.MailChannel('mailto://x', 'a@b.vn'); print('apprise' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@contextmanager
def web_hook(status: int) -> Iterator[tuple[int, list[tuple[str, dict[str, Any]]]]]:
    """A web server that keeps what it is sent; its port and what it got."""
    got: list[tuple[str, dict[str, Any]]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, json.loads(body)))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, got
        finally:
            server.shutdown()
            thread.join()


def test_another_service_gets_subject_and_text_at_the_persons_own_address() -> None:
    with web_hook(200) as (port, got):
        AppriseChannel("webhook", f"json://127.0.0.1:{port}/{{address}}").send(replace(MESSAGE, to_address="phòng 1"))
    [(path, sent)] = got
    assert path.rstrip("/") == "/ph%C3%B2ng%201"
    assert (sent["title"], sent["message"].split()) == (MESSAGE.subject, MESSAGE.text.split())


def test_another_service_that_fails_may_succeed_later() -> None:
    with (
        web_hook(503) as (port, _got),
        pytest.raises(ChannelFailed, match=r"«webhook» không gửi được: .*503") as caught,
    ):
        AppriseChannel("webhook", f"json://127.0.0.1:{port}").send(MESSAGE)
    assert not caught.value.permanent


def test_an_address_that_the_service_does_not_know_fails_for_good() -> None:
    with pytest.raises(ChannelFailed, match="không hiểu địa chỉ") as caught:
        AppriseChannel("telegram", "tgram://{address}").send(replace(MESSAGE, to_address="?"))
    assert caught.value.permanent
