"""How a command is used, and what is said when it is used wrongly: typer's own words in the user's language."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from workflow.cli.speech import say

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "Tham số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Các lệnh",
    "DEFAULT_STRING": "[mặc định: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
}
"""Typer's own headings, by the names under which it keeps them; it has no other place for a translation."""


def _retitle() -> None:
    from typer import rich_utils

    for name, title in _TITLES.items():
        setattr(rich_utils, name, say(title))


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    told = pieces.replace("[OPTIONS]", say("[TÙY CHỌN]")).replace("COMMAND [ARGS]...", say("LỆNH [THAM SỐ]..."))
    formatter.write_usage(ctx.command_path, told, prefix=say("Cách dùng: "))


def _in_words(params: list[Any], help_option: Any) -> list[Any]:
    for param in params:
        if param is help_option:
            param.help = say("Hiện hướng dẫn này rồi thoát.")
        elif param.help:
            param.help = say(param.help)
    return params


class Command(TyperCommand):
    """A command whose help is in the user's language."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its arguments and options."""
        return _in_words(super().get_params(ctx), self.get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that shows how to write it."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Everything about it."""
        _retitle()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help is in the user's language."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options."""
        return _in_words(super().get_params(ctx), self.get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that shows how to write it."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Everything about it."""
        _retitle()
        super().format_help(ctx, formatter)


def misused(error: Any) -> str:
    """The sentence of a command used wrongly: an option or a word too many, missing, or of the wrong kind."""
    kind, message, param = type(error).__name__, str(error.message), getattr(error, "param", None)
    what = _written(param)
    match kind:
        case "MissingParameter":
            return say("Thiếu {what}; xem cách dùng bằng --help.", what=what)
        case "NoSuchOption":
            return say("Không có tùy chọn {option}; xem các tùy chọn bằng --help.", option=error.option_name)
        case "BadOptionUsage" if "requires" in message:
            return say("Tùy chọn {option} cần có giá trị đi kèm; xem cách dùng bằng --help.", option=error.option_name)
        case "BadOptionUsage":
            return say("Tùy chọn {option} không nhận giá trị; xem cách dùng bằng --help.", option=error.option_name)
        case "UsageError" if "extra argument" in message:
            extra = message.partition("(s) ")[2].strip("()")
            return say("Thừa «{extra}»; nếu là một cụm từ, hãy đặt trong dấu nháy kép.", extra=extra)
        case "BadParameter" if param is not None:
            return say("Giá trị của {what} không dùng được; xem cách dùng bằng --help.", what=what)
    return message


def _written(param: Any) -> str:
    """An option by its name, an argument by what stands for it in the usage."""
    if param is None:
        return ""
    return str(param.opts[0]) if param.opts[0].startswith("-") else str(param.metavar or param.opts[0])
