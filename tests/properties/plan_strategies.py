"""Any plan that a plan file can hold, for Hypothesis."""

from __future__ import annotations

import unicodedata
from datetime import time
from fractions import Fraction

from hypothesis import strategies as st

from calendars.due_date import alternatives_of
from calendars.layers import CALENDARS
from calendars.rules import (
    MEETING,
    UNNAMED,
    After,
    BeforeEvent,
    DaysBefore,
    FirstOf,
    LastOf,
    Readings,
    Recurring,
    Rule,
    SameDay,
    Unit,
    Vague,
    Within,
)
from tests.properties.rule_strategies import dated_rules, eventless_rules, vague_words
from workflow.domain.definition import Evidence, ForEach, Meeting, PlanDefinition, PlanKind, StepDefinition, StepKind


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _stays(text: str) -> bool:
    return bool(text) and _clean(text) == text


wild = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
awkward = st.sampled_from(
    ["on", "null", "~", "yes", "08:00", "2026-05-15", "a: b", "- a", "#x", "a #b", "*a", "&a", "!x", "'", '"', "[a, b]",
     "{", "%", "@", "`", "|", ">", "?", ":", "---", "…", "Thu, phân loại", "UBND xã: «A»"]
)  # fmt: skip
texts = (wild | awkward).map(_clean).filter(_stays)
lists_of_texts = st.lists(texts, max_size=3).map(tuple)
days = st.dates()
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
numbers = st.integers(1, 400)
shares = st.fractions(0, 1, max_denominator=999_999).filter(lambda share: 0 < share < 1)
templates = st.from_regex(r"[a-z][a-z0-9-]{0,10}@[1-9][0-9]{0,3}", fullmatch=True)
meetings = st.one_of(
    st.builds(Meeting, on=days, at=st.none() | clocks, place=st.none() | texts),
    st.builds(Meeting, month=st.tuples(st.integers(1, 9999), st.integers(1, 12)), place=st.none() | texts),
    st.builds(Meeting, place=st.none() | texts),
)
readings = st.builds(
    Readings,
    before_date=st.sampled_from(alternatives_of("before_date")),
    fixed_date_on_rest_day=st.sampled_from(alternatives_of("fixed_date_on_rest_day")),
    period_on_worked_saturday=st.sampled_from(alternatives_of("period_on_worked_saturday")),
    office_closes=clocks,
)


def _rules(events: list[str]) -> st.SearchStrategy[Rule]:
    event = st.sampled_from(events)
    units = st.sampled_from(Unit)
    counted = st.one_of(
        st.builds(Within, numbers, units, event | st.just(UNNAMED), st.booleans()),
        st.builds(DaysBefore, numbers, units, event),
        st.builds(Recurring, numbers, units, event),
        st.builds(SameDay, event),
        st.builds(After, event),
        st.builds(BeforeEvent, event),
        st.builds(Vague, vague_words),
    )
    one: st.SearchStrategy[Rule] = eventless_rules | counted
    several = st.lists(one, min_size=2, max_size=3).map(tuple)
    return one | st.builds(FirstOf, several) | st.builds(LastOf, several)


@st.composite
def _steps(draw: st.DrawFn) -> tuple[StepDefinition, ...]:
    """Steps that wait for, and count from, earlier steps only; meetings have limits of their own."""
    keys = draw(st.lists(st.from_regex(r"s[a-z0-9_]{0,12}", fullmatch=True), min_size=1, max_size=5, unique=True))
    steps = []
    for place, key in enumerate(key for key in keys if key != "start"):
        kind = draw(st.sampled_from(StepKind))
        events = [*keys[:place], MEETING, "start"]
        limit: st.SearchStrategy[Rule | None] = dated_rules if kind is StepKind.HOLD_MEETING else _rules(events)
        due = draw(st.none() | limit)
        longer = Within(due.n + 5, due.unit, due.event) if isinstance(due, Within) and draw(st.booleans()) else None
        steps.append(draw(_step(key, kind, due, longer, [each for each in keys[:place] if each != "start"])))
    return tuple(steps)


def _step(
    key: str, kind: StepKind, due: Rule | None, extend: Rule | None, earlier: list[str]
) -> st.SearchStrategy[StepDefinition]:
    after = st.lists(st.sampled_from(earlier), unique=True, max_size=3) if earlier else st.just([])
    return st.builds(
        StepDefinition,
        key=st.just(key),
        kind=st.just(kind),
        name=texts,
        owner=st.none() | texts,
        after=after.map(tuple),
        due=st.just(due),
        extend=st.just(extend),
        extend_reasons=st.just(()) if extend is None else st.lists(texts, max_size=3, unique=True).map(tuple),
        quorum=st.none() | shares | st.just(Fraction(1)),
        majority=st.none() | shares,
        for_each=st.none() | st.sampled_from(ForEach),
        evidence=st.lists(st.sampled_from(Evidence), unique=True, max_size=2).map(tuple),
        in_meeting=st.booleans(),
        coordinating=lists_of_texts,
        recipient=st.none() | texts,
    )


plans = st.builds(
    PlanDefinition,
    title=texts,
    kind=st.sampled_from(PlanKind),
    organization=texts,
    steps=_steps().filter(bool),
    calendar=st.sampled_from(sorted(CALENDARS)),
    meeting=meetings,
    readings=readings,
    document_number=st.none() | texts,
    issued_on=st.none() | days,
    template=st.none() | templates,
)
