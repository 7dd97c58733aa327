"""`/reports`: the four cells, and how many were on time by unit, kind of step, month or organization."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from workflow.domain.definition import StepKind
from workflow.ports import Cell, GroupBy, OnTime, StepFilter
from workflow.services.scopes import Scope
from workflow.web.api.caller import ReadsReports
from workflow.web.api.describing import ASKED
from workflow.web.api.steps import Names
from workflow.web.api.values import Asked, Day, Instant, Model

router = APIRouter(prefix="/reports", tags=["reports"])


class By(StrEnum):
    """By what the report groups."""

    UNIT = "unit"
    KIND = "kind"
    MONTH = "month"
    ORGANIZATION = "organization"


_GROUPS = MappingProxyType(
    {By.UNIT: GroupBy.OWNER, By.KIND: GroupBy.KIND, By.MONTH: GroupBy.MONTH, By.ORGANIZATION: GroupBy.ORGANIZATION}
)


class ReportQuery(Asked):
    """Which steps, by the day of their limit: the first day of the period is in it, the last is not."""

    organization: Annotated[str, Field(max_length=300)] = ""
    plan: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=50)] = ()
    owner: Names = ()
    kind: Annotated[tuple[StepKind, ...], Field(max_length=30)] = ()
    since: Day | None = None
    until: Day | None = None

    def chosen(self, scope: Scope) -> StepFilter:
        """The question to the read tables, within what may be seen."""
        return StepFilter(
            organizations=scope.narrowed(self.organization),
            plan_ids=frozenset(self.plan) or None,
            owners=frozenset(self.owner) or None,
            kinds=frozenset(self.kind) or None,
            due_since=self.since,
            due_until=self.until,
            leaves=True,
        )


class OnTimeQuery(ReportQuery):
    """The same, and by what to group."""

    by: By = By.UNIT


class Cells(Model):
    """How many steps stand in each cell; a step that has parts is counted by its parts."""

    done_on_time: int
    done_late: int
    running_in_time: int
    running_overdue: int
    no_limit: Annotated[int, Field(description="Done or open without a limit.")]
    waiting: Annotated[int, Field(description="Not yet open.")]

    @classmethod
    def of(cls, line: OnTime) -> Cells:
        """The counts of a line."""
        return cls(**{cell.value: line.count(cell) for cell in Cell})


class FourCells(Model):
    """The four cells at an instant. The rows behind a number are `/steps?leaves=true&cell=…` with the same filters."""

    at: Instant
    cells: Cells


class OnTimeLine(Cells):
    """One group of the report. `rate`: of those with a limit that ended, the share that ended in time; null: none."""

    group: Annotated[str | None, Field(description="null: without a unit, or without a limit.")]
    rate: float | None


class OnTimeReport(Model):
    """The report at an instant, group by group."""

    at: Instant
    by: By
    lines: Sequence[OnTimeLine]


@router.get("/cells", response_model=FourCells, responses=ASKED)
def four_cells(caller: ReadsReports, asked: Annotated[ReportQuery, Query()]) -> Response:
    """Done in time, done late, running in time, overdue"""
    with caller.application.store.reading() as uow:
        found = uow.plans.on_time(asked.chosen(caller.scope), caller.at)
    answer = FourCells(at=caller.at, cells=Cells.of(found[0] if found else OnTime(None)))
    return Response(answer.model_dump_json(), media_type="application/json")


@router.get("/on-time", response_model=OnTimeReport, responses=ASKED)
def on_time(caller: ReadsReports, asked: Annotated[OnTimeQuery, Query()]) -> Response:
    """How many were on time, by unit, kind of step, month or organization"""
    with caller.application.store.reading() as uow:
        found = uow.plans.on_time(asked.chosen(caller.scope), caller.at, _GROUPS[asked.by])
    lines = [
        OnTimeLine(group=line.group, rate=_rate(line), **{cell.value: line.count(cell) for cell in Cell})
        for line in found
    ]
    answer = OnTimeReport(at=caller.at, by=asked.by, lines=lines)
    return Response(answer.model_dump_json(), media_type="application/json")


def _rate(line: OnTime) -> float | None:
    ended = line.done_on_time + line.done_late
    return round(line.done_on_time / ended, 4) if ended else None
