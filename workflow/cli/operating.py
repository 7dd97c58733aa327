"""Commands of operation: sweep, deliver, verify, migrate."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workflow.cli.plans import application
from workflow.cli.speech import Json, echo, emit, say, show, table, told


def sweep(json: Json = False) -> None:
    """Let the clock act once on every plan."""
    from workflow.services.sweeping import sweep as sweep_all

    app = application()
    swept = sweep_all(app.store, app.terms_of, at=app.clock.now())
    if json:
        emit({"plans": list(swept.plans)})
    else:
        echo(say("Đã quét; {count} kế hoạch có thay đổi.", count=len(swept.plans)))


def deliver(json: Json = False) -> None:
    """Send what waits in the outbox."""
    app = application()
    delivered = app.deliver(at=app.clock.now())
    if json:
        emit(asdict(delivered))
    elif not app.channels:
        echo(say("Chưa cấu hình máy chủ thư (DOITHOAI_MAIL); thư vẫn nằm trong hộp chờ."))
    else:
        echo(
            say(
                "Đã gửi {sent}, bỏ {dropped} (không còn cần), chưa gửi được {failed}, hỏng hẳn {dead}.",
                **asdict(delivered),
            )
        )


def verify(
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=say("Không in gì, chỉ trả mã thoát."))] = False,
) -> None:
    """Recompute every limit and verdict from the raw events and list the differences."""
    from workflow.services.verifying import verify as verify_all

    app = application()
    verified = verify_all(app.store, app.terms_of)
    if json:
        emit(
            {
                "ok": verified.ok,
                "plans": verified.plans,
                "events": verified.events,
                "differences": [asdict(difference) for difference in verified.differences],
            }
        )
    elif not quiet:
        if verified.differences:
            made = table("Kế hoạch", "Ở đâu", "Cái gì", "Theo sự kiện", "Đang ghi")
            for each in verified.differences:
                made.add_row(each.plan_id, _place(each.where), _thing(each.what), each.expected, told(each.found))
            show(made)
        echo(
            say(
                "{plans} kế hoạch, {events} sự kiện, {differences} chỗ khác nhau.",
                plans=verified.plans,
                events=verified.events,
                differences=len(verified.differences),
            )
        )
    raise typer.Exit(0 if verified.ok else 1)


_THINGS = {
    "hash chain": "chuỗi băm",
    "verdict": "kết luận",
    "status": "trạng thái",
    "due_on": "ngày hết hạn",
    "due_at": "thời điểm hết hạn",
    "done_at": "thời điểm xong",
    "wake_at": "lần xét tới",
    "row": "dòng trong bảng",
}


def _thing(what: str) -> str:
    """What differs, in words; the codes stand in --json."""
    return say(_THINGS[what]) if what in _THINGS else what


def _place(where: str) -> str:
    kind, _, key = where.partition(" ")
    return say("bước {key}", key=key) if kind == "step" else say("nhật ký")


def migrate() -> None:
    """Bring the database to this version of the program."""
    from workflow.bootstrap import prepare_data
    from workflow.settings import Settings

    prepare_data(Settings())
    echo(say("Cơ sở dữ liệu đã ở phiên bản hiện hành."))


COMMANDS = (
    ("sweep", "Quét một lượt: mở bước, leo thang thông báo.", sweep),
    ("deliver", "Gửi các thông báo đang chờ.", deliver),
    ("verify", "Tính lại mọi hạn và kết luận từ nhật ký, liệt kê chỗ khác.", verify),
    ("migrate", "Đưa cơ sở dữ liệu lên phiên bản này.", migrate),
)
