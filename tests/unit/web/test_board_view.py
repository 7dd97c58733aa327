"""What the board shows, computed from rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars import vietnam_office
from tests.builders import at, office_terms, started
from workflow.domain.ladder import Audience
from workflow.ports import Person
from workflow.store.rows import rows_of
from workflow.web.views.board import Board, Group, board, working_days_left

CALENDAR = vietnam_office()
LAN = Person("lan", "Lan", None, "Văn phòng", Audience.COORDINATOR, "UBND xã Bắc Thanh Miện")


def _board(when: str, person: Person = LAN) -> Board:
    rows = rows_of(started(), [], office_terms())
    return board(
        [rows.plan],
        rows.steps,
        at=at(when),
        person=person,
        calendar_of=lambda _: CALENDAR,
        undelivered=0,
        pending=0,
    )


@pytest.mark.parametrize(
    ("when", "group", "step"),
    [
        ("2026-04-24", Group.OVERDUE, "collect"),
        ("2026-04-23", Group.TODAY, "collect"),
        ("2026-04-16", Group.NEAR, "collect"),
        ("2026-05-25", Group.UNSETTLED, "announce"),
    ],
)
def test_a_step_stands_in_the_group_of_its_limit(when: str, group: Group, step: str) -> None:
    assert step in {need.step for need in _board(when).needs[group]}


def test_a_limit_more_than_a_week_away_is_not_pressing() -> None:
    assert not any(_board("2026-04-15").needs.values())


def test_an_officer_and_a_head_see_what_their_unit_owes() -> None:
    for role in (Audience.OWNER, Audience.HEAD):
        view = _board("2026-05-06", replace(LAN, role=role, unit="Các phòng, ban"))
        assert {need.step for need in view.needs[Group.OVERDUE]} == {"answers"}


def test_a_supervisor_and_the_chair_see_everything() -> None:
    for role in (Audience.SUPERVISOR, Audience.CHAIR):
        assert len(_board("2026-05-06", replace(LAN, role=role)).needs[Group.OVERDUE]) == 2


def test_how_late_is_counted_in_working_days() -> None:
    assert [need.working_days for need in _board("2026-04-28").needs[Group.OVERDUE]] == [2]


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (date(2026, 4, 22), date(2026, 4, 23), 1),
        (date(2026, 4, 23), date(2026, 4, 23), 0),
        (date(2026, 4, 24), date(2026, 4, 23), 0),
        (date(2026, 4, 24), date(2026, 4, 28), 1),
    ],
)
def test_working_days_left_do_not_count_today_and_count_the_last_day(today: date, due: date, left: int) -> None:
    assert working_days_left(today, due, CALENDAR) == left


def test_the_next_limit_of_a_plan_is_one_to_come() -> None:
    following = _board("2026-04-28").running[0].following
    assert following is not None
    assert following.key == "answers"
