"""Asking for a longer limit: what may be asked, and how the asking ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.rules import Unit, Within
from tests.builders import DIALOGUE, after, at, events, started
from workflow.domain import clock_errors
from workflow.domain.commands import AskExtension, CompleteStep, DeclineExtension, ExtendStep, SetMeeting
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanDefinition, StepDefinition

WHEN = at("2026-05-20")


def _with_longer(step: StepDefinition) -> StepDefinition:
    if step.key != "conclusion":
        return step
    longer = Within(15, Unit.WORKING_DAY, "meeting_day")
    return replace(step, extend=longer, extend_reasons=("vụ việc phức tạp",))


PLAN: PlanDefinition = replace(DIALOGUE, steps=tuple(map(_with_longer, DIALOGUE.steps)))
ASK = AskExtension("conclusion", "vụ việc phức tạp", "42 kiến nghị", 12)


@pytest.fixture
def cycle() -> Cycle:
    """A plan whose meeting was held on 15 May 2026."""
    plan = started(PLAN)
    for key in ("collect", "answers", "announce"):
        plan = after(plan, CompleteStep(key), at("2026-04-20"))
    plan = after(plan, SetMeeting(date(2026, 5, 15)), at("2026-04-21"))
    return after(plan, CompleteStep("meeting_day"), at("2026-05-15", "16:00"))


def test_asking_moves_no_limit_and_is_kept_until_it_is_answered(cycle: Cycle) -> None:
    asked = after(cycle, ASK, WHEN)
    step = asked.steps["conclusion"]
    assert step.asked is not None
    assert (step.asked.words, step.asked.n, step.asked.asked_at) == ("42 kiến nghị", 12, WHEN)
    assert step.deadline == cycle.steps["conclusion"].deadline


def test_granting_or_declining_ends_the_asking(cycle: Cycle) -> None:
    asked = after(cycle, ASK, WHEN)
    granted = after(asked, ExtendStep("conclusion", ASK.reason, ASK.words, "Chủ tịch", 12), WHEN)
    declined = after(asked, DeclineExtension("conclusion", "đủ thời gian"), WHEN)
    assert granted.steps["conclusion"].asked is None
    assert declined.steps["conclusion"].asked is None


def test_the_same_asked_again_changes_nothing_and_another_asking_replaces_it(cycle: Cycle) -> None:
    asked = after(cycle, ASK, WHEN)
    assert events(asked, ASK, WHEN) == []
    assert len(events(asked, replace(ASK, words="43 kiến nghị"), WHEN)) == 1


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (replace(ASK, n=16), clock_errors.ExtensionTooLong),
        (replace(ASK, n=10), clock_errors.ExtensionTooShort),
        (replace(ASK, reason="bận"), clock_errors.ExtensionReasonUnlisted),
        (replace(ASK, words=" "), clock_errors.ExtensionWordsMissing),
        (replace(ASK, step="petitions"), clock_errors.ExtensionNotAllowed),
    ],
)
def test_what_could_not_be_granted_cannot_be_asked_for(
    cycle: Cycle, command: AskExtension, error: type[Exception]
) -> None:
    with pytest.raises(error):
        after(cycle, command, WHEN)


def test_it_is_too_late_to_ask_once_the_limit_has_passed(cycle: Cycle) -> None:
    with pytest.raises(clock_errors.ExtensionTooLate):
        after(cycle, ASK, at("2026-06-20"))


def test_what_was_not_asked_for_cannot_be_declined(cycle: Cycle) -> None:
    with pytest.raises(clock_errors.ExtensionNotAsked):
        after(cycle, DeclineExtension("conclusion", "không"), WHEN)
