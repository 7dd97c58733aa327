"""Files handed out."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.web.downloads import attached, attached_file, safe_name


def test_a_download_is_saved_under_its_vietnamese_name_and_does_nothing() -> None:
    headers = attached("a;b", "Báo cáo Đối thoại.csv").headers
    assert headers["content-disposition"] == (
        "attachment; filename=\"Bao cao Doi thoai.csv\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%C4%90%E1%BB%91i%20tho%E1%BA%A1i.csv"
    )
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize("name", ["trang.html", "hinh.svg", "x.xhtml", "x"])
def test_what_could_act_in_a_browser_goes_out_as_bytes(name: str, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("<script>")
    for answer in (attached("<script>", name), attached_file(file, name)):
        assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b\r\nSet-Cookie: x.csv', "a_b__Set-Cookie_ x.csv"),
        ("", "tep"),
        ("x" * 300 + ".docx", "x" * 145 + ".docx"),
    ],
)
def test_a_name_leads_nowhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe
