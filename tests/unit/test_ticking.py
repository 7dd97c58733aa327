"""The trigger of working days, across Tết and swaps."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from calendars import vietnam_office
from tests.builders import at
from workflow.ticking import WorkingDayTrigger

TRIGGER = WorkingDayTrigger(vietnam_office(), time(7, 30))


@pytest.mark.parametrize(
    ("now", "fires"),
    [
        (at("2026-04-24", "07:29"), at("2026-04-24", "07:30")),
        (at("2026-04-24", "07:30"), at("2026-04-24", "07:30")),
        (at("2026-04-24", "07:31"), at("2026-04-28", "07:30")),  # weekend, then 27 April in lieu of Giỗ Tổ
        (at("2026-02-13", "08:00"), at("2026-02-23", "07:30")),  # Tết
        (at("2026-01-01", "08:00"), at("2026-01-05", "07:30")),  # 2 January was swapped off
        (at("2026-01-09", "08:00"), at("2026-01-10", "07:30")),  # for this Saturday
        (at("2026-08-21", "08:00"), at("2026-08-22", "07:30")),
    ],
)
def test_it_fires_at_half_past_seven_of_each_working_day(now: datetime, fires: datetime) -> None:
    assert TRIGGER.get_next_fire_time(None, now) == fires


def test_it_fires_once_a_day() -> None:
    first = at("2026-04-22", "07:30")
    assert TRIGGER.get_next_fire_time(first, first) == at("2026-04-23", "07:30")
