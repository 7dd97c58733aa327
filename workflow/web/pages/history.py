"""What happened to a plan, event by event; the plan as it was known on a past day; the audit of the logs."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from workflow.documents.audit import difference_words
from workflow.documents.lists import history_sheet
from workflow.domain.errors import BadInput
from workflow.language import Language
from workflow.ports import PlanFilter
from workflow.services import scopes
from workflow.services.as_of import instant_of, known_at
from workflow.services.history import history_of
from workflow.services.verifying import Verified, verify
from workflow.web import forms, tables
from workflow.web.failures import status_of, words_of
from workflow.web.jobs import Jobs, Made, Tell
from workflow.web.views.history import as_known, event_lines
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter()
VERIFY = "verify"
_SHOWN = 100
_MOST_DIFFERENCES = 200


@router.get("/plans/{plan_id}/history")
def show(visit: SignedIn, plan_id: str) -> Response:
    """The events of a plan, the latest first."""
    return _page(visit, plan_id)


@router.get("/plans/{plan_id}/history/verify")
def back(visit: SignedIn, plan_id: str) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see(f"/plans/{plan_id}/history")


@router.post("/plans/{plan_id}/history/verify")
def verify_plan(visit: SignedIn, _form: Posted, plan_id: str) -> Response:
    """Hold a plan against its log: limits, verdicts, notices, tables."""
    visit.plan(plan_id)
    application = visit.application
    return _page(visit, plan_id, verify(application.store, application.terms_of, plan_ids=[plan_id]))


def _page(visit: Visit, plan_id: str, verified: Verified | None = None) -> Response:
    with visit.application.store.reading() as uow:
        cycle = scopes.plan(uow, visit.scope, plan_id)
        log, faults = tuple(uow.plans.log(plan_id)), uow.plans.chain_faults(plan_id)
        people = {person.person_id: person.name for person in uow.directory.all()}
    told = list(history_of(log, cycle, visit.language))
    if form := tables.wanted(visit):
        return tables.download(visit, form, history_sheet(told, people, visit.language, cycle.definition.title))
    names = {key: step.definition.name for key, step in cycle.steps.items()}
    events = event_lines(told, people, names, visit.language)
    pages = tables.page_of(visit, len(events), _SHOWN)
    return visit.page(
        "history.html",
        cycle=cycle,
        events=tables.cut(events, pages),
        pages=pages,
        address=tables.address,
        faults=faults,
        verified=verified,
        differences=_differences(verified, visit.language) if verified is not None else [],
        back_dated=any(line.back_dated for line in events),
    )


def _differences(verified: Verified, language: Language) -> list[tuple[str, ...]]:
    return [(each.plan_id, *difference_words(each, language)) for each in verified.differences[:_MOST_DIFFERENCES]]


@router.get("/plans/{plan_id}/as-of")
def as_of(visit: SignedIn, plan_id: str, on: str = "") -> Response:
    """The steps of a plan as they were known at the end of a day; without one, as they are known now."""
    cycle, refused = visit.plan(plan_id), None
    known, at = cycle, visit.at
    try:
        at = instant_of(_day(on) or visit.today, visit.at)
        with visit.application.store.reading() as uow:
            known = known_at(uow, plan_id, at)
    except BadInput as error:
        refused, at = error, visit.at
    return visit.page(
        "as_of.html",
        status=int(status_of(refused)) if refused is not None else 200,
        cycle=cycle,
        lines=as_known(known, at),
        known=known,
        then=at,
        typed=on,
        words=words_of(refused, visit.language) if refused is not None else "",
    )


def _day(typed: str) -> date | None:
    return forms.day(typed.strip())


@router.get("/reports/verify")
def audits(visit: SignedIn) -> Response:
    """Start an audit of every plan that one may see, and those that were started."""
    jobs = [job for job in jobs_of(visit).of_person(visit.asked.person_id) if job.kind == VERIFY]
    with visit.application.store.reading() as uow:
        count = uow.plans.count_rows(PlanFilter(organizations=visit.scope.organizations))
    return visit.page("verify.html", jobs=jobs, count=count, everything=visit.scope.organizations is None)


@router.post("/reports/verify")
def start_audit(visit: SignedIn, _form: Posted) -> Response:
    """Start an audit beside the pages; its own page shows how far it is."""
    job = jobs_of(visit).start(visit.asked.person_id, VERIFY, "", lambda tell: _audit(visit, tell))
    return visit.see(f"/jobs/{job.job_id}")


def _audit(visit: Visit, tell: Tell) -> Made:
    application, organizations = visit.application, visit.scope.organizations
    ids = None
    if organizations is not None:
        with application.store.reading() as uow:
            ids = frozenset(row.plan_id for row in uow.plans.rows(PlanFilter(organizations=organizations)))
    found = verify(application.store, application.terms_of, plan_ids=ids, on_progress=tell)
    return Made(
        {
            "plans": found.plans,
            "events": found.events,
            "anchors": found.anchors,
            "count": len(found.differences),
            "differences": _differences(found, visit.language),
        }
    )


def jobs_of(visit: Visit) -> Jobs:
    """The long work of this installation."""
    return Jobs(visit.application.settings.data / "jobs", visit.application.clock)
