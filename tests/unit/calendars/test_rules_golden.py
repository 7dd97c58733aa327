"""Golden dates: what the law and the plain wording give, counted by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from calendars import vietnam_office
from calendars.rules import PLAN_START, Due, Moment, Readings, due
from calendars.wording import parse

TABLE = Path(__file__).parents[2] / "tables" / "golden_periods.csv"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def due_of(row: dict[str, str]) -> Due:
    event = Moment(date.fromisoformat(row["event_on"])) if row["event_on"] else None
    events = {"E": event, PLAN_START: event} if event else {}
    return due(parse(row["wording"]), vietnam_office(), events, Readings())


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['event_on']} {row['wording']}")
def test_a_wording_gives_the_day_counted_by_hand(row: dict[str, str]) -> None:
    found = due_of(row)
    told = (found.due_on.isoformat(), found.safe_on.isoformat(), "yes" if found.rolled else "no")
    assert told == (row["due_on"], row["safe_on"], row["rolled"]), row["source"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['event_on']} {row['wording']}")
def test_the_account_names_every_day_once_and_holds_the_due_date(row: dict[str, str]) -> None:
    found = due_of(row)
    days = [each.day for each in found.trace]
    assert days == sorted(set(days))
    assert found.due_on in days
    assert found.basis
