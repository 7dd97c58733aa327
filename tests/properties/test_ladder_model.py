"""Every order of what can happen to one step, up to six things: the ladder never lies about it.

The model knows nothing of the engine: it says which rungs may be reached, given what happened before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from calendars.rules import Unit, Within
from tests.builders import DIALOGUE, after, at, events, office_terms, started
from workflow.domain.commands import Acknowledge, Command, CompleteStep, ExtendStep, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.errors import DoithoaiError
from workflow.domain.events import DeadlineSet, RungReached
from workflow.domain.ladder import Audience, Base, Rung
from workflow.domain.verdict import Standing
from workflow.domain.wake import next_wake_at

LONGEST = 6
WARN, BREACH, AGAIN = "warn", "breach", "again"
LADDER = (
    Rung(WARN, Base.BEFORE_DUE, 1, (Audience.OWNER,)),
    Rung(BREACH, Base.AFTER_DUE, 0, (Audience.OWNER,)),
    Rung(AGAIN, Base.AFTER_DUE, 2, (Audience.OWNER,), repeat_every=1),
)
TERMS = office_terms(LADDER)
STEP = "collect"
DUE = {1: date(2026, 4, 13), 2: date(2026, 4, 20)}  # 5 and 10 working days after Monday 6 April 2026
PLAN = replace(
    DIALOGUE,
    steps=tuple(
        replace(s, due=Within(5, Unit.WORKING_DAY, "start"), extend=Within(10, Unit.WORKING_DAY, "start"))
        for s in DIALOGUE.steps
        if s.key == STEP
    ),
)
START = started(PLAN, terms=TERMS)
ACTS = ("to the warning", "past the breach", "acknowledge", "complete", "extend")


@dataclass
class Model:
    """What is known of the step without the engine: its limit, whether it was seen, whether it is done."""

    now: datetime
    revision: int = 1
    seen: set[int] = field(default_factory=set)
    done: bool = False

    @property
    def due_on(self) -> date:
        """The limit in force."""
        return DUE[self.revision]

    @property
    def breached(self) -> bool:
        """Whether the limit has passed."""
        return self.now >= at((self.due_on + timedelta(days=1)).isoformat(), "00:00")

    def target(self, act: str) -> datetime:
        """Where the clock is let go: noon of the day of the warning, or three working mornings past the limit."""
        days = -1 if act == ACTS[0] else 4
        day = TERMS.calendar.add(self.due_on, days)
        return max(self.now + timedelta(minutes=1), at(day.isoformat(), "12:00"))

    def may(self, act: str) -> bool:
        """Whether the engine must accept the act."""
        if act == ACTS[4]:
            return not self.done and self.revision == 1 and not self.breached
        return not self.done or act in ACTS[:2]


def words() -> Iterator[tuple[str, ...]]:
    """Every order of acts that is as long as it may be; the shorter ones are their beginnings."""

    def grow(word: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if len(word) == LONGEST:
            yield word
        else:
            for act in ACTS:
                yield from grow((*word, act))

    return grow(())


COMMANDS: dict[str, Command] = {
    ACTS[2]: Acknowledge(STEP),
    ACTS[3]: CompleteStep(STEP),
    ACTS[4]: ExtendStep(STEP, "phức tạp", "nhiều cơ quan", "Chủ tịch"),
}


def take(act: str, cycle: Cycle, model: Model) -> Cycle:
    """One act on both, with what must hold of it."""
    if act in ACTS[:2]:
        return go_on(act, cycle, model)
    model.now += timedelta(minutes=1)
    if not model.may(act):
        with pytest.raises(DoithoaiError):
            events(cycle, COMMANDS[act], model.now, TERMS)
        return cycle
    found = events(cycle, COMMANDS[act], model.now, TERMS)
    assert not [e for e in found if isinstance(e, RungReached)], "only the clock reaches rungs"
    if act == ACTS[2]:
        model.seen.add(model.revision)
    model.done = model.done or act == ACTS[3]
    if act == ACTS[4]:
        model.revision = 2
        assert [e.due_on for e in found if isinstance(e, DeadlineSet)] == [DUE[2]]
    return after(cycle, COMMANDS[act], model.now, TERMS)


def go_on(act: str, cycle: Cycle, model: Model) -> Cycle:
    until = model.target(act)
    found = events(cycle, Sweep(until), until, TERMS)
    names = [(e.revision, e.rung) for e in found if isinstance(e, RungReached)]
    model.now = until
    assert len(set(names)) == len(names)
    assert not cycle.steps[STEP].reached & set(names), "no rung twice"
    assert not (model.done and names), "nothing for what is done"
    assert all(revision == model.revision for revision, _ in names), "nothing for a limit that is gone"
    if model.seen >= {model.revision}:
        assert not [name for _, name in names if name.startswith(AGAIN) and name != f"{AGAIN}#0"], (
            "no repeats once seen"
        )
    assert model.breached or not [name for _, name in names if name != WARN], "no breach before the limit has passed"
    cycle = after(cycle, Sweep(until), until, TERMS)
    if not model.done and model.breached:
        first = {(model.revision, name) for name in (BREACH, f"{AGAIN}#0")}
        assert first <= cycle.steps[STEP].reached, "seen or not, the next rung comes"
    return cycle


def check(cycle: Cycle, model: Model) -> None:
    """What holds after every act."""
    step = cycle.steps[STEP]
    standing = step.standing(model.now)
    assert step.ended is model.done
    assert (standing is Standing.RUNNING_OVERDUE) is (not model.done and model.breached)
    wake_at = next_wake_at(cycle, step, TERMS)
    assert (wake_at is None) is (model.done or (model.revision in model.seen and _all_reached(step.reached, model)))


def _all_reached(reached: frozenset[tuple[int, str]], model: Model) -> bool:
    """Whether nothing but repeats is left of the present limit."""
    return {(model.revision, BREACH), (model.revision, f"{AGAIN}#0")} <= reached


@cache
def lived(word: tuple[str, ...]) -> tuple[Cycle, Model]:
    """Both after a word; each beginning is lived once."""
    if not word:
        return START, Model(at("2026-04-06", "10:00"))
    cycle, before = lived(word[:-1])
    model = replace(before, seen=set(before.seen))
    cycle = take(word[-1], cycle, model)
    check(cycle, model)
    return cycle, model


def test_in_every_order_of_six_things_the_ladder_tells_what_is_so() -> None:
    ends = {lived(word)[1].done for word in words()}
    assert ends == {True, False}
