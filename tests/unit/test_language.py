"""What reaches people in another language: sentences with their fields, and texts that were made of parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from calendars import OwnDay, calendar_named, vietnam_office, vietnam_six_day, with_closures
from calendars.consistency import check_notice
from calendars.decisions import PROBLEMS, NoticeError, Problem
from calendars.layers import UnknownCalendar
from calendars.office_hours import parse_hours
from calendars.rules import Moment, Readings, due, events_of
from calendars.wording import parse
from calendars.working_calendar import CalendarError
from workflow.domain.errors import PlanNotRunning, StepUnknown
from workflow.domain.lint import lint
from workflow.domain.zone import ZONE
from workflow.language import (
    Catalogue,
    finding_sentence,
    problem_message,
    problem_sentence,
    retell,
    reworded,
    sentence,
    translate,
)
from workflow.phrases import PHRASES, phrases_of
from workflow.planfile import parse_plan, read_plan
from workflow.planfile.report import PlanFileErrors

EXAMPLES = Path(__file__).parents[2] / "examples"
MEETING = "hop"
QUOTED = re.compile("«[^»]*»")


def is_english(text: str) -> bool:
    """Whether no letter of Vietnamese's own stands in a text."""
    return all(letter.isascii() or not letter.isalpha() for letter in text)


def complaint(doing: Callable[[], object]) -> CalendarError:
    """The error that something ends in."""
    with pytest.raises(CalendarError) as caught:
        doing()
    return caught.value


# ── texts and errors ──────────────────────────────────────────────────────────────────────────────────────────


def test_vietnamese_is_the_source_and_a_text_without_a_translation_stays() -> None:
    assert translate("Quốc khánh", "vi") == "Quốc khánh"
    assert translate("Quốc khánh", "en") == "National Day"
    assert translate("Lễ hội làng", "en") == "Lễ hội làng"
    assert translate("", "en") == ""


def test_a_number_chooses_its_form_and_a_text_without_forms_stays() -> None:
    steps = Catalogue({"{n} bước": ("{n} step", "{n} steps"), "trống": ("",), "còn": ("", "")})
    assert [steps.ngettext("{n} bước", "{n} bước", n) for n in (0, 1, 2)] == ["{n} steps", "{n} step", "{n} steps"]
    assert [steps.ngettext(text, text, 2) for text in ("lạ", "còn")] == ["lạ", "còn"]
    assert [steps.gettext(text) for text in ("lạ", "trống")] == ["lạ", "trống"]


def test_an_error_is_told_with_its_words_translated_and_its_names_left_alone() -> None:
    ended = PlanNotRunning(plan="Hội nghị", status="đã hủy")
    assert sentence(ended, "vi") == str(ended)
    assert sentence(ended, "en") == "The plan «Hội nghị» is cancelled, so it takes no more changes."
    assert "«Quốc khánh»" in sentence(StepUnknown(step="Quốc khánh", known="a, b"), "en")


def test_the_errors_of_a_plan_file_are_told_to_their_last_field() -> None:
    text = "doithoai: 1\ntitle: A\nkind: dialogue\norganization: B\nsteps:\n"
    with pytest.raises(PlanFileErrors) as caught:
        parse_plan(text + "  - {key: a, kind: other, name: A, due: mười gì đó}\n  - {key: a, kind: x}\n", "a.yaml")
    told = sentence(caught.value, "en")
    assert is_english(QUOTED.sub("", told)), told
    assert "Other errors in the file" in told
    assert "here belongs a unit: working days, days" in told


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "10",
        "10 ngay lam viec gi do",
        "mười",
        "quý V/2026",
        "ngày 31/02/2026",
        "thứ Hai ngày 24/4/2026",
        "07 (tám) ngày sau meeting",
        "ngày 24/4",
        "trong tháng 13/2026",
        "0 ngày sau meeting",
        "từ ngày 5/5/2026 đến ngày 1/5/2026",
        "24/4/26",
        "10 ngày làm việc sau meeting nhưng không quá 15 ngày làm việc",
        "3 lần một năm",
    ],
)
def test_what_is_wrong_with_a_wording_is_told_in_english(wording: str) -> None:
    try:
        parse(wording)
    except CalendarError as error:
        told = sentence(error, "en")
        assert is_english(QUOTED.sub("", told)), told


@pytest.mark.parametrize(
    "doing",
    [
        lambda: calendar_named("lunar"),
        lambda: vietnam_office().add(date(1990, 1, 1), 1),
        lambda: vietnam_office().add(date(2026, 1, 1), 99999),
        lambda: due(parse("10 ngày sau meeting"), vietnam_office(), {}, Readings()),
        lambda: due(parse("48 giờ sau meeting"), vietnam_office(), {"meeting": Moment(date(2026, 5, 5))}, Readings()),
        lambda: due(parse("10 ngày"), vietnam_office(), {}, Readings()),
        lambda: due(parse("kịp thời"), vietnam_office(), {}, Readings()),
        lambda: Readings(before_date="x"),
        lambda: parse_hours("T2-T6: 17:00-07:30"),
        lambda: parse_hours("T2: x"),
    ],
)
def test_every_error_of_the_calendars_is_told_in_english(doing: Callable[[], object]) -> None:
    error = complaint(doing)
    assert not is_english(sentence(error, "vi"))
    assert is_english(sentence(error, "en"))


