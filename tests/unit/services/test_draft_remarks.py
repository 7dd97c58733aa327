"""What stands beside a drafted plan: the words behind each step, every proposal, every doubt."""

from __future__ import annotations

from datetime import date

import pytest

from tests.drafts import DRAFT
from workflow.intake.draft import LatestSafe
from workflow.services.draft_remarks import latest_words, remarks_of

REMARKS = remarks_of(DRAFT, "kế hoạch.docx")


def said(key: str) -> str:
    return "\n".join(REMARKS.steps[key])


def test_the_head_names_the_document_and_what_to_look_at() -> None:
    assert "kế hoạch.docx" in REMARKS.head[0]
    assert {"ĐỀ XUẤT", "CHƯA RÕ"} <= {word for word in ("ĐỀ XUẤT", "CHƯA RÕ") if word in REMARKS.head[0]}


def test_every_step_of_the_document_is_quoted() -> None:
    for step in DRAFT.steps:
        assert all(source.text in said(step.key) for source in step.sources)


def test_every_edge_says_why_it_is_there() -> None:
    for edge in DRAFT.edges:
        assert edge.why in said(edge.after)


def test_a_proposal_cites_its_law_and_what_is_vague_says_so() -> None:
    assert said("announce").startswith("ĐỀ XUẤT VIỆC")
    assert "72/2025/QH15" in said("announce")
    assert "CHƯA RÕ: văn bản chỉ ghi «theo quy định»" in said("report_up")


def test_tentative_extended_borrowed_and_tight_are_told() -> None:
    assert "dự kiến" in said("hold_meeting")
    assert "việc phức tạp" in said("issue_conclusion")
    assert "Chủ trì lấy từ: «Phòng Kinh tế»" in said("answer_issues")
    assert "22/04/2026" in said("distribute_forms")
    assert "không có ngày dự phòng" in said("distribute_forms")


def test_findings_stand_at_the_end_with_their_severity() -> None:
    assert len(REMARKS.foot) == 1 + len(DRAFT.findings)
    assert all(line.startswith("CẢNH BÁO: ") for line in REMARKS.foot[1:])
    assert remarks_of(DRAFT, "a.docx", "en").foot[1].startswith("WARNING")


@pytest.mark.parametrize(
    ("slack", "critical", "said"),
    [
        (-2, True, "thiếu 2 ngày"),
        (3, True, "dư 3 ngày"),
        (3, False, "dư 3 ngày"),
    ],
)
def test_play_is_told_as_play_and_its_lack_as_lack(slack: int, critical: bool, said: str) -> None:
    assert said in latest_words(LatestSafe("a", date(2026, 4, 22), slack, critical), "vi")
