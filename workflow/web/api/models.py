"""What the API answers: plans, steps, petitions, notices, reports, days, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from workflow.domain.cycle import Cycle, PlanStatus, StepState, StepStatus
from workflow.domain.definition import PlanKind, StepKind
from workflow.domain.petition import AnsweredWhere, Authority, Petition, RaisedWhen, Result
from workflow.domain.verdict import Standing, Verdict
from workflow.ports import Cell, DeadlineRevision, Notice, NoticeStatus, PetitionRow, PlanRow, StepRow, cell_of
from workflow.web.api.values import Instant, Model

Month = Annotated[str, Field(examples=["2026-05"])]


class PlanLine(Model):
    """A plan in a list."""

    plan: str
    title: str
    kind: PlanKind
    organization: str
    calendar: str
    status: PlanStatus
    started_at: Instant
    meeting_on: date | None
    meeting_month: Month | None
    version: int
    steps: Annotated[int, Field(description="How many steps, the parts counted and not what they are parts of.")]
    done: int
    next_step: str | None
    next_due_on: date | None

    @classmethod
    def of(cls, row: PlanRow) -> PlanLine:
        """The line of a row."""
        return cls(plan=row.plan_id, **{n: getattr(row, n) for n in cls.model_fields if n != "plan"})


class StepLine(Model):
    """A step in a list. `cell`: where the report counts it, null where it does not."""

    plan: str
    key: str
    name: str
    kind: StepKind
    organization: str
    owner: str | None
    status: StepStatus
    standing: Standing
    cell: Cell | None
    part_of: str | None
    parts: int
    opened_at: Instant | None
    due_on: date | None
    due_at: Annotated[Instant | None, Field(description="The end of the limit, exclusive.")]
    safe_on: date | None
    projected: bool
    provisional: bool
    done_at: Instant | None
    verdict: Verdict | None
    late_working_days: int
    back_dated: bool
    stopped: bool
    extended: bool

    @classmethod
    def of(cls, row: StepRow, at: datetime) -> StepLine:
        """The line of a row as it stands at an instant."""
        made: dict[str, Any] = {"plan": row.plan_id, "standing": row.standing(at), "cell": cell_of(row, at)}
        return cls(**made, **{name: getattr(row, name) for name in cls.model_fields if name not in made})


class CompletionOut(Model):
    """How a step ended."""

    happened_at: Instant
    recorded_at: Instant
    verdict: Verdict
    due_on: date | None
    late_working_days: int
    document_number: str | None
    document_on: date | None
    note: str | None
    actor: str
    back_dated: bool


class ExtendedOut(Model):
    """The longer limit that was granted."""

    reason: str
    words: str
    approved_by: str
    approved_at: Instant
    document_number: str | None


class StopOut(Model):
    """A time for which the clock stood still; `until` null: still."""

    since: Instant
    until: Instant | None
    reason: str


class StepDetail(Model):
    """A step with everything that was done to it. `version`: of its plan."""

    plan: str
    version: int
    key: str
    name: str
    kind: StepKind
    owner: str | None
    coordinating: Sequence[str]
    after: Sequence[str]
    part_of: str | None
    item: str | None
    parts: Sequence[str]
    status: StepStatus
    standing: Standing
    opened_at: Instant | None
    revision: int
    due_on: date | None
    due_at: Instant | None
    safe_on: date | None
    event_on: date | None
    projected: bool
    provisional: bool
    completion: CompletionOut | None
    skipped: str | None
    extended: ExtendedOut | None
    stops: Sequence[StopOut]
    acknowledged: bool
    snoozed_until: date | None

    @classmethod
    def of(cls, cycle: Cycle, key: str, at: datetime) -> StepDetail:
        """A step of a plan as it stands at an instant."""
        state = cycle.steps[key]
        step, limit = state.definition, state.deadline
        return cls(
            plan=cycle.plan_id,
            version=cycle.version,
            **{name: getattr(step, name) for name in _OF_DEFINITION},
            parts=[part.definition.key for part in cycle.parts_of(key)],
            status=state.status,
            standing=state.standing(at),
            opened_at=state.opened_at,
            revision=state.revision,
            **_limit_of(state),
            projected=bool(limit and limit.projected),
            provisional=bool(limit and limit.provisional),
            skipped=state.skipped.reason if state.skipped else None,
            **_done_to(state),
        )


_OF_DEFINITION = ("key", "name", "kind", "owner", "coordinating", "after", "part_of", "item")


def _limit_of(state: StepState) -> dict[str, Any]:
    return {name: getattr(state.deadline, name, None) for name in ("due_on", "due_at", "safe_on", "event_on")}


def _done_to(state: StepState) -> dict[str, Any]:
    done, extended, limit = state.completion, state.extended, state.deadline
    return {
        "completion": CompletionOut(**{n: getattr(done, n) for n in CompletionOut.model_fields}) if done else None,
        "extended": ExtendedOut(**{n: getattr(extended, n) for n in ExtendedOut.model_fields}) if extended else None,
        "stops": [StopOut(since=stop.since, until=stop.until, reason=stop.reason) for stop in state.stops],
        "acknowledged": limit is not None and limit.ladder_revision in state.acknowledged,
        "snoozed_until": state.snoozed[1] if state.snoozed else None,
    }


class PlanDetail(Model):
    """A plan with its steps. `version` grows with every event; it is the `ETag`."""

    plan: str
    title: str
    kind: PlanKind
    organization: str
    calendar: str
    calendar_version: str
    document_number: str | None
    template: str | None
    status: PlanStatus
    started_at: Instant
    ended_at: Instant | None
    meeting_on: date | None
    meeting_at: Annotated[str | None, Field(examples=["08:00"])]
    meeting_month: Month | None
    meeting_place: str | None
    version: int
    petitions: Annotated[int, Field(description="How many were raised.")]
    steps: Sequence[StepDetail]

    @classmethod
    def of(cls, cycle: Cycle, at: datetime) -> PlanDetail:
        """A plan as it stands at an instant."""
        plan, meeting = cycle.definition, cycle.meeting
        return cls(
            plan=cycle.plan_id,
            **{name: getattr(plan, name) for name in _OF_PLAN},
            calendar_version=cycle.calendar_version,
            status=cycle.status,
            started_at=cycle.started_at,
            ended_at=cycle.ended_at,
            meeting_on=meeting.on,
            meeting_at=f"{meeting.at:%H:%M}" if meeting.at else None,
            meeting_month=f"{meeting.month[0]:04}-{meeting.month[1]:02}" if meeting.month else None,
            meeting_place=meeting.place,
            version=cycle.version,
            petitions=len(cycle.petitions),
            steps=[StepDetail.of(cycle, key, at) for key in cycle.steps],
        )


_OF_PLAN = ("title", "kind", "organization", "calendar", "document_number", "template")


class AnswerOut(Model):
    """How a petition was answered."""

    where: AnsweredWhere
    result: Result
    answered_on: date
    document_number: str | None
    summary: str | None = None


class PetitionOut(Model):
    """A petition. `step`: the part of the plan that owes its answer. How to reach the petitioner is not told."""

    plan: str
    petition: str
    text: str
    petitioner_name: str | None
    petitioner_unit: str | None
    anonymous: bool
    raised_when: RaisedWhen
    raised_on: date
    topic: str | None
    authority: Authority | None
    lead: str | None
    duplicate_of: str | None
    answer: AnswerOut | None
    told_on: date | None
    step: str | None

    @classmethod
    def of_row(cls, row: PetitionRow) -> PetitionOut:
        """A petition of a list; without the summary of its answer."""
        answer = None
        if row.answered_where and row.result and row.answered_on:
            answer = AnswerOut(
                where=row.answered_where,
                result=row.result,
                answered_on=row.answered_on,
                document_number=row.document_number,
            )
        made: dict[str, Any] = {"plan": row.plan_id, "petition": row.petition_id, "answer": answer}
        return cls(**made, **{name: getattr(row, name) for name in cls.model_fields if name not in made})

    @classmethod
    def of(cls, cycle: Cycle, petition_id: str) -> PetitionOut:
        """A petition of a plan."""
        found: Petition = cycle.petitions[petition_id]
        part = next(iter(cycle.parts_for(petition_id)), None)
        answer = found.answer
        same = ("text", "raised_when", "raised_on", "topic", "authority", "lead", "duplicate_of", "told_on")
        return cls(
            plan=cycle.plan_id,
            petition=petition_id,
            petitioner_name=found.petitioner.name,
            petitioner_unit=found.petitioner.unit,
            anonymous=found.petitioner.anonymous,
            **{name: getattr(found, name) for name in same},
            answer=AnswerOut(**{n: getattr(answer, n) for n in AnswerOut.model_fields}) if answer else None,
            step=part.definition.key if part is not None else None,
        )


class RevisionOut(Model):
    """One revision of a limit: what it became, when, why, by whom; null when it was lifted."""

    revision: int
    due_on: date | None
    due_at: Instant | None
    projected: bool
    why: str
    recorded_at: Instant
    actor: str

    @classmethod
    def of(cls, row: DeadlineRevision) -> RevisionOut:
        """A revision of a row."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class NoticeOut(Model):
    """A notice owed to somebody. The address that it goes to is not told."""

    key: str
    plan: str
    step: str
    revision: int
    rung: str
    person: str
    person_name: str
    channel: str
    owed_at: Instant
    status: NoticeStatus
    attempts: int
    sent_at: Instant | None
    reason: str | None
    about: str

    @classmethod
    def of(cls, notice: Notice) -> NoticeOut:
        """A notice as it is kept."""
        made: dict[str, Any] = {"plan": notice.plan_id, "person": notice.person_id}
        return cls(**made, **{name: getattr(notice, name) for name in cls.model_fields if name not in made})
