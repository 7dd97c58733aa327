"""The event a period hangs on, and the words that lead to it (which never become part of its name)."""

from __future__ import annotations

from typing import Final

from calendars.grammar.amounts import NUMBER_KEYS, amount
from calendars.grammar.cursor import Cursor, Phrases, grammar, words
from calendars.grammar.dates import point
from calendars.grammar.lexer import Kind
from calendars.grammar.partial import dated

AFTER: Final = words(
    "kể từ", ", kể từ", "kể từ sau", "tính từ", ", tính từ", "từ", ", từ", "sau", ", sau", "của",
    "after", ", after", "from", ", from", "since", ", since", "of", "following", "counted from", ", counted from",
)  # fmt: skip
BEFORE: Final = words(
    "trước", ", trước", "before", ", before", "prior to", "ahead of",
    "so với", "tính đến",
)  # fmt: skip
MARKER: Final = words(
    "ngày", "khi", "lúc", "thời điểm", "ngày mà", "khi mà", "thời điểm mà", "the date of", "the day of",
)  # fmt: skip
_STOPS: Final = words(
    "thì", "nhưng", "nếu", "trường hợp", "ít nhất", "tối thiểu", "chậm nhất", "muộn nhất", "không quá", "trong thời hạn", "trong vòng",
    "whichever", "at the latest",
)  # fmt: skip
_BEHIND_AMOUNT: Final = words("thì", "nhưng", "nếu", "hoặc", "theo", "để", "or", "whichever")
_STOPS_IN_PROSE: Final = words(
    "đến", "tới", "để", "phải", "chủ động", "cần", "sẽ", "gửi về", "hoàn thành", "trước ngày",
)  # fmt: skip
_LEADING: Final = words(
    "trước", "sau", "từ", "kể từ", "hết", "đến", "đến hết", "tới", "lúc", "vào", "hồi", "trong", "quá", "khoảng",
    "before", "after", "from", "by", "until", "at", "on", "in",
)  # fmt: skip
_MARKS: Final = frozenset(',;:.()!?…«»“”"•·+|')
QUOTES: Final = {"«": "»", "“": "”", '"': '"'}
_ALTERNATIVE: Final = words("hoặc", "or")
_AND: Final = words("và", "and")
_MAY_END: Final = NUMBER_KEYS.union(
    *(phrases.first_keys for phrases in (_STOPS, _STOPS_IN_PROSE, _ALTERNATIVE, _AND, BEFORE))
)
_LONGEST_IN_PROSE: Final = 24  # words
_MOST_LEADING: Final = 4
OPENERS: Final[Phrases[bool]] = words(
    "kể từ", "trước ngày", "trước khi", "trước", "sau", "sau khi", "sau ngày", "chậm nhất", "muộn nhất", "không quá",
    "trong thời hạn", "trong vòng", "ít nhất", "tối thiểu", "ngày", "từ ngày", "tháng", "quý", "ngay", "định kỳ",
    "mỗi", "hằng", "hàng", "trong", "vào", "thứ", "chủ nhật", "«", "hết", "meeting", "dự kiến", "ngay sau",
    "after", "from", "before", "by", "on", "in", "within", "at least", "every", "immediately", "last", "first",
    "second", "third", "fourth", "tentatively",
)  # fmt: skip


@grammar
def quoted(at: Cursor) -> str | None:
    """Words in quotation marks, taken as they are: «trước khi họp»."""
    closing = QUOTES.get(at.token.key)
    if closing is None:
        return None
    at.pos += 1
    first = at.pos
    while not at.done and at.token.key != closing:
        at.pos += 1
    found = at.source.between(first, at.pos)
    return found if at.skip(closing) else None


@grammar
def event_after(at: Cursor) -> str | None:
    """The event after "kể từ", "sau", "sau khi" …"""
    if not at.take(AFTER):
        at.want("mốc tính, ví dụ «kể từ ngày kết thúc hội nghị»")
        return None
    at.take(AFTER)  # "kể từ sau khi"
    return event(at)


