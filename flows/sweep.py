"""The sweep as a recurring run: the clock acts on every plan that owes something, then the board is made right."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.owning import done, left_to_the_owner, owned
from workflow.bootstrap import build_application
from workflow.services.showing import show_plans
from workflow.services.sweeping import sweep as sweep_plans


@flow(name="sweep", description="Mở bước đến lượt, ghi nhắc việc, hiện kế hoạch. Chạy mỗi phút; bỏ một lần không sao.")
def sweep() -> State[str]:
    """One turn of the clock: a function of the database and the present, so that repeats are harmless."""
    application = build_application()
    with owned(application, "sweep") as ours:
        if not ours:
            return left_to_the_owner()
        at = application.clock.now()
        changed = sweep_plans(application.store, application.terms_of, at=at).plans
        application.beat("sweep")
        shown = show_plans(application.store, application.board, at=at).count if application.board else 0
    return done(f"{len(changed)} kế hoạch thay đổi, {shown} kế hoạch được hiện lại.")
