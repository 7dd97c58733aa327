"""Limits counted from an event, forward or back, and orders without a number."""

from __future__ import annotations

from calendars.grammar.amounts import Amount, amount
from calendars.grammar.cursor import Cursor, grammar
from calendars.grammar.events import AFTER, BEFORE, MARKER, event, event_after
from calendars.grammar.phrases import ALSO_FROM, AT_ONCE, FOR_SOME, LATEST, OR, VERB_AT_ONCE, Latest
from calendars.periods import UNNAMED, After, BeforeEvent, DaysBefore, FirstOf, Rule, SameDay, Within


@grammar
def counted(at: Cursor, markers: set[Latest]) -> Rule | None:
    """10 ngày làm việc sau E; sau 10 ngày kể từ E; 10 ngày trước E; 10 ngày."""
    behind = at.take(AFTER)
    found = amount(at)
    if found is None:
        return None
    at.longer = _longer_in_brackets(at)
    if not behind and at.sees(BEFORE):
        back = _back_to(at, found)
        if back is not None:
            return back
    floor = "floor" in markers
    named = event_after(at)
    if named is None:
        return None if at.prose and "firm" not in markers else Within(found.n, found.unit, UNNAMED, floor)
    at.longer = at.longer or _longer_in_brackets(at)
    return _alternatives(at, found, named, floor=floor)


@grammar
def _longer_in_brackets(at: Cursor) -> tuple[int, str] | None:
    """07 ngày làm việc (15 ngày làm việc đối với việc phức tạp): the longer limit for some cases."""
    found = amount(at) if at.skip("(") else None
    if found is None or not at.take(FOR_SOME):
        return None
    while not at.done and at.token.key != ")":
        at.pos += 1
    return (found.n, found.unit.value) if at.skip(")") else None


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
    return event(at) if at.take(OR) and at.take(ALSO_FROM) else None


@grammar
def counted_back(at: Cursor) -> Rule | None:
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
def at_once(at: Cursor) -> Rule | None:
    """ngay sau khi E; báo cáo ngay."""
    if at.take(AT_ONCE):
        named = event(at)
        if named is not None:
            return SameDay(named)
        at.pos -= 1
        if not at.sees(VERB_AT_ONCE):
            return None
        at.pos += 1
        return SameDay(UNNAMED)
    return SameDay(UNNAMED) if at.take(VERB_AT_ONCE) else None


@grammar
def ordered_before(at: Cursor) -> Rule | None:
    """trước khi E; with a number behind it, so many before: trước ngày bầu cử 10 ngày."""
    if not at.take(BEFORE) or (at.prose and not at.sees(MARKER)):
        return None
    named = event(at)
    if named is None:
        return None
    found = _least(at) or amount(at)
    return BeforeEvent(named) if found is None else DaysBefore(found.n, found.unit, named)


@grammar
def _least(at: Cursor) -> Amount | None:
    """trước ngày hội nghị ít nhất 5 ngày."""
    return amount(at) if at.take(LATEST) else None


@grammar
def ordered_after(at: Cursor, markers: set[Latest]) -> Rule | None:
    """sau khi E; with a number behind it, so many after: sau khi tổ chức xong hội nghị 10 ngày."""
    told_after = at.reads("sau", "after")
    named = event_after(at)
    if named is None:
        return None
    found = amount(at)
    if found is None and at.prose and not told_after:
        return None
    return After(named) if found is None else Within(found.n, found.unit, named, "floor" in markers)
