"""Checking a plan file: read it, then let the linter speak."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from calendars import calendar_named
from calendars.coverage import CoverageWarning, coverage_warnings
from workflow.domain.definition import PlanDefinition
from workflow.domain.due import Facts, deadlines
from workflow.domain.lint import Finding, lint
from workflow.domain.zone import day_of
from workflow.planfile import read_plan


def examine(path: Path, *, at: datetime | None = None) -> tuple[tuple[Finding, ...], list[CoverageWarning]]:
    """What is wrong or doubtful in a plan file that can be read, in the order of its steps; what its calendar leaves open.

    An instant adds which limits have passed at it, and the second list; None says nothing of either. Raises
    `PlanFileErrors` when the file cannot be read as a plan.
    """
    plan = read_plan(path)
    findings = lint(plan, calendar_named(plan.calendar), today=day_of(at) if at is not None else None)
    return findings, remarks_on_calendar(plan, at=at) if at is not None else []


def remarks_on_calendar(plan: PlanDefinition, *, at: datetime) -> list[CoverageWarning]:
    """What the plan's calendar leaves open: limits beyond its last decision, or a newest decision that is old at `at`."""
    calendar = calendar_named(plan.calendar)
    first = plan.issued_on or calendar.covered_since
    limits = deadlines(plan, Facts(first, plan.meeting, {}), calendar).values()
    last = max((limit.due_on for limit in limits if limit is not None), default=None)
    return coverage_warnings(calendar, last, at)
