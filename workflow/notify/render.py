"""From a letter's facts to a message in words: Jinja2 templates, one folder per language, checked at start-up.

`words.j2` holds every sentence of a language as macros; the layouts (`letter.txt.j2`, `petitioner.html.j2` …) only put
them in order, so that text and HTML say the same. Plain texts go into the HTML escaped. An installation may put files
of the same names into a folder of its own; a `words.j2` there needs only the macros that it words otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from calendars.rules import TraceDay
from workflow.domain.errors import DoithoaiError
from workflow.domain.ladder import Audience
from workflow.domain.names import same_unit
from workflow.domain.zone import ZONE, day_of, instant, shown
from workflow.language import LANGUAGES, Language, retell, translate
from workflow.letter import Alert, Change, Letter, Limit, Matter
from workflow.notify.due_file import DueEntry, due_file, entry_id
from workflow.notify.samples import sample_letters
from workflow.ports import Message

TEMPLATES = Path(__file__).parent / "templates"
OWN_HOST = "doithoai.local"
"""The right side of a Message-ID where the pages' address has no name of its own."""

LONGEST_ACCOUNT = 40
"""In days; a longer account is told by its first and last days."""

OF_THE_WHOLE = (
    "subject",
    "greeting",
    "lead",
    "others_lead",
    "undelivered",
    "footer",
    "changes_lead",
    "changes_why",
    "changes_todo",
    "alerts_lead",
    "seal",
)
"""Macros that speak of the whole letter."""

_OF_A_UNIT = (Audience.OWNER, Audience.HEAD)
_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class TemplateFaulty(DoithoaiError):
    template = "Mẫu thư «{language}» có lỗi, nên không soạn được thư: {detail}."


@dataclass(frozen=True, slots=True)
class Passage:
    """One matter in words; empty text where there is nothing to say. `account`: one line for each day."""

    headline: str
    plan: str
    owner: str
    limit: str
    warning: str
    why: str
    todo: str
    link: str
    account: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ChangePassage:
    """What changed in one plan in words: `causes` and `moves` are one line each."""

    plan: str
    causes: tuple[str, ...]
    moves: tuple[str, ...]
    link: str


def render(
    letter: Letter, *, base_url: str, language: Language = "vi", templates: Path = TEMPLATES, own: Path | None = None
) -> Message:
    """The message that a letter makes. The same keys give the same Message-ID. Raises `TemplateFaulty`.

    `templates`: a folder with one folder of templates for each language; `own`: another such folder, whose files come
    first where there are any.
    """
    try:
        desk = _Desk(letter, base_url.rstrip("/"), language, _environment(templates, language, own))
        subject, text, html = desk.worded()
        attachment = due_file(desk.due_entries(), letter.at)
    except (TemplateError, TypeError, ValueError, LookupError) as error:
        raise TemplateFaulty(language=language, detail=_detail(error, templates)) from error
    return Message(
        message_id=message_id(letter.keys, base_url),
        to_name=_line(letter.person_name),
        to_address=letter.address,
        subject=subject,
        text=text,
        html=html,
        keys=letter.keys,
        at=letter.at,
        attachments=(attachment,) if attachment is not None else (),
    )


def message_id(keys: Sequence[str], base_url: str) -> str:
    """The Message-ID (RFC 5322, 3.6.4) of the message that tells exactly these notices, in whatever order."""
    digest = sha256("\n".join(sorted(keys)).encode()).hexdigest()
    return f"<{digest[:40]}@{host_of(base_url)}>"


def check_templates(templates: Path = TEMPLATES, own: Path | None = None) -> None:
    """Word a sample of every kind of letter in every language. Raises `TemplateFaulty` for the first that fails."""
    for letter, language in product(sample_letters(), LANGUAGES):
        render(letter, base_url="http://localhost", language=language, templates=templates, own=own)


