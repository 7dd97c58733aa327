"""What the services need of the world outside: the clock, the ways to people, the flow board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.domain.cycle import PlanStatus
from workflow.domain.verdict import Standing


class Clock(Protocol):
    """The one source of the present."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried by a message."""

    name: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent to one address. `message_id` is stable across repeats of the same delivery."""

    message_id: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str | None
    keys: tuple[str, ...]
    at: datetime
    attachments: tuple[Attachment, ...] = ()


class ChannelFailed(Exception):
    """A message could not be handed over; `permanent` when trying again cannot help."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        self.reason = reason
        self.permanent = permanent
        super().__init__(reason)


class ChannelDown(ChannelFailed):
    """The channel as a whole does not answer or does not let us in, so no other message can go over it now."""


class Channel(Protocol):
    """A way to people, such as e-mail."""

    name: str

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `ChannelFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the flow board shows it."""

    key: str
    name: str
    owner: str | None
    after: tuple[str, ...]
    standing: Standing
    due_on: date | None
    projected: bool
    opened_at: datetime | None
    ended_at: datetime | None
    late_working_days: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as the flow board shows it; `steps` in an order in which predecessors come first."""

    plan_id: str
    title: str
    organization: str
    status: PlanStatus
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[StepView, ...]


class BoardUnreachable(Exception):
    """The flow board does not answer; it is shown again later."""


class BoardRefused(Exception):
    """The flow board answers, but does not take this plan; the others can be shown all the same."""


class FlowBoard(Protocol):
    """Shows plans to coordinators; never decides anything."""

    def show(self, plan: PlanView, flow_run_id: str | None) -> str:
        """Make the board look like the plan; the id of its flow run. Idempotent.

        Raises `BoardUnreachable` and `BoardRefused`.

        `flow_run_id`: the run shown before; when it is gone, a new one is made.
        """
        ...

    def intact(self, runs: Mapping[str, PlanView]) -> set[str]:
        """Which of the runs (by flow run id) are still there and look like their plan. Raises `BoardUnreachable`."""
        ...

    def address(self, flow_run_id: str) -> str:
        """Where a person sees the run."""
        ...

    def runs_page(self) -> str:
        """Where a person sees the runs of all plans."""
        ...

    def ask_to_advance(self, plan_id: str) -> bool:
        """Ask whoever works there to advance a plan soon; whether anybody listens. Raises `BoardUnreachable`."""
        ...