def test_a_list_of_calendars_is_told_with_what_each_is_for() -> None:
    assert "«six_day» (schools and enterprises, week of 6 working days)" in sentence(UnknownCalendar("x"), "en")


def test_what_is_wrong_with_a_decision_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "2030.toml"
    path.write_text('form = 1\nissuer = "X"\nsettles = "Y"\n[[swap]]\noff = 2030-05-04\nworked = 2030-05-06\n')
    problems = check_notice(path)
    assert problem_message(problems[0], "en") == "the entry «form» must be a text in quotation marks."
    assert sentence(NoticeError(problems), "en").splitlines() == [problem_sentence(each, "en") for each in problems]
    assert problem_sentence(problems[0], "en").startswith("2030.toml, line 1: ")
    assert problem_sentence(problems[0], "vi") == str(problems[0])


def test_two_decisions_that_disagree_are_told_in_english() -> None:
    values = {
        "other": "a.toml, dòng 3",
        "subject": "kỳ nghỉ Tết năm 2030",
        "theirs": "02/02/2030 đến 06/02/2030, mùng 1 ngày 03/02/2030",
        "ours": "01/02/2030",
    }
    told = problem_sentence(Problem.at("b.toml", 7, "disagrees", **values), "en")
    assert told == (
        "b.toml, line 7: it contradicts a.toml, line 3: the Lunar New Year holiday of 2030 is 02/02/2030 to "
        "06/02/2030, the lunar year beginning on 03/02/2030 there, 01/02/2030 here."
    )


def test_every_problem_of_a_decision_is_told_in_english() -> None:
    values = dict.fromkeys(("key", "number", "days", "granted", "other", "theirs", "ours"), "7")
    more = {
        "on": date(2030, 5, 4),
        "name": "Quốc khánh",
        "needed": "một số nguyên",
        "subject": "ngày liền kề 02/9/2030",
    }
    for code in PROBLEMS:
        assert is_english(problem_sentence(Problem.at("b.toml", 1, code, **values, **more), "en"))


# ── findings ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["s0-hai-duong-2026", "s1-cat-bi-2023", "s2-thach-khoi-2025", "s3-bac-thanh-mien-2026"]
)
def test_findings_are_told_in_english_but_for_the_names_in_them(name: str) -> None:
    plan = read_plan(EXAMPLES / f"{name}.yaml")
    names = {step.name for step in plan.steps} | {step.owner for step in plan.steps if step.owner}
    for finding in lint(plan, vietnam_office(), today=date(2026, 11, 20)):
        told = finding_sentence(finding, "en")
        for each in sorted(names, key=len, reverse=True):
            told = told.replace(each, "")
        law = told.partition(" – ")[2].partition(" (")[0].partition(", for ")[0]
        vague = str(finding.fields.get("wording", ""))
        assert is_english(told.replace(law, "").replace(f"«{vague}»", "")), told
        assert finding_sentence(finding, "vi") == finding.message


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        ("trước ngày 24/4/2026", "before 24/04/2026"),
        ("10 ngày làm việc sau Hội nghị đối thoại", "10 working days after Hội nghị đối thoại"),
        ("theo quy định", "theo quy định"),
        ("gì đó", "gì đó"),
    ],
)
def test_a_wording_is_told_in_english_where_it_can_be_read(wording: str, told: str) -> None:
    assert reworded(wording, "en") == told


