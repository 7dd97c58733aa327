"""Deadline wordings inside running text, found with the same grammar; the traps of such texts are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from calendars.grammar.amounts import NUMBER_KEYS, amount
from calendars.grammar.counted import at_once, counted, ordered_after
from calendars.grammar.cursor import Cursor, Phrases, Remark, WordingError, grammar, words
from calendars.grammar.dates import point
from calendars.grammar.events import event
from calendars.grammar.fixed import by_or_on, dated_rule
from calendars.grammar.lexer import Kind, Source, fold, read
from calendars.grammar.longer import cap_of
from calendars.grammar.partial import dated
from calendars.grammar.phrases import UNTIL
from calendars.grammar.repeats import recurring
from calendars.grammar.vague import STRONG, WEAK, vague
from calendars.grammar.windows import window
from calendars.grammar.wordings import wording
from calendars.periods import UNNAMED, DaysBefore, Recurring, Rule, Span, Vague, Window, Within
from calendars.sound_rules import RuleError

# A wording begins with one of these; whatever else names a date (a legal basis, an issue date) is no limit.
_OPENERS: Final = words(
    "chậm nhất", "muộn nhất", "không quá", "không được quá", "không chậm hơn", "không muộn hơn", "trong thời hạn",
    "trong vòng", "nội trong", "ít nhất", "tối thiểu", "tối đa", "không ít hơn", "không dưới", "dự kiến",
    "trong khoảng thời gian từ", "trong thời gian từ", "bắt đầu từ", "từ ngày", "từ tháng", "từ khi", "trong ngày",
    "trong tháng", "trong quý", "vào ngày", "vào lúc", "vào hồi", "vào tháng", "vào", "trước ngày", "trước khi", "trước",
    "trước tháng", "ngay sau khi", "ngay sau", "hết giờ làm việc", "đến hết ngày",
    "within", "no later than", "not later than", "at the latest", "at least",
)  # fmt: skip
_ORDER: Final = words("sau khi", "chậm nhất sau", "chậm nhất là sau")
_AFTER: Final = words("sau")
_SAME_DAY: Final = words("ngay sau khi", "ngay sau", "ngay khi")
_FROM_NOW: Final = words("từ nay", "kể từ nay", "từ giờ")
_BEGINNING: Final = words("bắt đầu từ", "bắt đầu thực hiện từ", "khởi động từ", "bắt đầu kể từ")
_ONWARD: Final = words("trở đi", "trở về sau")
_IN_FORCE: Final = words("hiệu lực", "áp dụng", "thi hành")
_SINCE: Final = words("từ", "kể từ", "tính")
_DUE: Final = words(
    "hạn cuối", "hạn cuối là", "hạn cuối cùng", "hạn cuối cùng là", "hạn chót", "hạn chót là", "hạn nộp", "hạn nộp là", "hạn gửi", "hạn gửi là",
    "hạn báo cáo", "hạn là", "hạn đến", "hạn đến hết", "hạn hoàn thành là",
)  # fmt: skip
_PART_OF_MONTH: Final = words(
    "đầu",
    "giữa",
    "cuối",
    "nửa đầu",
    "nửa cuối",
    "trong đầu",
    "vào đầu",
    "vào giữa",
    "vào cuối",
    "trong nửa đầu",
    "trong nửa cuối",
)
_LABEL: Final = words(
    "thời gian", "thời gian tổ chức", "thời gian thực hiện", "thời gian hoàn thành", "thời gian dự kiến", "thời hạn",
    "thời hạn hoàn thành", "hạn hoàn thành", "ngày tổ chức", "thời gian họp",
)  # fmt: skip
_PERIODIC: Final = words("định kỳ", "định kì", "mỗi", "hằng", "hàng", "theo từng", "ít nhất mỗi")
_LONGER: Final = words("kéo dài", "gia hạn", "thời hạn này", "được kéo dài")
_HEADS: Final = words("tổ chức", "khai mạc", "diễn ra", "họp", "bầu cử", "tiến hành")
_MEETINGS: Final = words(
    "hội nghị", "đối thoại", "buổi đối thoại", "cuộc đối thoại", "hội nghị đối thoại", "đại hội", "buổi tiếp xúc", "diễn đàn",
    "buổi gặp mặt", "chương trình đối thoại", "phiên đối thoại",
)  # fmt: skip
_CHANGING: Final = frozenset(
    map(fold, ("trước", "sau", "từ", "hết", "đến", "tới", "quá", "không", "chưa", "và", "hoặc", "-", "+", "not", "or"))
)
_UNDATED: Final = frozenset(("missing_year", "invalid_date", "monthly_day"))
_ENDS: Final = frozenset((".", ";", ":", "(", ")", "?", "!"))
_LOOK_BACK: Final = 24
_EVENT_BACK: Final = 14
_NEAR: Final = 4  # words
_SHORT: Final = 4  # words: "theo quy định" and a little, not half a sentence


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline wording in a text: raw[start:end], its cleaned text and what it means.

    `remarks`: what is amiss (a weekday or a number in words that does not agree; missing_year, invalid_date and
    monthly_day come with a `Vague` rule, since no date follows). `cap`: the longer total limit given in brackets behind it. `extends`:
    the wording is itself the cap of a limit named before ("có thể kéo dài nhưng không quá 15 ngày làm việc …").
    """

    start: int
    end: int
    text: str
    rule: Rule
    remarks: tuple[Remark, ...] = ()
    cap: Rule | None = None
    extends: bool = False


