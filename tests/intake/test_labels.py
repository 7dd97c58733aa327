"""Labels that hold together: they point at their own words, and a reading that says what they say has no fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.intake.answers import answer
from tests.intake.corpus import build
from tests.intake.folding import words
from tests.intake.labels import Labels
from tests.intake.plans import plan_files, plan_labels, present
from tests.intake.scoring import score
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.lint_findings import FindingCode
from workflow.intake.draft import DeadlineType

MOTTO = "cong hoa xa hoi chu nghia viet nam doc lap tu do hanh phuc"
WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay", "nhat")
DAY_AND_WEEKDAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) \((?:Thứ|thứ|Chủ) (\w+)\)")


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Labels]]:
    return [*build(tmp_path_factory.mktemp("composed"))]


def _plans() -> list[Labels]:
    if not present():
        pytest.skip("the labelled plans are not beside the project")
    return [plan_labels(path) for path in plan_files()]


def _check(labels: Labels) -> None:
    assert score(labels, answer(labels)).misses == ()
    for step in labels.steps:
        assert words(labels.text[slice(*step.span)]) == words(step.text)
        assert step.kinds <= {kind.value for kind in StepKind}
        assert step.deadline is None or step.deadline["type"] in {kind.value for kind in DeadlineType}
    for trap in labels.traps:
        assert labels.reference.occurrences(trap), trap
    for finding in (*labels.expected, *labels.forbidden):
        assert finding.code in {code.value for code in FindingCode}
    assert dict(labels.facts)["kind"] in {kind.value for kind in PlanKind}


def test_the_labelled_plans_answer_themselves() -> None:
    plans = _plans()
    assert [labels.name for labels in plans] == ["S0", "S1", "S2", "S3", "S4"]
    for labels in plans:
        _check(labels)


def test_the_composed_documents_answer_themselves(composed: list[tuple[Path, Labels]]) -> None:
    assert len(composed) >= 14
    for _path, labels in composed:
        _check(labels)


def test_the_composed_documents_vary(composed: list[tuple[Path, Labels]]) -> None:
    assert {path.suffix for path, _labels in composed} == {".txt", ".docx", ".pdf"}
    assert {dict(labels.facts)["kind"] for _path, labels in composed} == {kind.value for kind in PlanKind}
    limits = [step.deadline for _path, labels in composed for step in labels.steps if step.deadline]
    assert {limit["type"] for limit in limits} == {kind.value for kind in DeadlineType}
    expected = {finding.code for _path, labels in composed for finding in labels.expected}
    assert len(expected) >= 10


def test_a_weekday_in_a_composed_document_is_wrong_only_where_labelled(composed: list[tuple[Path, Labels]]) -> None:
    for _path, labels in composed:
        wrong = any(date(y, m, d).weekday() != WEEKDAYS.index(name) for y, m, d, name in _weekdays(labels))
        assert wrong == any(finding.code == "weekday_mismatch" for finding in labels.expected), labels.name


def _weekdays(labels: Labels) -> Iterator[tuple[int, int, int, str]]:
    for day, month, year, name in DAY_AND_WEEKDAY.findall(" ".join(labels.text.split())):
        yield int(year), int(month), int(day), words(name)[0]


def test_no_sentence_of_the_labelled_plans_stands_in_a_composed_document(composed: list[tuple[Path, Labels]]) -> None:
    taken = {run for labels in _plans() for run in _runs(labels)}
    for _path, labels in composed:
        assert [" ".join(run) for run in _runs(labels) if run in taken] == []


def _runs(labels: Labels, length: int = 16) -> Iterator[tuple[str, ...]]:
    """All runs of so many words, longer than the citation of a law; the motto is everyone's."""
    text = tuple(" ".join(words(labels.text)).replace(MOTTO, "").split())
    return (text[at : at + length] for at in range(len(text) - length + 1))
