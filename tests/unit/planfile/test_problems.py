"""What is refused in a plan file: by which sentence, and on which line."""

from __future__ import annotations

import pytest

from tests.unit.planfile.plans import PLAN, problems_of, spoilt, told
from workflow.language import sentence
from workflow.planfile import PlanFileErrors, parse_plan
from workflow.planfile.meaning import key_from

ONE_PASSAGE = [
    # what is replaced · by what · the problem · its line · words of its sentence
    ("owner: Ủy ban", "onwer: Ủy ban", "UnknownKeyNear", 11, "có phải là «owner»"),
    ("owner: Ủy ban", "phone: Ủy ban", "UnknownKey", 11, "các mục dùng được ở đây: key, kind, name"),
    ("month: 2026-05", "date: 2026-05", "UnknownKey", 6, "on, at, month, place"),
    ("steps:", "settings: {before: x}\nsteps:", "UnknownKeyNear", 7, "«before_date»"),
    ("name: Thu phiếu", "{x: 1, name: Thu, phân loại}", "SyntaxWrong", 11, "không đọc được"),
    ("month: 2026-05", "{month: 2026-05, place: Hội trường, tầng 2}", "CommaInText", 6, "dấu nháy kép"),
    ("kind: dialogue", "kind: dialog", "NotChoiceNear", 3, "có phải là «dialogue»"),
    ("kind: collect_forms", "kind: thu_phieu", "NotChoice", 9, "prepare, announce, distribute_forms"),
    ("kind: dialogue", "kind: [dialogue]", "NotText", 3, "một dòng chữ"),
    ("title: Đối thoại với giáo viên", "title:", "ValueMissing", 2, "mục «title» để trống"),
    ("title: Đối thoại với giáo viên", 'title: "  "', "ValueMissing", 2, "mục «title» để trống"),
    ("    name: Thu phiếu\n", "", "KeyMissing", 8, "thiếu mục «name»"),
    ("organization: UBND xã An Bình\n", "", "KeyMissing", 1, "thiếu mục «organization»"),
    ("doithoai: 1\n", "", "VersionMissing", None, "«doithoai: 1»"),
    ("doithoai: 1", "doithoai: 2", "VersionUnknown", 1, "không đọc được «2»"),
    ("month: 2026-05", "month: tháng năm", "NotMonth", 6, "2026-05"),
    ("month: 2026-05", "month: 2026-13", "NotMonth", 6, "2026-13"),
    ("month: 2026-05", "on: ngày mai", "NotDate", 6, "15/05/2026"),
    ("month: 2026-05", "on: 31/02/2026", "ImpossibleDate", 6, "không có ngày «31/02/2026»"),
    ("month: 2026-05", 'on: 15/5/2026\n  at: "25:00"', "NotClock", 7, "25:00"),
    ("month: 2026-05", "month: 2026-05\n  on: 15/5/2026", "MeetingDayAndMonth", 6, "chỉ giữ một trong hai"),
    ("month: 2026-05", "at: 8h00", "ClockWithoutDay", 6, "chưa có ngày họp"),
    ("  month: 2026-05", "  - 2026-05", "NotMapping", 5, "on, at, month, place"),
    ("steps:", "calendar: mars\nsteps:", "NotChoice", 7, "office, six_day"),
    ("steps:", "settings: {before_date: maybe}\nsteps:", "NotChoice", 7, "excluded, included"),
    ("evidence: [document]", "evidence: [photo]", "NotChoice", 25, "document, file"),
    ("evidence: [document]", "evidence: {document: 1}", "NotList", 25, "danh sách"),
    ("evidence: [document]", "in_meeting: maybe", "NotBoolean", 25, "«maybe»"),
    ("key: collect_forms", "key: Thu phiếu", "BadStepKey", 8, "«thu_phieu»"),
    ("key: collect_forms", "key: meeting", "ReservedStepKey", 8, "từ dành riêng"),
    ("key: issue_conclusion", "key: hold_meeting", "DuplicateStepKey", 18, "đã dùng ở dòng 13"),
    ("after: [collect_forms]", "after: [collect_form]", "UnknownPredecessorNear", 16, "có phải là «collect_forms»"),
    ("after: [collect_forms]", "after: [x9]", "UnknownPredecessor", 16, "collect_forms, hold_meeting"),
    ("trước ngày 24/4/2026", "trước ngày 31/02/2026", "WordingWrong", 12, "Không có ngày"),
    ("trước ngày 24/4/2026", "trước ngày 24/4", "WordingWrong", 12, "bước «collect_forms»"),
    ("trước ngày 24/4/2026", "(" * 40, "TooDeep", 12, "lồng nhau"),
    ("trước ngày 24/4/2026", "trước " * 100, "TextTooLong", 12, "500 ký tự"),
    ("name: Thu phiếu", "name: " + "A" * 2001, "TextTooLong", 10, "2000 ký tự"),
    ("trước ngày 24/4/2026", "khi nào xong thì xong", "WordingUnclear", 12, "cách viết đúng"),
    ("10 ngày làm việc sau hold_meeting", "10 ngày làm việc sau hold_meting", "UnknownEventNear", 23, "«hold_meeting»"),
    ("10 ngày làm việc sau hold_meeting", "10 ngày sau bế mạc", "UnknownEvent", 23, "hold_meeting, issue_conclusion, meeting"),
    ("10 ngày làm việc sau hold_meeting", "10 ngày sau issue_conclusion", "LimitFromItself", 23, "chính bước ấy"),
    ("    due: 10 ngày làm việc sau hold_meeting\n", "", "ExtendWithoutDue", 23, "thêm «due"),
    ("không quá 15 ngày làm việc sau hold_meeting", "không quá 5 ngày làm việc sau hold_meeting", "ExtendNotLonger", 24, "tổng thời gian"),
    ("không quá 15 ngày làm việc sau hold_meeting", "trước ngày 30/6/2026", "ExtendNotPeriod", 24, "cùng mốc"),
    ("không quá 15 ngày làm việc sau hold_meeting", "15 ngày làm việc sau collect_forms", "ExtendNotPeriod", 24, "cùng mốc"),
    ("    extend: không quá 15 ngày làm việc sau hold_meeting\n", "    extend_reasons: [phức tạp]\n", "ReasonsWithoutExtend", 24, "«extend: …»"),
    ("evidence: [document]", "quorum: hai phần ba", "NotShare", 25, "2/3 hoặc 50%"),
    ("evidence: [document]", "quorum: 0/3", "ImpossibleShare", 25, "lớn hơn 0"),
    ("evidence: [document]", "quorum: 2/0", "ImpossibleShare", 25, "«2/0»"),
    ("evidence: [document]", "quorum: 120%", "ImpossibleShare", 25, "không quá tất cả"),
    ("evidence: [document]", "majority: 100%", "MajorityOfAll", 25, "không bao giờ đạt được"),
    ("steps:", "template: Mẫu của tôi\nsteps:", "NotTemplate", 7, "dialogue@1"),
    ("title: Đối thoại với giáo viên", "title: Đối thoại: phần 1", "ColonInText", 2, "dấu hai chấm"),
    ("title: Đối thoại với giáo viên", 'title: "Đối thoại', "QuoteNotClosed", 2, "dấu nháy"),
    ("after: [collect_forms]", "after: [collect_forms", "BracketNotClosed", 16, "ngoặc"),
    ("  month: 2026-05", "\tmonth: 2026-05", "TabIndent", 6, "phím Tab"),
    ("title: Đối thoại với giáo viên", "title: *x", "AliasUsed", 2, "lặp lại"),
    ("title: Đối thoại với giáo viên", "title: !!python/name:os.system x", "ForeignTag", 2, "nhãn"),
    ("title: Đối thoại với giáo viên", "title: A\ntitle: B", "DuplicateKey", 3, "đã ghi ở dòng 2"),
    ("title: Đối thoại với giáo viên", "title: A\n? [a]\n: b", "KeyNotWord", 3, "một từ"),
    ("title: Đối thoại với giáo viên", "title: A\x07", "ControlCharacter", 2, "U+0007"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "problem", "line", "words"), ONE_PASSAGE)
