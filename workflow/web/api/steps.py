"""`/steps` and `/plans/{plan_id}/steps`: lists, one step with the account of its limit, and what is done to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, StrictInt
from starlette.responses import Response

from workflow.domain.commands import (
    Acknowledge,
    CompleteStep,
    CorrectCompletion,
    ExtendStep,
    HandOver,
    ReopenStep,
    RestartClock,
    SkipStep,
    Snooze,
    StopClock,
)
from workflow.domain.cycle import StepStatus
from workflow.domain.definition import StepKind
from workflow.domain.verdict import Standing, Tally
from workflow.ports import Cell, StepFilter, StepOrder
from workflow.services.scopes import Scope
from workflow.web.api.caller import Caller, ReadsPlans, WritesPlans
from workflow.web.api.describing import LISTED, OF_A_PLAN, WRITTEN
from workflow.web.api.models import StepDetail, StepLine
from workflow.web.api.paging import Page, Pages, paged
from workflow.web.api.plans import ReasonIn
from workflow.web.api.values import Asked, Day, Line, PlanId, StepKey, Text
from workflow.web.api.writing import Terms, Writing, carry_out, step_shown

router = APIRouter(tags=["steps"])
PLACE = "/plans/{plan_id}/steps/{step}"
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000)]
Names = Annotated[tuple[Annotated[str, Field(max_length=300)], ...], Field(max_length=50)]


class StepQuery(Pages):
    """Which steps. Periods hold their first day and not their last. `leaves`: parts, not what they are parts of."""

    organization: Annotated[str, Field(max_length=300)] = ""
    plan: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=50)] = ()
    owner: Names = ()
    kind: Annotated[tuple[StepKind, ...], Field(max_length=30)] = ()
    status: Annotated[tuple[StepStatus, ...], Field(max_length=10)] = ()
    standing: Annotated[tuple[Standing, ...], Field(max_length=10)] = ()
    cell: Annotated[
        tuple[Cell, ...], Field(max_length=10, description="A cell of the report: the rows behind a number.")
    ] = ()
    due_since: Day | None = None
    due_until: Day | None = None
    undated: bool = False
    leaves: bool = False
    order: StepOrder = StepOrder.DUE

    def chosen(self, scope: Scope) -> StepFilter:
        """The question to the read tables, within what may be seen."""
        return StepFilter(
            organizations=scope.narrowed(self.organization),
            plan_ids=frozenset(self.plan) or None,
            owners=frozenset(self.owner) or None,
            kinds=frozenset(self.kind) or None,
            statuses=frozenset(self.status) or None,
            standings=frozenset(self.standing) or None,
            cells=frozenset(self.cell) or None,
            due_since=self.due_since,
            due_until=self.due_until,
            undated=self.undated,
            leaves=self.leaves,
        )


class TallyIn(Asked):
    """Who was summoned to a meeting, who was there, how many were in favour."""

    summoned: Count
    present: Count
    in_favour: Count | None = None


class CompleteIn(Asked):
    """How a step ended. `happened_on`: now where it is left out."""

    happened_on: Day | None = None
    document_number: Line | None = None
    document_on: Day | None = None
    note: Text | None = None
    tally: TallyIn | None = None


class ExtendIn(Asked):
    """The longer limit that the plan allows. `n`: units in all from the same event; the most where it is left out."""

    reason: Text
    words: Text
    approved_by: Line
    n: Annotated[StrictInt, Field(ge=1, le=9999)] | None = None
    approved_on: Day | None = None
    document_number: Line | None = None


class HandOverIn(Asked):
    """The unit that takes a step over."""

    owner: Line
    reason: Text


class CorrectIn(Asked):
    """What was recorded wrongly; what is left out stays as it was."""

    reason: Text
    happened_on: Day | None = None
    document_number: Line | None = None
    document_on: Day | None = None
    note: Text | None = None


class SnoozeIn(Asked):
    """No repeats before the morning of a day."""

    until: Day


class StopIn(Asked):
    """Why the clock stops; `on`: today where it is left out."""

    reason: Text
    on: Day | None = None


class RestartIn(Asked):
    """From when the clock runs again: today where it is left out."""

    on: Day | None = None


@router.get("/steps", response_model=Page[StepLine], responses=LISTED)
def list_steps(caller: ReadsPlans, asked: Annotated[StepQuery, Query()]) -> Response:
    """Steps of all plans that the token's person may see"""
    chosen = asked.chosen(caller.scope)
    with caller.application.store.reading() as uow:
        rows = uow.plans.steps_where(chosen, caller.at, order=asked.order, limit=asked.limit, offset=asked.offset)
        total = uow.plans.count_steps(chosen, caller.at)
    return paged(caller.request, asked, _lines(rows, caller.at), total)


