"""The rehearsal runs the real engine to the end of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import DIALOGUE, office_terms
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import Meeting
from workflow.domain.verdict import Verdict
from workflow.services.rehearsing import (
    RehearsalStuck,
    RehearsalWithoutDate,
    Rehearsed,
    ScenarioUnknown,
    rehearse,
    seat_everyone,
)
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


def test_a_plan_that_stops_at_a_meeting_without_day_or_month_asks_for_them() -> None:
    with pytest.raises(RehearsalStuck, match="Hội nghị đối thoại; hãy ghi ngày hoặc tháng họp"):
        rehearse(memory_store(), TERMS, replace(DIALOGUE, meeting=Meeting()))


def test_two_organizations_with_units_of_the_same_names_keep_their_own_people() -> None:
    store = memory_store()
    other = replace(DIALOGUE, organization="UBND xã Bác Thánh Miên")
    for definition in (DIALOGUE, other, DIALOGUE):
        seat_everyone(store, definition)
    with store.reading() as uow:
        people = uow.directory.all()
    owners = {step.owner for step in DIALOGUE.steps if step.owner}
    for organization in (DIALOGUE.organization, other.organization):
        seated = {person.name for person in people if person.organization == organization}
        assert seated >= {f"Đầu mối {owner}" for owner in owners}
        assert len(seated) == 2 * len(owners) + 3
    assert len(people) == 2 * (2 * len(owners) + 3)
