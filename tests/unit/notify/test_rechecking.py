"""A notice whose reason is gone is not sent, and the reason is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import after, at, started
from tests.unit.notify.test_composing import DIGEST_NOTICE, PERSON, notice
from workflow.domain.commands import CancelPlan, CompleteStep, SetMeeting
from workflow.domain.cycle import Cycle
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
