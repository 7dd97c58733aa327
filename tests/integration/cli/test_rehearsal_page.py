"""`doithoai rehearse --html`, run in this process: the page that it writes, and what it does not write over."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.cli.main import run
from workflow.cli.speech import language, speak

PLAN = Path(__file__).parents[3] / "examples" / "s3-bac-thanh-mien-2026.yaml"


def _rehearse(*words: object) -> int:
    before = language()
    with pytest.raises(SystemExit) as ended:
        run(["rehearse", str(PLAN), *map(str, words)])
    speak(before)
    return int(ended.value.code or 0)


def test_the_page_of_a_rehearsal_is_written_beside_what_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "dien-tap.html"
    assert _rehearse("--scenario", "one_unit_late", "--html", page) == 0
    assert f"Đã ghi {page}" in " ".join(capsys.readouterr().out.split())
    text = page.read_text(encoding="utf-8")
    assert "Một đơn vị luôn muộn 3 ngày làm việc" in text
    assert "Thông báo kết luận hội nghị" in text


def test_a_page_that_is_there_is_written_over_only_when_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "dien-tap.html"
    page.write_text("của tôi", encoding="utf-8")
    assert _rehearse("--html", page) == 2
    assert "thêm --force" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "của tôi"
    assert _rehearse("--html", page, "--force", "--json") == 0
    assert "<!doctype html>" in page.read_text(encoding="utf-8")
