"""The signature of a webhook: whoever knows the secret can tell that a message is ours, whole, and not an old one.

Signed are the time of sending and the body, so that neither can be changed and a message that somebody kept cannot be
played again after `WINDOW`. Within it, a repeat is told by the message's id, which stays the same when we repeat one.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

TIMESTAMP_HEADER = "X-Doithoai-Timestamp"
"""Seconds since 1970 (UTC) at which the message was sent."""

SIGNATURE_HEADER = "X-Doithoai-Signature"
"""`sha256=` and the HMAC-SHA256, in hexadecimal, of "<timestamp>.<body>" under the installation's secret."""

ID_HEADER = "X-Doithoai-Message-Id"
"""The id of the message; the same for every repeat of one."""

WINDOW = timedelta(minutes=5)
"""How old, or how far ahead of the receiver's clock, a message may be."""


def signed(secret: str, body: bytes, *, message_id: str, at: datetime) -> dict[str, str]:
    """The headers that go with a body sent at an instant (aware)."""
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: _signature(secret, timestamp, body), ID_HEADER: message_id}


def genuine(secret: str, headers: Mapping[str, str], body: bytes, *, at: datetime) -> bool:
    """Whether a message received at an instant (aware) was signed with the secret, at most `WINDOW` before or after it.

    `headers`: by name, whose capitals do not matter.
    """
    given = {name.lower(): value for name, value in headers.items()}
    timestamp = given.get(TIMESTAMP_HEADER.lower(), "")
    signature = given.get(SIGNATURE_HEADER.lower(), "")
    if not (timestamp.isascii() and timestamp.isdigit()) or len(timestamp) > 12:
        return False
    sent_at = datetime.fromtimestamp(int(timestamp), UTC)
    expected = _signature(secret, timestamp, body)
    return abs(at - sent_at) <= WINDOW and hmac.compare_digest(signature.encode(), expected.encode())


def _signature(secret: str, timestamp: str, body: bytes) -> str:
    return "sha256=" + hmac.digest(secret.encode(), timestamp.encode() + b"." + body, "sha256").hex()
