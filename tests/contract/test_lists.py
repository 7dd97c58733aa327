"""Lists and reports over many plans: filters, orders, pages, the four cells; the rows behind each number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.rules import By
from tests.builders import DIALOGUE, at
from tests.contract.acting import ANSWER, act, ask, start
from tests.contract.databases import migrated_sqlite
from workflow.domain.commands import (
    AnswerPetition,
    CancelPlan,
    CompleteStep,
    MergePetition,
    RaisePetition,
    SetMeeting,
    SkipStep,
)
from workflow.domain.cycle import PlanStatus, StepStatus
from workflow.domain.definition import ForEach, PlanKind, StepDefinition, StepKind
from workflow.domain.petition import Authority, Petitioner, RaisedWhen, Result
from workflow.domain.verdict import Standing
from workflow.ports import (
    Cell,
    GroupBy,
    OnTime,
    PetitionFilter,
    PlanFilter,
    PlanOrder,
    StepFilter,
    StepOrder,
    Store,
    UnitOfWork,
    cell_of,
)
from workflow.store import memory_store, sql_store
from workflow.store.sql import SqlStore

COMMUNE, OTHER = DIALOGUE.organization, "UBND xã Đoàn Tùng"
FAN = replace(DIALOGUE.steps[-1], for_each=ForEach.OPEN_PETITION)
FANNED = replace(DIALOGUE, title="ĐỐI THOẠI  với thanh niên", steps=(*DIALOGUE.steps[:-1], FAN))
UNION = replace(
    DIALOGUE,
    title="Đối thoại của Công đoàn",
    kind=PlanKind.UNION,
    organization=OTHER,
    document_number="12/KH-LĐLĐ",
    steps=(
        StepDefinition("prepare", StepKind.PREPARE, "Chuẩn bị", due=By(date(2026, 4, 10))),
        StepDefinition("review", StepKind.REVIEW, "Sơ kết", owner="Văn phòng"),
        StepDefinition("invite", StepKind.INVITE, "Mời", after=("review",), due=By(date(2026, 6, 1))),
        StepDefinition("other", StepKind.OTHER, "Việc khác", owner="VĂN PHÒNG"),
    ),
)
NOW = at("2026-06-03")


def fill(store: Store) -> None:
    """Plans of two communes, one with petitions in parts, one cancelled."""
    start(store, "a")
    act(store, CancelPlan("hoãn"), at("2026-04-10"), "a")
    start(store, "b", UNION)
    act(store, CompleteStep("other"), at("2026-04-20"), "b")
    act(store, CompleteStep("prepare", date(2026, 4, 13)), at("2026-04-20"), "b")
    start(store, "c", FANNED, at("2026-04-07"))
    raise_petitions(store)
    act(store, SetMeeting(date(2026, 5, 15)), at("2026-04-20"), "c")
    for step, on in (
        ("collect", "2026-04-21"),
        ("answers", "2026-04-22"),
        ("announce", "2026-05-07"),
        ("meeting_day", "2026-05-15"),
    ):
        act(store, CompleteStep(step, date.fromisoformat(on)), at(on, "17:30"), "c")
    act(store, CompleteStep("conclusion", date(2026, 5, 20), document_number="1/TB"), at("2026-05-20", "17:30"), "c")
    act(store, AnswerPetition("p1", replace(ANSWER, answered_on=date(2026, 5, 25))), at("2026-05-26"), "c")
    start(store, "d", replace(DIALOGUE, title="Một kế hoạch khác"), at("2026-04-08"))


def raise_petitions(store: Store) -> None:
    """Three petitions, of which one repeats another."""
    who = Petitioner("Nguyễn Thị Lan", "Trường Tiểu học Đoàn Tùng")
    raised = [
        RaisePetition("Sửa cổng trường", who, RaisedWhen.BEFORE_MEETING, topic="Hạ tầng", lead="Phòng Kinh tế"),
        RaisePetition("Thêm sách", Petitioner(anonymous=True), RaisedWhen.BEFORE_MEETING, authority=Authority.CITY),
        RaisePetition("Cổng trường hỏng", who, RaisedWhen.BEFORE_MEETING),
    ]
    for command in raised:
        act(store, command, at("2026-04-16"), "c")
    act(store, MergePetition("p3", "p1"), at("2026-04-17"), "c")


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with plans of two communes."""
    fill(store)
    return store


