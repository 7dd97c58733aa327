"""The ways to people by mail and by whatever service Apprise knows; Apprise is loaded when the first message is sent.

E-mail goes over the standard library, because Apprise cannot keep a Message-ID; Apprise only reads the address of the
mail server. Every other service is Apprise's. See docs/decisions/0005-mail-by-smtplib.md.
"""

from __future__ import annotations

import re
import smtplib
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.charset import QP, SHORTEST, Charset
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from workflow.domain.errors import BadInput
from workflow.domain.zone import ZONE
from workflow.ports import Attachment, ChannelDown, ChannelFailed, Message

if TYPE_CHECKING:
    from types import ModuleType

KEYS_HEADER = "X-Doithoai-Keys"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_SECONDS = 20
_TOO_BIG = 552
_CLOSING = 421


class MailServerUnreadable(BadInput):
    template = "Không đọc được địa chỉ máy chủ thư; hãy ghi theo mẫu mailtos://tên:mật-khẩu@máy-chủ."


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `security`: "insecure", "starttls" or "ssl"."""

    host: str
    port: int
    user: str
    password: str
    security: str
    verified: bool

    @classmethod
    def of(cls, apprise_url: str) -> MailServer:
        """Read an address of Apprise, such as mailtos://user:password@host. Raises `MailServerUnreadable`."""
        # Apprise refuses a server known by number unless it has a sender; ours is given to each message.
        joint = "&" if "?" in apprise_url else "?"
        read = load_apprise().Apprise.instantiate(f"{apprise_url}{joint}from=a@b.invalid", suppress_exceptions=True)
        if not getattr(read, "smtp_host", ""):
            raise MailServerUnreadable
        return cls(
            host=read.smtp_host,
            port=int(read.port),
            user=read.user or "",
            password=read.password or "",
            security=read.secure_mode,
            verified=bool(read.verify_certificate),
        )

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """A session in which messages can be sent. Raises `ChannelDown`."""
        try:
            session = self._session()
        except smtplib.SMTPAuthenticationError as error:
            raise ChannelDown(f"Máy chủ thư {self.host} không cho đăng nhập: {_said(error)}.") from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelDown(f"Không kết nối được máy chủ thư {self.host}:{self.port}: {error}.") from error
        try:
            yield session
        finally:
            with suppress(OSError, smtplib.SMTPException):
                session.quit()
            session.close()

    def _session(self) -> smtplib.SMTP:
        if self.security == "ssl":
            session: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=self._context())
        else:
            session = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        try:
            if self.security == "starttls":
                session.starttls(context=self._context())
            if self.user and self.password:
                session.login(self.user, self.password)
        except BaseException:
            session.close()
            raise
        return session

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if not self.verified:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


class MailChannel:
    """E-mail from one sender over one mail server, given as an address of Apprise."""

    name = "email"

    def __init__(self, apprise_url: str, sender: str) -> None:
        self._url = apprise_url
        self._sender = sender

    def check(self) -> None:
        """Raise `MailServerUnreadable` when the server's address cannot be read; nothing is sent."""
        self._server  # noqa: B018  # reading it is the check

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `ChannelFailed`, or `ChannelDown` when the server takes no mail at all."""
        try:
            server = self._server
        except MailServerUnreadable as error:
            raise ChannelDown(str(error)) from error
        try:
            mail = mail_of(message, self._sender)
        except ValueError as error:
            raise ChannelFailed(f"Không gửi được thư tới «{message.to_address}»: {error}.", permanent=True) from error
        with server.connected() as session:
            _hand_over(session, mail, parseaddr(self._sender)[1], message.to_address)

    @cached_property
    def _server(self) -> MailServer:
        return MailServer.of(self._url)


class AppriseChannel:
    """Any service of Apprise, named by an address in which `{address}` stands for the person's own.

    `secret`: what the address holds that nobody is to read in a reason. `shape`: what a person's own address looks
    like, as a regular expression, where the service would take another as something else. Redirects are not followed.
    """

    def __init__(self, name: str, apprise_url: str, *, secret: str = "", shape: str = ".*") -> None:
        self.name = name
        self._url = apprise_url
        self._secret = secret
        self._shape = re.compile(shape)

    def send(self, message: Message) -> None:
        """Hand the text over. Raises `ChannelFailed`."""
        apprise = load_apprise()
        service = apprise.Apprise(asset=apprise.AppriseAsset(http_redirects=False))
        known = self._shape.fullmatch(message.to_address) is not None
        if not known or not service.add(self.url_for(message.to_address)):
            raise ChannelFailed(f"Kênh «{self.name}» không hiểu địa chỉ {message.to_address}.", permanent=True)
        with apprise.LogCapture(level=apprise.logging.WARNING, fmt="%(message)s") as said:
            sent = service.notify(title=message.subject, body=message.text, body_format=apprise.NotifyFormat.TEXT)
            detail = " ".join(said.getvalue().split())
        if not sent:
            raise ChannelFailed(f"Kênh «{self.name}» không gửi được: {self._fit(detail) or 'không rõ lý do'}.")

    def url_for(self, address: str) -> str:
        """The address of Apprise that leads to a person's own address."""
        return self._url.replace("{address}", quote(address, safe=""))

    def _fit(self, detail: str) -> str:
        """What was said, short and without the secret."""
        shown = detail.replace(self._secret, "…") if self._secret else detail
        return shown[:300].rstrip(".")


