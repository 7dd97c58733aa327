"""The demo: two of the example plans, one complete in the past and one in full course, made by the real engine.

Nothing is written into tables by hand: the plans are started, swept, completed and their notices delivered by the
services, against a clock that is set by hand and runs through the past up to the present.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from calendars.rules import Before
from calendars.working_calendar import WorkingCalendar
from workflow.bootstrap import Application, FolderUnusable, terms_named
from workflow.clock import ClockSetByHand
from workflow.domain.definition import PlanDefinition, StepKind
from workflow.domain.errors import NotFound
from workflow.domain.names import slug
from workflow.domain.zone import day_of, instant
from workflow.planfile import read_plan, redated
from workflow.ports import Organization
from workflow.services.people import enrol_first
from workflow.services.plans import start_plan
from workflow.services.rehearsing import Agenda, Scenario, play, seat_everyone
from workflow.settings import DATABASE_FILE, MAILBOX, Settings

LOADING = "demo-loading"
EXAMPLES = Path(__file__).parent.parent / "examples"
PAST_PLAN = "s2-thach-khoi-2025.yaml"
PAST_START = date(2025, 10, 6)
CURRENT_PLAN = "s3-bac-thanh-mien-2026.yaml"
CITY = "UBND thành phố Hải Phòng"
CURRENT_STARTED_BEFORE = 15
MEETING_AFTER_DAYS = 14
LAST_DAY_FROM_TODAY: Mapping[StepKind, int] = MappingProxyType(
    {
        StepKind.DISTRIBUTE_FORMS: -8,
        StepKind.COLLECT_FORMS: -6,
        StepKind.CLASSIFY_ISSUES: -6,
        StepKind.DRAFT_ANSWERS: -1,
        StepKind.SYNTHESIZE_REPORT: 1,
    }
)
"""Working days from today to the last day of each fixed limit of the current plan."""


class ExamplesMissing(NotFound):
    template = "Không thấy các tệp mẫu ở «{folder}»; hãy chạy từ thư mục mã nguồn, hoặc bỏ --demo."


class Tell(Protocol):
    """Says one line of progress."""

    def __call__(self, text: str, /, **fields: object) -> None:
        """Say a text with its fields filled in."""
        ...


@dataclass(frozen=True, slots=True)
class Episode:
    """One plan of the demo: from when it runs and how people behave in it."""

    definition: PlanDefinition
    started_on: date
    scenario: Scenario


def set_aside_half_loaded(settings: Settings, tell: Tell) -> None:
    """Put away what a loading that was cut off has left, before the database is opened; nothing is deleted."""
    mark = settings.data / LOADING
    if settings.database or not mark.exists():
        return
    aside = settings.data / f"{LOADING}-{mark.stat().st_mtime_ns}"
    aside.mkdir()
    for path in [*settings.data.glob(f"{DATABASE_FILE}*"), *settings.data.glob(MAILBOX)]:
        path.rename(aside / path.name)
    mark.unlink()
    tell("Lần nạp dữ liệu thử trước bị ngắt giữa chừng; phần dở dang được cất vào «{folder}» và nạp lại.", folder=aside)


def load_demo(application: Application, tell: Tell) -> None:
    """Load both plans into an installation that has none; one that has plans is left as it is.

    While it loads, a mark lies in the data folder: see `set_aside_half_loaded`.
    """
    if not (EXAMPLES / CURRENT_PLAN).is_file():
        raise ExamplesMissing(folder=EXAMPLES)
    with application.store.reading() as uow:
        if uow.plans.ids():
            return
    mark = application.settings.data / LOADING
    try:
        mark.touch()
    except OSError as error:
        raise FolderUnusable(folder=mark.parent, why=error.strerror or type(error).__name__) from error
    now = application.clock.now()
    for episode in (past_episode(), current_episode(now)):
        tell("Nạp dữ liệu thử: {title}…", title=episode.definition.title)
        _play(application, episode, now)
    _seat_the_city(application)
    mark.unlink()


def _seat_the_city(application: Application) -> None:
    """The city over both, and somebody who looks after the whole installation: the link of `up` is theirs."""
    with application.store() as uow:
        uow.organizations.put(Organization(slug(CITY), CITY))
        for name in uow.organizations.written():
            uow.organizations.put(Organization(slug(name), name, slug(CITY)))
        uow.commit()
    enrol_first(application.store)


def past_episode() -> Episode:
    """The plan of a ward in 2025, run to its end with one step late."""
    definition = read_plan(EXAMPLES / PAST_PLAN)
    return Episode(definition, PAST_START, Scenario("past", late={_key(definition, StepKind.DRAFT_ANSWERS): 1}))


def current_episode(now: datetime) -> Episode:
    """The plan of a commune, dated so that its meeting lies two weeks ahead.

    By now its forms went out in time and came in a day late, its answers are overdue, and its report is due on the
    next working day.
    """
    plan = read_plan(EXAMPLES / CURRENT_PLAN)
    calendar, today = _calendar(plan), day_of(now)
    definition = redated(plan, _days(plan, calendar, today), meeting_on=_meeting_day(calendar, today))
    late = {step.key: 1 for step in plan.steps if step.kind is StepKind.COLLECT_FORMS}
    never = frozenset(step.key for step in plan.steps if step.kind in (StepKind.DRAFT_ANSWERS, StepKind.ANNOUNCE))
    started_on = calendar.add(today, -CURRENT_STARTED_BEFORE)
    return Episode(definition, started_on, Scenario("current", late=late, never=never))


def _calendar(plan: PlanDefinition) -> WorkingCalendar:
    return terms_named(plan.calendar).calendar


def _days(plan: PlanDefinition, calendar: WorkingCalendar, today: date) -> dict[str, date]:
    """The new date of each fixed limit; a "before" names the day after the last one."""
    days = {}
    for step in plan.steps:
        if step.kind in LAST_DAY_FROM_TODAY and isinstance(step.due, Before):
            days[step.key] = calendar.add(today, LAST_DAY_FROM_TODAY[step.kind]) + timedelta(days=1)
    return days


def _meeting_day(calendar: WorkingCalendar, today: date) -> date:
    return calendar.next_working(today + timedelta(days=MEETING_AFTER_DAYS))


def _key(plan: PlanDefinition, kind: StepKind) -> str:
    return next(step.key for step in plan.steps if step.kind is kind)


def _play(application: Application, episode: Episode, now: datetime) -> None:
    """Run one plan through its past, delivering its notices as they came to be owed."""
    store, terms = application.store, application.terms_of(episode.definition)
    clock = ClockSetByHand(terms.hours.next_working_instant(instant(episode.started_on, time(8))))
    seat_everyone(store, episode.definition)
    cycle = start_plan(
        store,
        application.terms_of,
        episode.definition,
        started_on=episode.started_on,
        at=clock.now(),
        actor="demo",
    )
    play(store, terms, cycle, Agenda(episode.scenario, terms), clock, until=now, after_each=_postman(application))


def _postman(application: Application) -> Callable[[datetime], None]:
    def deliver_now(at: datetime) -> None:
        application.deliver(at=at)

    return deliver_now
