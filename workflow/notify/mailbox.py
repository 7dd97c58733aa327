"""The demo's mailbox: a real SMTP server on a loopback port, which keeps what it gets in a Maildir.

A Maildir shows a message only once it is whole: it is written beside the mailbox and then renamed into it.
"""

from __future__ import annotations

import re
import socket
from asyncio import AbstractServer
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from mailbox import Maildir
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
LARGEST_MESSAGE = 5 * 1024 * 1024
"""In bytes; a larger one is refused."""

_NAME = re.compile(r"(\d+)\.M(\d+)P\d+Q(\d+)\.")


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A message kept in the mailbox. `at`: its date, else when it was received; aware. `html` None: text only."""

    id: str
    message_id: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str | None


class LocalMailbox:
    """Mail kept in a folder, received over SMTP between `start` and `stop`; reading needs no server."""

    def __init__(self, folder: Path, *, largest: int = LARGEST_MESSAGE) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._largest = largest
        self._server: _Server | None = None

    def start(self) -> int:
        """Receive from now on, on the loopback address alone; the port."""
        if self._server is None:
            self._server = _Server(_Postman(self._box()), self._largest)
            self._server.start()
        return int(self._server.port)

    def stop(self) -> None:
        """Receive no more; what has been received stays."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def messages(self, limit: int = 200) -> list[StoredMail]:
        """The messages, the last received first."""
        box = self._box()
        newest = sorted(box.keys(), key=_received, reverse=True)[:limit]
        return [mail for key in newest if (mail := _stored(box, key)) is not None]

    def get(self, mail_id: str) -> StoredMail | None:
        """The message with an id, or None."""
        return _stored(self._box(), mail_id)

    def _box(self) -> Maildir:
        return Maildir(self._folder, create=True)


class _Postman:
    """Puts what arrives into the mailbox."""

    def __init__(self, box: Maildir) -> None:
        self._box = box

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        try:
            self._box.add(content)
        except OSError as error:
            return f"452 4.3.1 {error.strerror}"
        return "250 2.0.0 OK"


class _Server(Controller):
    """An SMTP server in a thread of its own, on a port that the system chooses."""

    def __init__(self, postman: _Postman, largest: int) -> None:
        self._socket = socket.create_server((LOOPBACK, 0))
        port = self._socket.getsockname()[1]
        super().__init__(postman, LOOPBACK, port, server_hostname="localhost", data_size_limit=largest)

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


def _received(key: str) -> tuple[int, ...]:
    """When a message was received, by its name: seconds, microseconds, count."""
    named = _NAME.match(key)
    return tuple(int(part) for part in named.groups()) if named else ()


def _stored(box: Maildir, key: str) -> StoredMail | None:
    try:
        content = box.get_bytes(key)
    except (KeyError, OSError):
        return None
    mail = message_from_bytes(content)
    return StoredMail(
        id=key,
        message_id=_header(mail, "Message-ID"),
        at=_date(mail) or datetime.fromtimestamp(next(iter(_received(key)), 0), UTC),
        to=_header(mail, "To"),
        subject=_header(mail, "Subject"),
        text=_body(mail, "text/plain") or "",
        html=_body(mail, "text/html"),
    )


def _header(mail: Message, name: str) -> str:
    """A header in words. The newer parser of the standard library adds blanks to folded names (seen in Python 3.11)."""
    raw = mail.get(name, "")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (HeaderParseError, LookupError, UnicodeDecodeError):
        return str(raw)


def _date(mail: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(mail, "Date"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _body(mail: Message, kind: str) -> str | None:
    """The first part of a kind, as text; None where there is none."""
    for part in mail.walk():
        if part.get_content_type() == kind and part.get_filename() is None:
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content.decode("utf-8", "replace").replace("\r\n", "\n")
    return None
