"""`doithoai history`: what happened to a plan, event by event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workflow.cli.plans import PlanId, application
from workflow.cli.speech import Json, echo, emit, language, moment, say, show, table

if TYPE_CHECKING:
    from workflow.domain.events import Event, Recorded


def history(
    plan: PlanId,
    step: Annotated[
        str | None, typer.Option("--step", metavar="STEP", help=say("Chỉ những gì về bước này và các phần của nó."))
    ] = None,
    json: Json = False,
) -> None:
    """Show what happened to a plan, event by event, with who recorded it and when."""
    from workflow.domain.errors import StepUnknown
    from workflow.services.history import history_of

    app = application()
    with app.store.reading() as uow:
        cycle, log = uow.plans.get(plan), tuple(uow.plans.log(plan))
    if step is not None and step not in cycle.steps:
        raise StepUnknown(step=step, known=", ".join(cycle.steps))
    told = list(history_of(log, cycle, language()))
    if step is not None:
        told = [each for each in told if _is_about(step, each[0].event)]
    if json:
        emit([_event_json(recorded, sentence) for recorded, sentence in told])
        return
    made = table("Số", "Xảy ra", "Ghi nhận", "Người ghi", "Việc")
    for recorded, sentence in told:
        made.add_row(
            str(recorded.version), moment(recorded.happened_at), moment(recorded.recorded_at), recorded.actor, sentence
        )
    show(made)
    echo(say("{count} sự việc.", count=len(told)))


def _is_about(step: str, event: Event) -> bool:
    """Whether an event is about a step or one of its parts."""
    from workflow.services.history import step_of

    about = step_of(event) or ""
    return about == step or about.startswith(f"{step}.")


def _event_json(recorded: Recorded, sentence: str) -> dict[str, Any]:
    from workflow.services.history import step_of

    event = recorded.event
    return {
        "version": recorded.version,
        "event": re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower(),
        "step": step_of(event),
        "petition": getattr(getattr(event, "petition", None), "petition_id", getattr(event, "petition", None)),
        "happened_at": recorded.happened_at,
        "recorded_at": recorded.recorded_at,
        "actor": recorded.actor,
        "sentence": sentence,
    }


COMMANDS = (("history", "Từng sự việc của một kế hoạch: xảy ra, ghi nhận lúc nào, ai ghi.", history),)
