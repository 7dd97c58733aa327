"""A small plan file that is right, to be spoilt by tests."""

from __future__ import annotations

from workflow.planfile import PlanFileError, PlanFileErrors, parse_plan

PLAN = """\
doithoai: 1
title: Đối thoại với giáo viên
kind: dialogue
organization: UBND xã An Bình
meeting:
  month: 2026-05
steps:
  - key: collect_forms
    kind: collect_forms
    name: Thu phiếu
    owner: Ủy ban MTTQ xã
    due: trước ngày 24/4/2026
  - key: hold_meeting
    kind: hold_meeting
    name: Hội nghị
    after: [collect_forms]
    due: meeting
  - key: issue_conclusion
    kind: issue_conclusion
    name: Thông báo kết luận
    owner: Văn phòng
    after: [hold_meeting]
    due: 10 ngày làm việc sau hold_meeting
    extend: không quá 15 ngày làm việc sau hold_meeting
    evidence: [document]
"""


def spoilt(old: str, new: str, text: str = PLAN) -> str:
    """The plan with one passage replaced."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def problems_of(text: str) -> tuple[PlanFileError, ...]:
    """What is wrong with a text; nothing when it is read."""
    try:
        parse_plan(text, "plan.yaml")
    except PlanFileErrors as error:
        return error.problems
    return ()


def told(text: str) -> list[tuple[str, int | None]]:
    """(kind of problem, line) of everything that is wrong with a text."""
    return [(type(problem).__name__, problem.line) for problem in problems_of(text)]
