"""Templates into pages: one Jinja environment for each language, with the words and the signs of the screens."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workflow.documents import words as papers
from workflow.documents.rehearsal import SCENARIOS
from workflow.domain.zone import ZONE, day_of, shown
from workflow.language import Language, catalogue, finding_sentence, retell, translate
from workflow.web import words
from workflow.web.navigation import help_for, is_here

STATIC = Path(__file__).parent / "static"


@lru_cache
def environment(language: Language) -> Environment:
    """The templates in a language; every value is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader("workflow.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters |= {
        "dmy": shown,
        "vn_day": day_of,
        "moment": _moment,
        "clock": _clock,
        "last_day": _last_day,
        "translated": lambda text: translate(text, language),
        "sentence_case": _sentence_case,
        "told": lambda text: retell(text, language),
    }
    made.globals |= {
        "static": static_address,
        "icon": icon,
        "addressee": _addressee,
        "finding_words": lambda finding: finding_sentence(finding, language),
        "scenario_words": lambda name: translate(SCENARIOS.get(name, name), language),
        "weekday": lambda day: words.weekday(day, language),
        "rung": lambda name: words.rung(name, language),
        "why": lambda cause, names: words.why(cause, names, language),
        "standing_words": lambda value, due_on: words.standing(value, due_on, language),
        "reading_words": lambda name: translate(words.READING.get(name, name), language),
        "word": lambda value: translate(_WORDS[type(value)][value], language),
        "sign": words.ICON.__getitem__,
        "is_here": is_here,
        "help_for": help_for,
        "role_choices": lambda: tuple(words.ROLE),
    }
    return made


def render(template: str, language: Language, **context: object) -> str:
    """A template filled in, as text."""
    return environment(language).get_template(template).render(language=language, **context)


@lru_cache
def static_address(name: str) -> str:
    """The address of a static file, which changes with its content so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def icon(name: str) -> Markup:
    """A sign from our own set, hidden from screen readers: the word beside it says the same."""
    return Markup(
        '<svg class="icon icon-{0}" aria-hidden="true" focusable="false"><use href="{1}#{0}"></use></svg>'
    ).format(name, static_address("icons.svg"))


def _moment(at: datetime) -> str:
    """An instant as dd/mm/yyyy hh:mm in Vietnam."""
    return f"{at.astimezone(ZONE):%d/%m/%Y %H:%M}"


def _last_day(until: datetime) -> str:
    """The last day of a time that ends at an instant (exclusive), as dd/mm/yyyy in Vietnam."""
    return shown(day_of(until - timedelta(microseconds=1)))


def _clock(at: datetime | time) -> str:
    return f"{at.astimezone(ZONE) if isinstance(at, datetime) else at:%H:%M}"


def _addressee(header: str) -> tuple[str, str]:
    """The name and the address in a letter's "To"; the address twice where there is no name."""
    name, opened, rest = header.rpartition("<")  # already decoded: a comma in a name separates nothing
    address = rest.rpartition(">")[0] if opened else header.strip()
    return name.strip().strip('"') or address, address


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


_WORDS = {
    type(next(iter(table))): table
    for table in (
        words.STANDING,
        words.PLAN_STATUS,
        words.PLAN_KIND,
        words.ROLE,
        words.NOTICE_STATUS,
        words.FOR_EACH,
        papers.STEP_KIND,
        papers.RESULT,
        papers.AUTHORITY,
        papers.RAISED_WHEN,
        papers.ANSWERED_WHERE,
        papers.CELL,
    )
}
