"""Which addresses of webhooks may be called: a person's contact must not become a way into the office's own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443


class AddressRefused(ValueError):
    """An address that is never called, with the reason as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be called: where to connect (`ip`, `port`), under which name (`host`), what to ask for.

    The name is looked up once and the connection goes to what was found, so that a name that changes its answer
    between the check and the call gains nothing.
    """

    scheme: str
    host: str
    ip: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address with the number in place of the name."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.scheme}://{ip}:{self.port}{self.path}"

    @property
    def host_header(self) -> str:
        """The name, with the port where it is not the usual one."""
        usual = {"https": HTTPS_PORT, "http": 80}[self.scheme]
        return self.host if self.port == usual else f"{self.host}:{self.port}"


def checked(url: str, allowed: Collection[str] = ()) -> Target:
    """Where an address leads. Raises `AddressRefused`, and OSError when its name cannot be looked up.

    It must be https and lead out into the internet; a host in `allowed` ("may-noi-bo" or "may-noi-bo:8080") may be
    inside, and may be called without https.
    """
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or (HTTPS_PORT if parts.scheme == "https" else 80)
    trusted = host in allowed or f"{host}:{port}" in allowed
    if parts.scheme != "https" and not (trusted and parts.scheme == "http"):
        raise AddressRefused("địa chỉ phải bắt đầu bằng https://")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("địa chỉ không được kèm tên và mật khẩu")
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not trusted and not all(_is_public(ip) for ip in found):
        raise AddressRefused("máy này ở trong mạng nội bộ; nếu đúng ý, hãy ghi tên máy vào DOITHOAI_WEBHOOK_HOSTS")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, found[0], port, path)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise AddressRefused("địa chỉ không đọc được") from error
    if not known or any(each.isspace() or not each.isprintable() for each in url.strip()):
        raise AddressRefused("địa chỉ không đọc được")
    return parts


def _is_public(ip: str) -> bool:
    """Whether a number leads into the internet; one that carries an IPv4 number inside is judged by that."""
    number = ipaddress.ip_address(ip.partition("%")[0])
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return (inner or number).is_global and not number.is_multicast
