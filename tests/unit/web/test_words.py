"""Every value that a screen may show has its word and its sign."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.domain.cycle import PlanStatus
from workflow.domain.definition import ForEach, PlanKind
from workflow.domain.ladder import DEFAULT_LADDER, Audience
from workflow.domain.verdict import Standing
from workflow.ports import NoticeStatus
from workflow.web import words


def test_every_value_has_a_word() -> None:
    assert words.STANDING.keys() == words.ICON.keys() == set(Standing)
    assert words.PLAN_STATUS.keys() == set(PlanStatus)
    assert words.PLAN_KIND.keys() == set(PlanKind)
    assert words.ROLE.keys() == set(Audience)
    assert words.NOTICE_STATUS.keys() == set(NoticeStatus)
    assert words.FOR_EACH.keys() == set(ForEach)
    assert words.RUNG.keys() == {rung.name for rung in DEFAULT_LADDER}


@pytest.mark.parametrize(
    ("name", "shown"), [("overdue", "Báo quá hạn"), ("overdue_again#1", "Nhắc lại quá hạn (2)"), ("own", "own")]
)
def test_a_rung_is_told_with_its_repeat(name: str, shown: str) -> None:
    assert words.rung(name, "vi") == shown


@pytest.mark.parametrize(
    ("cause", "shown"),
    [
        ("start", "Kế hoạch bắt đầu"),
        ("step:collect", "Hoàn thành «Thu phiếu»"),
        ("step:gone", "Hoàn thành «gone»"),
        ("other", "other"),
    ],
)
def test_why_a_limit_changed_is_told_with_names(cause: str, shown: str) -> None:
    assert words.why(cause, {"collect": "Thu phiếu"}, "vi") == shown


def test_weekdays_are_named_the_vietnamese_way() -> None:
    assert (words.weekday(date(2026, 4, 20), "vi"), words.weekday(date(2026, 4, 26), "vi")) == ("Thứ Hai", "Chủ nhật")
