"""What a store in memory holds, and how a unit of work lets its repositories at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from workflow.domain.definition import PlanKind
from workflow.domain.ladder import Ladder
from workflow.ports import (
    Absence,
    AdoptedNotice,
    Anchor,
    Answered,
    DeadlineRevision,
    Notice,
    Organization,
    Person,
    PetitionRow,
    PlanRow,
    SavedView,
    Session,
    StepRow,
    Token,
)
from workflow.store.chain import Entry


@dataclass(frozen=True, slots=True)
class KeptSignIn:
    """A one-time sign-in; `used_at` once it is spent."""

    person_id: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(slots=True)
class Contents:
    """Everything kept: values that never change, in dictionaries that only the unit that owns the copy changes."""

    logs: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    plans: dict[str, PlanRow] = field(default_factory=dict)
    steps: dict[str, tuple[StepRow, ...]] = field(default_factory=dict)
    petitions: dict[str, tuple[PetitionRow, ...]] = field(default_factory=dict)
    revisions: dict[str, tuple[tuple[int, DeadlineRevision], ...]] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    absences: dict[str, Absence] = field(default_factory=dict)
    ladders: dict[PlanKind, Ladder] = field(default_factory=dict)
    decisions: dict[str, AdoptedNotice] = field(default_factory=dict)
    anchors: dict[date, Anchor] = field(default_factory=dict)
    heartbeats: dict[str, datetime] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    sign_ins: dict[str, KeptSignIn] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    passwords: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    answered: dict[str, Answered] = field(default_factory=dict)
    saved_views: dict[tuple[str, str], SavedView] = field(default_factory=dict)

    def copy(self) -> Contents:
        """The same contents, free to be changed."""
        return Contents(*(dict(getattr(self, name)) for name in self.__slots__))


class Unit(Protocol):
    """What a repository needs of its unit of work."""

    @property
    def contents(self) -> Contents:
        """What the unit sees, to be read."""
        ...

    @property
    def changing(self) -> Contents:
        """What the unit sees, to be changed."""
        ...


class Repository:
    """Base of the repositories in memory."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
