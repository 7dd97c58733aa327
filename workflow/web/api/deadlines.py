"""`/deadlines`: the calculator; and the account of a step's limit with every revision of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from calendars.layers import CALENDARS
from calendars.rules import PLAN_START, Due, Moment, Readings, Rule, due, events_of
from calendars.wording import WordingError, limit_within, parse_with_extension
from workflow.domain.due import deadlines, rule_in_force
from workflow.domain.errors import StepUnknown
from workflow.domain.zone import ZONE
from workflow.language import Language, retell, worded
from workflow.web.api.caller import ReadsCalendar, ReadsPlans
from workflow.web.api.describing import ASKED, OF_A_PLAN
from workflow.web.api.matching import etag
from workflow.web.api.models import RevisionOut
from workflow.web.api.values import Asked, Clock, Day, Instant, Model, PlanId, StepKey

router = APIRouter(tags=["deadlines"])
CalendarName = Literal["office", "six_day", "own_office", "own_six_day"]
assert set(CALENDARS) == set(CalendarName.__args__)  # type: ignore[attr-defined]


class DueQuery(Asked):
    """A wording, and the day that it counts from where it counts from one."""

    wording: Annotated[str, Field(min_length=1, max_length=500, examples=["10 working days after meeting"])]
    event_on: Day | None = None
    event_at: Annotated[Clock | None, Field(description="For limits in hours.")] = None
    calendar: CalendarName = "office"


class DayCounted(Model):
    """One day of an account. `ordinal`: which of the days counted it is."""

    date: date
    counts: bool
    ordinal: int | None
    reason: str
    source: str | None


class ReadingOut(Model):
    """What another reading of the wording would give."""

    name: str
    due_on: date
    chosen: bool


class DueOut(Model):
    """A due date with its account, day by day, and the law it rests on."""

    event_on: date | None
    opens_on: date | None
    due_on: date
    due_at: Annotated[Instant, Field(description="The end of the limit, exclusive.")]
    safe_on: Annotated[date, Field(description="The last working day on or before `due_on`.")]
    rolled: bool
    provisional: bool
    projected: bool
    floor: Annotated[bool, Field(description="At the earliest then, not at the latest.")]
    readings: Sequence[ReadingOut]
    trace: Sequence[DayCounted]
    basis: Sequence[str]

    @classmethod
    def of(cls, found: Due, language: Language) -> DueOut:
        """A computed limit."""
        same = [name for name in cls.model_fields if name not in ("readings", "trace", "basis")]
        return cls(
            **{name: getattr(found, name) for name in same},
            readings=[ReadingOut(name=r.name, due_on=r.due_on, chosen=r.chosen) for r in found.readings],
            trace=[
                DayCounted(
                    date=t.day,
                    counts=t.counts,
                    ordinal=t.ordinal,
                    reason=retell(t.reason, language),
                    source=t.source,
                )
                for t in found.trace
            ],
            basis=list(found.basis),
        )


class WhatIf(Model):
    """What a wording means. `read`: the part of a longer sentence that was read; `extended`: the longer limit."""

    rule: str
    read: str
    limit: DueOut
    extended: DueOut | None


class Account(Model):
    """A step's limit: the rule in words, the limit computed day by day, every revision, the oldest first."""

    plan: str
    version: int
    step: str
    rule: str | None
    limit: DueOut | None
    revisions: Sequence[RevisionOut]


@router.get("/deadlines/due", response_model=WhatIf, responses=ASKED)
def what_if(caller: ReadsCalendar, asked: Annotated[DueQuery, Query()]) -> Response:
    """When a limit would end"""
    year = asked.event_on.year if asked.event_on else None
    rule, longest, part = _read(asked.wording, year)
    calendar = caller.application.terms_named(asked.calendar).calendar

    def computed(each: Rule) -> DueOut:
        known = _moment(asked)
        events = dict.fromkeys(events_of(each) | {PLAN_START}, known) if known else {}
        return DueOut.of(due(each, calendar, events, Readings()), caller.language)

    answer = WhatIf(
        rule=worded(rule, caller.language),
        read=part,
        limit=computed(rule),
        extended=computed(longest) if longest is not None else None,
    )
    return Response(answer.model_dump_json(), media_type="application/json")


def _read(wording: str, year: int | None) -> tuple[Rule, Rule | None, str]:
    """The rule, the longer limit, and the part of a sentence that was read."""
    try:
        return *parse_with_extension(wording, default_year=year), wording
    except WordingError as error:
        found = limit_within(wording, default_year=year) if error.code == "unreadable" else None
        if found is None:
            raise
        return found.rule, found.cap, found.text


def _moment(asked: DueQuery) -> Moment | None:
    if asked.event_on is None:
        return None
    at = datetime.combine(asked.event_on, asked.event_at, ZONE) if asked.event_at is not None else None
    return Moment(asked.event_on, at)


@router.get("/plans/{plan_id}/steps/{step}/deadline", response_model=Account, responses=OF_A_PLAN)
def account(caller: ReadsPlans, plan_id: PlanId, step: StepKey) -> Response:
    """How the limit of a step came about, and each of its revisions"""
    cycle = caller.plan(plan_id)
    if step not in cycle.steps:
        raise StepUnknown(step=step, known=", ".join(cycle.steps))
    with caller.application.store.reading() as uow:
        revisions = uow.plans.revisions(plan_id, step)
    calendar = caller.application.terms_of(cycle.definition, cycle.calendar_version).calendar
    limit = deadlines(cycle.plan, cycle.facts, calendar).get(step)
    rule = rule_in_force(cycle.plan.by_key[step], cycle.plan, cycle.meeting)
    answer = Account(
        plan=plan_id,
        version=cycle.version,
        step=step,
        rule=worded(rule, caller.language) if rule is not None else None,
        limit=DueOut.of(limit, caller.language) if limit is not None else None,
        revisions=[RevisionOut.of(each) for each in revisions],
    )
    return Response(answer.model_dump_json(), media_type="application/json", headers={"ETag": etag(cycle)})
