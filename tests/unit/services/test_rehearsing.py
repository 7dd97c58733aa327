"""The rehearsal runs the real engine to the end of a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendars.rules import Unit, Within
from tests.builders import DIALOGUE, office_terms
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import Meeting, StepKind
from workflow.domain.events import CalendarAdopted, DeadlineExtended
from workflow.domain.verdict import Verdict
from workflow.domain.zone import day_of, instant
from workflow.services.agenda import ScenarioUnfit, owes_most
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
MEETING = next(step.key for step in DIALOGUE.steps if step.kind is StepKind.HOLD_MEETING)


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


def completed_on(done: Rehearsed, step: str) -> date:
    completion = done.cycle.steps[step].completion
    assert completion is not None
    return day_of(completion.happened_at)


def test_only_the_unit_that_owes_most_is_late_in_one_unit_late() -> None:
    done = run("one_unit_late")
    unit = owes_most(DIALOGUE)
    late = {
        step.definition.owner
        for step in done.cycle.steps.values()
        if step.completion and step.completion.verdict is Verdict.LATE
    }
    assert late == {unit}


def test_a_meeting_put_off_moves_what_hangs_on_it_and_tells_each_person_once() -> None:
    moved, plain = run("meeting_moved"), run()
    assert completed_on(moved, MEETING) > completed_on(plain, MEETING)
    told = Counter(notice.person_id for notice, _ in moved.told if notice.rung == "changed")
    assert told
    assert set(told.values()) == {1}


def test_a_longer_limit_is_asked_for_in_time_and_ends_on_it() -> None:
    done = run("extension")
    extended = [fact.event.step for fact in done.log if isinstance(fact.event, DeadlineExtended)]
    assert extended == [step.key for step in DIALOGUE.steps if step.extend is not None]
    assert done.cycle.status is PlanStatus.COMPLETED


def test_a_decision_adopted_in_the_middle_counts_the_plan_anew() -> None:
    done = run("notice_adopted")
    assert [type(fact.event) for fact in done.log].count(CalendarAdopted) == 1
    assert done.cycle.calendar_version != TERMS.calendar.version


def test_nothing_goes_out_during_an_outage_and_everything_right_after_it() -> None:
    done = run("outage_25h")
    assert done.outage is not None
    since, until = done.outage
    assert until - since == timedelta(hours=25)
    sent = [done.sent_at[notice.key] for notice, _ in done.told]
    assert not [at for at in sent if since <= at < until]
    held_up = [notice for notice, _ in done.told if since <= notice.owed_at < until]
    assert {done.sent_at[notice.key] for notice in held_up} <= {TERMS.hours.next_working_instant(until)}


def test_an_outage_over_tet_needs_a_plan_that_runs_over_it() -> None:
    with pytest.raises(ScenarioUnfit, match="không chạy qua Tết"):
        run("outage_tet")


def test_a_plan_over_tet_comes_to_its_end_after_an_outage_of_the_whole_of_it() -> None:
    steps = (
        replace(DIALOGUE.steps[0], due=Within(5, Unit.WORKING_DAY, "start")),
        replace(
            DIALOGUE.steps[0],
            key="later",
            name="Việc sau",
            after=("collect",),
            due=Within(12, Unit.WORKING_DAY, "start"),
        ),
    )
    plan = replace(DIALOGUE, steps=steps, meeting=Meeting(), issued_on=date(2026, 2, 9))
    done = rehearse(memory_store(), TERMS, plan, scenario="outage_tet")
    assert done.cycle.status is PlanStatus.COMPLETED
    assert done.outage is not None
    assert done.outage[0] < instant(date(2026, 2, 17)) < done.outage[1]
