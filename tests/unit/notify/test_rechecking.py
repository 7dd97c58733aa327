"""A notice whose reason is gone is not sent, and the reason is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import after, at, started
from tests.unit.notify.test_composing import DIGEST_NOTICE, PERSON, notice
from workflow.domain.commands import CancelPlan, CompleteStep, HandOver, SetMeeting, SkipStep
from workflow.domain.cycle import Cycle, Stop
from workflow.domain.ladder import DEFAULT_LADDER, Audience
from workflow.services.delivering import MOST_ATTEMPTS, WAITS, wait_after
from workflow.services.rechecking import why_no_digest, why_not, why_unreachable

CYCLE = started()


def test_a_notice_is_owed_while_its_step_runs_under_the_same_limit() -> None:
    assert why_not(notice("warn_3"), CYCLE) is None
    assert why_not(notice("opened", "announce", 0), CYCLE) is None


@pytest.mark.parametrize(
    ("cycle", "said"),
    [
        (None, "Kế hoạch không còn trong hệ thống."),
        (after(CYCLE, CompleteStep("collect"), at("2026-04-10")), "Bước đã hoàn thành ngày 10/04/2026."),
        (after(CYCLE, CancelPlan("hoãn"), at("2026-04-10")), "Kế hoạch đã hủy."),
    ],
)
def test_nothing_is_owed_for_what_is_over(cycle: Cycle | None, said: str) -> None:
    assert why_not(notice("warn_3"), cycle) == said
    assert why_not(notice("opened", revision=0), cycle) == said


def test_nothing_is_owed_for_a_limit_that_has_been_replaced_but_the_opening_stays() -> None:
    first = after(CYCLE, SetMeeting(date(2026, 5, 20)), at("2026-04-20"))
    moved = after(first, SetMeeting(date(2026, 5, 27)), at("2026-04-21"))
    assert why_not(notice("warn_3", "announce", 2), first) is None
    assert why_not(notice("warn_3", "announce", 2), moved) == "Hạn của bước đã thay đổi sau khi lập thông báo này."
    assert why_not(notice("opened", "announce", 0), moved) is None


def test_nothing_is_owed_for_a_projected_limit_or_an_unknown_step() -> None:
    assert why_not(notice("warn_3", "announce", 1), CYCLE) is not None
    assert why_not(notice("warn_3", "gone"), CYCLE) == "Bước không còn trong kế hoạch."


def test_a_digest_is_owed_on_its_own_day_to_somebody_with_something_to_read() -> None:
    now = at("2026-04-20", "10:00")
    assert why_no_digest(DIGEST_NOTICE, PERSON, now, anything_to_read=True) is None
    assert why_no_digest(DIGEST_NOTICE, PERSON, now, anything_to_read=False) == "Không còn việc nào để điểm."
    assert why_no_digest(DIGEST_NOTICE, None, now, anything_to_read=True) is not None
    late = why_no_digest(DIGEST_NOTICE, PERSON, now + timedelta(days=1), anything_to_read=True)
    assert late == "Bản điểm việc ngày 20/04/2026 đã qua ngày."


def test_a_notice_with_nowhere_to_go_says_whom_to_give_an_address() -> None:
    assert why_unreachable(notice("warn_3"), PERSON) == (
        "Lan (Ủy ban MTTQ xã) chưa có địa chỉ thư; hãy bổ sung địa chỉ của người này trong danh bạ."
    )
    vacancy = replace(notice("warn_3"), person_id="", person_name="Người chủ trì")
    assert why_unreachable(vacancy, None) == (
        "Danh bạ chưa có ai là «Người chủ trì»; hãy thêm người này cùng địa chỉ thư."
    )


def test_each_wait_is_longer_than_the_last_and_the_last_attempt_has_none() -> None:
    waits = [wait_after("a", attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert waits == sorted(waits)
    assert MOST_ATTEMPTS == 8


def test_waits_are_spread_by_the_key_and_the_same_for_the_same_key() -> None:
    spread = [wait_after(f"key{n}", 3) for n in range(50)]
    assert spread == [wait_after(f"key{n}", 3) for n in range(50)]
    assert len(set(spread)) > 40
    assert WAITS[2] <= min(spread) <= max(spread) <= WAITS[2] * 1.25


def test_nothing_is_owed_for_a_step_that_does_not_apply_or_whose_clock_stands_still() -> None:
    skipped = after(CYCLE, SkipStep("collect", "không tổ chức thu phiếu"), at("2026-04-10"))
    assert why_not(notice("warn_3"), skipped) == "Bước không áp dụng cho kế hoạch này."
    step = replace(CYCLE.steps["collect"], stops=(Stop(at("2026-04-10"), "chờ sở"),))
    assert why_not(notice("warn_3"), CYCLE.with_step("collect", step)) == "Bước đang tạm dừng tính hạn."


LATE = at("2026-05-08")
REPEAT = notice("overdue_again#1", owed="2026-05-08")


def late_and(**changes: object) -> Cycle:
    return CYCLE.with_step("collect", replace(CYCLE.steps["collect"], **changes))  # type: ignore[arg-type]


def test_a_repeat_is_owed_no_more_once_somebody_has_acknowledged_it_but_the_next_rung_is() -> None:
    seen = late_and(acknowledged=frozenset({1}))
    assert why_not(REPEAT, seen, LATE) == "Người phụ trách đã ghi «đã rõ» hoặc hẹn nhắc lại sau."
    assert why_not(notice("overdue_again#0"), seen, LATE) is None
    assert why_not(notice("overdue_3"), seen, LATE) is None
    assert why_not(REPEAT, late_and(acknowledged=frozenset({2})), LATE) is None


def test_a_repeat_that_was_put_off_is_owed_again_from_that_day_on() -> None:
    put_off = late_and(snoozed=(1, date(2026, 5, 11)))
    assert why_not(REPEAT, put_off, LATE) is not None
    assert why_not(REPEAT, put_off, at("2026-05-11")) is None
    assert why_not(notice("overdue_3"), put_off, LATE) is None


def test_people_of_a_unit_that_gave_the_step_away_are_not_told_but_those_above_them_are() -> None:
    given = after(CYCLE, HandOver("collect", "Văn phòng", "đổi phân công"), at("2026-04-10"))
    assert why_not(notice("warn_3"), given, LATE, PERSON) == "Bước đã giao lại cho Văn phòng."
    assert why_not(notice("warn_3"), CYCLE, LATE, PERSON) is None
    assert why_not(notice("warn_3"), given, LATE, replace(PERSON, unit="Văn phòng")) is None
    assert why_not(notice("overdue_3"), given, LATE, replace(PERSON, role=Audience.CHAIR)) is None


def test_the_rung_that_gave_the_step_away_is_told_to_those_who_had_it() -> None:
    ladder = (replace(DEFAULT_LADDER[1], reassign_to="Văn phòng"), *DEFAULT_LADDER[2:])
    given = after(CYCLE, HandOver("collect", "Văn phòng", "rung:warn_3"), at("2026-04-20"))
    assert why_not(notice("warn_3"), replace(given, ladder=ladder), LATE, PERSON) is None
