"""Deadline wordings: from what people write to a rule, and from a rule back to good Vietnamese or English.

ONE grammar serves documents, plan files, the calculator and the screens. See docs/reference/deadline-wording.md.
"""

from __future__ import annotations

from calendars.grammar.cursor import Cursor, Remark, WordingError
from calendars.grammar.lexer import read
from calendars.grammar.spell import Language, Speller
from calendars.grammar.wordings import wording
from calendars.periods import Rule, RuleError

__all__ = ["Remark", "WordingError", "format_rule", "parse"]


def parse(text: str, *, default_year: int | None = None) -> Rule:
    """The rule that a wording states; `default_year` fills in a date without one.

    Raises `WordingError` with the position (0-based, in `text`) when the wording cannot be read as a whole, when a
    date does not exist or lacks its year, or when it contradicts itself (a weekday, a number in words).
    """
    source = read(text)
    at = Cursor(source, default_year=default_year)
    if not source.text:
        raise WordingError(text, 0, "Thời hạn còn trống; hãy viết, ví dụ «trước ngày 24/4/2026».", "empty")
    try:
        found = wording(at)
    except RuleError as error:
        raise at.error(str(error), at=0) from None
    while at.skip(".", ";", ",", ":", "!"):
        pass
    if found is None:
        raise at.unreadable()
    if not at.done:
        at.want("hết câu")
        raise at.unreadable()
    if at.remarks:
        first = at.remarks[0]
        raise WordingError(text, first.start, first.message, first.code)
    return found


def format_rule(rule: Rule, lang: Language = "vi") -> str:
    """The rule in words: good Vietnamese, or English for "en"; `parse` reads it back as the same rule.

    Where an event's name would be misread (it holds words of the grammar), names stand in «quotation marks».
    """
    plain = Speller(lang).rule(rule)
    return plain if _reads_as(plain, rule) else Speller(lang, quoting=True).rule(rule)


def _reads_as(text: str, rule: Rule) -> bool:
    try:
        return parse(text) == rule
    except WordingError:
        return False