# ── texts made of parts ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quốc khánh", "National Day"),
        ("Nghỉ bù Tết Âm lịch (mùng 2)", "Compensatory day for Lunar New Year (day 2)"),
        ("Quốc khánh (ngày liền kề sau)", "National Day (the day after it)"),
        ("Làm bù cho thứ Sáu 02/01/2026", "Worked in place of Friday 02/01/2026"),
        ("Thứ Bảy: vẫn tính theo ngày lịch", "Saturday: counts as a calendar day"),
        ("30/04, Giỗ Tổ Hùng Vương (bù 27/04) và 01/05", "30/04, Hung Kings' Commemoration Day (compensated on 27/04) and 01/05"),
        ("hết câu hoặc một số nguyên", "the end or a whole number"),
        ("Bước đã hoàn thành ngày 05/05/2026.", "The step was done on 05/05/2026."),
        ("Kế hoạch đã hủy.", "The plan is cancelled."),
        ("Cán bộ phụ trách (Văn phòng UBND xã)", "Officer in charge (Văn phòng UBND xã)"),
        ("Cán bộ phụ trách (bước chưa giao cho đơn vị nào)", "Officer in charge (the step has no owner yet)"),
        (
            "Máy chủ thư không nhận địa chỉ a@b.vn: 550 No such user.",
            "The mail server refuses the address a@b.vn: 550 No such user.",
        ),
        (
            "nhật ký kết thúc ở sự kiện số 3, lẽ ra phải đến số 4",
            "the log ends with event 3, it should go on to 4",
        ),
    ],
)  # fmt: skip
def test_a_text_made_of_parts_is_told_again_with_its_parts(text: str, told: str) -> None:
    assert retell(text, "en") == told
    assert retell(text, "vi") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn Văn A",
        "Văn phòng HĐND và UBND xã",
        "Ban Tuyên giáo: phòng 2, tầng 3",
        "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 1",
        "Lễ hội làng (mùng mấy)",
        "a, b, c, d, e, f, g, h, ấy, j, k, l, m, n, o, p, q, r",
        "a: " * 300 + "ấy",
        "hết câu hoặc " * 300 + "ấy",
    ],
)
def test_what_is_not_ours_stays_as_it_is(text: str) -> None:
    assert retell(text, "en") == text


def test_a_part_that_is_data_stays_even_if_it_is_a_word_of_ours() -> None:
    assert retell("Đầu mối Hội nghị", "en") == "Officer in charge, Hội nghị"
    assert retell("Danh bạ chưa có ai là «Nguyễn Văn A»; hãy thêm người này cùng địa chỉ thư.", "en") == (
        "Nobody in the directory is «Nguyễn Văn A»; add the person with an address."
    )


def test_the_phrase_with_the_most_words_of_its_own_comes_first() -> None:
    fitting = [phrase for phrase, _ in phrases_of("b.toml, dòng 7: thiếu mục «x».")]
    assert fitting.index("{file}, dòng {number}: {detail}") < fitting.index("{what}: {note}")


def test_every_phrase_reads_back_what_fills_it() -> None:
    values = {
        "weekday": "thứ Hai",
        "other_weekday": "thứ Ba",
        "role": "Người chủ trì",
        "date": "01/02/2026",
        "short_date": "01/02",
    }
    for phrase in (each for each in PHRASES if "{" in each):
        names = [part.partition("}")[0] for part in phrase.split("{")[1:]]
        fields = {name: values.get(name, "7") for name in names}
        text = phrase.format(**fields)
        assert [found for fitting, found in phrases_of(text) if fitting == phrase and phrase.format(**found) == text]


@pytest.mark.parametrize("calendar", [vietnam_office, vietnam_six_day])
def test_every_day_of_the_calendar_has_an_english_name(calendar: Callable[[], object]) -> None:
    days = vietnam_office() if calendar is vietnam_office else vietnam_six_day()
    found = [*days.special_days(date(2015, 1, 1), date(2051, 1, 1)), *days.days(date(2026, 11, 1), date(2026, 12, 1))]
    names = {text for day in found for text in (day.name, day.note) if text}
    assert [name for name in names if not is_english(retell(name, "en"))] == []


@pytest.mark.parametrize(
    "wording",
    [
        f"10 ngày làm việc sau {MEETING}",
        f"15 ngày sau {MEETING}",
        f"3 tháng sau {MEETING}",
        f"48 giờ sau {MEETING}",
        f"chậm nhất 7 ngày trước {MEETING}",
        f"5 ngày làm việc trước {MEETING}",
        f"trước khi {MEETING}",
        f"ngay sau khi {MEETING}",
        "trước ngày 02/11/2025",
        "chậm nhất ngày 01/05/2026",
        "từ ngày 20/4/2026 đến ngày 10/5/2026",
        "trong tháng 9/2026",
        "quý IV/2026",
    ],
)
def test_every_reason_of_an_account_is_told_in_english(wording: str) -> None:
    rule = parse(wording)
    for start in (date(2026, 1, 1) + timedelta(days=37 * n) for n in range(9)):
        moment = Moment(start, datetime(start.year, start.month, start.day, 8, tzinfo=ZONE))
        for readings in (Readings(), Readings("included", "roll", "roll")):
            found = due(rule, vietnam_office(), dict.fromkeys(events_of(rule), moment), readings)
            reasons = {day.reason for day in found.trace}
            assert [reason for reason in reasons if not is_english(retell(reason, "en"))] == []


def test_a_unit_s_own_day_keeps_the_name_that_the_unit_gave_it() -> None:
    own = with_closures(vietnam_office(), [OwnDay(date(2026, 5, 5), False, "Giỗ làng")]).explain(date(2026, 5, 5))
    assert retell(own.name, "en") == "Giỗ làng"
