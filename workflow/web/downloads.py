"""Files handed out: always as something to be saved, under a name that any browser reads, of a type that does nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import quote

from starlette.responses import FileResponse, Response

SAFE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "text/csv; charset=utf-8",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".ics": "text/calendar; charset=utf-8",
        ".json": "application/json",
        ".pdf": "application/pdf",
        ".txt": "text/plain; charset=utf-8",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".yaml": "text/plain; charset=utf-8",
        ".zip": "application/zip",
    }
)
"""By the ending of the name; whatever else there is goes out as mere bytes."""

_LONGEST_NAME = 150


def attached(content: bytes | str, name: str) -> Response:
    """Something made for the occasion, as a file of that name."""
    return Response(content, media_type=_type_of(name), headers=headers_for(name))


def attached_file(path: Path, name: str) -> FileResponse:
    """A file kept under another name, as a file of this one."""
    return FileResponse(path, media_type=_type_of(name), headers=headers_for(name))


def headers_for(name: str) -> dict[str, str]:
    """What makes a browser save an answer under a name rather than show it. Source: RFC 6266, RFC 8187."""
    name = safe_name(name)
    return {
        "Content-Disposition": f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }


def safe_name(name: str) -> str:
    """A name without folders, control characters or what file systems refuse; never empty, ends as it did."""
    name = unicodedata.normalize("NFC", name)
    kept = "".join(
        "_" if letter in '\\/:*?"<>|' or unicodedata.category(letter)[0] == "C" else letter for letter in name
    )
    kept = " ".join(kept.split()).strip(". ")
    suffix = PurePosixPath(kept).suffix
    return f"{kept.removesuffix(suffix)[: _LONGEST_NAME - len(suffix)].rstrip()}{suffix}" or "tep"


def _type_of(name: str) -> str:
    return SAFE_TYPES.get(PurePosixPath(name.lower()).suffix, "application/octet-stream")


def _ascii(name: str) -> str:
    """The name for browsers that read nothing else: without accents."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter if letter.isascii() else "" if unicodedata.combining(letter) else "_" for letter in plain)
