"""The digest of the morning as a recurring run."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State

from flows.owning import done, left_to_the_owner, owned
from workflow.bootstrap import build_application
from workflow.services.digesting import send_digests


@flow(
    name="daily_digest", description="Ghi bản tổng hợp buổi sáng cho từng người. Chạy lúc 07:30; ngày nghỉ không ghi."
)
def daily_digest() -> State[str]:
    """Write today's digests to the outbox, if today is a working day; one per person and day, however often it runs."""
    application = build_application()
    with owned(application, "digest") as ours:
        if not ours:
            return left_to_the_owner()
        calendar = application.terms_named(application.settings.calendar).calendar
        terms_of = application.terms_of
        written = send_digests(application.store, calendar, at=application.clock.now(), terms_of=terms_of)
        application.beat("digest")
    return done(f"Đã ghi {written} bản tổng hợp.")
