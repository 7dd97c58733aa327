"""One letter of every kind, so that a faulty template is found at start-up and not when somebody should be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from workflow.domain.ladder import DEFAULT_LADDER, Audience
from workflow.domain.verdict import Standing
from workflow.domain.zone import instant
from workflow.letter import Letter, Limit, Matter, Reminder

_AT = instant(date(2026, 5, 15), time(7, 30))
_TOMORROW = date(2026, 5, 16)
_NEAR = Limit(_TOMORROW, instant(_TOMORROW + timedelta(days=1)), date(2026, 5, 15), True, 0, 0)
_TODAY = replace(_NEAR, due_on=date(2026, 5, 15), due_at=instant(date(2026, 5, 15), time(17)), provisional=False)
_FAR = replace(_NEAR, due_on=date(2026, 5, 20), due_at=instant(date(2026, 5, 21)), working_days_left=3)
_PAST = replace(_NEAR, due_on=date(2026, 5, 13), due_at=instant(date(2026, 5, 14)), working_days_late=2)
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
)


def sample_letters() -> Iterator[Letter]:
    """Letters that together take every branch of the templates."""
    matters = tuple(_matters())
    for role in (*Audience, None):
        whole = Letter(
            person_name="Nguyễn Văn A",
            address="a@example.invalid",
            unit="Văn phòng",
            organization="UBND xã",
            role=role,
            matters=matters,
            others=matters,
            digest_on=date(2026, 5, 15),
            undelivered=2,
            keys=("mau",),
            at=_AT,
        )
        yield whole
        yield replace(whole, matters=())
        yield replace(whole, matters=(), others=(), unit="")
        yield replace(whole, others=(), digest_on=None, undelivered=None)
        yield from (replace(whole, matters=(m,), others=(), digest_on=None, undelivered=None) for m in matters)


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
