"""A year as twelve months of weeks."""

from __future__ import annotations

import pytest

from calendars import OutsideCalendar, vietnam_office
from workflow.web.views.calendar import calendar_year


def test_a_year_has_every_day_once_in_whole_weeks() -> None:
    view = calendar_year(vietnam_office(), 2026)
    days = [day for month in view.months for week in month.weeks for day in week if day is not None]
    assert len(days) == 365
    assert all(len(week) == 7 for month in view.months for week in month.weeks)
    assert all(week[0] is None or week[0].date.weekday() == 0 for month in view.months for week in month.weeks)
    assert view.working_days == sum(day.working for day in days)


def test_a_year_past_the_last_decision_is_marked() -> None:
    assert not calendar_year(vietnam_office(), 2026).provisional
    assert calendar_year(vietnam_office(), 2030).provisional


def test_a_year_outside_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        calendar_year(vietnam_office(), 2014)
