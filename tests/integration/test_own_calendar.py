"""A unit's own closures and hours, put into its data folder, count for its plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from tests.builders import DIALOGUE, at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.commands import SetMeeting
from workflow.services.plans import handle, start_plan
from workflow.settings import Settings
from workflow.store import memory_store


def test_a_closure_in_the_data_folder_counts_for_a_plan_that_asks_for_it_and_hours_for_all(tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "closures.csv").write_text("date,name\n2026-05-20,Hội khỏe của đơn vị\n", encoding="utf-8")
    (folder / "hours.txt").write_text("T2-T6: 08:00-12:00, 13:00-17:00\n", encoding="utf-8")
    now = at("2026-04-06", "09:00")
    application = Application(Settings(data=tmp_path), memory_store(), ClockSetByHand(now))
    own = replace(DIALOGUE, calendar="own_office")
    plan = start_plan(application.store, application.terms_of, own, started_on=now.date(), at=now, actor="lan").plan_id
    cycle = handle(application.store, application.terms_of, plan, SetMeeting(date(2026, 5, 15)), at=now, actor="lan")
    limit = cycle.steps["conclusion"].deadline
    assert limit is not None
    assert limit.due_on == date(2026, 6, 1)  # one working day later than the official 29 May
    official = application.terms_of(DIALOGUE)
    assert official.calendar.is_working(date(2026, 5, 20))
    assert official.hours.opening(date(2026, 5, 21)).time() == time(8)