def _detail(error: Exception, templates: Path) -> str:
    """What is wrong, with the file and the line where they are known."""
    if isinstance(error, TemplateNotFound):
        return f"thiếu tệp {error.name}"
    if isinstance(error, TemplateSyntaxError):
        place, said = (error.filename or error.name or "", error.lineno), error.message or ""
    else:
        place, said = _place_of(error.__traceback__), f"{error}"
    if not place[0]:
        return said.rstrip(".")
    file = Path(place[0])
    shown_file = file.relative_to(templates) if file.is_relative_to(templates) else file
    return f"{shown_file}, dòng {place[1]}: {said}".rstrip(".")


def _place_of(trace: TracebackType | None) -> tuple[str, int]:
    """The innermost line of a template that an error came through; "" where it came through none."""
    place = ("", 0)
    while trace is not None:
        file, template = trace.tb_frame.f_code.co_filename, trace.tb_frame.f_globals.get("__jinja_template__")
        if file.endswith(".j2"):
            compiled = trace.tb_lineno  # a line of what Jinja made of the template, unless it has been traced back
            place = (file, template.get_corresponding_lineno(compiled) if template is not None else compiled)
        trace = trace.tb_next
    return place


def host_of(base_url: str) -> str:
    """The name of an installation in ids that must be the only ones in the world; our own where it has none."""
    host = urlsplit(base_url).hostname or ""
    labels = host.split(".")
    named = len(labels) > 1 and not labels[-1].isdigit()
    return host if named and all(_is_label(label) for label in labels) else OWN_HOST


def _is_label(label: str) -> bool:
    return label.isascii() and label.replace("-", "").isalnum()


class _Words:
    """The macros of a language's `words.j2`, speaking about one letter; each answers with one line."""

    def __init__(self, letter: Letter, environment: Environment) -> None:
        named = ("words.j2", "shipped/words.j2")
        self._modules = [environment.get_template(name).make_module({"letter": letter}) for name in named]

    def say(self, macro: str, *about: object) -> str:
        """What a macro says about something (of the whole letter: without anything)."""
        speak = next((found for module in self._modules if (found := getattr(module, macro, None))), None)
        if speak is None:
            raise TemplateRuntimeError(f"words.j2 thiếu macro «{macro}»")
        return _line(str(speak(*about)))


