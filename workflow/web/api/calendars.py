"""`/calendars`: a year, its days, and what adopting a decision would move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from calendars.day_table import Day as CalendarDay
from calendars.notice_reader import parse_notice
from workflow.domain.errors import BadInput, NotFound
from workflow.language import Language, retell
from workflow.services import adopting
from workflow.web.api.caller import ReadsCalendar, ReadsPlans
from workflow.web.api.deadlines import CalendarName
from workflow.web.api.describing import ASKED, READ
from workflow.web.api.values import Asked, Day, Model

router = APIRouter(prefix="/calendars", tags=["calendars"])
Year = Annotated[int, Path(ge=1900, le=2200)]
MOST_DAYS = 400
_Date = date
"""The type, for a class that has a field of the same name."""


class YearOutside(NotFound):
    template = "Lịch làm việc chỉ có từ năm {first} đến năm {last}; hãy chọn một năm trong khoảng đó."


class StretchWrong(BadInput):
    template = "Khoảng ngày phải từ 1 đến {most} ngày, ngày đầu trước ngày cuối."


class DayOut(Model):
    """One day, explained. `kind`: working, weekend, holiday, compensatory, swap_off, swap_work, closure or opening."""

    date: date
    working: bool
    kind: str
    name: str
    source: Annotated[str | None, Field(description="The decision or law behind it.")]
    provisional: bool
    pair: Annotated[_Date | None, Field(description="The other day of a swap, or the holiday made up for.")]

    @classmethod
    def of(cls, day: CalendarDay, language: Language) -> DayOut:
        """A day of a calendar."""
        same = {name: getattr(day, name) for name in cls.model_fields if name != "name"}
        return cls(name=retell(day.name, language), **same)


class YearOut(Model):
    """A year: the days that the week alone does not explain."""

    calendar: str
    version: str
    year: int
    working_days: int
    days: Sequence[DayOut]


class DaysOut(Model):
    """Every day of a stretch."""

    calendar: str
    version: str
    working_days: int
    days: Sequence[DayOut]


class DaysQuery(Asked):
    """The first day, and the day after the last."""

    since: Day
    until: Day


class NoticeIn(Asked):
    """A decision on days off, as the text of its .toml file."""

    notice: Annotated[str, Field(min_length=1, max_length=60_000)]
    name: Annotated[str, Field(max_length=80, pattern=r"^[0-9A-Za-z._-]+$")] = "notice.toml"


class ChangedDay(Model):
    """A day as it is and as it would be."""

    old: DayOut
    new: DayOut


class MovedLimit(Model):
    """A limit as it is and as it would be; null: none."""

    step: str
    name: str
    old_on: date | None
    new_on: date | None


class MovedPlan(Model):
    """The limits of one plan that would move."""

    plan: str
    title: str
    organization: str
    changes: Sequence[MovedLimit]


class AdoptionPreview(Model):
    """What adopting a decision would do, in the plans that the token's person may see. Nothing is written."""

    days: Sequence[ChangedDay]
    plans: Sequence[MovedPlan]


@router.get("/{calendar}/years/{year}", response_model=YearOut, responses=READ)
def get_year(caller: ReadsCalendar, calendar: CalendarName, year: Year) -> Response:
    """A year of a calendar: its holidays, days off and days made up"""
    found = caller.application.terms_named(calendar).calendar
    first, last = found.covered_since.year, found.covered_until.year
    if not first <= year <= last:
        raise YearOutside(first=first, last=last)
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    answer = YearOut(
        calendar=calendar,
        version=found.version,
        year=year,
        working_days=found.count(since, until),
        days=[DayOut.of(day, caller.language) for day in found.special_days(since, until)],
    )
    return Response(answer.model_dump_json(), media_type="application/json")


@router.get("/{calendar}/days", response_model=DaysOut, responses=ASKED)
def get_days(caller: ReadsCalendar, calendar: CalendarName, asked: Annotated[DaysQuery, Query()]) -> Response:
    """Each day of a stretch of at most 400 days"""
    if not 0 < (asked.until - asked.since).days <= MOST_DAYS:
        raise StretchWrong(most=MOST_DAYS)
    found = caller.application.terms_named(calendar).calendar
    days = list(found.days(asked.since, asked.until))
    answer = DaysOut(
        calendar=calendar,
        version=found.version,
        working_days=sum(day.working for day in days),
        days=[DayOut.of(day, caller.language) for day in days],
    )
    return Response(answer.model_dump_json(), media_type="application/json")


@router.post("/adoption-preview", response_model=AdoptionPreview, responses=ASKED)
def adoption_preview(caller: ReadsPlans, asked: NoticeIn) -> Response:
    """Which days and limits a decision on days off would move; nothing is written"""
    application, language = caller.application, caller.language
    decision = parse_notice(asked.notice, asked.name)
    days = application.days_changed_by(decision)
    seen = adopting.preview(application.store, application.terms_with(decision), days, at=caller.at)
    answer = AdoptionPreview(
        days=[ChangedDay(old=DayOut.of(old, language), new=DayOut.of(new, language)) for old, new in seen.days],
        plans=[_moved(plan) for plan in seen.plans if caller.scope.covers(plan.organization)],
    )
    return Response(answer.model_dump_json(), media_type="application/json")


def _moved(plan: adopting.PlanMoved) -> MovedPlan:
    names = MovedLimit.model_fields
    changes = [MovedLimit(**{name: getattr(change, name) for name in names}) for change in plan.changes]
    return MovedPlan(plan=plan.plan_id, title=plan.title, organization=plan.organization, changes=changes)
