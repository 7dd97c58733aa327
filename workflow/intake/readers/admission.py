"""What can be told about a file before anything of it is read: whether it is one, and whether it is too large."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from workflow.intake.readers.refusals import FileEmpty, FileMissing, FileTooLarge, FileUnreadable, NotAFile

LARGEST = 50 << 20

_WHY: Mapping[int, str] = MappingProxyType(
    {
        errno.EACCES: "không có quyền",
        errno.EPERM: "không có quyền",
        errno.ENAMETOOLONG: "tên quá dài",
        errno.ENOTDIR: "không phải thư mục",
        errno.ELOOP: "lối tắt trỏ vòng quanh",
    }
)


def admit(path: Path) -> None:
    """Raise a `DocumentRefused` for what is no file, cannot be opened, is empty or too large.

    Pipes and devices are not waited for.
    """
    status = _status(path)
    file = shown(path)
    if not stat.S_ISREG(status.st_mode):
        raise NotAFile(file=file)
    if not status.st_size:
        raise FileEmpty(file=file)
    if status.st_size > LARGEST:
        raise FileTooLarge(file=file, megabytes=LARGEST >> 20)


def shown(path: Path) -> str:
    """The name of a file as it can be shown: letters that are none are replaced."""
    return (path.name or str(path)).encode("utf-8", "replace").decode()


def _status(path: Path) -> os.stat_result:
    """What the system tells of a file; one that may be read is opened, so that it is known to be readable."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            with path.open("rb") as file:
                return os.fstat(file.fileno())
    except (FileNotFoundError, ValueError) as error:
        raise FileMissing(file=shown(path)) from error
    except OSError as error:
        raise FileUnreadable(file=shown(path), why=_why(error)) from error
    return status


def _why(error: OSError) -> str:
    return _WHY.get(error.errno or 0) or error.strerror or type(error).__name__
