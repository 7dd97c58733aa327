"""From a letter's facts to a message in words: Jinja2 templates, one folder per language, checked at start-up.

`words.j2` holds every sentence of a language as macros; `letter.txt.j2` and `letter.html.j2` only lay them out, so
that both say the same. Plain texts go into the HTML escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    select_autoescape,
)

from workflow.domain.errors import DoithoaiError
from workflow.domain.zone import ZONE, day_of, instant, shown
from workflow.language import LANGUAGES, Language
from workflow.letter import Letter, Limit, Matter
from workflow.notify.samples import sample_letters
from workflow.ports import Message

TEMPLATES = Path(__file__).parent / "templates"
OWN_HOST = "doithoai.local"
"""The right side of a Message-ID where the pages' address has no name of its own."""

_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class TemplateFaulty(DoithoaiError):
    template = "Mẫu thư «{language}» có lỗi, nên không soạn được thư: {detail}."


@dataclass(frozen=True, slots=True)
class Passage:
    """One matter in words; empty text where there is nothing to say."""

    headline: str
    plan: str
    owner: str
    limit: str
    warning: str
    why: str
    todo: str
    link: str


def render(letter: Letter, *, base_url: str, language: Language = "vi", templates: Path = TEMPLATES) -> Message:
    """The message that a letter makes. The same keys give the same Message-ID. Raises `TemplateFaulty`.

    `templates`: a folder with one folder of templates for each language.
    """
    try:
        subject, text, html = _worded(letter, base_url.rstrip("/"), _environment(templates, language))
    except (TemplateError, TypeError, ValueError) as error:
        raise TemplateFaulty(language=language, detail=_detail(error)) from error
    return Message(
        message_id=message_id(letter.keys, base_url),
        to_name=_line(letter.person_name),
        to_address=letter.address,
        subject=subject,
        text=text,
        html=html,
        keys=letter.keys,
        at=letter.at,
    )


def message_id(keys: Sequence[str], base_url: str) -> str:
    """The Message-ID (RFC 5322, 3.6.4) of the message that tells exactly these notices, in whatever order."""
    digest = sha256("\n".join(sorted(keys)).encode()).hexdigest()
    return f"<{digest[:40]}@{_host(base_url)}>"


def check_templates(templates: Path = TEMPLATES) -> None:
    """Word a sample of every kind of letter in every language. Raises `TemplateFaulty` for the first that fails."""
    for letter, language in product(sample_letters(), LANGUAGES):
        render(letter, base_url="http://localhost", language=language, templates=templates)


def _detail(error: Exception) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name}, dòng {error.lineno}: {error.message}".rstrip(".")
    if isinstance(error, TemplateNotFound):
        return f"thiếu tệp {error.name}"
    return f"{error}".rstrip(".")


def _host(base_url: str) -> str:
    host = urlsplit(base_url).hostname or ""
    labels = host.split(".")
    named = len(labels) > 1 and not labels[-1].isdigit()
    return host if named and all(_is_label(label) for label in labels) else OWN_HOST


def _is_label(label: str) -> bool:
    return label.isascii() and label.replace("-", "").isalnum()


def _worded(letter: Letter, base_url: str, environment: Environment) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    view = _view(letter, base_url, _Words(letter, environment))
    text = environment.get_template("letter.txt.j2").render(view)
    html = environment.get_template("letter.html.j2").render(view)
    return str(view["subject"]), text, html


class _Words:
    """The macros of a language's `words.j2`, speaking about one letter; each answers with one line."""

    def __init__(self, letter: Letter, environment: Environment) -> None:
        self._module = environment.get_template("words.j2").make_module({"letter": letter})

    def say(self, macro: str, *about: Matter) -> str:
        """What a macro says about a matter (of the whole letter: without one)."""
        speak = getattr(self._module, macro, None)
        if speak is None:
            raise TemplateRuntimeError(f"words.j2 thiếu macro «{macro}»")
        return _line(str(speak(*about)))


def _view(letter: Letter, base_url: str, words: _Words) -> dict[str, object]:
    """What the layouts may name."""
    alone = ("subject", "greeting", "lead", "others_lead", "undelivered", "footer")
    return {name: words.say(name) for name in alone} | {
        "matters": [_passage(matter, base_url, words) for matter in letter.matters],
        "others": [_passage(matter, base_url, words) for matter in letter.others],
        "home": base_url,
    }


def _passage(matter: Matter, base_url: str, words: _Words) -> Passage:
    return Passage(
        headline=words.say("headline", matter),
        plan=_line(matter.plan_title),
        owner=_line(matter.owner or ""),
        limit=words.say("limit", matter),
        warning=words.say("warning", matter),
        why=words.say("why", matter),
        todo=words.say("todo", matter),
        link=f"{base_url}/plans/{quote(matter.plan_id, safe='')}#{quote(matter.step, safe='')}",
    )


@lru_cache
def _environment(templates: Path, language: Language) -> Environment:
    made = Environment(
        loader=FileSystemLoader(templates / language),
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
