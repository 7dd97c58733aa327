"""Adopting a decision on days off: shown first, applied to all plans at once, each person told once, verdicts kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calendars.decisions import Notice, NoticeError
from calendars.notice_reader import parse_notice
from calendars.rules import SameDay, Unit, Within
from tests.builders import at
from workflow.bootstrap import Application
from workflow.clock import ClockSetByHand
from workflow.domain.commands import CompleteStep
from workflow.domain.definition import Meeting, PlanDefinition, PlanKind, StepDefinition, StepKind
from workflow.domain.ladder import Audience
from workflow.domain.verdict import Verdict
from workflow.ports import AdoptedNotice, NoticeStatus, Person
from workflow.services.adopting import StepNotMoved, adopt, preview
from workflow.services.plans import handle, start_plan
from workflow.services.verifying import verify
from workflow.settings import Settings
from workflow.store import migrate, sql_store

TEXT = """
form = "Công văn"
number = "1/VPCP"
issuer = "Văn phòng Chính phủ"
issued_on = 2026-07-01
settles = "Hoán đổi ngày làm việc"
sources = ["thử"]

[[swap]]
off = 2026-07-10
worked = 2026-07-18
"""
SWAP = parse_notice(TEXT, "2026-thu.toml")
MONDAY = at("2026-07-06")


def plan(organization: str) -> PlanDefinition:
    """Two steps: one counts over 10/7/2026, the other's day is fixed by the meeting."""
    collect = StepDefinition(
        "collect", StepKind.COLLECT_FORMS, "Thu phiếu", "MTTQ", due=Within(5, Unit.WORKING_DAY, "start")
    )
    announce = StepDefinition(
        "announce", StepKind.ANNOUNCE, "Thông báo", "MTTQ", due=Within(4, Unit.WORKING_DAY, "start")
    )
    hold = StepDefinition("hold", StepKind.HOLD_MEETING, "Họp", "MTTQ", after=("collect",), due=SameDay("meeting"))
    meeting = Meeting(on=date(2026, 8, 6))
    return PlanDefinition("Đối thoại", PlanKind.DIALOGUE, organization, (collect, announce, hold), meeting=meeting)


@pytest.fixture
def app(tmp_path: Path) -> Application:
    """An installation with two plans of two communes, one person who owes steps in both, and a finished step."""
    settings = Settings(data=tmp_path)
    migrate(settings.database_url)
    store = sql_store(settings.database_url)
    made = Application(settings, store, ClockSetByHand(MONDAY))
    with store() as uow:
        for organization in ("UBND xã A", "UBND xã B"):
            uow.directory.put(
                Person(organization[-1], "Lan", f"{organization[-1]}@x.vn", "MTTQ", Audience.OWNER, organization)
            )
        uow.commit()
    for organization in ("UBND xã A", "UBND xã B", "UBND xã B"):
        start_plan(store, made.terms_of, plan(organization), started_on=date(2026, 7, 6), at=MONDAY, actor="a")
    handle(store, made.terms_of, "ubnd-xa-a-2026", CompleteStep("announce"), at=at("2026-07-09"), actor="a")
    return made


def record(notice: Notice = SWAP) -> AdoptedNotice:
    return AdoptedNotice(notice.file, TEXT, MONDAY, "a")


def due_on(app: Application, plan_id: str, step: str) -> date | None:
    with app.store.reading() as uow:
        limit = uow.plans.get(plan_id).steps[step].deadline
    return limit.due_on if limit is not None else None


def test_a_preview_shows_each_open_limit_old_and_new_and_changes_nothing(app: Application) -> None:
    seen = preview(app.store, app.terms_with(SWAP), app.days_changed_by(SWAP), at=MONDAY)
    assert [new.date for _, new in seen.days] == [date(2026, 7, 10), date(2026, 7, 18)]
    moved = {
        (plan.plan_id, change.step): (change.old_on, change.new_on) for plan in seen.plans for change in plan.changes
    }
    days = (date(2026, 7, 13), date(2026, 7, 14))
    assert moved == {
        ("ubnd-xa-a-2026", "collect"): days,
        ("ubnd-xa-b-2026", "collect"): days,
        ("ubnd-xa-b-2026", "announce"): (date(2026, 7, 10), date(2026, 7, 13)),
        ("ubnd-xa-b-2026-2", "collect"): days,
        ("ubnd-xa-b-2026-2", "announce"): (date(2026, 7, 10), date(2026, 7, 13)),
    }
    assert due_on(app, "ubnd-xa-b-2026", "collect") == date(2026, 7, 13)


