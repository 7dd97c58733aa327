"""Whatever is done to them, the store in memory and the store in a database answer alike."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import DIALOGUE, after, at, started
from tests.contract.acting import ANSWER, TERMS, act, ask, start
from tests.contract.databases import migrated_sqlite
from workflow.domain.commands import (
    AdoptCalendar,
    AnswerPetition,
    CancelPlan,
    Command,
    CompleteStep,
    HandOver,
    MergePetition,
    PostponeMeeting,
    RaisePetition,
    ReopenStep,
    RestartClock,
    SetMeeting,
    SkipStep,
    StopClock,
    Sweep,
    TransferPetition,
)
from workflow.domain.definition import ForEach
from workflow.domain.errors import DoithoaiError
from workflow.domain.evolving import fold
from workflow.domain.petition import Authority, Petitioner, RaisedWhen
from workflow.ports import Store, UnitOfWork
from workflow.store import memory_store, sql_store
from workflow.store.rows import rows_of

SINCE = at("2026-04-06")
days = st.dates(date(2026, 4, 6), date(2026, 7, 31))
petitions = st.sampled_from(["p1", "p2", "p3"])
steps = st.sampled_from([step.key for step in DIALOGUE.steps])
FAN = replace(DIALOGUE.steps[-1], after=(), for_each=ForEach.OPEN_PETITION)
FANNED = replace(DIALOGUE, steps=(*DIALOGUE.steps[:-1], FAN))
deeds: st.SearchStrategy[Command | None] = st.one_of(
    st.none(),
    st.builds(SetMeeting, days),
    st.builds(CompleteStep, st.sampled_from([step.key for step in DIALOGUE.steps]), document_number=st.just("1/TB")),
    st.builds(
        RaisePetition,
        st.sampled_from(["Sửa cổng", "Thêm sách"]),
        st.just(Petitioner("Lan")),
        st.sampled_from(RaisedWhen),
    ),
    st.builds(AnswerPetition, petitions, st.builds(replace, st.just(ANSWER), answered_on=days)),
    st.builds(MergePetition, petitions, petitions),
    st.builds(TransferPetition, petitions, st.just(Authority.CITY), st.just("Sở Giáo dục"), st.just("thẩm quyền")),
    st.builds(SkipStep, steps, st.just("không áp dụng")),
    st.builds(ReopenStep, steps, st.just("nhầm")),
    st.builds(HandOver, steps, st.just("Văn phòng"), st.just("đổi người")),
    st.builds(StopClock, steps, st.just("chờ ý kiến")),
    st.builds(RestartClock, steps),
    st.builds(PostponeMeeting, st.just("mưa bão"), st.none() | st.just((2026, 7))),
    st.sampled_from([AdoptCalendar(), CancelPlan("hoãn")]),
)
plans_lives = st.lists(st.tuples(st.sampled_from(["p1", "p2"]), deeds, st.integers(0, 60 * 24 * 9)), max_size=8)


def live(store: Store, life: list[tuple[str, Command | None, int]]) -> list[object]:
    """Start two plans and let things happen to them, each so many minutes after the other; how each went.

    None stands for a sweep.
    """
    now, outcomes = SINCE, list[object]()
    for plan_id in ("p1", "p2"):
        start(store, plan_id, FANNED)
    for plan_id, deed, minutes in life:
        now += timedelta(minutes=minutes)
        try:
            outcomes.append(act(store, deed or Sweep(now), now, plan_id))
        except DoithoaiError as refused:
            outcomes.append(str(refused))
    return outcomes


def everything(uow: UnitOfWork) -> list[object]:
    """All that can be asked of the plans."""
    asked: list[object] = [uow.plans.ids(), uow.plans.logged_ids(), uow.plans.rows(), uow.plans.steps()]
    asked += [uow.plans.waking(SINCE + timedelta(days=days), limit) for days in (1, 20, 400) for limit in (1, 9)]
    for plan_id in ("p1", "p2"):
        plans = uow.plans
        asked += [plans.get(plan_id), plans.log(plan_id), plans.revisions(plan_id), plans.chain_faults(plan_id)]
        asked += [plans.table_faults(plan_id, TERMS), plans.petitions(plan_id)]
    asked += [uow.plans.heads(), uow.plans.counting_over(date(2026, 4, 29), date(2026, 5, 3))]
    return asked


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans_lives)
def test_memory_and_database_answer_alike(life: list[tuple[str, Command | None, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory, database = memory_store(), sql_store(migrated_sqlite(Path(folder)))
        assert live(memory, life) == live(database, life)
        assert ask(memory, everything) == ask(database, everything)
        database.close()


@settings(max_examples=50, deadline=None)
@given(plans_lives)
def test_the_read_tables_are_those_of_the_log(life: list[tuple[str, Command | None, int]]) -> None:
    store = memory_store()
    live(store, life)
    with store.reading() as uow:
        for row in uow.plans.rows():
            log = uow.plans.log(row.plan_id)
            expected = rows_of(fold(log), log, TERMS)
            assert row == expected.plan
            assert uow.plans.steps(row.plan_id) == list(expected.steps)
            assert uow.plans.petitions(row.plan_id) == list(expected.petitions)
            assert uow.plans.revisions(row.plan_id) == [revision for _, revision in expected.revisions]


def test_a_plan_in_a_store_is_the_plan_that_the_engine_alone_gives() -> None:
    store = memory_store()
    start(store)
    found = act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    alone = after(started(), SetMeeting(date(2026, 5, 15)), at("2026-04-20"))
    assert {key: step.deadline for key, step in found.steps.items()} == {
        key: step.deadline for key, step in alone.steps.items()
    }
