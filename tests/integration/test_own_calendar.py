"""A unit's own closures and hours, put into its data folder, count for its plans."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from tests.builders import DIALOGUE, at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.commands import SetMeeting
from workflow.services.plans import handle, start_plan
from workflow.settings import Settings
from workflow.store import memory_store


def test_a_closure_in_the_data_folder_moves_a_limit_and_hours_move_a_notice(tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "closures.csv").write_text("date,name\n2026-05-20,Hội khỏe của đơn vị\n", encoding="utf-8")
    (folder / "hours.txt").write_text("T2-T6: 08:00-12:00, 13:00-17:00\n", encoding="utf-8")
    now = at("2026-04-06", "09:00")
    application = Application(Settings(data=tmp_path), memory_store(), ClockSetByHand(now))
    plan = start_plan(
        application.store, application.terms_of, DIALOGUE, started_on=now.date(), at=now, actor="lan"
    ).plan_id
    cycle = handle(application.store, application.terms_of, plan, SetMeeting(date(2026, 5, 15)), at=now, actor="lan")
    limit = cycle.steps["conclusion"].deadline
    assert limit is not None
    assert limit.due_on == date(2026, 6, 1)  # one working day later than the official 29 May
    opening = application.terms_of(DIALOGUE).hours.opening(date(2026, 5, 21))
    assert opening.time() == time(8)
