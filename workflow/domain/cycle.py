"""The state of one running plan, as values; how events change it stands in `workflow.domain.evolving`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from calendars.rules import Due, Rule
from workflow.domain.definition import ForEach, Meeting, PlanDefinition, StepDefinition
from workflow.domain.due import NOTHING_MOVED, Facts, Shift
from workflow.domain.ladder import DEFAULT_LADDER, Ladder
from workflow.domain.petition import Petition
from workflow.domain.verdict import Standing, Tally, Verdict
from workflow.domain.zone import day_of


class PlanStatus(StrEnum):
    """Where a plan is in its life."""

    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class StepStatus(StrEnum):
    """Where a step is in its life, whatever the clock says."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step's limit in force: see `DeadlineSet`.

    Its ladder counts from `known_at`, when it was recorded, and keeps its rungs under `ladder_revision`: both are
    those of an earlier revision when the step was overdue under that one already and still is, so that moving a limit
    that has passed to another day that has passed starts no new ladder.
    """

    revision: int
    due_on: date
    due_at: datetime
    safe_on: date
    event_on: date | None
    projected: bool
    provisional: bool
    why: str
    known_at: datetime
    ladder_revision: int


@dataclass(frozen=True, slots=True)
class Completion:
    """How a step ended. `back_dated`: it was recorded on a later day than it happened.

    `due_at`: the end of the limit that it was judged against, exclusive; None without one. `corrected_at`: when what
    was recorded was last put right.
    """

    happened_at: datetime
    recorded_at: datetime
    verdict: Verdict
    due_on: date | None
    late_working_days: int
    document_number: str | None
    document_on: date | None
    file: str | None
    note: str | None
    actor: str
    tally: Tally | None = None
    due_at: datetime | None = None
    corrected_at: datetime | None = None

    @property
    def back_dated(self) -> bool:
        """Whether the fact was recorded on a later day than the day on which it happened."""
        return day_of(self.happened_at) < day_of(self.recorded_at)


@dataclass(frozen=True, slots=True)
class Skip:
    """A step that does not apply: since when, and why."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock of a step stands still from `since` on; `until` None: still."""

    since: datetime
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """A step's longer limit, as it was granted."""

    rule: Rule | None
    reason: str
    words: str
    approved_by: str
    document_number: str | None
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A longer limit that was asked for and is neither granted nor declined. `asked_by`: who, by id."""

    reason: str
    words: str
    n: int | None
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a running plan. `revision` is the number of the last limit computed, in force or lifted.

    `added_at`: of a part, when it was added. `counts_from`: its period counts from no earlier than this, because it was
    passed on, or raised, then. `kept`: its limit stays although the calendar has changed under it. `acknowledged`:
    ladder revisions that somebody has seen; `snoozed`: no repeats of a ladder revision before a day.
    """

    definition: StepDefinition
    status: StepStatus = StepStatus.WAITING
    opened_at: datetime | None = None
    open_known_at: datetime | None = None
    deadline: Deadline | None = None
    revision: int = 0
    completion: Completion | None = None
    reached: frozenset[tuple[int, str]] = frozenset()
    skipped: Skip | None = None
    added_at: datetime | None = None
    counts_from: datetime | None = None
    extended: Extended | None = None
    stops: tuple[Stop, ...] = ()
    kept: bool = False
    acknowledged: frozenset[int] = frozenset()
    snoozed: tuple[int, date] | None = None
    asked: Asked | None = None

    @property
    def ended_at(self) -> datetime | None:
        """When the step was done, or found not to apply; None while it is neither."""
        if self.completion is not None:
            return self.completion.happened_at
        return self.skipped.at if self.skipped is not None else None

    @property
    def ended(self) -> bool:
        """Whether the step was done or does not apply."""
        return self.ended_at is not None

    @property
    def stopped(self) -> bool:
        """Whether its clock stands still now."""
        return bool(self.stops) and self.stops[-1].until is None

    @property
    def shift(self) -> Shift:
        """What moves its limit away from the plan's own rule."""
        return Shift(
            extended=self.extended.rule if self.extended is not None else None,
            counts_from=self.counts_from,
            stops=tuple((day_of(s.since), day_of(s.until) if s.until is not None else None) for s in self.stops),
            kept=self._limit_kept() if self.kept else None,
        )

    def _limit_kept(self) -> Due | None:
        limit = self.deadline
        if limit is None:
            return None
        return Due(
            limit.due_on,
            limit.due_at,
            limit.safe_on,
            event_on=limit.event_on,
            provisional=limit.provisional,
            projected=limit.projected,
        )

    def standing(self, at: datetime) -> Standing:
        """Where the step stands at an instant; a step not yet open is overdue once a firm limit has passed."""
        limit, done = self.deadline, self.completion
        return standing_at(
            at,
            status=self.status,
            verdict=done.verdict if done is not None else None,
            due_at=limit.due_at if limit is not None else None,
            projected=limit is not None and limit.projected,
        )


