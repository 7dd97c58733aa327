"""Webhooks: a message as JSON, signed, to an address that somebody has set for a person. See docs/reference/webhooks.md."""

from __future__ import annotations

import json
import socket
from collections.abc import Collection
from typing import TYPE_CHECKING

from workflow.domain.zone import ZONE
from workflow.notify.guard import AddressRefused, Target, checked
from workflow.notify.signing import signed
from workflow.ports import ChannelFailed, Clock, Message

if TYPE_CHECKING:
    import httpx

SECONDS = 10
_MAY_PASS = frozenset({408, 425, 429})
"""Refusals below 500 that may pass another time: too slow, too early, too many."""


class WebhookChannel:
    """Posts each message to the person's own address; no redirect is followed, no answer is read beyond its status.

    `allowed`: hosts of the office's own network that may be called, see `guard.checked`. `clock`: when a message is
    sent, which is signed.
    """

    name = "webhook"

    def __init__(self, secret: str, clock: Clock, allowed: Collection[str] = ()) -> None:
        self._secret = secret
        self._clock = clock
        self._allowed = frozenset(allowed)

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `ChannelFailed`; another address may work all the same."""
        try:
            target = checked(message.to_address, self._allowed)
        except AddressRefused as error:
            raise ChannelFailed(f"Không gọi webhook này: {error}.", permanent=True) from error
        except (OSError, UnicodeError) as error:
            raise ChannelFailed(f"Không tìm thấy máy của webhook: {_said(error)}.") from error
        status = self._post(target, message)
        if not 200 <= status < 300:
            permanent = status < 500 and status not in _MAY_PASS
            raise ChannelFailed(f"Webhook ở {target.host} từ chối với mã {status}.", permanent=permanent)

    def _post(self, target: Target, message: Message) -> int:
        import httpx

        body = body_of(message)
        headers = signed(self._secret, body, message_id=message.message_id, at=self._clock.now())
        headers |= {"Host": target.host_header, "Content-Type": "application/json; charset=utf-8"}
        try:
            with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
                return _status(client, target, headers, body)
        except httpx.HTTPError as error:
            raise ChannelFailed(f"Webhook ở {target.host} không trả lời: {_said(error)}.") from error


def body_of(message: Message) -> bytes:
    """The message as JSON in UTF-8: what it says, to whom, under which keys."""
    told = {
        "id": message.message_id,
        "keys": list(message.keys),
        "at": message.at.astimezone(ZONE).isoformat(),
        "to": message.to_name,
        "subject": message.subject,
        "text": message.text,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _status(client: httpx.Client, target: Target, headers: dict[str, str], body: bytes) -> int:
    extensions = {"sni_hostname": target.host}
    request = client.build_request("POST", target.url, content=body, headers=headers, extensions=extensions)
    answer = client.send(request, stream=True)
    answer.close()
    return answer.status_code


def _said(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return str(error.strerror)
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