def plans(store: Store, chosen: PlanFilter, order: PlanOrder = PlanOrder.STARTED) -> str:
    """Ids of the plans chosen, in order; their number is what is counted."""
    found = ask(store, lambda uow: uow.plans.rows(chosen, order=order))
    assert ask(store, lambda uow: uow.plans.count_rows(chosen)) == len(found)
    return "".join(row.plan_id for row in found)


def steps(store: Store, chosen: StepFilter, when: datetime = NOW, order: StepOrder = StepOrder.DOCUMENT) -> list[str]:
    """The steps chosen, in order; their number is what is counted."""
    found = ask(store, lambda uow: uow.plans.steps_where(chosen, when, order=order))
    assert ask(store, lambda uow: uow.plans.count_steps(chosen, when)) == len(found)
    return [f"{step.plan_id}/{step.key}" for step in found]


def petitions(store: Store, chosen: PetitionFilter) -> list[str]:
    """The petitions chosen, in order; their number is what is counted."""
    found = ask(store, lambda uow: uow.plans.petitions_where(chosen))
    assert ask(store, lambda uow: uow.plans.count_petitions(chosen)) == len(found)
    return [petition.petition_id for petition in found]


def only(*values: str) -> frozenset[str]:
    """A set to be asked for."""
    return frozenset(values)


def test_plans_are_chosen_by_organization_kind_status_and_id(filled: Store) -> None:
    assert plans(filled, PlanFilter()) == "abcd"
    assert plans(filled, PlanFilter(organizations=only(OTHER))) == "b"
    assert plans(filled, PlanFilter(organizations=only(OTHER, COMMUNE), kinds=frozenset({PlanKind.DIALOGUE}))) == "acd"
    assert plans(filled, PlanFilter(statuses=frozenset({PlanStatus.CANCELLED}))) == "a"
    assert plans(filled, PlanFilter(plan_ids=only("a", "b", "z"))) == "ab"


def test_an_empty_set_is_met_by_nothing(filled: Store) -> None:
    assert plans(filled, PlanFilter(organizations=frozenset())) == ""
    assert steps(filled, StepFilter(organizations=frozenset())) == []
    assert steps(filled, StepFilter(cells=frozenset())) == steps(filled, StepFilter(places=frozenset())) == []
    assert petitions(filled, PetitionFilter(organizations=frozenset())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("đối thoại", "abc"),
        ("doi  thoai THANH NIEN", "c"),
        ("Đối thoại cong doan", "b"),
        ("12/kh-ldld", "b"),
        ("đoàn tùng", "b"),
        ("thoại đối", "abc"),
        ("50%", ""),
        ("_", ""),
        (" ", "abcd"),
        ("a\0b", "abcd"),
    ],
)
def test_plans_are_found_by_words_whatever_their_accents_and_case(filled: Store, text: str, found: str) -> None:
    assert plans(filled, PlanFilter(text=text)) == found


def test_a_text_is_found_however_its_accents_are_encoded(filled: Store) -> None:
    assert plans(filled, PlanFilter(text="Đối thoại")) == "abc"


def test_plans_are_chosen_by_who_owes_an_unfinished_step(filled: Store) -> None:
    assert plans(filled, PlanFilter(owner="Văn phòng")) == "bd"
    assert plans(filled, PlanFilter(owner=" ỦY BAN  mttq xã")) == "d"


def test_plans_are_chosen_by_the_period_of_their_next_limit_and_of_their_meeting(filled: Store) -> None:
    first = date(2026, 4, 23)
    assert plans(filled, PlanFilter(due_since=first, due_until=first + timedelta(days=1))) == "d"
    assert plans(filled, PlanFilter(due_until=first)) == ""
    assert plans(filled, PlanFilter(due_since=first + timedelta(days=1))) == "bc"
    assert plans(filled, PlanFilter(meeting_since=date(2026, 5, 15), meeting_until=date(2026, 5, 16))) == "c"
    assert plans(filled, PlanFilter(meeting_until=date(2026, 5, 15))) == ""


