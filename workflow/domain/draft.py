"""What one command has led to so far."""

from __future__ import annotations

from datetime import datetime

from workflow.domain import errors
from workflow.domain.cycle import Cycle, PlanStatus, StepState
from workflow.domain.events import Event, Happened, PlanStarted, Recorded
from workflow.domain.evolving import begin, evolve
from workflow.domain.ladder import Terms

STATUS_WORDS = {PlanStatus.COMPLETED: "đã kết thúc", PlanStatus.CANCELLED: "đã hủy", PlanStatus.RUNNING: "đang chạy"}


class Draft:
    """The events decided so far and the state after them; lives only while one command is decided.

    `before`: the state that the command found; `at`: when it is recorded.
    """

    def __init__(self, cycle: Cycle | None, at: datetime, actor: str, terms: Terms) -> None:
        self.happened: list[Happened] = []
        self.before = cycle
        self.at = at
        self.terms = terms
        self._cycle = cycle
        self._actor = actor

    @property
    def cycle(self) -> Cycle:
        """The state after the events decided so far."""
        if self._cycle is None:
            raise LookupError("the plan has not started")
        return self._cycle

    def step(self, key: str) -> StepState:
        """A step after the events decided so far. Raises `StepUnknown`."""
        if key not in self.cycle.steps:
            raise errors.StepUnknown(step=key, known=", ".join(self.cycle.steps))
        return self.cycle.steps[key]

    def start(self, plan_id: str, event: PlanStarted, happened_at: datetime) -> None:
        """Record the first event."""
        self.happened.append(Happened(event, happened_at))
        self._cycle = begin(Recorded(plan_id, 1, event, happened_at, self.at, self._actor))

    def add(self, event: Event, happened_at: datetime | None = None) -> None:
        """Record one more event; `happened_at` None: at the instant of recording."""
        happened_at = happened_at or self.at
        self.happened.append(Happened(event, happened_at))
        cycle = self.cycle
        recorded = Recorded(cycle.plan_id, cycle.version + 1, event, happened_at, self.at, self._actor)
        self._cycle = evolve(cycle, recorded)


def refuse_unless_running(cycle: Cycle) -> None:
    """Let a running plan pass. Raises `PlanNotRunning`."""
    if cycle.status is not PlanStatus.RUNNING:
        raise errors.PlanNotRunning(plan=cycle.definition.title, status=STATUS_WORDS[cycle.status])