def standing_at(
    at: datetime, *, status: StepStatus, verdict: Verdict | None, due_at: datetime | None, projected: bool
) -> Standing:
    """Where a step stands at an instant: by its verdict once ended, else by whether a firm limit has passed."""
    if verdict is not None:
        return _ENDED[verdict]
    if status in _CALLED_OFF:
        return _CALLED_OFF[status]
    if due_at is not None and not projected and at >= due_at:
        return Standing.RUNNING_OVERDUE
    return Standing.WAITING if status is StepStatus.WAITING else Standing.RUNNING_IN_TIME


_ENDED: Mapping[Verdict, Standing] = MappingProxyType(
    {
        Verdict.ON_TIME: Standing.DONE_ON_TIME,
        Verdict.LATE: Standing.DONE_LATE,
        Verdict.NO_LIMIT: Standing.DONE_NO_LIMIT,
    }
)
_CALLED_OFF: Mapping[StepStatus, Standing] = MappingProxyType(
    {StepStatus.CANCELLED: Standing.CANCELLED, StepStatus.SKIPPED: Standing.SKIPPED}
)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A running plan as its events made it. `version` is the version of the last event folded in.

    `definition` is the plan as it was started and never changes; `plan` is the plan in effect: with the parts of steps
    that fan out, each after the step that it is a part of, and with the owners after hand-overs. `steps` stand in the
    order of `plan`. `fanned`: keys of the steps that have parts. `ladder_since`: rungs of the ladder in force whose
    instant lies before it are not owed.
    """

    plan_id: str
    definition: PlanDefinition
    calendar_version: str
    started_at: datetime
    started_by: str
    meeting: Meeting
    steps: Mapping[str, StepState] = field(hash=False)
    plan: PlanDefinition
    status: PlanStatus = PlanStatus.RUNNING
    ended_at: datetime | None = None
    cancel_reason: str | None = None
    version: int = 1
    ladder: Ladder = DEFAULT_LADDER
    ladder_since: datetime | None = None
    fanned: frozenset[str] = frozenset()
    petitions: Mapping[str, Petition] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def facts(self) -> Facts:
        """What limits are computed from."""
        steps = self.steps.items()
        return Facts(
            started_on=day_of(self.started_at),
            meeting=self.meeting,
            ended_at={key: step.completion.happened_at for key, step in steps if step.completion is not None},
            skipped=frozenset(key for key, step in steps if step.skipped is not None),
            shifts={key: shift for key, step in steps if (shift := step.shift) != NOTHING_MOVED},
        )

    @property
    def last_end_at(self) -> datetime:
        """When the last of the steps that have ended did; the start of the plan while none has."""
        return max((step.ended_at for step in self.steps.values() if step.ended_at), default=self.started_at)

    def waiting_for(self, key: str) -> tuple[str, ...]:
        """Keys of the unfinished steps that the step waits for."""
        return tuple(
            before
            for before in self.steps[key].definition.after
            if before in self.steps and not self.steps[before].ended
        )

    def parts_of(self, key: str) -> tuple[StepState, ...]:
        """The parts of a step that fans out, in order; none for any other step."""
        return tuple(step for step in self.steps.values() if step.definition.part_of == key)

    def parts_for(self, petition: str) -> tuple[StepState, ...]:
        """The parts of the plan that owe, or gave, a petition's answer, in order."""
        return tuple(
            step for step in self.steps.values() if step.definition.item == petition and self._of_petitions(step)
        )

    def petition_of(self, key: str) -> Petition | None:
        """The petition that a part of the plan is for; None for any other step."""
        step = self.steps[key]
        return self.petitions.get(step.definition.item or "") if self._of_petitions(step) else None

    def _of_petitions(self, step: StepState) -> bool:
        whole = self.plan.by_key.get(step.definition.part_of or "")
        return whole is not None and whole.for_each is ForEach.OPEN_PETITION

    def with_definition(self, definition: StepDefinition) -> Cycle:
        """The same plan, with one step of the plan in effect replaced."""
        steps = tuple(definition if step.key == definition.key else step for step in self.plan.steps)
        state = replace(self.steps[definition.key], definition=definition)
        return replace(self, plan=replace(self.plan, steps=steps)).with_step(definition.key, state)

    def with_petition(self, petition: Petition) -> Cycle:
        """The same plan with one petition added, or replaced."""
        return replace(self, petitions=MappingProxyType({**self.petitions, petition.petition_id: petition}))

    def with_step(self, key: str, step: StepState) -> Cycle:
        """The same plan with one step replaced."""
        return replace(self, steps=MappingProxyType({**self.steps, key: step}))
