"""Each example runs from its own text to a closed cycle."""

from __future__ import annotations

import pytest

from tests.builders import office_terms
from tests.integration.examples.plans import NAMES, example
from workflow.domain.cycle import PlanStatus
from workflow.domain.verdict import Verdict
from workflow.services.rehearsing import rehearse
from workflow.store.memory import MemoryStore


@pytest.mark.parametrize("name", NAMES)
def test_an_example_runs_to_its_end_in_time_when_everybody_leaves_a_day_to_who_waits(name: str) -> None:
    cycle = rehearse(MemoryStore(), office_terms(), example(name)).cycle
    assert cycle.status is PlanStatus.COMPLETED
    late = {key for key, step in cycle.steps.items() if step.completion and step.completion.verdict is Verdict.LATE}
    assert late == set()
