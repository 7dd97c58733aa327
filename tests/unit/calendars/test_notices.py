"""Notices: what a file says, and every refusal with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calendars import vietnam_office
from calendars.consistency import check_notice, problems_of
from calendars.day_table import FIVE_DAY_WEEK
from calendars.decisions import PROBLEMS, Notice, NoticeError, Problem, Swap
from calendars.layers import calendar_named, changed_days
from calendars.notice_reader import packaged_notices, parse_notice, read_notice
from calendars.vietnam import official_calendar

HEAD = """\
form = "Công văn"
number = "99/VPCP-KGVX"
issued_on = 2027-10-01
issuer = "Văn phòng Chính phủ"
settles = "Thử"
sources = ["Công báo"]
"""

NEXT_YEAR = """\
form = "Công văn"
number = "1/VPCP-KGVX"
issuer = "Văn phòng Chính phủ"
issued_on = 2027-10-01
settles = "Tết Âm lịch và Quốc khánh năm 2028"
sources = ["Công báo"]
hung_kings = [2028-04-04]
beside_national_day = 2028-09-01

[tet]
first = 2028-01-25
last = 2028-01-29
new_year = 2028-01-26
eve = 30

[[swap]]
off = 2028-08-31
worked = 2028-08-26
"""


def faults(body: str, head: str = HEAD) -> list[tuple[int, str]]:
    """(line, code) of everything wrong with a text, by itself or beside the packaged notices; the head has 6 lines."""
    try:
        notice = parse_notice(head + body, "thu.toml")
    except NoticeError as error:
        return [(problem.line, problem.code) for problem in error.problems]
    found = problems_of([*packaged_notices(), notice])
    return [(problem.line, problem.code) for problem in found if problem.file == "thu.toml"]


def test_a_good_notice_has_no_fault() -> None:
    assert faults(NEXT_YEAR, head="") == []


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("a = [", 7, "syntax"),
        ("worked = 2028-08-26", 7, "unknown_key"),
        ("approval = 5", 7, "wrong_type"),
        ('valid_from = "2027-10-01"', 7, "wrong_type"),
        ("valid_from = 2027-10-01T08:00:00", 7, "wrong_type"),
        ("also = [1]", 7, "wrong_type"),
        ('kind = "guess"', 7, "wrong_type"),
        ("provisional = 1", 7, "wrong_type"),
        ("tet = 5", 7, "wrong_type"),
        ("swap = 5", 7, "wrong_type"),
        ("[[fixed]]\nmonth = 2\nday = 30\nname = 'x'", 9, "wrong_type"),
        ("[[fixed]]\nmonth = 2", 7, "missing"),
        ("\n[tet]\nfirst = 2028-01-25\nlast = 2028-01-29\nnew_year = 2028-01-26", 8, "missing"),
        ("[tet]\nfirst = 2028-01-25\nlast = 2028-01-29\nnew_year = 2028-01-26\neve = 28", 11, "wrong_type"),
        ("[tet]\nfirst = 2028-01-26\nlast = 2028-01-30\nnew_year = 2028-01-26\neve = 30", 8, "tet_order"),
        ("[tet]\nfirst = 2028-01-25\nlast = 2028-01-28\nnew_year = 2028-01-26\neve = 30", 7, "tet_length"),
        ("[[swap]]\noff = 2028-08-31", 7, "half_pair"),
        ("[[swap]]\noff = 2028-08-31\nworked = 2028-08-26\n\n[[swap]]\nworked = 2028-08-26", 11, "half_pair"),
        ("[[compensation]]\nholiday = 2028-08-31", 7, "half_pair"),
        ("[[rejected]]\nworked = 2028-08-31", 7, "half_pair"),
        ("[[swap]]\noff = 2028-08-31\nworked = 2028-08-26\nwhy = 1", 10, "unknown_key"),
        ("[[swap]]\noff = 2028-08-31\nworked = 2028-08-25", 7, "worked_is_no_rest"),
        ("[[swap]]\noff = 2028-08-26\nworked = 2028-08-27", 7, "off_is_rest"),
        ("[[swap]]\noff = 2026-02-18\nworked = 2026-02-28", 7, "off_is_holiday"),
        ("[[swap]]\noff = 2027-02-11\nworked = 2027-02-06", 7, "worked_is_holiday"),
        ("[[swap]]\noff = 2028-08-31\nworked = 2027-08-28", 7, "far_pair"),
        ("[[swap]]\noff = 2206-08-29\nworked = 2206-08-30", 7, "far_date"),
        ("[tet]\nfirst = 2028-06-25\nlast = 2028-06-29\nnew_year = 2028-06-26\neve = 30", 7, "far_tet"),
        ("hung_kings = [2028-12-25]", 7, "far_kings"),
        ("[[swap]]\noff = 2026-04-27\nworked = 2026-04-25", 7, "off_is_compensatory"),
        ("[[swap]]\noff = 2028-01-03\nworked = 2028-01-08", 7, "off_is_compensatory"),
        ("[[swap]]\noff = 2028-01-26\nworked = 2028-02-12", 7, "off_is_holiday"),
        ("[[compensation]]\noff = 2028-07-04\nholiday = 2028-09-02", 7, "far_compensation"),
        ("[[compensation]]\noff = 2028-09-01\nholiday = 2028-09-02", 7, "far_compensation"),
        ("[[compensation]]\noff = 2028-09-13\nholiday = 2028-09-02", 7, "far_compensation"),
        ("[[compensation]]\noff = 2026-05-11\nholiday = 2026-05-09", 7, "no_holiday"),
        ("[[compensation]]\noff = 2026-05-04\nholiday = 2026-05-01", 7, "holiday_no_rest"),
        ("beside_national_day = 2028-09-04", 7, "not_beside"),
        ('replaces = ["0/KHONG"]', 0, "replaces_unknown"),
    ],
)
def test_a_fault_is_refused_with_its_line(body: str, line: int, code: str) -> None:
    assert (line, code) in faults(body)


@pytest.mark.parametrize(
    "body",
    [
        "[tet]\nfirst = 2028-01-25\nlast = 2028-01-29\nnew_year = 2028-01-27\neve = 30",  # the moon is near midnight
        "hung_kings = [2028-04-05]",
        "[[compensation]]\noff = 2028-09-04\nholiday = 2028-09-02",
        "[[swap]]\noff = 2028-08-31\nworked = 2028-08-26",
        "[[swap]]\noff = 2028-09-01\nworked = 2028-08-26",  # the day beside 02/9 is not decided yet
    ],
)
def test_what_may_be_decided_is_accepted(body: str) -> None:
    assert faults(body) == []


@pytest.mark.parametrize("key", ["form", "issuer", "settles", "number", "issued_on", "sources"])
def test_a_notice_without_its_head_is_refused(key: str) -> None:
    lines = [line for line in HEAD.splitlines() if not line.startswith(key)]
    assert faults("", "\n".join(lines)) == [(0, "missing")]


def test_a_draft_needs_no_number_and_a_second_hand_one_no_date() -> None:
    draft = [line for line in HEAD.splitlines() if not line.startswith(("number", "issued_on"))]
    assert faults("", "\n".join(["provisional = true", *draft])) == []
    undated = [line for line in HEAD.splitlines() if not line.startswith("issued_on")]
    assert faults("", "\n".join(['confidence = "secondary"', *undated])) == []


def test_a_decision_with_an_empty_list_of_sources_is_refused() -> None:
    assert faults("", HEAD.replace('["Công báo"]', "[]")) == [(6, "missing")]
    assert faults("", HEAD.replace('["Công báo"]', '[""]')) == [(6, "missing")]


@pytest.mark.parametrize(
    ("body", "other"),
    [
        ("beside_national_day = 2026-09-03", "2026-cong-van-9859.toml"),
        ("hung_kings = [2026-04-27]", "0001-bo-luat-lao-dong-2019.toml"),
        ("[[swap]]\noff = 2026-01-02\nworked = 2026-01-17", "2026-cong-van-12729.toml"),
        ("[[swap]]\noff = 2026-01-09\nworked = 2026-01-10", "2026-cong-van-12729.toml"),
        ("[[compensation]]\noff = 2027-05-04\nholiday = 2027-05-01\n[[compensation]]\noff = 2027-05-03\nholiday = 2027-05-01", "thu.toml"),
        ("[tet]\nfirst = 2026-02-15\nlast = 2026-02-19\nnew_year = 2026-02-17\neve = 29", "2026-cong-van-9859.toml"),
    ],
)  # fmt: skip
def test_two_notices_that_disagree_are_refused_and_the_other_is_named(body: str, other: str) -> None:
    found = problems_of([*packaged_notices(), parse_notice(HEAD + body, "thu.toml")])
    assert [problem.code for problem in found if problem.file == "thu.toml" and problem.line] == ["disagrees"]
    assert f"trái với {other}, dòng" in str(found[0])


def test_a_day_cannot_be_off_by_one_pair_and_worked_by_another() -> None:
    body = "[[swap]]\noff = 2028-08-31\nworked = 2028-08-26\n[[compensation]]\noff = 2028-08-26\nholiday = 2028-09-02"
    assert (10, "used_twice") in faults(body)


def test_a_swap_that_another_notice_rejected_is_refused() -> None:
    assert faults("[[swap]]\noff = 2026-11-23\nworked = 2026-11-28") == [(7, "rejected_elsewhere")]


def test_the_same_decision_passed_on_by_a_second_paper_is_no_disagreement() -> None:
    assert faults("[[swap]]\noff = 2026-01-02\nworked = 2026-01-10") == []


def test_a_refusal_is_a_sentence_with_file_line_and_date() -> None:
    with pytest.raises(NoticeError) as caught:
        parse_notice(HEAD + "[[swap]]\noff = 2028-08-31", "thu.toml")
    assert str(caught.value) == "thu.toml, dòng 7: cặp này thiếu ngày «worked»; mỗi cặp phải có đủ cả hai ngày."
    (problem,) = problems_of(
        [*packaged_notices(), parse_notice(HEAD + "[[swap]]\noff = 2028-08-31\nworked = 2028-08-25", "thu.toml")]
    )
    assert "thứ Sáu 25/08/2028 vốn là ngày làm việc" in str(problem)


def test_every_kind_of_problem_can_be_filled_from_its_values() -> None:
    names = dict.fromkeys(
        ("key", "needed", "detail", "days", "granted", "on", "other", "name", "subject", "theirs", "ours", "number"),
        "x",
    )
    assert all(Problem.at("f", 1, code, **names).message for code in PROBLEMS)


def test_check_notice_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "2028.toml"
    path.write_text("\ufeff" + NEXT_YEAR, encoding="utf-8")  # as Notepad saves it
    assert check_notice(path) == []
    path.write_text(NEXT_YEAR.replace("worked = 2028-08-26", ""), encoding="utf-8")
    assert [problem.code for problem in check_notice(path)] == ["half_pair"]


def test_check_notice_tells_what_cannot_be_read(tmp_path: Path) -> None:
    assert [problem.code for problem in check_notice(tmp_path / "none.toml")] == ["unreadable"]
    path = tmp_path / "bad.toml"
    path.write_bytes('settles = "Nghỉ"'.encode("utf-16"))
    assert [problem.code for problem in check_notice(path)] == ["unreadable"]
    path.write_text("#" * 200_000, encoding="utf-8")
    assert [problem.code for problem in check_notice(path)] == ["too_large"]
    path.write_text("a = " + "[" * 5000, encoding="utf-8")
    assert [problem.code for problem in check_notice(path)] == ["syntax"]


def test_a_copy_of_a_packaged_notice_is_checked_in_its_place(tmp_path: Path) -> None:
    for notice in packaged_notices():
        packaged = Path(__file__).parents[3] / "calendars" / "notices" / notice.file
        copy = tmp_path / notice.file
        copy.write_text(packaged.read_text(encoding="utf-8"), encoding="utf-8")
        assert check_notice(copy) == []


def test_next_years_notice_settles_next_year() -> None:
    adopted = calendar_named("office", (parse_notice(NEXT_YEAR, "2028.toml"),))
    assert adopted.settled_until == date(2028, 12, 31)
    assert adopted.newest_notice_on == date(2027, 10, 1)
    assert adopted.version != vietnam_office().version
    assert not adopted.is_provisional(date(2028, 1, 26))
    assert adopted.explain(date(2028, 8, 26)).source == "Công văn 1/VPCP-KGVX ngày 01/10/2027"


def test_adopting_shows_the_days_that_change() -> None:
    adopted = calendar_named("office", (parse_notice(NEXT_YEAR, "2028.toml"),))
    changes = [(after.date, before.working, after.working) for before, after in changed_days(vietnam_office(), adopted)]
    assert changes == [(date(2028, 8, 26), False, True), (date(2028, 8, 31), True, False)]


def test_a_swap_alone_in_a_year_not_yet_settled_counts_and_the_rest_stays_provisional() -> None:
    swap = parse_notice(HEAD + "[[swap]]\noff = 2028-08-31\nworked = 2028-08-26", "thu.toml")
    calendar = calendar_named("office", (swap,))
    assert calendar.settled_until == date(2027, 12, 31)
    assert calendar.is_working(date(2028, 8, 26))
    assert not calendar.is_provisional(date(2028, 8, 26))
    assert calendar.is_provisional(date(2028, 8, 25))


def test_a_year_after_a_gap_does_not_move_what_is_settled() -> None:
    later = NEXT_YEAR.replace("2028-04-04", "2029-04-23").replace("2028-09-01", "2029-09-03").split("[[swap]]")[0]
    later = (
        later.replace("2028-01-25", "2029-02-12")
        .replace("2028-01-29", "2029-02-16")
        .replace("2028-01-26", "2029-02-13")
    )
    calendar = calendar_named("office", (parse_notice(later, "2029.toml"),))
    assert (calendar.covered_since, calendar.settled_until) == (date(2015, 1, 1), date(2027, 12, 31))
    assert not calendar.is_provisional(date(2029, 2, 13))


def test_a_provisional_notice_gives_provisional_days() -> None:
    draft = parse_notice("provisional = true\n" + NEXT_YEAR, "2028.toml")
    day = calendar_named("office", (draft,)).explain(date(2028, 8, 26))
    assert (day.kind, day.provisional) == ("swap_work", True)


def test_a_notice_may_replace_an_earlier_one_by_its_number() -> None:
    body = 'replaces = ["12729/VPCP-KGVX"]\n[[swap]]\noff = 2026-01-02\nworked = 2026-01-17'
    calendar = calendar_named("office", (parse_notice(HEAD + body, "thu.toml"),))
    assert [calendar.is_working(date(2026, 1, day)) for day in (2, 10, 17)] == [False, False, True]


def test_notices_that_disagree_make_no_calendar() -> None:
    wrong = parse_notice(HEAD + "[[swap]]\noff = 2026-01-02\nworked = 2026-01-17", "thu.toml")
    with pytest.raises(NoticeError, match=r"thu\.toml, dòng 7"):
        official_calendar("office", FIVE_DAY_WEEK, (*packaged_notices(), wrong))


def test_the_example_of_the_guide_is_a_good_notice(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "how-to" / "add-a-decision.md").read_text(encoding="utf-8")
    path = tmp_path / "2028-cong-van-1234.toml"
    path.write_text(guide.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert check_notice(path) == []
    path.write_text(path.read_text(encoding="utf-8").replace("worked = 2028-08-26", ""), encoding="utf-8")
    assert str(check_notice(path)[0]) in guide


def test_every_decision_says_who_issued_it_and_what_it_settles() -> None:
    notices = packaged_notices()
    assert all(notice.issuer and notice.settles and notice.number for notice in notices)
    assert all(notice.sources for notice in notices if notice.kind == "decision")


def test_a_title_cites_form_number_date_and_approval() -> None:
    first = next(notice for notice in packaged_notices() if notice.number == "89/TTr-LĐTBXH")
    expected = "Tờ trình 89/TTr-LĐTBXH ngày 20/11/2014 (Thủ tướng Chính phủ phê duyệt ngày 01/12/2014)"
    assert first.title == expected


def test_pairs_are_equal_wherever_they_stand() -> None:
    assert Swap(date(2026, 1, 2), date(2026, 1, 10), line=3) == Swap(date(2026, 1, 2), date(2026, 1, 10), line=9)


def test_read_notice_names_the_file_by_its_name_alone(tmp_path: Path) -> None:
    path = tmp_path / "2028.toml"
    path.write_text(NEXT_YEAR, encoding="utf-8")
    notice: Notice = read_notice(path)
    assert notice.file == "2028.toml"
