"""What is asked of the board of plans, and how it stands in its address."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import PlanKind
from workflow.ports import PlanFilter, PlanOrder
from workflow.services.scopes import EVERYTHING, NOTHING, Scope
from workflow.web.views.plans import Asked, Board

TODAY = date(2026, 4, 22)


def _chosen(**asked: str) -> PlanFilter:
    return Asked(**asked).chosen(EVERYTHING, TODAY)


def test_a_board_of_which_nothing_is_asked_has_a_bare_address_and_every_plan() -> None:
    assert Asked.read({}).address() == "/plans"
    assert _chosen() == PlanFilter()
    assert not Asked().narrowed


def test_what_is_asked_comes_back_from_its_address() -> None:
    asked = Asked(q="đối thoại", unit="Văn phòng & UBND", kind="union", state="running", sort="title", page="3")
    address = asked.address(page="3")
    sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert Asked.read(sent) == asked


def test_another_question_begins_on_its_first_page() -> None:
    assert Asked(page="3").address(state="running") == "/plans?state=running"


@pytest.mark.parametrize("page", ["0x2", "-1", "", "²", "99999999", "một"])
def test_a_page_that_is_no_number_is_the_first(page: str) -> None:
    assert Asked(page=page).number == 1


def test_unknown_choices_ask_nothing() -> None:
    assert _chosen(kind="x", state="x", due="x", sort="x") == PlanFilter()
    assert Asked(sort="x").order is PlanOrder.BOARD


def test_choices_become_filters() -> None:
    chosen = _chosen(kind="dialogue", state="completed", unit="Văn phòng", q="thu")
    assert chosen == PlanFilter(
        kinds=frozenset({PlanKind.DIALOGUE}),
        statuses=frozenset({PlanStatus.COMPLETED}),
        owner="Văn phòng",
        text="thu",
    )


@pytest.mark.parametrize(
    ("due", "since", "until"),
    [
        ("past", None, date(2026, 4, 22)),
        ("week", date(2026, 4, 22), date(2026, 4, 30)),
        ("month", date(2026, 4, 22), date(2026, 5, 24)),
    ],
)
def test_a_period_of_the_next_limit_asks_for_running_plans(due: str, since: date | None, until: date) -> None:
    chosen = _chosen(due=due)
    assert (chosen.due_since, chosen.due_until) == (since, until)
    assert chosen.statuses == frozenset({PlanStatus.RUNNING})


def test_the_last_day_of_the_meetings_is_in_the_period() -> None:
    chosen = Asked().chosen(EVERYTHING, TODAY, date(2026, 5, 1), date(2026, 5, 31))
    assert (chosen.meeting_since, chosen.meeting_until) == (date(2026, 5, 1), date(2026, 6, 1))


def test_no_organization_outside_the_readers_scope_can_be_asked_for() -> None:
    scope = Scope(frozenset({"UBND xã A"}), frozenset({"ubnd xã a"}))
    assert Asked(org="UBND xã B").chosen(scope, TODAY).organizations == frozenset()
    assert Asked().chosen(NOTHING, TODAY).organizations == frozenset()


def test_there_is_one_page_even_of_nothing() -> None:
    assert [Board(Asked(), (), count).pages for count in (0, 1, 25, 26)] == [1, 1, 1, 2]