def test_plans_stand_in_the_order_asked_for(filled: Store) -> None:
    assert plans(filled, PlanFilter(), PlanOrder.TITLE) == "bacd"
    assert plans(filled, PlanFilter(), PlanOrder.MEETING) == "cabd"
    assert plans(filled, PlanFilter(), PlanOrder.BOARD) == "dcba"


def test_a_page_is_a_part_of_the_whole(filled: Store) -> None:
    with filled.reading() as uow:
        whole = uow.plans.rows()
        assert uow.plans.rows(limit=2) + uow.plans.rows(limit=9, offset=2) == whole
        assert uow.plans.rows(offset=3) == whole[3:]
        assert uow.plans.rows(limit=0) == []
        every = uow.plans.steps_where(StepFilter(), NOW)
        assert uow.plans.steps_where(StepFilter(), NOW, limit=3, offset=4) == every[4:7]
        assert uow.plans.petitions_where(limit=1, offset=1) == uow.plans.petitions("c")[1:2]


def test_steps_are_chosen_by_plan_place_owner_kind_and_status(filled: Store) -> None:
    places = frozenset({("b", "review"), ("c", "petitions.p2"), ("b", "nowhere")})
    assert steps(filled, StepFilter(places=places)) == ["b/review", "c/petitions.p2"]
    assert steps(filled, StepFilter(owners=only("VĂN phòng "), plan_ids=only("b"))) == ["b/review", "b/other"]
    assert steps(filled, StepFilter(kinds=frozenset({StepKind.PREPARE, StepKind.INVITE}))) == ["b/prepare", "b/invite"]
    done = StepFilter(statuses=frozenset({StepStatus.DONE}), organizations=only(OTHER))
    assert steps(filled, done) == ["b/prepare", "b/other"]


def test_steps_are_chosen_by_where_they_stand_at_an_instant(filled: Store) -> None:
    overdue = StepFilter(standings=frozenset({Standing.RUNNING_OVERDUE}), plan_ids=only("b"))
    assert steps(filled, overdue, at("2026-06-01", "23:59")) == []
    assert steps(filled, overdue, at("2026-06-02", "00:00")) == ["b/invite"]
    late = StepFilter(standings=frozenset({Standing.DONE_LATE, Standing.DONE_NO_LIMIT}))
    assert steps(filled, late) == ["b/prepare", "b/other"]


def test_steps_stand_by_limit_those_without_one_last(filled: Store) -> None:
    found = steps(filled, StepFilter(plan_ids=only("b")), order=StepOrder.DUE)
    assert found == ["b/prepare", "b/invite", "b/review", "b/other"]


def test_a_period_holds_limits_and_if_asked_ends_without_one(filled: Store) -> None:
    april = StepFilter(plan_ids=only("b"), due_since=date(2026, 4, 1), due_until=date(2026, 5, 1))
    assert steps(filled, april) == ["b/prepare"]
    assert steps(filled, replace(april, undated=True)) == ["b/prepare", "b/other"]
    assert steps(filled, replace(april, due_until=date(2026, 4, 10), undated=True)) == []


def test_the_parts_of_a_step_are_leaves_and_the_step_itself_is_not(filled: Store) -> None:
    fan = StepFilter(plan_ids=only("c"), kinds=frozenset({FAN.kind}))
    assert steps(filled, fan) == ["c/petitions", "c/petitions.p1", "c/petitions.p2"]
    assert steps(filled, replace(fan, leaves=True)) == ["c/petitions.p1", "c/petitions.p2"]
    row = ask(filled, lambda uow: uow.plans.steps_where(fan, NOW, order=StepOrder.DOCUMENT))
    assert [(each.parts, each.part_of) for each in row] == [(2, None), (0, "petitions"), (0, "petitions")]


