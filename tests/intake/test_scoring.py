"""The scorer: a perfect reading scores 1 everywhere, and each kind of fault lowers the number that is its own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.intake.labels import Labels
from tests.intake.scoring import Score, score

TEXT = """Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026.
Phòng Nội vụ thu phiếu và tổng hợp ý kiến trước ngày 10/3/2026.
Phòng Nội vụ: hoàn thành việc thu phiếu, tổng hợp trước ngày 10/3/2026.
Văn phòng gửi giấy mời đại biểu dự hội nghị.
Thời gian: 8h00 ngày 20/3/2026 (thứ Sáu).
Chủ tịch trả lời trực tiếp tại hội nghị.
Chậm nhất 05 ngày làm việc sau hội nghị, Văn phòng ban hành thông báo kết luận; nếu phức tạp thì không quá 07 ngày làm việc.
Đồng thời gửi thông báo đến người nêu kiến nghị để biết.
Các phòng báo cáo kết quả theo quy định.
"""
LINES = [line for line in TEXT.splitlines() if line]


def _span(line: int) -> list[int]:
    start = TEXT.index(LINES[line])
    return [start, start + len(LINES[line])]


def _step(
    line: int, kind: str, owner: str | None, deadline: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "text": LINES[line],
        "step_kind": kind,
        "owner": owner,
        "deadline": deadline,
        "span": _span(line),
        **more,
    }


def _limit(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "date": None, "n": None, "unit": None, "anchor": None, "extension": None, **more}


COLLECT = _limit("before_date", date="2026-03-10")
CONCLUDE = _limit(
    "within_days_after",
    n=5,
    unit="working_day",
    anchor="hội nghị",
    extension={"n": 7, "unit": "working_day", "anchor": "hội nghị"},
)
LABELS: dict[str, Any] = {
    "kind": "dialogue",
    "issuer": "UBND xã Tân Lập",
    "issue_date": "2026-02",
    "steps": [
        _step(4, "hold_meeting", None, _limit("on_date", date="2026-03-20"), owner_alternatives=["UBND xã"]),
        _step(1, "collect_forms", "Phòng Nội vụ", COLLECT, alt_kinds=["classify_issues"], same_as="D1"),
        _step(2, "collect_forms", "Phòng Nội vụ", COLLECT, same_as="D1"),
        _step(3, "invite", "Văn phòng HĐND&UBND"),
        _step(5, "answer_issues", "Chủ tịch", in_meeting=True),
        _step(6, "issue_conclusion", "Văn phòng", CONCLUDE),
        _step(7, "announce", "Văn phòng", {**CONCLUDE, "extension": None, "inherited_from": "Đồng thời"}),
        _step(8, "report_up", "Các phòng", deadline_ref="theo quy định"),
    ],
    "non_deadline_time_expressions": [{"text": "ngày 05/01/2026", "why": "legal basis"}],
    "expected_edges": [[1, 0], [3, 0], [0, 5], [5, 7], [4, 5]],
    "expected_findings": ["missing_date", {"code": "unresolved_reference", "steps": [7]}],
    "forbidden_findings": [{"code": "weekday_mismatch", "steps": [0]}],
}


def _read_step(key: str, *lines: int, after: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    sources = [{"start": _span(line)[0], "end": _span(line)[1], "text": LINES[line]} for line in lines]
    return {"key": key, "name": key, "after": [*after], "in_meeting": False, "sources": sources, **more}


def _finding(code: str, *steps: str) -> dict[str, Any]:
    return {"code": code, "severity": "warning", "message": code, "steps": [*steps], "source": None}


PERFECT: dict[str, Any] = {
    "kind": "dialogue",
    "organization": "Ủy ban nhân dân xã Tân Lập",
    "issued_on": None,
    "steps": [
        _read_step("collect", 1, 2, kind="collect_forms", owner="phòng Nội vụ", deadline=COLLECT),
        _read_step("invite", 3, kind="invite", owner="Văn phòng HĐND và UBND", deadline=None),
        _read_step(
            "meet",
            4,
            kind="hold_meeting",
            owner=None,
            deadline=LABELS["steps"][0]["deadline"],
            after=("collect", "invite"),
        ),
        _read_step("reply", 5, kind="answer_issues", owner="Chủ tịch", deadline=None),
        _read_step("conclude", 6, kind="issue_conclusion", owner="Văn phòng", deadline=CONCLUDE, after=("meet",)),
        _read_step("tell", 7, kind="announce", owner="Văn phòng", deadline=None, after=("conclude",)),
        _read_step("report", 8, kind="report_up", owner="Các phòng", deadline=None, after=("tell",)),
    ],
    "findings": [_finding("missing_date"), _finding("unresolved_reference", "report")],
}


def _scored(change: Callable[[dict[str, Any]], object] | None = None) -> Score:
    read = copy.deepcopy(PERFECT)
    if change is not None:
        change(read)
    return score(Labels.of("test", TEXT, LABELS, exact=True), read)


def _named(read: dict[str, Any], key: str) -> dict[str, Any]:
    step: dict[str, Any] = next(step for step in read["steps"] if step["key"] == key)
    return step


def _set(key: str, name: str, value: Any) -> Callable[[dict[str, Any]], object]:
    return lambda read: _named(read, key).update({name: value})


def test_a_perfect_reading_scores_one_everywhere() -> None:
    scored = _scored()
    assert scored.misses == ()
    shares = [
        scored.recall,
        scored.precision,
        scored.owners,
        scored.kinds,
        scored.undated,
        scored.edges,
        scored.findings,
    ]
    assert [ratio.share for ratio in shares] == [1.0] * 7
    assert (scored.f1, scored.facts.share) == (1.0, 1.0)
    assert (scored.traps, scored.doubled, scored.reversed_edges, scored.alarms) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "limit",
    [
        {**COLLECT, "date": "2026-03-11"},
        {**COLLECT, "type": "by_date"},
        _limit("within_days_after", n=5, unit="working_day", anchor="hội nghị"),
    ],
)
def test_a_wrong_limit_is_missed_and_invented(limit: dict[str, Any]) -> None:
    scored = _scored(_set("collect", "deadline", limit))
    assert (scored.recall.right, scored.recall.of) == (2, 3)
    assert (scored.precision.right, scored.precision.of) == (2, 3)
    assert scored.traps == 0


@pytest.mark.parametrize(
    "limit",
    [
        {**CONCLUDE, "n": 6},
        {**CONCLUDE, "unit": "calendar_day"},
        {**CONCLUDE, "anchor": "ngày nhận đơn"},
        {**CONCLUDE, "anchor": None},
        {**CONCLUDE, "extension": None},
        {**CONCLUDE, "extension": {"n": 12, "unit": "working_day"}},
    ],
)
def test_number_unit_event_and_extension_count(limit: dict[str, Any]) -> None:
    assert _scored(_set("conclude", "deadline", limit)).recall.right == 2


def test_an_event_may_be_named_otherwise() -> None:
    limit = {**CONCLUDE, "anchor": "ngày kết thúc buổi đối thoại"}
    assert _scored(_set("conclude", "deadline", limit)).f1 == 1.0


def test_a_missing_limit_lowers_recall_only() -> None:
    scored = _scored(_set("collect", "deadline", None))
    assert (scored.recall.right, scored.precision.share) == (2, 1.0)


def test_an_inherited_limit_is_right_if_found_and_no_fault_if_left_out() -> None:
    scored = _scored(_set("tell", "deadline", CONCLUDE))
    assert (scored.recall.right, scored.recall.of, scored.precision.share) == (4, 4, 1.0)
    wrong = _scored(_set("tell", "deadline", {**CONCLUDE, "n": 9}))
    assert (wrong.recall.share, wrong.precision.of - wrong.precision.right) == (1.0, 1)


@pytest.mark.parametrize("key", ["invite", "report"])
def test_a_limit_where_none_is_labelled_lowers_precision(key: str) -> None:
    scored = _scored(_set(key, "deadline", COLLECT))
    assert (scored.recall.share, scored.precision.right, scored.precision.of) == (1.0, 3, 4)


def test_a_date_of_the_legal_basis_is_a_trap_and_precision_suffers() -> None:
    trap = _read_step("trap", 0, kind="other", owner=None, deadline=_limit("on_date", date="2026-01-05"))
    scored = _scored(lambda read: read["steps"].append(trap))
    assert (scored.traps, scored.precision.of - scored.precision.right) == (1, 1)


def test_a_trap_is_known_by_the_words_of_the_limit_where_the_reading_tells_them() -> None:
    limit = _limit("by_date", date="2020-02-02", wording="ngày 05/01/2026")
    scored = _scored(lambda read: read["steps"].append(_read_step("x", 0, kind="other", owner=None, deadline=limit)))
    assert scored.traps == 1


def test_a_proposal_without_words_of_the_document_is_not_scored() -> None:
    proposed = _read_step("law", kind="announce", owner=None, deadline=COLLECT)
    assert _scored(lambda read: read["steps"].append(proposed)).f1 == 1.0


@pytest.mark.parametrize("owner", ["Phòng Tài chính", "Chủ tịch Phòng Nội vụ và Đoàn Thanh niên xã", None])
def test_a_wrong_owner(owner: str | None) -> None:
    scored = _scored(_set("collect", "owner", owner))
    assert scored.owners.right == scored.owners.of - 1


def test_an_owner_may_be_blank_only_where_the_labels_allow_it() -> None:
    assert _scored(_set("meet", "owner", "UBND xã")).owners.share == 1.0
    assert _scored(_set("meet", "owner", "Phòng Nội vụ")).owners.share < 1.0


def test_kinds_accept_what_the_labels_name() -> None:
    assert _scored(_set("collect", "kind", "classify_issues")).kinds.share == 1.0
    scored = _scored(_set("collect", "kind", "supervise"))
    assert scored.kinds.right == scored.kinds.of - 1


def test_an_undated_duty_that_is_not_found() -> None:
    scored = _scored(lambda read: read["steps"].remove(_named(read, "invite")))
    assert (scored.undated.right, scored.undated.of) == (2, 3)
    assert scored.edges.right == scored.edges.of - 1


def test_one_step_over_the_whole_text_finds_one_duty_only() -> None:
    read = copy.deepcopy(PERFECT)
    whole = {"start": 0, "end": len(TEXT), "text": TEXT}
    read["steps"] = [{**read["steps"][0], "sources": [whole]}]
    scored = score(Labels.of("test", TEXT, LABELS, exact=True), read)
    assert scored.owners.of == 1


def test_the_same_duty_read_as_two_steps_is_found_and_told() -> None:
    def split(read: dict[str, Any]) -> None:
        collect = _named(read, "collect")
        again = {**copy.deepcopy(collect), "key": "again", "sources": [collect["sources"].pop()]}
        read["steps"].append(again)

    scored = _scored(split)
    assert (scored.f1, scored.doubled, scored.edges.share) == (1.0, 1, 1.0)


def test_one_of_two_statements_found_is_the_duty_found() -> None:
    scored = _scored(lambda read: _named(read, "collect")["sources"].pop(0))
    assert (scored.f1, scored.edges.share) == (1.0, 1.0)


def test_order_is_reachability() -> None:
    missing = _scored(_set("conclude", "after", []))
    assert (missing.edges.right, missing.edges.of) == (3, 5)
    turned = _scored(lambda read: (_set("meet", "after", [])(read), _set("invite", "after", ["meet"])(read)))
    assert turned.reversed_edges == 1


def test_findings_are_looked_for_at_their_steps() -> None:
    assert _scored(lambda read: read["findings"].pop()).findings.share == 0.5
    elsewhere = _scored(lambda read: read["findings"][1].update(steps=["invite"]))
    assert elsewhere.findings.share == 0.5


def test_a_false_alarm_is_told() -> None:
    alarm = _finding("weekday_mismatch", "meet")
    assert _scored(lambda read: read["findings"].append(alarm)).alarms == 1


def test_facts_of_the_whole_document() -> None:
    assert _scored(lambda read: read.update(kind="union")).facts.right == 2
    assert _scored(lambda read: read.update(issued_on="2026-02-01")).facts.right == 2


def test_words_of_another_layout_are_found_again() -> None:
    read = copy.deepcopy(PERFECT)
    for step in read["steps"]:
        for source in step["sources"]:
            source["start"], source["end"] = source["start"] + 40, source["end"] + 40
            source["text"] = f"1. {source['text'].upper()} |"
    scored = score(Labels.of("test", TEXT, LABELS, exact=False), read)
    assert scored.misses == ()
