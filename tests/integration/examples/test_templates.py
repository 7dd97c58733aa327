"""Each shipped template makes a plan that is sound and runs to a closed cycle; what `check` says of it is true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest

from calendars import vietnam_office
from tests.builders import office_terms
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import Meeting, PlanDefinition
from workflow.domain.lint import lint
from workflow.domain.verdict import Verdict
from workflow.planfile import parse_plan
from workflow.planfile.templates import Filling, FillingWrong, TemplateUnknown, filled, template, template_names
from workflow.services.rehearsing import rehearse
from workflow.store.memory import MemoryStore

ORGANIZATIONS: Mapping[str, str] = MappingProxyType(
    {
        "conference": "Trường THCS An Bình",
        "dialogue": "UBND xã An Bình",
        "union": "Liên đoàn Lao động quận Hải An",
        "workplace": "Công ty May Hải Phòng",
        "youth": "UBND xã An Bình",
    }
)
SAID: Mapping[str, list[tuple[str, str]]] = MappingProxyType(
    {
        "conference": [],
        "dialogue": [("longer_than_law", "issue_conclusion")],  # 15 working days by custom, 10 days by law
        "union": [],
        "workplace": [],
        "youth": [("longer_than_law", "issue_conclusion")],  # 15 days by its own decree, 10 for dialogues of communes
    }
)
KNOWN, MONTH = Meeting(on=date(2026, 8, 14)), Meeting(month=(2026, 8))


def made(name: str, meeting: Meeting = KNOWN) -> PlanDefinition:
    return parse_plan(filled(name, Filling(ORGANIZATIONS[name], 2026, meeting)), name)


def test_every_template_is_tried() -> None:
    assert template_names() == tuple(ORGANIZATIONS) == tuple(SAID)


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_a_template_says_its_version_and_on_what_it_rests(name: str) -> None:
    found = template(name)
    assert found.version == made(name).template == f"{name}@1"
    assert found.about
    assert found.basis


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_of_a_plan_of_a_template_only_what_is_true_is_said(name: str) -> None:
    found = lint(made(name), vietnam_office())
    assert [(each.code.value, " ".join(each.steps)) for each in found] == SAID[name]


@pytest.mark.parametrize("meeting", [KNOWN, MONTH], ids=["day", "month"])
@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_a_plan_of_a_template_runs_to_its_end_in_time(name: str, meeting: Meeting) -> None:
    cycle = rehearse(MemoryStore(), office_terms(), made(name, meeting)).cycle
    assert cycle.status is PlanStatus.COMPLETED
    assert {step.completion.verdict for step in cycle.steps.values() if step.completion} <= {
        Verdict.ON_TIME,
        Verdict.NO_LIMIT,
    }


@pytest.mark.parametrize("organization", ['Trường "Sao: Mai"', "A \\ B", "{organization} #1", "- x", "Ủy ban, xã"])
def test_any_name_is_filled_in_as_it_is(organization: str) -> None:
    plan = parse_plan(filled("dialogue", Filling(organization, 2026, MONTH, title=f"Hội nghị {organization}")), "x")
    assert (plan.organization, plan.title) == (organization, f"Hội nghị {organization}")
    assert plan.by_key["hold_meeting"].owner == f"Chủ tịch {organization}"


def test_the_year_of_the_title_is_that_of_the_meeting_else_this_one() -> None:
    assert made("union").title.endswith("năm 2026")
    undated = filled("conference", Filling("Trường A", 2031, Meeting()))
    assert parse_plan(undated, "x").title.endswith("năm 2031")
    assert parse_plan(undated, "x").meeting == Meeting()


@pytest.mark.parametrize("organization", ["", " ", "A\x07", "x" * 600])
def test_what_no_plan_can_hold_is_refused(organization: str) -> None:
    with pytest.raises(FillingWrong):
        filled("dialogue", Filling(organization, 2026, MONTH))


def test_a_template_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(TemplateUnknown, match="conference, dialogue, union, workplace, youth"):
        template("../x")
