"""The state of a plan as it was known on a past day: what had been recorded by then, and nothing later."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from workflow.domain.cycle import Cycle
from workflow.domain.errors import BadInput
from workflow.domain.evolving import fold
from workflow.domain.zone import day_of, instant, shown
from workflow.ports import UnitOfWork


class DayToCome(BadInput):
    template = "Ngày {day} chưa tới; hãy chọn hôm nay hoặc một ngày đã qua."


class NotStartedThen(BadInput):
    template = "Đến hết ngày {day} kế hoạch «{plan}» chưa được ghi vào hệ thống; kế hoạch được ghi ngày {recorded}."


def instant_of(day: date, now: datetime) -> datetime:
    """The instant at which a day is looked at: its end, for today the present. Raises `DayToCome`."""
    if day > day_of(now):
        raise DayToCome(day=shown(day))
    return min(instant(day + timedelta(days=1)) - datetime.resolution, now)


def known_at(uow: UnitOfWork, plan_id: str, at: datetime) -> Cycle:
    """The plan as folded from the events recorded at or before an instant (aware).

    A fact that was recorded later is not in it, though it may have happened before. Raises `PlanNotFound`, and
    `NotStartedThen` for a plan of which nothing was recorded by then.
    """
    log = uow.plans.log(plan_id)
    known = [recorded for recorded in log if recorded.recorded_at <= at]
    if not known:
        first = log[0].recorded_at
        raise NotStartedThen(day=shown(day_of(at)), plan=plan_id, recorded=shown(day_of(first)))
    return fold(known)
