"""What people may say to the ladder, and what the ladder may do to a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import DIALOGUE, after, at, concluded, events, office_terms, raised, started
from workflow.domain import clock_errors, errors
from workflow.domain.commands import Acknowledge, AdoptLadder, Command, CompleteStep, SetMeeting, Snooze, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.events import LadderAdopted, RungReached, StepHandedOver
from workflow.domain.ladder import DEFAULT_LADDER, Audience, Base, Ladder, Rung
from workflow.domain.wake import next_wake_at

LATE = after(started(), Sweep(at("2026-05-06", "08:00")), at("2026-05-06", "08:00"))
"""Nobody has collected the forms due on 23 April; the first of the repeats was on 6 May, the others follow."""


def reached(cycle: Cycle, until: str, step: str = "collect") -> list[str]:
    """The rungs of a step that a sweep up to noon of a day reaches."""
    found = events(cycle, Sweep(at(until, "12:00")), at(until, "12:00"))
    return [e.rung for e in found if isinstance(e, RungReached) and e.step == step]


def test_nobody_who_has_seen_it_is_told_again() -> None:
    assert reached(LATE, "2026-05-12") == ["overdue_again#1", "overdue_again#2"]
    cycle = after(LATE, Acknowledge("collect"), at("2026-05-06", "10:00"))
    assert reached(cycle, "2026-06-30") == []
    assert next_wake_at(cycle, cycle.steps["collect"], office_terms()) is None
    assert events(cycle, Acknowledge("collect"), at("2026-05-07")) == []


@pytest.mark.parametrize("day", ["2026-04-10", "2026-04-24", "2026-04-28", "2026-05-05"])
def test_having_seen_it_never_stops_the_next_rung(day: str) -> None:
    cycle = after(started(), Sweep(at(day)), at(day))
    seen = after(cycle, Acknowledge("collect"), at(day, "10:00"))
    assert reached(seen, "2026-05-06") == reached(cycle, "2026-05-06") != []


def test_a_new_limit_has_a_ladder_that_nobody_has_seen() -> None:
    cycle = after(started(), SetMeeting(date(2026, 4, 30)), at("2026-04-10"))
    cycle = after(cycle, Acknowledge("announce"), at("2026-04-13"))
    cycle = after(cycle, SetMeeting(date(2026, 5, 5)), at("2026-04-14"))
    names = reached(cycle, "2026-05-13", "announce")  # due on 28 April
    assert [name for name in names if name.startswith("overdue_again")] == ["overdue_again#0", "overdue_again#1"]


def test_asked_to_come_again_on_a_day_the_repeats_wait_for_its_morning() -> None:
    cycle = after(LATE, Snooze("collect", date(2026, 5, 14)), at("2026-05-06", "10:00"))
    assert reached(cycle, "2026-05-13") == []
    assert reached(cycle, "2026-05-14") == ["overdue_again#3"]
    assert next_wake_at(cycle, cycle.steps["collect"], office_terms()) == at("2026-05-14", "07:30")


def test_a_rest_day_asked_for_is_the_next_working_morning() -> None:
    cycle = after(LATE, Snooze("collect", date(2026, 5, 16)), at("2026-05-06", "10:00"))
    assert reached(cycle, "2026-05-18") == ["overdue_again#4"]


def test_asking_to_come_again_never_stops_the_next_rung() -> None:
    cycle = after(started(), Snooze("collect", date(2026, 6, 30)), at("2026-04-10"))
    assert reached(cycle, "2026-05-08") == reached(started(), "2026-05-06")


def test_the_last_word_counts() -> None:
    seen = after(LATE, Acknowledge("collect"), at("2026-05-06", "10:00"))
    cycle = after(seen, Snooze("collect", date(2026, 5, 14)), at("2026-05-07"))
    assert reached(cycle, "2026-05-14") == ["overdue_again#3"]
    assert reached(after(cycle, Acknowledge("collect"), at("2026-05-08")), "2026-06-30") == []


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (Snooze("collect", date(2026, 5, 6)), clock_errors.SnoozeInPast),
        (Snooze("nothing", date(2026, 5, 8)), errors.StepUnknown),
        (Acknowledge("announce"), clock_errors.NothingToRemind),
    ],
)
def test_what_cannot_be_said_is_refused(command: Command, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(LATE, command, at("2026-05-06", "10:00"))


def test_a_done_step_and_a_split_one_have_nothing_to_be_seen() -> None:
    with pytest.raises(errors.StepAlreadyDone):
        events(after(started(), CompleteStep("collect"), at("2026-04-10")), Acknowledge("collect"), at("2026-04-11"))
    with pytest.raises(errors.StepHasParts):
        events(concluded(raised()), Acknowledge("petitions"), at("2026-05-21"))


# ── a ladder of one's own ─────────────────────────────────────────────────────────────────────────────────────

GIVEN = (
    Rung("overdue", Base.AFTER_DUE, 0, (Audience.OWNER,)),
    Rung("taken", Base.AFTER_DUE, 2, (Audience.HEAD,), reassign_to="Văn phòng"),
    Rung("again", Base.AFTER_DUE, 4, (Audience.OWNER,), repeat_every=2),
)


def test_a_plan_starts_with_the_ladder_of_its_terms_and_keeps_it_whatever_they_say_later() -> None:
    cycle = started(terms=office_terms(GIVEN))
    assert cycle.ladder == GIVEN
    assert reached(cycle, "2026-04-27")[-1:] == ["overdue"]


def test_a_rung_may_give_the_step_to_another_unit() -> None:
    found = events(started(terms=office_terms(GIVEN)), Sweep(at("2026-05-06")), at("2026-05-06"))
    place = found.index(RungReached("collect", 1, "taken"))
    assert found[place + 1] == StepHandedOver("collect", "Văn phòng", "Ủy ban MTTQ xã", "rung:taken")
    cycle = after(started(terms=office_terms(GIVEN)), Sweep(at("2026-05-06")), at("2026-05-06"))
    assert cycle.plan.by_key["collect"].owner == "Văn phòng"


def test_a_step_that_the_unit_has_already_is_not_given_to_it() -> None:
    steps = tuple(replace(step, owner="văn  phòng") for step in DIALOGUE.steps)
    found = events(
        started(replace(DIALOGUE, steps=steps), terms=office_terms(GIVEN)), Sweep(at("2026-05-06")), at("2026-05-06")
    )
    assert not [e for e in found if isinstance(e, StepHandedOver)]


def test_under_another_ladder_what_was_owed_is_reached_first_and_only_what_comes_is_owed() -> None:
    command = AdoptLadder(GIVEN)
    found = events(started(), command, at("2026-04-28", "12:00"))
    old = [e.rung for e in found if isinstance(e, RungReached) and e.step == "collect"]
    assert old == ["opened", "warn_3", "warn_1", "overdue", "overdue_1"]
    assert found[-1] == LadderAdopted(GIVEN)
    cycle = after(started(), command, at("2026-04-28", "12:00"))
    assert reached(cycle, "2026-05-08") == ["taken", "again#0", "again#1"]


def test_a_rung_whose_time_had_passed_before_the_ladder_is_not_owed() -> None:
    cycle = after(started(), AdoptLadder(GIVEN), at("2026-05-05"))
    assert reached(cycle, "2026-05-08") == ["again#1"]  # taken was on 29 April, again#0 on 5 May at 07:30


def test_the_ladder_in_force_is_not_adopted_again() -> None:
    assert events(started(), AdoptLadder(DEFAULT_LADDER), at("2026-04-28")) == []


ONE = GIVEN[0]


@pytest.mark.parametrize(
    ("ladder", "refusal"),
    [
        ((), clock_errors.LadderEmpty),
        ((ONE, ONE), clock_errors.RungTwice),
        ((replace(ONE, name="quá hạn"),), clock_errors.RungNameUnfit),
        ((replace(ONE, name="a#1"),), clock_errors.RungNameUnfit),
        ((replace(ONE, working_days=-1),), clock_errors.RungDaysUnfit),
        ((replace(ONE, repeat_every=0),), clock_errors.RungDaysUnfit),
        ((replace(ONE, base=Base.BEFORE_DUE, repeat_every=1),), clock_errors.RungRepeatsBeforeLimit),
        ((replace(ONE, audience=()),), clock_errors.RungForNobody),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(ladder: Ladder, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(started(), AdoptLadder(ladder), at("2026-04-28"))