def test_one_mistake_is_one_problem_with_its_line(
    old: str, new: str, problem: str, line: int | None, words: str
) -> None:
    text = spoilt(old, new)
    assert (problem, line) in told(text)
    (found,) = [each for each in problems_of(text) if type(each).__name__ == problem]
    assert words in str(found)
    assert str(found).startswith(f"Tệp «plan.yaml», dòng {line}: " if line else "Tệp «plan.yaml» ")


@pytest.mark.parametrize(("old", "new", "problem", "line", "words"), ONE_PASSAGE)
def test_a_sentence_ends_with_what_to_do(old: str, new: str, problem: str, line: int | None, words: str) -> None:
    found = problems_of(spoilt(old, new))[0]
    assert str(found).endswith((".", "?", ".)"))
    assert "{" not in str(found).replace("{document", "")


def test_the_right_plan_has_no_problem() -> None:
    assert told(PLAN) == []


def test_steps_that_wait_for_each_other_are_named_in_order() -> None:
    text = spoilt("    owner: Ủy ban MTTQ xã\n", "    after: [issue_conclusion]\n")
    (found,) = problems_of(text)
    assert told(text) == [("CyclicSteps", 11)]
    assert str(found).count("«Thu phiếu»") + str(found).count("«Hội nghị»") == 3


