"""The sweep: lets the clock act on every plan that owes something, one short transaction per plan.

It is a function of the database and the instant: run late, twice, in pieces or by two at once, it ends in the
same state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from workflow.domain.commands import Sweep
from workflow.domain.decide import decide
from workflow.domain.errors import StaleVersion
from workflow.ports import Store, UnitOfWork
from workflow.services.plans import save
from workflow.services.reading import FAULTS, tell
from workflow.services.terms import TermsOf, terms_for

SWEEPER = "sweep"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: ids of the plans that changed, and of those that it could not do anything with."""

    plans: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def sweep(
    store: Store, terms_of: TermsOf, *, at: datetime, on_progress: Callable[[int, int], None] | None = None
) -> Swept:
    """Open what opens and owe what is owed before `at` (exclusive), on every plan.

    A plan that somebody else changes at the same moment is left for the next sweep; so is, with one line in the log,
    one that is damaged or whose calendar does not reach far enough.
    """
    changed: list[str] = []
    failed: list[str] = []
    tried: set[str] = set()
    while fresh := _waking(store, at, tried):
        for done, plan_id in enumerate(fresh, 1):
            tried.add(plan_id)
            one = _sweep_one(store, terms_of, plan_id, at)
            changed.extend(one.plans)
            failed.extend(one.failed)
            if on_progress is not None:
                on_progress(done, len(fresh))
    return Swept(tuple(changed), tuple(failed))


def _waking(store: Store, at: datetime, tried: set[str]) -> list[str]:
    with store.reading() as uow:
        return [plan_id for plan_id in uow.plans.waking(at, BATCH + len(tried)) if plan_id not in tried]


def _sweep_one(store: Store, terms_of: TermsOf, plan_id: str, at: datetime) -> Swept:
    """What came of one plan. A database that cannot be entered or does not commit is no fault of the plan: it raises."""
    with store() as uow:
        try:
            happened = _act(uow, terms_of, plan_id, at)
        except StaleVersion:
            return Swept()
        except FAULTS as fault:
            tell(plan_id, fault)
            return Swept(failed=(plan_id,))
        uow.commit()
    return Swept((plan_id,)) if happened else Swept()


def _act(uow: UnitOfWork, terms_of: TermsOf, plan_id: str, at: datetime) -> bool:
    """Whether something happened. A plan that woke for nothing is saved all the same, so that it sleeps again."""
    cycle = uow.plans.get(plan_id)
    terms = terms_for(terms_of, cycle)
    happened = decide(Sweep(until=at), cycle, at=at, actor=SWEEPER, terms=terms)
    save(uow, plan_id, cycle, happened, at=at, actor=SWEEPER, terms=terms)
    return bool(happened)
