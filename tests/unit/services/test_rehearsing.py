"""The rehearsal runs the real engine to the end of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import DIALOGUE, office_terms
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import Meeting
from workflow.domain.verdict import Verdict
from workflow.services.rehearsing import RehearsalWithoutDate, Rehearsed, ScenarioUnknown, rehearse
from workflow.store import memory_store

TERMS = office_terms()


def run(scenario: str = "on_time") -> Rehearsed:
    return rehearse(memory_store(), TERMS, DIALOGUE, scenario=scenario)


def test_everyone_on_time_ends_the_plan_without_one_notice_of_breach() -> None:
    done = run()
    assert done.cycle.status is PlanStatus.COMPLETED
    assert {step.completion.verdict for step in done.cycle.steps.values() if step.completion} == {Verdict.ON_TIME}
    assert not [notice for notice, _ in done.told if notice.rung.startswith("overdue")]


def test_everyone_three_days_late_climbs_to_the_heads_of_units() -> None:
    done = run("three_days_late")
    assert {n.rung for n, _ in done.told} >= {"overdue", "overdue_1"}
    assert {letter.role.value for _, letter in done.told if letter.role} == {"owner", "coordinator", "head"}


def test_every_notice_is_owed_in_working_time() -> None:
    for notice, _ in run("three_days_late").told:
        assert TERMS.hours.is_open(notice.owed_at), notice


def test_a_letter_says_what_was_so_when_it_was_owed() -> None:
    warned = next(letter for notice, letter in run().told if notice.rung == "warn_3" and notice.step == "collect")
    limit = warned.matters[0].limit
    assert limit is not None
    assert (limit.working_days_left, limit.due_on) == (3, date(2026, 4, 23))


def test_a_rehearsal_gives_the_same_each_time() -> None:
    assert run("three_days_late") == run("three_days_late")


def test_an_unknown_scenario_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ScenarioUnknown, match="three_days_late"):
        run("lạ")


def test_a_plan_without_any_date_asks_for_one() -> None:
    undated = tuple(replace(step, due=None) for step in DIALOGUE.steps)
    with pytest.raises(RehearsalWithoutDate):
        rehearse(memory_store(), TERMS, replace(DIALOGUE, steps=undated, meeting=Meeting()))