def scan(text: str, *, default_year: int | None = None) -> list[Found]:
    """The deadline wordings in a text, in order, none overlapping another; positions are in the raw text."""
    source = read(text)
    return list(_found(source, default_year))


def limit_within(text: str, *, default_year: int | None = None) -> Found | None:
    """The one limit that a sentence states, with the extension of it as its cap; None when there is any doubt.

    Doubtful is a sentence with several limits or with other numbers, or with a word that changes what the limit says
    right before it ("không", "trước", "từ …").
    """
    found = scan(text, default_year=default_year)
    limits, longer = ([each for each in found if each.extends is extends] for extends in (False, True))
    if len(limits) != 1 or len(longer) > 1:
        return None
    (only,) = limits
    if isinstance(only.rule, Vague) or only.remarks or not _plainly_led(text, [only, *longer]):
        return None
    total = longer[0].rule if longer else None
    return replace(only, cap=total) if isinstance(total, Within) else only


def _plainly_led(text: str, found: list[Found]) -> bool:
    """Whether the other words hold no number, and none of them right before the first changes its meaning."""
    tokens = read(text).tokens[:-1]
    others = [each for each in tokens if not any(part.start <= each.start < part.end for part in found)]
    before = [each.key for each in others if each.end <= found[0].start]
    return all(each.kind is not Kind.NUMBER for each in others) and (not before or before[-1] not in _CHANGING)


def _found(source: Source, default_year: int | None) -> Iterator[Found]:
    free = here = 0
    while here < len(source.tokens) - 1:
        at = Cursor(source, default_year=default_year, prose=True)
        at.pos = here
        found = _read_here(at, free)
        if found is None:
            here += 1
            continue
        yield found
        free = here = at.pos


def _read_here(at: Cursor, free: int) -> Found | None:
    """The wording that begins here, if one does; the cursor then stands behind it."""
    here = at.pos
    try:
        rule = _rule_here(at)
    except (WordingError, RuleError) as error:
        return _unfit(at, here, error)
    if rule is None:
        return None
    rule, here = _with_event_before(at, rule, here, free)
    return _told(at, here, rule, tuple(at.remarks))


