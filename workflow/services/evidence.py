"""Files kept as proof, each under the digest of its content, so that a proof once given cannot change unseen."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from workflow.domain.errors import BadInput

FOLDER = "proofs"
"""Of the data folder."""

LARGEST = 25 * 1024 * 1024
LONGEST_NAME = 120
"""How many bytes of a file's own name are kept; with the digest before it, what any file system takes."""

_WHY: Mapping[int, str] = MappingProxyType(
    {
        errno.EACCES: "không có quyền",
        errno.EPERM: "không có quyền",
        errno.ENAMETOOLONG: "tên quá dài",
        errno.ENOSPC: "đĩa đã đầy",
        errno.EDQUOT: "đã hết dung lượng được cấp",
        errno.EROFS: "ổ đĩa chỉ cho đọc",
        errno.ENOTDIR: "không phải thư mục",
        errno.EEXIST: "không phải thư mục",
    }
)


class FileMissing(BadInput):
    template = "Không có tệp «{file}»; hãy kiểm tra lại tên và thư mục."


class FileTooLarge(BadInput):
    template = "Tệp «{file}» lớn hơn {megabytes} MB; hãy nén hoặc tách nhỏ rồi gửi lại."


class FileUnreadable(BadInput):
    template = "Không đọc được tệp «{file}» ({why}); hãy kiểm tra quyền đọc và tên tệp rồi thử lại."


class FileNotKept(BadInput):
    template = "Không lưu được tệp minh chứng vào thư mục «{folder}» ({why}); hãy kiểm tra thư mục đó rồi ghi nhận lại."


def keep(folder: Path, file: Path) -> str:
    """Copy a file into the folder of proofs; its name there, `<sha-256>-<name>`. The same file twice is kept once.

    A long name is shortened. Raises `FileMissing`, `FileTooLarge`, `FileUnreadable` or `FileNotKept`.
    """
    try:
        name = _name_of(file)
    except OSError as error:
        raise FileUnreadable(file=file, why=_why(error)) from error
    try:
        _copy(file, folder / name)
    except OSError as error:
        raise FileNotKept(folder=folder, why=_why(error)) from error
    return name


def _name_of(file: Path) -> str:
    if not file.is_file():
        raise FileMissing(file=file)
    if file.stat().st_size > LARGEST:
        raise FileTooLarge(file=file.name, megabytes=LARGEST // 1024 // 1024)
    with file.open("rb") as source:
        return f"{hashlib.file_digest(source, 'sha256').hexdigest()}-{_shortened(file.name)}"


def _shortened(name: str) -> str:
    """A file's name within `LONGEST_NAME` bytes, its ending kept where there is room for it."""
    stem, dot, ending = name.rpartition(".")
    room = LONGEST_NAME - len((dot + ending).encode())
    if not stem or room < LONGEST_NAME // 2:
        return _cut(name, LONGEST_NAME)
    return _cut(stem, room) + dot + ending


def _cut(text: str, most: int) -> str:
    """As much of a text as fits into so many bytes, no letter cut in half."""
    return text.encode()[:most].decode(errors="ignore")


def _copy(file: Path, target: Path) -> None:
    """Copy whole or not at all."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(file, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _why(error: OSError) -> str:
    return _WHY.get(error.errno or 0) or error.strerror or type(error).__name__