def test_a_step_that_waits_for_itself_is_a_circle() -> None:
    assert told(spoilt("after: [collect_forms]", "after: [hold_meeting]")) == [("CyclicSteps", 16)]


def test_limits_that_hang_on_each_other_are_refused() -> None:
    text = spoilt("trước ngày 24/4/2026", "3 ngày trước issue_conclusion")
    text = spoilt("10 ngày làm việc sau hold_meeting", "10 ngày sau collect_forms", text)
    text = spoilt("    extend: không quá 15 ngày làm việc sau hold_meeting\n", "", text)
    assert told(text) == [("CyclicLimits", 12)]


def test_all_problems_are_told_at_once_in_order_of_lines() -> None:
    text = spoilt("evidence: [document]", "evidence: [photo]")
    text = spoilt("after: [collect_forms]", "after: [collect]", text)
    text = spoilt("trước ngày 24/4/2026", "trước ngày 31/02/2026", text)
    text = spoilt("kind: dialogue", "kind: chat", text)
    assert told(text) == [("NotChoice", 3), ("WordingWrong", 12), ("UnknownPredecessorNear", 16), ("NotChoice", 25)]


def test_the_first_problem_gives_the_sentence_and_the_others_are_counted() -> None:
    with pytest.raises(PlanFileErrors) as refused:
        parse_plan(spoilt("name: Thu phiếu", "phone: 1"), "plan.yaml")
    first, *others = refused.value.problems
    assert len(others) == 1
    assert str(refused.value) == f"{first} (Tệp còn 1 lỗi khác.)"
    assert sentence(refused.value, "vi") == str(refused.value)


def test_a_misspelt_key_is_not_missing_too() -> None:
    assert told(spoilt("name: Thu phiếu", "nam: Thu phiếu")) == [("UnknownKeyNear", 10)]


def test_a_single_problem_speaks_for_itself() -> None:
    with pytest.raises(PlanFileErrors) as refused:
        parse_plan(spoilt("kind: dialogue", "kind: chat"), "plan.yaml")
    assert str(refused.value) == str(refused.value.problems[0])
    assert (refused.value.line, refused.value.fields["file"]) == (3, "plan.yaml")


def test_a_thousand_mistakes_are_told_as_a_hundred() -> None:
    steps = "".join(f"  - {{key: s{n}, kind: nonsense, name: A}}\n" for n in range(1000))
    assert len(told(PLAN.split("steps:")[0] + "steps:\n" + steps)) == 100


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "FileEmpty"),
        (" \n\n", "FileEmpty"),
        ("# chỉ có ghi chú\n", "FileEmpty"),
        ("null\n", "FileEmpty"),
        ("kế hoạch\n", "NotMapping"),
        ("- a\n- b\n", "NotMapping"),
        (PLAN + "---\n" + PLAN, "SeveralDocuments"),
        (PLAN.split("steps:")[0] + "steps: []\n", "NoSteps"),
        (
            PLAN.split("steps:")[0]
            + "steps:\n"
            + "".join(f"  - {{key: a{n}, kind: other, name: A}}\n" for n in range(1001)),
            "TooManySteps",
        ),
        (PLAN.split("steps:")[0] + "steps: {a: 1}\n", "NotList"),
        (PLAN.split("steps:")[0] + "steps:\n  - một bước\n", "NotMapping"),
        (PLAN.split("steps:")[0] + "steps:\n  -\n", "NotMapping"),
    ],
)
def test_a_text_that_is_no_plan_is_refused(text: str, problem: str) -> None:
    assert [name for name, _ in told(text)] == [problem]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Thu phiếu", "thu_phieu"),
        ("Đối thoại!", "doi_thoai"),
        ("2 việc", "step_2_viec"),
        ("???", "step"),
        ("a" * 99, "a" * 64),
    ],
)
def test_a_key_can_be_made_from_any_name(name: str, key: str) -> None:
    assert key_from(name) == key