def _lines(rows: Sequence[object], at: datetime) -> list[StepLine]:
    return [StepLine.of(row, at) for row in rows]  # type: ignore[arg-type]


@router.get(PLACE, response_model=StepDetail, responses=OF_A_PLAN)
def get_step(caller: ReadsPlans, plan_id: PlanId, step: StepKey) -> Response:
    """A step with what was done to it"""
    return step_shown(caller, step)(caller.plan(plan_id)).response()


def _do(caller: Caller, terms: Writing, plan_id: str, command: _OfAStep) -> Response:
    return carry_out(caller, terms, plan_id, command, step_shown(caller, command.step))


_OfAStep = (
    CompleteStep
    | ExtendStep
    | HandOver
    | SkipStep
    | ReopenStep
    | CorrectCompletion
    | Acknowledge
    | Snooze
    | StopClock
    | RestartClock
)


@router.post(PLACE + "/complete", response_model=StepDetail, responses=WRITTEN)
def complete(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: CompleteIn) -> Response:
    """Record that a step ended, with its proof"""
    tally = asked.tally
    command = CompleteStep(
        step,
        asked.happened_on,
        asked.document_number or None,
        asked.document_on,
        note=asked.note or None,
        tally=Tally(tally.summoned, tally.present, tally.in_favour) if tally else None,
    )
    return _do(caller, terms, plan_id, command)


@router.post(PLACE + "/extend", response_model=StepDetail, responses=WRITTEN)
def extend(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: ExtendIn) -> Response:
    """Use the longer limit that the plan allows, once, before the first limit ends"""
    return _do(caller, terms, plan_id, ExtendStep(step, **asked.model_dump()))


@router.post(PLACE + "/hand-over", response_model=StepDetail, responses=WRITTEN)
def hand_over(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: HandOverIn) -> Response:
    """Give an unfinished step to another unit"""
    return _do(caller, terms, plan_id, HandOver(step, asked.owner, asked.reason))


@router.post(PLACE + "/skip", response_model=StepDetail, responses=WRITTEN)
def skip(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: ReasonIn) -> Response:
    """Say that a step does not apply"""
    return _do(caller, terms, plan_id, SkipStep(step, asked.reason))


@router.post(PLACE + "/reopen", response_model=StepDetail, responses=WRITTEN)
def reopen(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: ReasonIn) -> Response:
    """Take back the end, or the skipping, of a step"""
    return _do(caller, terms, plan_id, ReopenStep(step, asked.reason))


@router.post(PLACE + "/correct", response_model=StepDetail, responses=WRITTEN)
def correct(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: CorrectIn) -> Response:
    """Put right what was recorded of a step's end; the log keeps both"""
    return _do(caller, terms, plan_id, CorrectCompletion(step, **asked.model_dump()))


@router.post(PLACE + "/acknowledge", response_model=StepDetail, responses=WRITTEN)
def acknowledge(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey) -> Response:
    """Say "seen": repeats stop, the next rung does not"""
    return _do(caller, terms, plan_id, Acknowledge(step))


@router.post(PLACE + "/snooze", response_model=StepDetail, responses=WRITTEN)
def snooze(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: SnoozeIn) -> Response:
    """No repeats before a day; the next rung comes all the same"""
    return _do(caller, terms, plan_id, Snooze(step, asked.until))


@router.post(PLACE + "/stop", response_model=StepDetail, responses=WRITTEN)
def stop(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: StopIn) -> Response:
    """Stop the clock of a step while it waits for somebody else"""
    return _do(caller, terms, plan_id, StopClock(step, asked.reason, asked.on))


@router.post(PLACE + "/restart", response_model=StepDetail, responses=WRITTEN)
def restart(caller: WritesPlans, terms: Terms, plan_id: PlanId, step: StepKey, asked: RestartIn) -> Response:
    """Let a stopped clock run again; the time stopped is added to the limit"""
    return _do(caller, terms, plan_id, RestartClock(step, asked.on))
