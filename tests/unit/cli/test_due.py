"""`doithoai due` and `doithoai calendar`: what they print, for people and as JSON, and what they refuse."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from time import tzset
from typing import Any

import pytest

import calendars
from workflow.cli.main import run

GOLDEN = Path(__file__).parents[2] / "tables" / "golden_periods.csv"
SHAPE = {"rule", "event_on", "due_on", "safe_on", "due_at", "rolled", "provisional", "readings", "trace", "basis"}


def golden() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


class Command:
    """Runs the command in this process and keeps what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run(words)
        said = self.capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    def read(self, *words: str) -> dict[str, Any]:
        code, out, err = self(*words, "--json")
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def doithoai(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.mark.parametrize("row", golden(), ids=lambda row: f"{row['event_on']} {row['wording']}")
def test_a_golden_date_comes_out_of_the_command_with_its_account(row: dict[str, str], doithoai: Command) -> None:
    found = doithoai.read("due", row["wording"], *(["--event", row["event_on"]] if row["event_on"] else []))
    assert set(found) >= SHAPE
    assert (found["due_on"], found["safe_on"], found["rolled"]) == (
        row["due_on"],
        row["safe_on"],
        row["rolled"] == "yes",
    )
    assert row["due_on"] in [each["date"] for each in found["trace"]]
    assert found["basis"]


def test_the_due_instant_is_midnight_in_vietnam(doithoai: Command) -> None:
    assert doithoai.read("due", "trước ngày 25/10/2025")["due_at"] == "2025-10-25T00:00:00+07:00"


def test_the_day_of_the_event_may_be_written_as_people_write_it(doithoai: Command) -> None:
    written, iso = (doithoai.read("due", "10 ngày", "--event", day)["due_on"] for day in ("02/11/2025", "2025-11-02"))
    assert written == iso == "2025-11-12"


def test_hours_count_from_the_hour_of_the_event(doithoai: Command) -> None:
    found = doithoai.read("due", "24 giờ sau khi họp", "--event", "02/11/2025 08:30")
    assert found["due_at"] == "2025-11-03T08:30:00+07:00"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize(
    ("clock", "due_on"), [("00:00", "2026-03-08"), ("00:30", "2026-03-09"), ("23:30", "2026-03-09")]
)
def test_an_hour_near_midnight_keeps_its_day_on_a_server_in_another_zone(
    zone: str, clock: str, due_on: str, doithoai: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    tzset()
    try:
        hours = doithoai.read("due", "24 giờ sau khi họp", "--event", f"08/03/2026 {clock}")
        days = doithoai.read("due", "10 ngày sau khi họp", "--event", f"08/03/2026 {clock}")
    finally:
        monkeypatch.undo()
        tzset()
    assert (hours["event_on"], hours["due_on"]) == ("2026-03-08", due_on)
    assert hours["due_at"] == f"2026-03-09T{clock}:00+07:00"
    assert (days["event_on"], days["due_at"]) == ("2026-03-08", "2026-03-19T00:00:00+07:00")


@pytest.mark.parametrize(
    ("sentence", "part", "due_on"),
    [
        ("Gửi báo cáo về Ban chỉ đạo trước ngày 15/11/2025", "trước ngày 15/11/2025", "2025-11-14"),
        (
            "hoàn chỉnh, trình Chủ tịch trong thời hạn 06 ngày kể từ ngày tổ chức đối thoại",
            "trong thời hạn 06 ngày kể từ ngày tổ chức đối thoại",
            "2025-11-10",
        ),
    ],
)
def test_the_one_limit_of_a_sentence_is_taken_and_told(
    sentence: str, part: str, due_on: str, doithoai: Command
) -> None:
    found = doithoai.read("due", sentence, "--event", "02/11/2025")
    assert (found["read"], found["due_on"]) == (part, due_on)
    code, out, _ = doithoai("due", sentence, "--event", "02/11/2025")
    assert (code, out.splitlines()[0]) == (0, f"Đọc phần «{part}».")


def test_a_wording_read_whole_says_nothing_of_parts(doithoai: Command) -> None:
    assert "Đọc phần" not in doithoai("due", "trước ngày 15/11/2025")[1]
    assert doithoai.read("due", "trước ngày 15/11/2025")["read"] == "trước ngày 15/11/2025"


def test_a_long_account_is_whole_in_json_and_marked_where_the_table_leaves_days_out(doithoai: Command) -> None:
    words = ("due", "2 năm sau khi họp", "--event", "01/03/2024")
    assert len(doithoai.read(*words)["trace"]) == 731
    rows = doithoai(*words)[1]
    assert "… 641 ngày …" in rows


def test_a_six_day_week_counts_its_saturdays(doithoai: Command) -> None:
    found = doithoai.read("due", "10 ngày làm việc sau E", "--event", "2025-11-02", "--calendar", "six-day")
    assert found["due_on"] == "2025-11-13"
    assert found == doithoai.read("due", "10 ngày làm việc sau E", "--event", "2025-11-02", "--calendar", "six_day")


def test_an_extension_is_shown_beside_the_limit(doithoai: Command) -> None:
    wording = "10 ngày làm việc sau họp, có thể kéo dài nhưng không quá 15 ngày làm việc sau họp"
    found = doithoai.read("due", wording, "--event", "2025-11-02")
    assert (found["due_on"], found["extended_due_on"]) == ("2025-11-14", "2025-11-21")


def test_a_person_reads_the_date_its_safe_day_the_account_and_the_law(doithoai: Command) -> None:
    code, out, _ = doithoai("due", "trước ngày 10/5/2026")
    assert code == 0
    for words in ("Thứ Bảy 09/05/2026", "Thứ Sáu 08/05/2026", "không tính ngày được nêu", "BLDS 2015"):
        assert words in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["due", "mười cái"], "Không đọc được «cái»"),
        (["due", "từ 5 đến 7 ngày sau hội nghị", "--event", "2025-11-02"], "Nếu ý bạn là «7 ngày sau hội nghị»"),
        (["due", "trước trước ngày 5/5/2026"], "Nếu ý bạn là «trước ngày 5/5/2026»"),
        (["due", "Họp xong không trước ngày 5/5/2026"], "Nếu ý bạn là"),
        (["due", "Kế hoạch số 12 gửi Sở trước ngày 5/5/2026"], "Nếu ý bạn là"),
        (["due", "Gửi Sở trước ngày 5/5/2026, gửi Bộ trước ngày 6/5/2026"], "Không đọc được"),
        (["due", "10 ngày làm việc sau hội nghị"], "Chưa biết ngày của sự kiện «hội nghị»"),
        (["due", "10 ngày"], "chưa nêu mốc tính"),
        (["due", "theo quy định"], "không ấn định một ngày nào"),
        (["due", "trước ngày 31/2/2026"], "Không có ngày 31/2/2026"),
        (["due", "trước ngày 5/5/2077"], "nằm ngoài lịch"),
        (["due", "10 ngày", "--event", "hôm qua"], "Không đọc được ngày «hôm»"),
        (["due", "10 ngày", "--event", "2025-11-02", "--calendar", "lunar"], "lunar"),
        (["calendar", "1999"], "nằm ngoài lịch"),
        (["calendar", "check", "khong-co.toml"], "khong-co.toml"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(words: list[str], sentence: str, doithoai: Command) -> None:
    code, out, err = doithoai(*words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [["due", "9" * 90_000], ["due", "10 ngày", "--event", "9" * 90_000]])
def test_a_refusal_quotes_no_more_than_a_line(words: list[str], doithoai: Command) -> None:
    code, _, err = doithoai(*words)
    assert code == 2
    assert len(err) < 800


def test_a_year_lists_its_special_days(doithoai: Command) -> None:
    found = doithoai.read("calendar", "2026")
    days = {each["date"]: each for each in found["days"]}
    assert (found["year"], found["working_days"]) == (2026, 249)
    assert (days["2026-01-10"]["kind"], days["2026-01-10"]["working"]) == ("swap_work", True)
    assert (days["2026-11-24"]["kind"], days["2026-11-24"]["provisional"]) == ("holiday", False)
    assert all({"date", "kind", "name", "working", "source", "provisional"} <= set(each) for each in found["days"])


def test_a_person_reads_the_year_month_by_month_with_marks(doithoai: Command) -> None:
    code, out, _ = doithoai("calendar", "2026")
    assert code == 0
    for words in ("249 ngày làm việc", "Tháng 12", "24*", "22+", "Ngày Văn hóa Việt Nam"):
        assert words in out


def test_a_broken_notice_is_told_by_line(doithoai: Command, tmp_path: Path) -> None:
    broken = tmp_path / "2028.toml"
    broken.write_text("number = \n", encoding="utf-8")
    code, out, _ = doithoai("calendar", "check", str(broken))
    assert code == 1
    assert "2028.toml, dòng 1" in out


def test_a_sound_notice_has_no_findings(doithoai: Command) -> None:
    notice = min((Path(calendars.__file__).parent / "notices").glob("*.toml"))
    assert doithoai.read("calendar", "check", str(notice)) == {"findings": []}
