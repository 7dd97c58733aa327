"""The deadline wording itself: from its first word to a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Final, Literal

from calendars.grammar.amounts import Amount, amount
from calendars.grammar.clocks import clock
from calendars.grammar.cursor import Cursor, Phrases, grammar, words
from calendars.grammar.dates import Point, completed, dated, day_only, point
from calendars.grammar.events import AFTER, BEFORE, event, event_after, quoted
from calendars.grammar.lexer import Kind
from calendars.grammar.repeats import EVERY_YEAR, recurring
from calendars.grammar.vague import STRONG, vague
from calendars.periods import (
    MEETING,
    UNNAMED,
    After,
    Before,
    BeforeEvent,
    By,
    DaysBefore,
    FirstOf,
    LastOf,
    Month,
    On,
    Quarter,
    Rule,
    SameDay,
    Span,
    Vague,
    Window,
    Within,
    Yearly,
)

Mode = Literal["before", "by", "on"]
Way = Callable[[Cursor], Rule | None]

NOISE: Final = words(
    "thời gian", "thời gian hoàn thành", "thời gian thực hiện", "thời gian tổ chức", "thời hạn", "thời hạn hoàn thành",
    "hạn hoàn thành", "hạn", "hoàn thành", "hoàn thành xong", "xong", "phải hoàn thành", ":", "-", "và", "deadline",
    "due", "to be done", "bắt đầu",
)  # fmt: skip
LATEST: Final = Phrases(
    {
        **dict.fromkeys(
            (
                "chậm nhất", "chậm nhất là", "muộn nhất", "muộn nhất là", "không quá", "không được quá", "không chậm hơn",
                "không muộn hơn", "không chậm quá", "tối đa", "tối đa là", "nhiều nhất", "trong thời hạn",
                "trong thời gian", "trong vòng", "trong khoảng", "nội trong", "trong", "thời hạn là", "thời hạn",
                "within", "at most", "no later than", "not later than", "no more than", "not more than",
                "at the latest", "within at most",
            ),
            "ceiling",
        ),
        **dict.fromkeys(
            ("ít nhất", "ít nhất là", "tối thiểu", "tối thiểu là", "không ít hơn", "không dưới", "at least",
             "not less than", "no less than", "no fewer than"),
            "floor",
        ),
    }
)  # fmt: skip
_UNTIL: Final = words(
    "đến", "đến hết", "hết", "tới", "cho đến", "cho đến hết", "hạn cuối", "hạn cuối là", "hạn chót", "hạn chót là",
    "by", "until", "no later than", "not later than",
)  # fmt: skip
_WITHIN_DAY: Final = words("trong", "vào", "vào lúc", "vào hồi", "hồi", "lúc", "on", "in", "at", "during")
_TENTATIVE: Final = words("dự kiến", "tạm tính", "tentatively", "expected", "provisionally")
_CLOSING: Final = words(
    "hết giờ làm việc", "trước khi hết giờ làm việc", "trước hết giờ làm việc", "hết giờ hành chính",
    "cuối giờ làm việc", "giờ làm việc cuối", "close of business", "close of business on", "the end of office hours",
    "the end of office hours on", "end of office hours on",
)  # fmt: skip
_ON: Final = words("on", "of", "của", ",", "vào")
_FROM: Final = words("từ", "kể từ", "trong khoảng thời gian từ", "bắt đầu từ", "trong thời gian từ", "from", "between")
_TO: Final = words(
    "đến", "đến hết", "đến hết ngày", "tới", "cho đến", "cho đến khi", "-", "và kết thúc vào", "và kết thúc",
    "kết thúc vào", "đến trước", "to", "until", "through", "and", "till",
)  # fmt: skip
_PLAIN_TO: Final = words("đến", "đến hết", "tới", "cho đến", "cho đến khi", "to", "until", "till")
_AT_ONCE: Final = words(
    "ngay sau", "ngay khi", "ngay trong ngày", "ngay", "cùng ngày với", "trong ngày", "immediately after",
    "on the day of", "on the same day as", "the same day as",
)  # fmt: skip
_VERB_AT_ONCE: Final = words(
    "chuyển ngay", "báo cáo ngay", "gửi ngay", "thông báo ngay", "thực hiện ngay", "ngay", "immediately"
)
_OR: Final = words("hoặc", ", hoặc", "; hoặc", "or", ", or")
_AND: Final = words("và", ", và", "; và", "and", ", and")
_PICK: Final = Phrases(
    {
        "tùy ngày nào đến trước": "first", "tùy theo ngày nào đến trước": "first", "lấy ngày đến trước": "first",
        "tùy thời điểm nào đến trước": "first", "tùy theo thời điểm nào đến trước": "first",
        "tùy điều kiện nào đến trước": "first", "whichever comes first": "first", "whichever is earlier": "first",
        "tùy ngày nào đến sau": "last", "tùy theo ngày nào đến sau": "last", "lấy ngày đến sau": "last",
        "tùy thời điểm nào đến sau": "last", "tùy theo thời điểm nào đến sau": "last",
        "whichever comes last": "last", "whichever is later": "last",
    }
)  # fmt: skip
_MEETING: Final = words("meeting", "the meeting")
_FILLER_WORDS: Final = 40


# ── several together ──────────────────────────────────────────────────────────────────────────────────────────


def wording(at: Cursor) -> Rule | None:
    """A whole wording: one limit, or several of which the first or the last counts."""
    while not at.sees(STRONG) and at.take(NOISE):
        pass
    found = _part(at)
    if found is None:
        return None
    parts = [found]
    joins = _OR if at.sees(_OR) else _AND
    while (more := _joined(at, joins)) is not None:
        parts.append(more)
    if len(parts) == 1:
        return found
    return _picked(at, parts, either=joins is _OR)


@grammar
def _joined(at: Cursor, joins: Phrases[bool]) -> Rule | None:
    return _part(at) if at.take(joins) else None


def _picked(at: Cursor, parts: list[Rule], *, either: bool) -> Rule | None:
    at.skip(",")
    pick = at.take(_PICK)
    if pick == "last" or (pick is None and not either):
        merged = None if pick else _adjoining(parts)
        return merged or LastOf(tuple(parts))
    return FirstOf(tuple(parts))


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
    if at.skip("("):
        found = wording(at)
        return found if found is not None and at.skip(")") else None
    return single(at)


# ── one limit ─────────────────────────────────────────────────────────────────────────────────────────────────


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
    return SameDay(MEETING) if at.take(_MEETING) and not at.sees(BEFORE) else None


@grammar
def _limit(at: Cursor) -> Rule | None:
    tentative = bool(at.take(_TENTATIVE))
    at.skip(":")
    floor, latest = False, False
    while (kind := at.take(LATEST)) is not None:
        latest, floor = True, floor or kind == "floor"
        while at.take(NOISE):
            pass
    tentative = bool(at.take(_TENTATIVE)) or tentative
    ways: tuple[Way, ...] = (
        _window,
        _closing,
        _before_date,
        lambda here: _by_or_on(here, latest=latest, tentative=tentative),
        lambda here: _counted(here, floor=floor),
        _counted_back,
        _at_once,
        _ordered_before,
        lambda here: _ordered_after(here, floor=floor),
        *((_split,) if latest else ()),
    )
    return _first_way(at, ways)


def _first_way(at: Cursor, ways: tuple[Way, ...]) -> Rule | None:
    """What the first way of writing that fits here says."""
    for way in ways:
        found = way(at)
        if found is not None:
            return found
    return None


@grammar
def _by_or_on(at: Cursor, *, latest: bool, tentative: bool) -> Rule | None:
    until = at.take(_UNTIL)
    inside = not until and at.take(_WITHIN_DAY)
    # "trong" is both the marker of a period and that of a day: only the firm markers make a day a limit
    firm = latest and not at.reads("trong", "gian", ahead=-1) and not inside
    found = point(at)
    if found is None:
        return None
    mode: Mode = "by" if until or firm else "on"
    return dated_rule(at, found, mode, tentative=tentative)


@grammar
def _before_date(at: Cursor) -> Rule | None:
    """trước ngày 24/4/2026; with a clock time the day itself counts up to it: trước 17 giờ ngày 24/4/2026."""
    if not at.take(BEFORE):
        return None
    found = point(at)
    if found is None:
        return None
    return dated_rule(at, found, "before" if found.clock is None else "by")


@grammar
def _closing(at: Cursor) -> Rule | None:
    """hết giờ làm việc ngày 24/4/2026."""
    if not at.sees(_CLOSING):
        at.take(_UNTIL)
    if not at.take(_CLOSING):
        return None
    at.take(_ON)
    found = point(at)
    if found is None or not found.is_day:
        return None
    return By(dated(at, found).first(), closing=True)


def dated_rule(at: Cursor, found: Point, mode: Mode, *, tentative: bool = False) -> Rule | None:
    """The rule a stretch of days makes, before it, by its end or within it; "hằng năm" makes it come back."""
    if found.year is None and at.take(EVERY_YEAR):
        return _yearly(found, mode)
    found = dated(at, found)
    if mode == "before":
        return Before(found.first())
    if mode == "by":
        return By(found.last(), _limit_clock(found.clock))
    if found.is_day:
        return On(found.first(), _limit_clock(found.clock), tentative)
    return _stretch(found, tentative=tentative)


def _stretch(found: Point, *, tentative: bool) -> Rule:
    first, last = found.first(), found.last()
    if first.month == last.month:
        return Month(first.year, first.month, tentative)
    if last.month - first.month == 2:
        return Quarter(first.year, last.month // 3)
    return Window(first, last)


def _yearly(found: Point, mode: Mode) -> Rule | None:
    leap = Point(found.month, found.day, 2024, found.until_month)
    if mode == "before":
        return Yearly(leap.first().month, leap.first().day)
    return Yearly(leap.last().month, leap.last().day, included=True)


def _limit_clock(told: time | None) -> time | None:
    """24:00 is the end of the day, which needs no clock."""
    return None if told == time.max else told


# ── windows ───────────────────────────────────────────────────────────────────────────────────────────────────


@grammar
def _window(at: Cursor) -> Rule | None:
    named = at.take(_FROM)
    first_hours = _hours_of_a_day(at)
    if first_hours is not None:
        return first_hours
    start = _start(at)
    if start is not None and at.take(_TO):
        end = point(at)
        if end is not None:
            return _between(at, start, end)
        return _to_event(at, start)
    if named:
        return _span(at, start)
    return None


def _start(at: Cursor) -> Point | None:
    return point(at) or day_only(at)


def _between(at: Cursor, start: Point, end: Point) -> Rule | None:
    if end.month is None:
        return None
    end = dated(at, end)
    start = completed(at, start, end)
    first, last = start.first(), end.last()
    if first > last:
        raise at.error("Khoảng thời gian kết thúc trước khi bắt đầu.", "invalid_date", at=start.token)
    return Window(first, last, _limit_clock(end.clock), start.clock)


@grammar
def _hours_of_a_day(at: Cursor) -> Rule | None:
    """từ 8h00 đến 11h30 ngày 25/7/2023."""
    opens = clock(at)
    if opens is None or not at.take(_TO):
        return None
    day = point(at)
    if day is None or day.clock is None or not day.is_day or opens >= day.clock:
        return None
    on = dated(at, day).first()
    return Window(on, on, _limit_clock(day.clock), opens)


@grammar
def _to_event(at: Cursor, start: Point) -> Rule | None:
    if start.month is None:
        return None
    named = event(at)
    return None if named is None else Span(dated(at, start).first(), named)


@grammar
def _span(at: Cursor, start: Point | None) -> Rule | None:
    """từ ngày 5/5/2026 (open), từ khi thành lập đến khi kết thúc nhiệm vụ, từ khi khai mạc đến ngày 5/5/2026."""
    if start is not None:
        return None if start.month is None or at.prose else Span(dated(at, start).first())
    since = _event_up_to(at)
    if since is None or not at.take(_PLAIN_TO):
        return None
    until = point(at)
    if until is not None:
        return Span(since, dated(at, until).last())
    named = event(at)
    return None if named is None else Span(since, named)


@grammar
def _event_up_to(at: Cursor) -> str | None:
    """An event that ends where "đến" stands."""
    end = at.pos
    while not (at.tokens[end].kind is Kind.END or _PLAIN_TO.match(at.tokens, end)):
        end += 1
    if at.tokens[end].kind is Kind.END:
        return None
    named = event(at)
    if named is None:
        return None
    if at.pos > end:
        first = end - 1
        while first > 0 and at.source.between(first, at.pos) != named:
            first -= 1
        named = at.source.between(first, end)
        at.pos = end
    return named if at.pos == end and named else None


# ── counted from an event ─────────────────────────────────────────────────────────────────────────────────────


@grammar
def _counted(at: Cursor, *, floor: bool) -> Rule | None:
    """10 ngày làm việc sau E; sau 10 ngày kể từ E; 10 ngày trước E; 10 ngày."""
    behind = at.take(AFTER)
    found = amount(at)
    if found is None:
        return None
    if not behind and at.sees(BEFORE):
        back = _back_to(at, found)
        if back is not None:
            return back
    named = event_after(at)
    if named is None:
        return None if at.prose else Within(found.n, found.unit, UNNAMED, floor)
    return _alternatives(at, found, named, floor=floor)


@grammar
def _back_to(at: Cursor, found: Amount) -> Rule | None:
    at.take(BEFORE)
    named = event(at)
    return None if named is None else DaysBefore(found.n, found.unit, named)


def _alternatives(at: Cursor, found: Amount, named: str, *, floor: bool) -> Rule:
    """… kể từ ngày họp hoặc kể từ ngày kết thúc lấy ý kiến: one of the events happens."""
    rules: list[Rule] = [Within(found.n, found.unit, named, floor)]
    while (other := _or_event(at)) is not None:
        rules.append(Within(found.n, found.unit, other, floor))
    return rules[0] if len(rules) == 1 else FirstOf(tuple(rules))


@grammar
def _or_event(at: Cursor) -> str | None:
    return event_after(at) if at.take(_OR) and not _amount_follows(at) else None


def _amount_follows(at: Cursor) -> bool:
    """Whether "sau 10 ngày" stands here, a limit of its own."""
    with at.peek():
        at.take(AFTER)
        return amount(at) is not None


@grammar
def _counted_back(at: Cursor) -> Rule | None:
    """trước 15 ngày kể từ ngày khai mạc; trước 7 ngày; hội nghị đối thoại trước 7 ngày."""
    named = None if at.sees(BEFORE) else _event_counted_back(at)
    if not at.take(BEFORE):
        return None
    found = amount(at)
    if found is None:
        return None
    if named is None:
        named = event_after(at) or _against(at) or UNNAMED
    return DaysBefore(found.n, found.unit, named)


def _event_counted_back(at: Cursor) -> str | None:
    """The event before "trước 7 ngày", if that follows it."""
    if at.prose:
        return None
    with at.peek():
        follows = event(at) is not None and at.take(BEFORE)
    return event(at) if follows else None


@grammar
def _against(at: Cursor) -> str | None:
    """… so với ngày họp."""
    return event(at) if at.take(BEFORE) else None


@grammar
def _at_once(at: Cursor) -> Rule | None:
    """ngay sau khi E; báo cáo ngay."""
    if at.take(_AT_ONCE):
        named = event(at)
        if named is not None:
            return SameDay(named)
        at.pos -= 1
        if not at.sees(_VERB_AT_ONCE):
            return None
        at.pos += 1
        return SameDay(UNNAMED)
    return SameDay(UNNAMED) if at.take(_VERB_AT_ONCE) else None


@grammar
def _ordered_before(at: Cursor) -> Rule | None:
    """trước khi E; with a number behind it, so many before: trước ngày bầu cử 10 ngày."""
    if not at.take(BEFORE):
        return None
    named = event(at)
    if named is None:
        return None
    found = amount(at)
    return BeforeEvent(named) if found is None else DaysBefore(found.n, found.unit, named)


@grammar
def _ordered_after(at: Cursor, *, floor: bool) -> Rule | None:
    """sau khi E; with a number behind it, so many after: sau khi tổ chức xong hội nghị 10 ngày."""
    named = event_after(at)
    if named is None:
        return None
    found = amount(at)
    return After(named) if found is None else Within(found.n, found.unit, named, floor)


@grammar
def _split(at: Cursor) -> Rule | None:
    """chậm nhất gửi báo cáo về Sở Nội vụ ngày 23/3/2026: words between the marker and the day."""
    for _ in range(_FILLER_WORDS):
        if at.done or at.token.key in (".", ";"):
            return None
        found = _before_date(at) or (_by_or_on(at, latest=True, tentative=False) if at.reads("ngày") else None)
        if found is not None:
            return found if isinstance(found, By) else By(found.day) if isinstance(found, On) else found
        at.pos += 1
    return None


# ── what stands in brackets behind ────────────────────────────────────────────────────────────────────────────


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
    second = single(at) if at.skip("(") else None
    while isinstance(second, DaysBefore | Vague) and not at.done and at.token.key != ")":
        at.pos += 1
    return second if at.skip(")") else None
