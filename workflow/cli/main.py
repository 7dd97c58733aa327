"""The command `doithoai`: registers the commands and turns every expected error into one sentence and exit code 2."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from calendars.working_calendar import CalendarError
from workflow.cli import (
    adopting,
    backing_up,
    calendar,
    due,
    files,
    history,
    ladders,
    moving,
    operating,
    people,
    petitions,
    plans,
    reading,
    reporting,
    running,
    starting,
    undelivered,
)
from workflow.cli.speech import language, say, speak, take_language
from workflow.cli.usage import Command, Group, misused
from workflow.domain.errors import BadInput, DoithoaiError
from workflow.language import sentence

BAD_INPUT = 2
INTERRUPTED = 130


class CommandUnknown(BadInput):
    template = "Không có lệnh «{name}»; các lệnh là: {known}."


class Undecodable(BadInput):
    template = "Tham số thứ {place} có ký tự không đọc được; hãy gõ lại bằng bảng mã UTF-8, hoặc đổi tên tệp cho đúng."


class NamingGroup(Group):
    """A group of commands that names an unknown command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names. Raises `CommandUnknown`."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise CommandUnknown(name=args[0], known=", ".join(self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


class YearOrCommand(NamingGroup):
    """A group in which a year stands for the command that shows the year: `doithoai calendar 2026`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Read a first word of digits as `year <digits>`."""
        if args and args[0].isdigit():
            args = ["year", *args]
        return super().resolve_command(ctx, args)


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        cls=NamingGroup,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        epilog=say("Thêm --lang en vào bất kỳ lệnh nào để đọc bằng tiếng Anh."),
        help=say(
            "Biến kế hoạch đối thoại thành các bước có người chịu trách nhiệm và thời hạn, rồi theo dõi đến cùng."
        ),
    )
    app.command("up", cls=Command, help=say("Chạy toàn bộ: trang web, lịch quét, Prefect."))(running.up)
    app.command("due", cls=Command, help=say("Tính thời hạn của một cách viết, kể từng ngày."))(due.due)
    app.add_typer(_calendar(), name="calendar")
    told = operating.COMMANDS + undelivered.COMMANDS + backing_up.COMMANDS
    living = plans.COMMANDS + moving.COMMANDS + history.COMMANDS + reporting.COMMANDS
    for name, text, command in reading.COMMANDS + files.COMMANDS + living + told:
        app.command(name, cls=Command, help=say(text))(command)
    groups = (("petition", petitions), ("ladder", ladders), ("template", starting), ("user", people))
    for group, module in groups:
        app.add_typer(module.build(NamingGroup), name=group)
    return app


def _calendar() -> typer.Typer:
    group = typer.Typer(cls=YearOrCommand, no_args_is_help=True, help=say("Lịch ngày nghỉ, ngày làm bù của một năm."))
    group.command("year", cls=Command, help=say("Các ngày đặc biệt của một năm."))(calendar.calendar_year)
    group.command("check", cls=Command, help=say("Kiểm tra một tệp quyết định nghỉ lễ."))(calendar.calendar_check)
    adopt = say("Áp dụng một văn bản nghỉ lễ, hoán đổi: xem trước hạn cũ và mới, rồi tính lại mọi hạn đang mở.")
    group.command("adopt", cls=Command, help=adopt)(adopting.calendar_adopt)
    return group


def run(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the command: exit 0 fine, 1 findings or differences, 2 bad input."""
    _start_light()
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _start_light() -> None:
    """Spend less of a short command's time on looking for garbage and for plug-ins of pydantic that we do not use."""
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _run(words: list[str]) -> int:
    try:
        words, spoken = take_language(words)
        speak(spoken)
        _refuse_undecodable(words)
        code = build()(words, prog_name="doithoai", standalone_mode=False)
    except (DoithoaiError, CalendarError) as error:
        return _refuse(sentence(error, language()))
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as error:
        return _refuse(misused(error))
    return code if isinstance(code, int) else 0


def _refuse_undecodable(words: Sequence[str]) -> None:
    """Raise `Undecodable` for a word with bytes that are no text: neither a table nor a terminal can show it."""
    for place, word in enumerate(words, 1):
        try:
            word.encode()
        except UnicodeEncodeError:
            raise Undecodable(place=place) from None


def _refuse(text: str) -> int:
    if text:
        sys.stderr.write(" ".join(text.split()) + "\n")
    return BAD_INPUT
