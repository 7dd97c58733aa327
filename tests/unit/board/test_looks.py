"""How a plan looks on the flow board."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.builders import at
from tests.unit.board.views import ANSWER, COLLECT, CONCLUDE, PLAN, with_step
from workflow.board.looks import State, artifact_key, run_look, step_looks, table, task_run_id
from workflow.domain.cycle import PlanStatus
from workflow.domain.verdict import Standing
from workflow.ports import PlanView, StepView

RUN = "1c493521-ba9e-4e5e-94bf-f6632d06f7c7"


def state_of(step: StepView, plan: PlanView = PLAN) -> State:
    looks = {look.key: look.state for look in step_looks(with_step(plan, step), RUN)}
    return looks[step.key]


@pytest.mark.parametrize(
    ("standing", "state_type", "name"),
    [
        (Standing.WAITING, "PENDING", "Not yet open"),
        (Standing.RUNNING_IN_TIME, "RUNNING", "Open"),
        (Standing.RUNNING_OVERDUE, "RUNNING", "Overdue"),
        (Standing.DONE_ON_TIME, "COMPLETED", "On time"),
        (Standing.DONE_LATE, "COMPLETED", "Late"),
        (Standing.DONE_NO_LIMIT, "COMPLETED", "Done"),
        (Standing.CANCELLED, "CANCELLED", "Cancelled"),
        (Standing.SKIPPED, "COMPLETED", "Not applicable"),
    ],
)
def test_every_standing_has_its_state(standing: Standing, state_type: str, name: str) -> None:
    state = state_of(replace(ANSWER, standing=standing, ended_at=at("2026-05-04")))
    assert (state.type, state.name) == (state_type, name)


def test_a_late_step_says_when_it_ended_and_by_how_much() -> None:
    assert state_of(COLLECT).message == (
        "Xong 16:30 27/04/2026, chậm 1 ngày làm việc so với hạn 23/04/2026. Phụ trách: Ủy ban MTTQ xã."
    )


def test_a_step_done_on_time_says_so() -> None:
    done = replace(COLLECT, standing=Standing.DONE_ON_TIME, ended_at=at("2026-04-22", "08:05"), late_working_days=0)
    assert state_of(done).message.startswith("Xong 08:05 22/04/2026, đúng hạn 23/04/2026.")


def test_a_projected_limit_is_marked_and_the_unfinished_predecessors_are_named() -> None:
    assert state_of(CONCLUDE).message == (
        "Chưa mở, chờ: Trả lời bằng văn bản. Hạn 12/06/2026 (dự kiến). Phụ trách: Văn phòng."
    )


def test_an_overdue_step_says_which_limit_has_passed() -> None:
    assert state_of(ANSWER).message == "Đã quá hạn 04/05/2026. Mở 16:30 27/04/2026."


def test_a_fact_of_which_only_the_day_is_known_shows_no_hour() -> None:
    opened = replace(ANSWER, standing=Standing.RUNNING_IN_TIME, opened_at=at("2026-04-27", "00:00"))
    assert state_of(opened).message == "Mở 27/04/2026. Hạn 04/05/2026."


def test_a_step_without_a_limit_says_so() -> None:
    assert state_of(replace(ANSWER, standing=Standing.RUNNING_IN_TIME, due_on=None)).message.endswith("Không có hạn.")


def test_a_plan_with_an_overdue_step_is_overdue_as_a_whole() -> None:
    look = run_look(PLAN)
    assert (look.state.type, look.state.name) == ("RUNNING", "Overdue")
    assert look.state.message == (
        "Đã xong 1/3 bước; 1 đang quá hạn, 1 chưa mở. Hạn gần nhất: 12/06/2026 (dự kiến) – Thông báo kết luận."
    )
    in_time = with_step(PLAN, replace(ANSWER, standing=Standing.RUNNING_IN_TIME))
    assert run_look(in_time).state.name == "Running"


def test_an_ended_plan_tells_how_its_steps_did() -> None:
    steps = tuple(replace(step, standing=Standing.DONE_ON_TIME) for step in (ANSWER, CONCLUDE))
    ended = replace(PLAN, status=PlanStatus.COMPLETED, ended_at=at("2026-06-01", "10:00"), steps=(COLLECT, *steps))
    assert run_look(ended).state == State(
        "COMPLETED", "Completed", "Mọi bước đã xong 10:00 01/06/2026: 2 xong đúng hạn, 1 xong quá hạn."
    )


def test_a_cancelled_plan_is_cancelled() -> None:
    cancelled = replace(PLAN, status=PlanStatus.CANCELLED, ended_at=at("2026-05-05", "10:00"))
    assert run_look(cancelled).state == State("CANCELLED", "Cancelled", "Kế hoạch đã hủy 10:00 05/05/2026.")


def test_a_run_is_named_after_its_title_shortened_and_found_by_plan_and_organization() -> None:
    look = run_look(replace(PLAN, title="Kế hoạch " * 40))
    assert look.name.endswith("… · xa-bac-thanh-mien-2026")
    assert len(look.name) < 80
    assert look.tags == ("UBND xã Bắc Thanh Miện", "plan:xa-bac-thanh-mien-2026")


def test_edges_follow_the_plan_and_point_at_ids_that_never_change() -> None:
    looks = {look.key: look for look in step_looks(PLAN, RUN)}
    assert looks["conclude"].after == (task_run_id(RUN, "collect"), task_run_id(RUN, "answer"))
    assert looks["collect"].task_run_id == task_run_id(RUN, "collect")
    assert task_run_id(RUN, "collect") != task_run_id(str(uuid4()), "collect")


def test_the_table_has_a_row_for_each_step_with_its_dates() -> None:
    rows = json.loads(table(PLAN))
    assert rows[0] == {
        "Bước": "Thu phiếu",
        "Phụ trách": "Ủy ban MTTQ xã",
        "Tình trạng": "Xong quá hạn",
        "Hạn": "23/04/2026",
        "Mở": "06/04/2026",
        "Xong": "16:30 27/04/2026",
    }
    assert rows[2]["Hạn"] == "12/06/2026 (dự kiến)"


def test_the_key_of_a_table_holds_only_what_prefect_takes() -> None:
    assert artifact_key("Xã_Bắc 2026") == "plan-x-b-c-2026"
