"""Files sent with a form: checked, kept among the proofs under their digest, and not lost when the form comes back."""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import MappingProxyType

from starlette.datastructures import FormData, UploadFile

from workflow.domain.errors import BadInput
from workflow.services import evidence
from workflow.web.downloads import safe_name
from workflow.web.forms import Refused
from workflow.web.visit import Visit

BODY = evidence.LARGEST + 8 * 1024 * 1024
"""Bytes of a form with a file: a little more than a proof may have, so that one too large is told beside its field."""

KEPT, SEAL = "kept", "kept_seal"
"""The fields by which a form that comes back remembers the file that was sent with it."""

_HEAD = 1024
_ZIPPED = (b"PK\x03\x04",)
_OLD_OFFICE = (b"\xd0\xcf\x11\xe0",)
_ANYTHING: tuple[bytes, ...] = ()
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        ".pdf": (b"%PDF",),
        **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"), _ZIPPED),
        **dict.fromkeys((".doc", ".xls", ".ppt", ".msg"), _OLD_OFFICE),
        **dict.fromkeys((".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
        ".png": (b"\x89PNG",),
        **dict.fromkeys((".tif", ".tiff"), (b"II*\x00", b"MM\x00*")),
        **dict.fromkeys((".heic", ".eml", ".txt", ".csv", ".mp3", ".m4a", ".mp4"), _ANYTHING),
    }
)
"""The kinds of file that are taken as proof, by the ending of the name, and how their content begins."""


class FileEmpty(BadInput):
    template = "Tệp «{file}» trống; hãy chọn lại tệp."


class FileKindUnknown(BadInput):
    template = "Không nhận tệp «{file}»; hãy gửi tệp PDF, Word, Excel, ảnh, ghi âm hoặc tệp nén .zip."


class FileNotWhatItSays(BadInput):
    template = "Nội dung tệp «{file}» không đúng với đuôi {ending}; hãy lưu lại tệp cho đúng loại rồi gửi lại."


class FileForgotten(BadInput):
    template = "Không còn giữ tệp đã gửi lần trước; hãy chọn lại tệp."


def proof_of(visit: Visit, form: FormData, field: str = "file") -> str | None:
    """The name among the proofs of the file sent with a form, now or when it was sent before; None without one.

    Raises `Refused` about the field.
    """
    upload = form.get(field)
    try:
        if isinstance(upload, UploadFile) and upload.filename:
            return _keep(folder_of(visit), upload)
        return _kept_before(visit, form)
    except BadInput as error:
        raise Refused(field, error) from error


def folder_of(visit: Visit) -> Path:
    """Where the proofs lie: in the data folder, out of reach of any address but `/proofs/…`."""
    return visit.application.settings.data / evidence.FOLDER


def seal_of(visit: Visit, name: str) -> str:
    """What shows that a person was given the name of a proof by us."""
    key: str = visit.request.app.state.key
    message = f"proof\0{visit.asked.person_id}\0{name}"
    return hmac.new(key.encode(), message.encode(), sha256).hexdigest()


def shown_name(name: str) -> str:
    """A proof's name as its sender gave it, without the digest."""
    digest, _, rest = name.partition("-")
    return rest if len(digest) == 64 and rest else name


def _keep(folder: Path, upload: UploadFile) -> str:
    name = safe_name(upload.filename or "")
    _check(name, upload)
    with TemporaryDirectory() as passing:
        file = Path(passing) / name
        upload.file.seek(0)
        with file.open("wb") as target:
            shutil.copyfileobj(upload.file, target)
        return evidence.keep(folder, file)


def _check(name: str, upload: UploadFile) -> None:
    head = upload.file.read(_HEAD)
    ending = PurePosixPath(name).suffix.lower()
    if not head:
        raise FileEmpty(file=name)
    if ending not in BEGINNINGS:
        raise FileKindUnknown(file=name)
    beginnings = BEGINNINGS[ending]
    found = any(each in head if ending == ".pdf" else head.startswith(each) for each in beginnings)
    if beginnings and not found:
        raise FileNotWhatItSays(file=name, ending=ending)


def _kept_before(visit: Visit, form: FormData) -> str | None:
    name, seal = form.get(KEPT), form.get(SEAL)
    if not isinstance(name, str) or not isinstance(seal, str) or not name:
        return None
    if not hmac.compare_digest(seal.encode(), seal_of(visit, name).encode()) or not (folder_of(visit) / name).is_file():
        raise FileForgotten
    return name
