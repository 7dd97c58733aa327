"""A process that starts plans and moves them on as fast as it can, to be killed in the middle. Run: python -m … URL."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from itertools import count

from tests.builders import DIALOGUE, at, office_terms
from workflow.domain.commands import CompleteStep, SetMeeting
from workflow.domain.definition import PlanDefinition
from workflow.domain.ladder import Terms
from workflow.services.plans import handle, start_plan
from workflow.services.rehearsing import seat_everyone
from workflow.services.sweeping import sweep
from workflow.store import sql_store

TERMS = office_terms()


def terms_of(_definition: PlanDefinition, _version: str | None = None) -> Terms:
    return TERMS


def work(url: str) -> None:
    """Start, set, complete and sweep without end; one line on standard output once there is something to lose."""
    store = sql_store(url)
    seat_everyone(store, DIALOGUE)
    for turn in count():
        now = at("2026-04-06") + timedelta(minutes=turn)
        plan = start_plan(store, terms_of, DIALOGUE, started_on=date(2026, 4, 6), at=now, actor="office").plan_id
        handle(store, terms_of, plan, SetMeeting(date(2026, 5, 15)), at=now, actor="office")
        handle(store, terms_of, plan, CompleteStep("collect"), at=now, actor="office")
        sweep(store, terms_of, at=at("2026-04-29") + timedelta(minutes=turn))
        if turn == 0:
            sys.stdout.write("working\n")
            sys.stdout.flush()


if __name__ == "__main__":
    work(sys.argv[1])
