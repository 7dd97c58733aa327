"""A rehearsal as one HTML file that needs nothing else: the course of the plan as a chart, every step, every notice.

Pure. Every text that comes from a plan is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import groupby
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined

from calendars.day_table import WEEKDAYS
from calendars.working_calendar import WorkingCalendar
from workflow.documents import gantt
from workflow.domain.cycle import Cycle, StepState
from workflow.domain.verdict import Standing, Verdict
from workflow.domain.zone import ZONE, day_of, shown
from workflow.language import Language, catalogue, retell, translate
from workflow.letter import Letter
from workflow.notify.render import render
from workflow.ports import Notice

SCENARIOS: Mapping[str, str] = MappingProxyType(
    {
        "on_time": "Mọi việc đúng hạn",
        "three_days_late": "Mọi việc muộn 3 ngày làm việc",
        "one_unit_late": "Một đơn vị luôn muộn 3 ngày làm việc",
        "meeting_moved": "Hội nghị bị dời",
        "extension": "Kéo dài mọi hạn được phép kéo dài",
        "notice_adopted": "Có văn bản hoán đổi ngày nghỉ giữa chừng",
        "outage_25h": "Hệ thống ngừng 25 giờ",
        "outage_tet": "Hệ thống ngừng cả Tết",
    }
)
"""What happens in each scenario."""

_ENDS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.ON_TIME: "Xong đúng hạn", Verdict.LATE: "Xong quá hạn", Verdict.NO_LIMIT: "Đã xong"}
)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is told of a rehearsal: see `workflow.services.rehearsing.Rehearsed`."""

    cycle: Cycle
    told: Sequence[tuple[Notice, Letter]]
    sent_at: Mapping[str, datetime]
    outage: tuple[datetime, datetime] | None
    scenario: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice as it goes out: when, to whom, about which step, and its letter. `held`: an outage held it up."""

    at: datetime
    person: str
    unit: str
    step: str
    subject: str
    text: str
    held: bool


@dataclass(frozen=True, slots=True)
class Morning:
    """The notices that go out on one day."""

    on: date
    sent: tuple[Sent, ...]


def rehearsal_page(rehearsal: Rehearsal, calendar: WorkingCalendar, language: Language = "vi") -> str:
    """The whole page; days are rest days as this calendar has them."""
    cycle = rehearsal.cycle
    ended_at = cycle.ended_at or cycle.last_end_at
    made = gantt.chart(gantt.bars_of(cycle, ended_at), calendar, day_of(ended_at), marked=False)
    return (
        _environment(language)
        .get_template("rehearsal.html")
        .render(
            cycle=cycle,
            ended_at=ended_at,
            scenario=translate(SCENARIOS.get(rehearsal.scenario, rehearsal.scenario), language),
            outage=rehearsal.outage,
            gantt=gantt.drawn(made, language, partial(_said, language)),
            late=sum(state.standing(ended_at) is Standing.DONE_LATE for state in cycle.steps.values()),
            mornings=mornings(rehearsal, language),
            count=len(rehearsal.told),
            verdict=partial(_verdict, language),
            language=language,
        )
    )


def mornings(rehearsal: Rehearsal, language: Language) -> tuple[Morning, ...]:
    """The notices day by day, in order of time."""
    sent = sorted((_sent(rehearsal, *pair, language) for pair in rehearsal.told), key=lambda one: one.at)
    return tuple(Morning(on, tuple(group)) for on, group in groupby(sent, key=lambda one: day_of(one.at)))


def _sent(rehearsal: Rehearsal, notice: Notice, letter: Letter, language: Language) -> Sent:
    message = render(letter, base_url="", language=language)
    at = rehearsal.sent_at.get(notice.key, notice.owed_at)
    step = rehearsal.cycle.steps.get(notice.step)
    return Sent(
        at=at,
        person=retell(notice.person_name, language),
        unit=letter.unit,
        step=step.definition.name if step is not None else "",
        subject=message.subject,
        text=message.text,
        held=rehearsal.outage is not None and rehearsal.outage[0] <= notice.owed_at < rehearsal.outage[1],
    )


def _said(language: Language, standing: Standing, _due_on: date | None) -> str:
    words = {Standing.DONE_ON_TIME: Verdict.ON_TIME, Standing.DONE_LATE: Verdict.LATE}
    return translate(_ENDS[words.get(standing, Verdict.NO_LIMIT)], language) if standing in _OVER else ""


_OVER = frozenset({Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_NO_LIMIT})


def _verdict(language: Language, state: StepState) -> str:
    """How a step ended, in words."""
    if state.completion is None:
        return translate("Không áp dụng" if state.skipped is not None else "Chưa xong", language)
    return translate(_ENDS[state.completion.verdict], language)


@lru_cache
def _environment(language: Language) -> Environment:
    made = Environment(
        loader=PackageLoader("workflow.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters |= {
        "dmy": shown,
        "vn_day": day_of,
        "hm": lambda at: f"{at.astimezone(ZONE):%H:%M}",
        "weekday": lambda day: translate(WEEKDAYS[day.weekday()], language),
    }
    return made
