"""What an address asks of the reports, and where each number leads."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.builders import at
from workflow.documents.lists import rate
from workflow.domain.definition import PlanKind, StepKind
from workflow.ports import Cell, GroupBy, OnTime
from workflow.services.reporting import Report, by_month, days_of, in_doubt_first, summed
from workflow.services.scopes import EVERYTHING, Scope
from workflow.web.views.reports import Choice, line_of, read_choice, remark_of, report_page

TODAY = date(2026, 4, 22)
DAYS = [
    OnTime("2026-03-31", 2, 1),
    OnTime("2026-04-10", 0, 0, 0, 3),
    OnTime("2026-06-01", 0, 0, 1),
    OnTime(None, 0, 0, 0, 0, 4),
]


def choice_at(href: str) -> Choice:
    """What the address of a link asks."""
    return read_choice(dict(parse_qsl(urlsplit(href).query, keep_blank_values=True)), TODAY)


def test_without_a_period_it_is_the_year() -> None:
    choice = read_choice({}, TODAY)
    assert (choice.since, choice.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert choice.at("/reports") == "/reports"


def test_an_empty_period_is_all_time() -> None:
    choice = read_choice({"since": "", "until": ""}, TODAY)
    assert (choice.since, choice.until) == (None, None)
    assert choice_at(choice.at("/reports")) == choice


@pytest.mark.parametrize("typed", ["31/02/2026", "hôm qua", "31/12/9999"])
def test_a_day_that_cannot_be_read_is_told_and_the_year_stands_in_its_place(typed: str) -> None:
    choice = read_choice({"since": typed, "until": ""}, TODAY)
    assert choice.problem is not None
    assert choice.since == date(2026, 1, 1)


def test_what_is_asked_comes_back_from_its_own_address() -> None:
    choice = Choice(
        2026, date(2026, 2, 1), None, "UBND xã A & B", "Phòng =1", PlanKind.UNION, StepKind.INVITE, GroupBy.MONTH,
        Cell.DONE_LATE, False, True,
    )  # fmt: skip
    assert choice_at(choice.at("/reports/steps")) == choice


def test_unknown_values_ask_nothing() -> None:
    fields = {"by": "day", "cell": "x", "plan_kind": "y", "kind": "z", "limited": "?"}
    assert read_choice(fields, TODAY) == read_choice({}, TODAY)


def test_the_last_day_is_in_the_period() -> None:
    assert read_choice({"since": "01/01/2026", "until": "31/03/2026"}, TODAY).asked(EVERYTHING).until == date(
        2026, 4, 1
    )


def test_an_organization_outside_the_scope_gives_nothing() -> None:
    scope = Scope(frozenset({"UBND xã A"}), frozenset({"ubnd xã a"}))
    assert read_choice({"organization": "UBND xã B"}, TODAY).asked(scope).organizations == frozenset()
    assert read_choice({}, TODAY).asked(scope).organizations == frozenset({"UBND xã A"})


def test_the_rows_behind_a_month_are_those_of_its_days_within_the_period() -> None:
    choice = read_choice({"since": "10/03/2026", "until": "20/03/2026"}, TODAY).of_group("2026-03", GroupBy.MONTH)
    assert (choice.since, choice.until, choice.limited) == (date(2026, 3, 10), date(2026, 3, 20), True)
    assert read_choice({}, TODAY).of_group(None, GroupBy.MONTH).limited is False


def test_steps_of_nobody_have_rows_of_their_own() -> None:
    line = line_of(OnTime(None, 1), read_choice({}, TODAY), GroupBy.OWNER, "vi")
    assert line.words == "Chưa giao đơn vị"
    assert choice_at(line.numbers[0].href).unit == ""


def test_a_number_leads_to_its_cell_and_none_leads_nowhere() -> None:
    line = line_of(OnTime("Văn phòng", 2, 0, 1), read_choice({"by": "month"}, TODAY), GroupBy.OWNER, "vi")
    asked = [choice_at(number.href) for number in line.numbers if number.href]
    assert [(each.cell, each.unit) for each in asked] == [
        (Cell.DONE_ON_TIME, "Văn phòng"),
        (Cell.RUNNING_IN_TIME, "Văn phòng"),
    ]
    assert line.total == 3
    assert choice_at(line.total_href).cell is None


def test_the_share_on_time_is_of_what_has_been_decided() -> None:
    assert rate(OnTime(None, 3, 0, 9, 1, 9, 9)) == 0.75
    assert rate(OnTime(None, 0, 0, 9, 0, 9, 9)) is None


def test_months_and_all_follow_from_the_days() -> None:
    assert [month.group for month in by_month(DAYS)] == ["2026-03", "2026-04", "2026-06", None]
    assert summed(DAYS) == OnTime(None, 2, 1, 1, 3, 4)
    assert summed(by_month(DAYS)) == summed(DAYS)


def test_those_with_most_overdue_come_first() -> None:
    lines = [OnTime("a"), OnTime("b", 0, 1), OnTime("c", 0, 0, 0, 1), OnTime("d", 0, 2)]
    assert [line.group for line in in_doubt_first(lines)] == ["c", "d", "b", "a"]


@pytest.mark.parametrize(
    ("group", "since", "until"),
    [("2026-12", date(2026, 12, 1), date(2027, 1, 1)), ("2026-02-28", date(2026, 2, 28), date(2026, 3, 1))],
)
def test_a_group_of_days_is_half_open(group: str, since: date, until: date) -> None:
    assert days_of(group) == (since, until)


def test_the_page_has_every_month_between_the_first_and_the_last() -> None:
    total = summed(DAYS)
    found = Report(at("2026-04-22"), GroupBy.MONTH, total, by_month(DAYS), by_month(DAYS), DAYS)
    page = report_page(found, read_choice({"by": "month"}, TODAY), "vi", rest_days=lambda *_: frozenset())
    assert [mark.text for mark in page.bars.columns] == ["3/26", "4/26", "5/26", "6/26"]
    assert [line.words for line in page.months] == ["03/2026", "04/2026", "06/2026"]
    assert [point.share.title for point in page.trend.points] == ["03/2026: 67%", "04/2026: 0%"]
    assert page.heat is not None
    assert sum(square.dot for square in page.heat.squares) == 2


def test_a_report_of_nothing_has_no_field_of_days() -> None:
    found = Report(at("2026-04-22"), GroupBy.OWNER, OnTime(None), [], [], [])
    page = report_page(found, read_choice({}, TODAY), "vi", rest_days=lambda *_: frozenset())
    assert (page.heat, page.total.total, page.total.rate) == (None, 0, None)


def test_a_file_says_what_it_was_chosen_by() -> None:
    choice = read_choice({"since": "01/02/2026", "until": "", "unit": "Văn phòng", "cell": "done_late"}, TODAY)
    assert remark_of(choice, "vi") == "Hạn từ 01/02/2026 đến … · Văn phòng · Xong quá hạn"