def test_petitions_are_chosen_by_what_is_known_of_them(filled: Store) -> None:
    assert petitions(filled, PetitionFilter()) == ["p1", "p2", "p3"]
    assert petitions(filled, PetitionFilter(is_open=True)) == ["p2"]
    assert petitions(filled, PetitionFilter(is_open=False)) == ["p1", "p3"]
    assert petitions(filled, PetitionFilter(leads=only("phòng kinh tế"), topics=only("Hạ tầng"))) == ["p1"]
    assert petitions(filled, PetitionFilter(authorities=frozenset({Authority.CITY}))) == ["p2"]
    assert petitions(filled, PetitionFilter(results=frozenset({Result.SETTLED}))) == ["p1"]
    assert petitions(filled, PetitionFilter(answered_since=date(2026, 5, 25), answered_until=date(2026, 5, 26))) == [
        "p1"
    ]
    assert petitions(filled, PetitionFilter(raised_until=date(2026, 4, 16))) == []
    assert petitions(filled, PetitionFilter(organizations=only(OTHER))) == []
    assert petitions(filled, PetitionFilter(raised_when=frozenset({RaisedWhen.AT_MEETING}))) == []
    led = {each.petition_id for each in ask(filled, lambda uow: uow.plans.petitions_where()) if each.lead is not None}
    assert set(petitions(filled, PetitionFilter(without_lead=True))) == {"p1", "p2", "p3"} - led
    assert led


def test_petitions_are_found_by_their_words_topic_petitioner_and_unit(filled: Store) -> None:
    assert petitions(filled, PetitionFilter(text="cong truong")) == ["p1", "p3"]
    assert petitions(filled, PetitionFilter(text="HẠ TẦNG lan")) == ["p1"]
    assert petitions(filled, PetitionFilter(text="sach")) == ["p2"]


def test_a_petition_names_the_part_that_owes_its_answer(filled: Store) -> None:
    found = ask(filled, lambda uow: [petition.step for petition in uow.plans.petitions("c")])
    assert found == ["petitions.p1", "petitions.p2", None]


def test_the_report_counts_leaves_by_cell(filled: Store) -> None:
    found = ask(filled, lambda uow: uow.plans.on_time(StepFilter(plan_ids=only("b", "c")), NOW))
    assert found == [OnTime(None, 6, 1, 0, 2, 2, 0)]
    earlier = ask(filled, lambda uow: uow.plans.on_time(StepFilter(plan_ids=only("b")), at("2026-05-31")))
    assert earlier == [OnTime(None, 0, 1, 0, 0, 2, 1)]
    assert ask(filled, lambda uow: uow.plans.on_time(StepFilter(plan_ids=only("a", "z")), NOW)) == []


def test_the_report_is_grouped(filled: Store) -> None:
    def groups(by: GroupBy) -> list[str | None]:
        return [line.group for line in ask(filled, lambda uow: uow.plans.on_time(StepFilter(), NOW, by))]

    assert groups(GroupBy.ORGANIZATION) == [COMMUNE, OTHER]
    assert groups(GroupBy.MONTH) == ["2026-04", "2026-05", "2026-06", None]
    assert groups(GroupBy.DAY)[:2] == ["2026-04-10", "2026-04-23"]
    assert groups(GroupBy.OWNER) == [
        "Các phòng, ban",
        "Phòng Kinh tế",
        "Trung tâm dịch vụ",
        "Văn phòng",
        "Ủy ban MTTQ xã",
        None,
    ]
    assert set(groups(GroupBy.KIND)) >= {"prepare", "answer_issues"}


def test_a_skipped_step_is_counted_nowhere(filled: Store) -> None:
    act(filled, SkipStep("review", "không áp dụng"), at("2026-04-21"), "b")
    found = ask(filled, lambda uow: uow.plans.on_time(StepFilter(plan_ids=only("b")), at("2026-05-31")))
    assert sum(found[0].count(cell) for cell in Cell) == 3
    assert steps(filled, StepFilter(standings=frozenset({Standing.SKIPPED}))) == ["b/review"]


# The same answers from memory and from a database, whatever is asked.

