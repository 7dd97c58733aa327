"""Labels that hold together: they point at their own words, and a reading that says what they say has no fault."""

from __future__ import annotations

import pytest

from tests.intake.answers import answer
from tests.intake.folding import words
from tests.intake.plans import plan_files, plan_labels, present
from tests.intake.scoring import score
from workflow.domain.definition import StepKind
from workflow.domain.lint_findings import FindingCode


def test_the_labelled_plans_answer_themselves() -> None:
    if not present():
        pytest.skip("the labelled plans are not beside the project")
    assert [plan_labels(path).name for path in plan_files()] == ["S0", "S1", "S2", "S3", "S4"]
    for path in plan_files():
        labels = plan_labels(path)
        scored = score(labels, answer(labels))
        assert scored.misses == ()
        assert scored.f1 == 1.0


def test_every_label_of_the_plans_stands_on_its_words() -> None:
    if not present():
        pytest.skip("the labelled plans are not beside the project")
    for path in plan_files():
        labels = plan_labels(path)
        for step in labels.steps:
            assert words(labels.text[slice(*step.span)]) == words(step.text)
            assert step.kinds <= {kind.value for kind in StepKind}
        for trap in labels.traps:
            assert labels.reference.occurrences(trap), trap
        assert {finding.code for finding in labels.expected} <= {code.value for code in FindingCode}
