"""A clock that stands still: no limit meanwhile, and afterwards one that is later by exactly the days stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.rules import Rule, Unit, Within
from tests.builders import DIALOGUE, FULL, after, at, concluded, events, held, office_terms, raised, started
from workflow.domain import clock_errors, errors
from workflow.domain.commands import Command, CompleteStep, ReopenStep, RestartClock, StopClock, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.due import deadlines
from workflow.domain.events import RungReached
from workflow.domain.stops import DAY_STOPPED
from workflow.domain.verdict import Standing
from workflow.domain.wake import next_wake_at

STOPPED = StopClock("conclusion", "chờ ý kiến cấp trên")


def due_on(cycle: Cycle, key: str = "conclusion") -> date | None:
    limit = cycle.steps[key].deadline
    return limit.due_on if limit is not None else None


def with_limit(rule: Rule) -> Cycle:
    """The plan after its meeting, its conclusion owed under another rule."""
    return held(replace(FULL, steps=tuple(replace(s, due=rule) if s.key == "conclusion" else s for s in FULL.steps)))


def stopped(cycle: Cycle, since: str, until: str) -> Cycle:
    """Stopped and set going again, each recorded on its day."""
    return after(after(cycle, STOPPED, at(since)), RestartClock("conclusion"), at(until))


def test_a_stopped_clock_has_no_limit_and_owes_nothing() -> None:
    cycle = after(held(), STOPPED, at("2026-05-20"))
    assert due_on(cycle) is None
    assert cycle.steps["conclusion"].standing(at("2026-09-01")) is Standing.RUNNING_IN_TIME
    assert next_wake_at(cycle, cycle.steps["conclusion"], office_terms()) is None
    found = events(cycle, Sweep(at("2026-07-01")), at("2026-07-01"))
    assert not [e for e in found if isinstance(e, RungReached) and e.step == "conclusion"]


@pytest.mark.parametrize(
    ("rule", "since", "until", "due"),
    [
        # 10 working days after Friday 15 May end on 29 May; 20 and 21 May stopped
        (Within(10, Unit.WORKING_DAY, "meeting_day"), "2026-05-20", "2026-05-22", date(2026, 6, 2)),
        # 14 days end on Friday 29 May; Wednesday to Sunday stopped: 3 June
        (Within(14, Unit.DAY, "meeting_day"), "2026-05-20", "2026-05-25", date(2026, 6, 3)),
        # a month ends on 15 June; five days stopped: 20 June, a Saturday, so Monday 22 June
        (Within(1, Unit.MONTH, "meeting_day"), "2026-05-20", "2026-05-25", date(2026, 6, 22)),
        # a weekend stopped takes no working day away
        (Within(10, Unit.WORKING_DAY, "meeting_day"), "2026-05-23", "2026-05-25", date(2026, 5, 29)),
        # stopped and set going on the same day
        (Within(10, Unit.WORKING_DAY, "meeting_day"), "2026-05-20", "2026-05-20", date(2026, 5, 29)),
        # the day of the event is no part of the period
        (Within(14, Unit.DAY, "meeting_day"), "2026-05-15", "2026-05-18", date(2026, 6, 1)),
    ],
)
def test_the_days_stopped_are_added_to_the_limit(rule: Rule, since: str, until: str, due: date) -> None:
    assert due_on(stopped(with_limit(rule), f"{since}", until)) == due


def test_over_tet_only_its_working_days_are_added() -> None:
    plan = replace(DIALOGUE, steps=tuple(
        replace(step, due=Within(10, Unit.WORKING_DAY, "start"), after=()) for step in DIALOGUE.steps[:1]
    ))  # fmt: skip
    cycle = started(plan, "2026-02-02")
    assert due_on(cycle, "collect") == date(2026, 2, 23)  # Tết from 14 to 22 February
    cycle = after(cycle, StopClock("collect", "chờ"), at("2026-02-11"))
    cycle = after(cycle, RestartClock("collect"), at("2026-02-25"))
    assert due_on(cycle, "collect") == date(2026, 3, 2)  # 11, 12, 13, 23 and 24 February stopped


def test_two_stops_add_up() -> None:
    cycle = stopped(stopped(held(), "2026-05-20", "2026-05-21"), "2026-05-25", "2026-05-26")
    assert due_on(cycle) == date(2026, 6, 2)


def test_the_account_tells_the_days_stopped() -> None:
    cycle = stopped(held(), "2026-05-20", "2026-05-22")
    limit = deadlines(cycle.plan, cycle.facts, office_terms().calendar)["conclusion"]
    assert limit is not None
    assert [day.day.day for day in limit.trace if day.reason == DAY_STOPPED] == [20, 21]
    assert [day.ordinal for day in limit.trace if day.counts] == list(range(1, 11))


def test_what_ends_while_its_clock_stands_still_is_judged_as_if_it_had_gone_on_that_day() -> None:
    cycle = after(held(), STOPPED, at("2026-05-20"))
    cycle = after(cycle, CompleteStep("conclusion", document_number="1"), at("2026-06-15"))
    done = cycle.steps["conclusion"].completion
    assert done is not None
    assert (done.verdict, done.due_on) == ("on_time", date(2026, 6, 24))


def test_what_ended_before_it_was_stopped_gains_nothing() -> None:
    cycle = after(held(), STOPPED, at("2026-05-20"))
    cycle = after(cycle, CompleteStep("conclusion", date(2026, 5, 19), document_number="1"), at("2026-06-15"))
    done = cycle.steps["conclusion"].completion
    assert done is not None
    assert done.due_on == date(2026, 5, 29)


def test_a_stop_may_be_recorded_later() -> None:
    command = replace(STOPPED, stopped_on=date(2026, 5, 20))
    cycle = after(after(held(), command, at("2026-05-26")), RestartClock("conclusion"), at("2026-05-26", "10:00"))
    assert due_on(cycle) == date(2026, 6, 4)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (StopClock("conclusion", " "), errors.ReasonMissing),
        (StopClock("collect", "x"), errors.StepAlreadyDone),
        (replace(STOPPED, stopped_on=date(2026, 5, 26)), clock_errors.StoppedInFuture),
        (replace(STOPPED, stopped_on=date(2026, 4, 1)), clock_errors.StoppedTooEarly),
        (RestartClock("conclusion"), clock_errors.ClockNotStopped),
    ],
)
def test_a_stop_that_cannot_be_is_refused(command: Command, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(held(), command, at("2026-05-25"))


def test_only_a_period_that_runs_can_be_stopped() -> None:
    with pytest.raises(clock_errors.ClockNotStoppable):
        events(started(), StopClock("collect", "x"), at("2026-04-10"))
    with pytest.raises(clock_errors.ClockNotRunning):
        events(started(), STOPPED, at("2026-04-10"))
    with pytest.raises(clock_errors.ClockRanOut, match="29/05/2026"):
        events(held(), STOPPED, at("2026-05-30"))


def test_a_clock_is_not_stopped_twice_and_a_split_step_only_by_its_parts() -> None:
    cycle = after(held(), STOPPED, at("2026-05-20"))
    with pytest.raises(clock_errors.ClockAlreadyStopped):
        events(cycle, STOPPED, at("2026-05-21"))
    with pytest.raises(errors.StepHasParts, match=r"petitions\.p1"):
        events(concluded(raised()), StopClock("petitions", "x"), at("2026-05-21"))
    with pytest.raises(clock_errors.StoppedTooEarly):
        events(cycle, RestartClock("conclusion", date(2026, 5, 19)), at("2026-05-21"))


def test_a_reopened_step_keeps_the_days_that_were_stopped() -> None:
    cycle = after(held(), STOPPED, at("2026-05-20"))
    cycle = after(cycle, CompleteStep("conclusion", document_number="1"), at("2026-05-22"))
    cycle = after(cycle, ReopenStep("conclusion", "nhầm"), at("2026-05-25"))
    assert due_on(cycle) == date(2026, 6, 2)
