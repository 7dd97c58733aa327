"""From bytes to text: what is refused before a plan file is read at all."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from workflow.planfile import problems
from workflow.planfile.report import Report

MOST_BYTES = 1024 * 1024
_DOCUMENTS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\x0c")


def bytes_of(path: Path, report: Report) -> bytes:
    """The bytes of a file that may be a plan file; at most `MOST_BYTES` are ever read."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        report.fail(problems.FileMissing)
    except IsADirectoryError:
        report.fail(problems.FileIsFolder)
    except PermissionError:  # what Windows says of a folder
        report.fail(problems.FileIsFolder if path.is_dir() else problems.FileUnreadable)
    except (OSError, ValueError):
        report.fail(problems.FileUnreadable)
    return raw


def text_of(raw: bytes, report: Report) -> str:
    """The text of the bytes."""
    if raw.startswith(_DOCUMENTS):
        report.fail(problems.FileIsDocument)
    _check_size(len(raw), report)
    if raw.startswith(_UTF16):
        report.fail(problems.NotUtf8, 1)
    if b"\x00" in raw:
        report.fail(problems.FileNotText)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.fail(problems.NotUtf8, raw.count(b"\n", 0, error.start) + 1)


def normalized(text: str, report: Report) -> str:
    """The text in NFC with plain line ends, free of what no editor shows."""
    _check_size(len(text), report)
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    if not text.strip():
        report.fail(problems.FileEmpty)
    found = _CONTROL.search(text)
    if found:
        report.fail(problems.ControlCharacter, _line(text, found.start()), code=f"U+{ord(found.group()):04X}")
    return text


def _check_size(size: int, report: Report) -> None:
    if size > MOST_BYTES:
        report.fail(problems.FileTooLarge, limit="1 MiB")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
