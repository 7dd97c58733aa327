"""The sweep is a function of the plan and the instant: however it is cut, repeated or delayed, the end is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from calendars.rules import Window
from tests.builders import DIALOGUE, after, at, office_terms, started
from workflow.domain.commands import CompleteStep, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.events import Event

TERMS = office_terms()
LATER = Window(date(2026, 4, 20), date(2026, 4, 24))
PLAN = replace(DIALOGUE, steps=tuple(replace(s, due=LATER) if s.key == "announce" else s for s in DIALOGUE.steps))
START = started(PLAN, terms=TERMS)
SINCE = at("2026-04-06")
instants = st.integers(min_value=0, max_value=60 * 24 * 60).map(lambda minutes: SINCE + timedelta(minutes=minutes))


def log_of(cycle: Cycle, sweeps: list[datetime]) -> list[tuple[Event, datetime]]:
    """Events with the instants that the law counts, over a series of sweeps."""
    found = []
    for until in sweeps:
        happened = decide(Sweep(until), cycle, at=until, actor="sweep", terms=TERMS)
        found += [(each.event, each.happened_at) for each in happened]
        cycle = after(cycle, Sweep(until), until, TERMS)
    return found


@given(st.lists(instants, min_size=1, max_size=8), instants)
def test_a_sweep_cut_into_pieces_gives_the_events_of_the_whole(cuts: list[datetime], end: datetime) -> None:
    pieces = [*sorted(cut for cut in cuts if cut < end), end]
    assert log_of(START, pieces) == log_of(START, [end])


@given(instants)
def test_a_sweep_repeated_gives_nothing_more(end: datetime) -> None:
    assert log_of(START, [end, end])[len(log_of(START, [end])) :] == []


@given(instants, instants)
def test_a_sweep_with_an_older_instant_gives_nothing_more(first: datetime, second: datetime) -> None:
    late, early = max(first, second), min(first, second)
    assert log_of(START, [late, early]) == log_of(START, [late])


@given(instants, instants)
def test_no_rung_of_a_step_is_reached_after_it_is_done(done: datetime, end: datetime) -> None:
    done_at, until = min(done, end), max(done, end)
    cycle = after(START, CompleteStep("collect"), done_at, TERMS)
    after_it = [event for event, _ in log_of(cycle, [until])]
    assert not [event for event in after_it if getattr(event, "rung", None) and event.step == "collect"]  # type: ignore[union-attr]
