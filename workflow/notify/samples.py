"""One letter of every kind, so that a faulty template is found at start-up and not when somebody should be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from calendars.rules import TraceDay
from workflow.domain.ladder import DEFAULT_LADDER, Audience
from workflow.domain.lint_findings import Severity
from workflow.domain.petition import Result
from workflow.domain.verdict import Standing
from workflow.domain.zone import instant
from workflow.letter import (
    Alert,
    Cause,
    CauseKind,
    Change,
    Letter,
    Limit,
    Matter,
    Move,
    NewsKind,
    PetitionNews,
    Reminder,
    Seal,
    Seat,
)

_AT = instant(date(2026, 5, 15), time(7, 30))
_TOMORROW = date(2026, 5, 16)
_NEAR = Limit(_TOMORROW, instant(_TOMORROW + timedelta(days=1)), date(2026, 5, 15), True, 0, 0)
_TODAY = replace(_NEAR, due_on=date(2026, 5, 15), due_at=instant(date(2026, 5, 15), time(17)), provisional=False)
_FAR = replace(_NEAR, due_on=date(2026, 5, 20), due_at=instant(date(2026, 5, 21)), working_days_left=3)
_PAST = replace(_NEAR, due_on=date(2026, 5, 13), due_at=instant(date(2026, 5, 14)), working_days_late=2)
_ACCOUNT = (
    TraceDay(date(2026, 5, 15), True, 1, "Ngày làm việc", None),
    TraceDay(date(2026, 5, 16), False, None, "Thứ Bảy", None),
    TraceDay(date(2026, 5, 18), True, 2, "Thứ Hai: vẫn tính theo ngày lịch", None),
    TraceDay(date(2026, 5, 20), True, None, "Ngày làm việc: ngày của sự kiện", None),
)
_PLAIN = Matter(
    plan_id="mau-2026",
    plan_title="Kế hoạch mẫu",
    step="issue_conclusion",
    name="Thông báo kết luận",
    owner="Văn phòng",
    standing=Standing.RUNNING_IN_TIME,
    limit=_FAR,
    limit_to_come=False,
    waiting_for=(),
    needs_document=True,
    reminder=Reminder(None, 0, _AT, stands_in=False),
    account=_ACCOUNT,
    basis=("BLDS 2015, Điều 148",),
)
_WHOLE = Letter(
    person_name="Nguyễn Văn A",
    address="a@example.invalid",
    unit="Văn phòng",
    organization="UBND xã",
    role=None,
    matters=(),
    others=(),
    digest_on=None,
    undelivered=None,
    keys=("mau",),
    at=_AT,
)
_ALERT = Alert("undelivered", Severity.WARNING, "Có {count} thông báo không gửi được tới người nhận.", {"count": "2"})


def sample_letters() -> Iterator[Letter]:
    """Letters that together take every branch of the templates."""
    matters, changes = tuple(_matters()), tuple(_changes())
    seal, day = Seal(date(2026, 5, 14), "0" * 64), date(2026, 5, 15)
    for role in (*Audience, None):
        alone = replace(_WHOLE, role=role)
        whole = replace(alone, matters=matters, others=matters, digest_on=day, undelivered=2)
        yield whole
        yield replace(whole, matters=(), changes=changes, alerts=(_ALERT,), seal=seal)
        yield replace(whole, matters=(), others=(), unit="")
        yield replace(alone, matters=matters, changes=changes)
        yield replace(alone, changes=changes, unit="")
    # one matter or one change has a subject of its own, whatever the role
    yield from (replace(_WHOLE, matters=(matter,)) for matter in matters)
    yield from (replace(_WHOLE, changes=(change,)) for change in changes)
    yield from (replace(_WHOLE, unit="", organization="", news=news) for news in _news())


def _matters() -> Iterator[Matter]:
    yield _PLAIN
    yield replace(_PLAIN, limit=_NEAR, owner=None, needs_document=False)
    yield replace(_PLAIN, limit=_TODAY)
    yield replace(_PLAIN, limit=None)
    yield replace(_PLAIN, limit=None, limit_to_come=True)
    yield replace(_PLAIN, standing=Standing.WAITING, waiting_for=("Hội nghị", "Biên bản"))
    for ordinal, rung in enumerate(DEFAULT_LADDER):
        late = replace(_PLAIN, limit=_PAST, standing=Standing.RUNNING_OVERDUE)
        yield replace(late, reminder=Reminder(rung, ordinal, _AT, stands_in=bool(ordinal % 2)))
    for role in Audience:
        seat = Seat("Trần Thị B", role, "Văn phòng", date(2026, 5, 22))
        reminder = Reminder(DEFAULT_LADDER[1], 0, _AT, stands_in=False, in_place_of=seat)
        yield replace(_PLAIN, reminder=reminder, account=_ACCOUNT * 11 if role is Audience.OWNER else ())


def _changes() -> Iterator[Change]:
    old, new = date(2026, 5, 20), date(2026, 5, 27)
    move = Move("issue_conclusion", "Thông báo kết luận", "Văn phòng", old, new, to_come=False)
    moves = (
        move,
        replace(move, owner=None, old_on=None),
        replace(move, old_on=new),
        replace(move, old_on=None, new_on=None),
        replace(move, new_on=None, to_come=True),
        replace(move, old_on=None, new_on=None, to_come=True),
        replace(move, new_on=None),
    )
    causes = (
        Cause(CauseKind.MEETING_MOVED, old=old, new=new),
        Cause(CauseKind.MEETING_POSTPONED, old=old, reason="chờ lịch của Chủ tịch"),
        Cause(CauseKind.MEETING_POSTPONED, month=(2026, 6), reason="chờ lịch của Chủ tịch"),
        Cause(CauseKind.EXTENDED, step="Thông báo kết luận", reason="chờ ý kiến cấp trên"),
        Cause(
            CauseKind.HANDED_OVER, step="Thông báo kết luận", old="Văn phòng", new="Phòng Kinh tế", reason="đổi việc"
        ),
        Cause(CauseKind.HANDED_OVER, step="Thông báo kết luận", new="Phòng Kinh tế"),
        Cause(CauseKind.CALENDAR),
        Cause(CauseKind.CORRECTED, step="Hội nghị", reason="ghi nhầm ngày"),
    )
    yield Change("mau-2026", "Kế hoạch mẫu", causes, moves)
    yield Change("mau-2027", "Kế hoạch khác", causes[:1], ())


def _news() -> Iterator[PetitionNews]:
    told = PetitionNews(
        kind=NewsKind.ANSWERED,
        petition_id="p3",
        organization="UBND xã",
        plan_title="Kế hoạch mẫu",
        raised_on=date(2026, 5, 4),
        topic="đường giao thông",
        answered_on=date(2026, 5, 15),
        document_number="12/UBND",
        result=Result.SETTLED,
        summary="đã sửa xong đoạn đường",
    )
    for result in Result:
        yield replace(told, result=result, topic=None, document_number=None, summary=None)
    yield replace(told, result=Result.REFERRED, elsewhere="Sở Xây dựng")
    late = replace(told, kind=NewsKind.EXTENDED, new_on=date(2026, 5, 22), reason="chờ ý kiến Sở Xây dựng")
    yield from (late, replace(late, old_on=date(2026, 5, 15)))
