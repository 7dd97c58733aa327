"""What is written of any plan reads back as the same plan."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.properties.plan_strategies import plans
from workflow.domain.definition import PlanDefinition
from workflow.planfile import parse_plan, write_plan


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans)
def test_any_plan_reads_back_as_itself(plan: PlanDefinition) -> None:
    assert parse_plan(write_plan(plan), "plan.yaml") == plan
