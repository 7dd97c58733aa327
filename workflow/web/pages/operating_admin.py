"""Looking after the whole installation: channels with a test to oneself, and backups."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from fastapi import APIRouter
from starlette.responses import Response

from workflow.bootstrap import back_up
from workflow.domain.errors import BadInput, Conflict, DoithoaiError, NotFound
from workflow.domain.zone import ZONE
from workflow.language import translate
from workflow.notify.render import host_of
from workflow.ports import ChannelFailed, Message, Person
from workflow.services import operating
from workflow.services.attempts import Attempts, TooManyAttempts
from workflow.services.people import CHANNELS
from workflow.settings import known_address
from workflow.web import forms
from workflow.web.downloads import attached_file
from workflow.web.failures import status_of, words_of
from workflow.web.jobs import JobStatus, Made, Tell
from workflow.web.pages.history import jobs_of
from workflow.web.pages.operating import BACKUP
from workflow.web.views.operating import CHANNEL_NAMES
from workflow.web.visit import Posted, SignedIn, Visit
from workflow.web.words import N_

router = APIRouter(prefix="/admin")
MAIL = "mail"
_SUBJECT = N_("Thư thử từ Đối thoại")
_TEXT = N_("Đây là thư thử do bạn yêu cầu. Nhận được thư này nghĩa là kênh đã dùng được; không cần làm gì thêm.")


class ChannelNotSetUp(BadInput):
    template = "Kênh này chưa được thiết lập; hãy đặt biến môi trường của kênh rồi khởi động lại chương trình."


class NoAddressOfOnes(BadInput):
    template = "Bạn chưa có địa chỉ ở kênh này; hãy ghi địa chỉ của bạn ở trang Người dùng rồi thử lại."


class TooManyTests(Conflict):
    template = "Bạn đã gửi thử nhiều lần; hãy đợi {minutes} phút rồi thử lại."


class TestMessageFailed(BadInput):
    template = "Chưa gửi được: {why}"


class BackupUnknown(NotFound):
    template = "Không có bản sao lưu «{name}»; có thể nó đã được xóa."


@router.get("/channels")
def channels(visit: SignedIn, sent: str = "") -> Response:
    """The channels: which are set up, where one would be reached, and a test."""
    return _channels(visit, sent=sent)


@router.get("/channels/test")
def back_to_channels(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/admin/channels")


@router.post("/channels/test")
def test_channel(visit: SignedIn, form: Posted) -> Response:
    """Send a message to oneself over a channel, a few times in a while at most."""
    _check(visit)
    name = forms.clean(form.get("channel"))
    try:
        _send_test(visit, name)
    except (BadInput, Conflict) as error:
        return _channels(visit, refused=error, name=name)
    return visit.see(f"/admin/channels?sent={name}")


def _send_test(visit: Visit, name: str) -> None:
    channel, address = visit.application.channels.get(name), _address(visit.asked, name)
    if channel is None:
        raise ChannelNotSetUp
    if not address:
        raise NoAddressOfOnes
    attempts: Attempts = visit.request.app.state.attempts
    try:
        attempts.begin(f"channel-test/{visit.asked.person_id}", "channel-test", visit.at)
    except TooManyAttempts as error:
        raise TooManyTests(minutes=error.fields["minutes"]) from error
    key = f"test-{token_hex(8)}"
    message = Message(
        message_id=f"<{key}@{host_of(known_address(visit.application.settings))}>",
        to_name=visit.asked.name,
        to_address=address,
        subject=translate(_SUBJECT, visit.language),
        text=translate(_TEXT, visit.language),
        html=None,
        keys=(key,),
        at=visit.at,
    )
    try:
        channel.send(message)
    except ChannelFailed as error:
        raise TestMessageFailed(why=error.reason) from error


def _channels(visit: Visit, *, sent: str = "", refused: DoithoaiError | None = None, name: str = "") -> Response:
    _check(visit)
    there = visit.application.channels
    return visit.page(
        "operating_channels.html",
        status=int(status_of(refused)) if refused else 200,
        channels=[
            (each, CHANNEL_NAMES[each], each in there, _address(visit.asked, each)) for each in (MAIL, *CHANNELS)
        ],
        sent=CHANNEL_NAMES.get(sent, ""),
        words=words_of(refused, visit.language) if refused else "",
        wrong=CHANNEL_NAMES.get(name, ""),
    )


def _address(person: Person, channel: str) -> str:
    """Where a person is reached over a channel; "": nowhere."""
    if channel == MAIL:
        return person.email or ""
    return next((contact.address for contact in person.contacts if contact.channel == channel), "")


@router.get("/backups")
def backups(visit: SignedIn, done: str = "") -> Response:
    """The backups that were made here, the latest first."""
    _check(visit)
    jobs = [job for job in jobs_of(visit).of_person(visit.asked.person_id) if job.kind == BACKUP]
    return visit.page(
        "operating_backups.html",
        backups=[(path.name, path.stat()) for path in _archives(visit)],
        running=[job for job in jobs if job.status is JobStatus.RUNNING],
        failed=jobs[0] if jobs and jobs[0].status in (JobStatus.FAILED, JobStatus.CUT_OFF) else None,
        done=done,
    )


@router.post("/backups")
def make_backup(visit: SignedIn, _form: Posted) -> Response:
    """Begin a backup beside the pages."""
    _check(visit)
    settings, clock = visit.application.settings, visit.application.clock
    name = f"doithoai-{visit.at.astimezone(ZONE):%Y-%m-%d-%H%M%S}-{token_hex(2)}.zip"

    def make(tell: Tell) -> Made:
        parts = 0

        def on_progress(_what: str, _count: int) -> None:
            nonlocal parts
            parts += 1
            tell(min(parts, 29), 30)

        folder = _folder(visit)
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.draft"
        draft.unlink(missing_ok=True)
        try:
            rows = back_up(settings, draft, at=clock.now(), on_progress=on_progress)
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)
        return Made({"rows": rows, "backup": name})

    job = jobs_of(visit).start(visit.asked.person_id, BACKUP, name, make)
    return visit.see(f"/operating/{job.job_id}")


@router.get("/backups/{name}")
def backup_file(visit: SignedIn, name: str) -> Response:
    """A backup, to be kept elsewhere."""
    _check(visit)
    return attached_file(_archive(visit, name), name)


@router.get("/backups/{name}/delete")
def back_to_backups(visit: SignedIn, name: str) -> Response:  # noqa: ARG001 - one place to come back to
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/admin/backups")


@router.post("/backups/{name}/delete")
def delete_backup(visit: SignedIn, _form: Posted, name: str) -> Response:
    """Delete a backup."""
    _check(visit)
    _archive(visit, name).unlink(missing_ok=True)
    return visit.see("/admin/backups?done=deleted")


def _check(visit: Visit) -> None:
    operating.check_keeps(visit.asked, visit.scope)


def _folder(visit: Visit) -> Path:
    return visit.application.settings.data / "backups"


def _archives(visit: Visit) -> list[Path]:
    """The archives by name, which is by their time, the latest first."""
    return sorted(_folder(visit).glob("doithoai-*.zip"), reverse=True)


def _archive(visit: Visit, name: str) -> Path:
    found = next((path for path in _archives(visit) if path.name == name), None)
    if found is None:
        raise BackupUnknown(name=name[:80])
    return found
