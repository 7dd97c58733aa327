"""Another version of the calendar: what moves, what is kept, and what lets a kept limit go."""

from __future__ import annotations

from datetime import date

import pytest

from calendars.layers import OwnDay, with_closures
from calendars.office_hours import OfficeHours
from tests.builders import after, at, events, office_terms, started
from workflow.domain import errors
from workflow.domain.commands import AdoptCalendar, CompleteStep, SetMeeting, Sweep
from workflow.domain.cycle import Cycle
from workflow.domain.due import deadlines
from workflow.domain.events import CalendarAdopted, DeadlineKept, DeadlineSet
from workflow.domain.ladder import Terms


def closing(*days: date) -> Terms:
    """The terms once further days are off."""
    own = [OwnDay(day, working=False, name="Nghỉ thêm") for day in days]
    calendar = with_closures(office_terms().calendar, own)
    return Terms(calendar, OfficeHours(calendar))


OFF = closing(date(2026, 5, 21))
SET = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))


def due_on(cycle: Cycle, key: str) -> date | None:
    limit = cycle.steps[key].deadline
    return limit.due_on if limit is not None else None


def test_each_limit_that_the_calendar_moves_is_told_as_its_doing() -> None:
    found = events(SET, AdoptCalendar(), at("2026-05-05"), OFF)
    assert isinstance(found[0], CalendarAdopted)
    assert {(e.step, e.why) for e in found[1:] if isinstance(e, DeadlineSet)} == {
        ("conclusion", "calendar"),
        ("petitions", "calendar"),
    }
    assert due_on(after(SET, AdoptCalendar(), at("2026-05-05"), OFF), "conclusion") == date(2026, 6, 1)


def test_a_limit_may_be_kept_while_the_others_move() -> None:
    command = AdoptCalendar(frozenset({"conclusion", "collect"}))
    found = events(SET, command, at("2026-05-05"), OFF)
    assert [e for e in found if isinstance(e, DeadlineKept)] == [DeadlineKept("conclusion", 2)]
    cycle = after(SET, command, at("2026-05-05"), OFF)
    assert (due_on(cycle, "conclusion"), cycle.steps["conclusion"].kept) == (date(2026, 5, 29), True)
    assert cycle.steps["collect"].kept is False  # nothing moves it


KEPT = after(SET, AdoptCalendar(frozenset({"conclusion"})), at("2026-05-05"), OFF)


def test_everything_computes_the_kept_limit_as_it_is() -> None:
    limit = deadlines(KEPT.plan, KEPT.facts, OFF.calendar)["conclusion"]
    assert limit is not None
    assert limit.due_on == date(2026, 5, 29)


def test_what_does_not_concern_a_kept_limit_leaves_it() -> None:
    cycle = after(KEPT, CompleteStep("collect", date(2026, 4, 22)), at("2026-05-06"), OFF)
    assert (due_on(cycle, "conclusion"), cycle.steps["conclusion"].kept) == (date(2026, 5, 29), True)


def test_what_moves_a_kept_limit_lets_it_go() -> None:
    cycle = after(KEPT, SetMeeting(date(2026, 5, 18)), at("2026-05-06"), OFF)
    assert (due_on(cycle, "conclusion"), cycle.steps["conclusion"].kept) == (date(2026, 6, 2), False)


def test_the_next_calendar_lets_go_what_is_not_kept_again() -> None:
    more = closing(date(2026, 5, 21), date(2026, 5, 22))
    assert due_on(after(KEPT, AdoptCalendar(), at("2026-05-07"), more), "conclusion") == date(2026, 6, 2)
    again = after(KEPT, AdoptCalendar(frozenset({"conclusion"})), at("2026-05-07"), more)
    assert due_on(again, "conclusion") == date(2026, 5, 29)


def test_only_steps_of_the_plan_can_be_kept() -> None:
    with pytest.raises(errors.StepUnknown):
        events(SET, AdoptCalendar(frozenset({"nothing"})), at("2026-05-05"), OFF)


def test_a_plan_whose_version_is_no_longer_known_adopts_the_one_at_hand_on_its_way() -> None:
    found = events(SET, CompleteStep("collect", date(2026, 4, 22)), at("2026-05-05"), OFF)
    assert isinstance(found[0], CalendarAdopted)
    assert events(SET, Sweep(at("2026-04-10")), at("2026-04-10"), OFF) == events(
        SET, Sweep(at("2026-04-10")), at("2026-04-10")
    )


def test_a_verdict_that_was_given_stays_whatever_the_calendar_becomes() -> None:
    cycle = after(SET, CompleteStep("collect", date(2026, 4, 24)), at("2026-05-05"))
    moved = after(cycle, AdoptCalendar(), at("2026-05-06"), closing(date(2026, 4, 23), date(2026, 4, 24)))
    assert moved.steps["collect"].completion == cycle.steps["collect"].completion
