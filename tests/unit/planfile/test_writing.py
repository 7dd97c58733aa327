"""How a plan is written; that it reads back as itself is in tests/properties/test_planfile.py."""

from __future__ import annotations

import yaml

from tests.unit.planfile.plans import PLAN
from workflow.planfile import parse_plan, write_plan


def test_a_plan_is_written_as_people_write_it() -> None:
    assert write_plan(parse_plan(PLAN, "plan.yaml")) == (
        PLAN.replace("meeting:\n", "calendar: office\nmeeting:\n", 1)
        .replace("24/4/2026", "24/04/2026")
        .replace("không quá 15 ngày", "15 ngày")
    )


def test_a_clock_time_is_quoted_for_other_readers() -> None:
    plan = parse_plan(PLAN.replace("month: 2026-05", "on: 2026-05-15\n  at: 8h00"), "plan.yaml")
    assert yaml.safe_load(write_plan(plan))["meeting"]["at"] == "08:00"


def test_nothing_is_written_by_reference() -> None:
    plan = parse_plan(PLAN.replace("after: [hold_meeting]", "after: [collect_forms]"), "plan.yaml")
    assert "&" not in write_plan(plan)
