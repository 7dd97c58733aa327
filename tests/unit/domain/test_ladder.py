"""When each rung of the ladder is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from calendars.rules import Window
from tests.builders import DIALOGUE, after, at, events, office_terms, started
from workflow.domain.commands import CompleteStep, SetMeeting, Sweep
from workflow.domain.decide import decide
from workflow.domain.events import RungReached, StepOpened
from workflow.domain.wake import next_wake_at


def rungs(step: str, until: str, clock: str = "12:00") -> list[tuple[str, str]]:
    """(rung, its instant) that one sweep up to an instant owes for a step of a plan started on 6 April 2026."""
    when = at(until, clock)
    happened = decide(Sweep(when), started(), at=when, actor="sweep", terms=office_terms())
    return [
        (each.event.rung, f"{each.happened_at:%Y-%m-%d %H:%M}")
        for each in happened
        if isinstance(each.event, RungReached) and each.event.step == step
    ]


def test_the_whole_ladder_of_a_step_that_nobody_does() -> None:
    assert rungs("collect", "2026-05-12") == [
        ("opened", "2026-04-06 09:00"),
        ("warn_3", "2026-04-20 07:30"),
        ("warn_1", "2026-04-22 07:30"),
        ("overdue", "2026-04-24 07:30"),
        ("overdue_1", "2026-04-28 07:30"),  # 25-26 April is a weekend, 27 April in lieu of Giỗ Tổ
        ("overdue_3", "2026-05-04 07:30"),  # 30 April and 1 May are holidays
        ("overdue_again#0", "2026-05-06 07:30"),
        ("overdue_again#1", "2026-05-08 07:30"),
        ("overdue_again#2", "2026-05-12 07:30"),
    ]


def test_a_breach_is_told_on_the_next_working_morning() -> None:
    assert ("overdue", "2026-05-05 07:30") in rungs("answers", "2026-05-06")


def test_warnings_count_back_from_the_safe_date() -> None:
    meeting_day = dict(rungs("meeting_day", "2026-06-05"))
    assert meeting_day["warn_1"] == "2026-05-28 07:30"  # due Sunday 31 May, safe Friday 29 May


def test_a_projected_limit_owes_nothing() -> None:
    assert [name for name, _ in rungs("announce", "2026-07-01")] == ["opened"]


def test_rungs_that_had_passed_when_the_limit_became_known_are_not_owed() -> None:
    cycle = after(started(), SetMeeting(date(2026, 4, 16), time(8)), at("2026-04-08"))
    found = events(cycle, Sweep(at("2026-04-09", "12:00")), at("2026-04-09", "12:00"))
    names = [e.rung for e in found if isinstance(e, RungReached) and e.step == "announce"]
    assert names == ["opened"]  # due 9 April: both warnings lay before 8 April


def test_a_limit_entered_after_it_passed_starts_its_ladder_on_the_next_working_morning() -> None:
    late = started(on="2026-04-30")  # a holiday; the limit of 23 April has passed
    when = at("2026-05-05", "12:00")
    happened = decide(Sweep(when), late, at=when, actor="sweep", terms=office_terms())
    found = [
        (each.event.rung, f"{each.happened_at:%d/%m %H:%M}")
        for each in happened
        if isinstance(each.event, RungReached) and each.event.step == "collect"
    ]
    assert found == [("opened", "04/05 07:30"), ("overdue", "04/05 07:30"), ("overdue_1", "05/05 07:30")]


def test_a_step_that_is_done_owes_nothing_more() -> None:
    cycle = after(started(), CompleteStep("collect"), at("2026-04-22", "07:00"))
    found = events(cycle, Sweep(at("2026-05-12")), at("2026-05-12"))
    assert not [e for e in found if isinstance(e, RungReached) and e.step == "collect"]


def test_the_instant_itself_belongs_to_the_next_sweep() -> None:
    assert ("warn_3", "2026-04-20 07:30") not in rungs("collect", "2026-04-20", "07:30")
    assert ("warn_3", "2026-04-20 07:30") in rungs("collect", "2026-04-20", "07:30:01")


@pytest.mark.parametrize("day", ["2026-04-19", "2026-04-25", "2026-05-01"])
def test_nothing_is_owed_on_a_rest_day(day: str) -> None:
    before, on = rungs("collect", day, "00:00"), rungs("collect", day, "23:59")
    assert before == on


def test_nobody_is_told_to_be_late_for_what_follows_a_meeting_that_may_not_have_been_held() -> None:
    cycle = after(started(), SetMeeting(date(2026, 4, 10), time(8)), at("2026-04-07"))
    found = events(cycle, Sweep(at("2026-05-12")), at("2026-05-12"))
    reached = {(e.step, e.rung.partition("#")[0]) for e in found if isinstance(e, RungReached)}
    assert {"overdue", "overdue_1", "overdue_3"} <= {rung for step, rung in reached if step == "meeting_day"}
    assert {"overdue", "overdue_1"} <= {rung for step, rung in reached if step == "announce"}
    assert not [rung for step, rung in reached if step in ("conclusion", "petitions") and rung.startswith("overdue")]


def test_moving_a_limit_that_has_passed_to_another_past_day_starts_no_new_ladder() -> None:
    cycle = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))  # announce by 8 May
    cycle = after(cycle, Sweep(at("2026-05-12", "08:00")), at("2026-05-12", "08:00"))
    for day, when in (("2026-05-18", "09:00"), ("2026-05-15", "10:00")):
        cycle = after(cycle, SetMeeting(date.fromisoformat(day)), at("2026-05-12", when))
    found = events(cycle, Sweep(at("2026-05-14", "08:00")), at("2026-05-14", "08:00"))
    assert [e.rung for e in found if isinstance(e, RungReached) and e.step == "announce"] == ["overdue_3"]


def test_the_next_wake_is_the_first_rung_not_yet_reached() -> None:
    cycle = after(started(), Sweep(at("2026-04-20", "08:00")), at("2026-04-20", "08:00"))
    assert next_wake_at(cycle, cycle.steps["collect"], office_terms()) == at("2026-04-22", "07:30")


def test_a_step_opens_in_the_sweep_when_its_window_begins() -> None:
    window = Window(date(2026, 4, 13), date(2026, 4, 17))
    steps = tuple(replace(s, due=window) if s.key == "collect" else s for s in DIALOGUE.steps)
    cycle = started(replace(DIALOGUE, steps=steps))
    assert not [e for e in events(cycle, Sweep(at("2026-04-12", "23:00")), at("2026-04-12", "23:00")) if _opens(e)]
    assert [e for e in events(cycle, Sweep(at("2026-04-13", "00:01")), at("2026-04-13", "00:01")) if _opens(e)]


def _opens(event: object) -> bool:
    return isinstance(event, StepOpened) and event.step == "collect"
