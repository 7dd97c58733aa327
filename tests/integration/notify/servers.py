"""Real mail servers on loopback ports that answer as a test tells them to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from asyncio import AbstractServer
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Mail
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK = "250 2.0.0 OK"


@dataclass
class Postman:
    """Keeps what arrives; `to`, `sender` and `data` are its answers where they are not OK.

    It takes `seconds` over each message, and does something else `meanwhile`.
    """

    to: dict[str, str] = field(default_factory=dict)
    sender: str | None = None
    data: str = OK
    seconds: float = 0
    meanwhile: Callable[[], None] = lambda: None
    mails: list[Mail] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.sender is not None:
            return self.sender
        envelope.mail_from = address
        return OK

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.to:
            return self.to[address]
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.seconds:
            await asyncio.sleep(self.seconds)
        self.meanwhile()
        if self.data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content))
            self.recipients += envelope.rcpt_tos
        return self.data

    def header(self, name: str, place: int = -1) -> str:
        """A header of a message in words."""
        return " ".join(str(make_header(decode_header(self.mails[place][name]))).split())

    def body(self, kind: str = "text/plain", place: int = -1) -> str:
        """The first part of a kind of a message."""
        part = next(part for part in self.mails[place].walk() if part.get_content_type() == kind)
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        return content.decode().replace("\r\n", "\n")


class _Server(Controller):
    def __init__(self, postman: Postman, port: int, **parameters: Any) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        port = self._socket.getsockname()[1]
        super().__init__(postman, "127.0.0.1", port, server_hostname="localhost", **parameters)

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket, ssl=self.ssl_context)


@contextmanager
def serving(postman: Postman, port: int = 0, **parameters: Any) -> Iterator[int]:
    """A mail server while it runs; its port."""
    server = _Server(postman, port, **parameters)
    server.start()
    try:
        yield int(server.port)
    finally:
        server.stop()


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def only(user: bytes, password: bytes) -> Any:
    """An authenticator that lets one user in."""

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=given == LoginPassword(user, password), handled=False)

    return check


def certified(folder: Path) -> ssl.SSLContext:
    """A server's side of TLS with a certificate that nobody trusts."""
    from datetime import UTC, datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    pem, encoding = folder / "server.pem", serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(private + certificate.public_bytes(encoding))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
