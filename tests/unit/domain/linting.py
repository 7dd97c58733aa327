"""Plans for the linter, and its findings in short."""

from __future__ import annotations

from datetime import date
from typing import Any

from calendars import vietnam_office
from calendars.wording import parse
from workflow.domain.definition import Meeting, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.lint import Finding, lint

MAY_15 = Meeting(on=date(2026, 5, 15))


def step(key: str, kind: StepKind = StepKind.OTHER, due: str | None = None, **more: Any) -> StepDefinition:
    """A step with an owner; `due` is a wording."""
    fields = {"name": f"Việc {key}", "owner": f"Đơn vị {key}", **more}
    if "after" in fields:
        fields["after"] = tuple(fields["after"].split())
    if isinstance(fields.get("extend"), str):
        fields["extend"] = parse(fields["extend"])
    return StepDefinition(key, kind, due=None if due is None else parse(due), **fields)


MEETING = step("meeting_day", StepKind.HOLD_MEETING, "meeting", name="Hội nghị", owner=None)


def plan(*steps: StepDefinition, meeting: Meeting = MAY_15, **more: Any) -> PlanDefinition:
    """A dialogue of a province's office, to which no law of communes applies."""
    fields = {"title": "Đối thoại", "kind": PlanKind.DIALOGUE, "organization": "UBND tỉnh A", **more}
    return PlanDefinition(steps=steps, meeting=meeting, **fields)


def findings(*steps: StepDefinition, today: date | None = None, **more: Any) -> tuple[Finding, ...]:
    """What the linter says of a plan with these steps."""
    return lint(plan(*steps, **more), vietnam_office(), today=today)


def told(*steps: StepDefinition, **more: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """(code, severity, steps) of every finding."""
    return [(each.code.value, each.severity.value, each.steps) for each in findings(*steps, **more)]


def only(*steps: StepDefinition, **more: Any) -> Finding:
    """The one finding on these steps."""
    (found,) = findings(*steps, **more)
    return found
