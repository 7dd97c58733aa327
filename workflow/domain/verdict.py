"""Verdicts of ended steps and the standing of every step, the four cells of the report among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendars.working_calendar import WorkingCalendar
from workflow.domain.zone import day_of


class Verdict(StrEnum):
    """How an ended step did; given once, when it ends, and never changed by a later calendar."""

    ON_TIME = "on_time"
    LATE = "late"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True, slots=True)
class Tally:
    """Who was summoned to a meeting, who was there, and how many were in favour of its resolution."""

    summoned: int
    present: int
    in_favour: int | None = None


class Standing(StrEnum):
    """Where a step stands at an instant. The middle four are the cells of the report."""

    WAITING = "waiting"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    RUNNING_IN_TIME = "running_in_time"
    RUNNING_OVERDUE = "running_overdue"
    DONE_NO_LIMIT = "done_no_limit"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


def verdict_of(happened_at: datetime, due_at: datetime | None) -> Verdict:
    """Judge an end: on time when it happened before `due_at`, which is exclusive."""
    if due_at is None:
        return Verdict.NO_LIMIT
    return Verdict.ON_TIME if happened_at < due_at else Verdict.LATE


def working_days_late(happened_at: datetime, due_at: datetime, calendar: WorkingCalendar) -> int:
    """Working days from the limit to the end: 0 when on time, else at least 1."""
    if happened_at < due_at:
        return 0
    return max(1, calendar.count(day_of(due_at), day_of(happened_at)) + calendar.is_working(day_of(happened_at)))
