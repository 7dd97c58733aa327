"""The audit of the night: everything is computed anew from the events; a difference makes the run fail, in red."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Failed

from flows.owning import done
from workflow.bootstrap import build_application
from workflow.services.anchoring import drop_anchor
from workflow.services.verifying import Difference, verify


@flow(name="nightly_audit", description="Tính lại mọi hạn, kết quả từ nhật ký và đối chiếu. Chạy lúc 01:00.")
def nightly_audit() -> State[str]:
    """Verify every plan; the differences, if any, are listed in a table beside the run."""
    application = build_application()
    drop_anchor(application.store, at=application.clock.now())
    verified = verify(application.store, application.terms_of)
    if verified.ok:
        return done(f"{verified.plans} kế hoạch, {verified.events} sự kiện: khớp.")
    create_table_artifact(
        table=[_row(each) for each in verified.differences], key="nightly-audit", description="Chỗ không khớp"
    )
    return Failed(message=f"{len(verified.differences)} chỗ không khớp; xem bảng «nightly-audit».")


def _row(difference: Difference) -> dict[str, str]:
    return {
        "Kế hoạch": difference.plan_id,
        "Ở đâu": difference.where,
        "Cái gì": difference.what,
        "Phải là": difference.expected,
        "Đang là": difference.found,
    }
