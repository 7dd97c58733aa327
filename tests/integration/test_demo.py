"""The demo shows the same situation whatever the day and the hour at which it is loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import DIALOGUE, at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.demo import load_demo, set_aside_half_loaded
from workflow.domain.cycle import Cycle, PlanStatus
from workflow.domain.verdict import Standing, Verdict
from workflow.services.plans import start_plan
from workflow.services.verifying import verify
from workflow.settings import Settings
from workflow.store import memory_store


def loaded(now: datetime, folder: Path) -> tuple[Application, Cycle]:
    """An installation with the demo loaded at an instant, and the plan that runs in it."""
    application = Application(Settings(data=folder), memory_store(), ClockSetByHand(now))
    load_demo(application, lambda _text, /, **_fields: None)
    with application.store.reading() as uow:
        running = uow.plans.ids(PlanStatus.RUNNING)
        return application, uow.plans.get(running[0])


@pytest.mark.parametrize(
    "now",
    [
        at("2026-11-20", "16:00"),  # a Friday
        at("2026-11-21", "09:00"),  # a Saturday
        at("2026-11-22", "23:59:59"),  # a Sunday, its last second
        at("2026-11-23", "00:00"),  # a Monday, its first
        at("2026-11-23", "07:29:59"),
        at("2026-02-18", "10:00"),  # within Tết
        at("2026-01-10", "08:00"),  # a Saturday that is worked
    ],
)
def test_some_steps_are_done_one_is_late_one_overdue_and_one_due_on_the_next_working_day(
    now: datetime, tmp_path: Path
) -> None:
    application, cycle = loaded(now, tmp_path)
    calendar = application.terms_of(cycle.definition).calendar
    steps = cycle.steps
    verdicts = [step.completion.verdict for step in steps.values() if step.completion is not None]
    assert (verdicts.count(Verdict.LATE), verdicts.count(Verdict.ON_TIME)) == (1, 1)
    assert len(verdicts) >= 3
    assert [key for key, step in steps.items() if step.standing(now) is Standing.RUNNING_OVERDUE] == ["draft_answers"]
    report = steps["answer_report"].deadline
    assert report is not None
    assert report.due_on == calendar.add(now.date(), 1)
    meeting = cycle.meeting.on
    assert meeting is not None
    assert timedelta(days=13) <= meeting - now.date() <= timedelta(days=24)


def test_the_past_plan_is_complete_and_everything_is_as_the_events_say(tmp_path: Path) -> None:
    application, _ = loaded(at("2026-11-20", "16:00"), tmp_path)
    with application.store.reading() as uow:
        assert [row.status for row in uow.plans.rows()] == [PlanStatus.RUNNING, PlanStatus.COMPLETED]
    assert verify(application.store, application.terms_of).ok


def test_a_loading_that_was_cut_off_is_put_away_and_begun_again(tmp_path: Path) -> None:
    (tmp_path / "demo-loading").touch()
    (tmp_path / "doithoai.sqlite3").write_text("half")
    (tmp_path / "mailbox").mkdir()
    told: list[str] = []
    set_aside_half_loaded(Settings(data=tmp_path), lambda text, /, **_fields: told.append(text))
    assert [path.name for path in tmp_path.iterdir()] == [path.name for path in tmp_path.glob("demo-loading-*")]
    assert [path.name for path in tmp_path.glob("*/doithoai.sqlite3")] == ["doithoai.sqlite3"]
    assert len(told) == 1


def test_what_was_loaded_whole_is_not_put_away(tmp_path: Path) -> None:
    loaded(at("2026-11-20", "16:00"), tmp_path)
    (tmp_path / "doithoai.sqlite3").touch()
    set_aside_half_loaded(Settings(data=tmp_path), lambda _text, /, **_fields: None)
    assert [path.name for path in tmp_path.iterdir()] == ["doithoai.sqlite3"]


def test_an_installation_that_has_plans_of_its_own_gets_none() -> None:
    now = at("2026-11-20", "16:00")
    application = Application(Settings(), memory_store(), ClockSetByHand(now))
    own = replace(DIALOGUE, organization="UBND xã khác")
    start_plan(application.store, application.terms_of, own, started_on=now.date(), at=now, actor="lan")
    load_demo(application, lambda _text, /, **_fields: None)
    with application.store.reading() as uow:
        assert len(uow.plans.ids()) == 1


def test_an_installation_that_has_plans_is_left_alone(tmp_path: Path) -> None:
    application, before = loaded(at("2026-11-20", "16:00"), tmp_path)
    load_demo(application, lambda _text, /, **_fields: None)
    with application.store.reading() as uow:
        assert len(uow.plans.ids()) == 2
        assert uow.plans.get(before.plan_id) == before
