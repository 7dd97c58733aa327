"""Commands on what needs somebody's attention: notices that reached nobody, and alerts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workflow.cli.plans import application
from workflow.cli.speech import Json, echo, emit, language, moment, say, show, table, told


def undelivered(
    retry: Annotated[
        str | None, typer.Option("--retry", metavar="KEY", help=say("Gửi lại thông báo có mã này."))
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=say("Gửi lại tất cả."))] = False,
    json: Json = False,
) -> None:
    """List the notices that were given up, with the reason, or let them be tried again."""
    from workflow.services import undelivered as service

    app = application()
    if everything:
        echo(
            say("Sẽ gửi lại {count} thông báo ở lượt gửi tới.", count=service.retry_all(app.store, at=app.clock.now()))
        )
        return
    if retry is not None:
        for notice in service.retry(app.store, retry, at=app.clock.now()):
            echo(say("Sẽ gửi lại thông báo «{key}» ở lượt gửi tới.", key=notice.key))
        return
    found = service.undelivered(app.store)
    if json:
        emit([asdict(notice) for notice in found])
        return
    if not found:
        echo(say("Mọi thông báo đều đã tới người nhận hoặc còn đang chờ gửi."))
        return
    made = table("Mã", "Người nhận", "Kênh", "Từ lúc", "Lý do")
    for notice in found:
        made.add_row(
            notice.key, told(notice.person_name), notice.channel, moment(notice.owed_at), told(notice.reason or "")
        )
    show(made)


def alerts(json: Json = False) -> None:
    """List what a coordinator should see to; exit code 1 when there is anything."""
    from workflow.notify.render import alert_sentence
    from workflow.services import alerting

    app = application()
    with app.store.reading() as uow:
        observed = alerting.observe(uow, app.terms_of, app.clock.now())
    found = alerting.alerts(observed)
    if json:
        emit(
            [
                {
                    "code": alert.code,
                    "severity": alert.severity,
                    "sentence": alert_sentence(alert, language()),
                    "plan": alert.plan_id,
                    "step": alert.step,
                    "person": alert.person_id,
                }
                for alert in found
            ]
        )
    elif found:
        made = table("Mức độ", "Việc cần xem xét")
        for alert in found:
            made.add_row(say(SEVERITIES[alert.severity]), alert_sentence(alert, language()))
        show(made)
    else:
        echo(say("Không có gì cần xem xét."))
    raise typer.Exit(1 if found else 0)


SEVERITIES = {"error": "gấp", "warning": "cần xử lý", "info": "nên biết"}

COMMANDS = (
    ("undelivered", "Thông báo không gửi được: xem lý do, gửi lại.", undelivered),
    ("alerts", "Những điều người điều phối cần xem xét.", alerts),
)
