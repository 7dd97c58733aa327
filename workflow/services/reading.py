"""Reading many plans of which one may be damaged: what ails one plan keeps nobody from the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from calendars.working_calendar import CalendarError
from workflow.domain.cycle import Cycle
from workflow.domain.errors import DoithoaiError
from workflow.ports import UnitOfWork

LOG = logging.getLogger(__name__)

Fault = DoithoaiError | CalendarError
"""What can ail a single plan: an event that cannot be read, a calendar that is gone, a day that none covers."""

FAULTS = (DoithoaiError, CalendarError)
"""The same, to be caught."""


class ReadPlans(NamedTuple):
    """Plans by id: the state of those that can be read, and what ails the others (`PlanNotFound` among it)."""

    cycles: Mapping[str, Cycle]
    faults: Mapping[str, Fault]


def read_plans(uow: UnitOfWork, plan_ids: Iterable[str]) -> ReadPlans:
    """The state of some plans, in their order; each that cannot be read makes one line in the log."""
    cycles: dict[str, Cycle] = {}
    faults: dict[str, Fault] = {}
    for plan_id in plan_ids:
        try:
            cycles[plan_id] = uow.plans.get(plan_id)
        except FAULTS as fault:
            tell(plan_id, fault)
            faults[plan_id] = fault
    return ReadPlans(cycles, faults)


def tell(plan_id: str, fault: Fault) -> None:
    """One line in the log about a plan that is left out."""
    LOG.warning("%s: %s", plan_id, fault)
