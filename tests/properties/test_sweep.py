"""The sweep is a function of the plan and the instant: however it is cut, repeated or delayed, the end is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from calendars.rules import Window
from tests.builders import DIALOGUE, after, at, office_terms, raised, started
from workflow.domain.commands import CompleteStep, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.decide import decide
from workflow.domain.definition import ForEach
from workflow.domain.events import Event
from workflow.domain.wake import next_wake_at

TERMS = office_terms()
LATER = Window(date(2026, 4, 20), date(2026, 4, 24))
PLAN = replace(DIALOGUE, steps=tuple(replace(s, due=LATER) if s.key == "announce" else s for s in DIALOGUE.steps))
SHARED = tuple(
    {
        "announce": replace(step, for_each=ForEach.UNIT, coordinating=("Tổ 1", "Tổ 2")),
        "answers": replace(step, due=LATER, for_each=ForEach.OPEN_PETITION, after=()),
        "petitions": replace(step, for_each=ForEach.OPEN_PETITION, after=("answers",)),
    }.get(step.key, step)
    for step in PLAN.steps
)
PARTED = started(replace(PLAN, steps=SHARED), terms=TERMS)
ASKED = after(after(PARTED, raised(), at("2026-04-06", "10:00"), TERMS), raised(), at("2026-04-06", "10:00"), TERMS)
STARTS = (started(PLAN, terms=TERMS), PARTED, ASKED)
"""A plan of single steps, and one whose steps the clock splits, or ends for want of petitions."""

starts = st.sampled_from(STARTS)
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


@given(starts, st.lists(instants, min_size=1, max_size=8), instants)
def test_a_sweep_cut_into_pieces_gives_the_events_of_the_whole(
    start: Cycle, cuts: list[datetime], end: datetime
) -> None:
    pieces = [*sorted(cut for cut in cuts if cut < end), end]
    assert log_of(start, pieces) == log_of(start, [end])


@given(starts, instants)
def test_a_sweep_repeated_gives_nothing_more(start: Cycle, end: datetime) -> None:
    assert log_of(start, [end, end])[len(log_of(start, [end])) :] == []


@given(starts, instants, instants)
def test_a_sweep_with_an_older_instant_gives_nothing_more(start: Cycle, first: datetime, second: datetime) -> None:
    late, early = max(first, second), min(first, second)
    assert log_of(start, [late, early]) == log_of(start, [late])


@given(starts, instants)
def test_the_clock_is_asked_for_everything_that_it_owes_and_for_nothing_before_its_time(
    start: Cycle, until: datetime
) -> None:
    cycle = after(start, Sweep(until), until, TERMS)
    wakes = [wake for step in cycle.steps.values() if (wake := next_wake_at(cycle, step, TERMS)) is not None]
    if wakes:
        first = min(wakes)
        assert first >= until
        assert log_of(cycle, [first]) == []
        assert log_of(cycle, [first + datetime.resolution]) != []
    else:
        assert log_of(cycle, [until + timedelta(days=400)]) == []


@given(instants, instants)
def test_no_rung_of_a_step_is_reached_after_it_is_done(done: datetime, end: datetime) -> None:
    done_at, until = min(done, end), max(done, end)
    cycle = after(STARTS[0], CompleteStep("collect"), done_at, TERMS)
    after_it = [event for event, _ in log_of(cycle, [until])]
    assert not [event for event in after_it if getattr(event, "rung", None) and event.step == "collect"]  # type: ignore[union-attr]