def _unfit(at: Cursor, here: int, error: Exception) -> Found | None:
    """A limit whose date is wanting or does not exist: kept, undated."""
    if not isinstance(error, WordingError) or error.code not in _UNDATED:
        return None
    at.pos = max(at.pos, here + 1)
    text = at.source.between(here, at.pos)
    remark = Remark(error.code, error.position, at.tokens[at.pos - 1].end, error.message)
    return _told(at, here, Vague(text), (remark,))


def _told(at: Cursor, here: int, rule: Rule, remarks: tuple[Remark, ...]) -> Found:
    start, end = at.tokens[here].start, at.tokens[at.pos - 1].end
    return Found(
        start, end, at.source.between(here, at.pos), rule, remarks, cap_of(rule, at.longer), _extends(at, here)
    )


def _rule_here(at: Cursor) -> Rule | None:
    if at.token.kind is Kind.NUMBER:
        return _number_first(at)
    if at.token.key in NUMBER_KEYS and (found := recurring(at)) is not None:
        return found
    if at.sees(_LABEL):
        return _labelled(at)
    if at.sees(_SAME_DAY):
        return at_once(at)
    if at.sees(_AFTER) and not at.sees(_ORDER):
        return _so_long_after(at)
    if at.sees(_ORDER):
        return ordered_after(at, set()) if not at.reads("chậm") else wording(at)
    if at.sees(_PERIODIC) or at.reads("thứ"):
        return _periodic(at)
    if at.sees(STRONG) or at.sees(WEAK):
        return _vague_here(at)
    found = _everyday(at)
    return wording(at) if found is None and at.sees(_OPENERS) else found


def _everyday(at: Cursor) -> Rule | None:
    """Ways of naming a day that only some of their words tell from what limits nothing."""
    if at.sees(_BEGINNING) or at.reads("từ"):
        return _until_from_now(at) or _days_between(at) or _open_start(at)
    if at.sees(_DUE):
        return _due(at)
    if at.reads("đến", "tới"):
        return _until_day(at)
    if at.reads("trước"):
        return _so_long_before(at)
    return _part_of_month(at) if at.sees(_PART_OF_MONTH) else None


@grammar
def _until_from_now(at: Cursor) -> Rule | None:
    """Từ nay đến hết ngày 15/3/2026."""
    return by_or_on(at, set(), tentative=False) if at.take(_FROM_NOW) and at.sees(UNTIL) else None


@grammar
def _days_between(at: Cursor) -> Rule | None:
    """Từ 12/3 đến 15/3/2026."""
    found = window(at) if not at.sees(_BEGINNING) else None
    return found if isinstance(found, Window) and found.since < found.until else None


@grammar
def _open_start(at: Cursor) -> Rule | None:
    """Bắt đầu từ ngày 20/9/2026; từ ngày 20/9/2026 trở đi: no last day is told. From an hour on: on that day."""
    if _nearest(at, _IN_FORCE, at.pos, 0, _NEAR) is not None:
        return None
    begins = at.take(_BEGINNING)
    if not begins and not at.skip(fold("từ")):
        return None
    found = point(at)
    if found is None or not found.is_day or not (begins or at.take(_ONWARD) or at.done or at.reads(".", ";")):
        return None
    return Span(dated(at, found).first()) if found.clock is None else dated_rule(at, found, "on")


@grammar
def _due(at: Cursor) -> Rule | None:
    """Hạn cuối là 15/3/2026; hạn nộp: ngày 15/3/2026."""
    at.take(_DUE)
    at.skip(":")
    found = point(at)
    return None if found is None else dated_rule(at, found, "by")


@grammar
def _until_day(at: Cursor) -> Rule | None:
    """… đến ngày 15/3/2026, when no "từ" or "tính" says that a stretch of the past is told."""
    if not at.reads("ngày", "hết", ahead=1) or _nearest(at, _SINCE, at.pos, 0, _EVENT_BACK) is not None:
        return None
    return by_or_on(at, set(), tentative=False)


