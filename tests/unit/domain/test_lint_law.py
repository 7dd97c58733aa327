"""Limits of a plan against those of the law, where and when it applies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit.domain.linting import MEETING, findings, step
from workflow.domain.definition import Meeting, PlanKind, StepKind
from workflow.domain.lint import Finding
from workflow.domain.lint_law import legal_limits

LAW_72 = "Luật Tổ chức chính quyền địa phương 72/2025/QH15, Điều 43"
BEFORE = step("z", due="trước ngày 24/4/2026")
ANNOUNCED = step("announced", StepKind.ANNOUNCE, "7 ngày làm việc trước meeting_day")


def of_law(*steps: Any, organization: str = "UBND xã An Bình", **more: Any) -> list[Finding]:
    """Findings that rest on a provision, on a plan of a commune whose announcement keeps the law."""
    found = findings(BEFORE, ANNOUNCED, MEETING, *steps, organization=organization, **more)
    return [each for each in found if each.source in {limit.cite for limit in legal_limits()}]


def conclusion(due: str | None, extend: str | None = None) -> Any:
    return step("conclusion", StepKind.ISSUE_CONCLUSION, due, extend=extend)


def test_ten_working_days_are_longer_than_the_ten_days_of_the_law() -> None:
    (found,) = of_law(conclusion("10 ngày làm việc sau meeting_day"))
    assert (found.code, found.severity, found.steps) == ("longer_than_law", "warning", ("conclusion",))
    assert found.source == LAW_72
    assert "(đến 29/05/2026)" in found.message  # ten working days after Friday 15 May
    assert "(đến 25/05/2026, khi họp ngày 15/05/2026)" in found.message  # ten days, whatever they are


@pytest.mark.parametrize(
    "due", ["10 ngày sau meeting_day", "06 ngày sau meeting_day", "5 ngày làm việc sau meeting_day"]
)
def test_a_limit_within_the_law(due: str) -> None:
    assert of_law(conclusion(due)) == []


def test_working_days_are_compared_on_the_calendar() -> None:
    assert of_law(conclusion("6 ngày làm việc sau meeting_day")) == []  # Monday 25 May, as the tenth day
    assert len(of_law(conclusion("7 ngày làm việc sau meeting_day"))) == 1


def test_an_extension_beyond_the_law() -> None:
    (found,) = of_law(conclusion("10 ngày sau meeting_day", "không quá 15 ngày sau meeting_day"))
    assert found.code == "longer_than_law"
    assert "Hạn kéo dài" in found.message


@pytest.mark.parametrize(
    "more",
    [
        {"organization": "UBND tỉnh An Giang"},
        {"organization": "Trường THCS An Bình"},
        {"kind": PlanKind.UNION},
        {"kind": PlanKind.CONFERENCE},
        {"meeting": Meeting(on=date(2025, 6, 13))},
    ],
    ids=["province", "school", "union", "conference", "before its entry into force"],
)
def test_the_law_is_silent_where_it_does_not_apply(more: dict[str, Any]) -> None:
    assert of_law(conclusion("10 ngày làm việc sau meeting_day"), **more) == []


@pytest.mark.parametrize("organization", ["UBND xã A", "Ủy ban nhân dân phường B", "UBND đặc khu C", "UBND Phường D"])
def test_the_law_of_communes_applies_to_each_of_them(organization: str) -> None:
    assert len(of_law(conclusion("10 ngày làm việc sau meeting_day"), organization=organization)) == 1


def test_the_first_day_of_the_law_counts() -> None:
    on = Meeting(on=date(2025, 6, 16))
    assert len(of_law(conclusion("10 ngày làm việc sau meeting_day"), meeting=on)) == 1


def test_the_law_on_a_projected_meeting() -> None:
    (found,) = of_law(conclusion("10 ngày làm việc sau meeting_day"), meeting=Meeting(month=(2026, 5)))
    assert "khi họp ngày 29/05/2026" in found.message


def test_a_fixed_date_says_nothing_against_a_meeting_of_unknown_day() -> None:
    assert of_law(conclusion("trước ngày 30/6/2026"), meeting=Meeting(month=(2026, 5))) == []
    assert len(of_law(conclusion("trước ngày 30/6/2026"))) == 1


def announcement(due: str | None, key: str = "late") -> Any:
    return step(key, StepKind.ANNOUNCE, due)


def announcing(*steps: Any) -> list[Finding]:
    found = findings(BEFORE, MEETING, *steps, organization="UBND xã An Bình")
    return [each for each in found if each.source == LAW_72]


def test_an_announcement_later_than_the_law_wants() -> None:
    (found,) = announcing(announcement("03 ngày trước meeting_day"))
    assert (found.code, found.severity, found.steps) == ("shorter_than_law", "warning", ("late",))
    assert "(đến 08/05/2026, khi họp ngày 15/05/2026)" in found.message


@pytest.mark.parametrize("due", ["7 ngày trước meeting_day", "10 ngày trước meeting_day", "trước ngày 08/5/2026"])
def test_an_announcement_in_time(due: str) -> None:
    assert announcing(announcement(due)) == []


def test_one_announcement_in_time_is_enough() -> None:
    assert announcing(announcement("7 ngày trước meeting_day", "first"), announcement("1 ngày trước meeting_day")) == []


def test_an_announcement_without_a_limit() -> None:
    (found,) = announcing(announcement(None, "first"), announcement(None, "second"))
    assert (found.code, found.severity, found.steps) == ("missing_date", "info", ("first", "second"))
    assert "«chậm nhất 07 ngày trước meeting_day»" in found.message


def test_what_takes_place_at_the_meeting_is_no_announcement() -> None:
    assert announcing(step("film", StepKind.ANNOUNCE, in_meeting=True)) == []


def test_an_order_without_a_number_is_told_what_the_law_says() -> None:
    (found,) = of_law(conclusion("sau meeting_day"))
    assert (found.code, found.steps) == ("unresolved_reference", ("conclusion",))
    assert "«10 ngày sau meeting_day»" in found.message


def test_calendar_days_where_the_law_counts_working_days() -> None:
    elected = step("elected", StepKind.RECOGNISE, "5 ngày sau meeting_day")
    (found,) = of_law(elected, kind=PlanKind.CONFERENCE)
    assert (found.code, found.severity) == ("shorter_than_law", "info")
    assert found.source == "Nghị định 59/2023/NĐ-CP, Điều 21"
    assert "(đến 20/05/2026)" in found.message
    assert "(đến 22/05/2026" in found.message
    assert of_law(step("e", StepKind.RECOGNISE, "4 ngày sau meeting_day"), kind=PlanKind.CONFERENCE) == []


def test_a_dialogue_with_young_people_has_its_own_law() -> None:
    found = of_law(
        conclusion("10 ngày sau meeting_day", "không quá 15 ngày sau meeting_day"),
        organization="UBND tỉnh A",
        title="Đối thoại với thanh niên năm 2026",
    )
    assert [(each.code, each.steps) for each in found] == [("shorter_than_law", ("announced",))]


def test_a_dialogue_at_work_is_published_within_three_working_days() -> None:
    found = of_law(conclusion("6 ngày sau meeting_day"), kind=PlanKind.WORKPLACE)
    assert [each.source for each in found] == ["Nghị định 145/2020/NĐ-CP"]


@pytest.mark.parametrize(
    ("name", "kind", "due", "expected"),
    [
        (
            "Gửi nội dung đối thoại cho các bên",
            StepKind.COLLECT_FORMS,
            "3 ngày làm việc trước meeting_day",
            "shorter_than_law",
        ),
        (
            "Niêm yết nội dung chính của đối thoại",
            StepKind.ANNOUNCE,
            "5 ngày làm việc sau meeting_day",
            "longer_than_law",
        ),
    ],
)
def test_a_step_is_known_by_its_name_where_its_kind_does_not_tell(
    name: str, kind: StepKind, due: str, expected: str
) -> None:
    (found,) = of_law(step("x", kind, due, name=name), kind=PlanKind.WORKPLACE)
    assert found.code == expected


def test_what_follows_the_meeting_is_no_announcement_of_it() -> None:
    later = step("later", StepKind.ANNOUNCE, "1 ngày sau meeting_day", after="meeting_day")
    assert announcing(later) == []


@pytest.mark.parametrize(
    "organization", ["Đảng ủy xã An Bình", "Hội Nông dân xã An Bình", "Trường Tiểu học xã An Bình"]
)
def test_the_law_of_communes_is_that_of_their_committees(organization: str) -> None:
    assert of_law(conclusion("10 ngày làm việc sau meeting_day"), organization=organization) == []


def test_every_limit_of_the_law_is_cited_and_dated() -> None:
    for limit in legal_limits():
        assert limit.cite
        assert limit.scope
        assert limit.valid_from.year >= 2015
        assert limit.step_kinds or limit.step_names
        assert limit.plan_kinds
