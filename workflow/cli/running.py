"""`doithoai up`: the whole product in one process, with a Prefect server as its child."""

from __future__ import annotations

from typing import Annotated

import typer

from workflow.cli.speech import echo, say


def up(
    demo: Annotated[bool, typer.Option("--demo", help=say("Nạp dữ liệu thử: hai kế hoạch, hộp thư tại chỗ."))] = False,
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help=say("Cổng của trang web."))
    ] = 8000,
    prefect_port: Annotated[
        int, typer.Option("--prefect-port", metavar="PORT", min=1, max=65535, help=say("Cổng của Prefect."))
    ] = 4200,
    no_prefect: Annotated[bool, typer.Option("--no-prefect", help=say("Không khởi động Prefect."))] = False,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help=say("Địa chỉ mà trang web lắng nghe."))
    ] = "127.0.0.1",
) -> None:
    """Run everything until Ctrl-C: the web pages, the recurring jobs, a Prefect server."""
    from workflow.embedded import Wanted, run

    wanted = Wanted(demo=demo, host=host, port=port, prefect_port=None if no_prefect else prefect_port)
    run(wanted, _tell)


def _tell(text: str, /, **fields: object) -> None:
    echo(say(text, **fields))
