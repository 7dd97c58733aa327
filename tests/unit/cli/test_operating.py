"""The audit's findings are told in words."""

from __future__ import annotations

from dataclasses import fields

from workflow.documents.audit import THINGS
from workflow.ports import DeadlineRevision, PlanRow, StepRow
from workflow.services.verifying import LIMIT_FIELDS


def test_everything_that_can_differ_has_a_name() -> None:
    columns = {field.name for kind in (PlanRow, StepRow, DeadlineRevision) for field in fields(kind)}
    assert columns | set(LIMIT_FIELDS) | {"hash chain", "row"} == THINGS.keys()
