"""The deadline wording itself: from its first word to a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from calendars.grammar.counted import at_once, counted, counted_back, ordered_after, ordered_before
from calendars.grammar.cursor import Cursor, Phrases, grammar
from calendars.grammar.dates import Point
from calendars.grammar.events import BEFORE, quoted
from calendars.grammar.fixed import before_date, by_or_on, closing, split
from calendars.grammar.lexer import Kind
from calendars.grammar.phrases import AND, LASTING, LATEST, NOISE, OR, PICK, TENTATIVE, THE_MEETING, Latest
from calendars.grammar.repeats import recurring, refuse_monthly_day
from calendars.grammar.vague import STRONG, vague
from calendars.grammar.windows import window
from calendars.periods import MEETING, By, DaysBefore, FirstOf, LastOf, Month, Quarter, Rule, SameDay, Vague, Window

Way = Callable[[Cursor], Rule | None]

_DEEPEST: Final = 20  # brackets within brackets
_MOST_MARKERS: Final = 3  # "trong thời hạn chậm nhất là"


def wording(at: Cursor) -> Rule | None:
    """A whole wording: one limit, or several of which the first or the last counts."""
    while not at.sees(STRONG) and _noise(at):
        pass
    found = _part(at)
    if found is None or (at.prose and not isinstance(found, Month | Quarter)):
        return found
    parts = [found]
    joins = OR if at.sees(OR) else AND
    while (more := _joined(at, joins)) is not None and not (at.prose and not isinstance(more, Month | Quarter)):
        parts.append(more)
    if len(parts) == 1:
        return found
    return _picked(at, parts, either=joins is OR)


def _noise(at: Cursor) -> bool:
    """Step over words that say nothing. Raises `WordingError` for a sign before a number."""
    if at.token.key == "-" and at.ahead().kind is Kind.NUMBER and at.adjacent(1):
        raise at.error("Không viết dấu «-» ngay trước số; hãy ghi, ví dụ «5 ngày sau hội nghị».")
    return bool(at.take(NOISE))


@grammar
def _joined(at: Cursor, joins: Phrases[bool]) -> Rule | None:
    return _part(at) if at.take(joins) else None


def _picked(at: Cursor, parts: list[Rule], *, either: bool) -> Rule | None:
    at.skip(",", ";")
    pick = at.take(PICK)
    if pick is None and not either:
        return _adjoining(parts)
    return LastOf(tuple(parts)) if pick == "last" else FirstOf(tuple(parts))


def _adjoining(parts: list[Rule]) -> Window | None:
    """Quý IV/2025 và Quý I/2026: one stretch of months."""
    if not all(isinstance(part, Month | Quarter) for part in parts):
        return None
    ends = [stretch_of(part) for part in parts]
    return Window(min(first for first, _ in ends), max(last for _, last in ends))


def stretch_of(rule: Rule) -> tuple[date, date]:
    """The first and last day of a month or quarter."""
    if isinstance(rule, Month):
        whole = Point(rule.month, None, rule.year)
    else:
        assert isinstance(rule, Quarter)
        whole = Point(rule.quarter * 3 - 2, None, rule.year, rule.quarter * 3)
    return whole.first(), whole.last()


@grammar
def _part(at: Cursor) -> Rule | None:
    if not at.skip("("):
        return single(at)
    with at.nested(_DEEPEST):
        found = wording(at)
    return found if found is not None and at.skip(")") else None


@grammar
def single(at: Cursor) -> Rule | None:
    """One limit, with what stands in brackets behind it."""
    words_in_quotes = quoted(at)
    if words_in_quotes is not None:
        return Vague(words_in_quotes)
    found = _first_way(at, (_meeting, recurring, _limit, vague))
    return None if found is None else _with_brackets(at, found)


@grammar
def _meeting(at: Cursor) -> Rule | None:
    return SameDay(MEETING) if at.take(THE_MEETING) and not at.sees(BEFORE) else None


@grammar
def _limit(at: Cursor) -> Rule | None:
    tentative = _tentative(at)
    markers: set[Latest] = set()
    for _ in range(_MOST_MARKERS):
        kind = at.take(LATEST)
        if kind is None:
            break
        markers.add(kind)
        while _noise(at):
            pass
    tentative = _tentative(at) or tentative
    refuse_monthly_day(at)
    ways: tuple[Way, ...] = (
        window,
        closing,
        before_date,
        lambda here: by_or_on(here, markers, tentative=tentative),
        lambda here: counted(here, markers),
        counted_back,
        at_once,
        ordered_before,
        lambda here: ordered_after(here, markers),
        *((split,) if "firm" in markers else ()),
    )
    return _first_way(at, ways)


def _tentative(at: Cursor) -> bool:
    """Whether "dự kiến" stands here; how long the meeting lasts ("1/2 ngày") may stand behind it."""
    if not at.take(TENTATIVE):
        return False
    at.skip(":")
    at.take(LASTING)
    return True


def _first_way(at: Cursor, ways: tuple[Way, ...]) -> Rule | None:
    """What the first way of writing that fits here says."""
    for way in ways:
        found = way(at)
        if found is not None:
            return found
    return None


def _with_brackets(at: Cursor, found: Rule) -> Rule:
    """A second limit in brackets is met too: "Tháng 3/2026 (sau khi Sở ban hành hướng dẫn)"; vague words add nothing."""
    second = _bracket(at)
    if second is None or isinstance(second, Vague):
        return found
    if isinstance(found, By) and isinstance(second, DaysBefore):
        return FirstOf((found, second))
    return LastOf((found, second))


@grammar
def _bracket(at: Cursor) -> Rule | None:
    if not at.skip("("):
        return None
    with at.nested(_DEEPEST):
        second = single(at)
    while isinstance(second, DaysBefore | Vague) and not at.done and at.token.key != ")":
        at.pos += 1
    return second if at.skip(")") else None
