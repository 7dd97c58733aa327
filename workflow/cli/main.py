"""The command `doithoai`: registers the commands and turns every expected error into one sentence and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from calendars.working_calendar import CalendarError
from workflow.cli import calendar, due, files, operating, people, plans, running
from workflow.cli.speech import language, say, speak, take_language
from workflow.domain.errors import BadInput, DoithoaiError
from workflow.language import sentence

BAD_INPUT = 2
INTERRUPTED = 130


class CommandUnknown(BadInput):
    template = "Không có lệnh «{name}»; các lệnh là: {known}."


class Group(TyperGroup):
    """A group of commands that names an unknown command in the user's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names. Raises `CommandUnknown`."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise CommandUnknown(name=args[0], known=", ".join(self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


class YearOrCommand(Group):
    """A group in which a year stands for the command that shows the year: `doithoai calendar 2026`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Read a first word of digits as `year <digits>`."""
        if args and args[0].isdigit():
            args = ["year", *args]
        return super().resolve_command(ctx, args)


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        epilog=say("Thêm --lang en vào bất kỳ lệnh nào để đọc bằng tiếng Anh."),
        help=say(
            "Biến kế hoạch đối thoại thành các bước có người chịu trách nhiệm và thời hạn, rồi theo dõi đến cùng."
        ),
    )
    app.command("up", help=say("Chạy toàn bộ: trang web, lịch quét, Prefect."))(running.up)
    app.command("due", help=say("Tính thời hạn của một cách viết, kể từng ngày."))(due.due)
    app.add_typer(_calendar(), name="calendar")
    for name, text, command in files.COMMANDS + plans.COMMANDS + operating.COMMANDS:
        app.command(name, help=say(text))(command)
    app.add_typer(people.build(Group), name="user")
    return app


def _calendar() -> typer.Typer:
    group = typer.Typer(cls=YearOrCommand, no_args_is_help=True, help=say("Lịch ngày nghỉ, ngày làm bù của một năm."))
    group.command("year", help=say("Các ngày đặc biệt của một năm."))(calendar.calendar_year)
    group.command("check", help=say("Kiểm tra một tệp quyết định nghỉ lễ."))(calendar.calendar_check)
    return group


def run(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the command: exit 0 fine, 1 findings or differences, 2 bad input."""
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(words: list[str]) -> int:
    try:
        words, spoken = take_language(words)
        speak(spoken)
        code = build()(words, standalone_mode=False)
    except DoithoaiError as error:
        return _refuse(sentence(error, language()))
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as error:
        return _refuse(_misused(error))
    except (CalendarError, ValueError) as error:
        return _refuse(_expected(error))
    return code if isinstance(code, int) else 0


def _expected(error: Exception) -> str:
    """The sentence of an error of `calendars`; anything else is a fault of the program and keeps its traceback."""
    from calendars.rules import RuleError
    from calendars.wording import WordingError

    if isinstance(error, CalendarError | RuleError | WordingError):
        return str(error)
    raise error


def _misused(error: Any) -> str:
    """The sentence of a command used wrongly: an option or a word too many, missing, or of the wrong kind."""
    kind, name = type(error).__name__, getattr(error, "param", None)
    if kind == "MissingParameter" and name is not None:
        return say("Thiếu {what}; xem cách dùng bằng --help.", what=name.metavar or name.opts[0])
    if kind == "NoSuchOption":
        return say("Không có tùy chọn {option}; xem các tùy chọn bằng --help.", option=error.option_name)
    return str(error.message)


def _refuse(text: str) -> int:
    sys.stderr.write(" ".join(text.split()) + "\n")
    return BAD_INPUT
