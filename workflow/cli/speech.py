"""What the command line says, and in which language: Vietnamese, or what `--lang` names."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.domain.zone import ZONE, shown
from workflow.language import LANGUAGES, Language, retell, translate

if TYPE_CHECKING:
    from rich.table import Table


def take_language(words: Sequence[str]) -> tuple[list[str], Language]:
    """The words of a command without `--lang …`, which may stand anywhere, and the language that it names.

    Without one it is `DOITHOAI_LANG`, else Vietnamese. Raises `typer.BadParameter` for a language that is not spoken.
    """
    rest, asked = [], os.environ.get("DOITHOAI_LANG", LANGUAGES[0])
    coming = iter(words)
    for word in coming:
        if word == "--lang":
            asked = next(coming, "")
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        else:
            rest.append(word)
    for language in LANGUAGES:
        if language == asked:
            return rest, language
    raise typer.BadParameter(f"--lang {asked}: vi | en")


_spoken: ContextVar[Language] = ContextVar("language", default="vi")


def speak(language: Language) -> None:
    """Say everything of this command in a language."""
    _spoken.set(language)


def language() -> Language:
    """The language of this command."""
    return _spoken.get()


def say(text: str, /, **fields: object) -> str:
    """A text in the language of this command, with its fields filled in."""
    spoken = translate(text, language())
    return spoken.format(**fields) if fields else spoken


def told(text: str) -> str:
    """A text of the calendars or of the log, which may have been made up of parts, in the language of this command."""
    return retell(text, language())


def echo(text: str = "") -> None:
    """One line of output."""
    typer.echo(text)


def table(*headings: str) -> Table:
    """A plain table for the terminal."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        made.add_column(say(heading), overflow="fold")
    return made


def show(made: Table) -> None:
    """Print a table; wide enough for a file or a pipe, where nothing is cut."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(made)


def emit(value: Any) -> None:
    """Print a value as JSON: dates and instants in ISO form, instants with Vietnam's offset."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def day(value: date | None) -> str:
    """A day as dd/mm/yyyy, or a dash."""
    return shown(value) if value is not None else "–"


def moment(value: datetime | None) -> str:
    """An instant as dd/mm/yyyy hh:mm in Vietnam, or a dash."""
    return f"{value.astimezone(ZONE):%d/%m/%Y %H:%M}" if value is not None else "–"


def read_day(text: str) -> date:
    """A day written dd/mm/yyyy or yyyy-mm-dd. Raises `typer.BadParameter` naming what was written."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    from calendars.grammar.lexer import cut

    written = cut(text)
    raise typer.BadParameter(
        say("Không đọc được ngày «{text}»; hãy viết như 24/04/2026 hoặc 2026-04-24.", text=written)
    )


def read_clock(text: str) -> time:
    """A clock time written 08:00, 8h00 or 8h. Raises `typer.BadParameter` naming what was written."""
    hours, _, minutes = text.strip().lower().replace("h", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        from calendars.grammar.lexer import cut

        raise typer.BadParameter(say("Không đọc được giờ «{text}»; hãy viết như 08:00.", text=cut(text))) from None


Json = Annotated[bool, typer.Option("--json", help="JSON.")]
