"""The reference pages say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from workflow.domain.definition import StepKind
from workflow.domain.lint import FindingCode
from workflow.domain.lint_findings import SENTENCES
from workflow.domain.lint_law import legal_limits
from workflow.domain.schedule import NEEDED_WORKING_DAYS
from workflow.intake.completing.sentences import SENTENCES as OF_DOCUMENTS
from workflow.planfile import parse_plan
from workflow.planfile.model import MeetingModel, PlanModel, SettingsModel, StepModel

REFERENCE = Path(__file__).parents[3] / "docs/reference"
PLAN_FILE = (REFERENCE / "plan-file.md").read_text(encoding="utf-8")
FINDINGS = (REFERENCE / "findings.md").read_text(encoding="utf-8")


def first_column(text: str) -> list[str]:
    """What stands in code marks in the first column of the tables of a page."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def test_the_page_tells_every_key_in_order() -> None:
    models = (PlanModel, MeetingModel, SettingsModel, StepModel)
    keys = PLAN_FILE.split("## Limits in words")[0]
    assert first_column(keys) == [key for model in models for key in model.model_fields]


def test_the_page_tells_every_kind_of_step() -> None:
    listed = PLAN_FILE.split("Kinds: ")[1].split(".\n")[0]
    assert re.findall(r"`(\w+)`", listed) == [kind.value for kind in StepKind]


def test_the_example_of_the_page_is_a_plan() -> None:
    example = PLAN_FILE.split("```yaml\n")[1].split("```")[0]
    assert [step.key for step in parse_plan(example, "plan-file.md").steps] == [
        "collect_forms",
        "hold_meeting",
        "issue_conclusion",
    ]


def test_the_page_tells_every_code_with_its_severities() -> None:
    told: dict[str, set[str]] = {}
    code = ""
    for row in re.findall(r"^\| (`\w+`|) ?\| (\w+) \|", FINDINGS, re.MULTILINE):
        code = row[0].strip("`") or code
        told.setdefault(code, set()).add(row[1])
    said: dict[str, set[str]] = {}
    for sentence in (*SENTENCES, *OF_DOCUMENTS):
        said.setdefault(sentence.code.value, set()).add(sentence.severity.value)
    assert told == said


def test_every_code_stands_on_the_page() -> None:
    assert [code for code in FindingCode if f"`{code.value}`" not in FINDINGS] == []


def test_the_page_tells_what_work_takes() -> None:
    told = FINDINGS.split("from the last limit before: ")[1].split(";")[0]
    assert list(map(int, re.findall(r"\d+", told))) == list(NEEDED_WORKING_DAYS.values())


def test_the_page_tells_every_provision_and_its_first_day() -> None:
    rows = re.findall(r"^\| (?:Luật|Nghị định) ([\w/-]+)[^|]*\| (\d\d/\d\d/\d{4}),", FINDINGS, re.MULTILINE)
    law = {(limit.cite.split(",")[0].split()[-1], f"{limit.valid_from:%d/%m/%Y}") for limit in legal_limits()}
    assert set(rows) == law
