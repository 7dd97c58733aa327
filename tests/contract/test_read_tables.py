"""The read tables: what the board and the sweep read follows from the log, without reading the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from calendars.rules import By
from tests.builders import DIALOGUE, at
from tests.contract.acting import LATE_HOURS, STARTED_AT, TERMS, act, act_in, ask, start, start_in
from workflow.domain.commands import CancelPlan, CompleteStep, SetMeeting, StartPlan, Sweep
from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.decide import decide
from workflow.domain.definition import NO_MEETING, PlanDefinition, StepDefinition, StepKind
from workflow.domain.events import DeadlineLifted, Happened
from workflow.domain.verdict import Verdict
from workflow.domain.wake import next_wake_at
from workflow.ports import PlanRow, Store

ONE_STEP = replace(DIALOGUE, title="Một việc", steps=(StepDefinition("only", StepKind.OTHER, "Việc duy nhất"),))
FAR = at("2030-01-01")


def titled(title: str, due: date | None) -> PlanDefinition:
    """A plan of one step, with a limit or none."""
    step = StepDefinition("only", StepKind.OTHER, "Việc", due=By(due) if due is not None else None)
    return replace(DIALOGUE, title=title, steps=(step,), meeting=NO_MEETING)


def test_a_plan_is_shown_with_its_counts_and_its_next_limit(store: Store) -> None:
    cycle = start(store)
    cycle = act(store, CompleteStep("collect"), at("2026-04-10"))
    assert ask(store, lambda uow: uow.plans.rows()) == [
        PlanRow(
            plan_id="p1",
            title=DIALOGUE.title,
            kind=DIALOGUE.kind,
            organization=DIALOGUE.organization,
            calendar="office",
            status=PlanStatus.RUNNING,
            started_at=cycle.started_at,
            meeting_on=None,
            meeting_month="2026-05",
            version=cycle.version,
            steps=6,
            done=1,
            next_step="Trả lời bằng văn bản",
            next_due_on=date(2026, 5, 4),
            next_due_at=at("2026-05-05", "00:00"),
            folded="doi thoai voi giao vien nam 2026 ubnd xa bac thanh mien",
        )
    ]


def test_a_plan_whose_meeting_has_a_day_is_shown_with_it(store: Store) -> None:
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    assert ask(store, lambda uow: uow.plans.rows()[0].meeting_on) == date(2026, 5, 15)


def test_an_ended_plan_has_no_next_limit(store: Store) -> None:
    start(store)
    act(store, CancelPlan("hoãn"), at("2026-04-10"))
    row = ask(store, lambda uow: uow.plans.rows()[0])
    assert (row.status, row.next_step, row.next_due_on, row.next_due_at) == (PlanStatus.CANCELLED, None, None, None)


def test_plans_stand_running_first_then_by_next_limit_then_by_start_and_id(store: Store) -> None:
    start(store, "cancelled", titled("a", date(2026, 4, 7)))
    act(store, CancelPlan("hoãn"), at("2026-04-10"), "cancelled")
    start(store, "no-limit", titled("b", None))
    start(store, "late", titled("c", date(2026, 6, 1)))
    start(store, "soon-Z", titled("d", date(2026, 5, 4)))
    start(store, "soon-a", titled("e", date(2026, 5, 4)))
    start(store, "soon-đ", titled("f", date(2026, 5, 4)))
    found = ask(store, lambda uow: [row.plan_id for row in uow.plans.rows()])
    assert found == ["soon-Z", "soon-a", "soon-đ", "late", "no-limit", "cancelled"]


def test_ids_stand_in_order_of_start_and_can_be_chosen_by_status(store: Store) -> None:
    for plan_id, started_on in (("b", date(2026, 4, 6)), ("a", date(2026, 4, 6)), ("c", date(2026, 4, 3))):
        happened = decide(StartPlan(plan_id, ONE_STEP, started_on), None, at=STARTED_AT, actor="lan", terms=TERMS)
        with store() as uow:
            uow.plans.append(plan_id, 0, happened, at=STARTED_AT, actor="lan", terms=TERMS)
            uow.commit()
    act(store, CompleteStep("only"), at("2026-04-10"), "c")
    assert ask(store, lambda uow: uow.plans.ids()) == ["c", "a", "b"]
    assert ask(store, lambda uow: uow.plans.ids(PlanStatus.RUNNING)) == ["a", "b"]
    assert ask(store, lambda uow: uow.plans.ids(PlanStatus.COMPLETED)) == ["c"]
    assert ask(store, lambda uow: uow.plans.ids(PlanStatus.CANCELLED)) == []


def test_steps_stand_in_the_order_of_the_document(store: Store) -> None:
    start(store, "p2", ONE_STEP)
    start(store, "p1")
    keys = [step.key for step in DIALOGUE.steps]
    assert ask(store, lambda uow: [(s.place, s.key) for s in uow.plans.steps("p1")]) == list(enumerate(keys))
    everything = ask(store, lambda uow: [(s.plan_id, s.key) for s in uow.plans.steps()])
    assert everything == [*(("p1", key) for key in keys), ("p2", "only")]
    assert ask(store, lambda uow: uow.plans.steps("p9")) == []


def test_a_step_is_shown_as_the_log_has_it(store: Store) -> None:
    start(store)
    cycle = act(store, CompleteStep("collect", date(2026, 4, 24)), at("2026-04-27"))
    cycle = act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-28"))
    for row in ask(store, lambda uow: uow.plans.steps("p1")):
        step = cycle.steps[row.key]
        limit, done = step.deadline, step.completion
        assert limit is not None
        assert (row.name, row.kind, row.owner) == (step.definition.name, step.definition.kind, step.definition.owner)
        assert (row.status, row.opened_at, row.revision) == (step.status, step.opened_at, step.revision)
        assert (row.due_on, row.due_at, row.safe_on) == (limit.due_on, limit.due_at, limit.safe_on)
        assert (row.projected, row.provisional) == (limit.projected, limit.provisional)
        assert (row.done_at, row.verdict) == (done and done.happened_at, done and done.verdict)
        assert row.wake_at == next_wake_at(cycle, step, TERMS)
        for when in (STARTED_AT, at("2026-05-05"), FAR):
            assert row.standing(when) == step.standing(when)


def test_a_late_and_back_dated_end_is_shown_so(store: Store) -> None:
    start(store)
    act(store, CompleteStep("collect", date(2026, 4, 24)), at("2026-04-27"))
    row = ask(store, lambda uow: uow.plans.steps("p1")[0])
    assert (row.status, row.verdict, row.late_working_days, row.back_dated) == (StepStatus.DONE, Verdict.LATE, 1, True)


def test_a_plan_wakes_strictly_after_the_instant_it_waits_for(store: Store) -> None:
    start(store)
    first = min(step.wake_at for step in ask(store, lambda uow: uow.plans.steps()) if step.wake_at is not None)
    assert ask(store, lambda uow: uow.plans.waking(first, 10)) == []
    assert ask(store, lambda uow: uow.plans.waking(first + timedelta(microseconds=1), 10)) == ["p1"]


def test_waking_plans_come_once_each_the_earliest_first_and_no_more_than_asked_for(store: Store) -> None:
    for plan_id, due in (("late", 28), ("b", 20), ("a", 20), ("soon", 14)):
        start(store, plan_id, titled(plan_id, date(2026, 4, due)))
        act(store, Sweep(at("2026-04-06", "10:00")), at("2026-04-06", "10:00"), plan_id)
    assert ask(store, lambda uow: uow.plans.waking(FAR, 10)) == ["soon", "a", "b", "late"]
    assert ask(store, lambda uow: uow.plans.waking(FAR, 2)) == ["soon", "a"]
    assert ask(store, lambda uow: uow.plans.waking(at("2026-04-20"), 10)) == ["soon", "a", "b"]


def test_a_plan_of_many_waking_steps_hides_no_other(store: Store) -> None:
    many = tuple(StepDefinition(f"s{n}", StepKind.OTHER, "Việc", due=By(date(2026, 4, 14))) for n in range(30))
    for plan_id in ("a", "b", "c"):
        start(store, plan_id, replace(DIALOGUE, steps=many, meeting=NO_MEETING))
    assert ask(store, lambda uow: [uow.plans.waking(FAR, limit) for limit in (1, 2, 3, 9)]) == [
        ["a"],
        ["a", "b"],
        ["a", "b", "c"],
        ["a", "b", "c"],
    ]


def test_an_ended_plan_never_wakes(store: Store) -> None:
    start(store)
    act(store, CancelPlan("hoãn"), at("2026-04-10"))
    assert ask(store, lambda uow: uow.plans.waking(FAR, 10)) == []


def test_a_sweep_moves_the_instant_at_which_the_plan_wakes(store: Store) -> None:
    start(store)
    act(store, Sweep(at("2026-04-21")), at("2026-04-21"))
    assert ask(store, lambda uow: uow.plans.waking(at("2026-04-21"), 10)) == []
    assert ask(store, lambda uow: uow.plans.waking(FAR, 10)) == ["p1"]


def test_every_revision_of_a_limit_is_kept_oldest_first(store: Store) -> None:
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    act(store, SetMeeting(date(2026, 5, 22)), at("2026-04-21"))
    found = ask(store, lambda uow: uow.plans.revisions("p1", "announce"))
    assert [(each.revision, each.due_on, each.projected, each.why, each.actor) for each in found] == [
        (1, date(2026, 5, 22), True, "start", "lan"),
        (2, date(2026, 5, 8), False, "meeting", "minh"),
        (3, date(2026, 5, 15), False, "meeting", "minh"),
    ]
    assert [each.recorded_at for each in found] == [STARTED_AT, at("2026-04-20"), at("2026-04-21")]
    everything = ask(store, lambda uow: uow.plans.revisions("p1"))
    assert [each for each in everything if each.step == "announce"] == found
    assert [each.recorded_at for each in everything] == sorted(each.recorded_at for each in everything)


def test_a_limit_lifted_is_a_revision_without_a_day(store: Store) -> None:
    cycle = start(store)
    with store() as uow:
        lifted = Happened(DeadlineLifted("collect", 2, "calendar"), at("2026-04-20"))
        uow.plans.append("p1", cycle.version, [lifted], at=at("2026-04-20"), actor="lan", terms=TERMS)
        uow.commit()
    last = ask(store, lambda uow: uow.plans.revisions("p1", "collect"))[-1]
    assert (last.revision, last.due_on, last.due_at, last.projected) == (2, None, None, False)
    row = ask(store, lambda uow: uow.plans.steps("p1")[0])
    assert (row.due_on, row.due_at, row.safe_on, row.revision) == (None, None, None, 2)


def test_revisions_of_no_plan_are_none(store: Store) -> None:
    assert ask(store, lambda uow: uow.plans.revisions("p9")) == []


def test_rebuilding_gives_the_same_tables(store: Store) -> None:
    start(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    act(store, Sweep(at("2026-05-20")), at("2026-05-20"))
    before = ask(store, lambda uow: (uow.plans.rows(), uow.plans.steps(), uow.plans.revisions("p1")))
    with store() as uow:
        uow.plans.rebuild("p1", TERMS)
        uow.commit()
    assert ask(store, lambda uow: (uow.plans.rows(), uow.plans.steps(), uow.plans.revisions("p1"))) == before


def test_rebuilding_one_plan_leaves_the_others(store: Store) -> None:
    start(store, "p1")
    start(store, "p2")
    before = ask(store, lambda uow: (uow.plans.rows(), uow.plans.steps()))
    with store() as uow:
        uow.plans.rebuild("p1", TERMS)
        uow.commit()
    assert ask(store, lambda uow: (uow.plans.rows(), uow.plans.steps())) == before


def test_the_instant_of_waking_follows_from_the_terms_given_last(store: Store) -> None:
    start(store)
    before = ask(store, lambda uow: uow.plans.steps())
    with store() as uow:
        uow.plans.rebuild("p1", LATE_HOURS)
        uow.commit()
    assert ask(store, lambda uow: uow.plans.steps()) != before
    with store() as uow:
        uow.plans.append("p1", uow.plans.get("p1").version, (), at=STARTED_AT, actor="lan", terms=TERMS)
        uow.commit()
    assert ask(store, lambda uow: uow.plans.steps()) == before


@pytest.mark.parametrize("clock", ["00:00", "06:59", "07:00", "23:59"])
def test_days_stay_the_same_days_whatever_the_hour(store: Store, clock: str) -> None:
    start(store, when=at("2026-04-06", clock))
    row = ask(store, lambda uow: uow.plans.steps("p1")[0])
    assert row.due_on == date(2026, 4, 23)
    assert row.due_at == datetime(2026, 4, 23, 17, tzinfo=UTC)


def test_a_unit_that_does_several_things_to_a_plan_shows_the_last(store: Store) -> None:
    with store() as uow:
        start_in(uow)
        act_in(uow, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
        cycle = act_in(uow, SetMeeting(date(2026, 5, 22)), at("2026-04-21"))
        uow.commit()
    row = ask(store, lambda uow: uow.plans.rows()[0])
    assert (row.version, row.meeting_on) == (cycle.version, date(2026, 5, 22))
