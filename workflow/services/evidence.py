"""Files kept as proof, each under the digest of its content, so that a proof once given cannot change unseen."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from workflow.domain.errors import BadInput

LARGEST = 25 * 1024 * 1024


class FileMissing(BadInput):
    template = "Không có tệp «{file}»; hãy kiểm tra lại tên và thư mục."


class FileTooLarge(BadInput):
    template = "Tệp «{file}» lớn hơn {megabytes} MB; hãy nén hoặc tách nhỏ rồi gửi lại."


def keep(folder: Path, file: Path) -> str:
    """Copy a file into the folder of proofs; its name there, `<sha-256>-<name>`. The same file twice is kept once.

    Raises `FileMissing` or `FileTooLarge`.
    """
    if not file.is_file():
        raise FileMissing(file=file)
    if file.stat().st_size > LARGEST:
        raise FileTooLarge(file=file.name, megabytes=LARGEST // 1024 // 1024)
    with file.open("rb") as source:
        name = f"{hashlib.file_digest(source, 'sha256').hexdigest()}-{file.name}"
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        shutil.copyfile(file, unfinished)
        unfinished.replace(target)
    return name
