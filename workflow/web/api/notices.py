"""`/notices`: what is owed to whom, and another try for what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from workflow.domain.errors import PlanNotFound
from workflow.domain.zone import instant
from workflow.ports import Notice, NoticeFilter, NoticeStatus
from workflow.services import scopes, undelivered
from workflow.services.permissions import check_leads
from workflow.services.undelivered import NoticeUnknown
from workflow.web.api.caller import Caller, ReadsNotices, WritesNotices
from workflow.web.api.describing import LISTED, WRITTEN
from workflow.web.api.idempotency import AlreadyAnswered, Answer, Once
from workflow.web.api.models import NoticeOut
from workflow.web.api.paging import Page, Pages, paged
from workflow.web.api.steps import Names
from workflow.web.api.values import Asked, Day, Model
from workflow.web.api.writing import TermsAnew

router = APIRouter(prefix="/notices", tags=["notices"])


class NoticeQuery(Pages):
    """Which notices, the latest owed first. `owed_since` and `owed_until`: days, the first in it, the last not."""

    organization: Annotated[str, Field(max_length=300)] = ""
    plan: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=50)] = ()
    rung: Names = ()
    status: Annotated[tuple[NoticeStatus, ...], Field(max_length=10)] = ()
    owed_since: Day | None = None
    owed_until: Day | None = None


class RetryIn(Asked):
    """The key of a notice that was given up."""

    key: Annotated[str, Field(min_length=1, max_length=500)]


class Retried(Model):
    """What will be tried: the notice itself, or one for each person who now fills the place that it was meant for."""

    tried: Sequence[NoticeOut]


@router.get("", response_model=Page[NoticeOut], responses=LISTED)
def list_notices(caller: ReadsNotices, asked: Annotated[NoticeQuery, Query()]) -> Response:
    """Notices of the plans that the token's person may see"""
    chosen = NoticeFilter(
        organizations=caller.scope.narrowed(asked.organization),
        plan_ids=frozenset(asked.plan) or None,
        rungs=frozenset(asked.rung) or None,
        statuses=frozenset(asked.status) or None,
        owed_since=instant(asked.owed_since) if asked.owed_since else None,
        owed_until=instant(asked.owed_until) if asked.owed_until else None,
    )
    with caller.application.store.reading() as uow:
        found = uow.plans.notices_where(chosen, limit=asked.limit, offset=asked.offset)
        total = uow.plans.count_notices(chosen)
    return paged(caller.request, asked, [NoticeOut.of(notice) for notice in found], total)


@router.post("/retry", response_model=Retried, responses=WRITTEN)
def retry(caller: WritesNotices, terms: TermsAnew, asked: RetryIn) -> Response:
    """Let the next delivery try a notice again that was given up"""
    once = Once(caller, terms.key, terms.request)
    earlier = once.earlier()
    if earlier is not None:
        return earlier
    _check(caller, asked.key)
    tried = undelivered.retry(caller.application.store, asked.key, at=caller.at)
    answer = Answer(200, Retried(tried=[NoticeOut.of(each) for each in tried]).model_dump_json())
    try:
        once.keep_later(answer)
    except AlreadyAnswered:
        return once.earlier() or answer.response()
    return answer.response()


def _check(caller: Caller, key: str) -> None:
    """Let whoever leads the notice's plan pass. Raises `NoticeUnknown`, for one outside the scope, too."""
    with caller.application.store.reading() as uow:
        notice: Notice | None = uow.outbox.get(key)
        if notice is None or not (notice.plan_id or caller.scope.covers("")):
            raise NoticeUnknown(key=key)
        organization = ""
        if notice.plan_id:
            try:
                organization = scopes.plan(uow, caller.scope, notice.plan_id).definition.organization
            except PlanNotFound:
                raise NoticeUnknown(key=key) from None
    check_leads(caller.person, organization)
