"""A plan's advance: what the clock owes this plan is done now instead of in the next sweep. Losing a run loses nothing."""

from __future__ import annotations

from prefect import flow, tags, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from flows.owning import done
from workflow.bootstrap import build_application
from workflow.domain.commands import Sweep
from workflow.services.plans import handle
from workflow.services.showing import show_plans
from workflow.services.sweeping import SWEEPER


@task(name="Mở bước, ghi nhắc việc", retries=3, retry_delay_seconds=[1, 5, 15], cache_policy=NO_CACHE)
def act(plan_id: str) -> int:
    """Let the clock act on the plan; its version afterwards. A version that moves meanwhile is tried again."""
    application = build_application()
    at = application.clock.now()
    return handle(application.store, application.terms_of, plan_id, Sweep(until=at), at=at, actor=SWEEPER).version


@task(name="Hiện kế hoạch", retries=2, retry_delay_seconds=[2, 10], cache_policy=NO_CACHE)
def project(plan_id: str) -> int:
    """Show the plan on the board, if it changed."""
    application = build_application()
    if application.board is None:
        return 0
    return show_plans(application.store, application.board, at=application.clock.now(), plan_ids=[plan_id]).count


@flow(
    name="advance_plan",
    flow_run_name="Cập nhật {plan_id}",
    description="Cập nhật ngay một kế hoạch sau khi có thay đổi, không đợi lượt quét sau.",
)
def advance_plan(plan_id: str) -> State[str]:
    """Let the clock act on one plan and show it. Raises `PlanNotFound`."""
    with tags(f"plan:{plan_id}"):
        version = act(plan_id)
        shown = project(plan_id)
    return done(f"Kế hoạch ở phiên bản {version}; {'đã hiện lại' if shown else 'không có gì phải hiện lại'}.")
