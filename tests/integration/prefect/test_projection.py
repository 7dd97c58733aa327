"""Plans on a real Prefect server: what a coordinator sees there, and that nothing done there lasts or harms."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.builders import at
from tests.integration.prefect.place import NOW, Place
from workflow.board.prefect_rest import PrefectBoard
from workflow.board.server import PrefectServer
from workflow.domain.commands import CancelPlan, CompleteStep
from workflow.services.showing import Shown

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

FIRST_LOOKS = {
    "collect": "Open",
    "answers": "Not yet open",
    "announce": "Open",
    "meeting_day": "Not yet open",
    "conclusion": "Not yet open",
    "petitions": "Not yet open",
}


def test_a_plan_is_one_flow_run_with_a_task_run_for_each_step(place: Place) -> None:
    assert place.show() == Shown(1, unreachable=False)
    run = place.run()
    assert run["name"] == f"Đối thoại với giáo viên năm 2026 · {place.plan_id}"
    assert (run["state"]["type"], run["state"]["name"]) == ("RUNNING", "Running")
    assert place.looks() == FIRST_LOOKS
    assert place.steps()["petitions"]["name"] == "Trả lời kiến nghị"
    assert place.steps()["conclusion"]["state"]["message"] == (
        "Chưa mở, chờ: Hội nghị đối thoại. Hạn 12/06/2026 (dự kiến). Phụ trách: Văn phòng."
    )


def test_the_graph_of_the_run_is_the_plan(place: Place) -> None:
    place.show()
    graph = place.api.get(f"flow_runs/{place.run_id}/graph-v2").json()
    names = {node_id: node["label"] for node_id, node in graph["nodes"]}
    edges = {(names[parent["id"]], node["label"]) for _, node in graph["nodes"] for parent in node["parents"]}
    assert edges == {
        ("Thu phiếu", "Trả lời bằng văn bản"),
        ("Trả lời bằng văn bản", "Hội nghị đối thoại"),
        ("Thông báo trên loa", "Hội nghị đối thoại"),
        ("Hội nghị đối thoại", "Thông báo kết luận"),
        ("Thông báo kết luận", "Trả lời kiến nghị"),
    }


def test_predecessors_are_made_first_so_that_the_graph_is_drawn_in_order(place: Place) -> None:
    place.show()
    made = sorted(place.steps().values(), key=lambda row: str(row["expected_start_time"]))
    assert [row["dynamic_key"] for row in made] == [step.key for step in place.view().steps]


def test_only_what_changed_is_moved(place: Place) -> None:
    place.show()
    before = {key: row["state_id"] for key, row in place.steps().items()}
    place.handle(CompleteStep("collect"))
    assert place.show().count == 1
    after = {key: row["state_id"] for key, row in place.steps().items()}
    assert {key for key in after if after[key] != before[key]} == {"collect", "answers"}
    assert place.looks() == FIRST_LOOKS | {"collect": "On time", "answers": "Open"}


def test_showing_again_changes_nothing(place: Place) -> None:
    place.show()
    before = place.run()["state_id"], {key: row["state_id"] for key, row in place.steps().items()}
    assert place.show() == Shown(0, unreachable=False)
    place.board.show(place.view(), place.run_id)
    assert (place.run()["state_id"], {key: row["state_id"] for key, row in place.steps().items()}) == before


def test_an_overdue_step_makes_the_plan_overdue_and_a_late_end_shows(place: Place) -> None:
    place.show(at("2026-04-24"))
    assert place.run()["state"]["name"] == "Overdue"
    assert place.looks()["collect"] == "Overdue"
    place.handle(CompleteStep("collect"), at("2026-04-27"))
    place.show(at("2026-04-27"))
    assert place.run()["state"]["name"] == "Running"
    assert place.looks()["collect"] == "Late"


def test_a_cancelled_plan_is_cancelled_with_the_steps_that_had_not_ended(place: Place) -> None:
    place.handle(CompleteStep("collect"))
    place.handle(CancelPlan("Hoãn sang năm sau"))
    place.show()
    assert place.run()["state"]["type"] == "CANCELLED"
    assert place.looks() == dict.fromkeys(FIRST_LOOKS, "Cancelled") | {"collect": "On time"}


def delete_the_run(place: Place) -> None:
    place.delete(f"flow_runs/{place.run_id}")


def cancel_the_run(place: Place) -> None:
    place.set_state(f"flow_runs/{place.run_id}", "CANCELLING")
    place.set_state(f"flow_runs/{place.run_id}", "CANCELLED")


def cancel_a_step(place: Place) -> None:
    place.set_state(f"task_runs/{place.steps()['answers']['id']}", "CANCELLED")


def complete_a_step(place: Place) -> None:
    place.set_state(f"task_runs/{place.steps()['collect']['id']}", "COMPLETED")


def delete_a_step(place: Place) -> None:
    place.delete(f"task_runs/{place.steps()['answers']['id']}")


@pytest.mark.parametrize("meddle", [delete_the_run, cancel_the_run, cancel_a_step, complete_a_step, delete_a_step])
def test_what_is_done_on_prefects_pages_is_right_again_after_one_sweep(
    place: Place, meddle: Callable[[Place], None]
) -> None:
    place.show()
    meddle(place)
    assert place.show() == Shown(1, unreachable=False)
    assert place.run()["state"]["name"] == "Running"
    assert place.looks() == FIRST_LOOKS
    assert place.show().count == 0


def test_one_spoiled_run_does_not_make_another_look_spoiled(place: Place) -> None:
    place.show()
    other = place.board.show(place.view(), None)
    assert other == place.run_id
    lost = str(uuid4())
    assert place.board.intact({other: place.view(), lost: place.view()}) == {other}


def test_projections_that_race_make_one_flow_run_and_one_task_run_for_each_step(place: Place) -> None:
    view = place.view()
    with ThreadPoolExecutor(3) as pool:
        runs = set(pool.map(lambda _: place.board.show(view, None), range(3)))
    assert {run["id"] for run in place.runs()} == runs
    assert place.looks() == FIRST_LOOKS


def test_two_installations_never_share_a_run(place: Place, server: PrefectServer) -> None:
    place.show()
    neighbour = PrefectBoard(server.api_url, server.ui_url, uuid4().hex)
    assert neighbour.show(place.view(), None) != place.run_id
    neighbour.close()


def test_lost_notes_find_the_same_run_again(place: Place) -> None:
    place.show()
    run_id = place.run_id
    with place.store() as uow:
        uow.links.forget(place.plan_id)
        uow.commit()
    place.show()
    assert place.run_id == run_id
    assert len(place.runs()) == 1


def test_the_table_of_a_plan_is_kept_up_to_date_in_one_artifact(place: Place) -> None:
    place.show()
    place.handle(CompleteStep("collect"))
    place.show()
    (artifact,) = place.post("artifacts/filter", {"flow_runs": {"id": {"any_": [place.run_id]}}})
    assert artifact["key"] == f"plan-{place.plan_id}"
    assert json.loads(artifact["data"])[0]["Tình trạng"] == "Xong đúng hạn"


def test_becoming_overdue_and_ending_are_told_as_events_once(place: Place) -> None:
    place.show()
    place.show(at("2026-04-24"))
    delete_the_run(place)
    place.show(at("2026-04-24"))
    place.handle(CompleteStep("collect"), at("2026-04-27"))
    place.show(at("2026-04-27"))
    resource = f"dialogue.plan.{place.plan_id}.step.collect"
    wanted = ["dialogue.step.completed", "dialogue.step.overdue"]
    found: list[str] = []
    for _ in range(60):
        answer = place.post("events/filter", {"filter": {"resource": {"id": [resource]}}})
        found = sorted(event["event"] for event in answer["events"])
        if found == wanted:
            break
        time.sleep(0.25)
    assert found == wanted


def test_the_addresses_are_pages_of_prefect(place: Place) -> None:
    place.show()
    flow = place.api.get("flows/name/plan_cycle").json()["id"]
    assert place.board.runs_page().endswith(f"/v2/runs?flows={flow}")
    assert place.run_id in place.board.address(place.run_id)
    page = place.api.get(place.board.address(place.run_id), headers={"Accept": "text/html"})
    assert (page.status_code, "<html" in page.text) == (200, True)


def test_a_prefect_that_stops_and_returns_empty_is_right_again_after_one_sweep(
    place: Place, server: PrefectServer
) -> None:
    place.show()
    server.stop()
    try:
        place.handle(CompleteStep("collect"))
        assert place.show() == Shown(0, unreachable=True)
    finally:
        empty_database(server.log.with_name("prefect.db"))
        server.start()
        assert server.wait_healthy(120), server.log.read_text()
    assert place.show() == Shown(1, unreachable=False)
    assert place.looks() == FIRST_LOOKS | {"collect": "On time", "answers": "Open"}
    assert place.show(NOW).count == 0


def empty_database(database: Path) -> None:
    """Leave the tables and nothing in them, as on a new installation of Prefect; its migrations take longer."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table != "alembic_version" and not table.startswith("sqlite_"):
                connection.execute(f'DELETE FROM "{table}"')
        connection.commit()
