"""What the services need of the world, as protocols and values; the store, the channels and the board implement them."""

from __future__ import annotations

from workflow.ports.keeping import Directory, Leases, Links, Outbox, Plans, SignIns, Store, UnitOfWork
from workflow.ports.reaching import (
    Attachment,
    BoardRefused,
    BoardUnreachable,
    Channel,
    ChannelDown,
    ChannelFailed,
    Clock,
    FlowBoard,
    Message,
    PlanView,
    StepView,
)
from workflow.ports.records import DeadlineRevision, Notice, NoticeStatus, Person, PlanRow, StepRow, TableFault

__all__ = [
    "Attachment",
    "BoardRefused",
    "BoardUnreachable",
    "Channel",
    "ChannelDown",
    "ChannelFailed",
    "Clock",
    "DeadlineRevision",
    "Directory",
    "FlowBoard",
    "Leases",
    "Links",
    "Message",
    "Notice",
    "NoticeStatus",
    "Outbox",
    "Person",
    "PlanRow",
    "PlanView",
    "Plans",
    "SignIns",
    "StepRow",
    "StepView",
    "Store",
    "TableFault",
    "UnitOfWork",
]
