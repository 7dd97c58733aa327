"""The JSON of a draft: its keys are a promise, its limits have the shape that labels of plans have."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendars import vietnam_office
from calendars.rules import Before, By, Readings, Rule, due
from tests.drafts import DRAFT, source
from workflow.domain.lint_findings import Words
from workflow.intake.draft import DeadlineType, DraftDeadline
from workflow.services.draft_json import draft_json, json_text

PROMISED = {"title", "kind", "organization", "document_number", "issued_on", "meeting", "steps", "findings"}
PROMISED_OF_STEP = {"key", "kind", "name", "owner", "after", "deadline", "in_meeting", "sources"}


def told(language: str = "vi") -> Any:
    return json.loads(json_text(draft_json(DRAFT, {}, "en" if language == "en" else "vi")))


def step(key: str) -> Any:
    (found,) = [each for each in told()["steps"] if each["key"] == key]
    return found


def test_every_promised_key_is_there() -> None:
    answer = told()
    assert answer.keys() >= PROMISED
    assert all(each.keys() >= PROMISED_OF_STEP for each in answer["steps"])
    assert all(each.keys() >= {"code", "severity", "message", "steps", "source"} for each in answer["findings"])
    assert [each.keys() >= {"start", "end", "text"} for each in answer["steps"][0]["sources"]] == [True]


def test_a_meeting_is_told_as_the_plan_file_tells_it() -> None:
    meeting = told()["meeting"]
    assert (meeting["on"], meeting["at"], meeting["month"], meeting["place"], meeting["tentative"]) == (
        "2026-05-15",
        "08:00",
        None,
        "Nhà văn hóa xã",
        True,
    )
    other = replace(DRAFT, meeting=replace(DRAFT.meeting, on=None, at=None, month=(2026, 5)))
    assert draft_json(other, {})["meeting"]["month"] == "2026-05"


def test_a_period_has_its_number_unit_anchor_and_the_longer_total() -> None:
    deadline = step("issue_conclusion")["deadline"]
    assert {name: deadline[name] for name in ("type", "date", "n", "unit", "anchor", "minimum", "tentative")} == {
        "type": "within_days_after",
        "date": None,
        "n": 10,
        "unit": "working_day",
        "anchor": "hội nghị",
        "minimum": False,
        "tentative": False,
    }
    extension = deadline["extension"]
    assert (extension["n"], extension["unit"], extension["condition"]) == (15, "working_day", "việc phức tạp")
    assert extension["mode"] == "total_not_added"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Before(date(2026, 4, 24)), ["2026-04-23", "2026-04-24"]),
        (By(date(2026, 4, 24)), []),  # a working day: every reading comes to it
    ],
)
def test_both_readings_are_told_where_they_come_to_different_days(rule: Rule, days: list[str]) -> None:
    key = DRAFT.steps[0].key
    limit = due(rule, vietnam_office(), {}, Readings())
    answer = json.loads(json_text(draft_json(DRAFT, {key: limit})))["steps"][0]
    assert [each["due_on"] for each in answer["readings"]] == days
    assert [each["chosen"] for each in answer["readings"]][:1] == [True] * bool(days)


def test_a_step_without_a_limit_has_none_and_says_what_stands_for_it() -> None:
    found = step("report_up")
    assert (found["deadline"], found["reference"], found["due_on"]) == (None, "theo quy định", None)


def test_a_limit_that_comes_back_every_year_recurs() -> None:
    yearly = DraftDeadline(DeadlineType.BEFORE_DATE, "trước ngày 15/10 hằng năm", date="2026-10-15", yearly=True)
    draft = replace(DRAFT, steps=(replace(DRAFT.steps[0], deadline=yearly),), edges=())
    (found,) = draft_json(draft, {})["steps"]
    assert found["deadline"]["recurring"] == {"n": 12, "unit": "month"}


def test_what_must_come_first_stands_with_its_reason() -> None:
    found = step("issue_conclusion")
    assert found["after"] == ["hold_meeting"]
    assert [(edge["after"], edge["reason"], edge["words"]) for edge in found["edges"]] == [
        ("hold_meeting", "event", "sau hội nghị")
    ]


def test_a_proposal_is_never_silent() -> None:
    proposed = step("announce")["proposed"]
    assert (proposed["what"], "72/2025/QH15" in proposed["cite"], step("announce")["sources"]) == ("step", True, [])
    assert step("hold_meeting")["proposed"] is None


def test_a_finding_about_words_says_where_they_stand() -> None:
    words = source("ngày 15/5/2026")
    finding = replace(DRAFT.findings[0], words=Words(words.start, words.end, words.text))
    (told_finding,) = draft_json(replace(DRAFT, findings=(finding,)), {})["findings"]
    assert told_finding["words"] == {"start": words.start, "end": words.end, "text": words.text}


def test_findings_are_told_in_the_language_asked_for() -> None:
    assert "chưa có ai chịu trách nhiệm" in told()["findings"][0]["message"]
    assert "nobody in charge" in told("en")["findings"][0]["message"] or "owner" in told("en")["findings"][0]["message"]


def test_only_days_are_made_plain() -> None:
    assert json_text({"on": date(2026, 5, 15)}) == '{\n  "on": "2026-05-15"\n}\n'
    with pytest.raises(TypeError):
        json_text(object())
