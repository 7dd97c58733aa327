"""What is written of any plan reads back as the same plan."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.plan_strategies import plans
from workflow.domain.definition import PlanDefinition
from workflow.planfile import parse_plan, write_plan
from workflow.planfile.annotated import Remarks, write_annotated

words = st.lists(st.text(st.characters(), max_size=200), max_size=3).map(tuple)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans)
def test_any_plan_reads_back_as_itself(plan: PlanDefinition) -> None:
    assert parse_plan(write_plan(plan), "plan.yaml") == plan


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans, words, words)
def test_any_plan_with_any_remarks_reads_back_as_itself(
    plan: PlanDefinition, some: tuple[str, ...], more: tuple[str, ...]
) -> None:
    remarks = Remarks(some, more, {step.key: some + more for step in plan.steps}, more)
    assert parse_plan(write_annotated(plan, remarks), "plan.yaml") == plan
