"""Zalo Official Account, as a plug-in of Apprise: not provable here.

Zalo has no test service and lets nobody in without an Official Account of an organization; a user can be written to
only after writing to the account first, and its access tokens run out within days. What is tested is that the plug-in
sends the request that Zalo's documents describe, against a server of our own. Before relying on it, send one message
to yourself: docs/how-to/channels.md says how.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from typing import Any
from urllib.parse import quote

from workflow.notify.channels import AppriseChannel, load_apprise
from workflow.ports import Message

ZALO = "zalo"
API = "https://openapi.zalo.me"
PATH = "/v3.0/oa/message/cs"
LONGEST_TEXT = 2000
"""In characters; Zalo refuses a longer text."""

SECONDS = 10
OK = 200
LOG = logging.getLogger("apprise")


class ZaloChannel(AppriseChannel):
    """Zalo by one Official Account of this installation; a person's address is their user id with that account.

    `api`: the address of Zalo's service.
    """

    def __init__(self, token: str, api: str = API) -> None:
        place = f"token={quote(token, safe='')}&api={quote(api, safe='')}"
        super().__init__(ZALO, f"zalo://oa/?{place}&to={{address}}", secret=token, shape=r"\d{1,32}")

    def send(self, message: Message) -> None:
        """Hand the text over. Raises `ChannelFailed`."""
        _register()
        super().send(message)


@cache
def _register() -> None:
    """Make Apprise know zalo://, once in a process."""
    load_apprise()
    from apprise.decorators import notify

    notify(on=ZALO, name="Zalo Official Account")(_send)  # type: ignore[no-untyped-call]


def _send(body: str, title: str, *_: object, meta: dict[str, Any], **__: object) -> bool:
    """One message to one user; whether Zalo took it. Apprise calls it with the parts of the zalo:// address."""
    import httpx

    asked = meta["qsd"]
    told = {"recipient": {"user_id": asked["to"]}, "message": {"text": _fitting(f"{title}\n\n{body}".strip())}}
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
            answer = client.post(f"{asked['api']}{PATH}", json=told, headers={"access_token": asked["token"]})
    except httpx.HTTPError as error:
        LOG.warning("%s", error)
        return False
    return _taken(answer.status_code, answer.text)


def _taken(status: int, text: str) -> bool:
    """Whether the answer says that the message was taken: Zalo answers 200 to what it refuses, with an error beside."""
    try:
        said = json.loads(text)
        error, words = said.get("error"), said.get("message", "")
    except (ValueError, AttributeError):
        error, words = None, ""
    if status == OK and error == 0:
        return True
    LOG.warning("%s %s %s", status, "" if error is None else error, words)
    return False


def _fitting(text: str) -> str:
    """The text as long as Zalo takes it."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1].rstrip()}…"
