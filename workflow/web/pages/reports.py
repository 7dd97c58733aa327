"""Reports for those who oversee: who was on time, the steps behind each number, and the notices of escalation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from calendars import OutsideCalendar
from workflow.documents import words
from workflow.documents.lists import notices_sheet, report_sheet, steps_sheet
from workflow.documents.sheets import Sheet
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.zone import instant
from workflow.language import Language, translate
from workflow.ports import Cell, NoticeFilter, PlanFilter, StepFilter, UnitOfWork
from workflow.services.reporting import escalations, in_doubt_first, report, steps_asked
from workflow.web import tables
from workflow.web.failures import words_of
from workflow.web.views.reports import GROUPINGS, Choice, read_choice, remark_of, report_page
from workflow.web.visit import SignedIn, Visit

router = APIRouter()
_LINES = 40


@router.get("/reports")
def show(visit: SignedIn) -> Response:
    """The on-time report of a period, with its pictures."""
    choice = _choice(visit)
    with visit.application.store.reading() as uow:
        found = report(uow, choice.asked(visit.scope), choice.by, visit.at)
        organizations = organizations_of(uow, visit)
    if form := tables.wanted(visit):
        lines = found.groups if choice.by == "month" else in_doubt_first(found.groups)
        sheet = report_sheet(lines, choice.by, visit.language, remark_of(choice, visit.language))
        return tables.download(visit, form, sheet)
    page = report_page(found, choice, visit.language, rest_days=lambda *days: _rest_days(visit, *days))
    pages = tables.page_of(visit, len(page.lines), _LINES)
    return visit.page(
        "reports.html",
        report=page,
        lines=tables.cut(page.lines, pages),
        pages=pages,
        address=tables.address,
        groupings={by: choice.query() | {"by": by.value} for by in GROUPINGS},
        grouping_words=GROUPINGS,
        form=form_of(visit, choice, organizations),
    )


@router.get("/reports/steps")
def rows(visit: SignedIn) -> Response:
    """The steps behind a number of the report."""
    choice = _choice(visit)
    with visit.application.store.reading() as uow:
        chosen = steps_chosen(uow, visit, choice)
        count = uow.plans.count_steps(chosen, visit.at)
        if form := tables.wanted(visit):
            tables.check_size(count)
            return tables.download(visit, form, steps_as_sheet(uow, visit, chosen, remark_of(choice, visit.language)))
        pages = tables.page_of(visit, count)
        steps = uow.plans.steps_where(chosen, visit.at, limit=pages.size, offset=pages.offset)
        titles = titles_of(uow, (step.plan_id for step in steps))
        organizations = organizations_of(uow, visit)
    return visit.page(
        "report_steps.html",
        choice=choice,
        steps=steps,
        titles=titles,
        pages=pages,
        address=tables.address,
        form=form_of(visit, choice, organizations),
    )


@router.get("/reports/notices")
def notices(visit: SignedIn) -> Response:
    """The notices that went up the ladder because a limit had passed."""
    choice = _choice(visit)
    with visit.application.store.reading() as uow:
        chosen = notices_chosen(uow, visit, choice)
        count = uow.plans.count_notices(chosen)
        if form := tables.wanted(visit):
            tables.check_size(count)
            remark = remark_of(choice, visit.language)
            return tables.download(visit, form, notices_as_sheet(uow, visit, chosen, remark))
        pages = tables.page_of(visit, count)
        found = uow.plans.notices_where(chosen, limit=pages.size, offset=pages.offset)
        titles = titles_of(uow, (notice.plan_id for notice in found))
        names = step_names(uow, visit, ((notice.plan_id, notice.step) for notice in found))
        organizations = organizations_of(uow, visit)
    return visit.page(
        "report_notices.html",
        choice=choice,
        notices=found,
        titles=titles,
        names=names,
        pages=pages,
        address=tables.address,
        form=form_of(visit, choice, organizations),
    )


def _choice(visit: Visit) -> Choice:
    return read_choice(visit.request.query_params, visit.today)


def steps_chosen(uow: UnitOfWork, visit: Visit, choice: Choice) -> StepFilter:
    """The steps that a choice asks for, within what the visitor may see."""
    cells = [choice.cell] if choice.cell is not None else Cell
    chosen = steps_asked(uow, choice.asked(visit.scope), cells)
    return replace(chosen, limited=choice.limited, back_dated=True if choice.back_dated else None)


def notices_chosen(uow: UnitOfWork, visit: Visit, choice: Choice) -> NoticeFilter:
    """The notices of escalation that a choice asks for, within what the visitor may see."""
    asked = choice.asked(visit.scope)
    since, until = (instant(day) if day is not None else None for day in (asked.since, asked.until))
    return escalations(uow, asked.organizations, since, until)


def steps_as_sheet(uow: UnitOfWork, visit: Visit, chosen: StepFilter, remark: str = "") -> Sheet:
    """All steps chosen as a table for a file."""
    steps = uow.plans.steps_where(chosen, visit.at)
    titles = titles_of(uow, (step.plan_id for step in steps))
    return steps_sheet(steps, titles, visit.at, visit.language, remark)


def notices_as_sheet(uow: UnitOfWork, visit: Visit, chosen: NoticeFilter, remark: str = "") -> Sheet:
    """All notices chosen as a table for a file."""
    found = uow.plans.notices_where(chosen)
    titles = titles_of(uow, (notice.plan_id for notice in found))
    names = step_names(uow, visit, ((notice.plan_id, notice.step) for notice in found))
    return notices_sheet(found, titles, names, visit.language, remark)


def titles_of(uow: UnitOfWork, plan_ids: Iterable[str]) -> dict[str, str]:
    """Titles of plans by id, in one query."""
    ids = frozenset(plan_ids)
    return {row.plan_id: row.title for row in uow.plans.rows(PlanFilter(plan_ids=ids))} if ids else {}


def step_names(uow: UnitOfWork, visit: Visit, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Names of steps by (plan, step), in one query."""
    found = uow.plans.steps_where(StepFilter(places=frozenset(places)), visit.at)
    return {(step.plan_id, step.key): step.name for step in found}


