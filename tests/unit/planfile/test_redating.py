"""A plan moved to other dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from calendars.rules import Before, By, On
from tests.unit.planfile.plans import PLAN
from workflow.domain.definition import Meeting
from workflow.domain.errors import StepUnknown
from workflow.planfile import parse_plan, redated
from workflow.planfile.redating import LimitNotFixed

DEFINITION = parse_plan(PLAN, "plan.yaml")
DAY = date(2027, 1, 5)


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        (Before(date(2026, 4, 24)), Before(DAY)),
        (By(date(2026, 4, 24), time(17)), By(DAY, time(17))),
        (On(date(2026, 4, 24), tentative=True), On(DAY, tentative=True)),
    ],
)
def test_a_fixed_day_is_replaced_and_its_wording_stays(rule: Before | By | On, moved: Before | By | On) -> None:
    steps = (replace(DEFINITION.steps[0], due=rule), *DEFINITION.steps[1:])
    assert redated(replace(DEFINITION, steps=steps), {"collect_forms": DAY}).steps[0].due == moved


def test_the_meeting_gets_its_day_and_keeps_its_place() -> None:
    plan = replace(DEFINITION, meeting=Meeting(month=(2026, 5), place="Hội trường"))
    assert redated(plan, {}, meeting_on=DAY).meeting == Meeting(on=DAY, place="Hội trường")


def test_what_is_not_named_stays() -> None:
    assert redated(DEFINITION, {}) == DEFINITION


def test_title_and_day_of_issue_may_be_given() -> None:
    plan = redated(DEFINITION, {}, issued_on=DAY, title="Năm sau")
    assert (plan.issued_on, plan.title) == (DAY, "Năm sau")


def test_a_step_that_the_plan_does_not_have_is_refused() -> None:
    with pytest.raises(StepUnknown, match="collect_forms, hold_meeting"):
        redated(DEFINITION, {"nothing": DAY})


@pytest.mark.parametrize("key", ["hold_meeting", "issue_conclusion"])
def test_a_limit_that_names_no_day_is_refused(key: str) -> None:
    with pytest.raises(LimitNotFixed, match="05/01/2027"):
        redated(DEFINITION, {key: DAY})
