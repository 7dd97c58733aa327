"""Every plan on one board, with filters, order and pages; the views that people keep; and the search over everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from workflow.domain.cycle import StepStatus
from workflow.domain.definition import PlanKind
from workflow.domain.errors import BadInput
from workflow.domain.names import slug
from workflow.domain.verdict import Standing
from workflow.ports import (
    PetitionFilter,
    PlanFilter,
    PlanRow,
    SavedView,
    StepFilter,
    StepRow,
    UnitOfWork,
)
from workflow.web import forms
from workflow.web.failures import words_of
from workflow.web.views.plans import A_PAGE, LONGEST_NAME, Asked, PlanLine, board, line_of
from workflow.web.visit import Posted, SignedIn, Visit

router = APIRouter()

MOST_VIEWS = 20
PLANS_WATCHED = 200
FOUND_OF_EACH = 20
STEPS_SEARCHED = 3000
"""How many unfinished steps, those with the nearest limits first, a search looks through."""

_UNFINISHED = frozenset({StepStatus.WAITING, StepStatus.OPEN})
_LATE = frozenset({Standing.RUNNING_OVERDUE})


@router.get("/plans")
def show(visit: SignedIn) -> Response:
    """The board; what is asked of it stands in the address."""
    asked = Asked.read(visit.request.query_params)
    since, until, wrong = _days(asked, visit)
    chosen = asked.chosen(visit.scope, visit.today, since, until)
    with visit.application.store.reading() as uow:
        count = uow.plans.count_rows(chosen)
        rows = uow.plans.rows(chosen, order=asked.order, limit=A_PAGE, offset=A_PAGE * (asked.number - 1))
        made = board(asked, lines_of(uow, rows, visit.at), count)
        views = uow.saved_views.of_person(visit.asked.person_id)
        known = _organizations(uow, visit)
        version = version_of(uow, visit)
    return visit.page(
        "plans.html",
        board=made,
        addresses=lambda number: asked.address(page=str(number)),
        views=views,
        organizations=known,
        kinds=list(PlanKind),
        wrong=wrong,
        version=version,
    )


@router.get("/version")
def tell_version(visit: SignedIn) -> Response:
    """What lists of plans depend on, in a few characters: a page that is open asks for it now and then."""
    with visit.application.store.reading() as uow:
        version = version_of(uow, visit)
    return JSONResponse({"version": version}, headers={"Cache-Control": "no-store"})


def version_of(uow: UnitOfWork, visit: Visit) -> str:
    """Differs when a plan in sight has changed (of many the most pressing), a limit has passed or a day has begun."""
    mine = visit.scope.organizations
    rows = uow.plans.rows(PlanFilter(organizations=mine), limit=PLANS_WATCHED)
    late = uow.plans.count_steps(StepFilter(organizations=mine, standings=_LATE, leaves=True), visit.at)
    seen = (visit.today, late, [(row.plan_id, row.version) for row in rows])
    return sha256(repr(seen).encode()).hexdigest()[:16]


@router.get("/plans/views")
@router.get("/plans/views/remove")
def back(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of a form that was sent."""
    return visit.see("/plans")


@router.post("/plans/views")
def keep_view(visit: SignedIn, form: Posted) -> Response:
    """Keep what is asked of the board under a name; a view of the same name is replaced."""
    name = " ".join(forms.clean(form.get("name")).split())[:LONGEST_NAME]
    asked = Asked.read({key: str(value) for key, value in form.items()} | {"page": "1"})
    if not name:
        return visit.see(asked.address())
    with visit.application.store() as uow:
        kept = uow.saved_views.of_person(visit.asked.person_id)
        if len(kept) < MOST_VIEWS or any(view.name == name for view in kept):
            uow.saved_views.put(SavedView(visit.asked.person_id, name, asked.address()))
            uow.commit()
    return visit.see(asked.address())


@router.post("/plans/views/remove")
def drop_view(visit: SignedIn, form: Posted) -> Response:
    """Drop a view of one's own."""
    with visit.application.store() as uow:
        uow.saved_views.remove(visit.asked.person_id, forms.clean(form.get("name")))
        uow.commit()
    return visit.see("/plans")


