"""The demo's own mailbox: what would have reached people's inboxes."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import NotFound
from workflow.notify.mailbox import LocalMailbox
from workflow.web.visit import SignedIn, Visit

router = APIRouter()
_SHOWN = 200


class NoMailbox(NotFound):
    template = "Hệ thống này không có hộp thư tại chỗ; thư được gửi qua máy chủ thư."


class MailUnknown(NotFound):
    template = "Không có thư này trong hộp thư tại chỗ."


@router.get("/mailbox")
def show(visit: SignedIn) -> Response:
    """The letters, the last received first."""
    return visit.page("mailbox.html", letters=_mailbox(visit).messages(_SHOWN), shown=_SHOWN)


@router.get("/mailbox/{mail_id}")
def read(visit: SignedIn, mail_id: str) -> Response:
    """One letter, as plain text."""
    letter = _mailbox(visit).get(mail_id)
    if letter is None:
        raise MailUnknown
    return visit.page("letter.html", letter=letter)


def _mailbox(visit: Visit) -> LocalMailbox:
    mailbox = visit.application.mailbox
    if mailbox is None:
        raise NoMailbox
    return mailbox
