"""Commands that keep everything safe: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflow.cli.speech import Json, echo, emit, say

Archive = Annotated[Path, typer.Argument(metavar="FILE.zip", help=say("Tệp sao lưu."))]


def backup(archive: Archive, json: Json = False) -> None:
    """Write the whole database and its files into one new .zip, while people go on working."""
    from workflow.bootstrap import back_up
    from workflow.clock import SystemClock
    from workflow.settings import read_settings

    rows = back_up(read_settings(), archive, at=SystemClock().now(), on_progress=_nothing if json else _told)
    if json:
        emit({"file": str(archive), "rows": rows, "bytes": archive.stat().st_size})
    else:
        megabytes = f"{archive.stat().st_size / 1e6:.1f}".replace(".", ",")
        echo(say("Đã sao lưu {rows} dòng vào «{file}» ({megabytes} MB).", rows=rows, file=archive, megabytes=megabytes))


def restore(archive: Archive, json: Json = False) -> None:
    """Put a backup into an empty data folder or database."""
    from workflow.bootstrap import restore_from
    from workflow.settings import read_settings

    rows = restore_from(read_settings(), archive, on_progress=_nothing if json else _told)
    if json:
        emit({"file": str(archive), "rows": rows})
    else:
        echo(say("Đã khôi phục {rows} dòng; hãy chạy «doithoai verify» để đối chiếu.", rows=rows))


def _told(what: str, count: int) -> None:
    typer.echo(say("  {what}: {count} dòng", what=what, count=count), err=True)


def _nothing(what: str, count: int) -> None:
    del what, count


COMMANDS = (
    ("backup", "Sao lưu toàn bộ dữ liệu vào một tệp .zip.", backup),
    ("restore", "Khôi phục một bản sao lưu vào nơi còn trống.", restore),
)
