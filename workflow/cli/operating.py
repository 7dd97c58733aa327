"""Commands of operation: sweep, deliver, verify, migrate."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.plans import application
from workflow.cli.speech import Json, day, echo, emit, language, say, show, table
from workflow.documents.audit import VALUES, difference_words

if TYPE_CHECKING:
    from workflow.services.verifying import Explained


def sweep(json: Json = False) -> None:
    """Let the clock act once on every plan."""
    from workflow.services.sweeping import sweep as sweep_all

    app = application()
    swept = sweep_all(app.store, app.terms_of, at=app.clock.now())
    app.beat("sweep")
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
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", metavar="LINE", help=say("Dòng mốc niêm phong trong một thư điểm việc cũ.")),
    ] = None,
) -> None:
    """Recompute every limit and verdict from the raw events and list the differences."""
    from workflow.services.verifying import verify as verify_all

    app = application()
    verified = verify_all(app.store, app.terms_of, carried=anchor)
    if json:
        emit(
            {
                "ok": verified.ok,
                "plans": verified.plans,
                "events": verified.events,
                "anchors": verified.anchors,
                "differences": [asdict(difference) for difference in verified.differences],
                "explained": [asdict(each) for each in verified.explained],
            }
        )
    elif not quiet:
        if verified.differences:
            made = table("Kế hoạch", "Ở đâu", "Cái gì", "Theo sự kiện", "Đang ghi")
            for each in verified.differences:
                made.add_row(each.plan_id, *difference_words(each, language()))
            show(made)
        for explained in verified.explained:
            echo(_explained(explained))
        echo(
            say(
                "{plans} kế hoạch, {events} sự kiện, {differences} chỗ khác nhau.",
                plans=verified.plans,
                events=verified.events,
                differences=len(verified.differences),
            )
        )
    raise typer.Exit(0 if verified.ok else 1)


def _explained(each: Explained) -> str:
    return say(
        "LƯU Ý {plan}, bước {step}: kết luận «{verdict}» theo hạn {due} được giữ nguyên; theo lịch hiện hành sẽ là "
        "«{now}», hạn {due_now}.",
        plan=each.plan_id,
        step=each.step,
        verdict=say(VALUES[each.verdict]),
        due=day(each.due_on),
        now=say(VALUES[each.verdict_now]),
        due_now=day(each.due_now),
    )


def migrate() -> None:
    """Bring the database to this version of the program."""
    from workflow.bootstrap import prepare_data
    from workflow.settings import read_settings

    prepare_data(read_settings())
    echo(say("Cơ sở dữ liệu đã ở phiên bản hiện hành."))


COMMANDS = (
    ("sweep", "Quét một lượt: mở bước, leo thang thông báo.", sweep),
    ("deliver", "Gửi các thông báo đang chờ.", deliver),
    ("verify", "Tính lại mọi hạn và kết luận từ nhật ký, liệt kê chỗ khác.", verify),
    ("migrate", "Đưa cơ sở dữ liệu lên phiên bản này.", migrate),
)
