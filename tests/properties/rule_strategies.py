"""Every rule that can be built, for Hypothesis: hostile names of events included."""

from __future__ import annotations

from datetime import date, time

from hypothesis import strategies as st

from calendars.grammar.lexer import clean
from calendars.rules import (
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
    MonthlyWeekday,
    On,
    Quarter,
    Recurring,
    Rule,
    SameDay,
    Span,
    Unit,
    Vague,
    Window,
    Within,
    Yearly,
)

QUOTES = '«»“”"'
GRAMMAR_WORDS = (
    "trước", "sau", "khi", "ngày", "và", "hoặc", "kể từ", "đến", "10 ngày", "05", "(", ")", ",", ".", "tùy", "nào",
    "đến trước", "một lần", "hằng năm", "meeting", "hội nghị", "kết thúc", "before", "after", "or", "from", "to", "TP.",
    "24/4/2026", "24/4", "theo quy định", "chậm nhất", "trong tháng 5", "quý IV", "ngay", "-", "/", "dự kiến", "8h00",
)  # fmt: skip

days = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))
years = st.integers(1, 9999)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
numbers = st.integers(1, 9999)
units = st.sampled_from(Unit)


def written(text: str) -> bool:
    """Whether the text is as a reader leaves it: cleaned, and free of quotation marks."""
    return text == clean(text) and not set(text) & set(QUOTES)


keys = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
phrases = st.text(max_size=30).map(clean).filter(written)
hostile = st.lists(st.sampled_from(GRAMMAR_WORDS), min_size=1, max_size=5).map(" ".join)
events = st.one_of(
    st.sampled_from([MEETING, UNNAMED, "hold_meeting", "hội nghị đối thoại", "kết thúc hội nghị"]),
    keys,
    phrases,
    hostile,
    days.map(date.isoformat),
)
vague_words = st.one_of(st.sampled_from(["theo quy định", "kịp thời", "tại kỳ họp gần nhất"]), phrases, hostile)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    since, until = sorted((draw(days), draw(days)))
    opens, closes = draw(st.none() | clocks), draw(st.none() | clocks)
    if since == until and closes is not None:
        opens, closes = (None, closes) if opens is None else (min(opens, closes), max(opens, closes))
        closes = None if (opens or time()) == closes else closes
    return Window(since, until, closes, opens)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    if draw(st.booleans()):
        return Span(draw(events), draw(days | events))
    return Span(draw(days), draw(st.none() | events))


@st.composite
def yearly(draw: st.DrawFn) -> Yearly:
    day = draw(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
    return Yearly(day.month, day.day, draw(st.booleans()))


bys = st.builds(By, days, st.none() | clocks) | st.builds(By, days, closing=st.just(value=True))
dated_rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Before, days),
    bys,
    st.builds(On, days, st.none() | clocks, st.booleans()),
    windows(),
    st.builds(Month, years, st.integers(1, 12), st.booleans()),
    st.builds(Quarter, years, st.integers(1, 4)),
)
repeating_rules: st.SearchStrategy[Rule] = st.one_of(
    yearly(),
    st.builds(Recurring, numbers, units),
    st.builds(MonthlyWeekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1])),
)
event_rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Within, numbers, units, events, st.booleans()),
    st.builds(DaysBefore, numbers, units, events),
    st.builds(Recurring, numbers, units, events),
    spans(),
    st.builds(SameDay, events),
    st.builds(After, events),
    st.builds(BeforeEvent, events),
    st.builds(Vague, vague_words),
)
single_rules = dated_rules | repeating_rules | event_rules


def _several(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(FirstOf, some) | st.builds(LastOf, some)


rules: st.SearchStrategy[Rule] = st.recursive(single_rules, _several, max_leaves=4)
eventless_rules = dated_rules | repeating_rules