some_day = st.none() | st.dates(date(2026, 4, 1), date(2026, 7, 1))
instants = st.datetimes(datetime(2026, 4, 1), datetime(2026, 7, 1)).map(lambda t: at(t.date().isoformat(), "12:00"))  # noqa: DTZ001
ids = st.none() | st.frozensets(st.sampled_from("abcdz"), max_size=4)
organizations = st.none() | st.frozensets(st.sampled_from([COMMUNE, OTHER, "z"]), max_size=2)
words = st.sampled_from(["", "đối", "12", "cổng lan", "sach", "%", "đoàn tùng"])
plan_filters = st.builds(
    PlanFilter,
    organizations,
    ids,
    st.none() | st.frozensets(st.sampled_from(PlanKind), max_size=2),
    st.none() | st.frozensets(st.sampled_from(PlanStatus), max_size=2),
    words,
    st.sampled_from([None, "Văn phòng", "Các phòng, ban", "z"]),
    some_day,
    some_day,
    some_day,
    some_day,
)
step_filters = st.builds(
    StepFilter,
    organizations,
    ids,
    st.none(),
    st.none() | st.frozensets(st.sampled_from(["Văn phòng", "các phòng,  BAN", ""]), max_size=2),
    st.none() | st.frozensets(st.sampled_from(StepKind), max_size=8),
    st.none() | st.frozensets(st.sampled_from(StepStatus), max_size=3),
    st.none() | st.frozensets(st.sampled_from(Standing), max_size=4),
    st.none() | st.frozensets(st.sampled_from(Cell), max_size=4),
    some_day,
    some_day,
    st.booleans(),
    st.booleans(),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
)
petition_filters = st.builds(
    PetitionFilter,
    organizations,
    ids,
    results=st.none() | st.frozensets(st.sampled_from(Result), max_size=2),
    is_open=st.none() | st.booleans(),
    raised_since=some_day,
    answered_until=some_day,
    text=words,
)
pages = st.tuples(st.none() | st.integers(0, 6), st.integers(0, 9))


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Store, SqlStore]]:
    """The same plans in memory and in a database."""
    with tempfile.TemporaryDirectory() as folder:
        memory, database = memory_store(), sql_store(migrated_sqlite(Path(folder)))
        for store in (memory, database):
            fill(store)
        yield memory, database
        database.close()


@settings(max_examples=150, deadline=None)
@given(
    plan_filters,
    step_filters,
    petition_filters,
    instants,
    pages,
    st.sampled_from(PlanOrder),
    st.sampled_from(StepOrder),
    st.sampled_from(GroupBy),
)
def test_memory_and_database_answer_alike(
    both: tuple[Store, SqlStore],
    of_plans: PlanFilter,
    of_steps: StepFilter,
    of_petitions: PetitionFilter,
    when: datetime,
    page: tuple[int | None, int],
    order: PlanOrder,
    step_order: StepOrder,
    by: GroupBy,
) -> None:
    limit, offset = page

    def asked(uow: UnitOfWork) -> list[object]:
        plans = uow.plans
        return [
            plans.rows(of_plans, order=order, limit=limit, offset=offset),
            plans.count_rows(of_plans),
            plans.steps_where(of_steps, when, order=step_order, limit=limit, offset=offset),
            plans.count_steps(of_steps, when),
            plans.petitions_where(of_petitions, limit=limit, offset=offset),
            plans.count_petitions(of_petitions),
            plans.on_time(of_steps, when, by),
        ]

    memory, database = (ask(store, asked) for store in both)
    assert memory == database


@settings(max_examples=60, deadline=None)
@given(step_filters, instants)
def test_the_rows_behind_each_number_are_as_many(
    both: tuple[Store, SqlStore], chosen: StepFilter, when: datetime
) -> None:
    with both[1].reading() as uow:
        lines = uow.plans.on_time(replace(chosen, cells=None), when)
        for cell in Cell:
            behind = uow.plans.steps_where(replace(chosen, cells=frozenset({cell}), leaves=True), when)
            assert sum(line.count(cell) for line in lines) == len(behind)
            assert {cell_of(step, when) for step in behind} <= {cell}


def test_days_that_can_move_a_limit_choose_the_unfinished_steps_that_count_over_them(filled: Store) -> None:
    def over(since: date, days: int = 1) -> set[str]:
        found = ask(filled, lambda uow: uow.plans.counting_over(since, since + timedelta(days=days)))
        return {f"{step.plan_id}/{step.key}" for step in found}

    assert "b/prepare" not in over(date(2026, 4, 10))
    assert "b/invite" in over(date(2026, 6, 1)) & over(date(2026, 6, 10))
    assert "b/invite" not in over(date(2026, 9, 1))
    assert "c/petitions.p2" in over(date(2026, 5, 22))
    assert "c/petitions.p2" not in over(date(2026, 5, 31)) | over(date(2026, 5, 19))
    assert over(date(2026, 5, 1), 0) == set()
