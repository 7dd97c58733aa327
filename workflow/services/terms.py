"""Under what a plan is decided: the terms of its own version of the calendar, or of the one in force."""

from __future__ import annotations

from typing import Protocol

from workflow.domain.commands import AdoptCalendar, Command
from workflow.domain.cycle import Cycle
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms


class TermsOf(Protocol):
    """Finds the terms of a plan by its definition. Raises when its calendar has no such name."""

    def __call__(self, definition: PlanDefinition, version: str | None = None, /) -> Terms:
        """The terms on a version of the plan's calendar; None: the version in force.

        A version that is not known any more gives the one in force: its own `version` tells.
        """
        ...


def terms_for(terms_of: TermsOf, cycle: Cycle) -> Terms:
    """The terms that a running plan counts on: those of its own version of the calendar, as long as that is known."""
    return terms_of(cycle.definition, cycle.calendar_version)


def terms_to_decide(terms_of: TermsOf, command: Command, cycle: Cycle) -> Terms:
    """The terms under which a command is decided: to adopt the calendar means the one in force."""
    return terms_of(cycle.definition) if isinstance(command, AdoptCalendar) else terms_for(terms_of, cycle)
