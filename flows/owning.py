"""What the recurring flows share: one owner at a time, by setting and by lease."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from prefect.client.schemas.objects import State
from prefect.states import Completed

from workflow.bootstrap import Application

LEASE = timedelta(minutes=2)
"""How long a job that was killed keeps the next one waiting."""


@contextmanager
def owned(application: Application, job: str) -> Iterator[bool]:
    """Whether this run owns a recurring job now: the setting gives it to Prefect and nobody else holds its lease.

    The lease is given back at the end, whatever happens.
    """
    if application.settings.recurring_jobs != "prefect":
        yield False
        return
    owner, at = uuid4().hex, application.clock.now()
    with application.store() as uow:
        held = uow.leases.take(job, owner, at, at + LEASE)
        uow.commit()
    try:
        yield held
    finally:
        if held:
            with application.store() as uow:
                uow.leases.release(job, owner)
                uow.commit()


def done(message: str) -> State[str]:
    """A good end, with what was done for people to read."""
    return Completed(message=message, data=message)


def left_to_the_owner() -> State[str]:
    """A good end of a run that did nothing, because the job belongs to somebody else now."""
    message = "Không làm gì: việc này đang do nơi khác đảm nhiệm (xem DOITHOAI_RECURRING_JOBS)."
    return Completed(name="Skipped", message=message, data=message)
