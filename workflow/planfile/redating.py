"""Moving a plan to other dates: for the demo, and for running last year's plan again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from calendars.rules import Before, By, On, Rule
from workflow.domain.definition import Meeting, PlanDefinition, StepDefinition
from workflow.domain.errors import BadInput, StepUnknown


class LimitNotFixed(BadInput):
    template = "Bước «{step}» không có thời hạn là một ngày cụ thể, nên không đổi sang ngày {day} được."


def redated(
    definition: PlanDefinition,
    days: Mapping[str, date],
    meeting_on: date | None = None,
    *,
    issued_on: date | None = None,
    title: str | None = None,
) -> PlanDefinition:
    """The same plan with other dates.

    `days` gives for a step's key the day that its wording names instead: the D of "trước ngày D", "chậm nhất ngày D"
    or "ngày D". `meeting_on` fixes the meeting's day (its hour and place stay, its month goes). What is None stays.
    Raises `StepUnknown` for a key that the plan does not have, `LimitNotFixed` for a step without a fixed day.
    """
    for key in days:
        if key not in definition.by_key:
            raise StepUnknown(step=key, known=", ".join(definition.by_key))
    return replace(
        definition,
        steps=tuple(_redated(step, days.get(step.key)) for step in definition.steps),
        meeting=_moved(definition.meeting, meeting_on),
        issued_on=issued_on or definition.issued_on,
        title=title or definition.title,
    )


def _redated(step: StepDefinition, day: date | None) -> StepDefinition:
    return step if day is None else replace(step, due=_on_day(step, day))


def _on_day(step: StepDefinition, day: date) -> Rule:
    match step.due:
        case Before():
            return Before(day)
        case By() as rule:
            return replace(rule, day=day)
        case On() as rule:
            return replace(rule, day=day)
        case _:
            raise LimitNotFixed(step=step.name, day=f"{day:%d/%m/%Y}")


def _moved(meeting: Meeting, on: date | None) -> Meeting:
    return meeting if on is None else replace(meeting, on=on, month=None)
