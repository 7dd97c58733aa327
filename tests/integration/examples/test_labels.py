"""The examples say what a careful coordinator reads in the real plans: limits, kinds, owners and order."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

import pytest

from calendars.rules import After, Before, BeforeEvent, DaysBefore, FirstOf, Recurring, Rule, Unit, Vague, Within
from tests.builders import office_terms
from tests.integration.examples.labels import HELD_BY, folded, labelled, texts
from tests.integration.examples.plans import EXAMPLES, NAMES, example
from workflow.domain.definition import PlanDefinition, StepDefinition
from workflow.domain.lint_case import Case

EVERY_LABEL = [(name, number) for name in NAMES for number in range(len(HELD_BY[name]))]
NOT_IN_THE_PLAN = {"s1": {"extraordinary_request"}}  # the event from which an extraordinary meeting is counted


def holder(name: str, number: int) -> StepDefinition:
    return example(name).by_key[HELD_BY[name][number]]


def label(name: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = labelled(name)["steps"][number]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_label_is_held_and_every_step_is_labelled(name: str) -> None:
    assert len(labelled(name)["steps"]) == len(HELD_BY[name])
    invented = set(example(name).by_key) - set(HELD_BY[name])
    assert invented == NOT_IN_THE_PLAN.get(name, set())


@pytest.mark.parametrize(("name", "number"), EVERY_LABEL)
def test_a_labelled_limit_is_the_limit_of_the_step(name: str, number: int) -> None:
    stated = label(name, number)
    deadline, step = stated["deadline"], holder(name, number)
    if deadline is None:
        assert "deadline_ref" not in stated or isinstance(step.due, Vague)
    elif "is_extension_of" in deadline:
        assert _matches(deadline, step.extend, example(name))
    elif "inherited_from" not in deadline:
        assert any(_matches(deadline, rule, example(name)) for rule in _parts(step.due)), (deadline, step.due)


@pytest.mark.parametrize(("name", "number"), EVERY_LABEL)
def test_an_extension_is_the_new_total_from_the_same_event(name: str, number: int) -> None:
    deadline = label(name, number)["deadline"] or {}
    extension, step = deadline.get("extension"), holder(name, number)
    if extension is not None:
        assert step.extend == Within(extension["n"], Unit(extension["unit"]), "hold_meeting")
    else:
        assert step.extend is None or label(name, number).get("same_as") or "inherited_from" in deadline


@pytest.mark.parametrize("name", NAMES)
def test_a_step_has_no_limit_that_no_label_states(name: str) -> None:
    stated = {
        HELD_BY[name][n] for n, each in enumerate(labelled(name)["steps"]) if each["deadline"] or "deadline_ref" in each
    }
    assert {step.key for step in example(name).steps if step.due is not None} <= stated


@pytest.mark.parametrize(("name", "number"), EVERY_LABEL)
def test_a_step_is_of_the_kind_of_its_label(name: str, number: int) -> None:
    stated, step = label(name, number), holder(name, number)
    kinds = {stated["step_kind"], *stated.get("alt_kinds", ())}
    assert step.kind in kinds or "other" in kinds or (step.in_meeting and stated.get("in_meeting"))


@pytest.mark.parametrize(("name", "number"), EVERY_LABEL)
def test_a_step_is_owed_by_whom_its_label_names(name: str, number: int) -> None:
    stated, step = label(name, number), holder(name, number)
    named = [owner for each in _same(name, stated) for owner in (each["owner"], *each.get("owner_alternatives", ()))]
    if None in named:
        return
    held = [folded(each) for each in (step.owner, *step.coordinating) if each is not None]
    wanted = [folded(each) for each in named]
    assert any(one in other or other in one for one in held for other in wanted), (held, wanted)


def _same(name: str, stated: dict[str, Any]) -> list[dict[str, Any]]:
    """A label and those that state the same step again."""
    group = stated.get("same_as")
    return [each for each in labelled(name)["steps"] if each is stated or (group and each.get("same_as") == group)]


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_order_holds(name: str) -> None:
    plan = example(name)
    case = Case(plan, office_terms().calendar)
    for earlier, later in labelled(name)["expected_edges"]:
        first, second = HELD_BY[name][earlier], HELD_BY[name][later]
        assert first == second or case.comes_before(first, second), (first, second)


def test_no_sentence_of_a_real_plan_stands_in_an_example() -> None:
    longest = 14
    known = {shingle for text in texts() for shingle in _shingles(text, longest)}
    for path in EXAMPLES.values():
        for line in path.read_text(encoding="utf-8").splitlines():
            assert known.isdisjoint(_shingles(line, longest)), line


def _shingles(text: str, length: int) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]


def _parts(rule: Rule | None) -> tuple[Rule | None, ...]:
    return rule.rules if isinstance(rule, FirstOf) else (rule,)


def _matches(deadline: dict[str, Any], rule: Rule | None, plan: PlanDefinition) -> bool:
    """Whether a rule (or, for the meeting, what the plan says of it) is the labelled limit."""
    unit = None if deadline.get("unit") is None else Unit(deadline["unit"])
    match deadline["type"]:
        case "before_date":
            return rule == Before(date.fromisoformat(deadline["date"]))
        case "on_date":
            told = plan.meeting.on, plan.meeting.at
            return told[0] == date.fromisoformat(deadline["date"]) and f"{told[1]:%H:%M}" == deadline["time"]
        case "month":
            return plan.meeting.month == tuple(map(int, deadline["date"].split("-")))
        case "within_days_after" if deadline["n"] is None:
            return isinstance(rule, After)
        case "within_days_after":
            return isinstance(rule, Within) and (rule.n, rule.unit) == (deadline["n"], unit)
        case "days_before" if deadline["n"] is None:
            return isinstance(rule, BeforeEvent)
        case "days_before":
            return isinstance(rule, DaysBefore) and (rule.n, rule.unit) == (deadline["n"], unit)
        case "recurring":
            return isinstance(rule, Recurring) and (rule.every, rule.unit) == (deadline["n"], unit)
        case _:
            return False
