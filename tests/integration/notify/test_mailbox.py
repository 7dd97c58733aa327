"""The demo's mailbox: what is sent to it over SMTP can be read, whole or not at all."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.integration.notify.test_channels import MESSAGE
from workflow.notify.channels import MailChannel
from workflow.notify.mailbox import LocalMailbox
from workflow.ports import ChannelFailed, Message


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[LocalMailbox]:
    """A mailbox that is started and stopped by the test, and stopped at the latest after it."""
    made = LocalMailbox(tmp_path / "data" / "mailbox", largest=100_000)
    yield made
    made.stop()


def send(port: int, message: Message = MESSAGE) -> None:
    MailChannel(f"mailto://127.0.0.1:{port}", "doithoai@localhost").send(message)


def test_what_is_sent_can_be_read(mailbox: LocalMailbox) -> None:
    send(mailbox.start())
    [mail] = mailbox.messages()
    assert (mail.subject, mail.text, mail.html) == (MESSAGE.subject, MESSAGE.text, MESSAGE.html)
    assert mail.to == f"{MESSAGE.to_name} <{MESSAGE.to_address}>"
    assert (mail.message_id, mail.at) == (MESSAGE.message_id, MESSAGE.at)
    assert mailbox.get(mail.id) == mail


def test_the_last_received_comes_first_and_no_more_than_asked_for(mailbox: LocalMailbox) -> None:
    port = mailbox.start()
    for n in range(12):
        send(port, replace(MESSAGE, subject=f"Thư {n}"))
    assert [mail.subject for mail in mailbox.messages()] == [f"Thư {n}" for n in reversed(range(12))]
    assert [mail.subject for mail in mailbox.messages(limit=2)] == ["Thư 11", "Thư 10"]


def test_mail_outlasts_the_server_and_can_be_read_without_it(mailbox: LocalMailbox, tmp_path: Path) -> None:
    send(mailbox.start())
    mailbox.stop()
    assert len(mailbox.messages()) == 1
    send(mailbox.start())
    assert len(LocalMailbox(tmp_path / "data" / "mailbox").messages()) == 2


def test_starting_twice_is_harmless_and_so_is_stopping_twice(mailbox: LocalMailbox) -> None:
    assert mailbox.start() == mailbox.start()
    mailbox.stop()
    mailbox.stop()
    assert mailbox.messages() == []


@pytest.mark.parametrize("mail_id", ["", "nothing", "../new", "/etc/passwd", "new"])
def test_there_is_no_message_under_an_unknown_id(mailbox: LocalMailbox, mail_id: str) -> None:
    send(mailbox.start())
    assert mailbox.get(mail_id) is None


def test_a_message_that_is_half_delivered_never_shows(mailbox: LocalMailbox) -> None:
    session = smtplib.SMTP("127.0.0.1", mailbox.start(), timeout=20)
    session.ehlo()
    session.mail("a@b.vn")
    session.rcpt("c@d.vn")
    assert session.docmd("DATA")[0] == 354
    session.send(b"Subject: half\r\n\r\nhalf of it\r\n")
    assert mailbox.messages() == []
    session.close()
    mailbox.stop()
    assert mailbox.messages() == []


def test_stopping_does_not_wait_for_who_is_still_connected(mailbox: LocalMailbox) -> None:
    with socket.create_connection(("127.0.0.1", mailbox.start()), timeout=20) as line:
        assert line.recv(3) == b"220"
        mailbox.stop()
        assert mailbox.messages() == []


def test_a_message_that_is_too_large_is_refused_for_good(mailbox: LocalMailbox) -> None:
    port = mailbox.start()
    with pytest.raises(ChannelFailed) as caught:
        send(port, replace(MESSAGE, text="x" * 100_000))
    assert caught.value.permanent
    assert mailbox.messages() == []


def test_a_folder_that_takes_nothing_is_a_failure_that_may_pass(mailbox: LocalMailbox, tmp_path: Path) -> None:
    port = mailbox.start()
    (tmp_path / "data" / "mailbox" / "tmp").rmdir()
    with pytest.raises(ChannelFailed, match=r"452 4\.3\.1") as caught:
        send(port)
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("raw", "at", "text"),
    [
        (b"Subject: =?utf-8?q?broken\r\n\r\nplain", None, "plain"),
        (b"Date: nonsense\r\nContent-Type: text/html\r\n\r\n<p>x</p>", None, ""),
        (b"Date: Mon, 11 May 2026 07:30:00 -0000\r\n\r\nx", datetime(2026, 5, 11, 7, 30, tzinfo=UTC), "x"),
        (b"Content-Type: text/plain; charset=none\r\n\r\n\xff", None, "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_mail_from_elsewhere_is_shown_as_well_as_it_can_be(
    mailbox: LocalMailbox, raw: bytes, at: datetime | None, text: str
) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.start()) as session:
        session.sendmail("a@b.vn", ["c@d.vn"], raw)
    [mail] = mailbox.messages()
    assert mail.text.rstrip() == text
    assert mail.at.tzinfo is not None
    assert at is None or mail.at == at


def test_the_mailbox_listens_to_this_machine_alone(mailbox: LocalMailbox) -> None:
    port = mailbox.start()
    with pytest.raises(OSError, match=r"refused|unreachable"):
        socket.create_connection(("127.0.0.2", port), timeout=5)