@grammar
def _so_long_before(at: Cursor) -> Rule | None:
    """Trước hội nghị 5 ngày."""
    at.pos += 1
    named = event(at) if at.sees(_MEETINGS) else None
    found = amount(at) if named is not None else None
    return DaysBefore(found.n, found.unit, named) if found is not None and named is not None else None


@grammar
def _part_of_month(at: Cursor) -> Rule | None:
    """Cuối tháng 3/2026."""
    at.take(_PART_OF_MONTH)
    found = point(at) if at.reads("tháng") else None
    return None if found is None or found.is_day else dated_rule(at, found, "on")


@grammar
def _number_first(at: Cursor) -> Rule | None:
    """10 ngày làm việc, kể từ ngày tiếp nhận; 06 tháng một lần."""
    if at.pos and at.reads("/", "-", "+", ".", ahead=-1) and at.adjacent():
        return None
    return recurring(at) or counted(at, set())


@grammar
def _so_long_after(at: Cursor) -> Rule | None:
    """Sau đối thoại 05 ngày: without the number it only says when."""
    found = ordered_after(at, set())
    return found if isinstance(found, Within) else None


@grammar
def _labelled(at: Cursor) -> Rule | None:
    """Thời gian: 8h00 ngày 25/7/2023."""
    at.take(_LABEL)
    if not at.skip(":"):
        return None
    found = point(at)
    return None if found is None else dated_rule(at, found, "on")


@grammar
def _periodic(at: Cursor) -> Rule | None:
    """A duty that comes back; "hằng năm" alone opens a sentence, elsewhere it describes a noun."""
    opens = at.pos == 0 or at.token.fresh or at.reads(".", ";", ":", "-", "+", ahead=-1)
    named = at.reads("định")
    after_number = at.pos > 0 and at.ahead(-1).kind is Kind.NUMBER  # "ngày 15 hằng tháng"
    found = recurring(at)
    if found is None or after_number:
        return None
    told_how_often = named or at.reads("lần", "tháng", ahead=-1)
    listed = not isinstance(found, Recurring)
    return found if told_how_often or listed or (opens and at.reads(",")) else None


@grammar
def _vague_here(at: Cursor) -> Rule | None:
    """Vague words; the weaker of them only where the clause ends behind them."""
    strong = at.sees(STRONG)
    found = vague(at)
    if strong or found is None:
        return found
    ends = at.done or at.token.key in (".", ";") or at.token.fresh
    return found if ends and len(found.text.split()) <= _SHORT else None


# ── what stands before ────────────────────────────────────────────────────────────────────────────────────────


def _with_event_before(at: Cursor, rule: Rule, here: int, free: int) -> tuple[Rule, int]:
    """«… tổ chức hội nghị đối thoại trước 7 ngày»: the event stands before the number."""
    if not isinstance(rule, DaysBefore) or rule.event != UNNAMED:
        return rule, here
    head = _nearest(at, _HEADS, here, free, _EVENT_BACK) or _meeting_before(at, here, free)
    if head is None:
        return rule, here
    return DaysBefore(rule.n, rule.unit, at.source.between(head, here)), head


def _meeting_before(at: Cursor, here: int, free: int) -> int | None:
    """Where the meeting's name begins that stands right before the limit: "… về buổi đối thoại trước 10 ngày"."""
    for back in range(max(free, here - _NEAR), here):
        found = _MEETINGS.match(at.tokens, back)
        if found is not None and back + found[0] == here:
            return back
    return None


def _nearest(at: Cursor, phrases: Phrases[bool], here: int, free: int, most: int) -> int | None:
    """Where the nearest of the phrases begins before `here`, in the same clause and after `free`."""
    for back in range(here - 1, max(free, here - most) - 1, -1):
        if at.tokens[back].key in _ENDS:
            return None
        if phrases.match(at.tokens, back):
            return back
    return None


def _extends(at: Cursor, here: int) -> bool:
    """Whether the wording is the cap of an extension: "… có thể kéo dài nhưng không quá …"."""
    return _nearest(at, _LONGER, here, 0, _LOOK_BACK) is not None
