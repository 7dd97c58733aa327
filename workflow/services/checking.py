"""Checking a plan file: read it, then let the linter speak."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from calendars import calendar_named
from workflow.domain.lint import Finding, lint
from workflow.planfile import read_plan


def check(path: Path, *, today: date | None = None) -> tuple[Finding, ...]:
    """What is wrong or doubtful in a plan file that can be read, in the order of its steps.

    `today`, a day in Vietnam, adds which limits have passed; None says nothing of that. Raises `PlanFileErrors` when
    the file cannot be read as a plan.
    """
    plan = read_plan(path)
    return lint(plan, calendar_named(plan.calendar), today=today)
