"""The runner of the embedded default: `python -m flows.serve` beside the Prefect server of `doithoai up`.

It serves what no recurring job of our own process does; sweep, delivery and digest belong to APScheduler there.
"""

from __future__ import annotations

from typing import Any

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.advance_plan import advance_plan
from flows.apply_calendar import apply_calendar
from flows.nightly_audit import nightly_audit
from flows.read_plan_document import read_plan_document

NAME = "embedded"
AUDIT = Cron("0 1 * * *", timezone="Asia/Ho_Chi_Minh")


def main() -> None:
    """Serve until told to stop, two runs at a time; schedules stay in force over a restart."""
    serve(
        _deployment(advance_plan),
        _deployment(apply_calendar, concurrency_limit=1),
        _deployment(nightly_audit, concurrency_limit=1, schedule=AUDIT),
        _deployment(read_plan_document),
        limit=2,
        pause_on_shutdown=False,
        print_starting_message=False,
    )


def _deployment(
    flow: Flow[..., Any], concurrency_limit: int | None = None, schedule: Schedule | None = None
) -> RunnerDeployment:
    """A deployment found by its module's name, so that it does not matter in which folder the runner starts."""
    return RunnerDeployment.from_flow(
        flow,
        NAME,
        schedule=schedule,
        concurrency_limit=concurrency_limit,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


if __name__ == "__main__":
    main()