def mail_of(message: Message, sender: str) -> MIMEMultipart:
    """The message as mail: text and HTML, its own Message-ID, marked as automatic so that no answer machine replies.

    Raises ValueError for an address that mail cannot go to. The headers are the older kind of the standard library:
    the newer one loses and adds blanks where it folds Vietnamese (seen in Python 3.11).
    """
    mail = MIMEMultipart("mixed" if message.attachments else "alternative")
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(message.at.astimezone(ZONE))
    mail["From"] = _person("From", *parseaddr(sender))
    mail["To"] = _person("To", message.to_name, message.to_address)
    mail["Subject"] = Header(message.subject, _utf_8(), header_name="Subject").encode()
    mail["Auto-Submitted"] = "auto-generated"
    mail[KEYS_HEADER] = Header(", ".join(message.keys), header_name=KEYS_HEADER).encode()
    body = mail
    if message.attachments:
        body = MIMEMultipart("alternative")
        mail.attach(body)
    body.attach(_text("plain", message.text))
    if message.html is not None:
        body.attach(_text("html", message.html))
    for attachment in message.attachments:
        mail.attach(_part(attachment))
    return mail


def _person(header: str, name: str, address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("địa chỉ thư phải có dạng ten@co-quan.vn, không dấu, không khoảng trắng")
    person = Header(header_name=header)
    if name:
        person.append(name, _utf_8())
    person.append(f"<{address}>", "us-ascii")
    return person.encode()


def _text(kind: str, text: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part.set_payload(text, _utf_8())
    return part


def _utf_8() -> Charset:
    """UTF-8 as short as it goes in headers, readable in bodies: said here, since Apprise changes what is usual."""
    charset = Charset("utf-8")
    charset.header_encoding, charset.body_encoding = SHORTEST, QP
    return charset


def _part(attachment: Attachment) -> MIMEBase:
    kind, *parameters = attachment.content_type.split("; ")
    main, _, sub = kind.partition("/")
    part = MIMEBase(main, sub)
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        part.set_param(name, value)
    part.set_payload(attachment.body)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _hand_over(session: smtplib.SMTP, mail: MIMEMultipart, sender: str, address: str) -> None:
    try:
        session.sendmail(sender, [address], mail.as_bytes(policy=compat32.clone(linesep="\r\n")))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients[address]
        raise _refused(f"Máy chủ thư không nhận địa chỉ {address}", code, said) from error
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code == _TOO_BIG:
            raise ChannelFailed(f"Thư quá lớn: {_said(error)}.", permanent=True) from error
        raise ChannelDown(f"Máy chủ thư không nhận người gửi {sender}: {_said(error)}.") from error
    except smtplib.SMTPResponseException as error:
        raise _refused(f"Máy chủ thư không nhận thư gửi {address}", error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise ChannelDown(f"Máy chủ thư ngắt giữa chừng: {error}.") from error


def _refused(what: str, code: int, said: bytes | str) -> ChannelFailed:
    """4xx may pass another time, 5xx never will (RFC 5321, 4.2.1); 421 says that the server itself is going down."""
    reason = f"{what}: {code} {_plain(said)}."
    return ChannelDown(reason) if code == _CLOSING else ChannelFailed(reason, permanent=code >= 500)


def _said(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_plain(error.smtp_error)}"


def _plain(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split()).rstrip(".")


def load_apprise() -> ModuleType:
    """Apprise with its services loaded. Loading warns of modules that Python drops later, which is not our affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        apprise.Apprise.instantiate("mailto://localhost?from=a@b.invalid")
    return apprise
