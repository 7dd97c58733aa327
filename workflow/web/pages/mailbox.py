"""The demo's own mailbox: what would have reached people's inboxes, as far as one may see these people."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import getaddresses

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import NotFound
from workflow.notify.mailbox import LocalMailbox, StoredMail
from workflow.ports import PeopleFilter
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
    mailbox, is_seen = _mailbox(visit), _seen_by(visit)
    letters = [letter for letter in mailbox.messages(_SHOWN) if is_seen(letter)]
    return visit.page("mailbox.html", letters=letters, shown=_SHOWN)


@router.get("/mailbox/{mail_id}")
def read(visit: SignedIn, mail_id: str) -> Response:
    """One letter, as plain text."""
    letter = _mailbox(visit).get(mail_id)
    if letter is None or not _seen_by(visit)(letter):
        raise MailUnknown
    return visit.page("letter.html", letter=letter)


def _mailbox(visit: Visit) -> LocalMailbox:
    mailbox = visit.application.mailbox
    if mailbox is None:
        raise NoMailbox
    return mailbox


def _seen_by(visit: Visit) -> Callable[[StoredMail], bool]:
    """Whether a letter went to somebody within the person's scope."""
    organizations = visit.scope.organizations
    if organizations is None:
        return lambda _letter: True
    with visit.application.store.reading() as uow:
        people = uow.directory.found(PeopleFilter(organizations=organizations))
    known = {(person.email or "").strip().lower() for person in people} - {""}
    return lambda letter: any(address.lower() in known for _, address in getaddresses([letter.to]))