@grammar
def event(at: Cursor, until: Phrases[bool] | None = None) -> str | None:
    """An event's name: a step's key, a phrase as written, the ISO form of a date; leading "ngày", "khi" left out.

    A phrase also ends where one of the words in `until` stands.
    """
    stated = _date(at)
    if stated is not None:
        return stated
    at.take(MARKER)
    named = quoted(at)
    if named is not None:
        return named
    if not _opens_name(at):
        return None
    first = at.pos
    while not (_ends(at, first) or (until is not None and at.pos > first and at.sees(until))):
        at.pos += 1
    if at.pos == first:
        at.want("tên sự kiện làm mốc, ví dụ «hội nghị đối thoại»")
        return None
    return at.source.between(first, at.pos)


def _opens_name(at: Cursor) -> bool:
    """Whether a name may begin here: with no digit or sign, and with no word that leads to a day or a number."""
    if at.done:
        at.want("tên sự kiện làm mốc, ví dụ «hội nghị đối thoại»")
        return False
    if at.token.kind is Kind.WORD and not _leads_to_day(at):
        return True
    at.want("ngày tháng đủ cả năm, hoặc tên sự kiện bắt đầu bằng chữ")
    return False


def _leads_to_day(at: Cursor) -> bool:
    """Whether a day, a month or an hour stands here, with or without "trước", "hết", "lúc" … before it."""
    with at.peek():
        first = at.pos
        for _ in range(_MOST_LEADING):
            if not (at.take(_LEADING) or at.take(MARKER)):
                break
        return (at.pos > first and at.token.kind is Kind.NUMBER) or point(at) is not None


@grammar
def _date(at: Cursor) -> str | None:
    """A day that is itself the event ("kể từ ngày 24/4/2026")."""
    found = point(at)
    if found is None or not found.is_day:
        return None
    return dated(at, found).first().isoformat()


def _ends(at: Cursor, first: int) -> bool:
    token = at.token
    if token.kind is Kind.END or (at.prose and at.pos - first >= _LONGEST_IN_PROSE):
        return True
    if token.kind is Kind.WORD and token.key not in _MAY_END and not token.fresh:
        return False
    if at.prose and _ends_in_prose(at):
        return True
    if token.key in _MARKS:
        return not _inside_name(at)
    return at.sees(_STOPS) or _joins(at, first) or _amount_ends(at) or _counts_back(at)


def _ends_in_prose(at: Cursor) -> bool:
    return (at.token.fresh and _bullet(at)) or at.sees(_STOPS_IN_PROSE)


def _bullet(at: Cursor) -> bool:
    """Whether the line that begins here is a new item: "- …", "+ …", "1. …", "a) …"."""
    if at.token.key in ("-", "+", "•", "·"):
        return True
    return at.ahead().key in (".", ")") and at.adjacent(1)


def _inside_name(at: Cursor) -> bool:
    """A full stop within a name, as in "TP.Hải Dương"."""
    return at.token.key == "." and at.adjacent() and at.adjacent(1) and at.ahead().kind is Kind.WORD


def _joins(at: Cursor, first: int) -> bool:
    """Whether "hoặc" or "và" stands here and another wording follows it; no name begins with either."""
    found = _ALTERNATIVE.match(at.tokens, at.pos) or _AND.match(at.tokens, at.pos)
    return found is not None and (at.pos == first or opens_wording(at, found[0]))


def opens_wording(at: Cursor, ahead: int) -> bool:
    """Whether the words `ahead` tokens on begin a wording (told from its first words only)."""
    with at.peek(ahead):
        return at.token.key == "(" or at.sees(OPENERS) or amount(at) is not None


def _amount_ends(at: Cursor) -> bool:
    """Whether a number of units stands here and the wording ends behind it ("sau khi họp xong 10 ngày")."""
    with at.peek():
        return amount(at) is not None and (at.done or at.token.key in _MARKS or at.sees(_BEHIND_AMOUNT))


def _counts_back(at: Cursor) -> bool:
    """Whether "trước 7 ngày" stands here ("hội nghị đối thoại trước 7 ngày")."""
    with at.peek():
        return bool(at.take(BEFORE)) and amount(at) is not None