def organizations_of(uow: UnitOfWork, visit: Visit) -> list[str]:
    """The organizations that the visitor may choose among, by name."""
    names = visit.scope.organizations
    return sorted(uow.organizations.written() if names is None else names)


def form_of(visit: Visit, choice: Choice, organizations: list[str]) -> dict[str, object]:
    """What the form of the filters shows."""
    return {
        "choice": choice,
        "organizations": organizations if len(organizations) > 1 else [],
        "plan_kinds": _options(words.PLAN_KIND, PlanKind, visit.language),
        "step_kinds": _options(words.STEP_KIND, StepKind, visit.language),
        "cells": _options(words.CELL, Cell, visit.language),
        "problem": words_of(choice.problem, visit.language) if choice.problem is not None else "",
        "typed": {name: visit.request.query_params.get(name, "") for name in ("since", "until")},
        "periods": _periods(visit.today, choice),
    }


def _options(said: object, kind: type[PlanKind] | type[StepKind] | type[Cell], language: Language) -> list[object]:
    table = dict(said)  # type: ignore[call-overload]
    return [(each.value, translate(table[each], language)) for each in kind]


def _periods(today: date, choice: Choice) -> dict[str, Choice]:
    """Periods that are often asked for: this year, the last one, this quarter, all."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    after = date(first.year + (first.month > 9), (first.month + 2) % 12 + 1, 1)
    year = today.year
    return {
        "year": replace(choice, since=date(year, 1, 1), until=date(year, 12, 31)),
        "last_year": replace(choice, since=date(year - 1, 1, 1), until=date(year - 1, 12, 31)),
        "quarter": replace(choice, since=first, until=date.fromordinal(after.toordinal() - 1)),
        "all": replace(choice, since=None, until=None),
    }


def _rest_days(visit: Visit, since: date, until: date) -> frozenset[date]:
    """The days off of a period; none where the calendar does not reach."""
    calendar = visit.application.terms_named("office").calendar
    try:
        return frozenset(day.date for day in calendar.days(since, until) if not day.working)
    except OutsideCalendar:
        return frozenset()
