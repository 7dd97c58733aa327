"""The flow whose runs are the plans. The runs are made over REST by the projection, and nothing waits behind them."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.owning import done
from workflow.bootstrap import build_application
from workflow.services.showing import show_plans


@flow(
    name="plan_cycle",
    flow_run_name="Hiện lại {plan_id}",
    description="Mỗi lần chạy là một kế hoạch, mỗi việc bên trong là một bước. Cơ sở dữ liệu quyết định; đây chỉ là hình chiếu.",
)
def plan_cycle(plan_id: str) -> State[str]:
    """Run by hand: show one plan whole again, whatever was noted of it."""
    application = build_application()
    if application.board is None:
        return done("Không có bảng Prefect nào được khai báo (DOITHOAI_PREFECT_API).")
    with application.store() as uow:
        uow.links.forget(plan_id)
        uow.commit()
    shown = show_plans(application.store, application.board, at=application.clock.now(), plan_ids=[plan_id])
    return done("Đã hiện lại kế hoạch." if shown.count else "Chưa hiện được; lượt quét sau sẽ hiện.")
