"""How well documents are read, against what a careful coordinator answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.intake.corpus import build
from tests.intake.plans import present
from tests.intake.score import five_plans, read
from tests.intake.scoring import Score, score, total


def _told(scores: Sequence[Score], *words: str) -> str:
    """The misses that speak of what fell short."""
    return "\n".join(miss for one in scores for miss in one.misses if any(word in miss for word in words))


@pytest.fixture(scope="module")
def plans() -> list[Score]:
    if not present():
        pytest.skip("the labelled plans are not beside the project")
    return [score(labels, read(path)) for path, labels in five_plans()]


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    return [score(labels, read(path)) for path, labels in build(tmp_path_factory.mktemp("composed"))]


def test_the_limits_of_the_labelled_plans_are_read(plans: list[Score]) -> None:
    scored = total(plans)
    assert scored.f1 >= 0.98, _told(plans, "limit")
    assert not _told(plans, "before_date", "by_date", "on_date", ": limit missed: month"), _told(plans, "limit")


def test_no_trap_of_the_labelled_plans_is_taken(plans: list[Score]) -> None:
    assert total(plans).traps == 0, _told(plans, "TRAP")


def test_the_owners_of_the_labelled_plans_are_read(plans: list[Score]) -> None:
    assert total(plans).owners.share >= 0.92, _told(plans, "owner")


def test_the_kinds_of_steps_of_the_labelled_plans_are_read(plans: list[Score]) -> None:
    assert total(plans).kinds.share >= 0.9, _told(plans, "kind")


def test_duties_without_a_limit_are_found_in_the_labelled_plans(plans: list[Score]) -> None:
    assert total(plans).undated.share >= 0.85, _told(plans, "undated")


def test_the_order_of_the_labelled_plans_is_inferred(plans: list[Score]) -> None:
    assert total(plans).edges.share >= 0.9, _told(plans, "order")
    assert total(plans).reversed_edges == 0, _told(plans, "reversed")


def test_the_anomalies_of_the_labelled_plans_are_reported(plans: list[Score]) -> None:
    assert total(plans).findings.share == 1.0, _told(plans, "finding")


def test_the_labelled_plans_themselves_are_known(plans: list[Score]) -> None:
    assert total(plans).facts.share == 1.0, _told(plans, "kind:", "organization", "issued_on")


def test_a_limit_that_is_stated_twice_is_one_step(plans: list[Score]) -> None:
    assert total(plans).doubled == 0, _told(plans, "doubled")


def test_the_limits_of_composed_documents_are_read(composed: list[Score]) -> None:
    assert total(composed).f1 >= 0.92, _told(composed, "limit")


def test_no_trap_of_the_composed_documents_is_taken(composed: list[Score]) -> None:
    assert total(composed).traps == 0, _told(composed, "TRAP")


def test_the_owners_of_composed_documents_are_read(composed: list[Score]) -> None:
    assert total(composed).owners.share >= 0.85, _told(composed, "owner")


def test_the_order_of_composed_documents_is_inferred(composed: list[Score]) -> None:
    assert total(composed).edges.share >= 0.9, _told(composed, "order")


def test_the_findings_of_composed_documents_are_reported(composed: list[Score]) -> None:
    assert total(composed).findings.share >= 0.85, _told(composed, "finding missed")


def test_composed_documents_raise_no_false_alarm(composed: list[Score]) -> None:
    assert total(composed).alarms == 0, _told(composed, "false alarm")
