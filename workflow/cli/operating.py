"""Commands of operation: sweep, deliver, verify, migrate."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.plans import application
from workflow.cli.speech import Json, day, echo, emit, say, show, table, told

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
                made.add_row(
                    each.plan_id, _place(each.where), _thing(each.what), _value(each.expected), _value(each.found)
                )
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
        verdict=say(_VALUES[each.verdict]),
        due=day(each.due_on),
        now=say(_VALUES[each.verdict_now]),
        due_now=day(each.due_now),
    )


THINGS = {
    "hash chain": "chuỗi băm",
    "row": "dòng trong bảng",
    "plan_id": "mã kế hoạch",
    "title": "tên kế hoạch",
    "kind": "loại",
    "organization": "cơ quan",
    "calendar": "lịch làm việc",
    "status": "trạng thái",
    "started_at": "thời điểm bắt đầu",
    "meeting_on": "ngày họp",
    "meeting_month": "tháng họp",
    "version": "phiên bản",
    "steps": "số bước",
    "done": "số bước đã xong",
    "next_step": "bước sắp đến hạn",
    "next_due_on": "ngày hết hạn sắp tới",
    "next_due_at": "thời điểm hết hạn sắp tới",
    "key": "mã bước",
    "place": "thứ tự",
    "name": "tên bước",
    "owner": "đơn vị chủ trì",
    "opened_at": "thời điểm đến lượt",
    "revision": "lần điều chỉnh",
    "due_on": "ngày hết hạn",
    "due_at": "thời điểm hết hạn",
    "safe_on": "ngày an toàn",
    "event_on": "ngày của mốc tính",
    "projected": "hạn dự kiến",
    "provisional": "hạn tạm tính",
    "done_at": "thời điểm xong",
    "verdict": "kết luận",
    "late_working_days": "số ngày làm việc quá hạn",
    "back_dated": "ghi nhận muộn",
    "wake_at": "lần xét tới",
    "step": "bước",
    "why": "lý do",
    "recorded_at": "thời điểm ghi nhận",
    "actor": "người ghi",
}

_VALUES = {
    "none": "không có",
    "yes": "có",
    "no": "không",
    "whole": "nguyên vẹn",
    "readable": "đọc được",
    "present": "có dòng này",
    "missing": "không có dòng này",
    "on_time": "đúng hạn",
    "late": "quá hạn",
    "no_limit": "không có hạn",
    "running": "đang chạy",
    "completed": "đã kết thúc",
    "waiting": "chưa đến lượt",
    "open": "đang làm",
    "done": "đã xong",
    "cancelled": "đã hủy",
}


def _thing(what: str) -> str:
    """What differs, in words; the codes stand in --json."""
    return say(THINGS[what]) if what in THINGS else what


def _place(where: str) -> str:
    kind, _, key = where.partition(" ")
    if kind == "revision":
        step, _, number = key.rpartition("/")
        return say("bước {key}, hạn lần {number}", key=step, number=number)
    if kind == "anchor":
        return say("mốc niêm phong ngày {day}", day=_value(key))
    if kind == "notice":
        return say("thông báo {key}", key=key)
    if kind == "step":
        return say("bước {key}", key=key)
    return say("bảng kế hoạch") if kind == "plan" else say("nhật ký")


def _value(text: str) -> str:
    """What was expected or found, in words: days as dd/mm/yyyy, instants to the second or finer."""
    if text in _VALUES:
        return say(_VALUES[text])
    dated = _DAY_AND_TIME.fullmatch(text)
    return f"{dated[3]}/{dated[2]}/{dated[1]} {dated[4] or ''}".rstrip() if dated else told(text)


_DAY_AND_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T([\d:.]+)\+07:00)?")


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
