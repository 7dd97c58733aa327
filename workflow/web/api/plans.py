"""`/plans`: lists, one plan, start, cancel, the meeting."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from workflow.domain.commands import CancelPlan, PostponeMeeting, SetMeeting
from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import PlanKind
from workflow.domain.errors import BadInput
from workflow.planfile import parse_plan
from workflow.ports import PlanFilter, PlanOrder
from workflow.services.permissions import check_leads
from workflow.services.plans import start_plan
from workflow.web.api.caller import ReadsPlans, WritesPlans
from workflow.web.api.describing import LISTED, MADE, OF_A_PLAN, WRITTEN
from workflow.web.api.models import PlanDetail, PlanLine
from workflow.web.api.paging import Page, Pages, paged
from workflow.web.api.values import Asked, Clock, Day, Line, Month, PlanId, Text
from workflow.web.api.writing import Terms, TermsAnew, carry_out, once, plan_shown

router = APIRouter(prefix="/plans", tags=["plans"])
LONGEST_PLAN = 80_000


class DefinitionMissing(BadInput):
    template = "Cần đúng một trong hai: «yaml» (tệp kế hoạch) hoặc «definition» (cùng nội dung ấy dạng JSON)."


class PlanQuery(Pages):
    """Which plans. Periods hold their first day and not their last."""

    organization: Annotated[str, Field(max_length=300)] = ""
    kind: Annotated[tuple[PlanKind, ...], Field(max_length=10)] = ()
    status: Annotated[tuple[PlanStatus, ...], Field(max_length=10)] = ()
    text: Annotated[str, Field(max_length=200, description="Words in the title, number or organization.")] = ""
    owner: Annotated[str | None, Field(max_length=300, description="A unit that owes an unfinished step.")] = None
    due_since: Day | None = None
    due_until: Day | None = None
    meeting_since: Day | None = None
    meeting_until: Day | None = None
    order: PlanOrder = PlanOrder.BOARD


class StartIn(Asked):
    """A plan to start: as a plan file, or the same content as JSON."""

    yaml: Annotated[str | None, Field(max_length=LONGEST_PLAN)] = None
    definition: Annotated[
        dict[str, Any] | None, Field(description="See docs/reference/plan-file.schema.json.", max_length=50)
    ] = None
    started_on: Annotated[Day | None, Field(description="Today where it is left out; never in the future.")] = None


class ReasonIn(Asked):
    """Why."""

    reason: Text


class MeetingIn(Asked):
    """When and where the meeting is."""

    on: Day
    at: Clock | None = None
    place: Line | None = None


class PostponeIn(Asked):
    """The meeting's day is taken away until another is set."""

    reason: Text
    month: Month | None = None


@router.get("", response_model=Page[PlanLine], responses=LISTED)
def list_plans(caller: ReadsPlans, asked: Annotated[PlanQuery, Query()]) -> Response:
    """Plans that the token's person may see"""
    chosen = PlanFilter(
        organizations=caller.scope.narrowed(asked.organization),
        kinds=frozenset(asked.kind) or None,
        statuses=frozenset(asked.status) or None,
        **asked.model_dump(
            include={"text", "owner", "due_since", "due_until", "meeting_since", "meeting_until"},
        ),
    )
    with caller.application.store.reading() as uow:
        rows = uow.plans.rows(chosen, order=asked.order, limit=asked.limit, offset=asked.offset)
        total = uow.plans.count_rows(chosen)
    return paged(caller.request, asked, [PlanLine.of(row) for row in rows], total)


@router.post("", response_model=PlanDetail, status_code=201, responses=MADE)
def start(caller: WritesPlans, terms: TermsAnew, asked: StartIn) -> Response:
    """Start a plan

    `yaml` is a plan file as `doithoai check` takes it; its problems are told by line in `errors`.
    """
    if (asked.yaml is None) == (asked.definition is None):
        raise DefinitionMissing
    text = asked.yaml if asked.yaml is not None else json.dumps(asked.definition, ensure_ascii=False, indent=1)
    definition = parse_plan(text, "yaml" if asked.yaml is not None else "definition")
    check_leads(caller.person, definition.organization)
    application = caller.application
    return once(
        caller,
        terms,
        lambda store: start_plan(
            store,
            application.terms_of,
            definition,
            started_on=asked.started_on or caller.today,
            at=caller.at,
            actor=caller.person.person_id,
        ),
        plan_shown(caller, status=201, made=True),
    )


@router.get("/{plan_id}", response_model=PlanDetail, responses=OF_A_PLAN)
def get_plan(caller: ReadsPlans, plan_id: PlanId) -> Response:
    """A plan with its steps"""
    return plan_shown(caller)(caller.plan(plan_id)).response()


@router.post("/{plan_id}/cancel", response_model=PlanDetail, responses=WRITTEN)
def cancel(caller: WritesPlans, terms: Terms, plan_id: PlanId, asked: ReasonIn) -> Response:
    """Call a plan off"""
    return carry_out(caller, terms, plan_id, CancelPlan(asked.reason), plan_shown(caller))


@router.post("/{plan_id}/meeting", response_model=PlanDetail, responses=WRITTEN)
def set_meeting(caller: WritesPlans, terms: Terms, plan_id: PlanId, asked: MeetingIn) -> Response:
    """Give the meeting its day, or move it; the limits that hang on it move with it"""
    command = SetMeeting(asked.on, asked.at, asked.place or None)
    return carry_out(caller, terms, plan_id, command, plan_shown(caller))


@router.post("/{plan_id}/meeting/postpone", response_model=PlanDetail, responses=WRITTEN)
def postpone_meeting(caller: WritesPlans, terms: Terms, plan_id: PlanId, asked: PostponeIn) -> Response:
    """Take the meeting's day away; what hangs on it is projected until another is set"""
    return carry_out(caller, terms, plan_id, PostponeMeeting(asked.reason, asked.month), plan_shown(caller))
