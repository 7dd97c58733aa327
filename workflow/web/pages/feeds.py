"""Calendars to subscribe to: the addresses of a person, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from workflow.domain.errors import BadInput
from workflow.domain.verdict import Standing
from workflow.language import Language, translate
from workflow.notify.due_file import DueEntry, due_feed, entry_id
from workflow.notify.render import host_of
from workflow.ports import PlanFilter, StepRow
from workflow.services.feeds import Contents, FeedUnknown, close_feed, contents_of, feeds_of, note_use, open_feed
from workflow.web.failures import status_of, words_of
from workflow.web.visit import Anyone, Posted, SignedIn, Visit
from workflow.web.words import N_

router = APIRouter()
_PLANS = 200
_DONE = frozenset({Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_NO_LIMIT})


@router.get("/ics/{name}")
def feed(visit: Anyone, name: str) -> Response:
    """The calendar behind a secret address, for programs: `/ics/<secret>.ics`."""
    secret, _, ending = name.rpartition(".")
    if ending != "ics":
        raise FeedUnknown
    with visit.application.store.reading() as uow:
        found = contents_of(uow, secret, visit.at)
    note_use(visit.application.store, found.feed, visit.at)
    language: Language = visit.application.settings.language
    title = found.plan.definition.title if found.plan is not None else translate(N_("Hạn việc của tôi"), language)
    body = due_feed(_entries(found, visit, language), title, visit.at)
    headers = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _entries(found: Contents, visit: Visit, language: Language) -> Iterator[DueEntry]:
    base_url = visit.application.settings.base_url or str(visit.request.base_url).rstrip("/")
    for step in found.steps:
        if step.due_on is not None:
            link = f"{base_url}/plans/{step.plan_id}/steps/{step.key}"
            yield DueEntry(
                uid=entry_id(step.plan_id, step.key, host_of(base_url)),
                due_on=step.due_on,
                summary=_summary(step, visit, language),
                description=f"{found.titles.get(step.plan_id, step.plan_id)}\n{step.owner or ''}\n{link}",
                link=link,
                revision=step.revision,
            )


def _summary(step: StepRow, visit: Visit, language: Language) -> str:
    standing = step.standing(visit.at)
    if standing in _DONE:
        return f"✓ {step.name}"
    words = N_("Quá hạn: {step}") if standing is Standing.RUNNING_OVERDUE else N_("Hạn: {step}")
    words = N_("Hạn dự kiến: {step}") if step.projected else words
    return translate(words, language).format(step=step.name)


@router.get("/me/calendar")
def show(visit: SignedIn, plan: str = "") -> Response:
    """One's own addresses; `plan`: for which plan one may be made right away."""
    return _page(visit, chosen=plan)


@router.post("/me/calendar")
def create(visit: SignedIn, form: Posted) -> Response:
    """Make an address; it is shown once, on the page that answers."""
    plan_id = str(form.get("plan") or "")
    try:
        secret = open_feed(visit.application.store, visit.asked, at=visit.at, plan_id=plan_id or None)
    except BadInput as refused:
        return _page(visit, chosen=plan_id, refused=refused)
    return _page(visit, made=secret)


@router.get("/me/calendar/revoke")
def back(visit: SignedIn) -> Response:
    """Where a browser comes when it reloads the address of the form."""
    return visit.see("/me/calendar")


@router.post("/me/calendar/revoke")
def revoke(visit: SignedIn, form: Posted) -> Response:
    """Take an address back; who used it finds nothing there from now on."""
    close_feed(visit.application.store, visit.asked.person_id, str(form.get("token") or ""), at=visit.at)
    return visit.see("/me/calendar")


def _page(visit: Visit, *, made: str = "", chosen: str = "", refused: BadInput | None = None) -> Response:
    with visit.application.store.reading() as uow:
        feeds = feeds_of(uow, visit.asked.person_id, visit.at)
        plans = uow.plans.rows(PlanFilter(organizations=visit.scope.organizations), limit=_PLANS)
    base_url = visit.application.settings.base_url or str(visit.request.base_url).rstrip("/")
    return visit.page(
        "feeds.html",
        status=int(status_of(refused)) if refused is not None else 200,
        feeds=feeds,
        plans=plans,
        chosen=chosen,
        address=f"{base_url}/ics/{made}.ics" if made else "",
        words=words_of(refused, visit.language) if refused is not None else "",
    )
