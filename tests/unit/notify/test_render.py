"""What a message says, in both languages, and that a template cannot be faulty in silence."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from tests.builders import at
from workflow.domain.ladder import DEFAULT_LADDER, Audience
from workflow.domain.verdict import Standing
from workflow.domain.zone import instant
from workflow.letter import Letter, Limit, Matter, Reminder
from workflow.notify.render import TEMPLATES, TemplateFaulty, check_templates, message_id, render
from workflow.notify.samples import sample_letters
from workflow.ports import Message

BY_NAME = {rung.name: rung for rung in DEFAULT_LADDER}
MONDAY = at("2026-05-11", "07:30")
LIMIT = Limit(date(2026, 5, 14), instant(date(2026, 5, 15)), date(2026, 5, 14), False, 3, 0)
PAST = Limit(date(2026, 5, 7), instant(date(2026, 5, 8)), date(2026, 5, 7), False, 0, 2)
MATTER = Matter(
    plan_id="xa-2026",
    plan_title="Đối thoại với giáo viên năm 2026",
    step="conclusion",
    name="Thông báo kết luận",
    owner="Văn phòng HĐND&UBND",
    standing=Standing.RUNNING_IN_TIME,
    limit=LIMIT,
    limit_to_come=False,
    waiting_for=(),
    needs_document=True,
    reminder=Reminder(BY_NAME["warn_3"], 0, MONDAY, stands_in=False),
)
OVERDUE = replace(
    MATTER,
    limit=PAST,
    standing=Standing.RUNNING_OVERDUE,
    reminder=Reminder(BY_NAME["overdue"], 0, MONDAY, stands_in=False),
)
LETTER = Letter(
    person_name="Nguyễn Thị Lan",
    address="lan@example.invalid",
    unit="Văn phòng HĐND&UBND",
    organization="UBND xã",
    role=Audience.OWNER,
    matters=(MATTER,),
    others=(),
    digest_on=None,
    undelivered=None,
    keys=("xa-2026/conclusion/1/warn_3/lan/email",),
    at=MONDAY,
)


def worded(letter: Letter = LETTER, **changes: object) -> Message:
    return render(replace(letter, **changes), base_url="https://doithoai.xa.gov.vn/")  # type: ignore[arg-type]


def about(matter: Matter, **changes: object) -> Message:
    return worded(matters=(replace(matter, **changes),))  # type: ignore[arg-type]


def test_a_warning_says_what_by_when_why_and_where() -> None:
    message = worded()
    assert message.subject == "[Còn 3 ngày làm việc] Thông báo kết luận – Đối thoại với giáo viên năm 2026"
    for said in (
        "Kính gửi ông/bà Nguyễn Thị Lan (Văn phòng HĐND&UBND),",
        "Kế hoạch: Đối thoại với giáo viên năm 2026",
        "Hạn: Thứ Năm, 14/05/2026 (đến hết ngày); còn 3 ngày làm việc",
        "Cần làm: làm xong trong hạn, rồi ghi nhận hoàn thành kèm số và ngày văn bản.",
        "https://doithoai.xa.gov.vn/plans/xa-2026#conclusion",
        "Vì sao ông/bà nhận thư này: ông/bà là cán bộ phụ trách của Văn phòng HĐND&UBND, đơn vị được giao việc này;",
        "; đây là thư nhắc trước hạn 3 ngày làm việc, mốc 07:30 11/05/2026.",
    ):
        assert said in message.text


def test_a_breach_says_by_how_many_working_days() -> None:
    message = about(OVERDUE)
    assert message.subject.startswith("[Quá hạn 2 ngày làm việc] ")
    assert "Hạn: Thứ Năm, 07/05/2026 (đến hết ngày); quá hạn 2 ngày làm việc" in message.text


def test_a_late_warning_tells_the_present_state_not_the_one_of_its_rung() -> None:
    message = about(OVERDUE, reminder=MATTER.reminder)
    assert message.subject.startswith("[Quá hạn 2 ngày làm việc] ")
    assert "nhắc trước hạn 3 ngày làm việc, mốc" in message.text


@pytest.mark.parametrize(
    ("due_on", "left", "said"),
    [
        (date(2026, 5, 11), 0, "hạn là hôm nay"),
        (date(2026, 5, 12), 0, "hôm nay là ngày làm việc cuối cùng trước hạn"),
        (date(2026, 5, 12), 1, "còn 1 ngày làm việc"),
    ],
)
def test_the_distance_to_the_limit_is_said_as_people_say_it(due_on: date, left: int, said: str) -> None:
    limit = replace(LIMIT, due_on=due_on, safe_on=due_on, due_at=instant(due_on + timedelta(1)), working_days_left=left)
    assert f"; {said}\n" in about(MATTER, limit=limit).text


def test_a_limit_that_ends_at_a_clock_time_says_so() -> None:
    limit = replace(LIMIT, due_at=instant(LIMIT.due_on, time(17)))
    assert "Hạn: Thứ Năm, 14/05/2026, trước 17:00; còn" in about(MATTER, limit=limit).text


def test_a_limit_on_a_day_of_rest_names_the_last_working_day() -> None:
    limit = replace(LIMIT, due_on=date(2026, 5, 17), due_at=instant(date(2026, 5, 18)), safe_on=date(2026, 5, 15))
    text = about(MATTER, limit=limit).text
    assert "Hạn: Chủ nhật, 17/05/2026" in text
    assert "Hạn rơi vào ngày nghỉ, nên cần xong chậm nhất Thứ Sáu, 15/05/2026." in text


def test_a_limit_on_provisional_days_says_that_it_may_change() -> None:
    assert "lịch nghỉ tạm tính" in about(MATTER, limit=replace(LIMIT, provisional=True)).text
    assert "tạm tính" not in worded().text


def test_a_step_that_is_not_open_says_what_it_waits_for() -> None:
    text = about(MATTER, standing=Standing.WAITING, waiting_for=("Hội nghị", "Biên bản")).text
    assert "việc này chưa mở được vì còn chờ: Hội nghị; Biên bản." in text


def test_a_limit_that_is_not_firm_is_never_given_as_a_date() -> None:
    opened = Reminder(BY_NAME["opened"], 0, MONDAY, stands_in=False)
    to_come = about(MATTER, limit=None, limit_to_come=True, reminder=opened)
    assert to_come.subject.startswith("[Việc mới, chưa có hạn chính thức] ")
    assert "Hạn: chưa có ngày chính thức, sẽ báo khi ấn định được" in to_come.text
    assert "Hạn: kế hoạch không ấn định hạn" in about(MATTER, limit=None, reminder=opened).text
    assert "dự kiến" not in to_come.text


@pytest.mark.parametrize(
    ("role", "rung", "ordinal", "why", "todo"),
    [
        (
            Audience.COORDINATOR,
            "overdue",
            0,
            "người điều phối của UBND xã; đây là thư báo quá hạn,",
            "liên hệ Văn phòng",
        ),
        (Audience.HEAD, "overdue_1", 0, "báo tiếp 1 ngày làm việc sau lần báo quá hạn đầu tiên,", "đôn đốc cán bộ"),
        (Audience.CHAIR, "overdue_3", 0, "người chủ trì của UBND xã; đây là thư báo tiếp 3 ngày", "chỉ đạo Văn phòng"),
        (Audience.SUPERVISOR, "overdue_3", 0, "được giao giám sát việc thực hiện", "theo dõi và nhắc Văn phòng"),
        (Audience.HEAD, "overdue_again", 2, "nhắc lại lần 3 vì việc quá hạn chưa xong, cứ 2 ngày", "đôn đốc cán bộ"),
    ],
)
def test_each_role_reads_why_and_what_to_do(role: Audience, rung: str, ordinal: int, why: str, todo: str) -> None:
    reminder = Reminder(BY_NAME[rung], ordinal, MONDAY, stands_in=False)
    text = worded(matters=(replace(OVERDUE, reminder=reminder),), role=role).text
    assert why in text
    assert f"Cần làm: {todo}" in text


def test_somebody_who_stands_in_is_asked_to_name_somebody() -> None:
    reminder = Reminder(BY_NAME["warn_3"], 0, MONDAY, stands_in=True)
    text = worded(matters=(replace(MATTER, reminder=reminder),), role=Audience.COORDINATOR).text
    assert "trong danh bạ chưa có người phụ trách việc này ở đơn vị được giao;" in text
    assert "Cần làm: phân công người thực hiện, bổ sung người đó vào danh bạ;" in text


def test_several_matters_make_one_numbered_letter() -> None:
    message = worded(matters=(OVERDUE, MATTER))
    assert message.subject == "Nhắc việc: 2 việc, 1 việc quá hạn – Đối thoại với giáo viên năm 2026"
    assert re.findall(r"^\d\. .*", message.text, re.MULTILINE) == [
        "1. Thông báo kết luận – quá hạn 2 ngày làm việc",
        "2. Thông báo kết luận – còn 3 ngày làm việc",
    ]


def test_a_digest_lists_what_is_owed_and_tells_coordinators_what_reached_nobody() -> None:
    digest = replace(LETTER, matters=(), others=(OVERDUE, MATTER), digest_on=date(2026, 5, 11), undelivered=4)
    message = worded(digest, role=Audience.COORDINATOR)
    assert message.subject == "Điểm việc ngày 11/05/2026: 2 việc, 1 việc quá hạn"
    assert "- Thông báo kết luận – quá hạn 2 ngày làm việc" in message.text
    assert "Có 4 thông báo không gửi được" in message.text
    assert "https://doithoai.xa.gov.vn/\n" in message.text


def test_english_says_the_same() -> None:
    message = render(replace(LETTER, matters=(OVERDUE,)), base_url="http://x", language="en")
    assert message.subject == "[2 working days overdue] Thông báo kết luận – Đối thoại với giáo viên năm 2026"
    assert "Due: Thursday, 07/05/2026 (end of the day); 2 working days overdue" in message.text


def test_names_from_plans_cannot_write_html_nor_break_a_line_of_the_header() -> None:
    message = about(MATTER, name="Họp <script>alert(1)</script>\r\nBcc: x@y", plan_title='"&"')
    assert message.html is not None
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html
    assert "\n" not in message.subject


def test_the_page_of_a_step_is_linked_whatever_its_id() -> None:
    assert "https://doithoai.xa.gov.vn/plans/a%2Fb%20c#k%23" in about(MATTER, plan_id="a/b c", step="k#").text


def test_the_html_names_every_matter_with_its_link() -> None:
    html = worded(matters=(OVERDUE, MATTER)).html or ""
    assert html.count('href="https://doithoai.xa.gov.vn/plans/xa-2026#conclusion"') == 2


def test_every_sentence_is_one_line_without_double_blanks_or_stray_marks() -> None:
    for letter in sample_letters():
        for language in ("vi", "en"):
            message = render(letter, base_url="http://x", language=language)
            for line in (message.subject, *message.text.splitlines()):
                assert not re.search(r"\S {2,}| [,.;:](?!\S)|\(\)|None|\.\.|;;|: *$(?<!:)", line), line


def test_the_same_notices_in_whatever_order_have_the_same_message_id_and_others_another() -> None:
    assert message_id(("a", "b"), "http://x") == message_id(("b", "a"), "http://x")
    assert message_id(("a", "b"), "http://x") != message_id(("a",), "http://x")


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://doithoai.haiphong.gov.vn:8443/x", "doithoai.haiphong.gov.vn"),
        ("http://127.0.0.1:8000", "doithoai.local"),
        ("http://[::1]:8000", "doithoai.local"),
        ("http://localhost:8000", "doithoai.local"),
        ("http://đối.thoại.vn", "doithoai.local"),
        ("", "doithoai.local"),
    ],
)
def test_a_message_id_is_a_dot_atom_on_the_pages_host_where_it_has_a_name(base_url: str, host: str) -> None:
    found = message_id(("xã/bước/1/warn_3/người/email",), base_url)
    assert re.fullmatch(rf"<[0-9a-f]{{40}}@{re.escape(host)}>", found)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("m.limit.working_days_late", "m.limit.late_days", "late_days"),
        ("{% macro todo(m) %}", "{% macro todo(m %}", "words.j2, dòng"),
        ("{% macro footer() %}", "{% macro ending() %}", "footer"),
    ],
)
def test_a_faulty_template_is_found_at_start_up_in_whatever_language(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    check_templates(templates)
    words = templates / "en" / "words.j2"
    words.write_text(words.read_text("utf-8").replace(right, wrong), "utf-8")
    broken = Path(shutil.copytree(templates, tmp_path / "broken"))
    with pytest.raises(TemplateFaulty, match=re.escape(said)):
        check_templates(broken)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    (templates / "vi" / "letter.html.j2").unlink()
    with pytest.raises(TemplateFaulty, match=r"thiếu tệp letter\.html\.j2"):
        check_templates(templates)
