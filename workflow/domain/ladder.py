"""The ladder of notices: which rung of which deadline is owed at which instant.

Pure: a rung's instant follows from the deadline, the calendar and the office hours alone. Warnings count back
from the safe date; rungs after the limit count from the first working day after it (or, for a deadline entered
late, from the first working morning after it was entered), so a breach is told no later than that morning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from calendars.office_hours import OfficeHours
from calendars.working_calendar import WorkingCalendar
from workflow.domain.zone import day_of


class Audience(StrEnum):
    """Whom a rung addresses, seen from the step."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    HEAD = "head"
    CHAIR = "chair"
    SUPERVISOR = "supervisor"


class Base(StrEnum):
    """What a rung counts from."""

    OPENING = "opening"
    BEFORE_DUE = "before_due"
    AFTER_DUE = "after_due"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: `working_days` away from its base; `repeat_every` working days again and again until the step ends.

    `reassign_to`: the unit that the step is given to when the rung is reached, None leaves it where it is.
    """

    name: str
    base: Base
    working_days: int
    audience: tuple[Audience, ...]
    repeat_every: int | None = None
    reassign_to: str | None = None


Ladder = tuple[Rung, ...]

DEFAULT_LADDER: Ladder = (
    Rung("opened", Base.OPENING, 0, (Audience.OWNER,)),
    Rung("warn_3", Base.BEFORE_DUE, 3, (Audience.OWNER,)),
    Rung("warn_1", Base.BEFORE_DUE, 1, (Audience.OWNER,)),
    Rung("overdue", Base.AFTER_DUE, 0, (Audience.OWNER, Audience.COORDINATOR)),
    Rung("overdue_1", Base.AFTER_DUE, 1, (Audience.HEAD,)),
    Rung("overdue_3", Base.AFTER_DUE, 3, (Audience.CHAIR, Audience.SUPERVISOR)),
    Rung("overdue_again", Base.AFTER_DUE, 5, (Audience.OWNER, Audience.COORDINATOR, Audience.HEAD), repeat_every=2),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what a plan is decided: its calendar, the office's hours and its ladder."""

    calendar: WorkingCalendar
    hours: OfficeHours
    ladder: Ladder = DEFAULT_LADDER


@dataclass(frozen=True, slots=True)
class DueRung:
    """A rung at its instant; `ordinal` counts the repeats of a repeating rung from 0."""

    rung: Rung
    ordinal: int
    at: datetime

    @property
    def name(self) -> str:
        """The rung's name, with its repeat where it repeats: "overdue_again#2"."""
        return self.rung.name if not self.rung.repeat_every else f"{self.rung.name}#{self.ordinal}"


def rungs_before_limit(safe_on: date, known_at: datetime, terms: Terms) -> Iterator[DueRung]:
    """The warnings of a deadline, those whose instant passed before the deadline was known left out."""
    for rung in terms.ladder:
        if rung.base is Base.BEFORE_DUE:
            at = terms.hours.opening(terms.calendar.add(safe_on, -rung.working_days))
            if at >= known_at:
                yield DueRung(rung, 0, at)


def rungs_after_limit(due_at: datetime, known_at: datetime, terms: Terms, rung: Rung) -> Iterator[DueRung]:
    """The instants of one rung after the limit: one, or an endless series for a repeating rung."""
    breached_on = _first_working_morning(max(due_at, known_at), terms)
    for ordinal in count():
        days = rung.working_days + ordinal * (rung.repeat_every or 0)
        day = terms.calendar.add(breached_on, days) if days else breached_on
        yield DueRung(rung, ordinal, terms.hours.opening(day))
        if not rung.repeat_every:
            return


def rung_at_opening(opened_at: datetime, terms: Terms) -> Iterator[DueRung]:
    """The notice that a step is open, at the next working instant."""
    for rung in terms.ladder:
        if rung.base is Base.OPENING:
            yield DueRung(rung, 0, terms.hours.next_working_instant(opened_at))


def _first_working_morning(at: datetime, terms: Terms) -> date:
    """The first working day whose office opens at or after the instant."""
    day = terms.calendar.next_working(day_of(at))
    if terms.hours.opening(day) < at:
        day = terms.calendar.next_working(day + timedelta(days=1))
    return day
