"""A calendar's adoption: open limits of every running plan are counted on the calendar in force."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.owning import done
from workflow.bootstrap import build_application
from workflow.services.adopting import adopt
from workflow.services.showing import show_plans


@flow(name="apply_calendar", description="Tính lại hạn đang mở của mọi kế hoạch theo lịch làm việc mới.")
def apply_calendar(actor: str = "calendar") -> State[str]:
    """Count open limits anew and show what changed; `actor` goes on record. Repeating it changes nothing."""
    application = build_application()
    at = application.clock.now()
    adopted = adopt(application.store, application.terms_of, at=at, actor=actor)
    changed = [plan.plan_id for plan in adopted.plans]
    if application.board is not None:
        show_plans(application.store, application.board, at=at, plan_ids=changed)
    return done(f"{len(changed)} kế hoạch có hạn được tính lại.")
