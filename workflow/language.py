"""Languages of what people read: Vietnamese is the source of every text, other languages come from catalogues.

A catalogue is `locale/<language>/LC_MESSAGES/doithoai.po`, read once when its language is first asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from calendars.working_calendar import CalendarError
from workflow.domain.errors import DoithoaiError
from workflow.phrases import AS_THEY_ARE, JOINTS, phrases_of, says_little

if TYPE_CHECKING:
    from calendars.decisions import Problem
    from calendars.rules import Rule
    from workflow.domain.lint_findings import Finding

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"

_DEEPEST = 8
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")

OURS = frozenset({"status", "why", "counted"})
"""Fields of errors that hold words of ours; all others hold names and data."""

OURS_IN_FINDINGS = frozenset({"day", "safe", "holidays", "law", "scope", "why"})
WORDINGS_IN_FINDINGS = frozenset({"wording", "example", "when"})


class Catalogue(NullTranslations):
    """The translations of a language: each text with its forms, one for 1 and one for any other number."""

    def __init__(self, forms: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.forms = forms

    def gettext(self, message: str) -> str:
        """The translation of a text; the text itself where there is none."""
        return self.forms.get(message, (message,))[0] or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation that goes with a number."""
        forms = self.forms.get(msgid1, ())
        return (forms[0] if n == 1 else forms[-1]) if all(forms) and forms else (msgid1 if n == 1 else msgid2)


@lru_cache
def catalogue(language: Language) -> NullTranslations:
    """The translations of a language; Vietnamese, the source, translates to itself."""
    if language == "vi":
        return NullTranslations()
    with (LOCALE / language / "LC_MESSAGES" / "doithoai.po").open(encoding="utf-8") as lines:
        return Catalogue(dict(read_catalogue(lines)))


def read_catalogue(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text of a catalogue with its translations. Read by hand: only to import Babel would take ten times as long."""
    entries: list[dict[str, str]] = []
    field = ""
    for line in lines:
        if line.startswith("msg"):
            field, _, line = line.partition(" ")  # noqa: PLW2901
            if field == "msgid":
                entries.append({})
        if line.startswith('"'):
            entries[-1][field] = entries[-1].get(field, "") + json.loads(line)
    for entry in entries:
        if entry["msgid"]:
            yield entry["msgid"], tuple(said for field, said in entry.items() if field.startswith("msgstr"))


def translate(text: str, language: Language) -> str:
    """A text in a language; the Vietnamese itself where the catalogue has no translation."""
    return catalogue(language).gettext(text) if text else text


def sentence(error: DoithoaiError | CalendarError, language: Language) -> str:
    """An error as the one sentence that its reader needs; an error among its fields is told in the same language."""
    if language == "vi":
        return str(error)
    if isinstance(error, DoithoaiError):
        return _filled(error.template, error.fields, OURS, language)
    if problems := getattr(error, "problems", ()):
        return "\n".join(problem_sentence(each, language) for each in problems)
    if not error.template:
        return retell(str(error), language)
    return _filled(error.template, error.fields, error.fields.keys() - AS_THEY_ARE, language)


def problem_sentence(problem: Problem, language: Language) -> str:
    """What is wrong with a decision on days off, and where, as one sentence."""
    if language == "vi":
        return str(problem)
    place = str(problem).removesuffix(f": {problem.message}")
    return f"{retell(place, language)}: {problem_message(problem, language)}"


def problem_message(problem: Problem, language: Language) -> str:
    """What is wrong with a decision on days off, without the place."""
    values = dict(problem.values)
    return _filled(problem.template, values, values, language)


def finding_sentence(finding: Finding, language: Language) -> str:
    """What the linter says, as one sentence."""
    if language == "vi":
        return finding.message
    fields = {
        name: reworded(str(value), language) if name in WORDINGS_IN_FINDINGS else value
        for name, value in finding.fields.items()
    }
    return _filled(finding.template, fields, OURS_IN_FINDINGS, language)


def worded(rule: Rule, language: Language) -> str:
    """A rule in words, its dates as people here write them, in whatever language."""
    from calendars.wording import format_rule

    return _ISO_DAY.sub(r"\3/\2/\1", format_rule(rule, language))


def reworded(wording: str, language: Language) -> str:
    """A deadline wording in a language, where it can be read; else as it is."""
    from calendars.wording import WordingError, parse

    try:
        return worded(parse(wording), language)
    except WordingError:
        return wording


def retell(text: str, language: Language) -> str:
    """A Vietnamese text that may have been made up of parts, in a language; as it is where it is not one of ours."""
    return text if language == "vi" else _retold(text, language) or text


def _filled(template: str, fields: Mapping[str, object], ours: Collection[str], language: Language) -> str:
    """A template in a language, and in the same language those of its fields that are words of ours."""
    told = {name: _told(value, name in ours, language) for name, value in fields.items()}
    return translate(template, language).format(**told)


def _told(value: object, is_ours: bool, language: Language) -> object:
    if isinstance(value, DoithoaiError | CalendarError):
        return sentence(value, language)
    return retell(value, language) if is_ours and isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _retold(text: str, language: Language, depth: int = _DEEPEST) -> str | None:
    """A text in a language; None where it is not understood. `depth`: how many more parts may stand within parts."""
    told = _retold_whole(text, language, depth)
    return _list_retold(text, language, depth) if told is None and depth else told


def _retold_whole(text: str, language: Language, depth: int) -> str | None:
    """A text that is no list. One without letters of Vietnamese's own (a number, a date) is the same in any language."""
    known = translate(text, language)
    if known != text or not any(letter.isalpha() and not letter.isascii() for letter in text):
        return known
    told = (_rephrased(phrase, fields, language, depth - 1) for phrase, fields in phrases_of(text) if depth)
    return next((each for each in told if each is not None), None)


def _rephrased(phrase: str, fields: Mapping[str, str], language: Language, depth: int) -> str | None:
    """A phrase with its parts; one that says little itself stands only for parts that are all understood."""
    told = {name: text if name in AS_THEY_ARE else _retold(text, language, depth) for name, text in fields.items()}
    if says_little(phrase) and None in told.values():
        return None
    return translate(phrase, language).format(**{name: value or fields[name] for name, value in told.items()})


def _list_retold(text: str, language: Language, depth: int) -> str | None:
    """A list, each part of which is understood; None for any other text."""
    for joint in JOINTS:
        parts = text.split(joint)
        for count in range(1, len(parts)):
            taken = joint.join(parts[:count])
            first = _retold_whole(taken, language, depth)
            if first is None or (count > 1 and first == taken):
                continue
            rest = _retold(joint.join(parts[count:]), language, depth - 1)
            if rest is not None:
                return f"{first}{translate(joint, language)}{rest}"
    return None
