"""A step's page: how its limit came about, day by day, and every limit it has had."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.responses import Response

from calendars.rules import MEETING, Due, events_of
from workflow.domain.cycle import Cycle
from workflow.domain.due import deadlines, rule_in_force
from workflow.domain.errors import StepUnknown
from workflow.language import Language, translate, worded
from workflow.web.pages.acting import offers_of
from workflow.web.pages.plan import page_of, read_plan, terms_of
from workflow.web.views.acting import ACTS
from workflow.web.views.plan_parts import coming_of, reached
from workflow.web.visit import SignedIn, Visit
from workflow.web.words import N_

router = APIRouter()


@router.get("/plans/{plan_id}/steps/{key}")
def show(visit: SignedIn, plan_id: str, key: str, did: str = "") -> Response:
    """A step with the account of its limit, its revisions and its notices; `did` names the act just carried out."""
    with visit.application.store.reading() as uow:
        read = read_plan(uow, visit.scope, plan_id, visit.at)
        if key not in read.cycle.steps:
            raise StepUnknown(step=key, known=", ".join(read.cycle.steps))
        revisions = uow.plans.revisions(plan_id, key)
        notices = [notice for notice in uow.outbox.of_plan(plan_id) if notice.step == key]
    page = page_of(visit, read)
    return visit.page(
        "step.html",
        plan=page,
        step=page.lines[key],
        parts_of=[page.lines[part.definition.key] for part in read.cycle.parts_of(key)],
        reached=reached(read.cycle, key),
        coming=coming_of(read.cycle, key, terms_of(visit, read.cycle), visit.at),
        limit=_limit_now(visit, read.cycle, key),
        wording=_wording(read.cycle, key, visit.language),
        revisions=revisions,
        notices=notices,
        people=read.people,
        state=read.cycle.steps[key],
        acts=offers_of(visit, read.cycle, key),
        told=ACTS[did].done if did in ACTS else "",
        petition=read.cycle.petition_of(key),
    )


def _limit_now(visit: Visit, cycle: Cycle, key: str) -> Due | None:
    """The step's limit computed anew with its account; None when it has none."""
    calendar = visit.application.terms_of(cycle.definition, cycle.calendar_version).calendar
    return deadlines(cycle.plan, cycle.facts, calendar).get(key)


def _wording(cycle: Cycle, key: str, language: Language) -> str:
    """The rule of the step in words, with the names of the steps that it counts from; "" when it has none."""
    rule = rule_in_force(cycle.plan.by_key[key], cycle.plan, cycle.meeting)
    if rule is None:
        return ""
    words = worded(rule, language)
    for event in events_of(rule):
        words = re.sub(rf"«?\b{re.escape(event)}\b»?", f"“{_name(cycle, event, language)}”", words)
    return words


def _name(cycle: Cycle, event: str, language: Language) -> str:
    if event in cycle.plan.by_key:
        return cycle.plan.by_key[event].name
    return translate(N_("ngày họp"), language) if event == MEETING else event