class _Desk:
    """Words one letter in one language."""

    def __init__(self, letter: Letter, base_url: str, language: Language, environment: Environment) -> None:
        self._letter = letter
        self._base_url = base_url
        self._language = language
        self._environment = environment
        self._words = _Words(letter, environment)

    def worded(self) -> tuple[str, str, str]:
        """Subject, text and HTML."""
        layout = "letter" if self._letter.news is None else "petitioner"
        view = self._view() if self._letter.news is None else self._petitioners_view()
        text = self._environment.get_template(f"{layout}.txt.j2").render(view)
        html = self._environment.get_template(f"{layout}.html.j2").render(view)
        return str(view["subject"]), text, html

    def due_entries(self) -> Iterator[DueEntry]:
        """The firm limits that the letter is about, each step once; those of a digest's rest are not sent again.

        Of what changed, people of a unit get the limits of their own unit's steps.
        """
        told = {(m.plan_id, m.step): m.limit.due_on for m in self._letter.matters if m.limit is not None}
        for matter in self._letter.matters:
            if matter.limit is not None and not matter.overdue:
                yield self._entry(matter, matter.plan_id, matter.plan_title, matter.limit.due_on)
        for change in self._letter.changes:
            for move in change.moves:
                theirs = self._letter.role not in _OF_A_UNIT or same_unit(move.owner, self._letter.unit)
                if theirs and move.new_on is not None and (change.plan_id, move.step) not in told:
                    yield self._entry(move, change.plan_id, change.plan_title, move.new_on)

    def _entry(self, told: Any, plan_id: str, plan_title: str, due_on: date) -> DueEntry:
        link = self._link(plan_id, told.step)
        return DueEntry(
            uid=entry_id(plan_id, told.step, host_of(self._base_url)),
            due_on=due_on,
            summary=self._words.say("event_summary", told),
            description=f"{_line(plan_title)}\n{link}",
            link=link,
            revision=told.revision,
        )

    def _view(self) -> dict[str, object]:
        """What the layouts of a letter may name."""
        letter = self._letter
        return {name: self._words.say(name) for name in OF_THE_WHOLE} | {
            "matters": [self._passage(matter) for matter in letter.matters],
            "others": [self._passage(matter) for matter in letter.others],
            "changes": [self._change(change) for change in letter.changes],
            "alerts": [alert_sentence(alert, self._language) for alert in letter.alerts],
            "home": self._base_url,
        }

    def _petitioners_view(self) -> dict[str, object]:
        """What the layouts of a petitioner's letter may name."""
        names = ("subject", "greeting", "about", "told", "answer", "close", "footer")
        return {name: self._words.say(f"petitioner_{name}", self._letter.news) for name in names}

    def _passage(self, matter: Matter) -> Passage:
        word = self._words.say
        return Passage(
            headline=word("headline", matter),
            plan=_line(matter.plan_title),
            owner=_line(matter.owner or ""),
            limit=word("limit", matter),
            warning=word("warning", matter),
            why=word("why", matter),
            todo=word("todo", matter),
            link=self._link(matter.plan_id, matter.step),
            account=tuple(self._account(matter.account)),
            basis="; ".join(matter.basis),
        )

    def _account(self, account: Sequence[TraceDay]) -> Iterator[str]:
        """One line for each day; of a long account the first and the last."""
        half = LONGEST_ACCOUNT // 2
        skipped = len(account) - 2 * half if len(account) > LONGEST_ACCOUNT else 0
        for place, day in enumerate(account):
            if skipped and half <= place < half + skipped:
                if place == half:
                    yield self._words.say("account_skips", skipped)
                continue
            yield self._words.say("account_day", day, retell(day.reason, self._language))

    def _change(self, change: Change) -> ChangePassage:
        return ChangePassage(
            plan=_line(change.plan_title),
            causes=tuple(self._words.say("cause", each) for each in change.causes),
            moves=tuple(self._words.say("move", each) for each in change.moves),
            link=f"{self._base_url}/plans/{quote(change.plan_id, safe='')}",
        )

    def _link(self, plan_id: str, step: str) -> str:
        return f"{self._base_url}/plans/{quote(plan_id, safe='')}#{quote(step, safe='')}"


def alert_sentence(alert: Alert, language: Language) -> str:
    """An alert as one sentence in a language."""
    fields = {name: retell(value, language) for name, value in alert.fields.items()}
    return _line(translate(alert.template, language).format_map(fields))


@lru_cache
def _environment(templates: Path, language: Language, own: Path | None) -> Environment:
    shipped = FileSystemLoader(templates / language)
    loaders: list[BaseLoader] = [shipped, PrefixLoader({"shipped": shipped})]
    if own is not None:
        loaders.insert(0, FileSystemLoader(own / language))
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html.j2",), default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def weekday_and_day(day: date) -> str:
        return f"{_WEEKDAYS[language][day.weekday()]}, {shown(day)}"

    made.filters |= {"day": shown, "weekday_and_day": weekday_and_day, "moment": _moment, "clock": _clock}
    made.filters |= {"closing": _closing, "line": _line}
    made.globals["day_of"] = day_of
    return made


def letters_to_look_at() -> list[Letter]:
    """The sample letters that templates are checked with, always in the same order."""
    return list(sample_letters())


def forget_templates() -> None:
    """Read the templates anew from now on: one that was added over a shipped one is not noticed by itself."""
    _environment.cache_clear()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%H:%M %d/%m/%Y}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _closing(limit: Limit) -> time | None:
    """The clock time at which the limit ends on its day; None when it is the end of the day."""
    ends_at = limit.due_at.astimezone(ZONE)
    return ends_at.time() if limit.due_at > instant(limit.due_on) and ends_at.date() == limit.due_on else None


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
