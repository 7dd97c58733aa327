"""Each example shows exactly the findings that it deserves, and its README says so."""

from __future__ import annotations

import pytest

from tests.builders import at
from tests.integration.examples.plans import EXAMPLES, NAMES, ROOT, example
from workflow.planfile import parse_plan, write_plan
from workflow.services.checking import examine

DESERVED: dict[str, list[tuple[str, str, str]]] = {
    # code · severity · steps
    "s0": [
        ("contradictory_owner", "warning", "secretary_culture secretary_office"),
        ("missing_date", "info", "recognise_inspectors"),  # only the month of the meeting is known
        ("shorter_than_law", "info", "recognise_inspectors"),  # 5 days where the decree has 05 working days
        ("unresolved_reference", "warning", "report_results"),
    ],
    "s1": [
        ("missing_owner", "warning", "agree_policy"),
        ("missing_owner", "warning", "form_committee"),
        ("missing_owner", "warning", "key_staff_meeting"),
        ("missing_owner", "warning", "group_opinions"),
        ("missing_owner", "warning", "nominate_awards"),
        ("due_on_non_working_day", "warning", "hold_meeting"),  # Saturday 14/10/2023
        ("shorter_than_law", "info", "recognise_inspectors"),
        ("contradictory_owner", "info", "review_by_head review_by_union"),
        (
            "missing_date",
            "info",
            (
                "group_meetings final_report call_extraordinary send_resolution report_to_union elect_head "
                "recognise_inspectors review_by_head review_by_union"
            ),
        ),
    ],
    "s2": [
        ("too_little_time", "warning", "school_opinions classify_opinions"),  # 21/10 only
        ("due_on_non_working_day", "warning", "draft_answers"),  # Sunday 26/10/2025
        ("too_little_time", "warning", "classify_opinions draft_answers"),  # 22, 23 and 24/10
        ("due_on_non_working_day", "warning", "announce_meeting"),  # seven days before a Sunday
        ("due_on_non_working_day", "info", "hold_meeting"),
        ("unresolved_reference", "warning", "issue_conclusion"),
        ("unresolved_reference", "warning", "answer_petitions"),
        ("contradictory_owner", "warning", "chase_conclusion supervise_conclusion"),
    ],
    "s3": [
        ("too_little_time", "warning", "collect_forms draft_answers"),  # 24, 28 and 29/4, 04/5
        ("due_on_non_working_day", "warning", "answer_report"),  # Saturday 09/5/2026
        ("missing_date", "info", "announce_plan explain_plan explain_in_schools"),  # the law has 7 days
        ("longer_than_law", "warning", "issue_conclusion"),
        ("unresolved_reference", "warning", "settle_issues"),
        ("missing_date", "info", "issue_conclusion answer_petitions"),
        ("unresolved_reference", "warning", "report_figures"),
    ],
    "s4": [
        (
            "missing_date",
            "warning",
            (
                "roll_out select_workers collect_opinions sort_opinions draft_answers prepare_programme invite_delegates "
                "prepare_venue publicity release_workers send_delegates"
            ),
        ),
        ("too_little_time", "warning", "hold_meeting"),  # issued 13/7, held 25/7/2023
    ],
}


def test_there_are_five_examples() -> None:
    assert tuple(EXAMPLES) == NAMES == tuple(DESERVED)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_exactly_the_findings_it_deserves(name: str) -> None:
    found = [(each.code.value, each.severity.value, " ".join(each.steps)) for each in examine(EXAMPLES[name])[0]]
    assert found == DESERVED[name]


@pytest.mark.parametrize("name", NAMES)
def test_today_adds_only_what_has_passed(name: str) -> None:
    codes = [each.code.value for each in examine(EXAMPLES[name], at=at("2030-01-01"))[0]]
    assert sorted(codes) == sorted([code for code, _, _ in DESERVED[name]] + ["date_in_past"])


@pytest.mark.parametrize("name", NAMES)
def test_an_example_reads_back_as_it_is_written(name: str) -> None:
    assert parse_plan(write_plan(example(name)), name) == example(name)


def test_the_readme_tells_the_findings_of_each_example() -> None:
    readme = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    sections = readme.split("\n## ")[1:]
    told = {section.split("`")[1][:2]: section for section in sections}
    for name, deserved in DESERVED.items():
        rows = [line for line in told[name].splitlines() if line.startswith("| `")]
        assert [(row.split("`")[1], row.split("|")[2].strip()) for row in rows] == [
            (code, severity) for code, severity, _ in deserved
        ], name