def test_all_plans_count_anew_and_each_person_is_told_once_however_many_plans(app: Application) -> None:
    adopted = adopt(app.store, app.terms_with(SWAP), at=MONDAY, actor="a", notice=record())
    assert (adopted.counted, len(adopted.plans), adopted.failed) == (3, 3, ())
    with app.store.reading() as uow:
        told = [notice for notice in uow.outbox.with_status(NoticeStatus.PENDING, 100) if notice.rung == "changed"]
    assert sorted(notice.person_id for notice in told if notice.person_id) == ["A", "B"]


def test_what_was_judged_stays_and_the_audit_explains_it(app: Application) -> None:
    adopt(app.store, app.terms_with(SWAP), at=MONDAY, actor="a", notice=record())
    audit = verify(app.store, app.terms_of)
    assert audit.ok, audit.differences
    (explained,) = audit.explained
    assert (explained.step, explained.due_on, explained.due_now) == ("announce", date(2026, 7, 10), date(2026, 7, 13))
    assert explained.verdict is explained.verdict_now is Verdict.ON_TIME


def test_a_limit_that_is_kept_stays_on_its_day_through_audit(app: Application) -> None:
    keep = {"ubnd-xa-b-2026": frozenset({"collect"})}
    adopt(app.store, app.terms_with(SWAP), at=MONDAY, actor="a", notice=record(), keep=keep)
    assert due_on(app, "ubnd-xa-b-2026", "collect") == date(2026, 7, 13)
    assert due_on(app, "ubnd-xa-b-2026-2", "collect") == date(2026, 7, 14)
    assert verify(app.store, app.terms_of).ok


def test_to_keep_what_would_not_move_is_refused_and_nothing_is_done(app: Application) -> None:
    keep = {"ubnd-xa-b-2026": frozenset({"hold"})}
    with pytest.raises(StepNotMoved, match="không dời hạn của bước «hold»"):
        adopt(app.store, app.terms_with(SWAP), at=MONDAY, actor="a", notice=record(), keep=keep)
    with app.store.reading() as uow:
        assert uow.decisions.all() == []


def test_another_process_counts_on_the_version_that_a_plan_counts_on(app: Application) -> None:
    other = Application(app.settings, app.store, app.clock)
    assert other.terms_named("office").calendar.is_working(date(2026, 7, 10))
    adopt(app.store, app.terms_with(SWAP), at=MONDAY, actor="a", notice=record())
    handle(other.store, other.terms_of, "ubnd-xa-b-2026", CompleteStep("announce"), at=at("2026-07-13"), actor="b")
    assert due_on(other, "ubnd-xa-b-2026", "collect") == date(2026, 7, 14)


def test_a_plan_started_afterwards_counts_on_what_was_adopted(app: Application) -> None:
    adopt(app.store, app.terms_with(SWAP), at=MONDAY, actor="a", notice=record())
    fresh = Application(app.settings, app.store, app.clock)
    made = start_plan(fresh.store, fresh.terms_of, plan("UBND xã C"), started_on=date(2026, 7, 6), at=MONDAY, actor="a")
    assert made.steps["collect"].deadline is not None
    assert made.steps["collect"].deadline.due_on == date(2026, 7, 14)


def test_a_decision_that_contradicts_others_is_refused_with_its_line(app: Application) -> None:
    holiday = parse_notice(TEXT.replace("off = 2026-07-10", "off = 2026-09-02").replace("07-18", "09-12"), "x.toml")
    with pytest.raises(NoticeError, match=r"x\.toml, dòng 9"):
        app.days_changed_by(holiday)
