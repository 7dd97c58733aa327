"""Delivery of the outbox as a recurring run."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.owning import done, left_to_the_owner
from workflow.bootstrap import build_application


@flow(name="deliver_notices", description="Gửi các nhắc việc đang chờ. Chạy mỗi phút.")
def deliver_notices() -> State[str]:
    """Send what is pending now; the service itself sees to it that only one delivery runs at a time."""
    application = build_application()
    if application.settings.recurring_jobs != "prefect":
        return left_to_the_owner()
    came = application.deliver(at=application.clock.now())
    application.beat("deliver")
    return done(f"Đã gửi {came.sent}, bỏ {came.dropped}, sẽ gửi lại {came.failed}, không gửi được {came.dead}.")
