"""Whole lives of a plan: whatever people do in whatever order, and however often the clock is swept in between.

What is refused changes nothing and is passed over, so any list of commands is a life.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import FULL, after, answered, at, concluded, held, office_terms, raised, started
from workflow.domain import commands as c
from workflow.domain.cycle import Cycle, PlanStatus, StepStatus
from workflow.domain.definition import ForEach, PlanDefinition
from workflow.domain.due import deadlines
from workflow.domain.errors import DoithoaiError
from workflow.domain.petition import Authority
from workflow.domain.wake import next_wake_at
from workflow.domain.zone import day_of

TERMS = office_terms()
LONG_AGO = at("2026-01-01")
PLAN: PlanDefinition = replace(
    FULL,
    steps=tuple(
        replace(step, for_each=ForEach.UNIT, coordinating=("Tổ 1", "Tổ 2")) if step.key == "answers" else step
        for step in FULL.steps
    ),
)
TWO = (raised(), raised("Thiếu nước sạch", lead=None))
STARTS: tuple[tuple[Cycle, datetime], ...] = (
    (started(PLAN, terms=TERMS), at("2026-04-06", "10:00")),
    (after(started(PLAN, terms=TERMS), c.CompleteStep("collect"), at("2026-04-20"), TERMS), at("2026-04-20", "10:00")),
    (held(FULL, *TWO), at("2026-05-15", "15:00")),
    (concluded(*TWO), at("2026-05-20", "16:00")),
    (after(concluded(*TWO), c.StopClock("petitions.p1", "chờ"), at("2026-05-21"), TERMS), at("2026-05-21", "10:00")),
)
"""A plan at its start, with its answers shared, with its meeting held, with its conclusion issued, with a clock stopped;
and since when."""

KEYS = (*(step.key for step in PLAN.steps), "answers.to-1", "answers.cac-phong-ban", "petitions.p1", "petitions.p2")
CLOCKED = ("conclusion", "petitions.p1", "petitions.p2")

keys, clocked = st.sampled_from(KEYS), st.sampled_from(CLOCKED)
petitions = st.sampled_from(("p1", "p2", "p3"))
Life = tuple[int, list[tuple[datetime, c.Command]]]


Doing = Callable[[date], c.Command]
"""What somebody does, given the day on which it is recorded."""


def on_its_day(make: Callable[..., c.Command], *drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[Doing]:
    """A command made of the day of its recording and of what is drawn."""
    return st.tuples(*drawn).map(lambda values: lambda day: make(day, *values))


def before(day: date, days: int | None) -> date | None:
    """So many days before a day; None for none."""
    return None if days is None else day - timedelta(days=days)


ago = st.none() | st.integers(0, 6)
ahead = st.integers(0, 40).map(lambda days: timedelta(days=days))
leads = st.sampled_from((None, "Công an xã"))

doings = st.one_of(
    on_its_day(lambda day, key, days: c.CompleteStep(key, before(day, days), document_number="1/VB"), keys, ago),
    on_its_day(lambda day, key: c.CompleteStep(key, day), keys),
    on_its_day(lambda day, later: c.SetMeeting(day + later), ahead),
    on_its_day(lambda day, known: c.PostponeMeeting("bão", (day.year, day.month) if known else None), st.booleans()),
    on_its_day(lambda day, key, days: c.CorrectCompletion(key, "nhầm", before(day, days)), keys, ago),
    on_its_day(lambda _, key: c.SkipStep(key, "không áp dụng"), keys),
    on_its_day(lambda _, key: c.ReopenStep(key, "làm lại"), keys),
    on_its_day(lambda _, key: c.HandOver(key, "Đoàn xã", "đổi"), keys),
    on_its_day(lambda _: c.FanOut("answers", ("Tổ 1", "Tổ 9"))),
    on_its_day(lambda _: c.ExtendStep("conclusion", "phức tạp", "nhiều việc", "Chủ tịch")),
    on_its_day(lambda day, key, days: c.StopClock(key, "chờ", before(day, days)), clocked, ago),
    on_its_day(lambda _, key: c.RestartClock(key), clocked),
    on_its_day(lambda _, key: c.Acknowledge(key), keys),
    on_its_day(lambda day, key, later: c.Snooze(key, day + later), keys, ahead),
    on_its_day(lambda day, days: raised(on=(before(day, days) or day).isoformat()), ago),
    on_its_day(lambda _, one, other: c.MergePetition(one, other), petitions, petitions),
    on_its_day(lambda day, petition: answered(petition, day.isoformat()), petitions),
    on_its_day(lambda _, petition: c.TransferPetition(petition, Authority.CITY, "Sở Xây dựng", "vượt"), petitions),
    on_its_day(lambda _, petition, lead: c.ClassifyPetition(petition, None, None, lead), petitions, leads),
)


def _recorded(start: int, acts: list[tuple[int, Doing]]) -> Life:
    now, life = STARTS[start][1], []
    for minutes, doing in acts:
        now += timedelta(minutes=minutes)
        life.append((now, doing(day_of(now))))
    return start, life


lives = st.builds(
    _recorded,
    st.integers(0, len(STARTS) - 1),
    st.lists(st.tuples(st.integers(1, 6000), doings), max_size=12),
)
"""Where a life begins, and commands with the instants at which they are recorded."""


def live(life: Life, sweeps: list[int]) -> Cycle:
    """The plan after its life, swept so many minutes after its beginning as well."""
    cycle, since = STARTS[life[0]]
    swept = [since + timedelta(minutes=each, seconds=30) for each in sweeps]
    acts = [*life[1], *((until, c.Sweep(until)) for until in swept)]
    for when, command in sorted(acts, key=lambda act: act[0]):
        try:
            cycle = after(cycle, command, when, TERMS)
        except DoithoaiError:
            continue
    return cycle


@given(lives)
def test_the_state_hangs_together_and_every_limit_can_be_computed_again(life: Life) -> None:
    cycle = live(life, [])
    assert [step.key for step in cycle.plan.steps] == list(cycle.steps)
    assert all(cycle.plan.by_key[key] == step.definition for key, step in cycle.steps.items())
    unfinished = {key: step for key, step in cycle.steps.items() if not step.ended}
    assert (cycle.status is PlanStatus.RUNNING) is bool(unfinished)
    fresh = deadlines(cycle.plan, cycle.facts, TERMS.calendar)
    for key, step in unfinished.items():
        limit, expected = step.deadline, fresh[key]
        assert (limit and (limit.due_at, limit.projected)) == (expected and (expected.due_at, expected.projected))


@given(lives)
def test_a_split_step_is_open_just_as_long_as_one_of_its_parts_is_unfinished(
    life: Life,
) -> None:
    cycle = live(life, [])
    for key in cycle.fanned:
        whole, parts = cycle.steps[key], cycle.parts_of(key)
        if whole.status is not StepStatus.WAITING:
            assert whole.ended is all(part.ended for part in parts)
    for petition in cycle.petitions.values():
        owing = [part for part in cycle.parts_for(petition.petition_id) if not part.ended]
        assert petition.is_open or not owing
        for key in [key for key, s in cycle.steps.items() if s.definition.for_each is ForEach.OPEN_PETITION]:
            if cycle.steps[key].status is StepStatus.OPEN and petition.is_open:
                assert f"{key}.{petition.petition_id}" in cycle.steps


@given(lives, st.lists(st.integers(0, 60 * 24 * 60), max_size=6))
def test_sweeping_in_between_reaches_rungs_and_changes_nothing_else(life: Life, minutes: list[int]) -> None:
    swept = live(life, minutes)
    plain = live(life, [])
    assert essence(swept) == essence(plain)


def essence(cycle: Cycle) -> object:
    """The state but for the rungs and for when the system learned what the clock did."""
    steps = {
        key: replace(step, reached=frozenset(), open_known_at=None, deadline=step.deadline and replace(
            step.deadline, known_at=LONG_AGO))
        for key, step in cycle.steps.items()
    }  # fmt: skip
    return replace(cycle, steps={}, version=0), steps


@given(lives)
def test_after_a_sweep_nothing_is_owed_before_it(life: Life) -> None:
    days = 120
    until = STARTS[life[0]][1] + timedelta(days=days)
    cycle = live(life, [days * 24 * 60])
    wakes = [next_wake_at(cycle, step, TERMS) for step in cycle.steps.values()]
    assert all(wake >= until for wake in wakes if wake is not None)
