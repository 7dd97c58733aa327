"""The longer limit: where the plan allows it, once, in time, for a reason, approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calendars.rules import By
from tests.builders import FULL, after, at, events, held, started
from workflow.domain import clock_errors, errors
from workflow.domain.commands import CompleteStep, ExtendStep, SetMeeting, StopClock
from workflow.domain.cycle import Cycle
from workflow.domain.events import DeadlineExtended, DeadlineSet

FIRST, LONGER = date(2026, 5, 29), date(2026, 6, 5)  # 10 and 15 working days after Friday 15 May 2026
GRANTED = ExtendStep("conclusion", "phức tạp", "ba vụ việc liên quan nhiều cơ quan", "Nguyễn Văn Chủ")


def limit(cycle: Cycle) -> tuple[date, str]:
    found = cycle.steps["conclusion"].deadline
    assert found is not None
    return found.due_on, found.why


def test_the_longer_limit_counts_in_all_from_the_same_event() -> None:
    cycle = held()
    assert limit(cycle)[0] == FIRST
    assert limit(after(cycle, GRANTED, at("2026-05-25"))) == (LONGER, "extension")


def test_fewer_days_than_the_plan_allows_may_be_asked_for() -> None:
    cycle = after(held(), replace(GRANTED, n=12), at("2026-05-25"))
    assert limit(cycle)[0] == date(2026, 6, 2)


@pytest.mark.parametrize(("day", "clock"), [("2026-05-29", "23:59:59"), ("2026-05-16", "09:00")])
def test_it_may_be_used_until_the_last_instant_of_the_first_limit(day: str, clock: str) -> None:
    assert limit(after(held(), GRANTED, at(day, clock)))[0] == LONGER


def test_at_midnight_it_is_too_late() -> None:
    with pytest.raises(clock_errors.ExtensionTooLate, match="29/05/2026"):
        events(held(), GRANTED, at("2026-05-30", "00:00:00"))


def test_an_approval_given_in_time_may_be_recorded_later() -> None:
    found = replace(GRANTED, approved_on=date(2026, 5, 29))
    cycle = after(held(), found, at("2026-06-01"))
    assert limit(cycle)[0] == LONGER
    extended = cycle.steps["conclusion"].extended
    assert extended is not None
    assert extended.approved_at == at("2026-05-29", "17:00")


def test_a_second_extension_is_refused() -> None:
    cycle = after(held(), replace(GRANTED, n=12), at("2026-05-25"))
    with pytest.raises(clock_errors.ExtensionAlreadyUsed, match="25/05/2026"):
        events(cycle, GRANTED, at("2026-05-26"))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(GRANTED, step="petitions"), clock_errors.ExtensionNotAllowed),
        (replace(GRANTED, step="collect"), errors.StepAlreadyDone),
        (replace(GRANTED, step="nothing"), errors.StepUnknown),
        (replace(GRANTED, reason=" "), clock_errors.ExtensionReasonMissing),
        (replace(GRANTED, reason="bận"), clock_errors.ExtensionReasonUnlisted),
        (replace(GRANTED, words=""), clock_errors.ExtensionWordsMissing),
        (replace(GRANTED, approved_by=""), clock_errors.ApproverMissing),
        (replace(GRANTED, n=16), clock_errors.ExtensionTooLong),
        (replace(GRANTED, n=10), clock_errors.ExtensionTooShort),
        (replace(GRANTED, n=0), clock_errors.ExtensionTooShort),
        (replace(GRANTED, approved_on=date(2026, 5, 26)), clock_errors.ApprovedInFuture),
        (replace(GRANTED, approved_on=date(2026, 4, 1)), clock_errors.ApprovedBeforeStart),
    ],
)
def test_each_refusal_names_the_rule_that_refuses(command: ExtendStep, refusal: type[errors.DoithoaiError]) -> None:
    with pytest.raises(refusal):
        events(held(), command, at("2026-05-25"))


def test_an_approval_after_the_limit_is_too_late_however_it_is_recorded() -> None:
    with pytest.raises(clock_errors.ExtensionTooLate):
        events(held(), replace(GRANTED, approved_on=date(2026, 5, 30)), at("2026-06-01"))


def test_what_is_too_long_is_told_with_the_cap() -> None:
    with pytest.raises(clock_errors.ExtensionTooLong, match="15 ngày làm việc kể từ cùng mốc, không đến 16"):
        events(held(), replace(GRANTED, n=16), at("2026-05-25"))


def test_a_projected_limit_is_not_extended() -> None:
    with pytest.raises(clock_errors.ExtensionOfProjection):
        events(started(FULL), GRANTED, at("2026-04-10"))


def test_a_limit_that_stands_still_is_not_extended() -> None:
    cycle = after(held(), StopClock("conclusion", "chờ"), at("2026-05-20"))
    with pytest.raises(clock_errors.ExtensionWithoutLimit):
        events(cycle, GRANTED, at("2026-05-25"))


def test_without_a_list_any_reason_in_words_is_one() -> None:
    steps = tuple(replace(step, extend_reasons=()) for step in FULL.steps)
    cycle = after(held(replace(FULL, steps=steps)), replace(GRANTED, reason="nhiều việc"), at("2026-05-25"))
    assert limit(cycle)[0] == LONGER


def test_a_longer_limit_on_a_fixed_day_takes_no_number_and_must_be_later() -> None:
    def until(day: date) -> Cycle:
        return held(replace(FULL, steps=tuple(replace(s, extend=s.extend and By(day)) for s in FULL.steps)))

    with pytest.raises(clock_errors.ExtensionByDate):
        events(until(LONGER), replace(GRANTED, n=12), at("2026-05-25"))
    assert limit(after(until(LONGER), GRANTED, at("2026-05-25")))[0] == LONGER
    with pytest.raises(clock_errors.ExtensionTooShort):
        events(until(FIRST), GRANTED, at("2026-05-25"))


def test_the_longer_limit_moves_with_its_event_and_the_verdict_is_given_against_it() -> None:
    cycle = after(started(FULL), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    cycle = after(cycle, GRANTED, at("2026-04-21"))
    moved = after(cycle, SetMeeting(date(2026, 5, 22)), at("2026-04-22"))
    assert limit(moved)[0] == date(2026, 6, 12)
    done = after(
        after(held(), GRANTED, at("2026-05-25")), CompleteStep("conclusion", document_number="1"), at("2026-06-05")
    )
    completion = done.steps["conclusion"].completion
    assert completion is not None
    assert (completion.verdict, completion.due_on) == ("on_time", LONGER)


def test_an_extension_is_one_fact_and_one_new_limit_for_what_it_is_about() -> None:
    found = events(held(), GRANTED, at("2026-05-25"))
    assert [type(e) for e in found[:2]] == [DeadlineExtended, DeadlineSet]
    assert {e.step for e in found if isinstance(e, DeadlineSet)} == {"conclusion", "petitions"}  # its answers follow
