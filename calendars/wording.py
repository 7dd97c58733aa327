"""Deadline wordings: from what people write to a rule, and from a rule back to good Vietnamese or English.

ONE grammar serves documents, plan files, the calculator and the screens. See docs/reference/deadline-wording.md.
"""

from __future__ import annotations

from calendars.grammar.cursor import Cursor, Remark, WordingError
from calendars.grammar.lexer import cut, read
from calendars.grammar.longer import cap_of, longer_behind
from calendars.grammar.prose import Found, limit_within, scan
from calendars.grammar.spell import Language, Speller
from calendars.grammar.wordings import wording
from calendars.periods import Rule, Vague
from calendars.sound_rules import RuleError

__all__ = ["Found", "Remark", "WordingError", "format_rule", "limit_within", "parse", "parse_with_extension", "scan"]


def parse(text: str, *, default_year: int | None = None) -> Rule:
    """The rule that a wording states; `default_year` fills in a date without one.

    Raises `WordingError` with the position (0-based, in `text`) when the wording cannot be read as a whole, when a
    date does not exist or lacks its year, or when it contradicts itself (a weekday, a number in words).
    """
    at = _cursor(text, default_year)
    found = _whole(at)
    if at.longer is not None:
        raise at.error("Thời hạn kéo dài phải ghi riêng, ví dụ «không quá 15 ngày làm việc sau hội nghị».", at=0)
    return found


def parse_with_extension(text: str, *, default_year: int | None = None) -> tuple[Rule, Rule | None]:
    """The rule, and the longer limit that the text allows in some cases, None where it allows none.

    The longer limit is the new total from the same event ("có thể kéo dài nhưng không quá 15 ngày làm việc": 15 in
    all, not 10 + 15). Raises `WordingError` as `parse` does.
    """
    at = _cursor(text, default_year)
    try:
        base = wording(at)
    except RuleError as error:
        raise at.error(str(error), at=0) from None
    if base is None:
        raise _unreadable(at)
    behind = at.pos
    longer = at.longer or longer_behind(at, base)
    if longer is None:
        at.pos = behind
        _finish(at)
    _refuse_remarks(at)
    return base, cap_of(base, longer)


def _cursor(text: str, default_year: int | None) -> Cursor:
    source = read(text)
    if not source.text:
        raise WordingError(text, 0, "Thời hạn còn trống; hãy viết, ví dụ «trước ngày 24/4/2026».", "empty")
    return Cursor(source, default_year=default_year)


def _whole(at: Cursor) -> Rule:
    try:
        found = wording(at)
    except RuleError as error:
        raise at.error(str(error), at=0) from None
    if found is None:
        raise _unreadable(at)
    _finish(at)
    _refuse_remarks(at)
    return found


def _finish(at: Cursor) -> None:
    """Demand that nothing but punctuation follows."""
    while at.skip(".", ";", ",", ":", "!"):
        pass
    if not at.done:
        at.want("hết câu")
        raise _unreadable(at)


def _unreadable(at: Cursor) -> WordingError:
    """The error; a limit that stands somewhere in the words is offered."""
    error = at.unreadable()
    inside = scan(at.source.raw)
    if len(inside) == 1 and not isinstance(inside[0].rule, Vague):
        said = f"{error.said} Nếu ý bạn là «{{meant}}» thì hãy chỉ ghi như vậy."
        return WordingError(
            error.text, error.position, said, error.code, {**error.values, "meant": cut(inside[0].text)}
        )
    return error


def _refuse_remarks(at: Cursor) -> None:
    for first in at.remarks:
        raise WordingError(at.source.raw, first.start, first.message, first.code)


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