@router.get("/search")
def search(visit: SignedIn, q: str = "") -> Response:
    """Plans, steps and petitions in which all the words occur, accents or not."""
    asked = " ".join(forms.clean(q).split())[:200]
    words = [slug(word) for word in asked.split() if any(letter.isalnum() for letter in word)]
    if not words:
        return visit.page("search.html", q=asked, plans=None)
    plans = PlanFilter(organizations=visit.scope.organizations, text=asked)
    petitions = PetitionFilter(organizations=visit.scope.organizations, text=asked)
    with visit.application.store.reading() as uow:
        rows = uow.plans.rows(plans, limit=FOUND_OF_EACH)
        steps, all_seen = _steps_with(uow, visit, words)
        raised = uow.plans.petitions_where(petitions, limit=FOUND_OF_EACH)
        titles = _titles(uow, {step.plan_id for step in steps} | {petition.plan_id for petition in raised})
        return visit.page(
            "search.html",
            q=asked,
            plans=lines_of(uow, rows, visit.at),
            plan_count=uow.plans.count_rows(plans),
            steps=steps[:FOUND_OF_EACH],
            step_count=len(steps),
            all_seen=all_seen,
            petitions=raised,
            petition_count=uow.plans.count_petitions(petitions),
            titles=titles,
        )


def lines_of(uow: UnitOfWork, rows: Sequence[PlanRow], at: datetime) -> tuple[PlanLine, ...]:
    """Lines for some plans, in two queries, however many there are."""
    if not rows:
        return ()
    ids = frozenset(row.plan_id for row in rows)
    late = uow.plans.steps_where(StepFilter(plan_ids=ids, standings=_LATE, leaves=True), at)
    overdue = Counter(step.plan_id for step in late)
    projected = {(step.plan_id, step.due_on) for step in _next_steps(uow, rows, ids, at) if step.projected}
    return tuple(line_of(row, overdue[row.plan_id], (row.plan_id, row.next_due_on) in projected) for row in rows)


def _next_steps(uow: UnitOfWork, rows: Sequence[PlanRow], ids: frozenset[str], at: datetime) -> Sequence[StepRow]:
    """Unfinished steps of these plans whose limits lie where the next limits of the plans do."""
    days = [row.next_due_on for row in rows if row.next_due_on is not None]
    if not days:
        return ()
    asked = StepFilter(plan_ids=ids, statuses=_UNFINISHED, due_since=min(days), due_until=max(days) + timedelta(days=1))
    return uow.plans.steps_where(asked, at, limit=STEPS_SEARCHED)


def _days(asked: Asked, visit: Visit) -> tuple[date | None, date | None, Mapping[str, str]]:
    """The days of the meeting as read, and what is wrong with which of the two fields."""
    days: dict[str, date | None] = {}
    wrong: dict[str, str] = {}
    for field, typed in (("since", asked.since), ("until", asked.until)):
        try:
            days[field] = forms.day(typed)
        except BadInput as refused:
            days[field], wrong[field] = None, words_of(refused, visit.language)
    return days["since"], days["until"], wrong


def _organizations(uow: UnitOfWork, visit: Visit) -> list[str]:
    """The organizations that can be chosen among; none where there is but one."""
    known = visit.scope.organizations
    names = sorted(uow.organizations.written() if known is None else known, key=slug)
    return names if len(names) > 1 else []


def _steps_with(uow: UnitOfWork, visit: Visit, words: Sequence[str]) -> tuple[list[StepRow], bool]:
    """Unfinished steps in whose name or owner all the words occur, and whether all unfinished steps were looked at."""
    asked = StepFilter(organizations=visit.scope.organizations, statuses=_UNFINISHED, leaves=True)
    steps = uow.plans.steps_where(asked, visit.at, limit=STEPS_SEARCHED)
    folded = ((step, slug(f"{step.name} {step.owner or ''}")) for step in steps)
    return [step for step, text in folded if all(word in text for word in words)], len(steps) < STEPS_SEARCHED


def _titles(uow: UnitOfWork, ids: set[str]) -> Mapping[str, str]:
    return {row.plan_id: row.title for row in uow.plans.rows(PlanFilter(plan_ids=frozenset(ids)))} if ids else {}
